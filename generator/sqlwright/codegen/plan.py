"""Plan a whole package: a module per query file, the models they use, and what ties them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen import imports as modules
from sqlwright.codegen.exceptions import Exceptions, plan_exceptions
from sqlwright.codegen.functions import PlannedQuery, QueryNames, plan_query
from sqlwright.codegen.imports import Imports, importable
from sqlwright.codegen.memory import Forgetful, Memory
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
from sqlwright.codegen.types.type_map import Columns, TypeMap, type_map
from sqlwright.codegen.warming import warm_up
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.store import digest


def plan_package(
    catalog: Catalog,
    queries: Sequence[QueryFacts],
    options: PackageOptions,
    memory: Memory | None = None,
) -> Package:
    """The package for the queries, in the order given within each file. What is in the `memory`
    need not be planned.

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
    exceptions = Exceptions(catalog, options) if options.exceptions else None
    query_modules = []
    found: list[tuple[str, PlannedQuery]] = []
    for item in shared.modules:
        module, codes = _query_module(types, item, inputs, memory, exceptions)
        query_modules.append(module)
        found += ((item.module, code) for code in codes)
    returned = Uses.of_all([code.returned for _, code in found])
    sent = Uses.of_all([code.sent for _, code in found])
    used = [sorted(each) for of in (returned, sent) for each in (of.classes, of.values)]
    models = memory.take(
        ModelsModule,
        (inputs, repr(used), repr(shared.classes), repr(sorted(shared.imports))),
        lambda: plan_models(types, returned, sent, shared.classes, shared.imports),
    )
    querier = plan_querier(types, found)
    raised = plan_exceptions(exceptions, queries) if exceptions is not None else None
    warming = warm_up(catalog, queries)
    return _package(types, tuple(query_modules), models, querier, raised, warming)


def unsupported_types(
    catalog: Catalog,
    queries: Sequence[QueryFacts],
    options: PackageOptions,
    memory: Memory | None = None,
) -> list[Diagnostic]:
    """A report for every parameter and result column whose type has no Python form."""
    memory = memory or Forgetful(catalog)
    types = _remembering(type_map(catalog, options), memory)
    shared = digest(repr(options), repr(types.classes))
    found: list[Diagnostic] = []
    for query in queries:
        try:
            memory.of_query(bool, query, (shared,), partial(_have_python_types, types, query))
        except UnsupportedError as error:
            found += error.reports
    return found


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


class UnsupportedError(Exception):
    """A query has types without a Python form, of which there are reports."""

    def __init__(self, reports: Sequence[Diagnostic]) -> None:
        super().__init__()
        self.reports = reports


def _have_python_types(types: TypeMap, query: QueryFacts) -> bool:
    found: list[Diagnostic] = []
    for parameter in query.parameters:
        try:
            types.of_parameter(parameter, query)
        except DiagnosticError as error:
            found.append(error.diagnostic)
    for column in query.columns:
        try:
            types.of_column(column, query)
        except DiagnosticError as error:
            found.append(error.diagnostic)
    if found:
        raise UnsupportedError(found)
    return True


def _remembering(types: TypeMap, memory: Memory) -> TypeMap:
    def columns(relation: int, find: Callable[[], Columns]) -> Columns:
        return memory.take(dict, ("columns", str(relation)), find)

    return replace(types, catalog=memory.catalog, remembered=columns)


def _query_module(
    types: TypeMap,
    item: NamedModule,
    shared: str,
    memory: Memory,
    exceptions: Exceptions | None,
) -> tuple[QueryModule, list[PlannedQuery]]:
    imports: Imports = frozenset()
    planned: list[PlannedQuery] = []
    for query, names in item.queries:
        raises = tuple(exceptions.notes(query)) if exceptions is not None else None
        plan = partial(_plan_query, types, query, names, raises)
        inputs = shared, repr(names), repr(raises)
        planned.append(memory.of_query(PlannedQuery, query, inputs, plan))
        imports |= planned[-1].imports
    codes = tuple(query.code for query in planned)
    exports = [code.function.name for code in codes]
    exports += [made.name for code in codes for made in code.classes]
    exports += [code.patch.name for code in codes if code.patch is not None]
    exports += [code.sort.name for code in codes if code.sort is not None]
    exports += [code.position.name for code in codes if code.position is not None]
    module = QueryModule(
        item.module,
        item.sources,
        importable(imports, f".{item.module}"),
        tuple(sorted(exports)),
        codes,
    )
    return module, planned


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
    warming: str | None,
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
