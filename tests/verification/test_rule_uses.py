"""Which rules of proof a package rests on, and which of them were put to a test."""

from __future__ import annotations

from project import project
from sqlwright.verification.refutation import refute
from sqlwright.verification.rules import rule_uses

SCHEMA = "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL, b text, n int NOT NULL);"
QUERIES = """
-- name: Found :many
SELECT a, coalesce(b, a) AS c FROM t;
-- name: Empty :many
SELECT lower(a) AS d FROM t WHERE n > 5 AND n < 5;
-- name: One :one
SELECT count(*) AS many FROM t;
"""


async def test_a_rule_that_no_row_could_refute_is_named(database: str) -> None:
    async with project(database, SCHEMA, QUERIES) as made:
        seen = await refute(made.connection, made.catalog, made.queries)
        uses = {use.name: (use.tried, use.claims) for use in rule_uses(made.queries, seen)}
    print(uses)
    assert uses["a column is NOT NULL"] == (2, 3)
    assert uses["COALESCE, GREATEST and LEAST have a value if one argument has"] == (1, 1)
    assert uses["a strict function or operator gives NULL for NULL alone"] == (0, 1)
    assert uses["an aggregate without GROUP BY gives one row"] == (1, 1)
