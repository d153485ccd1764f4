"""What comes back of rows that were written to another server, whose triggers nobody here knows."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import asyncpg
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from sqlwright.verification.claims import contradictions

SCHEMA = """
CREATE EXTENSION postgres_fdw;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw;
CREATE TABLE near (id integer, place integer, line text) PARTITION BY LIST (place);
CREATE TABLE near_here PARTITION OF near FOR VALUES IN (1);
CREATE FOREIGN TABLE near_there PARTITION OF near FOR VALUES IN (2) SERVER elsewhere
OPTIONS (schema_name 'remote', table_name 'lines');
CREATE FOREIGN TABLE far (id integer, place integer, line text) SERVER elsewhere
OPTIONS (schema_name 'remote', table_name 'lines');
CREATE TABLE own (id integer, place integer, line text);
"""

REMOTE = """
CREATE SCHEMA remote;
CREATE TABLE remote.lines (id integer, place integer, line text);
CREATE FUNCTION remote.blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.line := NULL;
    RETURN CASE WHEN NEW.id > 0 THEN NEW END;
END $$;
INSERT INTO remote.lines VALUES (1, 2, 'a');
CREATE TRIGGER blank BEFORE INSERT OR UPDATE ON remote.lines
FOR EACH ROW EXECUTE FUNCTION remote.blank();
"""

QUERIES = """
-- name: Insert :one
INSERT INTO near VALUES (1, 2, 'a') RETURNING line;

-- name: InsertSkipped :one
INSERT INTO near VALUES (-1, 2, 'a') RETURNING line;

-- name: InsertFar :one
INSERT INTO far VALUES (1, 2, 'a') RETURNING line;

-- name: UpdateFar :many
UPDATE far SET place = 2 WHERE line IS NOT NULL RETURNING line;

-- name: Update :many
UPDATE near SET line = 'x' RETURNING line;

-- name: Own :one
INSERT INTO own VALUES (1, 2, 'a') RETURNING line;
"""


def _inferred() -> list[QueryFacts]:
    problems: list[Diagnostic] = []
    schema = SourceFile("schema.sql", SCHEMA)
    catalog = build_catalog(initial_catalog(), [schema], analyser, problems)
    assert not problems, problems
    statements, problems = read_queries(SourceFile("queries.sql", QUERIES))
    assert not problems, problems
    found = [infer_query(catalog, each)[0] for each in statements]
    return [facts for facts in found if facts is not None]


def test_what_another_server_stores_is_not_what_was_sent() -> None:
    found = {facts.name: (facts.rows, facts.columns[0].nullable) for facts in _inferred()}
    assert found == {
        "Insert": ("at-most-one", True),
        "InsertSkipped": ("at-most-one", True),
        "InsertFar": ("at-most-one", True),
        "Update": ("many", True),
        "UpdateFar": ("many", True),
        "Own": ("exactly-one", False),
    }


async def test_postgres_agrees(contrib_database: str) -> None:
    connection = await asyncpg.connect(contrib_database)
    try:
        await connection.execute(REMOTE + SCHEMA)
        parts = urlsplit(contrib_database)
        options = {key: values[0] for key, values in parse_qs(parts.query).items()}
        options |= {"dbname": parts.path.removeprefix("/")}
        stated = ", ".join(
            f"ADD {key} '{value}'" for key, value in options.items() if key != "user"
        )
        await connection.execute(f"ALTER SERVER elsewhere OPTIONS ({stated})")
        await connection.execute("CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere")
        for facts in _inferred():
            rows = await connection.fetch(facts.sql)
            assert not list(contradictions(facts, rows))
            if facts.name == "InsertSkipped":
                assert not rows
            elif facts.name != "Own":
                assert None in [row[0] for row in rows]
    finally:
        await connection.close()
