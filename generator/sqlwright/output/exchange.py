"""Two names of the file system exchanged in one step, where it can do that."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

UNSUPPORTED = {
    errno.ENOSYS,
    errno.EINVAL,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EXDEV,  # of an overlay, a folder that comes from below
    errno.EBUSY,  # a mount point
    errno.EPERM,
    errno.EACCES,
}
"""What systems answer where a folder cannot be exchanged although nothing is wrong with it."""
AT_FDCWD = -100
EXCHANGE = 2
"""Of Linux's renameat2 (RENAME_EXCHANGE) and macOS's renamex_np (RENAME_SWAP)."""


SYSTEM_CAN = sys.platform in ("linux", "darwin")


class UnsupportedError(OSError):
    """These two cannot be exchanged; both are as they were."""


def exchange(one: Path, other: Path) -> None:
    """Give each of two files or folders the other's name, so that nobody sees a moment between.

    Raises UnsupportedError, or OSError where that fails for another reason.
    """
    number = _call(os.fsencode(one), os.fsencode(other))
    if number == 0:
        return
    kind = UnsupportedError if number in UNSUPPORTED else OSError
    raise kind(number, os.strerror(number), str(other))


def _call(one: bytes, other: bytes) -> int:
    """The number of the error, 0 for none."""
    import ctypes  # which up to date packages have no need of

    if not SYSTEM_CAN:
        return errno.ENOSYS
    library = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(one, other, EXCHANGE)
        else:
            failed = library.renameat2(AT_FDCWD, one, AT_FDCWD, other, EXCHANGE)
    except AttributeError:  # an older C library
        return errno.ENOSYS
    return ctypes.get_errno() if failed else 0
