"""What an error of a call says: that the function cannot work, or that this call could not."""

from __future__ import annotations

import asyncio
import linecache
import sysconfig
import traceback
from pathlib import Path

import asyncpg

from sqlwright.dataclass import dataclass

_CLIENTS_MISTAKES = ("08P01", "22P03", "42P18")
"""The server did not understand what it was sent: a violation of its protocol, a wrong binary form,
a parameter without a type (manual, appendix A)."""

_OF_THE_CALL = ("ApartError", "JsonTypeError", "ValidationError")
"""What the package raises for arguments that the function does not take."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells errors apart. `folder` is the package's, and `conversions` are the names of functions
    of the user's own, which may refuse what made-up rows hold."""

    folder: Path
    conversions: frozenset[str]

    def is_fault(self, error: BaseException) -> bool:
        """Whether an error shows that the function fails, and not that the server or the user's own
        code refuses these values."""
        if isinstance(error, (asyncio.TimeoutError, OSError, asyncpg.PostgresConnectionError)):
            return False
        if isinstance(error, asyncpg.PostgresError):
            # asyncpg raises such errors in the server's stead, which always has a severity to tell.
            own = getattr(error, "severity", None) is None
            return own or error.sqlstate in _CLIENTS_MISTAKES
        if isinstance(error, asyncpg.InterfaceError):
            return True
        return not self._is_of_a_conversion(error)

    def _is_of_a_conversion(self, error: BaseException) -> bool:
        if type(error).__name__ in _OF_THE_CALL:
            return True
        frames = traceback.extract_tb(error.__traceback__)
        last = Path(frames[-1].filename)
        if last.parent != self.folder and self._is_users(last):
            return True
        # A conversion of Python's own, such as json.loads, may go on to others before it refuses a
        # value. Anything but a ValueError says more than that.
        while isinstance(error, ValueError) and _is_standard(Path(frames[-1].filename)):
            frames.pop()
        return Path(frames[-1].filename).parent == self.folder and self._converts(frames[-1])

    def _converts(self, frame: traceback.FrameSummary) -> bool:
        """Whether what a line of the package calls there is, or may be, a conversion."""
        lines = range(frame.lineno or 1, (frame.end_lineno or frame.lineno or 1) + 1)
        text = "".join(linecache.getline(frame.filename, line) for line in lines)
        return any(name in text for name in self.conversions)

    @staticmethod
    def _is_users(file: Path) -> bool:
        libraries = {Path(sysconfig.get_path(name)) for name in ("purelib", "stdlib")}
        here = Path(__file__).parent
        return not ({*libraries, here} & set(file.parents)) and file.exists()


def _is_standard(file: Path) -> bool:
    """Whether a file is of Python's standard library, in whose folder others may be installed."""
    installed = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    return Path(sysconfig.get_path("stdlib")) in file.parents and not installed & set(file.parents)


def told(error: BaseException) -> str:
    """An error in a line."""
    lines = str(error).splitlines()
    kind = type(error).__name__
    return f"{kind}: {lines[0]}" if lines else kind
