"""What functions are said to make of nothing, against what PostgreSQL makes of it."""

from __future__ import annotations

import asyncpg
import pytest
from sqlwright.analysis.nullability.logic import folding


async def test_functions_of_an_empty_text(database: str) -> None:
    connection = await asyncpg.connect(database, statement_cache_size=0)
    try:
        for name in folding.LENGTHS:
            assert await connection.fetchval(f"SELECT {name}('')") == 0
        for name in folding.TEXTS:
            assert await connection.fetchval(f"SELECT {name}('')") == ""
        assert await connection.fetchval("SELECT cardinality('{}'::text[])") == 0
    finally:
        await connection.close()


@pytest.mark.parametrize("name", [*folding.LENGTHS, *folding.TEXTS])
async def test_they_are_strict(database: str, name: str) -> None:
    connection = await asyncpg.connect(database, statement_cache_size=0)
    try:
        assert await connection.fetchval(f"SELECT {name}(NULL::text)") is None
    finally:
        await connection.close()
