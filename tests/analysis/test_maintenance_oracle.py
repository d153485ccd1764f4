"""What TRUNCATE and REFRESH MATERIALIZED VIEW refuse each time that they run is told beforehand."""

from __future__ import annotations

import asyncpg
from inferring import catalog_of
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = """
CREATE TABLE author (id integer PRIMARY KEY, name text NOT NULL, mentor integer REFERENCES author);
CREATE TABLE book (id integer PRIMARY KEY, author integer REFERENCES author);
CREATE TABLE loan (id integer PRIMARY KEY, book integer REFERENCES book ON DELETE CASCADE);
CREATE TABLE alone (id integer PRIMARY KEY);
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (CONSTRAINT child_pkey PRIMARY KEY (id)) INHERITS (parent);
CREATE TABLE of_child (id integer REFERENCES child);
CREATE TABLE whole (id integer PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE part PARTITION OF whole FOR VALUES IN (1);
CREATE TABLE of_whole (id integer REFERENCES whole);
CREATE TABLE sliced (id integer) PARTITION BY LIST (id);
CREATE TABLE slice PARTITION OF sliced FOR VALUES IN (1);
CREATE VIEW shown AS SELECT id FROM alone;
CREATE SEQUENCE numbers;
CREATE MATERIALIZED VIEW bare AS SELECT id, name FROM author;
CREATE INDEX ON bare (id);
CREATE MATERIALIZED VIEW partly AS SELECT id, name FROM author;
CREATE UNIQUE INDEX ON partly (id) WHERE id > 0;
CREATE MATERIALIZED VIEW computed AS SELECT id, name FROM author;
CREATE UNIQUE INDEX ON computed (lower(name));
CREATE MATERIALIZED VIEW keyed AS SELECT id, name FROM author;
CREATE UNIQUE INDEX ON keyed (id);
"""

STATEMENTS = """
TRUNCATE alone
TRUNCATE loan
TRUNCATE book
TRUNCATE book, loan
TRUNCATE author
TRUNCATE author, book
TRUNCATE author, book, loan
TRUNCATE book CASCADE
TRUNCATE author RESTART IDENTITY CASCADE
TRUNCATE author RESTART IDENTITY RESTRICT
TRUNCATE parent
TRUNCATE ONLY parent
TRUNCATE child
TRUNCATE parent, of_child
TRUNCATE whole
TRUNCATE whole, of_whole
TRUNCATE part
TRUNCATE part, of_whole
TRUNCATE ONLY sliced
TRUNCATE sliced
TRUNCATE slice
TRUNCATE shown
TRUNCATE numbers
TRUNCATE bare
TRUNCATE nosuch
TRUNCATE author_pkey
TRUNCATE pg_class
TRUNCATE alone, alone
REFRESH MATERIALIZED VIEW bare
REFRESH MATERIALIZED VIEW CONCURRENTLY bare
REFRESH MATERIALIZED VIEW CONCURRENTLY partly
REFRESH MATERIALIZED VIEW CONCURRENTLY computed
REFRESH MATERIALIZED VIEW CONCURRENTLY keyed
REFRESH MATERIALIZED VIEW CONCURRENTLY keyed WITH DATA
REFRESH MATERIALIZED VIEW CONCURRENTLY keyed WITH NO DATA
REFRESH MATERIALIZED VIEW CONCURRENTLY bare WITH NO DATA
REFRESH MATERIALIZED VIEW keyed WITH NO DATA
REFRESH MATERIALIZED VIEW author
REFRESH MATERIALIZED VIEW CONCURRENTLY author
REFRESH MATERIALIZED VIEW shown
REFRESH MATERIALIZED VIEW numbers
REFRESH MATERIALIZED VIEW author_pkey
REFRESH MATERIALIZED VIEW nosuch
"""


async def test_what_always_fails_is_refused(database: str) -> None:
    catalog = catalog_of(SCHEMA)
    lines = STATEMENTS.strip().splitlines()
    differences: list[str] = []
    refused = 0
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(SCHEMA)
        for sql in lines:
            expected = await _theirs(connection, sql)
            found = _ours(catalog, sql)
            refused += expected is not None
            if found != expected:
                differences.append(f"{sql}\n  PostgreSQL: {expected}\n  sqlwright:  {found}")
    finally:
        await connection.close()
    print(f"{len(lines)} statements run, {refused} of them refused")
    assert not differences, "\n".join(differences)
    assert 20 < refused < len(lines)


async def _theirs(connection: asyncpg.Connection, sql: str) -> tuple[str, str, list[str]] | None:
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(sql)
    except asyncpg.PostgresError as error:
        notes = [text for text in (error.detail, error.hint) if text]
        return error.sqlstate, str(error.message), notes
    finally:
        await transaction.rollback()
    return None


def _ours(catalog: Catalog, sql: str) -> tuple[str, str, list[str]] | None:
    [statement], _ = read_queries(SourceFile("q.sql", f"-- name: Q :exec\n{sql};\n"))
    _, problems = infer_query(catalog, statement)
    errors: list[Diagnostic] = [each for each in problems if each.severity == "error"]
    if not errors:
        return None
    [error] = errors
    return error.sqlstate or "", error.message, list(error.notes)
