"""One connection inside a transaction, for what takes more than one message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from ._driver import Connection


@asynccontextmanager
async def in_transaction(conn: Connection) -> AsyncGenerator[Any, None]:
    """The connection, or one of the pool, inside the transaction it is in or its own.

    A transaction of its own is committed at the end, also when a caller stops reading
    early, and rolled back after an error.
    """
    pool: Any = conn
    if hasattr(pool, "acquire"):
        async with pool.acquire() as session, _transaction(session):
            yield session
    else:
        async with _transaction(pool):
            yield pool


@asynccontextmanager
async def _transaction(session: Any) -> AsyncGenerator[None, None]:
    if session.is_in_transaction():
        yield
        return
    await session.execute("BEGIN")
    try:
        yield
    except GeneratorExit:
        await _commit_when_idle(session)
        raise
    except BaseException:
        if not session.is_closed():
            await session.execute("ROLLBACK")
        raise
    else:
        await session.execute("COMMIT")


async def _commit_when_idle(session: Any) -> None:
    """Commit for a generator that was dropped, which the event loop closes only after
    its caller has gone on, perhaps with a statement on the same connection."""
    while not session.is_closed():
        try:
            # Unlike execute, fetch is refused while another statement is on its way.
            await session.fetch("COMMIT")
            return
        except Exception as error:
            if "another operation is in progress" not in str(error):
                raise
        await asyncio.sleep(0.001)
