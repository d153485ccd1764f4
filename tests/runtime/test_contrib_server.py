"""What tests may expect of the server with contrib."""

from __future__ import annotations

import asyncpg


async def test_it_has_what_the_embedded_server_lacks(contrib_database: str) -> None:
    connection = await asyncpg.connect(contrib_database)
    try:
        for name in ("citext", "hstore", "ltree", "cube", "isn"):
            await connection.execute(f"CREATE EXTENSION {name}")
        await connection.execute(
            "CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2',"
            " deterministic = false)"
        )
        assert await connection.fetchval("SELECT 'Ada' = 'ADA'::citext") is True
        assert await connection.fetchval("SELECT 'Ada' = 'ADA' COLLATE folded") is True
    finally:
        await connection.close()
