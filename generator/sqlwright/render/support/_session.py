"""One connection for as long as it takes, for what takes more than one message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import count, islice
from typing import Any
from weakref import WeakKeyDictionary

from ._driver import Connection

_numbers = count(1)


@asynccontextmanager
async def in_transaction(conn: Connection) -> AsyncGenerator[Any, None]:
    """The connection, or one of the pool, in the transaction it is in or its own."""
    pool: Any = conn
    if hasattr(pool, "acquire"):
        async with pool.acquire() as session, session.transaction():
            yield session
    elif pool.is_in_transaction():
        yield pool
    else:
        async with pool.transaction():
            yield pool


@asynccontextmanager
async def open_cursor(
    conn: Connection, query: str, *args: Any, holdable: bool = True
) -> AsyncGenerator[Any, None]:
    """A cursor over a query, closed at the end.

    Its transaction is the caller's, or that of a connection which nobody else uses. On
    a connection outside of a transaction there is none, as it would take in what the
    caller does between two rows: the server holds the rows, or where it cannot because
    the query writes or locks, they are fetched at once.
    """
    pool: Any = conn
    if hasattr(pool, "acquire"):
        async with pool.acquire() as session, _committed(session):
            yield await session.cursor(query, *args)
    elif pool.is_in_transaction():
        yield await pool.cursor(query, *args)
    elif holdable:
        async with _held(pool, query, args) as cursor:
            yield cursor
    else:
        yield _Fetched(await pool.fetch(query, *args))


@asynccontextmanager
async def _committed(session: Any) -> AsyncGenerator[None, None]:
    """A transaction that is kept although the caller stops reading early."""
    transaction = session.transaction()
    await transaction.start()
    try:
        yield
    except GeneratorExit:
        await transaction.commit()
        raise
    except BaseException:
        await transaction.rollback()
        raise
    else:
        await transaction.commit()


@asynccontextmanager
async def _held(session: Any, query: str, args: Any) -> AsyncGenerator[Any, None]:
    """Rows that the server has put aside, which outlive the statement.

    The event loop ends a stream that has been dropped in a task of its own, while its
    caller may be at anything with the connection. Such a cursor is left for the next
    stream to close; that of a pool's connection is closed when the pool gets it back.
    """
    for dropped in _dropped.pop(session, ()) if _is_kept(session) else ():
        await session.execute(f"CLOSE {dropped}")
    name = f"stream_{next(_numbers)}"
    declared = f"DECLARE {name} NO SCROLL CURSOR WITH HOLD FOR\n{query}"
    await session.execute(declared, *args)
    cursor = _Held(session, name)
    try:
        yield cursor
    finally:
        if asyncio.current_task() is cursor.reader:
            await _close(session, name)
        elif _is_kept(session):
            _dropped.setdefault(session, []).append(name)


_dropped: WeakKeyDictionary[Any, list[str]] = WeakKeyDictionary()
"""The cursors of dropped streams, by their connection."""


def _is_kept(session: Any) -> bool:
    """Whether a connection is the caller's own and none of a pool."""
    return hasattr(session.__class__, "__weakref__")


async def _close(session: Any, name: str) -> None:
    """Close the cursor of a stream, after what other tasks do on the connection."""
    while not session.is_closed():
        try:
            # Unlike execute, fetch is refused while another statement is on its way.
            await session.fetch(f"CLOSE {name}")
            return
        except Exception as error:
            if "another operation is in progress" not in str(error):
                if session.is_in_transaction():
                    return  # It has failed, and nothing more can be done in it.
                raise
        await asyncio.sleep(0.001)


class _Held:
    def __init__(self, session: Any, name: str) -> None:
        self._session = session
        self._name = name
        self._next: Any = None
        self.reader = asyncio.current_task()

    async def fetch(self, size: int) -> list[Any]:
        self.reader = asyncio.current_task()
        if self._next is None:
            # It is of use to this stream alone, so the cache of statements is spared.
            self._next = await self._session.prepare(f"FETCH {size} FROM {self._name}")
        rows: list[Any] = await self._next.fetch()
        return rows


class _Fetched:
    def __init__(self, rows: list[Any]) -> None:
        self._rows = iter(rows)

    async def fetch(self, size: int) -> list[Any]:
        return list(islice(self._rows, size))
