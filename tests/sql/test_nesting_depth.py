"""Parentheses are understood without trying twice, however deep they lie."""

from __future__ import annotations

from functools import partial

import pytest
from sqlwright.diagnostics import DiagnosticError
from sqlwright.source import SourceFile
from sqlwright.sql import nodes
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.lexer import tokenize
from steps import steps_of


def parse(text: str) -> nodes.Expr:
    source = SourceFile("deep.sql", f"SELECT {text}")
    statement = parse_statement(source, tokenize(source))
    assert isinstance(statement, nodes.Select)
    return statement.targets[0].expr


def nested(depth: int) -> str:
    return "(" * depth + "(SELECT 1)" + " + 1)" * depth


def test_nesting_is_work_in_proportion() -> None:
    parse(nested(10))  # what is read once is read by now
    shallow, deep = (steps_of(partial(parse, nested(depth))) for depth in (10, 80))
    print(f"depth 10: {shallow} steps, depth 80: {deep}")
    assert deep < 16 * shallow


def test_what_follows_decides_between_query_and_operand() -> None:
    assert isinstance(parse("((SELECT 1))"), nodes.SubLink)
    assert isinstance(parse("(((SELECT 1)) UNION SELECT 2)"), nodes.SubLink)
    assert isinstance(parse("((SELECT 1) LIMIT 1)"), nodes.SubLink)
    assert isinstance(parse("((SELECT 1) + 1)"), nodes.Operation)
    assert isinstance(parse("((SELECT 1), 2)"), nodes.Row)
    assert isinstance(parse("((SELECT 1) IS NULL)"), nodes.NullTest)
    assert isinstance(parse("(((SELECT 1) UNION SELECT 2)::text)"), nodes.TypeCast)


def test_a_long_chain_needs_no_depth() -> None:
    expr = parse(" AND ".join(["a"] * 5000))
    assert isinstance(expr, nodes.BoolOperation)
    assert len(expr.operands) == 5000
    assert isinstance(parse("1" + " + 1" * 5000), nodes.Operation)


def test_as_deep_as_postgresql_reads() -> None:
    assert isinstance(parse("(" * 8000 + "1" + ")" * 8000), nodes.Const)
    assert isinstance(parse(nested(2000)), nodes.Operation)


@pytest.mark.long
def test_too_deep_is_a_refusal_and_no_crash() -> None:
    with pytest.raises(DiagnosticError) as refused:
        parse(nested(20_000))
    assert refused.value.diagnostic.sqlstate == "54001"
    assert refused.value.diagnostic.message == "stack depth limit exceeded"
