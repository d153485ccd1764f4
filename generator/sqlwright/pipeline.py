"""The whole program on one screen: read -> catalog -> queries -> modules -> files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright import inspection
from sqlwright.codegen.plan import plan_package, unsupported_types
from sqlwright.codegen.unused_rules import UnusedRule, unused_by_all, unused_rules
from sqlwright.config import Config, PackageConfig
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.output import Changes, GeneratedFile, compare
from sqlwright.processes import Progress
from sqlwright.project.inference import Catalogs, Inferred, infer

if TYPE_CHECKING:
    from sqlwright.verification.run import Verified

__all__ = ["Inferred", "Plan", "generate_packages", "infer_packages", "inspect", "verify"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A package about to be written: what changes on disk, and `files`, all of its files. With
    errors among `diagnostics` there are none, unless it was asked to keep going. `functions` is how
    many queries it has, or would have if it kept going; `unused` are rules that it has no use for.
    """

    package: PackageConfig
    changes: Changes
    functions: int
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[GeneratedFile, ...] = ()
    unused: tuple[UnusedRule, ...] = ()

    @property
    def failed(self) -> bool:
        return any(item.severity == "error" for item in self.diagnostics)

    @property
    def refused(self) -> set[str]:
        """The names of the queries that have errors."""
        return {item.query for item in self.diagnostics if item.query and item.severity == "error"}


def infer_packages(
    config: Config, progress: Progress | None = None, jobs: int = 1
) -> list[Inferred]:
    """What there is to know of the SQL of every package."""
    catalogs = Catalogs()
    return [infer(config, package, catalogs, progress, jobs) for package in config.packages]


def generate_packages(
    config: Config,
    *,
    keep_going: bool = False,
    progress: Progress | None = None,
    jobs: int = 1,
) -> list[Plan]:
    """Work out every file of every package and what writing it would change.

    An error in any query of a package means no files of it at all; with `keep_going`, none of that
    query's own.
    """
    inferred = infer_packages(config, progress, jobs)
    plans = [
        _planned(config, package, one, keep_going)
        for package, one in zip(config.packages, inferred, strict=True)
    ]
    unused = unused_by_all([(plan.package.options, plan.unused) for plan in plans])
    return [
        replace(plan, diagnostics=(*plan.diagnostics, *(rule.reported() for rule in rules)))
        for plan, rules in zip(plans, unused, strict=True)
    ]


def _planned(config: Config, package: PackageConfig, inferred: Inferred, keep_going: bool) -> Plan:
    inferred = _with_python_types(inferred, package)
    out = config.root / package.out
    nothing = Changes(out)
    functions = len(inferred.queries)
    if inferred.failed and not keep_going:
        return Plan(package, nothing, functions, inferred.diagnostics)
    unused = tuple(unused_rules(inferred.catalog, inferred.queries, package.options))
    try:
        files = _files(config, package, inferred)
        changes = compare(out, files)
    except DiagnosticError as error:
        found = (*inferred.diagnostics, error.diagnostic)
        return Plan(package, nothing, 0, found, unused=unused)
    return Plan(package, changes, functions, inferred.diagnostics, tuple(files), unused)


def _with_python_types(inferred: Inferred, package: PackageConfig) -> Inferred:
    """Without the queries whose types have no Python form, which are reported."""
    unsupported = unsupported_types(inferred.catalog, inferred.queries, package.options)
    refused = {item.query for item in unsupported}
    # Of such a query PostgreSQL's answer is known, but a function would run a part of it.
    refused |= {item.query for item in inferred.diagnostics if item.code == "second-statement"}
    kept = tuple(facts for facts in inferred.queries if facts.name not in refused)
    return replace(inferred, queries=kept, diagnostics=(*inferred.diagnostics, *unsupported))


def _files(config: Config, package: PackageConfig, inferred: Inferred) -> Sequence[GeneratedFile]:
    from sqlwright.render.python import render_package  # with a template engine

    planned = plan_package(inferred.catalog, inferred.queries, package.options)
    out = config.root / package.out
    return [GeneratedFile(out / file.path, file.text) for file in render_package(planned)]


def inspect(
    config: Config, progress: Progress | None = None, jobs: int = 1
) -> list[inspection.Inspected]:
    """What was inferred of each package, for people and for programs."""
    return [
        inspection.inspect(one.catalog, one.queries, one.diagnostics, package.options)
        for package, one in zip(
            config.packages, infer_packages(config, progress, jobs), strict=True
        )
    ]


def verify(
    config: Config,
    package: PackageConfig,
    inferred: Inferred,
    database_url: str | None = None,
    scratch: str | None = None,
    write: bool = False,
    progress: Progress | None = None,
    seed: int = 0,
) -> Verified:
    """Put what was inferred to a real PostgreSQL. Raises NoServerError where there is none."""
    from sqlwright.verification import run  # with asyncio, which no other command needs

    return run.verify(
        run.Request(
            inferred.catalog,
            inferred.queries,
            inferred.read.schema,
            inferred.read.statements,
            inferred.diagnostics,
            package.unknown_functions,
            database_url,
            scratch,
            write,
            seed,
            package.options,
            config.root,
            package.postgresql,
            progress or (lambda done, total: None),
        )
    )
