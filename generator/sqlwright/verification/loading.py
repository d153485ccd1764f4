"""Giving an empty database the project's schema, statement by statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile, Span
from sqlwright.sql.schema_reader import schema_stretches


@dataclass(frozen=True, slots=True)
class LoadProblem:
    """A statement of the schema that the server refused; `extension` is one it does not have."""

    span: Span
    message: str
    extension: str | None = None


async def load_schema(connection: Any, sources: Sequence[SourceFile]) -> list[LoadProblem]:
    """Run every statement of the schema files' up parts; those refused are reported."""
    import asyncpg

    problems: list[LoadProblem] = []
    ignored: list[Diagnostic] = []
    for source in sources:
        for text, stretch in schema_stretches(source, ignored):
            sql = text.text[stretch.start : stretch.end]
            try:
                await connection.execute(sql)
            except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                start = stretch.tokens[0].start
                span = Span(source, start, stretch.end)
                problems.append(LoadProblem(span, str(error), _missing_extension(error)))
                if connection.is_in_transaction():
                    await connection.execute("ROLLBACK")
    return problems


def _missing_extension(error: Exception) -> str | None:
    """The name of an extension that is not installed on the server's machine."""
    message = str(error)
    start, end = 'extension "', '" is not available'
    if message.startswith(start) and end in message:
        return message[len(start) : message.index(end)]
    return None
