"""What the queries ask of a connection, and what they make of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

Row: TypeAlias = Sequence[Any]
"""The values of one row by position, as asyncpg's Record holds them."""


class Connection(Protocol):
    """An asyncpg connection, a pool, or a connection taken from one."""

    async def execute(self, query: str, /, *args: Any) -> str: ...

    async def fetch(self, query: str, /, *args: Any) -> list[Any]: ...

    async def fetchrow(self, query: str, /, *args: Any) -> Any: ...

    async def fetchval(self, query: str, /, *args: Any) -> Any: ...


class NoRowError(LookupError):
    """A query that always returns a row has returned none."""

    def __init__(self, query: str) -> None:
        super().__init__(f"{query} always returns a row, but the server sent none")
        self.query = query


def no_row(query: str, /, **given: object) -> Exception:
    """Why a query that always returns a row has returned none: an argument that may not
    be None was, or the server had none."""
    missing = [name for name, value in given.items() if value is None]
    if missing:
        listed = " and ".join(missing)
        return TypeError(f"{query} takes no None for {listed}")
    return NoRowError(query)


def affected_rows(status: str) -> int:
    """The number of rows in a command's status, 0 for a command that counts none."""
    count = status.rpartition(" ")[2]
    return int(count) if count.isdecimal() else 0
