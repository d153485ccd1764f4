"""The analysis and PostgreSQL asked alike: what a query takes and gives, or why it is refused."""

from __future__ import annotations

from dataclasses import dataclass

import asyncpg
from sqlwright.analysis.analyse import analyse_statement
from sqlwright.analysis.schema import analyser
from sqlwright.analysis.state.parameter_settling import settle_parameters
from sqlwright.analysis.state.parameter_types import ParameterTypes
from sqlwright.analysis.state.parse_state import ParseState
from sqlwright.analysis.tree import Query
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.ddl.statements import apply
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.source import SourceFile
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.schema.reader import Unreadable, read_schema


@dataclass(frozen=True)
class Answer:
    """Types of parameters and columns as PostgreSQL's format_type shows them, or a refusal.

    `place` is where the refusal points: a character, or for ours the stretch it must lie in; `said`
    what it says besides its message, PostgreSQL's DETAIL and HINT.
    """

    parameters: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    sqlstate: str | None = None
    message: str | None = None
    place: tuple[int, int] | None = None
    said: tuple[str, ...] = ()

    def agrees(self, other: Answer) -> bool:
        """Whether two answers say the same; places are compared apart."""
        return (self.parameters, self.columns, self.sqlstate, self.message) == (
            other.parameters,
            other.columns,
            other.sqlstate,
            other.message,
        )

    def __str__(self) -> str:
        if self.sqlstate is not None:
            return f"{self.sqlstate}: {self.message}"
        columns = ", ".join(f"{name} {shown}" for name, shown in self.columns)
        return f"({', '.join(self.parameters)}) -> {columns}"


def catalog_of(schema: str) -> Catalog:
    """The catalog that definitions make."""
    catalog = initial_catalog()
    source = SourceFile("schema.sql", schema)
    problems: list[Diagnostic] = []
    for statement in read_schema(source, problems):
        assert not isinstance(statement, Unreadable), statement
        catalog = apply(catalog, statement, source, analyser, problems)
    assert not problems, problems
    return catalog


def ours(catalog: Catalog, sql: str) -> Answer:
    """What the analysis says of a query."""
    source = SourceFile("query.sql", sql)

    def analyse(types: ParameterTypes) -> tuple[Query, ParameterTypes]:
        state = ParseState(catalog=catalog, source=source, parameters=types)
        query = analyse_statement(state, statement)
        return query, types

    try:
        statement = parse_statement(source, tokenize(source))
        query, types = settle_parameters(analyse)
    except DiagnosticError as error:
        found = error.diagnostic
        place = (found.labels[0].span.start, found.labels[0].span.end) if found.labels else None
        said = (*found.notes, *((found.help,) if found.help else ()))
        return Answer(sqlstate=found.sqlstate, message=found.message, place=place, said=said)
    return Answer(
        tuple(catalog.display_type(types.type_of(number)) for number in sorted(types.slots)),
        tuple(
            (target.name, catalog.display_type(catalog.base_type(target.expr.type)))
            for target in query.output
        ),
    )


async def theirs(connection: asyncpg.Connection, sql: str) -> Answer:
    """What PostgreSQL says of it when it prepares it."""
    try:
        prepared = await connection.prepare(sql)
    except asyncpg.PostgresError as error:
        at = None if error.position is None else int(error.position) - 1
        place = None if at is None else (at, at + 1)
        said = tuple(each for each in (error.detail, error.hint) if each)
        return Answer(sqlstate=error.sqlstate, message=error.message, place=place, said=said)
    return Answer(
        tuple([await _shown(connection, each.oid) for each in prepared.get_parameters()]),
        tuple(
            [
                (each.name, await _shown(connection, each.type.oid))
                for each in prepared.get_attributes()
            ]
        ),
    )


async def _shown(connection: asyncpg.Connection, oid: int) -> str:
    return str(await connection.fetchval("SELECT format_type($1, NULL)", oid))


def points_right(mine: Answer, judge: Answer) -> bool:
    """Whether our place encloses PostgreSQL's, where it gives one."""
    if judge.place is None:
        return True
    if mine.place is None:
        return False
    start, end = mine.place
    return start <= judge.place[0] < max(end, start + 1)
