"""From what was read to what was inferred: a catalog, and the facts of every query over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from sqlwright.analysis.facts import QueryFacts, Reason
from sqlwright.analysis.query import infer_query, with_columns_of_queries
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.codegen.json_rules import json_problems
from sqlwright.config import PackageConfig
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.diagnostics.consequences import unchecked
from sqlwright.processes import Own, Progress, in_processes
from sqlwright.project.allowances import allowed
from sqlwright.project.catalogs import Catalogs
from sqlwright.project.look_ups import Answers
from sqlwright.project.plans import PlanMemory
from sqlwright.project.reading import Queries, Read, Reading, read_from, read_package
from sqlwright.project.remembering import (
    Known,
    LookedUp,
    Outcome,
    QueryMemory,
    Recorded,
    speaking,
)
from sqlwright.project.sources import Sources
from sqlwright.project.steps import Seen, Steps
from sqlwright.sql.files import natural_key
from sqlwright.sql.statements import QueryStatement, Remembered
from sqlwright.store import digest


@dataclass(frozen=True, slots=True)
class Inferred:
    """What a package's SQL comes to: the catalog, every query inferred, and the reports; where
    things are kept, also a `memory` of what was made of the same."""

    catalog: Catalog
    queries: tuple[QueryFacts, ...]
    diagnostics: tuple[Diagnostic, ...]
    read: Read = Read((), ())
    memory: PlanMemory | None = None

    @property
    def failed(self) -> bool:
        return any(item.severity == "error" for item in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Run:
    """What the packages of one run share: their catalogs, who is told how far it is, whether facts
    have to say why they are so, and what is to be prepared for what comes next."""

    catalogs: Catalogs
    progress: Progress | None
    with_reasons: bool
    prepare: Callable[[], None] | None


def infer(
    package: PackageConfig,
    sources: Sources,
    run: Run,
    jobs: int = 1,
    reading: Reading | None = None,
) -> Inferred:
    """Read a package's schema and queries and infer every query. Another process may be `reading`
    the queries of a package of which nothing is remembered."""
    catalogs = run.catalogs
    if sources.absent is not None:
        return Inferred(initial_catalog(package.postgresql), (), (sources.absent,))
    memories = _memories(package, sources, catalogs)
    of_use = [None if memory.is_empty else memory for memory in memories]
    if sources.unread:
        return _without_schema(package, read_package(package, sources, of_use))
    catalog, schema_problems = catalogs.of(package, sources.schema)
    read = (
        read_from(package, sources, reading.results())
        if reading is not None
        else read_package(package, sources, of_use)
    )
    catalog = with_columns_of_queries(catalog, speaking(read.statements))
    answers = catalogs.answers(package, read, catalog) if memories else None
    gone = [memory.forget(answers) for memory in memories] if answers is not None else []
    if any(gone):
        read = read_package(package, sources, of_use)
    inference = _Inference(package, catalogs.seen(catalog), run, memories)
    outcomes = inference.of_all(read, jobs)
    if answers is not None:
        _add(memories, zip(read.statements, outcomes, strict=True))
    queries, found = _together(read.queries, outcomes)
    of_json = json_problems(catalog, queries, package.options)
    refused = {item.query for item in of_json}
    queries = tuple(facts for facts in queries if facts.name not in refused)
    found += of_json
    diagnostics = [*schema_problems, *_in_order((*read.problems, *found))]
    if any(item.severity == "error" for item in diagnostics):
        from sqlwright.project.fixes import with_fixes
        from sqlwright.project.makers import with_makers

        diagnostics = with_fixes(catalog, package, read, diagnostics)
        diagnostics = with_makers(sources.queries, diagnostics)
    names = (query.annotation.name_span for query in read.queries)
    reported = allowed(read.schema, names, diagnostics)
    memory = _memory(package, catalogs, catalog, memories, answers)
    return Inferred(catalog, queries, tuple(reported), read, memory)


def _add(
    memories: Sequence[QueryMemory], inferred: Iterable[tuple[QueryStatement, Recorded]]
) -> None:
    of_files: dict[int, list[tuple[QueryStatement, Recorded]]] = {}
    for statement, outcome in inferred:
        of_files.setdefault(id(statement.source), []).append((statement, outcome))
    for memory in memories:
        memory.add(of_files.get(id(memory.source), ()))


def _memory(
    package: PackageConfig,
    catalogs: Catalogs,
    catalog: Catalog,
    memories: Sequence[QueryMemory],
    answers: Answers | None,
) -> PlanMemory | None:
    if catalogs.recall is None or answers is None:
        return None
    seen = catalogs.seen(catalog)
    name = digest(catalogs.recall.root, package.out)
    steps = Steps(catalogs.recall.store, name, seen.record, answers)
    facts = {key: each for memory in memories for key, each in memory.digests.items()}
    return PlanMemory(seen.catalog, steps, facts, memories)


def _memories(package: PackageConfig, sources: Sources, catalogs: Catalogs) -> list[QueryMemory]:
    """What is known of the queries of each file."""
    if catalogs.recall is None or not sources.complete:
        return []
    places = catalogs.places(sources.schema)
    return [QueryMemory(catalogs.recall, places, package, source) for source in sources.queries]


def _without_schema(package: PackageConfig, read: Read) -> Inferred:
    """With a part of the schema missing, whatever could be said of queries may follow from that."""
    first, *others = read.unread
    names = [query.annotation.name for query in read.queries]
    if names:
        first = replace(first, notes=(*first.notes, unchecked(names)))
    found = (first, *others, *_in_order(read.problems))
    return Inferred(initial_catalog(package.postgresql), (), found, read)


Sent = tuple[Own[Outcome] | Outcome | None, LookedUp, bytes | None]
"""`Recorded`, without the outcome where that comes from another process in what is kept of it."""


class _Inference:
    """Infers each query of a package by itself; an error in one leaves the others alone."""

    def __init__(
        self, package: PackageConfig, seen: Seen, run: Run, memories: Iterable[QueryMemory]
    ) -> None:
        self._package = package
        self._seen = seen
        self._run = run
        self._memories = {id(memory.source): memory for memory in memories}

    def of_all(self, read: Read, jobs: int) -> list[Recorded]:
        """What is inferred of the queries that were read."""
        # Reports are about places in files, which must stay the same files.
        files = (*read.schema, *(one.source for one in read.statements))
        sent = in_processes(
            self._infer,
            read.statements,
            jobs,
            self._run.progress,
            tuple({id(each): each for each in files}.values()),
            unneeded=() if self._run.with_reasons else (Reason,),
            meanwhile=self._run.prepare,
        )
        return [*map(self._received, read.statements, sent)]

    def _infer(self, statement: QueryStatement) -> Sent:
        outcome, looked_up = self._seen.record.during(partial(self._outcome, statement))
        memory = self._memories.get(id(statement.source))
        packed = memory.packed(statement, outcome) if memory is not None else None
        if packed is None:
            return outcome, looked_up if memory is not None else (), None
        return Own(outcome), looked_up, packed

    def _outcome(self, statement: QueryStatement) -> Outcome:
        return infer_query(
            self._seen.catalog,
            statement,
            self._package.unknown_functions,
            violations=self._package.options.exceptions,
            type_reasons=self._run.with_reasons,
        )

    def _received(self, statement: QueryStatement, sent: Sent) -> Recorded:
        outcome, looked_up, packed = sent
        if isinstance(outcome, Own):
            return outcome.value, looked_up, packed
        if outcome is None and packed is not None:
            outcome = self._memories[id(statement.source)].unpacked(statement, packed)
        return outcome or self._outcome(statement), looked_up, packed


def _together(
    queries: Queries, outcomes: Sequence[Recorded]
) -> tuple[tuple[QueryFacts, ...], list[Diagnostic]]:
    """The facts of all queries in their order, with what is reported of them."""
    inferred = (outcome for outcome, _, _ in outcomes)
    every: list[QueryFacts] = []
    diagnostics: list[Diagnostic] = []
    for query in queries:
        known = query.outcome if isinstance(query, Remembered) else None
        facts, found = known.inferred if isinstance(known, Known) else next(inferred)
        diagnostics.extend(_owned(found, query.annotation.name))
        if facts is not None:
            every.append(facts)
    return tuple(every), diagnostics


def _owned(found: Iterable[Diagnostic], name: str) -> Iterator[Diagnostic]:
    for item in found:
        yield item if item.query else replace(item, query=name)


def _in_order(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Reports as one reads the files: those without a place first."""
    files = {item.labels[0].span.source.path: None for item in found if item.labels}
    places = {path: at for at, path in enumerate(sorted(files, key=natural_key))}
    return sorted(
        found,
        key=lambda item: (
            (places[span.source.path], span.start)
            if item.labels and (span := item.labels[0].span)
            else (-1, 0)
        ),
    )
