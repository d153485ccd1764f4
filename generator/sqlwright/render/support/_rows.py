"""Many rows sent as arrays in one statement."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from ._driver import Connection, NoRowError, Row

_Item = TypeVar("_Item")


@asynccontextmanager
async def in_parts(
    conn: Connection, items: Sequence[_Item], chunk: int | None
) -> AsyncGenerator[tuple[Any, Sequence[Sequence[_Item]]], None]:
    """The connection to send on, and the items in parts of `chunk` of them.

    Several parts are sent in a transaction, or in a savepoint of the one that the
    connection is in.
    """
    if chunk is not None and chunk < 1:
        raise ValueError("a chunk has one row or more")
    if chunk is None or len(items) <= chunk:
        yield conn, (items,)
        return
    parts = [items[at : at + chunk] for at in range(0, len(items), chunk)]
    pool: Any = conn
    if hasattr(pool, "acquire"):
        async with pool.acquire() as session, session.transaction():
            yield session, parts
    else:
        async with pool.transaction():
            yield pool, parts


def aligned(rows: Iterable[Row], items: Sequence[object], at: int) -> list[Any]:
    """For each of the items that were sent the row that came back, or None.

    Its value number `at` says which it belongs to, counted from 1.
    """
    found: list[Any] = [None] * len(items)
    for row in rows:
        found[row[at] - 1] = row
    return found


def all_aligned(
    query: str, rows: Iterable[Row], items: Sequence[object], at: int
) -> list[Any]:
    """The same where a row comes back for each."""
    found = aligned(rows, items, at)
    if any(row is None for row in found):
        raise NoRowError(query)
    return found
