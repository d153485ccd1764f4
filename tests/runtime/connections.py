"""The ways in which a caller may be connected."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

WAYS = ("connection", "pool", "transaction", "json codecs")


def execute(uri: str, sql: str) -> None:
    """Run statements where tests have no event loop."""

    async def run() -> None:
        connection = await asyncpg.connect(uri)
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    asyncio.run(run())


@asynccontextmanager
async def connected(uri: str, way: str) -> AsyncIterator[Any]:
    """What asyncpg offers to run queries on, in one of the `WAYS`. A transaction is rolled back."""
    if way == "pool":
        async with asyncpg.create_pool(uri, min_size=1, max_size=3) as pool:
            yield pool
        return
    connection = await asyncpg.connect(uri)
    try:
        if way == "transaction":
            transaction = connection.transaction()
            await transaction.start()
            yield connection
            await transaction.rollback()
            return
        if way == "json codecs":
            await set_json_codecs(connection)
        yield connection
    finally:
        await connection.close()


async def set_json_codecs(connection: Any) -> None:
    """As applications do that want objects from their own queries."""
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=json.dumps, decoder=json.loads
        )
