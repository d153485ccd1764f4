"""The trees of expressions, against golden files; and that no name or constant gets lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING
from pathlib import Path

import pytest
from sqlwright.dataclass import fields
from sqlwright.source import SourceFile
from sqlwright.sql import nodes
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.splitting import split_statements
from sqlwright.sql.lexing.tokens import Token

CASES = Path(__file__).parents[1] / "cases"
PLACES = frozenset(("start", "end", "operator_start", "operator_end", "name_start", "name_end"))
FORGOTTEN = {
    "calls": {"s"},  # TREAT takes the last part of a type's name
    "modify": {"size", "3"},  # options in ON CONFLICT only count as there or not
    "types": {"24", "53"},  # the precision of FLOAT selects the type
}


@pytest.mark.interpreted  # whose classes know their defaults
@pytest.mark.parametrize("case", sorted((CASES / "trees").iterdir()), ids=lambda case: case.name)
def test_tree(case: Path, golden: Callable[[Path, str], None]) -> None:
    source = SourceFile("expressions.sql", (case / "expressions.sql").read_text())
    shown = []
    for tokens in statements(source):
        statement = parse_statement(source, tokens)
        assert isinstance(statement, nodes.Select)
        text = source.text[tokens[0].start : tokens[-1].end]
        shown += [text, *tree(statement.targets[0].expr, "  "), ""]
    golden(case / "expected.txt", "\n".join(shown))


@pytest.mark.parametrize("file", sorted((CASES / "syntax").glob("*.sql")), ids=lambda f: f.stem)
def test_no_name_or_constant_is_lost(file: Path) -> None:
    source = SourceFile(file.name, file.read_text())
    checked, forgotten = 0, FORGOTTEN.get(file.stem, set())
    for tokens in statements(source):
        statement = parse_statement(source, tokens)
        if not isinstance(statement, nodes.Select | nodes.Insert | nodes.Update | nodes.Delete):
            continue
        kept = set(texts(statement))
        for token in tokens:
            if is_name_or_constant(token) and token.value not in forgotten:
                checked += 1
                lost = source.text[tokens[0].start : tokens[-1].end]
                assert {token.value, token.text} & kept, f"{token.text} is lost in: {lost}"
    print(f"{checked} names and constants")


def statements(source: SourceFile) -> Iterator[list[Token]]:
    for stretch in split_statements(tokenize(source), 0, len(source.text)):
        if stretch.tokens:
            yield list(stretch.tokens)


def tree(value: object, indent: str, label: str = "") -> Iterator[str]:
    """A line for each node, with the fields that are not at their default."""
    if isinstance(value, nodes.Node):
        plain = {name: each for name, each in given(value) if not holds_nodes(each)}
        described = "".join(f" {name}={shown(each)}" for name, each in plain.items())
        yield f"{indent}{label}{type(value).__name__}{described}"
        for name, each in given(value):
            if name not in plain:
                yield from tree(each, indent + "  ", f"{name}: ")
    elif isinstance(value, tuple):
        for each in value:
            yield from tree(each, indent, label)


def given(node: nodes.Node) -> Iterator[tuple[str, object]]:
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name not in PLACES and (field.default is MISSING or value != field.default):
            yield field.name, value


def holds_nodes(value: object) -> bool:
    return isinstance(value, nodes.Node) or (
        isinstance(value, tuple) and any(holds_nodes(each) for each in value)
    )


def shown(value: object) -> str:
    if isinstance(value, tuple) and value and all(isinstance(each, str) for each in value):
        return ".".join(map(str, value))
    return repr(value) if isinstance(value, tuple) else str(value)


def texts(value: object) -> Iterator[str]:
    """Every piece of text in a tree, and numbers as they would be written."""
    if isinstance(value, nodes.Node):
        for field in fields(value):
            if field.name not in PLACES:
                yield from texts(getattr(value, field.name))
        if isinstance(value, nodes.ParamRef):
            yield f"${value.number}"
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str | int):
        yield str(value).removeprefix("-")


def is_name_or_constant(token: Token) -> bool:
    if token.kind == "word":
        return not token.keyword
    return token.kind in ("quoted", "integer", "float", "string", "bit", "hexbit", "param")
