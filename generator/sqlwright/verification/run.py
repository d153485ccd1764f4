"""One verification: a server, its schema, every query prepared, every claim put to the test."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.verification.loading import LoadProblem, load_schema
from sqlwright.verification.refutation import Effort, Progress, Seen, refute
from sqlwright.verification.server import NoServerError, embedded_server
from sqlwright.verification.types import Difference, described, differences
from sqlwright.verification.witnesses import Witness


@dataclass(frozen=True, slots=True)
class Request:
    """What to verify. Without `database_url` an embedded server is used and gets the schema; on
    one's own nothing is loaded, and queries run only where `write` allows it."""

    catalog: Catalog
    queries: Sequence[QueryFacts]
    schema: Sequence[SourceFile]
    database_url: str | None = None
    write: bool = False
    seed: int = 0
    progress: Progress = lambda done, total: None


@dataclass(slots=True)
class Verified:
    """What came of it: `refused` are queries that the server would not prepare, with its words;
    `left_out` are those it may have refused for want of an extension that the schema names."""

    problems: list[LoadProblem] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    prepared: int = 0
    ran: bool = False
    seen: dict[str, Seen] = field(default_factory=dict)

    @property
    def witnesses(self) -> list[Witness]:
        return [witness for seen in self.seen.values() for witness in seen.witnesses]

    @property
    def missing_extensions(self) -> list[str]:
        """What the schema asks for and the server does not have."""
        return sorted({item.extension for item in self.problems if item.extension})

    @property
    def schema_refusals(self) -> list[LoadProblem]:
        """Statements of the schema that the server refuses, unless an extension is missing: then
        most of them follow from that."""
        return [] if self.missing_extensions else self.problems

    @property
    def equal(self) -> bool:
        """Whether nothing contradicts what was inferred."""
        return not (self.differences or self.refused or self.witnesses or self.schema_refusals)


def verify(request: Request) -> Verified:
    """Verify against a real PostgreSQL. Raises NoServerError where there is none to ask."""
    own = request.database_url
    with nullcontext(own) if own else embedded_server() as uri:
        return asyncio.run(_verify(str(uri), request))


async def _verify(uri: str, request: Request) -> Verified:
    import asyncpg

    try:
        connection = await asyncpg.connect(uri, statement_cache_size=0)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise NoServerError(
            Diagnostic("no-server", "error", f"cannot connect to the database: {error}")
        ) from error
    try:
        found = Verified()
        if request.database_url is None:
            found.problems = await load_schema(connection, request.schema)
        ready = [
            facts for facts in request.queries if await _same(connection, request, facts, found)
        ]
        if request.database_url is None or request.write:
            found.ran = True
            effort = Effort(seed=request.seed, define=request.database_url is None)
            found.seen = await refute(connection, request.catalog, ready, effort, request.progress)
        return found
    finally:
        await connection.close()


async def _same(connection: Any, request: Request, facts: QueryFacts, found: Verified) -> bool:
    """Prepare a query and note where PostgreSQL describes it otherwise; whether it took it."""
    import asyncpg

    try:
        statement = await connection.prepare(facts.sql)
    except asyncpg.PostgresError as error:
        refusals = found.left_out if found.missing_extensions else found.refused
        refusals.append((facts.name, str(error)))
        return False
    found.prepared += 1
    found.differences += differences(request.catalog, facts, await described(connection, statement))
    return True
