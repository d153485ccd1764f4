"""ADD, DROP, ALTER and VALIDATE CONSTRAINT."""

from __future__ import annotations

from sqlwright.catalog.ddl.constraints.checks import add_check
from sqlwright.catalog.ddl.constraints.clone import index_partitions
from sqlwright.catalog.ddl.constraints.foreign_keys import add_foreign_key
from sqlwright.catalog.ddl.constraints.keys import add_key, check_constraint_name
from sqlwright.catalog.ddl.constraints.not_null import (
    drop_not_null,
    keep_not_null,
    not_null_constraint,
    set_not_null,
)
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import column_of
from sqlwright.catalog.ddl.removal import drop
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.inheritance import children_of, inherits_from_another
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.dataclass import replace
from sqlwright.sql import ddl_nodes as ddl


def add_constraint(
    context: Context, table_oid: int, definition: ddl.ConstraintDefinition, *, only: bool
) -> Context:
    """ADD table constraint."""
    if definition.kind == "check":
        children = children_of(context.catalog, table_oid)
        if only and children and not definition.no_inherit:
            context.refuse(
                "invalid-table-definition",
                "constraint must be added to child tables too",
                definition,
                sqlstate="42P16",
            )
        return add_check(context, table_oid, definition)
    if definition.kind == "foreign key":
        return add_foreign_key(context, table_oid, definition)
    if definition.kind == "not null":
        table = context.catalog.relation(table_oid)
        column = column_of(context, table, definition.columns[0].parts[0], definition.columns[0])
        if definition.name is not None:
            _check_one_not_null(context, table, column.name, definition)
            check_constraint_name(context, table, definition)
        return set_not_null(
            context,
            table_oid,
            column.name,
            definition,
            name=definition.name,
            no_inherit=definition.no_inherit,
            valid=not definition.not_valid,
        )
    context = add_key(context, table_oid, definition)
    table = context.catalog.relation(table_oid)
    if only or table.kind != "partitioned table":
        return context
    return index_partitions(context, _newest_index(table), definition)


def _check_one_not_null(
    context: Context, table: Relation, column: str, definition: ddl.ConstraintDefinition
) -> None:
    """A column has one NOT NULL constraint, so it cannot get another under another name."""
    existing = not_null_constraint(table, column)
    name = definition.name
    if existing is None or existing.name == name:
        return
    context.refuse(
        "object-not-in-prerequisite-state",
        f'cannot create not-null constraint "{name}" on column "{column}" of table "{table.name}"',
        definition,
        sqlstate="55000",
        detail=f'A not-null constraint named "{existing.name}" already exists for this column.',
    )


def _newest_index(table: Relation) -> int:
    """The index made last for a key of a table."""
    return max(each.index for each in table.constraints)


def _place(action: ddl.ConstraintAction) -> ddl.ObjectName:
    return ddl.ObjectName(start=action.name_start, end=action.name_end, parts=(action.name,))


def alter_constraint(
    context: Context, table_oid: int, action: ddl.ConstraintAction, *, only: bool
) -> Context:
    """DROP, VALIDATE or ALTER CONSTRAINT."""
    table = context.catalog.relation(table_oid)
    found = next(
        (each for each in table.constraints if each.name == action.name and not each.is_index),
        None,
    )
    if found is None:
        if action.if_exists:
            return context
        context.refuse(
            "unknown-constraint",
            f'constraint "{action.name}" of relation "{table.name}" does not exist',
            _place(action),
            sqlstate="42704",
        )
    if action.action == "drop":
        return _drop(context, table, found, action, only=only)
    if action.action == "validate":
        return _validated(context, table, found, action)
    if found.kind != "foreign key" and action.deferrable is not None:
        context.refuse(
            "wrong-object-type",
            f'constraint "{found.name}" of relation "{table.name}" is not a foreign key constraint',
            _place(action),
            sqlstate="42809",
        )
    if found.kind != "foreign key" and action.enforced is not None:
        context.refuse(
            "wrong-object-type",
            f'cannot alter enforceability of constraint "{found.name}" of relation "{table.name}"',
            _place(action),
            sqlstate="42809",
        )
    if found.kind == "not null" and action.inherit is not None:
        changed = replace(found, no_inherit=not action.inherit)
        context = context.at(context.catalog.with_relation(_replaced(table, found, changed)))
        if action.inherit:
            context = _inherited_by_all(context, table_oid, found, action)
        elif not found.no_inherit:
            context = keep_not_null(context, table_oid, found.columns[0])
    return _altered(context, table, found, action)


def _altered(
    context: Context, table: Relation, found: Constraint, action: ddl.ConstraintAction
) -> Context:
    """The constraint with its new attributes, and those of partitions that derive from it. What is
    enforced again is checked against the rows there are, so that it is valid."""
    changed = found
    if action.deferrable is not None:
        changed = replace(changed, deferrable=action.deferrable, deferred=action.deferred)
    if action.enforced is not None and action.enforced != found.enforced:
        changed = replace(changed, enforced=action.enforced, validated=action.enforced)
    if changed is found:
        return context
    context = context.at(context.catalog.with_relation(_replaced(table, found, changed)))
    for child in children_of(context.catalog, table.oid):
        own = _inherited_from(child, found)
        if own is not None:
            context = _altered(context, child, own, action)
    return context


def _inherited_by_all(
    context: Context, table_oid: int, found: Constraint, action: ddl.ConstraintAction
) -> Context:
    for child in children_of(context.catalog, table_oid):
        context = set_not_null(
            context,
            child.oid,
            found.columns[0],
            _place(action),
            name=found.name,
            inherited=True,
            valid=found.validated,
        )
    return context


def _replaced(table: Relation, old: Constraint, new: Constraint) -> Relation:
    return replace(
        table, constraints=tuple(new if each is old else each for each in table.constraints)
    )


def _drop(
    context: Context,
    table: Relation,
    found: Constraint,
    action: ddl.ConstraintAction,
    *,
    only: bool,
) -> Context:
    if found.inherited:
        context.refuse(
            "invalid-table-definition",
            f'cannot drop inherited constraint "{found.name}" of relation "{table.name}"',
            _place(action),
            sqlstate="42P16",
        )
    if found.kind == "not null":
        return _drop_not_null(context, table, found, action)
    children = children_of(context.catalog, table.oid) if not found.no_inherit else ()
    target = Address("constraint", found.oid)
    context = drop(context, [target], _place(action), cascade=action.cascade)
    for child in children:
        own = _inherited_from(child, found)
        if own is None:
            continue
        another = inherits_from_another(context.catalog, child, table.oid, own)
        if only or own.local or another:
            local = own.local or only
            kept = _replaced(child, own, replace(own, inherited=another, local=local))
            context = context.at(context.catalog.with_relation(kept))
            continue
        current = context.catalog.relation(child.oid)
        if own not in current.constraints:  # gone with its parent
            continue
        freed = _replaced(current, own, replace(own, inherited=False))
        context = context.at(context.catalog.with_relation(freed))
        own = next(each for each in freed.constraints if each.oid == own.oid)
        context = _drop(context, freed, own, action, only=False)
    return context


def _inherited_from(child: Relation, parent: Constraint) -> Constraint | None:
    """A child's own copy of a constraint: of the same name, or for keys over the same columns. A
    CHECK may come from several parents."""
    for each in child.constraints:
        if not each.inherited or each.kind != parent.kind:
            continue
        linked = each.parent == parent.oid
        by_name = each.kind == "check" or not each.parent
        if linked or (by_name and each.name == parent.name):
            return each
    return None


def _drop_not_null(
    context: Context, table: Relation, found: Constraint, action: ddl.ConstraintAction
) -> Context:
    column = found.columns[0]
    primary = next((each for each in table.constraints if each.kind == "primary key"), None)
    if primary is not None and column in primary.columns:
        context.refuse(
            "invalid-table-definition",
            f'column "{column}" is in a primary key',
            _place(action),
            sqlstate="42P16",
        )
    own = next((each for each in table.columns if each.name == column), None)
    if own is not None and own.identity is not None:
        context.refuse(
            "object-not-in-prerequisite-state",
            f'column "{column}" of relation "{table.name}" is an identity column',
            _place(action),
            sqlstate="42601",
        )
    return drop_not_null(context, table.oid, column)


def _validated(
    context: Context, table: Relation, found: Constraint, action: ddl.ConstraintAction
) -> Context:
    if found.kind not in ("foreign key", "check", "not null"):
        context.refuse(
            "wrong-object-type",
            f'cannot validate constraint "{found.name}" of relation "{table.name}"',
            _place(action),
            sqlstate="42809",
            detail="This operation is not supported for this type of constraint.",
        )
    if found.kind == "not null":
        return set_not_null(context, table.oid, found.columns[0], _place(action))
    if not found.enforced:
        context.refuse(
            "wrong-object-type",
            "cannot validate NOT ENFORCED constraint",
            _place(action),
            sqlstate="55000",
        )
    changed = _replaced(table, found, replace(found, validated=True))
    context = context.at(context.catalog.with_relation(changed))
    for child in children_of(context.catalog, table.oid):
        own = _inherited_from(child, found)
        if own is not None:
            context = _validated(context, child, own, action)
    return context
