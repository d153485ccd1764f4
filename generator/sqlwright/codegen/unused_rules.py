"""Rules of the configuration that are about nothing: most often a name that has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import chain

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.model import Relation, Type
from sqlwright.codegen.classes import rename_keys
from sqlwright.codegen.options import Override, PackageOptions, Renames
from sqlwright.codegen.reported_rules import UnusedRule
from sqlwright.codegen.types.type_overrides import type_meant
from sqlwright.diagnostics.spelling import nearest


def all_rules(options: PackageOptions) -> list[UnusedRule]:
    """Every rule of the options, as it is reported if it is about nothing."""
    return unused_rules(initial_catalog(), (), options)


def unused_rules(
    catalog: Catalog, queries: Sequence[QueryFacts], options: PackageOptions
) -> list[UnusedRule]:
    """Every override, typed json column and rename that matches nothing."""
    if not options.overrides and not options.json.columns and options.renames == Renames():
        return []
    columns = [
        f"{relation.schema}.{relation.name}.{column.name}"
        for relation in catalog.relations()
        for column in relation.columns
    ]
    places = [f"{query.name}.{item.name}" for query in queries for item in query.columns]
    places += [f"{query.name}.{item.name}" for query in queries for item in query.parameters]
    return [
        *_overrides(catalog, options.overrides, columns, places),
        *_typed_json(options, columns, places),
        *_renames(catalog, queries, options, [*columns, *places]),
    ]


def _overrides(
    catalog: Catalog, rules: Iterable[Override], columns: list[str], places: list[str]
) -> Iterator[UnusedRule]:
    for rule in rules:
        if rule.of_text:
            continue
        if rule.column is not None and not _is_column(catalog, rule.column, columns):
            what, why = f"override for the column `{rule.column}`", "no column has that name"
            yield UnusedRule(what, why, rule.span, _column_meant(rule.column, columns))
        elif rule.query is not None and not _matches(rule.query, places):
            why = "no query has a column or parameter of that name"
            what, meant = f"override for `{rule.query}`", _meant(rule.query, places)
            yield UnusedRule(what, why, rule.span, meant)
        elif rule.type is not None and not _is_type(catalog, rule.type):
            what, why = f"override for the type `{rule.type}`", "there is no such type"
            yield UnusedRule(what, why, rule.span, type_meant(catalog, rule.type))


def _typed_json(
    options: PackageOptions, columns: list[str], places: list[str]
) -> Iterator[UnusedRule]:
    for rule in options.json.columns:
        if not _matches(_with_schema(rule.place), columns) and not _matches(rule.place, places):
            what = f"json type for `{rule.place}`"
            why = "no table and no query has a column of that name"
            meant = _column_meant(rule.place, columns) or _meant(rule.place, places)
            yield UnusedRule(what, why, rule.span, meant)


def _renames(
    catalog: Catalog, queries: Sequence[QueryFacts], options: PackageOptions, places: list[str]
) -> Iterator[UnusedRule]:
    """A name that several kinds of renames have, as all of sqlc's do, need be that of one thing."""
    renames = options.renames
    known = {
        "field": (renames.fields, {place.rpartition(".")[2] for place in places}),
        "model": (renames.models, _class_keys(catalog.relations(), options)),
        "enum": (renames.enums, _class_keys(catalog.enums(), options)),
        "function": (renames.functions, {query.name for query in queries}),
        "exception": (renames.exceptions, _constraint_keys(catalog, options)),
    }
    spans = dict(renames.spans)
    kinds: dict[str, list[str]] = {}
    for kind, (pairs, _) in known.items():
        for old, _ in pairs:
            kinds.setdefault(old, []).append(kind)
    for old, of_kinds in kinds.items():
        if not any(old in known[kind][1] for kind in of_kinds):
            what = f"the {of_kinds[0]} " if len(of_kinds) == 1 else ""
            meant = _meant(old, chain.from_iterable(known[kind][1] for kind in of_kinds))
            span = spans.get(f"{of_kinds[0]}s.{old}")
            yield UnusedRule(f"rename of {what}`{old}`", "nothing has that name", span, meant)


def _constraint_keys(catalog: Catalog, options: PackageOptions) -> set[str]:
    """What renames may call constraints, if there are such renames."""
    if not options.renames.exceptions:
        return set()
    from sqlwright.codegen.exceptions import constraint_keys

    return set(constraint_keys(catalog))


def _class_keys(items: Iterable[Relation | Type], options: PackageOptions) -> set[str]:
    return {key for item in items for key in rename_keys(item, options)}


def _matches(pattern: str, names: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for name in names)


def _meant(pattern: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(nearest(pattern, sorted(names)))


def _column_meant(pattern: str, columns: Iterable[str]) -> tuple[str, ...]:
    """The column that may have been meant, as it would be written: if no table is named, the only
    one of the name."""
    if "." not in pattern:
        of_name = [name for name in columns if name.endswith(f".{pattern}")]
        return tuple(name.removeprefix("public.") for name in of_name[: len(of_name) == 1])
    return tuple(name.removeprefix("public.") for name in _meant(_with_schema(pattern), columns))


def _with_schema(pattern: str) -> str:
    return pattern if pattern.count(".") > 1 else f"public.{pattern}"


def _is_column(catalog: Catalog, pattern: str, columns: list[str]) -> bool:
    """Whether a pattern is about a column of the schema's, or of PostgreSQL's own catalogs."""
    full = _with_schema(pattern)
    if _matches(full, columns):
        return True
    *schema, table, name = full.split(".")
    if schema not in (["pg_catalog"], ["information_schema"]):
        return False
    relation = catalog.find_relation((*schema, table))
    return relation is not None and any(fnmatchcase(each.name, name) for each in relation.columns)


def _is_type(catalog: Catalog, name: str) -> bool:
    return catalog.find_type(tuple(name.removesuffix("[]").split("."))) is not None
