"""What is read from a query file: annotations, documentation, SQL, markers, and complaints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlwright.diagnostics import Diagnostic
from sqlwright.diagnostics.text import plain, render
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from sqlwright.sql.statements import QueryStatement

CASES = sorted((Path(__file__).parents[1] / "cases" / "reading").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reading(case: Path, golden: Callable[[Path, str], None]) -> None:
    text = (case / "queries.sql").read_bytes().decode()
    source = SourceFile("queries.sql", text)
    statements, diagnostics = read_queries(source)
    golden(case / "expected.txt", "\n".join(report(statements, diagnostics)) + "\n")


def report(statements: list[QueryStatement], diagnostics: list[Diagnostic]) -> Iterator[str]:
    for statement in statements:
        annotation = statement.annotation
        line, column = statement.source.position(annotation.name_span.start)
        yield f"{annotation.name} :{annotation.command} ({line}:{column})"
        yield from (f"  doc |{line}" for line in statement.comment)
        yield from (f"  sql |{line}" for line in sql(statement).split("\n"))
        yield from (f"  marker {line}" for line in markers(statement))
        yield ""
    for diagnostic in diagnostics:
        yield f"query {diagnostic.query}, code {diagnostic.code}, SQLSTATE {diagnostic.sqlstate}"
        yield plain(render(diagnostic))
        yield ""


def sql(statement: QueryStatement) -> str:
    text, at, parts = statement.source.text, statement.start, []
    for removal in statement.removals:
        parts.append(text[at : removal.start])
        at = removal.end
    return "".join([*parts, text[at : statement.end]]).replace("\r", "\\r")


def markers(statement: QueryStatement) -> Iterator[str]:
    for marker in statement.markers:
        written = statement.source.text[marker.start : marker.end]
        number = f" = ${marker.number}" if marker.number else ""
        yield f"{marker.kind} {marker.name or '-'}{number} from {written}"
