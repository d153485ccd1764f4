"""The byte code of the package's modules in one file, beside those that Python keeps of each.

A run that has something to work out imports some 600 modules, and to find and open a file of each
takes as long as to read what is in it. The rule is that of Python's own files: what is kept of a
module counts as long as its source has the time and the size that were noted, and nothing has come
into its folder, where Python would find another one. Where nothing can be kept, or the file is not
whole, or of another place or Python, it is as if there were nothing.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from importlib.machinery import BuiltinImporter, ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType, ModuleType

OURS = f"{__package__}."
MANY = 30
"""Modules that the file may lack: to write it anew takes what ten runs lose by so many."""
NUMBER = 8
"""Bytes of a number."""

Source = tuple[str, int, int, int]
"""The path of a module, with the time and the size of the file, and the time of its folder."""
Known = tuple[Source, str | None, list[str] | None]
"""A module's source, Python's own file of its code, and where a package has its modules."""
Kept = tuple[Source, str | None, list[str] | None, int, int]
"""The same, and where its code begins in our file, with so many bytes."""
Read = Callable[[int, int], bytes]
"""What a file has from a place on, so many bytes."""


def offered() -> Callable[[], None]:
    """Have Python ask here first for modules of the package, from now on. To be called before the
    process ends: what keeps the code of those that it had to find by itself."""
    if sys.implementation.cache_tag is None or BuiltinImporter not in sys.meta_path:
        return lambda: None  # this Python keeps none itself, or finds modules in a way of its own
    finder = Finder()
    # Others may have put finders of theirs before those of Python, which they still are.
    sys.meta_path.insert(sys.meta_path.index(BuiltinImporter), finder)
    return finder.keep


class Finder:
    """Finds the modules whose code is kept, and notes those that are left to Python. Code is read
    as it is asked for, so that a command pays for what it uses."""

    def __init__(self) -> None:
        # Python's levels of optimization (-O) have files of their own.
        self._path = cache_from_source(__file__, optimization=f"all{sys.flags.optimize or ''}")
        # Code has the whole path of its source, so that another place has no use for it. The form
        # of the file is that of this very module.
        self._head = MAGIC_NUMBER + os.fsencode(f"{self._path}\n{_source(__file__)}\n")
        self._read, self._kept = _opened(self._path, self._head)
        self._noted: dict[str, tuple[Known, CodeType]] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How to load a module, as Python asks for it."""
        if not name.startswith(OURS):
            return None
        kept = self._kept.get(name)
        if kept is not None and kept[0] == _source(kept[0][0]):
            return _spec(name, kept, self._read)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Noting(spec, spec.loader.path, self._noted)
        return spec

    def keep(self) -> None:
        """Write the file anew if it lacks many modules and that is possible."""
        if len(self._noted) <= MANY or sys.dont_write_bytecode:
            return
        if not os.access(Path(self._path).parent, os.W_OK):
            return
        with suppress(Exception):  # whatever is in the way, the command has done its work
            # As Python writes its own: as a whole or not at all, and without a word.
            SourceFileLoader(__name__, __file__).set_data(self._path, self._contents())

    def _contents(self) -> bytes:
        """What was kept and still counts, and what was noted."""
        found = [
            (name, (source, own, folders), self._read(place, size))
            for name, (source, own, folders, place, size) in self._kept.items()
            if name not in self._noted and source == _source(source[0])
        ]
        found += [(name, known, marshal.dumps(code)) for name, (known, code) in self._noted.items()]
        index: dict[str, Kept] = {}
        place = len(self._head) + 2 * NUMBER
        for name, known, code in found:
            index[name] = (*known, place, len(code))
            place += len(code)
        last = marshal.dumps(index)
        ends = (each.to_bytes(NUMBER, "big") for each in (place, place + len(last)))
        return b"".join((self._head, *ends, *(code for _, _, code in found), last))


def _opened(path: str, head: bytes) -> tuple[Read, dict[str, Kept]]:
    """The file that begins so, with its index of modules, which is empty if it is not whole."""
    with suppress(Exception):  # whatever is wrong with it, it is of no use
        read, size = _reader(path)
        start = read(0, len(head) + 2 * NUMBER)
        place = int.from_bytes(start[-2 * NUMBER : -NUMBER], "big")
        if start.startswith(head) and size == int.from_bytes(start[-NUMBER:], "big"):
            index = marshal.loads(read(place, size - place))
            return read, index if isinstance(index, dict) else {}
    return (lambda place, size: b""), {}


def _reader(path: str) -> tuple[Read, int]:
    """How to read a file, and its size. It is the same file until the process ends, in the copies
    of the process too, whoever replaces it."""
    if sys.platform == "win32":
        # A file that is open could not be replaced there.
        whole = Path(path).read_bytes()
        return (lambda place, size: whole[place : place + size]), len(whole)
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(path)
    return (lambda place, size: os.pread(file, size, place)), status.st_size


def _source(path: str) -> Source | None:
    try:
        status = os.stat(path)  # noqa: PTH116 # hundreds of paths, of which nothing else is asked
        return path, status.st_mtime_ns, status.st_size, _folder_time(path.rpartition(os.sep)[0])
    except OSError:
        return None


@cache
def _folder_time(folder: str) -> int:
    return os.stat(folder).st_mtime_ns  # noqa: PTH116 # as above


def _spec(name: str, kept: Kept, read: Read) -> ModuleSpec:
    """What Python's own finder would give, but for the loader."""
    (path, _, _, _), own, folders, place, size = kept
    spec = ModuleSpec(name, _Keeping(name, path, lambda: read(place, size)), origin=path)
    spec.has_location = True
    spec.cached = own
    spec.submodule_search_locations = folders
    return spec


class _Keeping(SourceFileLoader):
    """Loads a module from code that was kept of it."""

    def __init__(self, name: str, path: str, kept: Callable[[], bytes]) -> None:
        super().__init__(name, path)
        self._kept: Callable[[], bytes] | None = kept

    def get_code(self, fullname: str) -> CodeType | None:
        """The code; whoever asks again, perhaps much later, is given that of the source then."""
        kept, self._kept = self._kept, None
        if kept is not None:
            with suppress(Exception):  # or it is of no use either
                code = marshal.loads(kept())
                if isinstance(code, CodeType):
                    return code
        return super().get_code(fullname)


class _Noting(SourceFileLoader):
    """Loads a module as Python does, and notes its code."""

    def __init__(
        self, spec: ModuleSpec, path: str, noted: dict[str, tuple[Known, CodeType]]
    ) -> None:
        super().__init__(spec.name, path)
        self._known = spec.cached, spec.submodule_search_locations
        self._noted = noted

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of the source that is there after a look at its time: if it changes in between,
        what is noted does not count."""
        source = _source(self.path)
        code = super().get_code(fullname)
        if source is not None and code is not None:
            self._noted[fullname] = (source, *self._known), code
        return code
