"""What ALTER TABLE names of a table without changing it: indexes, triggers, rules."""

from __future__ import annotations

from typing import NoReturn

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_OWN_TRIGGERS = "RI_ConstraintTrigger_"
"""How the triggers begin that PostgreSQL makes for foreign keys."""


def check_named(
    context: Context, place: nodes.RangeVar, table: Relation, action: ddl.NamingAction
) -> None:
    """Refuse a name of nothing that the table has, and an index that cannot do what is asked of it
    (manual, ALTER TABLE)."""
    name = action.name
    if name is None:
        return
    if action.kind == "index":
        if action.words == "CLUSTER ON":
            _check_clustered(context, place, table, action, name)
        else:
            _check_identity(context, table, action, name)
        return
    rules = [each.name for each in table.rules]
    triggers = [each.name for each in table.triggers]
    preposition = "relation" if action.kind == "rule" else "table"
    if name in (rules if action.kind == "rule" else triggers) or name.startswith(_OWN_TRIGGERS):
        return
    message = f'{action.kind} "{name}" for {preposition} "{table.name}" does not exist'
    context.refuse("unknown-object", message, action, sqlstate="42704")


def _index(context: Context, table: Relation, action: ddl.NamingAction, name: str) -> Relation:
    """The index of that name, which is in the schema of its table."""
    found = context.catalog.find_relation((table.schema, name))
    if found is None:
        message = f'index "{name}" for table "{table.name}" does not exist'
        context.refuse("unknown-object", message, action, sqlstate="42704")
    message = ""
    if found.kind != "index":
        message = f'"{name}" is not an index'
    elif found.owner_table != table.oid:
        message = f'"{name}" is not an index for table "{table.name}"'
    if message:
        context.refuse("wrong-object-type", message, action, sqlstate="42809")
    return found


def _check_clustered(
    context: Context,
    place: nodes.RangeVar,
    table: Relation,
    action: ddl.NamingAction,
    name: str,
) -> None:
    index = _index(context, table, action, name)
    if table.kind == "partitioned table":
        _refuse(context, "cannot mark index clustered in partitioned table", place)
    unique = _unique(table, index)
    if unique is not None and unique.partial:
        _refuse(context, f'cannot cluster on partial index "{name}"', action)


def _check_identity(context: Context, table: Relation, action: ddl.NamingAction, name: str) -> None:
    """REPLICA IDENTITY USING INDEX: one that tells each row from all others at any time."""
    unique = _unique(table, _index(context, table, action, name))
    if unique is None or unique.temporal:
        message = f'cannot use non-unique index "{name}" as replica identity'
        context.refuse("wrong-object-type", message, action, sqlstate="42809")
    if kind := (
        "non-immediate" * unique.deferrable
        or "expression" * unique.expressions
        or "partial" * unique.partial
    ):
        _refuse(context, f'cannot use {kind} index "{name}" as replica identity', action)
    columns = {each.name: each for each in table.columns}
    for column in unique.columns:
        if not columns[column].not_null:
            context.refuse(
                "wrong-object-type",
                f'index "{name}" cannot be used as replica identity because column "{column}" '
                "is nullable",
                action,
                sqlstate="42809",
            )


def _unique(table: Relation, index: Relation) -> Constraint | None:
    """The uniqueness that an index sees to."""
    unique = (each for each in table.constraints if each.kind in ("unique", "primary key"))
    return next((each for each in unique if each.index == index.oid), None)


def _refuse(context: Context, message: str, place: nodes.RangeVar | ddl.NamingAction) -> NoReturn:
    context.refuse("feature-not-supported", message, place, sqlstate="0A000")
