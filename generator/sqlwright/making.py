"""From what was inferred of a package to the texts of its files."""

from __future__ import annotations

from sqlwright.codegen.model import Package
from sqlwright.codegen.plan import plan_package, shared_problems, unsupported_types
from sqlwright.codegen.unused_rules import all_rules, unused_rules
from sqlwright.config import PackageConfig
from sqlwright.dataclass import replace
from sqlwright.diagnostics import DiagnosticError
from sqlwright.processes import Work
from sqlwright.project.inference import Inferred
from sqlwright.project.outcomes import Made
from sqlwright.render.python import render_package

MANY = 2000
"""Queries that take longer to be kept than another process to start and to answer."""


def make(inferred: Inferred, package: PackageConfig, keep_going: bool, jobs: int = 1) -> Made:
    """The files of a package, as up to `jobs` processes plan them. An error in any query means
    none; with `keep_going`, nothing of that query's own. What is known by then is kept for later
    runs, as another process renders the files."""
    made, planned = _planned(_with_python_types(inferred, package), package, keep_going, jobs)
    packages = [] if planned is None else [planned]
    much = inferred.memory is not None and len(inferred.queries) >= MANY
    with Work(_files, packages, copies=int(much and jobs > 1)) as rendering:
        if inferred.memory is not None:
            inferred.memory.keep(planned=planned is not None)
        files = rendering.results()
    return replace(made, files=files[0]) if files else made


def _with_python_types(inferred: Inferred, package: PackageConfig) -> Inferred:
    """Without the queries whose types have no Python form, which are reported."""
    unsupported = unsupported_types(inferred.catalog, inferred.queries, package.options)
    refused = {item.query for item in unsupported}
    # Of such a query PostgreSQL's answer is known, but a function would run a part of it.
    refused |= {item.query for item in inferred.diagnostics if item.code == "second-statement"}
    kept = tuple(facts for facts in inferred.queries if facts.name not in refused)
    shared = shared_problems(inferred.catalog, kept, package.options)
    apart = {item.query for item in shared}
    kept = tuple(facts for facts in kept if facts.name not in apart)
    found = (*inferred.diagnostics, *unsupported, *shared)
    return replace(inferred, queries=kept, diagnostics=found)


def _planned(
    inferred: Inferred, package: PackageConfig, keep_going: bool, jobs: int
) -> tuple[Made, Package | None]:
    """What is made of a package but for its files, and the plan of these, if there are any."""
    functions, rules = len(inferred.queries), tuple(all_rules(package.options))
    if inferred.failed and not keep_going:
        return Made(functions, inferred.diagnostics, rules=rules), None
    unused = tuple(unused_rules(inferred.catalog, inferred.queries, package.options))
    try:
        planned = plan_package(
            inferred.catalog, inferred.queries, package.options, inferred.memory, jobs
        )
    except DiagnosticError as error:
        found = (*inferred.diagnostics, error.diagnostic)
        return Made(0, found, rules=rules, unused=unused), None
    support = planned.support if planned.runtime is not None else None
    made = Made(functions, inferred.diagnostics, rules=rules, unused=unused, support=support)
    return made, planned


def _files(planned: Package) -> tuple[tuple[str, str], ...]:
    return tuple((file.path, file.text) for file in render_package(planned))
