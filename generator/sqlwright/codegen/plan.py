"""Plan a whole package: a module per query file, the models they use, and what ties them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import Protocol

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.outputs.stored_columns import StoredColumn
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen import imports as modules
from sqlwright.codegen.classes import RESERVED
from sqlwright.codegen.functions import PlannedQuery, QueryNames, plan_query
from sqlwright.codegen.imports import LOCAL_NAMES, Imports, importable
from sqlwright.codegen.model import (
    Import,
    ModelsModule,
    Package,
    QuerierModule,
    QueryModule,
)
from sqlwright.codegen.models import plan_models
from sqlwright.codegen.names import (
    MODULE_NAMES,
    Taken,
    as_python,
    constant_case,
    identifier,
    pascal_case,
    snake_case,
)
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.querier import plan_querier
from sqlwright.codegen.results import ClassNaming, ResultNames, plan_result
from sqlwright.codegen.support import importing_from, support_of
from sqlwright.codegen.types.codec import NOTHING
from sqlwright.codegen.types.type_map import TypeMap, type_map
from sqlwright.codegen.warming import warm_up
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic, DiagnosticError

FIXED_MODULES = frozenset({"models", "querier"})


@dataclass(frozen=True, slots=True)
class _Planned:
    """The queries of one module with the names given to each."""

    module: str
    sources: tuple[str, ...]
    queries: tuple[tuple[QueryFacts, QueryNames], ...]


class Memory(Protocol):
    """What is known of the code of queries from an earlier time, and of the columns of relations,
    by OID and number."""

    columns: dict[int, dict[int, StoredColumn]]

    def planned(
        self, query: QueryFacts, names: QueryNames, plan: Callable[[], PlannedQuery]
    ) -> PlannedQuery:
        """What `plan` gives for a query under its names."""

    def keep(self) -> None:
        """All has been planned, and `columns` are known."""


def plan_package(
    catalog: Catalog,
    queries: Sequence[QueryFacts],
    options: PackageOptions,
    memory_of: Callable[[frozenset[str]], Memory] | None = None,
) -> Package:
    """The package for the queries, in the order given within each file. `memory_of` gives what is
    known of queries of a package in which users see these names.

    Raises DiagnosticError for a type without a Python form.
    """
    classes = type_map(catalog, options).classes
    planned = _name_everything(queries, options, frozenset(classes.all()))
    public = {name for item in planned for _, names in item.queries for name in _public(names)}
    types = type_map(catalog, options, frozenset(public))
    memory = memory_of(frozenset(public)) if memory_of is not None else None
    if memory is not None:
        types.stored_known.update(memory.columns)
    returned, sent = NOTHING, NOTHING
    query_modules = []
    found: list[tuple[str, PlannedQuery]] = []
    for item in planned:
        module, codes = _query_module(types, item, memory)
        query_modules.append(module)
        found += ((item.module, code) for code in codes)
        for code in codes:
            returned |= code.returned
            sent |= code.sent
    models = plan_models(types, returned, sent)
    querier = plan_querier(types, found)
    if memory is not None:
        memory.columns = types.stored_known
        memory.keep()
    return _package(types, tuple(query_modules), models, querier, warm_up(catalog, queries))


def unsupported_types(
    catalog: Catalog, queries: Sequence[QueryFacts], options: PackageOptions
) -> list[Diagnostic]:
    """A report for every parameter and result column whose type has no Python form."""
    types = type_map(catalog, options)
    found: list[Diagnostic] = []
    for query in queries:
        for parameter in query.parameters:
            with _collected(found):
                types.of_parameter(parameter, query)
        for column in query.columns:
            with _collected(found):
                types.of_column(column, query)
    return found


@contextmanager
def _collected(found: list[Diagnostic]) -> Iterator[None]:
    try:
        yield
    except DiagnosticError as error:
        found.append(error.diagnostic)


def _query_module(
    types: TypeMap, item: _Planned, memory: Memory | None
) -> tuple[QueryModule, list[PlannedQuery]]:
    imports: Imports = frozenset()
    planned: list[PlannedQuery] = []
    for query, names in item.queries:
        plan = partial(_plan_query, types, query, names)
        planned.append(memory.planned(query, names, plan) if memory is not None else plan())
        imports |= planned[-1].imports
    codes = tuple(query.code for query in planned)
    exports = [code.function.name for code in codes]
    exports += [made.name for code in codes for made in code.classes]
    exports += [code.patch.name for code in codes if code.patch is not None]
    module = QueryModule(
        item.module,
        item.sources,
        importable(imports, f".{item.module}"),
        tuple(sorted(exports)),
        codes,
    )
    return module, planned


def _plan_query(types: TypeMap, query: QueryFacts, names: QueryNames) -> PlannedQuery:
    return plan_query(types, query, names, plan_result(types, query, names.result))


def _package(
    types: TypeMap,
    query_modules: tuple[QueryModule, ...],
    models: ModelsModule,
    querier: QuerierModule,
    warming: str | None,
) -> Package:
    hidden = {module.name for module in query_modules} | FIXED_MODULES
    shown = [Import(f".{module.name}", name) for module in query_modules for name in module.exports]
    shown += [Import(modules.MODELS, name) for name in models.exports]
    shown += [Import(".querier", name) for name in querier.exports if name in RESERVED]
    imported = {item for module in query_modules for item in module.imports}
    imported |= {*models.imports, *querier.imports}
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
    )
    return importing_from(package, types.options.runtime)


def _name_everything(
    queries: Sequence[QueryFacts], options: PackageOptions, classes: frozenset[str]
) -> list[_Planned]:
    """Give every query its names and its module; files with one stem share a module."""
    files: dict[str, list[QueryFacts]] = {}
    for query in queries:
        files.setdefault(_module_name(query.span.source.path), []).append(query)
    functions = _function_names(queries, options, classes)
    taken = Taken({*classes, *RESERVED, *functions.values()})
    classes_of = {query.name: _class_names(query, taken) for query in queries}
    patches = {query.name: _patch_name(query, taken) for query in queries}
    named = frozenset(taken)
    planned = []
    for module, members in files.items():
        constants, converters = Taken(named), Taken(f"_{name}" for name in named)
        names = [
            QueryNames(
                functions[query.name],
                _constant(functions[query.name], constants),
                classes_of[query.name][0],
                _result_names(classes_of[query.name][1:], converters),
                patches[query.name],
            )
            for query in members
        ]
        sources = tuple(dict.fromkeys(query.span.source.path for query in members))
        planned.append(_Planned(module, sources, tuple(zip(members, names, strict=True))))
    return sorted(planned, key=lambda item: item.module)


def _function_names(
    queries: Sequence[QueryFacts], options: PackageOptions, classes: frozenset[str]
) -> dict[str, str]:
    renames = dict(options.renames.functions)
    reserved = MODULE_NAMES
    if options.shape == "class":  # a method calls the function of its name
        reserved |= LOCAL_NAMES
    taken = Taken(classes | RESERVED | reserved)
    names = {query.name: renames.get(query.name) or snake_case(query.name) for query in queries}
    return {
        name: taken.claim(identifier(wanted, "query_", reserved)) for name, wanted in names.items()
    }


def _class_names(query: QueryFacts, taken: Taken) -> tuple[str, ...]:
    """The classes of a query's parameters, of its rows and of what is embedded in them. Embedded
    tables have their models, embedded subqueries need classes."""
    stem = identifier(pascal_case(query.name), "Query")
    embeds = (
        "" if embed.relation else taken.claim(stem + pascal_case(embed.name.rpartition(".")[2]))
        for embed in query.embeds
    )
    return taken.claim(f"{stem}Params"), taken.claim(f"{stem}Row"), *embeds


def _patch_name(query: QueryFacts, taken: Taken) -> str:
    """The class of the values that SET can do without, of a query that has such."""
    if query.variants is None or not query.variants.patch:
        return ""
    return taken.claim(f"{identifier(pascal_case(query.name), 'Query')}Patch")


def _constant(function: str, taken: Taken) -> str:
    """The name of a query's text. In a script without capitals that would be the function's."""
    name = constant_case(function).rstrip("_")
    return taken.claim(f"{name}_SQL" if name in taken else name)


def _result_names(classes: Sequence[str], converters: Taken) -> ResultNames:
    named = [
        ClassNaming(name, converters.claim(f"_{snake_case(name)}") if name else "")
        for name in classes
    ]
    return ResultNames(named[0], tuple(named[1:]))


def _module_name(path: str) -> str:
    stem = as_python(PurePosixPath(path).name.removesuffix(".sql").lower())
    return identifier(stem, "queries_", FIXED_MODULES)


def _public(names: QueryNames) -> tuple[str, ...]:
    return (
        names.function,
        names.constant,
        names.params,
        *((names.patch,) if names.patch else ()),
        *(each.name for each in (names.result.row, *names.result.embeds) if each.name),
    )
