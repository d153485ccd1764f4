"""What is inferred of random queries stands up to random data on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import asyncpg
import pytest
from random_queries import Queries
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from sqlwright.verification.densities import Density
from sqlwright.verification.loading import load_schema
from sqlwright.verification.refutation import Effort, Seen, refute
from stated import SCHEMA, catalog_of

pytestmark = pytest.mark.long
SEED = 9
QUERIES = 240
EFFORT = Effort(
    densities=(Density(0, 0.0), Density(3, 0.4, empty=0.2), Density(6, 0.3), Density(8, 0.5)),
    runs=6,
    seconds=600,
)


async def test_no_claim_is_refuted(
    database: str, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = catalog_of(SCHEMA)
    queries = _inferred(catalog, Queries(Random(seed)))
    connection = await asyncpg.connect(database, statement_cache_size=0)
    try:
        assert not await load_schema(
            connection, [SourceFile(SCHEMA.name, SCHEMA.read_text(encoding="utf-8"))]
        )
        seen = await refute(connection, catalog, queries, replace(EFFORT, seed=seed))
    finally:
        await connection.close()
    with capsys.disabled():
        print("\n" + _summary(queries, seen))
    refuted = [
        f"{witness.claim} {witness.arguments}\n    {facts.sql}"
        for facts in queries
        for witness in seen[facts.name].witnesses
    ]
    assert not refuted, "\n".join(refuted)
    assert sum(one.rows for one in seen.values()) > 2000


def _inferred(catalog: Catalog, made: Queries) -> list[QueryFacts]:
    found: list[QueryFacts] = []
    for number in range(QUERIES):
        source = SourceFile("random.sql", f"-- name: Q{number} :many\n{made.query()};\n")
        statements, problems = read_queries(source)
        assert not problems, problems
        facts, diagnostics = infer_query(catalog, statements[0])
        assert facts is not None, diagnostics
        found.append(facts)
    return found


def _summary(queries: list[QueryFacts], seen: dict[str, Seen]) -> str:
    columns = [
        (column.nullable, nulls, seen[facts.name].rows)
        for facts in queries
        for column, nulls in zip(facts.columns, seen[facts.name].nulls, strict=True)
    ]
    often = [nulls for nullable, nulls, rows in columns if nullable and rows >= 30]
    proved = sum(not nullable for nullable, _, _ in columns)
    return (
        f"{len(queries)} random queries, {len(columns)} columns, {proved} NOT NULL; "
        f"of {len(often)} nullable ones in 30 rows or more {often.count(0)} were never NULL"
    )
