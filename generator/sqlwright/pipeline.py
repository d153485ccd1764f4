"""The whole program on one screen: read -> catalog -> queries -> modules -> files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlwright import inspection
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.codegen.json_rules import json_problems
from sqlwright.codegen.plan import plan_package, unsupported_types
from sqlwright.codegen.unused_rules import all_unused, unused_rules
from sqlwright.config import Config, PackageConfig, load_config
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.consequences import unchecked
from sqlwright.output import Changes, GeneratedFile, compare
from sqlwright.render.python import render_package
from sqlwright.source import SourceFile
from sqlwright.sql.files import natural_key, read_sources
from sqlwright.sql.reader import read_queries
from sqlwright.sql.schema.files import read_schema_sources
from sqlwright.sql.statements import QueryStatement

if TYPE_CHECKING:
    from sqlwright.verification.run import Verified

Progress = Callable[[int, int], None]
"""Told which query of how many is at work."""


@dataclass(frozen=True, slots=True)
class Inferred:
    """What a package's SQL comes to: the catalog, every query inferred, and the reports."""

    catalog: Catalog
    queries: tuple[QueryFacts, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        return any(item.severity == "error" for item in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Plan:
    """A package about to be written: what changes on disk, and `files`, all of its files. With
    errors among `diagnostics` there are none, unless it was asked to keep going. `functions` is how
    many queries it has, or would have if it kept going.
    """

    package: PackageConfig
    changes: Changes
    functions: int
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[GeneratedFile, ...] = ()

    @property
    def failed(self) -> bool:
        return any(item.severity == "error" for item in self.diagnostics)

    @property
    def refused(self) -> set[str]:
        """The names of the queries that have errors."""
        return {item.query for item in self.diagnostics if item.query and item.severity == "error"}


def infer(config: Config, package: PackageConfig, progress: Progress | None = None) -> Inferred:
    """Read a package's schema and queries and infer every query."""
    if (nothing := _no_project(config, package)) is not None:
        return Inferred(initial_catalog(package.postgresql), (), (nothing,))
    sources, unread = read_schema_sources(package.schema, config.root)
    statements, query_problems = read_statements(config, package)
    if unread:
        return _without_schema(package, unread, statements, query_problems)
    catalog, schema_problems = read_catalog(package, sources)
    queries, found = infer_all(catalog, statements, package.unknown_functions, progress)
    of_json = json_problems(catalog, queries, package.options)
    refused = {item.query for item in of_json}
    queries = tuple(facts for facts in queries if facts.name not in refused)
    found += of_json
    return Inferred(catalog, queries, (*schema_problems, *_in_order((*query_problems, *found))))


def _no_project(config: Config, package: PackageConfig) -> Diagnostic | None:
    """What to say in a folder that has nothing of a project."""
    defaults = PackageConfig()
    paths = (*package.schema, *package.queries)
    given = config.origin is not None or paths != (*defaults.schema, *defaults.queries)
    if given or any((config.root / path).exists() for path in paths):
        return None
    return Diagnostic(
        "missing-path",
        "error",
        f"there is no project in {config.root.resolve()}: no configuration, schema or queries",
        help="`sqlwright init` starts one",
    )


def _without_schema(
    package: PackageConfig,
    unread: Sequence[Diagnostic],
    statements: Sequence[QueryStatement],
    query_problems: Sequence[Diagnostic],
) -> Inferred:
    """With a part of the schema missing, whatever could be said of queries may follow from that."""
    first, *others = unread
    names = [statement.annotation.name for statement in statements]
    if names:
        first = replace(first, notes=(*first.notes, unchecked(names)))
    found = (first, *others, *_in_order(query_problems))
    return Inferred(initial_catalog(package.postgresql), (), found)


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


def generate(
    config: Config,
    package: PackageConfig,
    *,
    keep_going: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """Work out every file of a package and what writing it would change.

    An error in any query means no files at all; with `keep_going`, none of its own.
    """
    inferred = _with_python_types(infer(config, package, progress), package)
    nothing = Changes((), (), (), 0)
    if inferred.failed and not keep_going:
        return Plan(package, nothing, len(inferred.queries), inferred.diagnostics)
    unused = unused_rules(inferred.catalog, inferred.queries, package.options)
    diagnostics = (*inferred.diagnostics, *unused)
    try:
        planned = plan_package(inferred.catalog, inferred.queries, package.options)
        out = config.root / package.out
        files = [GeneratedFile(out / file.path, file.text) for file in render_package(planned)]
        changes = compare(out, files)
    except DiagnosticError as error:
        return Plan(package, nothing, 0, (*diagnostics, error.diagnostic))
    return Plan(package, changes, len(inferred.queries), diagnostics, tuple(files))


def _with_python_types(inferred: Inferred, package: PackageConfig) -> Inferred:
    """Without the queries whose types have no Python form, which are reported."""
    unsupported = unsupported_types(inferred.catalog, inferred.queries, package.options)
    refused = {item.query for item in unsupported}
    kept = tuple(facts for facts in inferred.queries if facts.name not in refused)
    return replace(inferred, queries=kept, diagnostics=(*inferred.diagnostics, *unsupported))


def generate_packages(
    config: Config, *, keep_going: bool = False, progress: Progress | None = None
) -> list[Plan]:
    """`generate` for every package. A rule that stands for several of them is reported as unused
    if none has a use for it, and once."""
    plans = [
        generate(config, package, keep_going=keep_going, progress=progress)
        for package in config.packages
    ]
    rules = [{item.message for item in all_unused(plan.package.options)} for plan in plans]
    unused = [{item.message for item in plan.diagnostics} for plan in plans]
    used = {
        message for known, found in zip(rules, unused, strict=True) for message in known - found
    }
    told: set[str] = set()
    cleared = []
    for plan, known in zip(plans, rules, strict=True):
        dropped = known & (used | told)
        told |= known
        kept = tuple(item for item in plan.diagnostics if item.message not in dropped)
        cleared.append(replace(plan, diagnostics=kept))
    return cleared


@dataclass(frozen=True, slots=True)
class Generated:
    """What the Python interface returns: the files as they should be, with absolute paths if the
    configuration was given by one, and the reports, as the command would show them.
    """

    files: tuple[GeneratedFile, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        return any(item.severity == "error" for item in self.diagnostics)


def generate_all(
    config: Config | str | os.PathLike[str] | None, *, keep_going: bool = False
) -> Generated:
    """See `sqlwright.generate`."""
    try:
        if not isinstance(config, Config):
            path = Path(config or ".")
            config = load_config(path) if path.is_dir() else load_config(path.parent, path)
    except DiagnosticError as error:
        return Generated((), (error.diagnostic,))
    plans = generate_packages(config, keep_going=keep_going)
    found = (*config.warnings, *(item for plan in plans for item in plan.diagnostics))
    generated = Generated(tuple(file for plan in plans for file in plan.files), found)
    return replace(generated, files=()) if generated.failed and not keep_going else generated


def inspect(
    config: Config, package: PackageConfig, progress: Progress | None = None
) -> inspection.Inspected:
    """What was inferred of a package, for people and for programs."""
    inferred = infer(config, package, progress)
    return inspection.inspect(
        inferred.catalog, inferred.queries, inferred.diagnostics, package.options
    )


def verify(
    config: Config,
    package: PackageConfig,
    inferred: Inferred,
    database_url: str | None,
    write: bool,
    progress: Progress | None = None,
    seed: int = 0,
) -> Verified:
    """Put what was inferred to a real PostgreSQL. Raises NoServerError where there is none."""
    from sqlwright.verification import run  # with asyncio, which no other command needs

    sources, _ = read_schema_sources(package.schema, config.root)
    statements, _ = read_statements(config, package)
    return run.verify(
        run.Request(
            inferred.catalog,
            inferred.queries,
            sources,
            statements,
            inferred.diagnostics,
            package.unknown_functions,
            database_url,
            write,
            seed,
            progress or (lambda done, total: None),
        )
    )


def read_catalog(
    package: PackageConfig, sources: Sequence[SourceFile]
) -> tuple[Catalog, list[Diagnostic]]:
    """The catalog that the schema files make, statement by statement."""
    diagnostics: list[Diagnostic] = []
    initial = initial_catalog(package.postgresql)
    return build_catalog(initial, sources, analyser, diagnostics), diagnostics


def read_statements(
    config: Config, package: PackageConfig
) -> tuple[list[QueryStatement], list[Diagnostic]]:
    """Every annotated statement of the query files; their names are unique."""
    sources, diagnostics = read_sources(package.queries, "queries", config.root)
    statements: list[QueryStatement] = []
    for source in sources:
        read, problems = read_queries(source)
        statements.extend(read)
        diagnostics.extend(problems)
    diagnostics.extend(_duplicates(statements))
    if not statements and not any(item.severity == "error" for item in diagnostics):
        diagnostics.append(_no_queries(package))
    return statements, diagnostics


def infer_all(
    catalog: Catalog,
    statements: Sequence[QueryStatement],
    unknown_functions: Literal["error", "warn"] = "error",
    progress: Progress | None = None,
) -> tuple[tuple[QueryFacts, ...], list[Diagnostic]]:
    """Infer each query by itself; an error in one leaves the others alone."""
    queries: list[QueryFacts] = []
    diagnostics: list[Diagnostic] = []
    for done, statement in enumerate(statements, 1):
        if progress is not None:
            progress(done, len(statements))
        facts, found = infer_query(catalog, statement, unknown_functions)
        diagnostics.extend(_owned(found, statement))
        if facts is not None:
            queries.append(facts)
    return tuple(queries), diagnostics


def _owned(found: Iterable[Diagnostic], statement: QueryStatement) -> Iterator[Diagnostic]:
    for item in found:
        yield item if item.query else replace(item, query=statement.annotation.name)


def _duplicates(statements: Sequence[QueryStatement]) -> Iterator[Diagnostic]:
    first: dict[str, QueryStatement] = {}
    for statement in statements:
        name = statement.annotation.name
        if (earlier := first.setdefault(name, statement)) is not statement:
            yield Diagnostic(
                "duplicate-query",
                "error",
                f"duplicate query name: {name}",
                (
                    Label(statement.annotation.name_span),
                    Label(earlier.annotation.name_span, "first used here"),
                ),
                help="every query of a package needs a name of its own",
                query=name,
            )


def _no_queries(package: PackageConfig) -> Diagnostic:
    paths = ", ".join(package.queries)
    return Diagnostic(
        "no-queries",
        "error",
        f"no queries contained in {paths}",
        help="start each query with a line such as `-- name: GetAuthor :one`",
    )
