"""The SQL that is run says the same to PostgreSQL as the SQL that was written."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest
from judging import Answer, catalog_of, theirs
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from topics import schema_of, topics_of

SCHEMA = schema_of("statements")
QUERIES = [query for queries in topics_of("statements").values() for query in queries]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


def facts_of(catalog: Catalog, query: str) -> QueryFacts | None:
    """What is inferred of a query, None if it is refused."""
    statements, _ = read_queries(SourceFile("query.sql", f"-- name: Query :exec\n{query};\n"))
    return infer_query(catalog, statements[0])[0] if statements else None


async def _answers(uri: str, pairs: list[tuple[str, str]]) -> list[tuple[Answer, Answer]]:
    connection = await asyncpg.connect(uri)
    try:
        await connection.execute(SCHEMA)
        return [
            (await theirs(connection, written), await theirs(connection, run))
            for written, run in pairs
        ]
    finally:
        await connection.close()


def test_stars_are_written_out_as_what_they_stand_for(database: str, catalog: Catalog) -> None:
    pairs = []
    for query in QUERIES:
        facts = facts_of(catalog, query)
        if facts is not None and facts.sql != query:
            pairs.append((query, facts.sql))
    different = [
        f"{written}\n  runs: {run}\n  {before}\n  {after}"
        for (written, run), (before, after) in zip(
            pairs, asyncio.run(_answers(database, pairs)), strict=True
        )
        if not before.agrees(after)
    ]
    print(f"{len(pairs) - len(different)} of {len(pairs)} rewritten statements are equivalent")
    assert len(pairs) > 80
    assert not different, "\n".join(different)
