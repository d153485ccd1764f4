"""What sqlwright refuses, put to the server: it should refuse it, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.sql_text import final_sql
from sqlwright.diagnostics import Diagnostic
from sqlwright.sql.statements import QueryStatement
from sqlwright.verification.causes import LoadProblem
from sqlwright.verification.loading import lies_in


def refused_queries(
    statements: Sequence[QueryStatement],
    queries: Sequence[QueryFacts],
    diagnostics: Sequence[Diagnostic],
) -> Iterator[tuple[str, Diagnostic]]:
    """The text of each query that was refused in PostgreSQL's name, with the refusal."""
    inferred = {facts.name for facts in queries}
    refusals = {item.query: item for item in diagnostics if _is_postgres(item)}
    for statement in statements:
        name = statement.annotation.name
        if name not in inferred and name in refusals:
            yield final_sql(statement, ()), refusals[name]


def schema_refusals(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What of the schema was refused in PostgreSQL's name."""
    return [item for item in diagnostics if item.query is None and _is_postgres(item)]


def disputed_schema(
    problems: Sequence[LoadProblem], ours: Sequence[Diagnostic]
) -> tuple[list[LoadProblem], list[Diagnostic]]:
    """Statements of the schema on which opinions differ: those that only the server refuses, and
    our refusals of those that it takes."""
    theirs = [problem for problem in problems if not any(_is_of(item, problem) for item in ours)]
    return theirs, [item for item in ours if not any(_is_of(item, each) for each in problems)]


def _is_postgres(item: Diagnostic) -> bool:
    return item.severity == "error" and item.sqlstate is not None and bool(item.labels)


def _is_of(item: Diagnostic, problem: LoadProblem) -> bool:
    return lies_in(item.labels[0].span, problem.span)
