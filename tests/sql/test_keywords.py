"""The list of keywords is PostgreSQL's own."""

from __future__ import annotations

import asyncpg
from sqlwright.sql.lexing.keywords import KEYWORDS


async def test_keywords_are_the_servers(postgres: str) -> None:
    connection = await asyncpg.connect(postgres)
    try:
        rows = await connection.fetch(
            "SELECT word, catcode::text, barelabel FROM pg_get_keywords()"
        )
    finally:
        await connection.close()
    assert sorted(KEYWORDS.values()) == sorted(tuple(row) for row in rows)
