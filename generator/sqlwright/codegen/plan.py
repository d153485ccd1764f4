"""Plan a whole package: a module per query file, the models they use, and what ties them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen import imports as modules
from sqlwright.codegen.functions import PlannedQuery, QueryNames, plan_query
from sqlwright.codegen.imports import Imports, importable
from sqlwright.codegen.memory import Forgetful, Memory, Step
from sqlwright.codegen.model import (
    ExceptionsModule,
    Import,
    ModelsModule,
    Package,
    QuerierModule,
    QueryModule,
)
from sqlwright.codegen.models import plan_models
from sqlwright.codegen.naming import (
    NamedModule,
    fixed_modules,
    name_everything,
    public_names,
)
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.querier import plan_querier
from sqlwright.codegen.results import plan_result
from sqlwright.codegen.shared_params import share_params
from sqlwright.codegen.shared_rows import share_rows
from sqlwright.codegen.sharing import Shared
from sqlwright.codegen.support import importing_from, support_of
from sqlwright.codegen.types.codec import Uses
from sqlwright.codegen.types.refusals import rows_too_deep
from sqlwright.codegen.types.type_map import Columns, TypeMap, type_map
from sqlwright.codegen.warming import warm_up
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.store import digest

if TYPE_CHECKING:
    from sqlwright.codegen.exceptions import Exceptions


def plan_package(
    catalog: Catalog,
    queries: Sequence[QueryFacts],
    options: PackageOptions,
    memory: Memory | None = None,
    jobs: int = 1,
) -> Package:
    """The package for the queries, in the order given within each file, as up to `jobs` processes
    plan it. What is in the `memory` need not be planned.

    Raises DiagnosticError for a type without a Python form.
    """
    classes = type_map(catalog, options).classes
    planned = name_everything(queries, options, frozenset(classes.all()))
    public = {name for item in planned for _, names in item.queries for name in public_names(names)}
    memory = memory or Forgetful(catalog)
    types = _remembering(type_map(catalog, options, frozenset(public)), memory)
    inputs = digest(repr(options), repr(types.classes), *sorted(public))
    shared = _shared(types, planned)
    for problem in shared.problems:
        raise DiagnosticError(problem)
    exceptions = _exceptions(catalog, options)
    steps = [
        _step(types, exceptions, inputs, *each) for item in shared.modules for each in item.queries
    ]
    plans = iter(memory.of_queries(PlannedQuery, steps, jobs))
    of_modules = [(item, [*islice(plans, len(item.queries))]) for item in shared.modules]
    query_modules = [_query_module(*each) for each in of_modules]
    found = [(item.module, code) for item, codes in of_modules for code in codes]
    returned = Uses.of_all([code.returned for _, code in found])
    sent = Uses.of_all([code.sent for _, code in found])
    used = [sorted(each) for of in (returned, sent) for each in (of.classes, of.values)]
    models = memory.take(
        ModelsModule,
        (inputs, repr(used), repr(shared.classes), repr(sorted(shared.imports))),
        lambda: plan_models(types, returned, sent, shared.classes, shared.imports),
    )
    querier = plan_querier(types, found)
    raised = exceptions.module(queries) if exceptions is not None else None
    warming = warm_up(catalog, queries)
    return _package(types, tuple(query_modules), models, querier, raised, warming)


def _exceptions(catalog: Catalog, options: PackageOptions) -> Exceptions | None:
    """The classes of errors, of a package that has such."""
    if not options.exceptions:
        return None
    from sqlwright.codegen.exceptions import Exceptions

    return Exceptions(catalog, options)


def unsupported_types(
    catalog: Catalog, queries: Sequence[QueryFacts], options: PackageOptions
) -> list[Diagnostic]:
    """A report for every parameter and result column whose type has no Python form. Nothing is kept
    of this, since to look for it would take as long as to find it out."""
    types = type_map(catalog, options)
    return [report for query in queries for report in _unsupported(types, query)]


def shared_problems(
    catalog: Catalog, queries: Sequence[QueryFacts], options: PackageOptions
) -> tuple[Diagnostic, ...]:
    """A report for every query whose rows, or those that it takes, are not those of the class that
    it shares, of queries whose types all have Python forms."""
    if not any(query.row_class or query.params_class for query in queries):
        return ()
    types = type_map(catalog, options)
    planned = name_everything(queries, options, frozenset(types.classes.all()))
    return _shared(types, planned).problems


def _shared(types: TypeMap, planned: Sequence[NamedModule]) -> Shared:
    """What queries share of the rows that they give, and of those that they take."""
    rows = share_rows(types, planned)
    params = share_params(types, rows.modules)
    return Shared(
        params.modules,
        (*rows.classes, *params.classes),
        rows.imports | params.imports,
        (*rows.problems, *params.problems),
    )


def _unsupported(types: TypeMap, query: QueryFacts) -> list[Diagnostic]:
    """A report for every type of a query that has no Python form."""
    found: list[Diagnostic] = []
    for parameter in query.parameters:
        try:
            types.of_parameter(parameter, query)
        except DiagnosticError as error:
            found.append(error.diagnostic)
    for column in query.columns:
        if (too_deep := rows_too_deep(column, query.name)) is not None:
            found.append(too_deep)
            continue
        try:
            types.of_column(column, query)
        except DiagnosticError as error:
            found.append(error.diagnostic)
    return found


def _remembering(types: TypeMap, memory: Memory) -> TypeMap:
    def columns(relation: int, find: Callable[[], Columns]) -> Columns:
        return memory.take(dict, ("columns", str(relation)), find)

    return replace(types, catalog=memory.catalog, remembered=columns)


def _step(
    types: TypeMap,
    exceptions: Exceptions | None,
    shared: str,
    query: QueryFacts,
    names: QueryNames,
) -> Step[PlannedQuery]:
    raises = tuple(exceptions.notes(query)) if exceptions is not None else None
    return Step(
        query,
        lambda: (shared, repr(names), repr(raises)),
        partial(_plan_query, types, query, names, raises),
    )


def _query_module(item: NamedModule, planned: Sequence[PlannedQuery]) -> QueryModule:
    imports: Imports = frozenset().union(*(query.imports for query in planned))
    codes = tuple(query.code for query in planned)
    exports = [code.function.name for code in codes]
    exports += [made.name for code in codes for made in code.classes]
    exports += [code.patch.name for code in codes if code.patch is not None]
    exports += [code.sort.name for code in codes if code.sort is not None]
    exports += [code.position.name for code in codes if code.position is not None]
    return QueryModule(
        item.module,
        item.sources,
        importable(imports, f".{item.module}"),
        tuple(sorted(exports)),
        codes,
    )


def _plan_query(
    types: TypeMap, query: QueryFacts, names: QueryNames, raises: Sequence[str] | None
) -> PlannedQuery:
    result = plan_result(types, query, names.result)
    return plan_query(types, query, names, result, raises)


def _package(
    types: TypeMap,
    query_modules: tuple[QueryModule, ...],
    models: ModelsModule,
    querier: QuerierModule,
    exceptions: ExceptionsModule | None,
    warming: str,
) -> Package:
    hidden = {module.name for module in query_modules} | fixed_modules(types.options)
    shown = [Import(f".{module.name}", name) for module in query_modules for name in module.exports]
    shown += [Import(modules.MODELS, name) for name in models.exports]
    if querier.querier is not None:
        shown += [Import(".querier", name) for name in querier.querier.classes]
    imported = {item for module in query_modules for item in module.imports}
    imported |= {*models.imports, *querier.imports}
    imported |= set(exceptions.imports) if exceptions is not None else set()
    support = support_of(imported, types.options)
    further = list(support.shown)
    if warming:
        further.append(Import(modules.WARM, "warm"))
    taken = {item.name for item in shown}
    shown += [item for item in further if item.name not in taken]
    shown = [item for item in shown if item.name not in hidden]
    initial = [Import(".", name) for name in sorted(hidden)]
    package = Package(
        query_modules,
        models,
        querier,
        tuple(sorted([*initial, *shown])),
        tuple(sorted({*hidden, *(item.name for item in shown)})),
        support,
        warming,
        exceptions=exceptions,
        line_length=types.options.line_length,
    )
    return importing_from(package, types.options.runtime)
