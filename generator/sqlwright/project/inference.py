"""From what was read to what was inferred: a catalog, and the facts of every query over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query, with_columns_of_queries
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.recorded import Record, recorded
from sqlwright.codegen.json_rules import json_problems
from sqlwright.config import PackageConfig
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.diagnostics.consequences import unchecked
from sqlwright.processes import Progress, in_processes
from sqlwright.project.allowances import allowed
from sqlwright.project.look_ups import Answers
from sqlwright.project.places import Places
from sqlwright.project.plans import Followed
from sqlwright.project.reading import Queries, Read, read_package
from sqlwright.project.recall import Recall
from sqlwright.project.remembering import (
    Built,
    Known,
    LookedUp,
    Outcome,
    QueryMemory,
    catalog_key,
    keep_catalog,
    known_catalog,
    of_sql,
    words_for_all,
)
from sqlwright.project.sources import Sources
from sqlwright.source import SourceFile
from sqlwright.sql.files import natural_key
from sqlwright.sql.statements import QueryStatement, Remembered
from sqlwright.store import digest

Seen = tuple[Catalog, Record]
Recorded = tuple[Outcome, LookedUp]


@dataclass(frozen=True, slots=True)
class Inferred:
    """What a package's SQL comes to: the catalog, every query inferred, and the reports; where
    things are kept, also what it `followed` from."""

    catalog: Catalog
    queries: tuple[QueryFacts, ...]
    diagnostics: tuple[Diagnostic, ...]
    read: Read = Read((), ())
    followed: Followed | None = None

    @property
    def failed(self) -> bool:
        return any(item.severity == "error" for item in self.diagnostics)


class Catalogs:
    """The catalogs of one run: packages with the same schema files share theirs, and those that
    earlier runs have made are not made again."""

    def __init__(self, recall: Recall | None = None) -> None:
        self.recall = recall if recall is not None and recall.store else None
        self._built: dict[tuple[int, str, tuple[tuple[str, str], ...]], Built] = {}
        self._places: dict[tuple[int, ...], Places] = {}
        self._answers: dict[str, Answers] = {}
        self._seen: dict[int, tuple[Catalog, Seen]] = {}

    def of(self, package: PackageConfig, sources: tuple[SourceFile, ...]) -> Built:
        """The catalog that the schema files make, statement by statement, and their reports."""
        texts = tuple((source.path, source.text) for source in sources)
        key = package.postgresql, package.schema_order, texts
        if key not in self._built:
            self._built[key] = self._recalled(package, sources) or _build(package, sources)
        return self._built[key]

    def places(self, sources: tuple[SourceFile, ...]) -> Places:
        """The places in the schema files."""
        key = tuple(map(id, sources))
        if key not in self._places:
            self._places[key] = Places(sources)
        return self._places[key]

    def answers(self, package: PackageConfig, read: Read, catalog: Catalog) -> Answers:
        """What the catalog of a package says, in which columns are marked as the queries say."""
        assert self.recall is not None
        spoken = words_for_all(read.statements)
        name = digest(catalog_key(self.recall, package, read.schema), spoken)
        if name not in self._answers:
            places = self.places(read.schema)
            self._answers[name] = Answers(name, catalog, places, self.recall.name_of)
        return self._answers[name]

    def seen(self, catalog: Catalog) -> Seen:
        """The only way in which queries see a catalog, with the record of what they look up."""
        if id(catalog) not in self._seen:
            record = Record()
            self._seen[id(catalog)] = catalog, (recorded(catalog, record), record)
        return self._seen[id(catalog)][1]

    def _recalled(self, package: PackageConfig, sources: tuple[SourceFile, ...]) -> Built | None:
        if self.recall is None:
            return None
        key, major = catalog_key(self.recall, package, sources), package.postgresql
        built = known_catalog(self.recall, key, major)
        if built is None:
            built = _build(package, sources)
            keep_catalog(self.recall, key, major, built)
        return built


def _build(package: PackageConfig, sources: tuple[SourceFile, ...]) -> Built:
    diagnostics: list[Diagnostic] = []
    initial = initial_catalog(package.postgresql)
    catalog = build_catalog(initial, sources, analyser, diagnostics, package.schema_order)
    return catalog, tuple(diagnostics)


def infer(
    package: PackageConfig,
    sources: Sources,
    catalogs: Catalogs,
    progress: Progress | None = None,
    jobs: int = 1,
) -> Inferred:
    """Read a package's schema and queries and infer every query."""
    if sources.absent is not None:
        return Inferred(initial_catalog(package.postgresql), (), (sources.absent,))
    memories = _memories(package, sources, catalogs)
    read = read_package(package, sources, memories)
    if read.unread:
        return _without_schema(package, read)
    catalog, schema_problems = catalogs.of(package, read.schema)
    catalog = with_columns_of_queries(catalog, read.statements)
    answers = catalogs.answers(package, read, catalog) if memories else None
    gone = [memory.forget(answers) for memory in memories] if answers is not None else []
    if any(gone):
        read = read_package(package, sources, memories)
    outcomes = _infer_all(catalogs.seen(catalog), read, package, progress, jobs)
    if answers is not None:
        _keep(memories, answers, zip(read.statements, outcomes, strict=True))
    queries, found = _together(read.queries, outcomes)
    of_json = json_problems(catalog, queries, package.options)
    refused = {item.query for item in of_json}
    queries = tuple(facts for facts in queries if facts.name not in refused)
    found += of_json
    diagnostics = [*schema_problems, *_in_order((*read.problems, *found))]
    if any(item.severity == "error" for item in diagnostics):
        from sqlwright.project.fixes import with_fixes

        diagnostics = with_fixes(catalog, package, read, diagnostics)
    names = (query.annotation.name_span for query in read.queries)
    reported = allowed(read.schema, names, diagnostics)
    followed = _followed(package, catalogs.recall, memories, answers)
    return Inferred(catalog, queries, tuple(reported), read, followed)


def _keep(
    memories: Sequence[QueryMemory],
    answers: Answers,
    inferred: Iterable[tuple[QueryStatement, Recorded]],
) -> None:
    of_files: dict[int, list[tuple[QueryStatement, Recorded]]] = {}
    for statement, outcome in inferred:
        of_files.setdefault(id(statement.source), []).append((statement, outcome))
    for memory in memories:
        memory.keep(answers, of_files.get(id(memory.source), ()))


def _followed(
    package: PackageConfig,
    recall: Recall | None,
    memories: Sequence[QueryMemory],
    answers: Answers | None,
) -> Followed | None:
    if recall is None or answers is None:
        return None
    own = {key: each for memory in memories for key, each in memory.digests.items()}
    return Followed(recall.store, digest(answers.name, of_sql(package)), own)


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


def _infer_all(
    seen: Seen,
    read: Read,
    package: PackageConfig,
    progress: Progress | None,
    jobs: int,
) -> list[Recorded]:
    """Infer each query by itself; an error in one leaves the others alone."""
    catalog, record = seen

    def infer_one(statement: QueryStatement) -> Recorded:
        return record.during(lambda: infer_query(catalog, statement, package.unknown_functions))

    # Reports are about places in files, which must stay the same files.
    sources = {id(each): each for each in (*read.schema, *(one.source for one in read.statements))}
    return in_processes(infer_one, read.statements, jobs, progress, tuple(sources.values()))


def _together(
    queries: Queries, outcomes: Sequence[Recorded]
) -> tuple[tuple[QueryFacts, ...], list[Diagnostic]]:
    """The facts of all queries in their order, with what is reported of them."""
    inferred = (outcome for outcome, _ in outcomes)
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
