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
        last = traceback.extract_tb(error.__traceback__)[-1]
        if Path(last.filename).parent != self.folder:
            return self._is_users(Path(last.filename))
        lines = range(last.lineno or 1, (last.end_lineno or last.lineno or 1) + 1)
        text = "".join(linecache.getline(last.filename, line) for line in lines)
        return any(name in text for name in self.conversions)

    @staticmethod
    def _is_users(file: Path) -> bool:
        libraries = {Path(sysconfig.get_path(name)) for name in ("purelib", "stdlib")}
        here = Path(__file__).parent
        return not ({*libraries, here} & set(file.parents)) and file.exists()


def told(error: BaseException) -> str:
    """An error in a line."""
    lines = str(error).splitlines()
    kind = type(error).__name__
    return f"{kind}: {lines[0]}" if lines else kind
