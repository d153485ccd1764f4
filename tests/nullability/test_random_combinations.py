"""What is inferred of random combinations of what queries are made of stands up to random data."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import asyncpg
import pytest
from random_combinations import Combinations
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from sqlwright.verification.densities import Density
from sqlwright.verification.loading import load_schema
from sqlwright.verification.refutation import Effort, refute
from stated import SCHEMA, catalog_of

pytestmark = pytest.mark.long
SEED = 4
QUERIES = 300
EFFORT = Effort(
    densities=(Density(0, 0.0), Density(3, 0.4, empty=0.2), Density(6, 0.3), Density(4, 0.6)),
    more=(),
    runs=6,
    seconds=600,
)


async def test_no_claim_is_refuted(
    database: str, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = catalog_of(SCHEMA)
    queries = _inferred(catalog, seed)
    connection = await asyncpg.connect(database, statement_cache_size=0)
    try:
        assert not await load_schema(
            connection, [SourceFile(SCHEMA.name, SCHEMA.read_text(encoding="utf-8"))]
        )
        seen = await refute(connection, catalog, queries, replace(EFFORT, seed=seed))
    finally:
        await connection.close()
    refuted = [
        f"{witness.claim} {witness.arguments}\n    {facts.sql}"
        for facts in queries
        for witness in seen[facts.name].witnesses
    ]
    few = sum(facts.rows in ("exactly-one", "at-most-one") for facts in queries)
    proved = sum(not column.nullable for facts in queries for column in facts.columns)
    rows = sum(one.rows for one in seen.values())
    with capsys.disabled():
        print(f"\n{len(queries)} queries, {few} of one row at most; {proved} columns NOT NULL")
    assert not refuted, "\n".join(refuted)
    assert few > 40
    assert proved > 200
    assert rows > 2000
    assert not [one.not_run for one in seen.values() if one.not_run is not None]


def _inferred(catalog: Catalog, seed: int) -> list[QueryFacts]:
    made = Combinations(Random(seed))
    found: list[QueryFacts] = []
    for number in range(QUERIES):
        source = SourceFile("random.sql", f"-- name: Q{number} :many\n{made.query()};\n")
        statements, problems = read_queries(source)
        assert not problems, problems
        facts, diagnostics = infer_query(catalog, statements[0])
        assert facts is not None, diagnostics
        found.append(facts)
    return found
