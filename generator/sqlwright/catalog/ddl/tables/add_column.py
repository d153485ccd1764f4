"""ADD COLUMN and ADD ATTRIBUTE."""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.constraints.not_null import set_not_null
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.parts import constraint_part, key_of_column
from sqlwright.catalog.ddl.tables.column_actions import (
    check_typed_tables,
    with_column,
)
from sqlwright.catalog.ddl.tables.columns import (
    NewColumn,
    check_attribute_type,
    new_column,
)
from sqlwright.catalog.ddl.tables.sequences import column_sequence
from sqlwright.catalog.ddl.tables.tables import column_values
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import Relation
from sqlwright.catalog.references import type_addresses
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl

_INTEGERS = (oids.INT2, oids.INT4, oids.INT8)


def add_column(context: Context, table_oid: int, action: ddl.AddColumn, *, only: bool) -> Context:
    """ADD COLUMN, to the children too."""
    table = context.catalog.relation(table_oid)
    definition = action.column
    name_place = (definition.start, definition.name_end)
    if table.of_type:
        context.refuse(
            "wrong-object-type", "cannot add column to typed table", name_place, sqlstate="42809"
        )
    if table.is_partition:
        context.refuse(
            "wrong-object-type", "cannot add column to a partition", name_place, sqlstate="42809"
        )
    if any(each.name == definition.name for each in table.columns):
        if action.if_not_exists:
            return context
        context.refuse(
            "duplicate-column",
            f'column "{definition.name}" of relation "{table.name}" already exists',
            name_place,
            sqlstate="42701",
        )
    made = new_column(
        context,
        definition,
        table.name,
        next_number(table),
        composite=table.kind == "composite type",
    )
    check_attribute_type(context, made.column.name, made.column.type, definition, (table.row_type,))
    if table.kind == "composite type" and made.sequence is not None:
        context.refuse(
            "wrong-object-type",
            f'sequence cannot be owned by relation "{table.name}"',
            definition,
            sqlstate="42809",
            detail="This operation is not supported for composite types.",
        )
    typed = check_typed_tables(context, table, definition, cascade=action.cascade)
    children = children_of(context.catalog, table_oid)
    if only and children:
        context.refuse(
            "invalid-table-definition",
            "column must be added to child tables too",
            name_place,
            sqlstate="42P16",
        )
    context = _with_new_column(context, table, made)
    for each in typed:
        context = _with_new_column(context, each, made)
    for child in children:
        context = _add_to_child(context, context.catalog.relation(child.oid), made)
    return _add_extras(context, table_oid, made)


def next_number(table: Relation) -> int:
    """The number of a relation's next column; those of dropped ones are not used again."""
    return max([table.last_number, *(each.number for each in table.columns)]) + 1


def _with_new_column(context: Context, table: Relation, made: NewColumn) -> Context:
    column = replace(made.column, not_null=False)
    changed = replace(table, columns=(*table.columns, column), last_number=column.number)
    catalog = context.catalog.with_relation(changed)
    dependencies = catalog.dependencies.add(
        Address("relation", table.oid, column.number), type_addresses(catalog, column.type)
    )
    return context.at(catalog.with_dependencies(dependencies))


def _add_to_child(context: Context, child: Relation, made: NewColumn) -> Context:
    existing = next((each for each in child.columns if each.name == made.column.name), None)
    if existing is not None:
        same = (existing.type, existing.modifier) == (made.column.type, made.column.modifier)
        if not same and made.definition is not None:
            context.refuse(
                "type-mismatch",
                f'child table "{child.name}" has different type for column "{existing.name}"',
                made.definition,
                sqlstate="42804",
            )
        return with_column(context, child.oid, replace(existing, inherited=existing.inherited + 1))
    column = replace(
        made.column,
        number=next_number(child),
        local=False,
        inherited=1,
        identity=made.column.identity if child.is_partition else None,
    )
    inherited = replace(made, column=column)
    context = _with_new_column(context, child, inherited)
    for grandchild in children_of(context.catalog, child.oid):
        context = _add_to_child(context, context.catalog.relation(grandchild.oid), made)
    return context


def _add_extras(context: Context, table_oid: int, made: NewColumn) -> Context:
    """The sequence, default and constraints that come with a new column."""
    column, definition = made.column, made.definition
    table = context.catalog.relation(table_oid)
    if made.sequence is not None and definition is not None:
        context = column_sequence(
            context, table, column, made.sequence, made.sequence_options, definition
        )
    context = column_values(context, table_oid, made)
    if column.not_null and definition is not None:
        place = made.not_null or definition
        context = set_not_null(
            context,
            table_oid,
            column.name,
            place,
            name=made.not_null.name if made.not_null else None,
        )
    order = {"check": 0, "primary key": 1, "unique": 1, "exclusion": 1, "foreign key": 2}
    for constraint in sorted(made.constraints, key=lambda each: order.get(each.kind, 0)):
        before = context
        context = constraint_part(context, (table.schema, table.name), constraint, of_column=True)
        if context is before and constraint.kind == "primary key":
            context = key_of_column(context, (table.schema, table.name), made)
    return context
