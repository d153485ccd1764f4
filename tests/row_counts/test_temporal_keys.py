"""Keys WITHOUT OVERLAPS (PostgreSQL 18), which take no range that is empty."""

from __future__ import annotations

import asyncpg
import pytest
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = """
CREATE TABLE prices (
    item int4range, valid daterange, price numeric, PRIMARY KEY (item, valid WITHOUT OVERLAPS)
);
CREATE TABLE offers (item int4range, valid datemultirange, UNIQUE (item, valid WITHOUT OVERLAPS));
CREATE TABLE stays (item int4range, during int4range, EXCLUDE USING gist (during WITH &&));
"""
DATA = """
INSERT INTO prices VALUES ('[1,2)', '[2020-01-01,2021-01-01)', 1), ('[1,2)', '[2021-01-01,)', 2);
INSERT INTO offers VALUES ('[1,2)', NULL), ('[1,2)', NULL), ('[1,2)', '{[2020-01-01,2021-01-01)}');
INSERT INTO stays VALUES ('[1,2)', 'empty'), ('[1,2)', 'empty');
"""
EMPTY = (
    "INSERT INTO prices VALUES ('[1,2)', 'empty', 1)",
    "INSERT INTO offers VALUES ('[1,2)', '{}')",
)
ROWS = {
    "prices WHERE item = '[1,2)' AND valid = '[2021-01-01,)'": ("at-most-one", 1),
    "prices WHERE item = '[1,2)' AND valid @> '2020-05-01'::date": ("at-most-one", 1),
    "prices WHERE item = '[1,2)' AND valid && '[2020-05-01,)'": ("many", 2),
    "prices WHERE item = '[1,2)'": ("many", 2),
    "offers WHERE item = '[1,2)' AND valid = '{[2020-01-01,2021-01-01)}'": ("at-most-one", 1),
    "offers WHERE item = '[1,2)' AND valid IS NOT DISTINCT FROM NULL": ("many", 2),
    "stays WHERE during = 'empty'": ("many", 2),
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    problems: list[Diagnostic] = []
    found = build_catalog(initial_catalog(), [SourceFile("s.sql", SCHEMA)], analyser, problems)
    assert not problems
    return found


@pytest.mark.parametrize("items", ROWS)
async def test_rows_are_as_stated_and_as_postgres_returns_them(
    database: str, catalog: Catalog, items: str
) -> None:
    source = SourceFile("q.sql", f"-- name: Asked :many\nSELECT item FROM {items};\n")
    (statement,), _ = read_queries(source)
    facts, problems = infer_query(catalog, statement)
    assert facts is not None, problems
    connection = await asyncpg.connect(database, statement_cache_size=0)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(SCHEMA + DATA)
        count = len(await connection.fetch(facts.sql))
    finally:
        await transaction.rollback()
        await connection.close()
    assert (facts.rows, count) == ROWS[items]


@pytest.mark.parametrize("insert", EMPTY)
async def test_no_empty_range_is_taken(database: str, insert: str) -> None:
    connection = await asyncpg.connect(database, statement_cache_size=0)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(SCHEMA)
        with pytest.raises(asyncpg.CheckViolationError, match="empty WITHOUT OVERLAPS value"):
            await connection.execute(insert)
    finally:
        await transaction.rollback()
        await connection.close()
