"""Giving an empty database the project's schema, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import asyncpg

from sqlwright.catalog.layers import Loading
from sqlwright.diagnostics import DiagnosticError
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql.ddl_nodes import PassedOver
from sqlwright.sql.grammar.parser import parse_ddl
from sqlwright.sql.lexing.splitting import Stretch
from sqlwright.verification.causes import LoadProblem, cause_of
from sqlwright.verification.quoting import identifier
from sqlwright.verification.script import Script, Statement

_LACKING = {
    pattern(r'extension "(.+)" is not available'): "the extension {}",
    pattern(r'language "(.+)" does not exist'): "the language {}",
    pattern(r'could not access file "(.+)"'): "the library {}",
    pattern(r'directory "(.+)" does not exist'): "the folder {}",
    pattern(r"ICU is not supported in this build"): "ICU",
}
_FUNCTION = pattern(r"\s*CREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE)\b", re.IGNORECASE)
NOWHERE = "''"
_NO_ROLE = pattern(r'role "(.+)" does not exist')
_OF_THE_SERVER = pattern(
    r"\s*((CREATE|ALTER|DROP)\s+(ROLE|USER(?!\s+MAPPING)|GROUP|DATABASE|TABLESPACE|SUBSCRIPTION)"
    r"|ALTER\s+SYSTEM)\b",
    re.IGNORECASE,
)

_OF_ANOTHER_DATABASE = pattern(r"\s*ALTER\s+DATABASE\b", re.IGNORECASE)


async def load_schema(
    connection: Any,
    sources: Sequence[SourceFile],
    refused: Sequence[Span] = (),
    roles: list[str] | None = None,
    loading: Loading | None = None,
) -> list[LoadProblem]:
    """Run every statement of the schema files' up parts; those refused are reported, unless they
    define nothing (GRANT, data). Each file begins as a new session does, and may leave a
    transaction open or settings changed. A schema that only describes is loaded as `loading` says.
    What changes a database is not run, whose name is that of another.

    A function whose body the server refuses is defined all the same, so that what calls it can be
    verified, unless one of `refused`, our own refusals, lies in its statement. With `roles`, the
    server has other databases: statements about it as a whole are not run, and the roles that are
    made, because the schema needs them, are noted there.
    """
    problems: list[LoadProblem] = []
    script = Script(loading or Loading())

    async def load(statement: Statement) -> None:
        if roles is not None and _OF_THE_SERVER.match(statement.sql):
            return
        if _OF_ANOTHER_DATABASE.match(statement.sql):
            return
        message = await _run(connection, statement.sql, roles)
        if message is not None and _defines(statement.source, statement.stretch):
            span = statement.span
            if not any(lies_in(item, span) for item in refused):
                await _define_unread(connection, statement.sql)
            lacking = _lacking(message)
            cause = None if lacking else cause_of(message, problems)
            problems.append(LoadProblem(span, message, lacking, cause))

    for name in script.loading.schemas:
        await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {identifier(name)}")
    for source in sources:
        for statement in script.statements(source):
            await load(statement)
        if connection.is_in_transaction():
            await connection.execute("COMMIT")
        await connection.execute("RESET ALL; RESET SESSION AUTHORIZATION")
    for statement, path in script.waiting():
        await _set_path(connection, path)
        await load(statement)
    for added in script.loading.afterwards:
        await _set_path(connection, added.search_path)
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError):
            await connection.execute(added.sql)
    await connection.execute("RESET search_path")
    return problems


async def _set_path(connection: Any, schemas: Sequence[str]) -> None:
    listed = ", ".join(map(identifier, schemas))
    await connection.execute(f"SET search_path = {listed or NOWHERE}")


async def keep_path(connection: Any, schemas: Sequence[str]) -> None:
    """Have every later session begin with a search path, as ALTER DATABASE and ALTER ROLE in schema
    files say, whose databases and roles are others."""
    database = identifier(await connection.fetchval("SELECT current_database()"))
    listed = ", ".join(map(identifier, schemas))
    change = f"ALTER ROLE CURRENT_USER IN DATABASE {database} SET search_path = {listed or NOWHERE}"
    await connection.execute(change)
    await _set_path(connection, schemas)


async def _run(connection: Any, sql: str, roles: list[str] | None) -> str | None:
    """Run a statement, in a savepoint where a transaction is open; what the server says against
    it. A role that it does not know is made for it."""
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
    for each, words in _LACKING.items():
        if match := each.search(message):
            return words.format(*match.groups())
    return None


def _defines(source: SourceFile, stretch: Stretch) -> bool:
    """Whether the statement is one that the catalog is built from."""
    try:
        return not isinstance(parse_ddl(source, stretch.tokens), PassedOver)
    except DiagnosticError:
        return True
