"""The objects of a sqlwright catalog as the same lines of text that `server_objects` makes."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.model import Column, Constraint, Function, Relation, Type
from sqlwright.dataclass import replace

_MODES = {"in": "i", "out": "o", "inout": "b", "variadic": "v", "table": "t"}
_AGGREGATES = {"normal": "n", "ordered set": "o", "hypothetical set": "h"}
_METHODS = {"function": "f", "binary": "b", "inout": "i"}
_CONTEXTS = {"implicit": "i", "assignment": "a", "explicit": "e"}
_EVENTS = ("insert", "update", "delete", "truncate")


def catalog_objects(catalog: Catalog) -> dict[str, set[str]]:
    """Everything the schema files have made."""
    catalog = replace(catalog, search_path=())
    relations = list(catalog.relations())
    return {
        "relations": {_relation(each) for each in relations},
        "columns": set(_columns(catalog, relations)),
        "parents": set(_parents(catalog, relations)),
        "constraints": set(_constraints(catalog, relations)),
        "unique indexes": set(_unique_indexes(catalog, relations)),
        "types": {_type(catalog, each) for each in catalog.types()},
        "domain constraints": set(_domain_constraints(catalog)),
        "functions": {_function(catalog, each) for each in catalog.functions()},
        "operators": set(_operators(catalog)),
        "casts": set(_casts(catalog)),
        "operator classes": set(_classes(catalog)),
        "triggers": set(_triggers(relations)),
        "rules": {
            f"{each.schema}.{each.name} {rule.name} {rule.event}" + " instead" * rule.instead
            for each in relations
            for rule in each.rules
        },
        "policies": {
            f"{each.schema}.{each.name} {policy.name}"
            for each in relations
            for policy in each.policies
        },
        "owned sequences": set(_owned(catalog, relations)),
        "schemas": {
            each
            for each in catalog.schema_names()
            if each not in ("pg_catalog", "information_schema")
        },
    }


def _shown(catalog: Catalog, oid: int, modifier: int = -1) -> str:
    return catalog.display_type(oid, modifier).replace('"', "")


def _comment(text: str | None) -> str:
    return f" {text}" if text else ""


def _relation(each: Relation) -> str:
    text = f"{each.schema}.{each.name} {each.kind}"
    if each.persistence != "permanent":
        text += f" {each.persistence}"
    if each.is_partition and each.kind != "index":
        text += " partition"
    return text + " row security" * each.row_security + _comment(each.comment)


def _columns(catalog: Catalog, relations: list[Relation]) -> Iterator[str]:
    for relation in relations:
        if relation.kind == "index":
            continue
        for column in relation.columns:
            yield f"{relation.schema}.{relation.name}.{_column(catalog, column)}"


def _column(catalog: Catalog, column: Column) -> str:
    text = f"{column.number} {column.name} {_shown(catalog, column.type, column.modifier)}"
    text += " not null" * column.not_null + " default" * column.default
    if column.identity:
        text += f" identity {column.identity}"
    if column.generated:
        text += f" {column.generated}"
    text += "" if column.local else " inherited"
    return f"{text} {column.inherited}{_comment(column.comment)}"


def _parents(catalog: Catalog, relations: list[Relation]) -> Iterator[str]:
    for relation in relations:
        parents = relation.parents if relation.kind != "index" else ()
        for number, parent in enumerate(parents, start=1):
            name = catalog.relation(parent).name
            yield f"{relation.schema}.{relation.name} {number} {name}"


def _constraints(catalog: Catalog, relations: list[Relation]) -> Iterator[str]:
    for relation in relations:
        for each in relation.constraints:
            if not each.is_index:
                yield f"{relation.schema}.{relation.name} {_constraint(catalog, each)}"


def _constraint(catalog: Catalog, each: Constraint) -> str:
    text = f"{each.name} {each.kind}"
    columns = list(each.columns)
    if each.kind == "check":
        columns.sort()
    if columns:
        text += f" ({','.join(columns)})"
    if each.kind == "foreign key":
        name = catalog.relation(each.referenced).name
        text += f" {name}({','.join(each.referenced_columns)})"
        text += f" {each.on_delete} {each.on_update}"
        if each.set_columns:
            text += f" set {','.join(sorted(each.set_columns))}"
    text += " deferrable" * each.deferrable + " deferred" * each.deferred
    text += ("" if each.validated else " not valid") + " no inherit" * each.no_inherit
    return text + _comment(each.comment)


def _unique_indexes(catalog: Catalog, relations: list[Relation]) -> Iterator[str]:
    for relation in relations:
        for each in relation.constraints:
            if each.kind in ("primary key", "unique"):
                name = catalog.relation(each.index).name
                yield (
                    f"{relation.schema}.{relation.name} {name} ({','.join(each.columns)})"
                    + " partial" * each.partial
                    + " expressions" * each.expressions
                    + " nulls not distinct" * each.nulls_not_distinct
                )


def _type(catalog: Catalog, each: Type) -> str:
    text = f"{each.schema}.{each.name} {each.kind} {each.category}" + " preferred" * each.preferred
    if each.kind == "domain":
        text += f" over {_shown(catalog, each.base, each.base_modifier)}"
        text += " not null" * each.not_null
    if each.kind in ("range", "multirange"):
        text += f" of {_shown(catalog, each.subtype)}"
    if each.array:
        text += f" array {catalog.type(each.array).name}"
    text += " collatable" * each.collatable
    if each.labels:
        text += " " + ",".join("'" + label.replace("'", "''") + "'" for label in each.labels)
    return text + _comment(each.comment)


def _domain_constraints(catalog: Catalog) -> Iterator[str]:
    for each in catalog.types():
        for constraint in each.constraints:
            kind = "n" if constraint.kind == "not null" else "c"
            comment = _comment(constraint.comment)
            yield f"{each.schema}.{each.name} {constraint.name} {kind}{comment}"


def _function(catalog: Catalog, each: Function) -> str:
    arguments = ", ".join(_shown(catalog, oid) for oid in each.arguments)
    text = f"{each.schema}.{each.name}({arguments}) {each.kind} returns "
    text += "setof " * each.returns_set + _shown(catalog, each.result)
    text += " strict" * each.strict + f" {each.volatility}"
    if each.variadic:
        text += f" variadic {_shown(catalog, each.variadic)}"
    text += f" {each.defaults}"
    if each.names:
        text += f" {','.join(each.names)}"
    if each.modes:
        text += f" {','.join(_MODES[mode] for mode in each.modes)}"
    if each.all_arguments:
        text += f" [{', '.join(_shown(catalog, oid) for oid in each.all_arguments)}]"
    if each.aggregate is not None:
        text += f" {_AGGREGATES[each.aggregate.kind]} {each.aggregate.direct_arguments}"
        text += " initial" * each.aggregate.has_initial_value
    return text + _comment(each.comment)


def _operators(catalog: Catalog) -> Iterator[str]:
    for each in catalog.user_operators:
        left = _shown(catalog, each.left) if each.left else "NONE"
        yield (
            f"{each.schema}.{each.name}({left}, {_shown(catalog, each.right)}) "
            f"{_shown(catalog, each.result)}"
            + " merges" * each.mergeable
            + " hashes" * each.hashable
        )


def _casts(catalog: Catalog) -> Iterator[str]:
    for each in catalog.user_casts.values():
        yield (
            f"{_shown(catalog, each.source)} to {_shown(catalog, each.target)} "
            f"{_CONTEXTS[each.context]} {_METHODS[each.method]}"
        )


def _classes(catalog: Catalog) -> Iterator[str]:
    for each in catalog.user_classes:
        family = catalog.operator_family(each.family).name
        yield (
            f"{each.schema}.{each.name} {each.method} {family} {_shown(catalog, each.type)}"
            + " default" * each.default
        )


def _triggers(relations: list[Relation]) -> Iterator[str]:
    for relation in relations:
        for each in relation.triggers:
            events = "".join(f" {event}" for event in _EVENTS if event in each.events)
            yield (
                f"{relation.schema}.{relation.name} {each.name} {each.timing}{events}"
                + " row" * each.row_level
                + f" {each.function.rpartition('.')[2]}"
            )


def _owned(catalog: Catalog, relations: list[Relation]) -> Iterator[str]:
    for relation in relations:
        if relation.kind != "sequence" or not relation.owner_table:
            continue
        table = catalog.relation(relation.owner_table)
        numbers = {
            address.part
            for address, kind in catalog.dependencies.on(Address("relation", relation.oid))
            if kind != "normal"
        }
        for column in table.columns:
            if column.number in numbers:
                yield f"{relation.schema}.{relation.name} {table.name} {column.name}"
