"""One verification: a server, its schema, every query prepared, every claim put to the test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from random import Random
from typing import Any, Literal

import asyncpg

from sqlwright.analysis.column_constants import column_constants
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import analysed_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.layers import DEFAULT_PATH
from sqlwright.codegen.options import PackageOptions
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.interruptions import run
from sqlwright.source import SourceFile
from sqlwright.sql.statements import QueryStatement
from sqlwright.verification.calls.calling import Setting, call_package
from sqlwright.verification.calls.planning import package_to_call
from sqlwright.verification.calls.states import states
from sqlwright.verification.calls.supervision import Called, Fault
from sqlwright.verification.causes import LoadProblem
from sqlwright.verification.decoding import read_as_bytes
from sqlwright.verification.filling import Filler
from sqlwright.verification.loading import keep_path, load_schema
from sqlwright.verification.refusals import (
    disputed_schema,
    is_refused,
    refused_queries,
    schema_refusals,
)
from sqlwright.verification.refutation import Effort, Progress, Seen, refute
from sqlwright.verification.rows import RowMaker
from sqlwright.verification.server import Database, connected, embedded_server, scratch_database
from sqlwright.verification.sessions import refute_waiting
from sqlwright.verification.types import Difference, described, differences
from sqlwright.verification.values import ValuePool
from sqlwright.verification.variants import described_as, facts_of, to_prepare
from sqlwright.verification.witnesses import Witness


@dataclass(frozen=True, slots=True)
class Request:
    """What to verify: what was inferred, and from what; `options` are those of the package that it
    becomes and `root` is the project's folder, `postgresql` the version that it is for.

    Without a URI an embedded server is used and gets the schema; `scratch` is a server that gets a
    database of its own for that. On the database of `database_url` nothing is loaded, and queries
    run only where `write` allows it."""

    catalog: Catalog
    queries: Sequence[QueryFacts]
    schema: Sequence[SourceFile]
    statements: Sequence[QueryStatement] = ()
    diagnostics: Sequence[Diagnostic] = ()
    unknown_functions: Literal["error", "warn"] = "error"
    database_url: str | None = None
    scratch: str | None = None
    write: bool = False
    seed: int = 0
    options: PackageOptions = field(default_factory=PackageOptions)
    root: Path = Path()
    postgresql: int = 0
    progress: Progress = lambda done, total: None


@dataclass(slots=True)
class Verified:
    """What came of it.

    `older` are the versions of the server and of the project, where it is older. `loaded` is
    everything that went wrong with the schema: `problems` are statements that the server does not
    take and we do. `missing` is what the
    schema names and the server lacks, `not_loaded` are statements that it refused and `left_out`
    queries that it did not prepare, which may be for want of that; other queries that it would not
    prepare are `refused`, with its words. `accepted` are our refusals that it does not share, and
    `refused_by_both` counts those that it does. `ran` says whether queries were run. `ungenerated`
    is what keeps queries out of the package, and `called` what calling its functions showed;
    `waits` is how often a query waited for another transaction. `variants` counts the further texts
    that were prepared of queries that have several; `raises` says whether it was asked which
    constraints they violate.
    """

    older: tuple[int, int] | None = None
    loaded: list[LoadProblem] = field(default_factory=list)
    problems: list[LoadProblem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    not_loaded: list[LoadProblem] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    accepted: list[Diagnostic] = field(default_factory=list)
    refused_by_both: int = 0
    differences: list[Difference] = field(default_factory=list)
    prepared: int = 0
    variants: int = 0
    ran: bool = False
    seen: dict[str, Seen] = field(default_factory=dict)
    ungenerated: list[Diagnostic] = field(default_factory=list)
    called: Called | None = None
    waits: int = 0
    raises: bool = False

    @property
    def faults(self) -> list[Fault]:
        """What calling showed that no refutation of the same query says already."""
        refuted = {witness.query for witness in self.witnesses}
        faults = self.called.faults if self.called is not None else []
        return [item for item in faults if item.query not in refuted]

    @property
    def witnesses(self) -> list[Witness]:
        return [witness for seen in self.seen.values() for witness in seen.witnesses]

    @property
    def equal(self) -> bool:
        """Whether nothing contradicts what was inferred."""
        return not (
            self.differences
            or self.refused
            or self.accepted
            or self.witnesses
            or self.problems
            or self.ungenerated
            or self.faults
        )


def verify(request: Request) -> Verified:
    """Verify against a real PostgreSQL. Raises NoServerError where there is none to ask."""
    with _database(request) as database:
        return run(_verify(database, request))


def _database(request: Request) -> AbstractContextManager[Database]:
    if request.scratch:
        return scratch_database(request.scratch)
    if request.database_url:
        return nullcontext(Database(request.database_url))
    return embedded_server()


async def _verify(database: Database, request: Request) -> Verified:
    connection = await connected(database.uri)
    try:
        return await _compare(connection, database, request)
    finally:
        await connection.close()


async def _compare(connection: Any, database: Database, request: Request) -> Verified:
    found = Verified()
    version = connection.get_server_version().major
    if version < request.postgresql:
        found.older = (version, request.postgresql)
    if database.own:
        await _load(connection, database, request, found)
    await read_as_bytes(connection)
    ready = [facts for facts in request.queries if await _same(connection, request, facts, found)]
    run_them = database.own or request.write
    for query in refused_queries(request.statements, request.queries, request.diagnostics):
        refused = await is_refused(connection, query, run=run_them)
        found.refused_by_both += refused is True
        found.accepted += [query.refusal] if refused is False else []
    if run_them:
        effort = Effort(
            seed=request.seed,
            compared=_compared(request),
            define=database.own,
            violations=request.options.exceptions,
        )
        found.raises = request.options.exceptions
        found.seen = await refute(connection, request.catalog, ready, effort, request.progress)
        found.ran = True
        await _call(connection, database, request, ready, found)
    return found


async def _call(
    connection: Any,
    database: Database,
    request: Request,
    ready: Sequence[QueryFacts],
    found: Verified,
) -> None:
    """Call the functions of the queries that the server took, and let queries wait for others."""
    filler = _filler(connection, request, database.own)
    rows = await states(connection, request.catalog, filler, filler.rows.pool)
    made, found.ungenerated = package_to_call(request.catalog, ready, request.options)
    if made is not None:
        setting = Setting(database.uri, request.root, database.own)
        found.called = await call_package(
            request.catalog, filler.rows.pool, made, rows, setting, request.progress
        )
    if database.own:
        found.waits = await refute_waiting(
            connection, database.uri, filler, ready, found.seen, rows[1:]
        )


def _filler(connection: Any, request: Request, define: bool) -> Filler:
    random = Random(request.seed)
    pool = ValuePool(connection, request.catalog)
    maker = RowMaker(connection, request.catalog, pool, random, _compared(request))
    return Filler(connection, request.catalog, maker, random, define)


async def _load(connection: Any, database: Database, request: Request, found: Verified) -> None:
    """Give the server the schema. Where it lacks an extension, most of what it refuses follows from
    that, and says nothing about us."""
    ours = schema_refusals(request.diagnostics)
    refused = [item.labels[0].span for item in ours]
    roles = None if database.alone else database.roles
    loading = request.catalog.loading
    problems = await load_schema(connection, request.schema, refused, roles, loading)
    if request.catalog.session_path != DEFAULT_PATH:
        await keep_path(connection, request.catalog.session_path)
    found.loaded = problems
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


async def _same(connection: Any, request: Request, facts: QueryFacts, found: Verified) -> bool:
    """Prepare a query and note where PostgreSQL describes it otherwise; whether it took it."""
    try:
        statement = await connection.prepare(facts.sql)
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        refusals = found.left_out if found.missing else found.refused
        refusals.append((facts.name, str(error)))
        return False
    found.prepared += 1
    found.differences += differences(request.catalog, facts, await described(connection, statement))
    return await _same_variants(connection, request, facts, found)


async def _same_variants(
    connection: Any, request: Request, facts: QueryFacts, found: Verified
) -> bool:
    """The same for the texts of a query that has several."""
    variants = facts.variants
    if variants is None:
        return True
    for variant in to_prepare(variants):
        name = described_as(facts, variants, variant)
        own = replace(facts_of(facts, variant), name=name)
        try:
            statement = await connection.prepare(own.sql)
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            found.refused.append((name, str(error)))
            return False
        found.variants += 1
        server = await described(connection, statement)
        found.differences += differences(request.catalog, own, server)
    return True
