"""Giving an empty database the project's schema, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.source import SourceFile, Span
from sqlwright.sql.ddl_nodes import PassedOver
from sqlwright.sql.grammar.parser import parse_ddl
from sqlwright.sql.lexing.splitting import Stretch
from sqlwright.sql.schema.reader import schema_stretches
from sqlwright.verification.causes import LoadProblem, cause_of
from sqlwright.verification.quoting import identifier

_LACKING = {
    re.compile(r'extension "(.+)" is not available'): "the extension {}",
    re.compile(r'language "(.+)" does not exist'): "the language {}",
    re.compile(r'could not access file "(.+)"'): "the library {}",
    re.compile(r'directory "(.+)" does not exist'): "the folder {}",
    re.compile(r"ICU is not supported in this build"): "ICU",
}
_FUNCTION = re.compile(r"\s*CREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE)\b", re.IGNORECASE)
_NO_ROLE = re.compile(r'role "(.+)" does not exist')
_OF_THE_SERVER = re.compile(
    r"\s*((CREATE|ALTER|DROP)\s+(ROLE|USER(?!\s+MAPPING)|GROUP|DATABASE|TABLESPACE|SUBSCRIPTION)"
    r"|ALTER\s+SYSTEM)\b",
    re.IGNORECASE,
)


async def load_schema(
    connection: Any,
    sources: Sequence[SourceFile],
    refused: Sequence[Span] = (),
    roles: list[str] | None = None,
) -> list[LoadProblem]:
    """Run every statement of the schema files' up parts; those refused are reported, unless they
    define nothing (GRANT, data). Each file begins as a new session does, and may leave a
    transaction open or settings changed.

    A function whose body the server refuses is defined all the same, so that what calls it can be
    verified, unless one of `refused`, our own refusals, lies in its statement. With `roles`, the
    server has other databases: statements about it as a whole are not run, and the roles that are
    made, because the schema needs them, are noted there.
    """
    problems: list[LoadProblem] = []
    ignored: list[Diagnostic] = []
    for source in sources:
        for text, stretch in schema_stretches(source, ignored):
            sql = text.text[stretch.start : stretch.end]
            if roles is not None and _OF_THE_SERVER.match(sql):
                continue
            message = await _run(connection, sql, roles)
            if message is not None and _defines(source, stretch):
                span = Span(source, stretch.tokens[0].start, stretch.end)
                if not any(lies_in(item, span) for item in refused):
                    await _define_unread(connection, sql)
                lacking = _lacking(message)
                cause = None if lacking else cause_of(message, problems)
                problems.append(LoadProblem(span, message, lacking, cause))
        if connection.is_in_transaction():
            await connection.execute("COMMIT")
        await connection.execute("RESET ALL; RESET SESSION AUTHORIZATION")
    return problems


async def _run(connection: Any, sql: str, roles: list[str] | None) -> str | None:
    """Run a statement, in a savepoint where a transaction is open; what the server says against
    it. A role that it does not know is made for it."""
    import asyncpg

    opened = connection.is_in_transaction()
    for _ in range(2):
        try:
            if opened:
                await connection.execute("SAVEPOINT loading")
            await connection.execute(sql)
        except asyncpg.DuplicateSchemaError:
            # A dump creates public, which is there.
            if opened:
                await connection.execute("ROLLBACK TO SAVEPOINT loading")
            return None
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if opened:
                await connection.execute("ROLLBACK TO SAVEPOINT loading")
            role = _NO_ROLE.match(str(error))
            if role is None:
                return str(error)
            await connection.execute(f"CREATE ROLE {identifier(role[1])}")
            if roles is not None:
                roles.append(role[1])
        else:
            return None
    return None


async def _define_unread(connection: Any, sql: str) -> None:
    """Define a function without a look at its body."""
    import asyncpg

    if not _FUNCTION.match(sql):
        return
    with suppress(asyncpg.PostgresError, asyncpg.InterfaceError):
        async with connection.transaction():
            await connection.execute("SET LOCAL check_function_bodies = off")
            await connection.execute(sql)


def lies_in(inner: Span, outer: Span) -> bool:
    """Whether a span begins inside another of the same file."""
    return inner.source.path == outer.source.path and outer.start <= inner.start <= outer.end


def _lacking(message: str) -> str | None:
    for pattern, words in _LACKING.items():
        if match := pattern.search(message):
            return words.format(*match.groups())
    return None


def _defines(source: SourceFile, stretch: Stretch) -> bool:
    """Whether the statement is one that the catalog is built from."""
    try:
        return not isinstance(parse_ddl(source, stretch.tokens), PassedOver)
    except DiagnosticError:
        return True
