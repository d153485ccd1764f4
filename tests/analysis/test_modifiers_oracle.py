"""Type modifiers of random expressions, against those PostgreSQL gives the columns of a view."""

from __future__ import annotations

import random

import asyncpg
from judging import catalog_of
from sqlwright.analysis.analyse import analyse_statement
from sqlwright.analysis.state.parameter_types import ParameterTypes
from sqlwright.analysis.state.parse_state import ParseState
from sqlwright.catalog.catalog import Catalog
from sqlwright.diagnostics import DiagnosticError
from sqlwright.source import SourceFile
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.lexer import tokenize
from topics import schema_of

SEED = 8
QUERIES = 1200

TypeAndModifier = tuple[str, int]


def _words(text: str) -> list[str]:
    return text.split()


COLUMNS = _words("a a2 b n n2 m i ts tz bt vb texts numbers d dn di tx k (c).a (c).n c")
TYPES = _words(
    """
    varchar varchar(3) varchar(7) char(2) bpchar numeric numeric(5,2) numeric(3) interval
    interval(3) timestamp(2) timestamptz(1) timestamp bit(3) varchar(3)[] varchar[]
    numeric(4,1)[] short_text price text text[] int lapse short_text[]
    """
)


class Writer:
    """Writes queries of one column `c`, from a seed."""

    def __init__(self, seed: int) -> None:
        self.source = random.Random(seed)

    def query(self) -> str:
        expr = self.expr(3)
        return self.source.choice(
            [
                *[f"SELECT {expr} AS c FROM t"] * 6,
                f"SELECT {expr} AS c FROM t UNION ALL SELECT {self.expr(2)} FROM t",
                f"SELECT c FROM (SELECT {expr} AS c FROM t) s",
                f"WITH w AS (SELECT {expr} AS c FROM t) SELECT c FROM w",
                "SELECT column1 AS c FROM (VALUES"
                f" (NULL::{self.source.choice(TYPES)}), ('1'::varchar(2))) s",
            ]
        )

    def expr(self, depth: int) -> str:
        if depth <= 0 or self.source.random() < 0.25:
            return self._leaf()
        left, right = self.expr(depth - 1), self.expr(depth - 1)
        return self.source.choice(
            [
                *[f"({left})::{self.source.choice(TYPES)}"] * 6,
                *[f"coalesce({left}, {right})"] * 2,
                *[f"CASE WHEN true THEN {left} ELSE {right} END"] * 2,
                f"ARRAY[{left}, {right}]",
                f"nullif({left}, {right})",
                f"greatest({left}, {right})",
                f"(SELECT {left} FROM t LIMIT 1)",
                f"({left})[1]",
                "texts[1:2]",
                f"({left} {self.source.choice(['||', '+', '*'])} {right})",
                f"lag({left}) OVER ()",
                f"ARRAY(SELECT {left} FROM t)",
                f'({left}) COLLATE "C"',
            ]
        )

    def _leaf(self) -> str:
        if self.source.random() < 0.7:
            return self.source.choice(COLUMNS)
        cast = f"NULL::{self.source.choice(TYPES)}"
        return self.source.choice(["NULL", "'1'", "1.5", "'1'::varchar(2)", cast])


def ours(catalog: Catalog, sql: str) -> TypeAndModifier:
    source = SourceFile("query.sql", sql)
    state = ParseState(catalog=catalog, source=source, parameters=ParameterTypes())
    try:
        query = analyse_statement(state, parse_statement(source, tokenize(source)))
    except DiagnosticError as error:
        return error.diagnostic.message, -1
    expr = query.output[0].expr
    return catalog.display_type(expr.type), expr.modifier


async def theirs(connection: asyncpg.Connection, sql: str) -> TypeAndModifier | None:
    """None where PostgreSQL refuses the query."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(f"CREATE TEMPORARY VIEW shown AS {sql}")
        found = await connection.fetchrow(
            "SELECT format_type(atttypid, NULL) AS shown, atttypmod FROM pg_attribute"
            " WHERE attrelid = 'shown'::regclass AND attname = 'c'"
        )
    except asyncpg.PostgresError:
        return None
    finally:
        await transaction.rollback()
    return found["shown"], found["atttypmod"]


async def test_modifiers_of_random_expressions(database: str, seed: int) -> None:
    schema = schema_of("modifiers")
    catalog = catalog_of(schema)
    writer = Writer(seed)
    connection = await asyncpg.connect(database, statement_cache_size=0)
    wrong: list[str] = []
    compared = modified = 0
    try:
        await connection.execute(schema)
        for _ in range(QUERIES):
            sql = writer.query()
            judge = await theirs(connection, sql)
            if judge is None:
                continue
            compared += 1
            modified += judge[1] >= 0
            mine = ours(catalog, sql)
            if mine != judge:
                wrong.append(f"{sql}: {mine}, PostgreSQL says {judge}")
    finally:
        await connection.close()
    print(f"{compared - len(wrong)} of {compared} alike, {modified} with a modifier")
    assert not wrong, "\n".join(wrong[:20])
    assert modified > QUERIES / 10
