"""The names of a package: of its modules, and of what its queries become in them."""

from __future__ import annotations

from collections.abc import Container, Sequence
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
from sqlwright.codegen.record_names import (
    ColumnKey,
    column_keys,
    fits,
    name_records,
    with_converters,
)
from sqlwright.codegen.results import ClassNaming, ResultNames
from sqlwright.codegen.types.records import RecordNames
from sqlwright.dataclass import dataclass, field


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
    said = (each for query in queries for each in (query.row_class, query.params_class))
    shared = {each.name for each in said if each is not None}
    taken = Taken({*classes, *RESERVED, *functions.values(), *shared})
    naming = _Naming(options, taken)
    classes_of = {query.name: naming.classes(query) for query in queries}
    patches = {query.name: _patch_name(query, taken) for query in queries}
    sorts = {query.name: _sort_name(query, taken) for query in queries}
    positions = {query.name: _position_name(query, taken) for query in queries}
    named = frozenset(taken)
    planned = []
    for module, members in files.items():
        constants, converters = Taken(base=named), Taken(base=_Private(named))
        names = [
            QueryNames(
                functions[query.name],
                _constant(functions[query.name], constants),
                classes_of[query.name].params,
                _result_names(query, functions[query.name], classes_of[query.name], converters),
                patches[query.name],
                sorts[query.name],
                positions[query.name],
            )
            for query in members
        ]
        sources = tuple(dict.fromkeys(query.span.source.path for query in members))
        planned.append(NamedModule(module, sources, tuple(zip(members, names, strict=True))))
    return sorted(planned, key=lambda item: item.module)


class _Private:
    """The names with an underline before each."""

    def __init__(self, names: Container[str]) -> None:
        self._names = names

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.startswith("_") and name[1:] in self._names


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


@dataclass(frozen=True, slots=True)
class _Naming:
    """Names classes; `shared` are those of the anonymous rows in classes that queries share, by
    class and column."""

    options: PackageOptions
    taken: Taken
    shared: dict[tuple[str, ColumnKey], RecordNames] = field(default_factory=dict)

    def classes(self, query: QueryFacts) -> _Classes:
        """Embedded tables have their models, other embedded rows need classes."""
        stem = identifier(pascal_case(query.name), "Query")
        params, row = self.taken.claim(f"{stem}Params"), self.taken.claim(f"{stem}Row")
        if query.params_class is not None:
            params = query.params_class.name
        embeds = tuple(
            ""
            if embed.is_whole
            else self.taken.claim(stem + pascal_case(embed.name.rpartition(".")[2]))
            for embed in query.embeds
        )
        if query.row_class is not None:
            name = query.row_class.name
            return _Classes(params, name, embeds, self._shared_records(query, name))
        records = name_records(query, stem, row, self.options, self.taken)
        return _Classes(params, row, embeds, records)

    def _shared_records(self, query: QueryFacts, name: str) -> tuple[RecordNames | None, ...]:
        """The first query of those that share a class names what is in it."""
        keys = column_keys(query.columns)
        known = [self.shared.get((name, key)) for key in keys]
        if any(self.shared.get((name, key)) is not None for key in keys) or not any(
            column.fields is not None for column in query.columns
        ):
            return tuple(
                names if fits(names, column) else None
                for names, column in zip(known, query.columns, strict=True)
            )
        named = name_records(query, name, "", self.options, self.taken)
        made = tuple(each and with_converters(each, self._from_row, shared=True) for each in named)
        found = zip(keys, made, strict=True)
        self.shared.update({(name, key): each for key, each in found if each is not None})
        return made

    def _from_row(self, name: str) -> str:
        return self.taken.claim(f"{snake_case(name)}_from_row")


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


def _position_name(query: QueryFacts, taken: Taken) -> str:
    """The class of where a row stands, of a query that has pages."""
    if not query.position:
        return ""
    return taken.claim(f"{identifier(pascal_case(query.name), 'Query')}Position")


def _constant(function: str, taken: Taken) -> str:
    """The name of a query's text. In a script without capitals that would be the function's."""
    name = constant_case(function).rstrip("_")
    return taken.claim(f"{name}_SQL" if name in taken else name)


def _result_names(
    query: QueryFacts, function: str, classes: _Classes, converters: Taken
) -> ResultNames:
    if query.row_class is not None:  # of which each query makes objects in its own way
        row = ClassNaming(classes.row, converters.claim(f"_{function}_row"))
    else:
        row = _named(classes.row, converters)
    embeds = tuple(_named(name, converters) for name in classes.embeds)
    known = {row.name: row.converter}
    records = tuple(
        each
        if each is None or each.shared
        else with_converters(
            each, lambda name: known.get(name) or _named(name, converters).converter
        )
        for each in classes.records
    )
    return ResultNames(row, embeds, records)


def _named(name: str, converters: Taken) -> ClassNaming:
    return ClassNaming(name, converters.claim(f"_{snake_case(name)}") if name else "")


def _module_name(path: str, options: PackageOptions) -> str:
    stem = as_python(PurePosixPath(path).name.removesuffix(".sql").lower())
    return identifier(stem, "queries_", fixed_modules(options))


def public_names(names: QueryNames) -> tuple[str, ...]:
    """What users see of a query."""
    return (
        names.function,
        names.constant,
        names.params,
        *(name for name in (names.patch, names.sort, names.position) if name),
        *(each.name for each in (names.result.row, *names.result.embeds) if each.name),
        *(name for each in names.result.records if each for name in each.all()),
        *(name for each in names.result.records if each for name in each.shared_functions()),
    )
