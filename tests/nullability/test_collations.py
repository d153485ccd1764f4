"""What a nondeterministic collation holds equal is not the same text (manual 23.2.2.4): nothing
that is known of the one is known of the other."""

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
CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE words (
    word text COLLATE any_case,
    plain text,
    of_word integer,
    of_plain integer,
    CHECK (word COLLATE "C" <> 'a' OR of_word IS NOT NULL),
    CHECK (plain <> 'a' OR of_plain IS NOT NULL)
);
"""
ROWS = "INSERT INTO words VALUES ('A', 'a', NULL, 1), ('a', 'A', 1, NULL)"

QUERIES = {
    "SELECT of_plain FROM words WHERE plain = 'a'": False,
    "SELECT of_word FROM words WHERE word = 'a'": True,
    "SELECT of_plain FROM words WHERE plain = 'a' COLLATE any_case": True,
    "SELECT of_plain FROM words WHERE plain IN ('a' COLLATE any_case, 'b')": True,
    "SELECT of_word FROM words WHERE word IN ('a', 'b')": True,
}
"""Queries, and whether their column can be NULL."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    problems: list[Diagnostic] = []
    source = SourceFile("schema.sql", SCHEMA)
    catalog = build_catalog(initial_catalog(), [source], analyser, problems)
    assert not problems, problems
    return catalog


@pytest.mark.parametrize(("query", "nullable"), QUERIES.items())
def test_equal_is_not_the_same(catalog: Catalog, query: str, nullable: bool) -> None:
    text = f"-- name: Q :many\n{query};\n"
    (statement,), _ = read_queries(SourceFile("queries.sql", text))
    facts, diagnostics = infer_query(catalog, statement)
    assert facts is not None, diagnostics
    assert facts.columns[0].nullable == nullable


async def test_postgres_agrees(contrib_database: str) -> None:
    connection = await asyncpg.connect(contrib_database)
    try:
        await connection.execute(SCHEMA + ROWS)
        for query, nullable in QUERIES.items():
            found = [row[0] for row in await connection.fetch(query)]
            assert found, query
            assert (None in found) == nullable, query
    finally:
        await connection.close()
