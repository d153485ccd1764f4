"""What earlier runs have worked out, kept on disk under keys of all that it was worked out from.

A key stands for contents: the texts and options that a value follows from, the version and files of
this program, and the Python that runs it. So an entry is never out of date, only of no more use,
and any of them may go at any time. What was told last of a project is the one thing that changes.
Where nothing can be kept, or what was kept is damaged or somebody else's, it is as if there were
nothing.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

try:
    from _blake2 import blake2b  # as `hashlib` has it, which takes a library for all others along
except ImportError:  # an implementation of Python that has it elsewhere
    from hashlib import blake2b

VARIABLE = "SQLWRIGHT_CACHE"
"""The variable with the folder to keep things in; empty for none."""
LARGEST = 256 * 1024 * 1024
"""Bytes above which the entries that were of no use for longest go."""
KEPT = LARGEST * 3 // 4
DAY = 24 * 60 * 60
HOUR = 60 * 60
MARK = b"sqlwright 1\n"
SIZE = 32
"""Bytes of a digest."""
DEPENDENCIES = ("sqlglot", "yaml")
"""Packages whose code what is kept follows from."""
READ_BY_PEOPLE = ".md"
"""Pages, from which nothing follows."""
TIDIED = "tidied"
UNFINISHED = ".new"


class Store:
    """Values by keys, in a folder of the user's; without a folder it is always empty."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._full = False
        self._tidied = False

    def __bool__(self) -> bool:
        """Whether there is a folder of ours."""
        return self._program is not None

    def key(self, kind: str, *parts: str | bytes) -> str:
        """The key of a value of a kind that follows from these parts and this program alone."""
        return digest(self._program or "", kind, *parts)

    @cached_property
    def _program(self) -> str | None:
        if self._folder is None or not _prepared(self._folder):
            return None
        try:
            return _program()
        except OSError:  # it runs from within an archive
            return None

    def has(self, key: str) -> bool:
        """Whether anything stands under a key, which need not be whole."""
        return bool(self) and self._path(key).is_file()

    def get(self, key: str) -> bytes | None:
        """The value that was kept under a key, None if there is none that is whole."""
        if not self:
            return None
        path = self._path(key)
        try:
            with os.fdopen(_opened(path), "rb") as file:
                status = os.fstat(file.fileno())
                if not _is_own(status) or not stat.S_ISREG(status.st_mode):
                    return None
                kept = file.read()
        except OSError:
            return None
        value = kept[len(MARK) + SIZE :]
        if kept[: len(MARK) + SIZE] != MARK + _checksum(key, value):
            return None
        if time.time() - status.st_mtime > DAY:
            with suppress(OSError):
                os.utime(path)  # it is still of use
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep a value under a key, if that is possible."""
        if not self or self._full:
            return
        path = self._path(key)
        unfinished = path.with_name(f"{path.name}.{os.urandom(8).hex()}{UNFINISHED}")
        try:
            self._make(path.parent)
            with os.fdopen(_created(unfinished), "wb") as file:
                file.write(MARK + _checksum(key, value) + value)
            unfinished.replace(path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()
            self._full = True  # or not for us to write to, which will not be otherwise so soon
            return
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
        if not self._tidied:
            self._tidied = True
            with suppress(OSError):
                self._tidy()

    def _make(self, place: Path) -> None:
        assert self._folder is not None
        if not place.is_dir():
            _prepared(self._folder)  # somebody may have removed it
            place.mkdir(mode=0o700, exist_ok=True)

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / key[2:]

    def _tidy(self) -> None:
        """Once an hour, remove what has been of no use for longest, if it is too much."""
        assert self._folder is not None
        mark, now = self._folder / TIDIED, time.time()
        with suppress(FileNotFoundError):
            if 0 <= now - mark.stat().st_mtime < HOUR:
                return
        mark.touch(mode=0o600)
        os.utime(mark)
        entries = sorted(_entries(self._folder), reverse=True)
        total = 0
        over = sum(size for _, size, _ in entries) > LARGEST
        for modified, size, path in entries:
            total += size
            abandoned = path.endswith(UNFINISHED) and now - modified > HOUR
            if abandoned or (over and total > KEPT):
                with suppress(OSError):
                    Path(path).unlink()


NOTHING = Store()
"""Where nothing is ever kept."""


def default_folder(environment: Mapping[str, str]) -> Path | None:
    """Where things are kept: as the variable says, else with the user's caches (on Linux as in the
    XDG Base Directory Specification); None for nowhere."""
    given = environment.get(VARIABLE)
    if given is not None:
        return Path(given).absolute() if given else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        caches = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        caches = home / "Library" / "Caches"
    else:
        caches = Path(environment.get("XDG_CACHE_HOME") or "")
    # The specification: what is not absolute is to be ignored.
    return (caches if caches.is_absolute() else home / ".cache") / "sqlwright"


def digest(*parts: str | bytes) -> str:
    """One name for several texts, different for all others."""
    made = blake2b(digest_size=SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(b"%d " % len(data))
        made.update(data)
    return made.hexdigest()


def _checksum(key: str, value: bytes) -> bytes:
    return blake2b(value, key=bytes.fromhex(key), digest_size=SIZE).digest()


def _program() -> str:
    """What tells this program from others: sizes and times of its files, of which one has its
    version."""
    here = Path(__file__).parent
    files = sorted(_files(str(here), ""))
    return digest(sys.version, sys.platform, str(here), "\n".join(files), *_dependencies())


def _files(folder: str, inside: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path, f"{inside}{entry.name}/")
                continue
            if entry.name.endswith(READ_BY_PEOPLE):
                continue
            status = entry.stat()
            yield f"{inside}{entry.name} {status.st_size} {status.st_mtime_ns}"


def _dependencies() -> Iterator[str]:
    from importlib.util import find_spec

    for name in DEPENDENCIES:
        found = find_spec(name)
        if found is not None and found.origin is not None:
            status = Path(found.origin).stat()
            yield f"{found.origin} {status.st_size} {status.st_mtime_ns}"


def _prepared(folder: Path) -> bool:
    """Whether the folder is there, is ours, and nobody else can write to it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, ValueError):
        return False
    others = 0 if sys.platform == "win32" else stat.S_IWGRP | stat.S_IWOTH
    return _is_own(status) and not status.st_mode & others


def _is_own(status: os.stat_result) -> bool:
    return sys.platform == "win32" or status.st_uid == os.geteuid()


BINARY = getattr(os, "O_BINARY", 0)
CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Without following a link, and without waiting for what is no file."""


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDONLY | BINARY | CAREFULLY)


def _created(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)


def _entries(folder: Path) -> Iterable[tuple[float, int, str]]:
    """When each entry was last of use, its size and its path."""
    for part in os.scandir(folder):
        if len(part.name) == 2 and part.is_dir(follow_symlinks=False):
            for entry in os.scandir(part.path):
                with suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    yield status.st_mtime, status.st_size, entry.path
