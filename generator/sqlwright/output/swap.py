"""A whole package built beside the one that is there, and the two folders exchanged in one step.

What somebody else has put into the folder comes along: a file as a second name of the same file, a
folder as a symbolic link to where it will be after the exchange, which is then exchanged with it.
So everything can be read by its name at every moment, and what is left to do after the exchange
only tidies up; the next run does it where a run was killed.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlwright.output.exchange import UnsupportedError, exchange
from sqlwright.output.files import Changes, is_ours, text
from sqlwright.output.locking import Release, lock
from sqlwright.output.staging import staged

SUFFIX = ".sqlwright"
LONGEST = 100
"""Characters of a folder's name in that of the one beside it: names may have 255 bytes."""
CACHE = "__pycache__"


class Swap:
    """One package about to take the place of another."""

    def __init__(self, changes: Changes, folder: Path) -> None:
        self.changes = changes
        self.folder = folder
        self.work = _free(folder)
        self.carried: dict[str, int] = {}
        self.release: Release | None = None

    def stage(self) -> None:
        """Build the folder that is to be, locked for those who find it in its place."""
        self.work.mkdir()
        self.release = lock(self.work)
        _same_rights(self.folder, self.work)
        for file in self.changes.written:
            staged(file, self.work / file.path.name)
        gone = {path.name for path in self.changes.left_over}
        gone |= {file.path.name for file in self.changes.written}
        for entry in os.scandir(self.folder):
            if entry.name not in gone and entry.name != CACHE:
                self._carry(entry)

    def _carry(self, entry: os.DirEntry[str]) -> None:
        here = self.work / entry.name
        if not entry.is_dir(follow_symlinks=False):
            with suppress(OSError, NotImplementedError):  # where files have one name each
                os.link(entry.path, here, follow_symlinks=False)
        if not os.path.lexists(here):
            here.symlink_to(_after(self.work, entry.name))
        self.carried[entry.name] = here.lstat().st_ino

    def commit(self) -> None:
        """Raises UnsupportedError where that has to be done in another way."""
        try:
            exchange(self.work, self.folder)
        except UnsupportedError:
            if any(self.folder.iterdir()):
                raise
            self._into_nothing()

    def _into_nothing(self) -> None:
        """Take the place of an empty folder, which any system can do."""
        if sys.platform == "win32":
            self.folder.rmdir()
        self.work.rename(self.folder)

    def undo(self) -> None:
        if self.work.exists():
            exchange(self.work, self.folder)
        else:
            self.folder.rename(self.work)
            self.folder.mkdir()

    def finish(self) -> None:
        """Tidy up, before or after the exchange."""
        settle(self.work, self.folder, self.carried)
        if self.release is not None:
            self.release()


def remains(folder: Path) -> list[Path]:
    """What runs that were killed have left beside a folder."""
    return [path for path in _names(folder) if path.is_dir() and not path.is_symlink()]


def settle(work: Path, folder: Path, carried: dict[str, int]) -> None:
    """Remove what was built, or what was there before, and put what is somebody else's where it
    belongs. Whatever cannot be done is left for another time."""
    with suppress(OSError):
        for name in sorted(path.name for path in work.iterdir()):
            with suppress(OSError):
                _settle(work, folder, name, carried.get(name))
        work.rmdir()


def _settle(work: Path, folder: Path, name: str, carried: int | None) -> None:
    ours, theirs = work / name, folder / name
    if _leads(ours, work, name):
        ours.unlink()
    elif not os.path.lexists(theirs):
        if _made_here(ours):
            ours.unlink()
        else:
            ours.rename(theirs)
    elif name == CACHE:
        _remove(ours)
    elif _leads(theirs, work, name):
        exchange(ours, theirs)
        ours.unlink()
    elif os.path.samestat(ours.lstat(), theirs.lstat()) or _made_here(ours):
        ours.unlink()
    elif carried == theirs.lstat().st_ino:  # somebody saved a new version in the meantime
        ours.replace(theirs)


def _made_here(path: Path) -> bool:
    """Whether a file is one that was generated, or the beginning of one."""
    if not stat.S_ISREG(path.stat().st_mode):
        return False
    content = text(path)
    return is_ours(content) or (len(content) < LONGEST and "# Code generated".startswith(content))


def _leads(path: Path, work: Path, name: str) -> bool:
    return path.is_symlink() and path.readlink() == _after(work, name)


def _after(work: Path, name: str) -> Path:
    """From a folder beside it, where something will be after the exchange."""
    return Path("..", work.name, name)


def _names(folder: Path) -> Iterator[Path]:
    for number in range(1, 10):
        yield folder.with_name(f".{folder.name[:LONGEST]}{SUFFIX}-{number}")


def _free(folder: Path) -> Path:
    return next(
        (path for path in _names(folder) if not os.path.lexists(path)), next(_names(folder))
    )


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder)


def _same_rights(source: Path, target: Path) -> None:
    import shutil

    with suppress(OSError):
        shutil.copystat(source, target)
    if hasattr(os, "chown"):
        status = source.stat()
        with suppress(OSError):
            os.chown(target, status.st_uid, status.st_gid)
