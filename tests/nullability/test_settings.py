"""Constants that mean another value in another session, or on another day: what a schema has stored
of them says nothing of what a query writes in the same words (manual 8.5, 39.2)."""

from __future__ import annotations

import asyncpg
import pytest
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = """
CREATE TABLE zoned (id integer, at timestamptz, note text,
    CHECK (at <> '2020-01-01' OR note IS NOT NULL));
CREATE TABLE plain (id integer, at timestamptz, note text,
    CHECK (at <> '2020-01-01 00:00+00' OR note IS NOT NULL));
CREATE TABLE endless (id integer, at timestamptz, note text,
    CHECK (at <> 'infinity' OR note IS NOT NULL));
CREATE TABLE compared (id integer, at timestamptz, note text,
    CHECK (at <> timestamp '2020-01-01 00:00' OR note IS NOT NULL));
CREATE TABLE dated (id integer, day date, note text, CHECK (day <> '1/2/2020' OR note IS NOT NULL));
CREATE TABLE iso (id integer, day date, note text, CHECK (day <> '2020-01-02' OR note IS NOT NULL));
CREATE TABLE spans (id integer, span interval, note text,
    CHECK (span <> '-1 2:00' OR note IS NOT NULL));
CREATE TABLE named (id integer, of_table regclass, note text,
    CHECK (of_table <> 'iso'::regclass OR note IS NOT NULL));
CREATE TABLE ranged (id integer, span tstzrange, note text,
    CHECK (span <> '[2020-01-01,2021-01-01)' OR note IS NOT NULL));
CREATE TABLE priced (id integer, price money, note text,
    CHECK (price <> '1' OR note IS NOT NULL));
CREATE TABLE slots (slot integer, at timestamptz);
CREATE UNIQUE INDEX ON slots (slot) WHERE at = '2020-01-01';
CREATE TABLE plain_slots (slot integer, at timestamptz);
CREATE UNIQUE INDEX ON plain_slots (slot) WHERE at = '2020-01-01 00:00+00';
CREATE TABLE notes (id integer, at timestamptz, note text);
CREATE VIEW with_notes AS
SELECT n.id, n.at FROM notes n WHERE EXISTS (SELECT FROM notes o WHERE o.at = '2020-01-01');
CREATE TABLE turns (at timestamptz PRIMARY KEY, count integer);
CREATE VIEW first_turn AS SELECT at, count FROM turns WHERE at = '2020-01-01';
"""

GIVEN = """
INSERT INTO zoned VALUES (1, '2020-01-01', NULL);
INSERT INTO dated VALUES (1, '1/2/2020', NULL);
INSERT INTO compared VALUES (1, '2020-01-02', NULL);
INSERT INTO spans VALUES (1, '-1 2:00', NULL);
INSERT INTO named VALUES (1, 'iso', NULL);
INSERT INTO ranged VALUES (1, '[2020-01-01,2021-01-01)', NULL);
INSERT INTO slots VALUES (1, '2020-01-01'), (1, '2020-01-01');
INSERT INTO notes VALUES (1, '2020-01-01 00:00+00', 'a');
INSERT INTO turns VALUES ('2020-01-01 00:00+00', 1), ('2020-01-01 05:00+00', 1);
"""

OTHER_SESSION = """
SET TimeZone = 'America/New_York';
SET DateStyle = 'ISO, DMY';
SET IntervalStyle = 'sql_standard';
ALTER TABLE iso RENAME TO was_iso;
CREATE TABLE iso (id integer, day date, note text);
"""

QUERIES = """
-- name: Zoned :many
SELECT note FROM zoned WHERE at = '2020-01-01';

-- name: Dated :many
SELECT note FROM dated WHERE day = '1/2/2020';

-- name: Spans :many
SELECT note FROM spans WHERE span = '-1 2:00';

-- name: Named :many
SELECT note FROM named WHERE of_table = 'iso'::regclass;

-- name: Ranged :many
SELECT note FROM ranged WHERE span = '[2020-01-01,2021-01-01)';

-- name: Guarded :many
SELECT (SELECT o.note FROM notes o WHERE o.at = '2020-01-01' LIMIT 1) AS note FROM with_notes;

-- name: Turns :many
WITH changed AS (UPDATE turns SET count = 2 WHERE at = '2020-01-01' RETURNING at)
SELECT at AS slot FROM changed
UNION ALL SELECT at FROM first_turn WHERE at NOT IN (SELECT at FROM changed);

-- name: Slots :many
SELECT slot FROM slots WHERE slot = 1 AND at = '2020-01-01';
"""

NOT_TRIED = """
-- name: Compared :many
SELECT note FROM compared WHERE at = timestamp '2020-01-01 00:00';

-- name: Priced :many
SELECT note FROM priced WHERE price = '1';
"""

PROOFS = """
-- name: Plain :many
SELECT note FROM plain WHERE at = '2020-01-01 00:00+00';

-- name: Endless :many
SELECT note FROM endless WHERE at = 'infinity';

-- name: Iso :many
SELECT note FROM iso WHERE day = '2020-01-02';

-- name: PlainSlots :one
SELECT slot FROM plain_slots WHERE slot = 1 AND at = '2020-01-01 00:00+00';
"""


def inferred(queries: str) -> list[QueryFacts]:
    problems: list[Diagnostic] = []
    schema = SourceFile("schema.sql", SCHEMA)
    catalog = build_catalog(initial_catalog(), [schema], analyser, problems)
    assert not problems, problems
    statements, problems = read_queries(SourceFile("queries.sql", queries))
    assert not problems, problems
    found = [infer_query(catalog, each)[0] for each in statements]
    return [facts for facts in found if facts is not None]


def claims_nothing(facts: QueryFacts) -> bool:
    """Whether many rows may come, with NULL unless it is the slot that comes."""
    return facts.rows == "many" and all(
        each.nullable or each.name == "slot" for each in facts.columns
    )


def test_constants_that_may_change_prove_nothing() -> None:
    wrong = [each.name for each in inferred(QUERIES + NOT_TRIED) if not claims_nothing(each)]
    assert not wrong


def test_constants_that_mean_the_same_everywhere_do() -> None:
    wrong = [each.name for each in inferred(PROOFS) if claims_nothing(each)]
    assert not wrong


@pytest.mark.parametrize("facts", inferred(QUERIES), ids=lambda facts: facts.name)
async def test_postgres_agrees(database: str, facts: QueryFacts) -> None:
    connection = await asyncpg.connect(database)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(f"SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; {SCHEMA}")
        await connection.execute(OTHER_SESSION)
        await connection.execute(GIVEN)
        rows = await connection.fetch(facts.sql)
        assert len(rows) > 1 or [*rows[0].values()] == [None]
    finally:
        await transaction.rollback()
        await connection.close()
