"""A materialized view gets rows from before a column was NOT NULL, and none that never were."""

from __future__ import annotations

from random import Random

import pytest
from project import project
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.verification.densities import Density
from sqlwright.verification.filling import Filler
from sqlwright.verification.history import once_nullable
from sqlwright.verification.refutation import Effort, refute
from sqlwright.verification.rows import RowMaker
from sqlwright.verification.values import ValuePool

TABLE = "CREATE TABLE t (a int NOT NULL, b int, c int); "
LATER = "; ALTER TABLE t ALTER b SET NOT NULL, ALTER c SET NOT NULL"

ONCE_NULLABLE = {
    "a column that is NOT NULL since": ("SELECT a, b FROM t" + LATER, ["b"]),
    "none, with the view filled after that": (
        "SELECT 1 AS one" + LATER + "; CREATE MATERIALIZED VIEW seen AS SELECT a, b, c FROM t",
        [],
    ),
    "a part of an expression that may be NULL anyway": (
        "SELECT a, CASE WHEN a < b THEN 1 END AS low FROM t" + LATER,
        [],
    ),
    "parts of one that may not, beside one that never might": (
        "SELECT a, a + b + c AS total FROM t" + LATER,
        ["b", "c"],
    ),
    "either of two of which one was always there": (
        "SELECT coalesce(a, b) AS either, a + b AS total FROM t" + LATER,
        ["a", "b"],
    ),
    "what a value behind another view rests on": (
        "SELECT v.a, t.a + t.b AS total FROM v, t" + LATER,
        ["b"],
    ),
    "what a value in a condition rests on": (
        "SELECT a AS first, b FROM t WHERE c > 0" + LATER,
        ["b"],
    ),
}


@pytest.mark.parametrize(("made", "expected"), ONCE_NULLABLE.values(), ids=ONCE_NULLABLE)
def test_columns_may_have_been_null_as_the_view_was_filled(made: str, expected: list[str]) -> None:
    text = f"{TABLE} CREATE VIEW v AS SELECT a FROM t; CREATE MATERIALIZED VIEW old AS {made};"
    found: list[Diagnostic] = []
    catalog = build_catalog(initial_catalog(), [SourceFile("s.sql", text)], analyser, found)
    assert not found
    views = [item for item in catalog.relations() if item.kind == "materialized view"]
    columns = [item.column for view in views for item in once_nullable(catalog, view)]
    assert columns == expected


MIXED = """
CREATE TABLE t (a int NOT NULL, b int);
CREATE MATERIALIZED VIEW old AS
    SELECT a, b, a + b AS total, CASE WHEN a < 5 THEN 1 END AS low FROM t;
ALTER TABLE t ALTER b SET NOT NULL;
CREATE MATERIALIZED VIEW new AS SELECT a, b, CASE WHEN b < 5 THEN a END AS low FROM t;
"""
QUERIES = "-- name: Old :many\nSELECT * FROM old;\n-- name: New :many\nSELECT * FROM new;"


async def test_nothing_is_refuted_by_rows_that_never_were(database: str) -> None:
    """Neither of the view that may hold NULLs of old, nor of the one beside it."""
    async with project(database, MIXED, QUERIES) as made:
        for seed in range(4):
            effort = Effort(seed=seed, densities=(Density(3, 0.0, old=True),), more=())
            seen = await refute(made.connection, made.catalog, made.queries, effort)
            print(seen)
            assert not [item for each in seen.values() for item in each.witnesses]
            assert seen["New"].rows


async def test_each_view_is_as_old_as_it_may_be(database: str) -> None:
    """Views that were made at different times hold the NULLs of their own."""
    schema = """
    CREATE TABLE t (a int, b int);
    CREATE MATERIALIZED VIEW first AS SELECT a, b FROM t;
    ALTER TABLE t ALTER a SET NOT NULL;
    CREATE MATERIALIZED VIEW second AS SELECT a, b FROM t;
    ALTER TABLE t ALTER b SET NOT NULL;
    """
    question = (
        "SELECT (SELECT count(*) FROM first WHERE a IS NULL) AS first_a,"
        " (SELECT count(*) FROM second WHERE b IS NULL) AS second_b,"
        " (SELECT count(*) FROM second WHERE a IS NULL) AS never,"
        " (SELECT count(*) FROM t WHERE a IS NULL OR b IS NULL) AS now"
    )
    counts = {"first_a": 0, "second_b": 0, "never": 0, "now": 0}
    async with project(database, schema) as made:
        connection, pool = made.connection, ValuePool(made.connection, made.catalog)
        for seed in range(6):
            random = Random(seed)
            maker = RowMaker(connection, made.catalog, pool, random)
            transaction = connection.transaction()
            await transaction.start()
            filler = Filler(connection, made.catalog, maker, random)
            await filler.fill(Density(3, 0.0, old=True))
            for name, value in (await connection.fetchrow(question)).items():
                counts[name] += value
            await transaction.rollback()
    print(counts)
    assert counts["first_a"]
    assert counts["second_b"]
    assert not counts["never"]
    assert not counts["now"]
