"""Tags of definitions, as PostgreSQL reports them when it runs one."""

from __future__ import annotations

import asyncpg
import pytest
from sqlwright.source import SourceFile
from sqlwright.sql import nodes
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.lexer import tokenize

DEFINITIONS = """
CREATE TABLE shelf (id int)
CREATE TEMP TABLE pile (id int)
CREATE UNIQUE INDEX shelf_id ON shelf (id)
CREATE OR REPLACE VIEW ids AS SELECT id FROM shelf
CREATE RECURSIVE VIEW numbers (n) AS VALUES (1)
CREATE TYPE mood AS ENUM ('fine')
CREATE TYPE place AS (x int)
ALTER TYPE mood ADD VALUE 'bad'
CREATE DOMAIN positive AS int CHECK (value > 0)
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE OR REPLACE PROCEDURE tidy() LANGUAGE sql AS 'SELECT 1'
CREATE CONSTRAINT TRIGGER same AFTER UPDATE ON shelf FOR EACH ROW EXECUTE FUNCTION \
suppress_redundant_updates_trigger()
CREATE SEQUENCE counter
ALTER TABLE shelf ADD COLUMN room int
ALTER TABLE shelf RENAME TO shelves
ALTER VIEW ids RENAME TO all_ids
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC
CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple)
CREATE FOREIGN DATA WRAPPER far
CREATE USER reader
ALTER USER reader RENAME TO writer
CREATE SCHEMA library
COMMENT ON TABLE shelves IS 'of wood'
DROP TABLE IF EXISTS nothing
DROP VIEW all_ids
DROP TEXT SEARCH CONFIGURATION plain
DROP ROLE writer
DROP FOREIGN DATA WRAPPER far
"""


async def test_tags(database: str) -> None:
    statements = DEFINITIONS.strip().replace("\\\n", "").splitlines()
    connection = await asyncpg.connect(database)
    try:
        theirs = [await connection.execute(statement) for statement in statements]
    finally:
        await connection.close()
    ours = [tag(statement) for statement in statements]
    print("\n".join(f"{each:<34} {tag}" for each, tag in zip(statements, theirs, strict=True)))
    assert ours == theirs


@pytest.mark.parametrize(
    ("statement", "expected"),
    [("VACUUM", "VACUUM"), ("LOCK TABLE a", "LOCK TABLE"), ("NOTIFY a", "NOTIFY")],
)
def test_tags_of_other_statements(statement: str, expected: str) -> None:
    assert tag(statement) == expected


def tag(statement: str) -> str:
    source = SourceFile("statement.sql", statement)
    tree = parse_statement(source, tokenize(source))
    assert isinstance(tree, nodes.Utility)
    return tree.keyword
