"""From what was read to what was inferred: a catalog, and the facts of every query over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query, with_columns_of_queries
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.codegen.json_rules import json_problems
from sqlwright.config import PackageConfig
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.diagnostics.consequences import unchecked
from sqlwright.processes import Progress, in_processes
from sqlwright.project.reading import Read, read_package
from sqlwright.project.sources import Sources
from sqlwright.source import SourceFile
from sqlwright.sql.files import natural_key
from sqlwright.sql.statements import QueryStatement

Built = tuple[Catalog, tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class Inferred:
    """What a package's SQL comes to: the catalog, every query inferred, and the reports."""

    catalog: Catalog
    queries: tuple[QueryFacts, ...]
    diagnostics: tuple[Diagnostic, ...]
    read: Read = Read((), ())

    @property
    def failed(self) -> bool:
        return any(item.severity == "error" for item in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Catalogs:
    """The catalogs of one run: packages with the same schema files share theirs."""

    _built: dict[tuple[int, str, tuple[tuple[str, str], ...]], Built] = field(default_factory=dict)

    def of(self, package: PackageConfig, sources: tuple[SourceFile, ...]) -> Built:
        """The catalog that the schema files make, statement by statement, and their reports."""
        texts = tuple((source.path, source.text) for source in sources)
        key = package.postgresql, package.schema_order, texts
        if key not in self._built:
            diagnostics: list[Diagnostic] = []
            initial = initial_catalog(package.postgresql)
            catalog = build_catalog(initial, sources, analyser, diagnostics, package.schema_order)
            self._built[key] = catalog, tuple(diagnostics)
        return self._built[key]


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
    read = read_package(package, sources)
    if read.unread:
        return _without_schema(package, read)
    catalog, schema_problems = catalogs.of(package, read.schema)
    catalog = with_columns_of_queries(catalog, read.statements)
    queries, found = _infer_all(catalog, read.statements, package, progress, jobs)
    of_json = json_problems(catalog, queries, package.options)
    refused = {item.query for item in of_json}
    queries = tuple(facts for facts in queries if facts.name not in refused)
    found += of_json
    diagnostics = (*schema_problems, *_in_order((*read.problems, *found)))
    return Inferred(catalog, queries, diagnostics, read)


def _without_schema(package: PackageConfig, read: Read) -> Inferred:
    """With a part of the schema missing, whatever could be said of queries may follow from that."""
    first, *others = read.unread
    names = [statement.annotation.name for statement in read.statements]
    if names:
        first = replace(first, notes=(*first.notes, unchecked(names)))
    found = (first, *others, *_in_order(read.problems))
    return Inferred(initial_catalog(package.postgresql), (), found, read)


def _infer_all(
    catalog: Catalog,
    statements: Sequence[QueryStatement],
    package: PackageConfig,
    progress: Progress | None,
    jobs: int,
) -> tuple[tuple[QueryFacts, ...], list[Diagnostic]]:
    """Infer each query by itself; an error in one leaves the others alone."""

    def infer_one(statement: QueryStatement) -> tuple[QueryFacts | None, list[Diagnostic]]:
        return infer_query(catalog, statement, package.unknown_functions)

    # Reports are about places in files, which must stay the same files.
    sources = {id(each.source): each.source for each in statements}
    inferred = in_processes(infer_one, statements, jobs, progress, tuple(sources.values()))
    queries: list[QueryFacts] = []
    diagnostics: list[Diagnostic] = []
    for statement, (facts, found) in zip(statements, inferred, strict=True):
        diagnostics.extend(_owned(found, statement))
        if facts is not None:
            queries.append(facts)
    return tuple(queries), diagnostics


def _owned(found: Iterable[Diagnostic], statement: QueryStatement) -> Iterator[Diagnostic]:
    for item in found:
        yield item if item.query else replace(item, query=statement.annotation.name)


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
