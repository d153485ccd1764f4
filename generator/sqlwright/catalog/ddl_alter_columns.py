"""What ALTER TABLE does to columns (manual 5.7)."""

from __future__ import annotations

from dataclasses import replace

from sqlwright.catalog import oids
from sqlwright.catalog.creation import with_column_dependencies
from sqlwright.catalog.ddl_alter_constraints import add_constraint
from sqlwright.catalog.ddl_columns import (
    NewColumn,
    check_attribute_type,
    check_column_type,
    new_column,
)
from sqlwright.catalog.ddl_context import Context, Place
from sqlwright.catalog.ddl_defaults import add_default, add_generated, drop_default
from sqlwright.catalog.ddl_not_null import drop_not_null, not_null_constraint, set_not_null
from sqlwright.catalog.ddl_sequences import column_sequence
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.descriptions import describe
from sqlwright.catalog.inheritance import children_of, descendants_of
from sqlwright.catalog.lookup import column_of
from sqlwright.catalog.model import Column, Relation
from sqlwright.catalog.references import type_addresses
from sqlwright.catalog.removal import drop
from sqlwright.catalog.type_resolution import typename_type_id_and_mod
from sqlwright.diagnostics import Code
from sqlwright.sql import ddl_nodes as ddl

_INTEGERS = (oids.INT2, oids.INT4, oids.INT8)


def _place(action: ddl.ColumnAction) -> ddl.ObjectName:
    return ddl.ObjectName(start=action.name_start, end=action.name_end, parts=(action.name,))


def _refuse(context: Context, message: str, action: ddl.ColumnAction, sqlstate: str) -> None:
    codes: dict[str, Code] = {
        "22023": "invalid-parameter-value",
        "42P16": "invalid-table-definition",
        "42601": "syntax-error",
        "42809": "wrong-object-type",
        "0A000": "feature-not-supported",
    }
    context.refuse(
        codes.get(sqlstate, "object-not-in-prerequisite-state"),
        message,
        _place(action),
        sqlstate=sqlstate,
    )


def with_column(context: Context, table_oid: int, column: Column) -> Context:
    """With a column of a relation as given, by its number."""
    table = context.catalog.relation(table_oid)
    columns = tuple(column if each.number == column.number else each for each in table.columns)
    return context.at(context.catalog.with_relation(replace(table, columns=columns)))


# ADD COLUMN


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
    made = new_column(context, definition, table.name, next_number(table))
    check_attribute_type(context, made.column.name, made.column.type, definition, (table.row_type,))
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
    if made.default is not None:
        context = add_default(context, table_oid, column.name, made.default)
    if made.generated is not None:
        context = add_generated(context, table_oid, column.name, made.generated)
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
        context = add_constraint(context, table_oid, constraint, only=False)
    return context


def typed_tables(context: Context, composite: Relation) -> list[Relation]:
    """The tables whose columns a composite type decides."""
    if composite.kind != "composite type":
        return []
    return [each for each in context.catalog.relations() if each.of_type == composite.row_type]


def check_typed_tables(
    context: Context, composite: Relation, place: Place, *, cascade: bool
) -> list[Relation]:
    """Those that change along with CASCADE; without it a type that has any cannot change."""
    tables = typed_tables(context, composite)
    if tables and not cascade:
        context.refuse(
            "dependent-objects",
            f'cannot alter type "{composite.name}" because it is the type of a typed table',
            place,
            sqlstate="2BP01",
            hint="Use ALTER ... CASCADE to alter the typed tables too.",
        )
    return tables


# DROP COLUMN


def drop_column(
    context: Context, table_oid: int, action: ddl.ColumnAction, *, only: bool
) -> Context:
    """DROP COLUMN, from the children that have it from here alone."""
    table = context.catalog.relation(table_oid)
    if table.of_type:
        _refuse(context, "cannot drop column from typed table", action, "42809")
    if action.if_exists and all(each.name != action.name for each in table.columns):
        return context
    column = column_of(context, table, action.name, _place(action))
    if column.inherited:
        _refuse(context, f'cannot drop inherited column "{column.name}"', action, "42P16")
    for each in check_typed_tables(context, table, _place(action), cascade=action.cascade):
        context = _drop(context, each, column, action, only=False)
    return _drop(context, table, column, action, only=only)


def _drop(
    context: Context,
    table: Relation,
    column: Column,
    action: ddl.ColumnAction,
    *,
    only: bool,
) -> Context:
    if column.name in table.partition_key:
        _refuse(
            context,
            f'cannot drop column "{column.name}" because it is part of the partition key of '
            f'relation "{table.name}"',
            action,
            "42P16",
        )
    children = children_of(context.catalog, table.oid)
    if only and children and table.kind == "partitioned table":
        _refuse(
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
            context = _drop(context, child, own, action, only=False)
        else:
            context = with_column(
                context,
                child.oid,
                replace(own, inherited=max(own.inherited - 1, 0), local=own.local or only),
            )
    target = Address("relation", table.oid, column.number)
    return drop(context, [target], _place(action), cascade=action.cascade)


# ALTER COLUMN TYPE


def alter_column_type(
    context: Context, table_oid: int, action: ddl.ColumnAction, *, only: bool
) -> Context:
    """SET DATA TYPE, in the children too."""
    table = context.catalog.relation(table_oid)
    if table.of_type:
        _refuse(context, "cannot alter column type of typed table", action, "42809")
    column = column_of(context, table, action.name, _place(action))
    if column.inherited:
        _refuse(context, f'cannot alter inherited column "{column.name}"', action, "42P16")
    if column.name in table.partition_key:
        _refuse(
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
        _refuse(
            context,
            "identity column type must be smallint, integer, or bigint",
            action,
            "22023",
        )
    _check_conversion(context, table, column, action, oid, modifier)
    if table.kind != "composite type":
        _check_row_type_not_stored(context, table, action)
    descendants = descendants_of(context.catalog, table_oid)
    if only and descendants:
        _refuse(
            context,
            f'type of inherited column "{column.name}" must be changed in child tables too',
            action,
            "42P16",
        )
    typed = check_typed_tables(context, table, _place(action), cascade=action.cascade)
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
    if column.generated is None and not context.analyse.can_assign(
        context.catalog, column.type, oid
    ):
        shown = context.catalog.display_type(oid, modifier)
        context.refuse(
            "type-mismatch",
            f'column "{column.name}" cannot be cast automatically to type '
            f"{context.catalog.display_type(oid)}",
            _place(action),
            sqlstate="42804",
            hint=f'You might need to specify "USING {column.name}::{shown}".',
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
                    _refuse(
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
        _refuse(
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
    _check_users(context, table, column, action)
    dimensions = len(action.type_name.array_bounds) if action.type_name else 0
    changed_column = replace(column, type=oid, modifier=modifier, dimensions=dimensions)
    context = with_column(context, table.oid, changed_column)
    address = Address("relation", table.oid, column.number)
    dependencies = context.catalog.dependencies.without_dependent(address)
    changed = context.catalog.with_dependencies(dependencies)
    return context.at(with_column_dependencies(changed, changed.relation(table.oid)))


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
        elif user.kind == "policy":
            message = "cannot alter type of a column used in a policy definition"
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
                _place(action),
                sqlstate="0A000",
                detail=detail,
            )


# Defaults, NOT NULL, identity and generation


def change_default(
    context: Context, table_oid: int, action: ddl.ColumnAction, only: bool
) -> Context:
    """SET DEFAULT and DROP DEFAULT."""
    table = context.catalog.relation(table_oid)
    column = column_of(context, table, action.name, _place(action))
    subject = f'column "{column.name}" of relation "{table.name}"'
    if column.identity is not None:
        hint = None if action.expr is not None else "Use ALTER TABLE ... ALTER COLUMN ... DROP "
        context.refuse(
            "syntax-error",
            f"{subject} is an identity column",
            _place(action),
            sqlstate="42601",
            hint=hint and hint + "IDENTITY instead.",
        )
    if column.generated is not None:
        way = "SET EXPRESSION" if action.expr is not None else "DROP EXPRESSION"
        context.refuse(
            "syntax-error",
            f"{subject} is a generated column",
            _place(action),
            sqlstate="42601",
            hint=f"Use ALTER TABLE ... ALTER COLUMN ... {way} instead.",
        )
    targets = [table] if only else [table, *descendants_of(context.catalog, table_oid)]
    for each in targets:
        if all(known.name != action.name for known in each.columns):
            continue
        if action.expr is None:
            context = drop_default(context, each.oid, action.name)
        else:
            context = add_default(context, each.oid, action.name, action.expr)
    return context


def change_not_null(
    context: Context, table_oid: int, action: ddl.ColumnAction, only: bool
) -> Context:
    """SET NOT NULL and DROP NOT NULL."""
    table = context.catalog.relation(table_oid)
    column = column_of(context, table, action.name, _place(action))
    if action.action == "set not null":
        return set_not_null(context, table_oid, column.name, _place(action))
    if column.identity is not None:
        _refuse(
            context,
            f'column "{column.name}" of relation "{table.name}" is an identity column',
            action,
            "42601",
        )
    primary = next((each for each in table.constraints if each.kind == "primary key"), None)
    if primary is not None and column.name in primary.columns:
        _refuse(context, f'column "{column.name}" is in a primary key', action, "42P16")
    existing = not_null_constraint(table, column.name)
    if existing is not None and existing.inherited:
        _refuse(
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
    column = column_of(context, table, action.name, _place(action))
    subject = f'column "{column.name}" of relation "{table.name}"'
    if action.action == "add identity":
        return _add_identity(context, table, column, action)
    if column.identity is None:
        if action.if_exists:
            return context
        _refuse(context, f"{subject} is not an identity column", action, "55000")
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
            context = drop(context, [edge.dependent], _place(action), cascade=True)
    return context


def _add_identity(
    context: Context, table: Relation, column: Column, action: ddl.ColumnAction
) -> Context:
    subject = f'column "{column.name}" of relation "{table.name}"'
    if not column.not_null:
        _refuse(
            context,
            f"{subject} must be declared NOT NULL before identity can be added",
            action,
            "55000",
        )
    if column.identity is not None:
        _refuse(context, f"{subject} is already an identity column", action, "55000")
    if column.default:
        _refuse(context, f"{subject} already has a default value", action, "55000")
    if column.type not in _INTEGERS:
        context.refuse(
            "invalid-parameter-value",
            "identity column type must be smallint, integer, or bigint",
            _place(action),
            sqlstate="22023",
        )
    changed = replace(column, identity="always" if action.always else "by default", default=True)
    context = with_column(context, table.oid, changed)
    table = context.catalog.relation(table.oid)
    return column_sequence(context, table, changed, "identity", action.options, _place(action))


def change_generation(
    context: Context, table_oid: int, action: ddl.ColumnAction, only: bool
) -> Context:
    """SET EXPRESSION and DROP EXPRESSION."""
    table = context.catalog.relation(table_oid)
    column = column_of(context, table, action.name, _place(action))
    if column.generated is None:
        if action.if_exists:
            return context
        _refuse(
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
            _place(action),
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
