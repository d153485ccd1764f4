"""The byte code of the package's modules in one file, beside those that Python keeps of each.

A run that has something to work out imports some 600 modules, and to find and open a file of each
takes as long as to read what is in it. Modules that came with the import of another one are kept
with it: they are read at once, and run one after the other, each after those that it imports, so
that Python finds them there as it comes to an `import`. The rule is that of Python's own files:
what is kept counts as long as each source has the time and the size that were noted, and nothing
has come into its folder, where Python would find another one. Where nothing can be kept, or the
file is not whole, or of another place or Python, it is as if there were nothing.
"""

from __future__ import annotations

import builtins
import marshal
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.machinery import BuiltinImporter, ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Literal

OURS = f"{__package__}."
MANY = 30
"""Modules that the file may lack: to write it anew takes what ten runs lose by so many."""
NUMBER = 8
"""Bytes of a number."""

Source = tuple[str, int, int, int]
"""The path of a module, with the time and the size of the file, and the time of its folder."""
Known = tuple[str, Source, str | None, list[str] | None]
"""A module's name, its source, Python's file of its code, and where a package has its modules."""
Noted = list[tuple[Known, CodeType]]
Place = tuple[int, int, int]
"""Where a group begins in our file, where the code of its modules does, and where it ends."""
Index = dict[str, Place]
"""The group of each module."""
Read = Callable[[int, int], bytes]
"""What a file has between two places."""


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
        self._read, self._index = _opened(self._path, self._head)
        self._groups: dict[Place, _Group] = {}
        self._notes = _Notes()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How to load a module, as Python asks for it."""
        if not name.startswith(OURS):
            return None
        place = self._index.get(name)
        if place is not None and (spec := self._group(place).spec(name)) is not None:
            return spec
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Noting(spec, spec.loader.path, self._notes)
        return spec

    def keep(self) -> None:
        """Write the file anew if it lacks many modules and that is possible."""
        if sum(map(len, self._notes.groups)) <= MANY or sys.dont_write_bytecode:
            return
        if not os.access(Path(self._path).parent, os.W_OK):
            return
        with suppress(Exception):  # whatever is in the way, the command has done its work
            # As Python writes its own: as a whole or not at all, and without a word.
            SourceFileLoader(__name__, __file__).set_data(self._path, self._contents())

    def _group(self, place: Place) -> _Group:
        group = self._groups.get(place)
        if group is None:
            group = self._groups[place] = _Group(place, self._read)
        return group

    def _contents(self) -> bytes:
        """The groups that were kept and still count, and those that were noted."""
        groups = [self._group(place) for place in {*self._index.values()}]
        found = [(group.names, *group.kept()) for group in groups if group.counts]
        for noted in self._notes.groups:
            named, coded = zip(*noted, strict=True)
            found.append(([name for name, *_ in named], marshal.dumps(named), marshal.dumps(coded)))
        index: Index = {}
        start = len(self._head) + 2 * NUMBER
        for names, known, codes in found:
            middle = start + len(known)
            place = start, middle, middle + len(codes)
            index.update(dict.fromkeys(names, place))
            start = place[-1]
        last = marshal.dumps(index)
        ends = (each.to_bytes(NUMBER, "big") for each in (start, start + len(last)))
        parts = (part for _, known, codes in found for part in (known, codes))
        return b"".join((self._head, *ends, *parts, last))


class _Group:
    """Modules that came with the import of the last one of them, as they were done: each after
    those that it imports. They count together, or not at all."""

    def __init__(self, place: Place, read: Read) -> None:
        self._place = place
        self._read = read
        self._known: dict[str, Known] = {}
        self._codes: dict[str, CodeType] | None = None
        with suppress(Exception):  # or it is not whole
            self._known = {known[0]: known for known in self._loaded(0)}
        self.names = [*self._known]
        self.counts = bool(self.names) and all(
            source == _source(source[0]) for _, source, _, _ in self._known.values()
        )

    def spec(self, name: str) -> ModuleSpec | None:
        """How to load one of them, if they count: what Python's own finder would give, but for the
        loader."""
        if not self.counts:
            return None
        if self._codes is None:
            self._codes = self._read_codes()
            if not self.counts:
                return None
        _, (path, _, _, _), own, folders = self._known[name]
        spec = ModuleSpec(name, _Keeping(name, path, self), origin=path)
        spec.has_location = True
        spec.cached = own
        spec.submodule_search_locations = folders
        return spec

    def taken(self, name: str) -> CodeType | None:
        """The code of a module, for the one time that it is run."""
        return self._codes.pop(name, None) if self._codes else None

    def run_before(self, name: str) -> None:
        """If it is the last one that is to be run, run those that nobody has asked for yet."""
        if name != self.names[-1] or not self._codes:
            return
        waiting = {
            other: _module(spec)
            for other in self.names[:-1]
            if other not in sys.modules and (spec := self.spec(other)) is not None
        }
        # A package is there before it has run, as it is for what it imports itself.
        sys.modules.update(waiting)
        try:
            # Python will come to a module that fails, in its place.
            with suppress(Exception), _found_at_once():
                for other in self.names[:-1]:
                    if (module := waiting.get(other)) is not None:
                        exec(self._codes[other], module.__dict__)
                        package, _, own = other.rpartition(".")
                        setattr(sys.modules[package], own, waiting.pop(other))
                        del self._codes[other]
        finally:
            for other in waiting:
                del sys.modules[other]

    def kept(self) -> tuple[bytes, bytes]:
        """What the file has of it."""
        start, middle, end = self._place
        return self._read(start, middle), self._read(middle, end)

    def _read_codes(self) -> dict[str, CodeType]:
        with suppress(Exception):
            codes = self._loaded(1)
            if all(isinstance(code, CodeType) for code in codes):
                return dict(zip(self.names, codes, strict=True))
        self.counts = False
        return {}

    def _loaded(self, part: Literal[0, 1]) -> tuple[Any, ...]:
        found: tuple[Any, ...] = marshal.loads(self._read(*self._place[part : part + 2]))
        return found


def _module(spec: ModuleSpec) -> ModuleType:
    """`module_from_spec` for what is loaded from a file, in a tenth of the time."""
    module = ModuleType(spec.name)
    own: dict[str, object] = module.__dict__
    own["__spec__"], own["__loader__"], own["__package__"] = spec, spec.loader, spec.parent
    own["__file__"], own["__cached__"] = spec.origin, spec.cached
    vars(spec)["_initializing"] = False  # every import of it asks for that
    if spec.submodule_search_locations is not None:
        own["__path__"] = spec.submodule_search_locations
    return module


@contextmanager
def _found_at_once() -> Iterator[None]:
    """Meanwhile `from x import y` takes a tenth of the time where both are there: to see whether it
    may be a module that is meant by y, Python 3.11 makes and drops an error each time."""
    usual, modules, own = builtins.__import__, sys.modules, vars(builtins)

    def found(
        name: str,
        globals: Any = None,  # whoever calls it may name them
        locals: Any = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        module = modules.get(name)
        if fromlist and not level and type(module) is ModuleType:
            has = module.__dict__
            for each in fromlist:
                if each not in has:
                    break
            else:
                return module
        return usual(name, globals, locals, fromlist, level)

    own["__import__"] = found
    try:
        yield
    finally:
        own["__import__"] = usual


class _Notes:
    """The modules that Python found itself, by the import that brought them."""

    def __init__(self) -> None:
        self.groups: list[Noted] = []
        self._done: Noted = []
        self._under_way = 0

    @contextmanager
    def during(self, name: str) -> Iterator[None]:
        """What is noted meanwhile comes with the import of this module."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                done, self._done = self._done, []
                if done and done[-1][0][0] == name:  # it did not fail
                    self.groups.append(done)

    def add(self, known: Known, code: CodeType) -> None:
        """A module that is done."""
        self._done.append((known, code))


def _opened(path: str, head: bytes) -> tuple[Read, Index]:
    """The file that begins so, with the group of each module, of which there are none if it is not
    whole."""
    with suppress(Exception):  # whatever is wrong with it, it is of no use
        read, size = _reader(path)
        start = read(0, len(head) + 2 * NUMBER)
        place = int.from_bytes(start[-2 * NUMBER : -NUMBER], "big")
        if start.startswith(head) and size == int.from_bytes(start[-NUMBER:], "big"):
            index = marshal.loads(read(place, size))
            return read, index if isinstance(index, dict) else {}
    return (lambda start, end: b""), {}


def _reader(path: str) -> tuple[Read, int]:
    """How to read a file, and its size. It is the same file until the process ends, in the copies
    of the process too, whoever replaces it."""
    if sys.platform == "win32":
        # A file that is open could not be replaced there.
        whole = Path(path).read_bytes()
        return (lambda start, end: whole[start:end]), len(whole)
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(path)
    return (lambda start, end: os.pread(file, end - start, start)), status.st_size


def _source(path: str) -> Source | None:
    try:
        status = os.stat(path)  # noqa: PTH116 # hundreds of paths, of which nothing else is asked
        return path, status.st_mtime_ns, status.st_size, _folder_time(path.rpartition(os.sep)[0])
    except OSError:
        return None


@cache
def _folder_time(folder: str) -> int:
    return os.stat(folder).st_mtime_ns  # noqa: PTH116 # as above


def _make_folder(own: str | None) -> None:
    """Make the folder of Python's file of a module as Python will, which changes the time of the
    folder that it is in."""
    if own is not None and not sys.dont_write_bytecode:
        with suppress(OSError):  # it is there already, or cannot be
            Path(own).parent.mkdir()
            _folder_time.cache_clear()


class _Keeping(SourceFileLoader):
    """Loads a module from code that was kept of it."""

    def __init__(self, name: str, path: str, group: _Group) -> None:
        super().__init__(name, path)
        self._group: _Group = group

    def exec_module(self, module: ModuleType) -> None:
        """Run it, after those that came with it."""
        self._group.run_before(module.__name__)
        super().exec_module(module)

    def get_code(self, fullname: str) -> CodeType | None:
        """The code; whoever asks again, perhaps much later, is given that of the source then."""
        return self._group.taken(fullname) or super().get_code(fullname)


class _Noting(SourceFileLoader):
    """Loads a module as Python does, and notes its code."""

    def __init__(self, spec: ModuleSpec, path: str, notes: _Notes) -> None:
        super().__init__(spec.name, path)
        self._known = spec.cached, spec.submodule_search_locations
        self._notes = notes
        self._found: tuple[Known, CodeType] | None = None

    def exec_module(self, module: ModuleType) -> None:
        """Run it, with what it imports."""
        with self._notes.during(module.__name__):
            super().exec_module(module)
            if self._found is not None:
                self._notes.add(*self._found)

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of the source that is there after a look at its time: if it changes in between,
        what is noted does not count."""
        _make_folder(self._known[0])
        source = _source(self.path)
        code = super().get_code(fullname)
        if source is not None and code is not None:
            self._found = (fullname, source, *self._known), code
        return code
