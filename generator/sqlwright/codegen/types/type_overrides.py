"""Which rule of the configuration, if any, decides the Python type of a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.literals.names import find_written_type
from sqlwright.analysis.state.refusal import RefusalError
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Type
from sqlwright.codegen.options import Override, PackageOptions, TypedJson
from sqlwright.codegen.types.base_types import base_type
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics.spelling import nearest


@dataclass(frozen=True, slots=True)
class Place:
    """Where a type appears: a column of a relation, or a column or parameter of a query, or both.

    `column` is (relation OID, column name). What is `sent` may be stored as it is in the column
    `stored_in`.
    """

    column: tuple[int, str] | None = None
    query: QueryFacts | None = None
    name: str = ""
    sent: bool = False
    stored_in: tuple[int, str] | None = None


NOWHERE = Place()


def override_at(catalog: Catalog, options: PackageOptions, place: Place) -> Override | None:
    """The first rule for the query's column or parameter, else for the table's column."""
    for rule in options.overrides:
        if rule.query is not None and is_for_query(rule.query, place):
            return rule
    for rule in options.overrides:
        if rule.column is not None and is_for_column(catalog, rule.column, place):
            return rule
    return None


def override_of_type(
    catalog: Catalog, options: PackageOptions, item: Type, nullable: bool
) -> Override | None:
    """The first rule for a type in a place that may be NULL or not."""
    names = {catalog.contract_type(item.oid), f"{item.schema}.{item.name}"}
    if item.schema in ("pg_catalog", "public"):
        names.add(item.name)
    for rule in options.overrides:
        if rule.of_text and (item.kind != "base" or base_type(item.schema, item.name)):
            continue
        if rule.type in names and rule.nullable in (None, nullable):
            return rule
    return None


def type_meant(catalog: Catalog, written: str) -> tuple[str, ...]:
    """The name that rules have for a type written as in SQL, or for one called nearly so."""
    try:
        return (catalog.contract_type(find_written_type(catalog, written)),)
    except RefusalError:
        known = [catalog.contract_type(item.oid) for item in catalog.types()]
        known += [item.name for item in catalog.builtin.types if item.kind != "pseudo"]
        return tuple(nearest(written, sorted(name.removeprefix("public.") for name in known)))


def typed_json_at(catalog: Catalog, options: PackageOptions, place: Place) -> str | None:
    """The Python type of what a json column holds: by the query's own comment, by a rule for its
    column or parameter, or by one for the table's column."""
    if place.query is not None:
        for said in place.query.json_types:
            if said.column == place.name and said.python:
                return said.python
    for rule in _for_query(options.json.columns, place):
        return rule.python
    for rule in options.json.columns:
        if is_for_column(catalog, rule.place, place):
            return rule.python
    return None


def concerns_query(options: PackageOptions, query: QueryFacts, name: str) -> bool:
    """Whether a rule is about a column of this very query, so that no model can stand for it."""
    place = Place(query=query, name=name)
    return (
        any(said.column == name for said in query.json_types)
        or any(rule.query and is_for_query(rule.query, place) for rule in options.overrides)
        or any(True for _ in _for_query(options.json.columns, place))
    )


def _for_query(rules: Sequence[TypedJson], place: Place) -> Iterator[TypedJson]:
    return (rule for rule in rules if is_for_query(rule.place, place))


def is_for_query(pattern: str, place: Place) -> bool:
    """Whether a pattern `Query.column` is about a place."""
    if place.query is None:
        return False
    return fnmatchcase(f"{place.query.name}.{place.name}", pattern)


def is_for_column(catalog: Catalog, pattern: str, place: Place) -> bool:
    """Whether a pattern `[schema.]table.column` is about a place; without a schema it is about
    tables in `public`."""
    if place.column is None:
        return False
    oid, column = place.column
    relation = catalog.relation(oid)
    full = pattern if pattern.count(".") > 1 else f"public.{pattern}"
    return fnmatchcase(f"{relation.schema}.{relation.name}.{column}", full)
