"""Random scraps of text are cut into tokens as PostgreSQL cuts them.

The scraps stand in a select list. Where PostgreSQL's grammar refuses the text, the message names
the token it stopped at, and ours has to be the same, place included. Where it accepts the text,
the constants that it returns have to be those that were read.
"""

from __future__ import annotations

import random
from collections import Counter

import asyncpg
from sqlwright.diagnostics import DiagnosticError
from sqlwright.source import SourceFile
from sqlwright.sql import nodes
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.lexer import tokenize

SEED = 7
TEXTS = 1500
SCRAPS = (
    *("1", "0", "12_3", "_", "0x", "0X1f", "0o7", "0o8", "0b1", ".", "..", "1.", ".5", "e", "E1"),
    *("e+", "e-2", "1e5", "2147483647", "2147483648", "$1", "$", "$2147483648", "$$", "$a$", "a$b"),
    *("'", "''", "'a'", "'b\nc'", "E'", "e'\\n'", "\\", "\\'", "\\x4", "\\101", "\\u0041", "\\u00"),
    *("\\U0001F600", "\\ud83d", "\\ude00", "\\377", "B'", "b'01'", "X'1F'", "N'n'", "U&'"),
    *("U&'\\0061'", "U&'!0062'", "UESCAPE '!'", "uescape 'a'", "UESCAPE", 'U&"\\0061"', '"', '""'),
    *('"A b"', "a", "Ab", "é", "select", " ", "  ", "\n", "\t", "\r\n", "--", "--x\n", "/*", "*/"),
    *(
        "/* x */",
        "+",
        "-",
        "*",
        "/",
        "<",
        ">",
        "=",
        "!",
        "@",
        "#",
        "%",
        "^",
        "&",
        "|",
        "`",
        "?",
        "~",
    ),
    *("<>", "!=", "<=", ">=", "=>", "::", ":=", ":", ",", "(", ")", "[", "]", "{", "}"),
    *("::int", "as", "null", "not", "in", "is"),
)
LEXICAL_OR_GRAMMAR = (
    "syntax error at",
    "unterminated",
    "trailing junk",
    "invalid Unicode",
    "invalid byte sequence",
    "invalid hexadecimal integer",
    "invalid octal integer",
    "invalid binary integer",
    "zero-length delimited identifier",
    "parameter number too large",
    "UESCAPE must be followed",
    "operator too long",
)


async def test_scraps_are_refused_where_postgresql_refuses_them(database: str, seed: int) -> None:
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    wrong = []
    connection = await asyncpg.connect(database)
    try:
        for _ in range(TEXTS):
            text = "SELECT " + "".join(chance.choices(SCRAPS, k=chance.randint(1, 7)))
            ours, theirs = our_verdict(text), await postgres_verdict(connection, text)
            counts["refused" if theirs else "accepted"] += 1
            if ours != theirs:
                wrong.append(f"{text!r}\n    PostgreSQL: {theirs}\n    sqlwright:  {ours}")
    finally:
        await connection.close()
    print(dict(counts))
    assert counts["accepted"] > TEXTS // 20
    assert not wrong, "\n".join(wrong)


async def test_string_constants_mean_what_postgresql_says(database: str, seed: int) -> None:
    chance = random.Random(seed)
    pieces = (
        *("a", "''", "\\\\", "\\n", "\\101", "\\x41", "\\u00e9", "\\U0001F600", "\\'", "é", "\n"),
        *("'\n'", "' -- x\n '", "\\ud83d\\ude00", "\\q", "\\xc3\\xa9"),
    )
    connection = await asyncpg.connect(database)
    try:
        for _ in range(TEXTS // 5):
            literal = "E'" + "".join(chance.choices(pieces, k=chance.randint(0, 6))) + "'"
            expected = await connection.fetchval(f"SELECT {literal}")
            assert constant(literal) == expected, literal
    finally:
        await connection.close()


def constant(text: str) -> str:
    source = SourceFile("constant.sql", f"SELECT {text}")
    statement = parse_statement(source, tokenize(source))
    assert isinstance(statement, nodes.Select)
    value = statement.targets[0].expr
    assert isinstance(value, nodes.Const), value
    return value.value


def our_verdict(text: str) -> tuple[str, int] | None:
    source = SourceFile("scraps.sql", text)
    try:
        parse_statement(source, tokenize(source))
    except DiagnosticError as error:
        return verdict(error.diagnostic.message, error.diagnostic.labels[0].span.start)
    return None


async def postgres_verdict(connection: asyncpg.Connection, text: str) -> tuple[str, int] | None:
    try:
        await connection.prepare(text)
    except asyncpg.PostgresError as error:
        if not error.args[0].startswith(LEXICAL_OR_GRAMMAR):
            return None
        return verdict(error.args[0], int(error.position or 0) - 1)
    return None


def verdict(message: str, position: int) -> tuple[str, int]:
    """Message and place; of text without an end only its first line is shown."""
    if message.endswith("at end of input"):
        return message, 0
    return message.split("\n")[0].rstrip('"'), position
