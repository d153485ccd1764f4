"""Primary keys, unique and exclusion constraints (manual 5.5.3 to 5.5.6)."""

from __future__ import annotations

from typing import Literal

from sqlwright.catalog.ddl.constraints.index_keys import IndexKeys, check_not_virtual, index_keys
from sqlwright.catalog.ddl.constraints.indexes import (
    check_access_method,
    check_partition_key,
    with_index,
)
from sqlwright.catalog.ddl.constraints.not_null import set_not_null
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import check_relation_name
from sqlwright.catalog.ddl.lookup import refuse_column
from sqlwright.catalog.ddl.naming import choose_index_name
from sqlwright.catalog.ddl.storage_parameters import check_parameters
from sqlwright.catalog.dependencies import Address, Dependencies
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.dataclass import replace
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl

KeyKind = Literal["primary key", "unique", "exclusion"]
_NOUNS: dict[KeyKind, str] = {
    "primary key": "primary keys",
    "unique": "unique constraints",
    "exclusion": "unique constraints",
}
_LABELS: dict[KeyKind, str] = {"primary key": "pkey", "unique": "key", "exclusion": "excl"}


def add_key(
    context: Context,
    table_oid: int,
    definition: ddl.ConstraintDefinition,
    *,
    inherited: bool = False,
) -> Context:
    """PRIMARY KEY, UNIQUE or EXCLUDE of a table, with its index; not those of its partitions."""
    table = context.catalog.relation(table_oid)
    kind: KeyKind = "unique"
    if definition.kind == "primary key" or definition.kind == "exclusion":
        kind = definition.kind
    _check_single_primary_key(context, table, definition, kind)
    if definition.using_index is not None:
        return _key_from_index(context, table, definition, definition.using_index, kind)
    method = definition.access_method or "btree"
    if definition.without_overlaps:
        method = "gist"
    check_access_method(context, method, definition)
    check_parameters(context, method, definition.parameters)
    elements = _elements(context, table, definition, kind)
    if definition.without_overlaps:
        _check_period(context, table, definition)
    check_not_virtual(context, table, elements, f"{_NOUNS[kind]} on", definition)
    keys = index_keys(context, table, elements, method)
    if kind != "exclusion":
        check_partition_key(context, table, kind.upper(), keys.columns, definition)
    predicate = None
    if definition.where is not None:
        predicate = context.expression(definition.where, "index predicate", table).stored
    context, name = _name(context, table, definition, kind, keys)
    context, index = with_index(context, table, name, keys, definition, method)
    constraint = Constraint(
        name=name,
        kind=kind,
        columns=keys.columns,
        relation=table.oid,
        deferrable=bool(definition.deferrable or definition.initially_deferred),
        deferred=bool(definition.initially_deferred),
        partial=definition.where is not None,
        expressions=keys.expressions,
        nulls_not_distinct=definition.nulls_not_distinct,
        temporal=definition.without_overlaps,
        predicate=predicate,
        keys=keys.stored,
        parts=keys.parts,
        oid=context.catalog.next_oid,
        index=index.oid,
        inherited=inherited,
        local=not inherited,
        declared=Span(context.source, definition.start, definition.end),
    )
    address = Address("constraint", constraint.oid)
    dependencies = context.catalog.dependencies.add_each(
        [
            (address, keys.references, "auto"),
            (Address("relation", index.oid), [address], "internal"),
        ]
    )
    context = with_constraint(context, constraint, dependencies)
    if kind == "primary key":
        for column in keys.columns:
            context = set_not_null(context, table_oid, column, definition)
    return context


def _check_period(context: Context, table: Relation, definition: ddl.ConstraintDefinition) -> None:
    """WITHOUT OVERLAPS is said of a range, beside which something else must be the same."""
    name = definition.columns[-1].parts[0]
    column = next(each for each in table.columns if each.name == name)
    base = context.catalog.type(context.catalog.base_type(column.type))
    if base.kind not in ("range", "multirange"):
        context.refuse(
            "type-mismatch",
            f'column "{name}" in WITHOUT OVERLAPS is not a range or multirange type',
            definition,
            sqlstate="42804",
        )
    if len(definition.columns) < 2:
        message = "constraint using WITHOUT OVERLAPS needs at least two columns"
        context.refuse("syntax-error", message, definition, sqlstate="42601")


def with_constraint(
    context: Context, constraint: Constraint, dependencies: Dependencies | None = None
) -> Context:
    """With a constraint on its table; its OID was the catalog's next. `dependencies` are those
    with the constraint's own, if they are known already."""
    catalog = context.catalog
    table = catalog.relation(constraint.relation)
    changed = replace(table, constraints=(*table.constraints, constraint))
    return context.at(
        catalog.with_relation(changed, dependencies=dependencies, next_oid=constraint.oid + 1)
    )


def check_constraint_name(
    context: Context, table: Relation, definition: ddl.ConstraintDefinition
) -> None:
    """Refuse a constraint's name that another constraint of the table has."""
    name = definition.name
    if any(each.name == name and not each.is_index for each in table.constraints):
        context.refuse(
            "duplicate-constraint",
            f'constraint "{name}" for relation "{table.name}" already exists',
            (definition.name_start, definition.name_end),
            sqlstate="42710",
        )


def _check_single_primary_key(
    context: Context, table: Relation, definition: ddl.ConstraintDefinition, kind: KeyKind
) -> None:
    if table.kind == "foreign table":
        noun = "primary key" if kind == "primary key" else kind
        context.refuse(
            "feature-not-supported",
            f"{noun} constraints are not supported on foreign tables",
            definition,
            sqlstate="0A000",
        )
    if kind == "primary key" and any(each.kind == kind for each in table.constraints):
        context.refuse(
            "invalid-table-definition",
            f'multiple primary keys for table "{table.name}" are not allowed',
            definition,
            sqlstate="42P16",
        )


def _elements(
    context: Context, table: Relation, definition: ddl.ConstraintDefinition, kind: KeyKind
) -> tuple[ddl.IndexElement, ...]:
    """The keys as index elements; the columns must exist and differ."""
    if definition.elements:
        return definition.elements
    seen: set[str] = set()
    for column in definition.columns:
        name = column.parts[0]
        if all(each.name != name for each in table.columns):
            message = f'column "{name}" named in key does not exist'
            refuse_column(context, table, name, message, definition)
        if name in seen:
            context.refuse(
                "duplicate-column",
                f'column "{name}" appears twice in {kind} constraint',
                definition,
                sqlstate="42701",
            )
        seen.add(name)
    for name in definition.including:
        if all(each.name != name for each in table.columns):
            message = f'column "{name}" named in key does not exist'
            refuse_column(context, table, name, message, definition)
    return tuple(
        ddl.IndexElement(start=each.start, end=each.end, column=each.parts[0])
        for each in definition.columns
    )


def _name(
    context: Context,
    table: Relation,
    definition: ddl.ConstraintDefinition,
    kind: KeyKind,
    keys: IndexKeys,
) -> tuple[Context, str]:
    if definition.name is None:
        names = (*keys.names, *definition.including)
        return context, choose_index_name(
            context.catalog, table.name, table.schema, names, _LABELS[kind]
        )
    place = ddl.ObjectName(
        start=definition.name_start, end=definition.name_end, parts=(definition.name,)
    )
    context = check_relation_name(context, table.schema, definition.name, place)
    check_constraint_name(context, table, definition)
    return context, definition.name


def _usable_index(
    context: Context, table: Relation, definition: ddl.ConstraintDefinition, index_name: str
) -> tuple[Relation, Constraint]:
    """The index that a constraint is to take over: unique, whole, over columns alone."""
    unique = next(
        (each for each in table.constraints if each.is_index and each.name == index_name), None
    )
    index = context.catalog.find_relation((table.schema, index_name))
    if index is None or index.kind != "index":
        context.refuse(
            "unknown-relation",
            f'index "{index_name}" does not exist',
            definition,
            sqlstate="42704",
        )
    if unique is None:
        taken = any(each.index == index.oid for each in table.constraints)
        message = (
            f'index "{index_name}" is already associated with a constraint'
            if taken
            else f'"{index_name}" is not a unique index'
        )
        context.refuse(
            "object-not-in-prerequisite-state" if taken else "wrong-object-type",
            message,
            definition,
            sqlstate="55000" if taken else "42809",
            detail=None
            if taken
            else "Cannot create a primary key or unique constraint using such an index.",
        )
    if unique.partial or unique.expressions:
        what = "is a partial index" if unique.partial else "contains expressions"
        context.refuse(
            "wrong-object-type",
            f'"{index_name}" is a partial index'
            if unique.partial
            else f'index "{index_name}" {what}',
            definition,
            sqlstate="42809",
            detail="Cannot create a primary key or unique constraint using such an index.",
        )
    return index, unique


def _key_from_index(
    context: Context,
    table: Relation,
    definition: ddl.ConstraintDefinition,
    index_name: str,
    kind: KeyKind,
) -> Context:
    """A constraint that takes over an existing unique index, and gives it its own name."""
    index, unique = _usable_index(context, table, definition, index_name)
    name = definition.name or index_name
    catalog = context.catalog
    constraint = replace(
        unique,
        name=name,
        kind=kind,
        is_index=False,
        oid=catalog.next_oid,
        deferrable=bool(definition.deferrable or definition.initially_deferred),
        deferred=bool(definition.initially_deferred),
        declared=Span(context.source, definition.start, definition.end),
    )
    others = tuple(each for each in table.constraints if each is not unique)
    catalog = catalog.with_relation(replace(table, constraints=others), replace(index, name=name))
    references = [
        Address("relation", table.oid, each.number)
        for each in table.columns
        if each.name in constraint.columns
    ]
    address = Address("constraint", constraint.oid)
    dependencies = catalog.dependencies.add_each(
        [(address, references, "auto"), (Address("relation", index.oid), [address], "internal")]
    )
    context = with_constraint(context.at(catalog), constraint, dependencies)
    if kind == "primary key":
        for column in constraint.columns:
            context = set_not_null(context, table.oid, column, definition)
    return context
