"""The SQL that is sent: the casts that make a parameter travel as another type."""

from __future__ import annotations

import pytest
from building import Database
from sqlwright.codegen.statement import statement_text
from sqlwright.dataclass import replace


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
