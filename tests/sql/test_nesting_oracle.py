"""Random chains of operators: they nest as PostgreSQL nests them.

In a database where every operator takes and gives booleans almost any chain means something. Each
one that PostgreSQL accepts is parsed and written out with all its parentheses; PostgreSQL has to
read both texts as the same expression. What it calls a syntax error must be refused.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from parenthesised import parenthesised
from sqlwright.diagnostics import DiagnosticError
from sqlwright.source import SourceFile
from sqlwright.sql import nodes
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.lexer import tokenize

SEED = 18
CHAINS = 500
BINARY = ("+", "-", "*", "/", "%", "^", "||", "->", "@>", "<->", "~~", "!~~", "~~*", "!~~*")
PREFIX = ("+", "-", "@", "!!")
OPERANDS = ("a", "b", "c", "d", "e", "true", "(a)", "f(b)", "not c", "- d", "@ e", "+ a", "!! b")
INFIX = (
    *("+", "-", "*", "/", "%", "^", "||", "->", "@>", "<->", "<", ">", "=", "<=", ">=", "<>", "!="),
    *("and", "or", "and not", "or not", "like", "not like", "ilike", "not ilike", "similar to"),
    *("is distinct from", "is not distinct from", "at time zone", "operator(public.*)", "escape"),
)
POSTFIX = (
    *("is null", "is not null", "isnull", "notnull", "is true", "is not false", "is unknown"),
    *("::bool", "::flag", "at local", "in (a, b or c)", "not in (a)", "= any (array[a, b])"),
    *("not like all (array[c])", "-> any (array[d])"),
)
UNIVERSE = """
    SET allow_system_table_mods = on;
    SET client_min_messages = error;
    CREATE TABLE t (a boolean, b boolean, c boolean, d boolean, e boolean);
    CREATE DOMAIN flag AS boolean;
    CREATE FUNCTION f(boolean) RETURNS boolean LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION f(boolean, boolean) RETURNS boolean LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION pg_catalog.timezone(boolean) RETURNS boolean LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION pg_catalog.timezone(boolean, boolean) RETURNS boolean
        LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION pg_catalog.like_escape(boolean, boolean) RETURNS boolean
        LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION pg_catalog.similar_to_escape(boolean) RETURNS boolean
        LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION pg_catalog.similar_to_escape(boolean, boolean) RETURNS boolean
        LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION pg_catalog."overlaps"(boolean, boolean, boolean, boolean) RETURNS boolean
        LANGUAGE sql AS 'SELECT $1';
"""
OPERATORS = (
    *(f"CREATE OPERATOR {name} (FUNCTION = f, LEFTARG = bool, RIGHTARG = bool)" for name in BINARY),
    *(f"CREATE OPERATOR {name} (FUNCTION = f, RIGHTARG = bool)" for name in PREFIX),
    # What SIMILAR TO becomes.
    "CREATE OPERATOR ~ (FUNCTION = f, LEFTARG = bool, RIGHTARG = bool)",
)


async def test_chains_nest_as_postgresql_nests_them(database: str, seed: int) -> None:
    chance = random.Random(seed)
    accepted, wrong = 0, []
    async with universe(database) as connection:
        for _ in range(CHAINS):
            text = chain(chance)
            written = our_reading(text)
            expected = await reading(connection, text)
            if expected is None:
                verdict = "accepted" if written is not None else None
            elif written is None:
                verdict = "refused"
            else:
                accepted += 1
                actual = await reading(connection, written)
                verdict = None if actual == expected else f"{written}\n  {actual}\n  {expected}"
            if verdict:
                wrong.append(f"{text}: {verdict}")
    print(f"{CHAINS} chains, {accepted} valid")
    assert accepted > CHAINS // 3
    assert not wrong, "\n".join(wrong)


@asynccontextmanager
async def universe(uri: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(uri)
    try:
        await connection.execute(UNIVERSE + ";".join(OPERATORS))
        yield connection
    finally:
        await connection.close()


def chain(chance: random.Random) -> str:
    words = [operand(chance)]
    for _ in range(chance.randint(1, 6)):
        kind = chance.random()
        if kind < 0.2:
            words.append(chance.choice(POSTFIX))
        elif kind < 0.3:
            word = chance.choice(("between", "not between", "between symmetric"))
            words += [word, operand(chance), "and", operand(chance)]
        else:
            words += [chance.choice(INFIX), operand(chance)]
    return " ".join(words)


def operand(chance: random.Random) -> str:
    if chance.random() < 0.05:
        return "(a, b) overlaps (c, d)"
    return f"({chain(chance)})" if chance.random() < 0.05 else chance.choice(OPERANDS)


def our_reading(text: str) -> str | None:
    """The expression with all its parentheses, None where the grammar refuses it."""
    source = SourceFile("chain.sql", f"SELECT {text}")
    try:
        statement = parse_statement(source, tokenize(source))
    except DiagnosticError:
        return None
    assert isinstance(statement, nodes.Select)
    return parenthesised(statement.targets[0].expr)


async def reading(connection: asyncpg.Connection, text: str) -> str | None:
    """How PostgreSQL writes the expression out again, None where its grammar refuses it."""
    try:
        await connection.execute(f"CREATE OR REPLACE VIEW v AS SELECT ({text})::text AS x FROM t")
    except asyncpg.PostgresSyntaxError:
        return None
    definition: str = await connection.fetchval("SELECT pg_get_viewdef('v'::regclass)")
    return definition
