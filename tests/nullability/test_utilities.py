"""What utility statements show, against what PostgreSQL returns for them."""

from __future__ import annotations

import asyncpg
import pytest
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = "CREATE PROCEDURE find_wanted(OUT wanted text) LANGUAGE sql AS 'SELECT NULL::text';"
NULLABLE = {
    "SHOW server_version": [False],
    "SHOW local_preload_libraries": [False],  # set to nothing
    "SHOW ALL": [False, False, True],
    "EXPLAIN SELECT 1": [False],
    "EXPLAIN (FORMAT json) SELECT 1": [False],
    "CALL find_wanted(NULL)": [True],
}


@pytest.mark.parametrize("query", NULLABLE)
async def test_columns_are_null_only_where_they_may_be(database: str, query: str) -> None:
    catalog = build_catalog(initial_catalog(), [SourceFile("s.sql", SCHEMA)], analyser, [])
    source = SourceFile("q.sql", f"-- name: Asked :many\n{query};\n")
    (statement,), _ = read_queries(source)
    facts, problems = infer_query(catalog, statement)
    assert facts is not None, problems
    stated = NULLABLE[query]
    assert [each.nullable for each in facts.columns] == stated
    connection = await asyncpg.connect(database, statement_cache_size=0)
    try:
        await connection.execute(SCHEMA.replace("CREATE", "CREATE OR REPLACE"))
        rows = await connection.fetch(query)
    finally:
        await connection.close()
    assert rows
    for row in rows:
        assert all(may or value is not None for may, value in zip(stated, row, strict=True))
