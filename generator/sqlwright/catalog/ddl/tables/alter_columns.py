"""Defaults, NOT NULL, identity and generation of existing columns."""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.constraints.not_null import (
    drop_not_null,
    not_null_constraint,
    set_not_null,
)
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import column_of
from sqlwright.catalog.ddl.parts import default_part
from sqlwright.catalog.ddl.removal import drop
from sqlwright.catalog.ddl.tables.column_actions import (
    column_place,
    refuse_column,
    with_column,
)
from sqlwright.catalog.ddl.tables.defaults import add_generated, drop_default
from sqlwright.catalog.ddl.tables.sequences import column_sequence
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import replace
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_INTEGERS = (oids.INT2, oids.INT4, oids.INT8)


def change_default(
    context: Context, table_oid: int, action: ddl.ColumnAction, only: bool
) -> Context:
    """SET DEFAULT and DROP DEFAULT."""
    table = context.catalog.relation(table_oid)
    column = column_of(context, table, action.name, column_place(action))
    subject = f'column "{column.name}" of relation "{table.name}"'
    if column.identity is not None:
        hint = None if action.expr is not None else "Use ALTER TABLE ... ALTER COLUMN ... DROP "
        context.refuse(
            "syntax-error",
            f"{subject} is an identity column",
            column_place(action),
            sqlstate="42601",
            hint=hint and hint + "IDENTITY instead.",
        )
    if column.generated is not None:
        way = "SET EXPRESSION" if action.expr is not None else "DROP EXPRESSION"
        can_be_dropped = action.expr is not None or column.generated != "virtual"
        context.refuse(
            "syntax-error",
            f"{subject} is a generated column",
            column_place(action),
            sqlstate="42601",
            hint=f"Use ALTER TABLE ... ALTER COLUMN ... {way} instead." if can_be_dropped else None,
        )
    targets = [table] if only else [table, *descendants_of(context.catalog, table_oid)]
    for each in targets:
        if all(known.name != action.name for known in each.columns):
            continue
        if action.expr is None:
            context = drop_default(context, each.oid, action.name)
        else:
            context = _set_default(context, each.oid, action, action.expr)
    return context


def _set_default(
    context: Context, table_oid: int, action: ddl.ColumnAction, expr: nodes.Expr
) -> Context:
    """With a default; where it had to be left out, with one that is not known."""
    table = context.catalog.relation(table_oid)
    place = Span(context.source, action.start, action.end)
    made = default_part(context, (table.schema, table.name), action.name, expr, place, listed=True)
    if made is not context:
        return made
    column = next(each for each in table.columns if each.name == action.name)
    return with_column(context, table_oid, replace(column, default=True, expression=None))


def change_not_null(
    context: Context, table_oid: int, action: ddl.ColumnAction, only: bool
) -> Context:
    """SET NOT NULL and DROP NOT NULL."""
    table = context.catalog.relation(table_oid)
    column = column_of(context, table, action.name, column_place(action))
    if action.action == "set not null":
        return set_not_null(context, table_oid, column.name, column_place(action))
    if column.identity is not None:
        refuse_column(
            context,
            f'column "{column.name}" of relation "{table.name}" is an identity column',
            action,
            "42601",
        )
    primary = next((each for each in table.constraints if each.kind == "primary key"), None)
    if primary is not None and column.name in primary.columns:
        refuse_column(context, f'column "{column.name}" is in a primary key', action, "42P16")
    existing = not_null_constraint(table, column.name)
    if existing is not None and existing.inherited:
        refuse_column(
            context,
            f'cannot drop inherited constraint "{existing.name}" of relation "{table.name}"',
            action,
            "42P16",
        )
    return drop_not_null(context, table_oid, column.name)


def change_identity(
    context: Context, table_oid: int, action: ddl.ColumnAction, only: bool
) -> Context:
    """ADD, SET and DROP of an identity."""
    table = context.catalog.relation(table_oid)
    column = column_of(context, table, action.name, column_place(action))
    subject = f'column "{column.name}" of relation "{table.name}"'
    if action.action == "add identity":
        return _add_identity(context, table, column, action)
    if column.identity is None:
        if action.if_exists:
            return context
        refuse_column(context, f"{subject} is not an identity column", action, "55000")
    if action.action == "set identity":
        if action.always is None:
            return context
        when = "always" if action.always else "by default"
        return with_column(
            context,
            table_oid,
            replace(column, identity="always" if when == "always" else "by default"),
        )
    context = with_column(context, table_oid, replace(column, identity=None, default=False))
    owner = Address("relation", table_oid, column.number)
    for edge in context.catalog.dependencies.of(owner):
        relation = context.catalog.get_relation(edge.dependent.oid)
        if edge.kind == "internal" and relation is not None and relation.kind == "sequence":
            catalog = context.catalog
            freed = catalog.dependencies.without_dependent(edge.dependent)
            context = context.at(catalog.with_dependencies(freed))
            context = drop(context, [edge.dependent], column_place(action), cascade=True)
    return context


def _add_identity(
    context: Context, table: Relation, column: Column, action: ddl.ColumnAction
) -> Context:
    subject = f'column "{column.name}" of relation "{table.name}"'
    if column.type not in _INTEGERS:
        message = "identity column type must be smallint, integer, or bigint"
        refuse_column(context, message, action, "22023")
    if not column.not_null:
        refuse_column(
            context,
            f"{subject} must be declared NOT NULL before identity can be added",
            action,
            "55000",
        )
    if column.identity is not None:
        refuse_column(context, f"{subject} is already an identity column", action, "55000")
    if column.default:
        refuse_column(context, f"{subject} already has a default value", action, "55000")
    changed = replace(column, identity="always" if action.always else "by default", default=True)
    context = with_column(context, table.oid, changed)
    table = context.catalog.relation(table.oid)
    return column_sequence(
        context, table, changed, "identity", action.options, column_place(action)
    )


def change_generation(
    context: Context, table_oid: int, action: ddl.ColumnAction, only: bool
) -> Context:
    """SET EXPRESSION and DROP EXPRESSION."""
    table = context.catalog.relation(table_oid)
    column = column_of(context, table, action.name, column_place(action))
    if column.generated is None:
        if action.if_exists:
            return context
        refuse_column(
            context,
            f'column "{column.name}" of relation "{table.name}" is not a generated column',
            action,
            "55000",
        )
    if action.expr is not None:
        return add_generated(context, table_oid, column.name, action.expr)
    if column.generated == "virtual":
        context.refuse(
            "feature-not-supported",
            "ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns",
            column_place(action),
            sqlstate="0A000",
            detail=f'Column "{column.name}" of relation "{table.name}" is a virtual generated '
            "column.",
        )
    targets = [table, *descendants_of(context.catalog, table_oid)]
    for each in targets:
        own = next((known for known in each.columns if known.name == column.name), None)
        if own is not None:
            context = with_column(context, each.oid, replace(own, generated=None, default=False))
            address = Address("default", each.oid, own.number)
            catalog = context.catalog
            context = context.at(catalog.with_dependencies(catalog.dependencies.without(address)))
    return context
