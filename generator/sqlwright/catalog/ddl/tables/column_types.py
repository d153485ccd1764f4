"""ALTER COLUMN TYPE and DROP COLUMN: what may rest on a column."""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.creation import with_column_dependencies
from sqlwright.catalog.ddl.lookup import column_of
from sqlwright.catalog.ddl.removal import drop
from sqlwright.catalog.ddl.tables.column_actions import (
    check_typed_tables,
    column_place,
    refuse_column,
    with_column,
)
from sqlwright.catalog.ddl.tables.columns import (
    check_column_type,
    written_collation,
)
from sqlwright.catalog.dependencies import Address, ObjectClass
from sqlwright.catalog.descriptions import describe
from sqlwright.catalog.inheritance import children_of, descendants_of
from sqlwright.catalog.model import Column, Relation
from sqlwright.catalog.types.resolution import typename_type_id_and_mod
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl

_USES: dict[ObjectClass, str] = {
    "policy": "in a policy definition",
    "trigger": "in a trigger definition",
    "function": "by a function or procedure",
}
_INTEGERS = (oids.INT2, oids.INT4, oids.INT8)


def drop_column(
    context: Context, table_oid: int, action: ddl.ColumnAction, *, only: bool
) -> Context:
    """DROP COLUMN, from the children that have it from here alone."""
    table = context.catalog.relation(table_oid)
    if table.of_type:
        refuse_column(context, "cannot drop column from typed table", action, "42809")
    if action.if_exists and all(each.name != action.name for each in table.columns):
        return context
    column = column_of(context, table, action.name, column_place(action))
    if column.inherited:
        refuse_column(context, f'cannot drop inherited column "{column.name}"', action, "42P16")
    for each in check_typed_tables(context, table, column_place(action), cascade=action.cascade):
        context, targets = _without(context, each, column, action, only=False)
        context = drop(context, targets, column_place(action), cascade=action.cascade)
    context, targets = _without(context, table, column, action, only=only)
    return drop(context, targets, column_place(action), cascade=action.cascade)


def _without(
    context: Context,
    table: Relation,
    column: Column,
    action: ddl.ColumnAction,
    *,
    only: bool,
) -> tuple[Context, list[Address]]:
    """With children that no longer inherit a column, and the columns that are to be dropped."""
    targets = [Address("relation", table.oid, column.number)]
    if column.name in table.partition_key:
        refuse_column(
            context,
            f'cannot drop column "{column.name}" because it is part of the partition key of '
            f'relation "{table.name}"',
            action,
            "42P16",
        )
    children = children_of(context.catalog, table.oid)
    if only and children and table.kind == "partitioned table":
        refuse_column(
            context,
            "cannot drop column from only the partitioned table when partitions exist",
            action,
            "42P16",
        )
    for each in children:
        child = context.catalog.relation(each.oid)
        own = next((known for known in child.columns if known.name == column.name), None)
        if own is None:
            continue
        if own.inherited == 1 and not own.local and not only:
            context, more = _without(context, child, own, action, only=False)
            targets = [*more, *targets]
        else:
            context = with_column(
                context,
                child.oid,
                replace(own, inherited=max(own.inherited - 1, 0), local=own.local or only),
            )
    return context, targets


def alter_column_type(
    context: Context, table_oid: int, action: ddl.ColumnAction, *, only: bool
) -> Context:
    """SET DATA TYPE, in the children too."""
    table = context.catalog.relation(table_oid)
    if table.of_type:
        refuse_column(context, "cannot alter column type of typed table", action, "42809")
    column = column_of(context, table, action.name, column_place(action))
    if column.inherited:
        refuse_column(context, f'cannot alter inherited column "{column.name}"', action, "42P16")
    if column.name in table.partition_key:
        refuse_column(
            context,
            f'cannot alter column "{column.name}" because it is part of the partition key of '
            f'relation "{table.name}"',
            action,
            "42P16",
        )
    if action.type_name is None:
        return context
    oid, modifier = typename_type_id_and_mod(context.catalog, context.source, action.type_name)
    definition = ddl.ColumnDefinition(
        start=action.name_start,
        end=action.name_end,
        name=action.name,
        name_end=action.name_end,
        type_name=action.type_name,
        collation=action.collation,
    )
    check_column_type(context, definition, oid)
    if column.identity is not None and oid not in _INTEGERS:
        refuse_column(
            context,
            "identity column type must be smallint, integer, or bigint",
            action,
            "22023",
        )
    if column.generated is not None and action.using is not None:
        context.refuse(
            "invalid-column-definition",
            "cannot specify USING when altering type of generated column",
            column_place(action),
            sqlstate="42611",
            detail=f'Column "{column.name}" is a generated column.',
        )
    _check_conversion(context, table, column, action, oid, modifier)
    if table.kind != "composite type":
        _check_row_type_not_stored(context, table, action)
    descendants = descendants_of(context.catalog, table_oid)
    if only and descendants:
        refuse_column(
            context,
            f'type of inherited column "{column.name}" must be changed in child tables too',
            action,
            "42P16",
        )
    typed = check_typed_tables(context, table, column_place(action), cascade=action.cascade)
    for each in (table, *descendants, *typed):
        own = next((known for known in each.columns if known.name == column.name), None)
        if own is not None:
            context = _retyped(context, each, own, action, oid, modifier)
    return context


def _check_conversion(
    context: Context,
    table: Relation,
    column: Column,
    action: ddl.ColumnAction,
    oid: int,
    modifier: int,
) -> None:
    if table.kind == "composite type":
        _check_not_used(context, table, action)
        return
    if action.using is not None:
        context.expression(
            action.using,
            "alter column transform",
            table,
            (oid, modifier, column.name),
        )
        return
    if column.generated != "virtual" and not context.analyse.can_assign(
        context.catalog, column.type, oid
    ):
        shown = context.catalog.display_type(oid, modifier)
        context.refuse(
            "type-mismatch",
            f'column "{column.name}" cannot be cast automatically to type '
            f"{context.catalog.display_type(oid)}",
            column_place(action),
            sqlstate="42804",
            hint=None
            if column.generated
            else f'You might need to specify "USING {column.name}::{shown}".',
        )


def _check_row_type_not_stored(context: Context, table: Relation, action: ddl.ColumnAction) -> None:
    """Refuse where another table stores rows of this one, first in arrays, then alone."""
    catalog = context.catalog
    for oid in (catalog.type(table.row_type).array, table.row_type):
        for other in catalog.relations():
            if other.kind not in ("table", "materialized view", "partitioned table"):
                continue
            for column in other.columns:
                if column.type == oid:
                    refuse_column(
                        context,
                        f'cannot alter table "{table.name}" because column '
                        f'"{other.name}.{column.name}" uses its row type',
                        action,
                        "0A000",
                    )


def _check_not_used(context: Context, composite: Relation, action: ddl.ColumnAction) -> None:
    """The attributes of a composite type that some column stores cannot change their type."""
    catalog = context.catalog
    row = catalog.type(composite.row_type)
    for edge in (
        *catalog.dependencies.of(Address("type", row.oid)),
        *catalog.dependencies.of(Address("type", row.array)),
    ):
        if edge.dependent.kind != "relation" or not edge.dependent.part:
            continue
        user = catalog.get_relation(edge.dependent.oid)
        if user is None or user.kind not in ("table", "materialized view", "partitioned table"):
            continue
        column = next(each for each in user.columns if each.number == edge.dependent.part)
        refuse_column(
            context,
            f'cannot alter type "{composite.name}" because column "{user.name}.{column.name}" '
            "uses it",
            action,
            "0A000",
        )


def _retyped(
    context: Context,
    table: Relation,
    column: Column,
    action: ddl.ColumnAction,
    oid: int,
    modifier: int,
) -> Context:
    _check_default(context, column, action, oid)
    _check_users(context, table, column, action)
    place = column_place(action)
    for each in table.constraints:
        if each.expression is not None and column.name in each.columns:
            retyped = (column.number, oid)
            context.analyse.check_retyped(
                context.catalog, context.source, each.expression, retyped, place
            )
    dimensions = len(action.type_name.array_bounds) if action.type_name else 0
    changed_column = replace(
        column,
        type=oid,
        modifier=modifier,
        dimensions=dimensions,
        collation=written_collation(context, action.collation),
    )
    context = with_column(context, table.oid, changed_column)
    address = Address("relation", table.oid, column.number)
    dependencies = context.catalog.dependencies.without_dependent(address)
    changed = context.catalog.with_dependencies(dependencies)
    return context.at(with_column_dependencies(changed, changed.relation(table.oid)))


def _check_default(context: Context, column: Column, action: ddl.ColumnAction, oid: int) -> None:
    """The default there was must fit the new type; one that the same statement sets comes later."""
    if column.expression is None or not column.default:
        return
    written = context.analyse.type_as_written(column.expression)
    if written and not context.analyse.can_assign(context.catalog, written, oid):
        subject = "generation expression" if column.generated else "default"
        context.refuse(
            "type-mismatch",
            f'{subject} for column "{column.name}" cannot be cast automatically to type '
            f"{context.catalog.display_type(oid)}",
            column_place(action),
            sqlstate="42804",
            help=None if column.generated else "drop the default first, and set one anew",
        )


def _check_users(
    context: Context, table: Relation, column: Column, action: ddl.ColumnAction
) -> None:
    """Refuse where a view, a policy or a generated column uses the column."""
    catalog = context.catalog
    for edge in catalog.dependencies.of(Address("relation", table.oid, column.number)):
        user = edge.dependent
        message = detail = ""
        if user.kind == "relation" and user.oid != table.oid and not user.part:
            relation = catalog.get_relation(user.oid)
            if relation is not None and relation.stored is not None:
                message = "cannot alter type of a column used by a view or rule"
                detail = f"rule _RETURN on {describe(catalog, user)} depends on column "
                detail += f'"{column.name}"'
        elif user.kind in _USES:
            message = f"cannot alter type of a column used {_USES[user.kind]}"
            detail = f'{describe(catalog, user)} depends on column "{column.name}"'
        elif user.kind == "default" and user.part != column.number:
            other = next((each for each in table.columns if each.number == user.part), None)
            if other is not None and other.generated:
                message = "cannot alter type of a column used by a generated column"
                detail = f'Column "{column.name}" is used by generated column "{other.name}".'
        if message:
            context.refuse(
                "feature-not-supported",
                message,
                column_place(action),
                sqlstate="0A000",
                detail=detail,
            )
