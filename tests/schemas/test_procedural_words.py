"""The words that PL/pgSQL keeps for itself, against what the server takes for a variable."""

from __future__ import annotations

import asyncpg
from sqlwright.sql.plpgsql.words import RESERVED, UNRESERVED


async def test_reserved_words_are_those_of_postgres(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        keywords = await connection.fetch("SELECT word FROM pg_get_keywords()")
        words = {word for (word,) in keywords} | RESERVED | UNRESERVED
        refused = {word for word in words if not await _is_taken(connection, word)}
    finally:
        await connection.close()
    print(f"{len(words)} words, {len(refused)} of them reserved")
    assert refused == RESERVED
    assert not RESERVED & UNRESERVED


async def _is_taken(connection: asyncpg.Connection, word: str) -> bool:
    try:
        await connection.execute(f"DO $$ DECLARE {word} int; BEGIN END $$")
    except asyncpg.PostgresSyntaxError:
        return False
    return True
