"""The names of a package: of its modules, and of what its queries become in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen.classes import RESERVED, class_names
from sqlwright.codegen.functions import QueryNames
from sqlwright.codegen.imports import LOCAL_NAMES
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
from sqlwright.codegen.record_names import name_records, with_converters
from sqlwright.codegen.results import ClassNaming, ResultNames
from sqlwright.codegen.types.records import RecordNames
from sqlwright.dataclass import dataclass


def fixed_modules(options: PackageOptions) -> frozenset[str]:
    """The modules of a package that no query file has."""
    return frozenset({"models", "querier", *(("exceptions",) if options.exceptions else ())})


@dataclass(frozen=True, slots=True)
class NamedModule:
    """A module of a package: the queries of its files, with the names given to each."""

    module: str
    sources: tuple[str, ...]
    queries: tuple[tuple[QueryFacts, QueryNames], ...]


def query_names(
    catalog: Catalog, queries: Sequence[QueryFacts], options: PackageOptions
) -> dict[str, QueryNames]:
    """The names of each query, by its own."""
    classes = frozenset(class_names(catalog, options).all())
    modules = name_everything(queries, options, classes)
    return {query.name: names for module in modules for query, names in module.queries}


def name_everything(
    queries: Sequence[QueryFacts], options: PackageOptions, classes: frozenset[str]
) -> list[NamedModule]:
    """Give every query its names and its module; files with one stem share a module."""
    files: dict[str, list[QueryFacts]] = {}
    for query in queries:
        files.setdefault(_module_name(query.span.source.path, options), []).append(query)
    functions = _function_names(queries, options, classes)
    taken = Taken({*classes, *RESERVED, *functions.values()})
    classes_of = {query.name: _class_names(query, options, taken) for query in queries}
    patches = {query.name: _patch_name(query, taken) for query in queries}
    sorts = {query.name: _sort_name(query, taken) for query in queries}
    named = frozenset(taken)
    planned = []
    for module, members in files.items():
        constants, converters = Taken(named), Taken(f"_{name}" for name in named)
        names = [
            QueryNames(
                functions[query.name],
                _constant(functions[query.name], constants),
                classes_of[query.name].params,
                _result_names(classes_of[query.name], converters),
                patches[query.name],
                sorts[query.name],
            )
            for query in members
        ]
        sources = tuple(dict.fromkeys(query.span.source.path for query in members))
        planned.append(NamedModule(module, sources, tuple(zip(members, names, strict=True))))
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


@dataclass(frozen=True, slots=True)
class _Classes:
    """The classes of a query's parameters, of its rows, of what is embedded in them and of the
    anonymous rows in its columns, whose converters have no names yet."""

    params: str
    row: str
    embeds: tuple[str, ...]
    records: tuple[RecordNames | None, ...]


def _class_names(query: QueryFacts, options: PackageOptions, taken: Taken) -> _Classes:
    """Embedded tables have their models, embedded subqueries need classes."""
    stem = identifier(pascal_case(query.name), "Query")
    params, row = taken.claim(f"{stem}Params"), taken.claim(f"{stem}Row")
    embeds = tuple(
        "" if embed.relation else taken.claim(stem + pascal_case(embed.name.rpartition(".")[2]))
        for embed in query.embeds
    )
    return _Classes(params, row, embeds, name_records(query, stem, row, options, taken))


def _patch_name(query: QueryFacts, taken: Taken) -> str:
    """The class of the values that SET can do without, of a query that has such."""
    if query.variants is None or not query.variants.patch:
        return ""
    return taken.claim(f"{identifier(pascal_case(query.name), 'Query')}Patch")


def _sort_name(query: QueryFacts, taken: Taken) -> str:
    """The type of the names of orders, of a query that has several."""
    if query.variants is None or not query.variants.sorts:
        return ""
    return taken.claim(f"{identifier(pascal_case(query.name), 'Query')}Sort")


def _constant(function: str, taken: Taken) -> str:
    """The name of a query's text. In a script without capitals that would be the function's."""
    name = constant_case(function).rstrip("_")
    return taken.claim(f"{name}_SQL" if name in taken else name)


def _result_names(classes: _Classes, converters: Taken) -> ResultNames:
    def named(name: str) -> ClassNaming:
        return ClassNaming(name, converters.claim(f"_{snake_case(name)}") if name else "")

    row = named(classes.row)
    embeds = tuple(named(name) for name in classes.embeds)
    known = {row.name: row.converter}
    records = tuple(
        record and with_converters(record, lambda name: known.get(name) or named(name).converter)
        for record in classes.records
    )
    return ResultNames(row, embeds, records)


def _module_name(path: str, options: PackageOptions) -> str:
    stem = as_python(PurePosixPath(path).name.removesuffix(".sql").lower())
    return identifier(stem, "queries_", fixed_modules(options))


def public_names(names: QueryNames) -> tuple[str, ...]:
    """What users see of a query."""
    return (
        names.function,
        names.constant,
        names.params,
        *(name for name in (names.patch, names.sort) if name),
        *(each.name for each in (names.result.row, *names.result.embeds) if each.name),
        *(name for each in names.result.records if each for name in each.all()),
    )
