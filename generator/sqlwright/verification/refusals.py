"""What sqlwright refuses, put to the server: it should refuse it, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import asyncpg

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.sql_text import final_sql
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic
from sqlwright.sql import nodes
from sqlwright.sql.statements import QueryStatement
from sqlwright.verification.causes import LoadProblem
from sqlwright.verification.loading import lies_in
from sqlwright.verification.quoting import quoted
from sqlwright.verification.running import undone

_NOT_IN_A_FUNCTION = ("0A000", "25001")
"""What cannot be run from a function is refused for that: COPY from or to the client, what begins
and ends transactions, VACUUM (manual, appendix A)."""

_LATE = (nodes.Execute, nodes.Refresh, nodes.Truncate, nodes.Utility)
"""Statements that PostgreSQL refuses as it runs them only."""


@dataclass(frozen=True, slots=True)
class RefusedQuery:
    """A query that was refused in PostgreSQL's name. `late` says that PostgreSQL looks at what it
    names when it runs, and not when it is prepared."""

    sql: str
    refusal: Diagnostic
    late: bool


def refused_queries(
    statements: Sequence[QueryStatement],
    queries: Sequence[QueryFacts],
    diagnostics: Sequence[Diagnostic],
) -> Iterator[RefusedQuery]:
    """Each query that was refused in PostgreSQL's name."""
    inferred = {facts.name for facts in queries}
    refusals = {item.query: item for item in diagnostics if _is_postgres(item)}
    for statement in statements:
        name = statement.annotation.name
        if name not in inferred and name in refusals:
            late = isinstance(statement.tree, _LATE)
            yield RefusedQuery(final_sql(statement, ()), refusals[name], late)


async def is_refused(connection: Any, query: RefusedQuery, *, run: bool) -> bool | None:
    """Whether PostgreSQL refuses a query, too; None where that cannot be told. `run` allows to run
    it, which is undone."""
    try:
        await connection.prepare(query.sql)
    except asyncpg.PostgresError:
        return True
    if not query.late:
        return False
    return await _is_refused_when_run(connection, query.sql) if run else None


async def _is_refused_when_run(connection: Any, sql: str) -> bool | None:
    """The same of a statement that is run in a function, where it can do nothing to the
    transaction or to the protocol."""
    body = f"BEGIN EXECUTE {quoted(sql)}; END"
    async with undone(connection):
        await connection.execute("SET LOCAL statement_timeout = 2000")
        try:
            await connection.execute(f"DO LANGUAGE plpgsql {quoted(body)}")
        except asyncpg.QueryCanceledError:
            return None
        except asyncpg.PostgresError as error:
            return None if error.sqlstate in _NOT_IN_A_FUNCTION else True
    return False


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
