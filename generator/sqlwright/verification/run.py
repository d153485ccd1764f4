"""One verification: a server, its schema, every query prepared, every claim put to the test."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any, Literal

from sqlwright.analysis.column_constants import column_constants
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import analysed_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, field
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.statements import QueryStatement
from sqlwright.verification.loading import LoadProblem, load_schema
from sqlwright.verification.refusals import disputed_schema, refused_queries, schema_refusals
from sqlwright.verification.refutation import Effort, Progress, Seen, refute
from sqlwright.verification.server import NoServerError, embedded_server
from sqlwright.verification.types import Difference, described, differences
from sqlwright.verification.witnesses import Witness


@dataclass(frozen=True, slots=True)
class Request:
    """What to verify: what was inferred, and from what. Without `database_url` an embedded server
    is used and gets the schema; on one's own nothing is loaded, and queries run only where `write`
    allows it."""

    catalog: Catalog
    queries: Sequence[QueryFacts]
    schema: Sequence[SourceFile]
    statements: Sequence[QueryStatement] = ()
    diagnostics: Sequence[Diagnostic] = ()
    unknown_functions: Literal["error", "warn"] = "error"
    database_url: str | None = None
    write: bool = False
    seed: int = 0
    progress: Progress = lambda done, total: None


@dataclass(slots=True)
class Verified:
    """What came of it.

    `problems` are statements of the schema that the server does not take. `missing` is what the
    schema names and the server lacks, `not_loaded` are statements that it refused and `left_out`
    queries that it did not prepare, which may be for want of that; other queries that it would not
    prepare are `refused`, with its words. `accepted` are our refusals that it does not share, and
    `refused_by_both` counts those that it does. `ran` says whether queries were run.
    """

    problems: list[LoadProblem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    not_loaded: list[LoadProblem] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    accepted: list[Diagnostic] = field(default_factory=list)
    refused_by_both: int = 0
    differences: list[Difference] = field(default_factory=list)
    prepared: int = 0
    ran: bool = False
    seen: dict[str, Seen] = field(default_factory=dict)

    @property
    def witnesses(self) -> list[Witness]:
        return [witness for seen in self.seen.values() for witness in seen.witnesses]

    @property
    def equal(self) -> bool:
        """Whether nothing contradicts what was inferred."""
        return not (
            self.differences or self.refused or self.accepted or self.witnesses or self.problems
        )


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
        return await _compare(connection, request)
    finally:
        await connection.close()


async def _compare(connection: Any, request: Request) -> Verified:
    found = Verified()
    if request.database_url is None:
        await _load(connection, request, found)
    ready = [facts for facts in request.queries if await _same(connection, request, facts, found)]
    for sql, refusal in refused_queries(request.statements, request.queries, request.diagnostics):
        await _refused(connection, sql, refusal, found)
    if request.database_url is None or request.write:
        effort = Effort(
            seed=request.seed,
            compared=_compared(request),
            define=request.database_url is None,
        )
        found.seen = await refute(connection, request.catalog, ready, effort, request.progress)
        found.ran = True
    return found


async def _load(connection: Any, request: Request, found: Verified) -> None:
    """Give the server the schema. Where it lacks an extension, most of what it refuses follows from
    that, and says nothing about us."""
    ours = schema_refusals(request.diagnostics)
    refused = [item.labels[0].span for item in ours]
    problems = await load_schema(connection, request.schema, refused)
    found.missing = sorted({item.lacking for item in problems if item.lacking})
    theirs, accepted = disputed_schema(problems, ours)
    if found.missing:
        found.not_loaded = theirs
    else:
        found.problems = theirs
    found.accepted += accepted


def _compared(request: Request) -> dict[tuple[int, str], list[str]]:
    """For each column the constants that queries compare it with."""
    inferred = {facts.name for facts in request.queries}
    compared: dict[tuple[int, str], list[str]] = defaultdict(list)
    for statement in request.statements:
        if statement.annotation.name in inferred:
            query = analysed_query(request.catalog, statement, request.unknown_functions)
            for origin, text in column_constants(query):
                compared[origin.relation, origin.column].append(text)
    return compared


async def _refused(connection: Any, sql: str, refusal: Diagnostic, found: Verified) -> None:
    import asyncpg

    try:
        await connection.prepare(sql)
    except asyncpg.PostgresError:
        found.refused_by_both += 1
    else:
        found.accepted.append(refusal)


async def _same(connection: Any, request: Request, facts: QueryFacts, found: Verified) -> bool:
    """Prepare a query and note where PostgreSQL describes it otherwise; whether it took it."""
    import asyncpg

    try:
        statement = await connection.prepare(facts.sql)
    except asyncpg.PostgresError as error:
        refusals = found.left_out if found.missing else found.refused
        refusals.append((facts.name, str(error)))
        return False
    found.prepared += 1
    found.differences += differences(request.catalog, facts, await described(connection, statement))
    return True
