"""The SQL that is sent: the casts that make a parameter travel as another type."""

from __future__ import annotations

from dataclasses import replace

import pytest
from building import Database
from sqlwright.codegen import statement
from sqlwright.codegen.statement import statement_text
from sqlwright.source import SourceFile
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.tokens import Token


@pytest.mark.parametrize(
    ("sql", "casts", "expected"),
    [
        ("SELECT $1", "::text::jsonb", "SELECT $1::text::jsonb"),
        ("SELECT $1::jsonb", "::text::jsonb", "SELECT $1::text::jsonb"),
        ("SELECT $1::JSONB, $2", "::text::jsonb", "SELECT $1::text::JSONB, $2"),
        ("SELECT $1::jsonb::text", "::text::jsonb", "SELECT $1::text::jsonb::text"),
        ("SELECT $1::jsonb[]", "::text[]::jsonb[]", "SELECT $1::text[]::jsonb[]"),
        ("SELECT $1::jsonb_like", "::text::jsonb", "SELECT $1::text::jsonb::jsonb_like"),
        ("SELECT $1::json", "::text::jsonb", "SELECT $1::text::jsonb::json"),
        ("SELECT $1['a']", "::text::jsonb", "SELECT ($1::text::jsonb)['a']"),
    ],
)
def test_casts_of_a_parameter(sql: str, casts: str, expected: str) -> None:
    facts = replace(Database().query("Example", "one"), sql=sql)
    assert statement_text(facts, {1: casts}) == f"-- name: Example :one\n{expected}\n"


@pytest.mark.parametrize(
    ("sql", "are_read"),
    [
        ("SELECT $1, '$1', '''$1', \"$1\", $2 -- $1 it's", False),
        ("SELECT $1 -- '\n, $1 -- \"\r, '--', $1", False),
        ("SELECT E'it''s', $1, e'$1'", False),
        ("SELECT $1+$1-$1||$1::text", False),
        (r"SELECT E'\'$1', $1", True),
        ("SELECT /* /* ' */ $1 */ $1", True),
        ("SELECT $$ $1 $$, $_1$ $1 $_1$, $1", True),
        ("SELECT a$1, $1, ä$1 FROM t", True),
        (r"SELECT '\', $1", True),
    ],
)
def test_parameters_are_found_with_or_without_tokens(
    sql: str, are_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tokens are not read where literals, names and comments to the end of a line can be told."""
    read: list[str] = []

    def tokens(source: SourceFile) -> list[Token]:
        read.append(source.text)
        return tokenize(source)

    monkeypatch.setattr(statement, "tokenize", tokens)
    facts = replace(Database().query("Example", "one"), sql=sql)
    expected, done = "", 0
    for token in tokenize(SourceFile("q.sql", sql)):
        if token.kind == "param":
            expected += f"{sql[done : token.start]}{token.text}::a::b"
            done = token.end
    found = statement_text(facts, {1: "::a::b", 2: "::a::b"})
    print(found)
    assert found == f"-- name: Example :one\n{expected}{sql[done:]}\n"
    assert bool(read) == are_read
