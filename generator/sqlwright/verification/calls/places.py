"""Where functions are called: on a connection in a transaction or out of one, on a pool, or with
json codecs of the caller's own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal

import asyncpg

Place = Literal["in a transaction", "on a connection", "on a pool", "with json codecs"]

ROLLED_BACK: tuple[Place, ...] = ("in a transaction", "with json codecs")
"""Places in which what a call does is undone."""

_LIMITS = "SET statement_timeout = 2000; SET lock_timeout = 1000"


@asynccontextmanager
async def opened(uri: str, place: Place, state: Sequence[str]) -> AsyncIterator[Any]:
    """A connection with the state's rows, in a transaction that is rolled back at the end, or one
    for calls that have transactions of their own."""
    connection = await asyncpg.connect(uri)
    try:
        await connection.execute(_LIMITS)
        if place == "with json codecs":
            await _set_json_codecs(connection)
        if place not in ROLLED_BACK:
            yield connection
            return
        transaction = connection.transaction()
        await transaction.start()
        await put_rows(connection, state)
        try:
            yield connection
        finally:
            if not connection.is_closed():
                with suppress(asyncpg.PostgresError):
                    await transaction.rollback()
    finally:
        connection.terminate()


@asynccontextmanager
async def pooled(uri: str, init: Any) -> AsyncIterator[Any]:
    """A pool whose connections are told of the package's types when they open."""
    pool = await asyncpg.create_pool(
        uri, min_size=1, max_size=2, init=init, server_settings={"statement_timeout": "2000"}
    )
    try:
        yield pool
    finally:
        pool.terminate()


async def put_rows(connection: Any, statements: Sequence[str]) -> None:
    """Insert a state's rows, where possible past triggers and foreign keys, which they satisfied
    where they were made."""
    savepoint = connection.transaction()
    await savepoint.start()
    try:
        await connection.execute("SET LOCAL session_replication_role = replica")
        await savepoint.commit()
    except asyncpg.PostgresError:
        await savepoint.rollback()
    for statement in statements:
        savepoint = connection.transaction()
        await savepoint.start()
        try:
            await connection.execute(statement)
            await savepoint.commit()
        except (asyncpg.PostgresError, asyncpg.InterfaceError):
            await savepoint.rollback()
    with suppress(asyncpg.PostgresError):
        await connection.execute("SET LOCAL session_replication_role = origin")


async def store_rows(uri: str, statements: Sequence[str]) -> None:
    """Insert a state's rows for good."""
    connection = await asyncpg.connect(uri)
    try:
        async with connection.transaction():
            await put_rows(connection, statements)
    finally:
        await connection.close()


async def _set_json_codecs(connection: Any) -> None:
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=json.dumps, decoder=json.loads
        )
