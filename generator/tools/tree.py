"""Print what each stage makes of a query: tokens, both trees, and the verdicts with their reasons.

    python -m generator.tools.tree QUERY [SCHEMA ...]

QUERY is the name of a query of the project here, or SQL over its schema, for which SCHEMA names
other files or folders. Places are left out, and of objects of the catalog all but the name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import MISSING
from pathlib import Path

from sqlwright.analysis.facts import Parameter, QueryFacts, Reason, ResultColumn
from sqlwright.analysis.query import analysed_query, infer_query
from sqlwright.catalog import model
from sqlwright.catalog.catalog import Catalog
from sqlwright.config import load_config
from sqlwright.dataclass import fields, is_dataclass
from sqlwright.diagnostics import DiagnosticError
from sqlwright.diagnostics.text import plain, render
from sqlwright.project.catalogs import Catalogs
from sqlwright.project.reading import read_package
from sqlwright.project.sources import read_texts
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.reader import read_queries
from sqlwright.sql.statements import QueryStatement

PLACES = ("start", "end", "span")
NAME = "Shown"


def tree(value: object, catalog: Catalog, indent: str = "", label: str = "") -> Iterator[str]:
    """A line for each node, with its fields that are not at their default."""
    if isinstance(value, tuple | list):
        for each in value:
            yield from tree(each, catalog, indent, label)
        return
    given = dict(_given(value))
    plain = {name: each for name, each in given.items() if not _holds_nodes(each)}
    shown = "".join(f" {name}={_shown(name, each, catalog)}" for name, each in plain.items())
    yield f"{indent}{label}{type(value).__name__}{shown}"
    for name, each in given.items():
        if name not in plain:
            yield from tree(each, catalog, indent + "  ", f"{name}: ")


def _given(node: object) -> Iterator[tuple[str, object]]:
    if not is_dataclass(node):
        yield "value", node
        return
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name.endswith(PLACES) or isinstance(value, Span):
            continue
        if field.default is MISSING or value != field.default:
            yield field.name, value


def _holds_nodes(value: object) -> bool:
    if isinstance(value, tuple | list):
        return any(_holds_nodes(each) for each in value)
    return is_dataclass(value) and not _is_of_the_catalog(value)


def _is_of_the_catalog(value: object) -> bool:
    return type(value).__module__ == model.__name__


def _shown(name: str, value: object, catalog: Catalog) -> str:
    if _is_of_the_catalog(value):
        return f"{type(value).__name__}({getattr(value, 'name', '')})"
    if name == "type" and isinstance(value, int) and value:
        return catalog.display_type(value)
    return repr(value)


def _verdicts(facts: QueryFacts, catalog: Catalog) -> Iterator[str]:
    found: tuple[Parameter | ResultColumn, ...] = (*facts.parameters, *facts.columns)
    for each in found:
        nullable = "NULL" if each.nullable else "NOT NULL"
        yield f"{type(each).__name__} {each.name}: {catalog.display_type(each.type)} {nullable}"
        yield from _reasons(each.type_reason, "  type: ")
        yield from _reasons(each.nullable_reason, f"  {nullable}: ")
    yield f"rows: {facts.rows}"
    yield from _reasons(facts.rows_reason, "  ")


def _reasons(reason: Reason | None, indent: str) -> Iterator[str]:
    if reason is not None:
        yield f"{indent}{reason.text}"
        for each in reason.because:
            yield from _reasons(each, f"{' ' * len(indent)}because ")


def _found(query: str, statements: tuple[QueryStatement, ...]) -> QueryStatement:
    for statement in statements:
        if statement.annotation.name == query:
            return statement
    source = SourceFile("QUERY", f"-- name: {NAME} :many\n{query.rstrip().rstrip(';')};\n")
    read, problems = read_queries(source)
    if problems:
        raise DiagnosticError(problems[0])
    return read[0]


def _stages(query: str, schema: tuple[str, ...]) -> Iterator[str]:
    config = load_config(Path())
    if schema:
        config = config.overridden(Path(), schema, (), None)
    package = config.packages[0]
    read = read_package(package, read_texts(config)[0])
    if read.unread:
        raise DiagnosticError(read.unread[0])
    catalog, _ = Catalogs().of(package, read.schema)
    statement = _found(query, tuple(read.statements))
    start, end = statement.tree.start, statement.tree.end
    yield "# Tokens"
    for token in tokenize(statement.source):
        if start <= token.start < end:
            yield f"{token.kind:8} {token.text}"
    yield "\n# Syntax tree"
    yield from tree(statement.tree, catalog)
    yield "\n# Analysed tree"
    yield from tree(analysed_query(catalog, statement), catalog)
    yield "\n# Verdicts"
    facts, diagnostics = infer_query(catalog, statement)
    if facts is not None:
        yield from _verdicts(facts, catalog)
    for diagnostic in diagnostics:
        yield plain(render(diagnostic))


def main() -> int:
    query, *schema = sys.argv[1:] or [""]
    if not query.strip():
        print("which query? make tree QUERY=GetAuthor, or QUERY='SELECT 1'", file=sys.stderr)
        return 2
    try:
        for line in _stages(query, tuple(schema)):
            print(line)
    except DiagnosticError as error:
        print(plain(render(error.diagnostic)), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
