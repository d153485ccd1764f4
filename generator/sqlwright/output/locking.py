"""One writer at a time: a lock on the folder of a package itself, so that none is left behind.

A folder may be replaced by another of its name while it is locked. Who gets the lock therefore
looks whether the folder is still the one that has the name, and who replaces it holds the lock of
the new one before it takes the place.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

PATIENCE = 60.0
"""Seconds to wait for another run, which needs some thousandths of one."""
STEP = 0.01


Release = Callable[[], None]


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Have a folder, which is made if need be and goes again if nothing comes into it, to oneself.

    Raises OSError where it cannot be made or another run does not let go of it.
    """
    made = _make(folder)
    release = lock(folder, make=True)
    try:
        yield
    finally:
        if made:
            with suppress(OSError):  # it is in use
                folder.rmdir()
        release()


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Keep writers away while a folder is read; where it cannot be locked, it is read anyway."""
    try:
        release = lock(folder, shared=True)
    except OSError:
        release = _nothing
    try:
        yield
    finally:
        release()


def _make(folder: Path) -> bool:
    """Whether the folder had to be made."""
    if folder.is_dir():
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise NotADirectoryError(error.errno, "there is a file of that name", folder) from error
    return True


def _nothing() -> None:
    pass


if sys.platform == "win32":
    import hashlib
    import tempfile

    from filelock import FileLock, Timeout

    def lock(folder: Path, *, shared: bool = False, make: bool = False) -> Release:
        """Wait for the lock of a folder: there it is that of a file in the folder for temporary
        files, since folders cannot be locked."""
        name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
        held = FileLock(Path(tempfile.gettempdir()) / f"sqlwright-{name}.lock")
        try:
            held.acquire(timeout=PATIENCE)
        except Timeout as error:
            raise _taken(folder) from error
        if make:
            _make(folder)
        return held.release

else:
    import fcntl

    def lock(folder: Path, *, shared: bool = False, make: bool = False) -> Release:
        """Wait for the lock of a folder, which is made if it goes meanwhile and `make` is given;
        calling what is returned lets go of it.

        Raises OSError where there is no such folder, or another run does not let go of it.
        """
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if (release := _attempt(folder, kind)) is not None:
                    return release
            except FileNotFoundError:
                if not make:
                    raise
                _make(folder)
            if time.monotonic() > end:
                raise _taken(folder)
            time.sleep(STEP)

    def _attempt(folder: Path, kind: int) -> Release | None:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        held = False
        try:
            held = _try(opened, kind) and os.path.samestat(os.fstat(opened), folder.stat())
        finally:
            if not held:
                os.close(opened)
        return partial(os.close, opened) if held else None

    def _try(opened: int, kind: int) -> bool:
        """Whether the lock is ours, as it is where the file system has none."""
        try:
            fcntl.flock(opened, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass
        return True


def _taken(folder: Path) -> OSError:
    return OSError(errno.EAGAIN, "another run of sqlwright is writing to it", str(folder))
