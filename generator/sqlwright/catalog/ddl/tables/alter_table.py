"""ALTER TABLE, VIEW, INDEX and the attributes of ALTER TYPE, action by action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sqlwright.catalog.ddl.constraints.foreign_keys import check_keys_over
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.lookup import check_not_system, find_relation, plural, type_named
from sqlwright.catalog.ddl.parts import constraint_part
from sqlwright.catalog.ddl.storage_parameters import (
    change_parameters,
    check_parameters,
    check_reset,
)
from sqlwright.catalog.ddl.tables.add_column import add_column
from sqlwright.catalog.ddl.tables.alter_columns import (
    change_default,
    change_generation,
    change_identity,
    change_not_null,
)
from sqlwright.catalog.ddl.tables.alter_constraints import add_constraint, alter_constraint
from sqlwright.catalog.ddl.tables.alter_parents import change_parent
from sqlwright.catalog.ddl.tables.column_actions import check_no_system_column, refuse_column
from sqlwright.catalog.ddl.tables.column_storage import check_statistics_target, check_storage
from sqlwright.catalog.ddl.tables.column_types import alter_column_type, drop_column
from sqlwright.catalog.ddl.tables.named_parts import check_named
from sqlwright.catalog.ddl.tables.typed_tables import check_fits_type, stand_alone_type
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import replace
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl

_NOUNS = {
    "sequence": ("sequence", "a sequence"),
    "view": ("view", "a view"),
    "materialized view": ("materialized view", "a materialized view"),
    "index": ("index", "an index"),
    "foreign table": ("foreign table", "a foreign table"),
    "type": ("composite type", "a composite type"),
}
_COLUMN_PASSES = {
    **dict.fromkeys(("drop", "drop not null", "drop expression", "drop identity"), 0),
    "type": 1,
    "expression": 3,
    **dict.fromkeys(("set not null", "set identity"), 5),
    **dict.fromkeys(("default", "add identity"), 7),
    **dict.fromkeys(("set", "reset", "other"), 9),
}
"""PostgreSQL applies the actions of one statement in passes, in which an identity comes after the
keys that make its column NOT NULL (AlterTablePass in the server's tablecmds.c)."""

_TABLES = ("table", "partitioned table", "foreign table")


def alter_table(context: Context, statement: ddl.AlterTable) -> Context:
    """Apply the actions, those that drop first, foreign keys and the like last."""
    relation = _relation(context, statement)
    if relation is None:
        return context
    check_not_system(context, relation, statement.relation)
    before = {each.number: (each.type, each.modifier) for each in relation.columns}
    for action in sorted(statement.actions, key=_pass):
        if isinstance(action, ddl.ColumnAction) and action.action == "type":
            _check_first_type(context, relation.oid, action, before)
        _check_applies(context, statement, relation, action)
        context = _apply(context, statement, relation.oid, action)
    retyped = {
        each.name
        for each in statement.actions
        if isinstance(each, ddl.ColumnAction) and each.action == "type"
    }
    if retyped:
        check_keys_over(context, relation.oid, retyped, statement.relation)
    return context


def _check_first_type(
    context: Context,
    oid: int,
    action: ddl.ColumnAction,
    before: dict[int, tuple[int, int]],
) -> None:
    """One statement changes the type of a column once."""
    for each in context.catalog.relation(oid).columns:
        known = before.get(each.number, (each.type, each.modifier))
        if each.name == action.name and (each.type, each.modifier) != known:
            message = f'cannot alter type of column "{each.name}" twice'
            refuse_column(context, message, action, "0A000")


def _relation(context: Context, statement: ddl.AlterTable) -> Relation | None:
    found = find_relation(context, statement.relation, missing_ok=True)
    if found is None:
        if statement.if_exists:
            return None
        if statement.kind == "type":
            type_named(context, statement.relation.name, statement.relation)
        return find_relation(context, statement.relation)
    expected = _NOUNS.get(statement.kind)
    place = statement.relation
    if expected is not None and found.kind != expected[0]:
        context.refuse(
            "wrong-object-type", f'"{found.name}" is not {expected[1]}', place, sqlstate="42809"
        )
    if statement.kind == "table" and found.kind == "composite type":
        context.refuse(
            "wrong-object-type",
            f'"{found.name}" is a composite type',
            place,
            sqlstate="42809",
            hint="Use ALTER TYPE instead.",
        )
    return found


def _pass(action: ddl.AlterAction) -> int:
    if isinstance(action, ddl.ColumnAction):
        drops_default = action.action == "default" and action.expr is None
        return 0 if drops_default else _COLUMN_PASSES[action.action]
    if isinstance(action, ddl.ConstraintAction):
        return 0 if action.action == "drop" else 9
    if isinstance(action, ddl.AddColumn):
        return 2
    if isinstance(action, ddl.AddConstraint):
        kind = action.constraint.kind
        return {"check": 4, "not null": 4, "foreign key": 7}.get(kind, 6)
    return 9


def _check_applies(
    context: Context, statement: ddl.AlterTable, relation: Relation, action: ddl.AlterAction
) -> None:
    """Refuse what relations of this kind cannot undergo."""
    kind: str = relation.kind
    partitions = isinstance(action, ddl.ParentAction) and action.action in ("attach", "detach")
    if type(action) is ddl.AlterAction or (kind in _TABLES and not partitions):
        return
    if kind == "partitioned table":
        return
    if kind == "sequence" and isinstance(action, ddl.PersistenceAction):
        return
    of_index = isinstance(action, ddl.NamingAction) and action.kind == "index"
    if kind == "materialized view" and of_index:
        return
    if kind == "index" and isinstance(action, ddl.ParentAction) and action.action == "attach":
        return
    if isinstance(action, ddl.ParametersAction):
        if kind == "index" and context.catalog.relation(relation.owner_table).partition_strategy:
            kind = "partitioned index"
        elif kind in ("view", "materialized view", "index"):
            return
    if kind == "composite type" and isinstance(action, ddl.AddColumn | ddl.ColumnAction):
        return
    if isinstance(action, ddl.ColumnAction):
        default_of_view = kind == "view" and action.action == "default"
        if default_of_view or action.action in ("set", "reset", "other"):
            return
    name, detail = _action_name(action), f"This operation is not supported for {plural(kind)}."
    context.refuse(
        "wrong-object-type",
        f'ALTER action {name} cannot be performed on relation "{relation.name}"',
        statement.relation,
        sqlstate="42809",
        detail=detail,
    )


def _action_name(action: ddl.AlterAction) -> str:
    if isinstance(action, ddl.AddColumn):
        return "ADD COLUMN"
    if isinstance(action, ddl.AddConstraint):
        return "ADD CONSTRAINT"
    if isinstance(action, ddl.ConstraintAction):
        return f"{action.action.upper()} CONSTRAINT"
    if isinstance(action, ddl.ColumnAction):
        names = {
            "drop": "DROP COLUMN",
            "type": "ALTER COLUMN ... SET DATA TYPE",
            "default": "ALTER COLUMN ... SET DEFAULT"
            if action.expr is not None
            else "ALTER COLUMN ... DROP DEFAULT",
        }
        return names.get(action.action, f"ALTER COLUMN ... {action.action.upper()}")
    if isinstance(action, ddl.ParentAction):
        words = {"attach": "ATTACH PARTITION", "detach": "DETACH PARTITION"}
        return words.get(action.action, action.action.upper())
    if isinstance(action, ddl.PersistenceAction):
        return "SET LOGGED" if action.logged else "SET UNLOGGED"
    if isinstance(action, ddl.SecurityAction):
        return f"{'ENABLE' if action.enabled else 'DISABLE'} ROW SECURITY"
    if isinstance(action, ddl.NamingAction):
        return action.words
    if isinstance(action, ddl.ParametersAction):
        return "RESET" if action.reset else "SET"
    if isinstance(action, ddl.TriggersAction):
        return f"{'ENABLE' if action.enabled else 'DISABLE'} TRIGGER ALL"
    return "OF" if isinstance(action, ddl.TypeAction) and action.type_name else "NOT OF"


def _apply(
    context: Context, statement: ddl.AlterTable, oid: int, action: ddl.AlterAction
) -> Context:
    only = statement.relation.only
    if isinstance(action, ddl.AddColumn):
        return add_column(context, oid, action, only=only)
    if isinstance(action, ddl.ColumnAction):
        check_no_system_column(context, context.catalog.relation(oid), action)
        return _COLUMN_ACTIONS[action.action](context, oid, action, only)
    if isinstance(action, ddl.AddConstraint):
        table = context.catalog.relation(oid)
        return constraint_part(
            context,
            (table.schema, table.name),
            action.constraint,
            lambda context: add_constraint(context, oid, action.constraint, only=only),
            place=Span(context.source, action.start, action.end),
        )
    if isinstance(action, ddl.ConstraintAction):
        return alter_constraint(context, oid, action, only=only)
    if isinstance(action, ddl.ParentAction):
        return change_parent(context, oid, action)
    if isinstance(action, ddl.PersistenceAction):
        return _change_persistence(context, oid, logged=action.logged)
    if isinstance(action, ddl.SecurityAction):
        relation = context.catalog.relation(oid)
        changed = replace(relation, row_security=action.enabled)
        return context.at(context.catalog.with_relation(changed))
    if isinstance(action, ddl.TriggersAction):
        return _change_triggers(context, oid, action, only=only)
    if isinstance(action, ddl.TypeAction):
        return _change_type(context, oid, action)
    if isinstance(action, ddl.ParametersAction):
        relation = context.catalog.relation(oid)
        change_parameters(context, relation, relation.access_method, action)
    if isinstance(action, ddl.NamingAction):
        check_named(context, statement.relation, context.catalog.relation(oid), action)
    return context


def _change_triggers(
    context: Context, oid: int, action: ddl.TriggersAction, *, only: bool
) -> Context:
    """ENABLE and DISABLE TRIGGER ALL, of partitions as well. What came in, or went, unchecked stays
    so when triggers are enabled again."""
    catalog = context.catalog
    table = catalog.relation(oid)
    partitioned = table.kind == "partitioned table" and not only
    tables = (table, *(descendants_of(catalog, oid) if partitioned else ()))
    if action.enabled:
        return context
    changed = [replace(each, foreign_keys_unchecked=True) for each in tables]
    return context.at(catalog.with_relation(*changed))


def _change_persistence(context: Context, oid: int, *, logged: bool) -> Context:
    """SET LOGGED and SET UNLOGGED, with the indexes and sequences of the table."""
    catalog = context.catalog
    table = catalog.relation(oid)
    if table.temporary:
        return context
    owned = [each for each in catalog.relations() if each.owner_table == oid]
    persistence: Literal["permanent", "unlogged"] = "permanent" if logged else "unlogged"
    changed = [replace(each, persistence=persistence) for each in (table, *owned)]
    return context.at(catalog.with_relation(*changed))


def _change_type(context: Context, oid: int, action: ddl.TypeAction) -> Context:
    """OF type and NOT OF."""
    relation = context.catalog.relation(oid)
    of_type = 0
    dependencies = context.catalog.dependencies
    if action.type_name is not None:
        composite = stand_alone_type(context, action.type_name)
        check_fits_type(context, relation, composite, action.type_name)
        of_type = composite.row_type
        dependencies = dependencies.add(Address("relation", oid), [Address("type", of_type)])
    elif not relation.of_type:
        message = f'"{relation.name}" is not a typed table'
        context.refuse("wrong-object-type", message, action, sqlstate="42809")
    catalog = context.catalog.with_relation(replace(relation, of_type=of_type))
    return context.at(catalog.with_dependencies(dependencies))


def _unchanged(context: Context, oid: int, action: ddl.ColumnAction, only: bool) -> Context:
    relation = context.catalog.relation(oid)
    for option in action.options:
        if option.name == "statistics":
            check_statistics_target(context, option)
    if action.number:
        _check_number(context, relation, action)
        return context
    column = next((each for each in relation.columns if each.name == action.name), None)
    if column is None:
        context.refuse(
            "unknown-column",
            f'column "{action.name}" of relation "{relation.name}" does not exist',
            (action.name_start, action.name_end),
            sqlstate="42703",
        )
    for option in action.options:
        if option.name in ("storage", "compression"):
            check_storage(context, option, column.type)
    return context


def _check_number(context: Context, relation: Relation, action: ddl.ColumnAction) -> None:
    """Only the columns of indexes have numbers."""
    if relation.kind != "index":
        message = "cannot refer to non-index column by number"
        refuse_column(context, message, action, "0A000")
    if action.number > len(relation.columns):
        context.refuse(
            "unknown-column",
            f'column number {action.number} of relation "{relation.name}" does not exist',
            (action.name_start, action.name_end),
            sqlstate="42703",
        )


def _column_parameters(context: Context, oid: int, action: ddl.ColumnAction, only: bool) -> Context:
    """SET and RESET of what the planner is told of a column."""
    context = _unchanged(context, oid, replace(action, options=()), only)
    if action.action == "reset":
        check_reset(context, action.options)
    else:
        check_parameters(context, "column", action.options)
    return context


_COLUMN_ACTIONS: dict[str, Callable[[Context, int, ddl.ColumnAction, bool], Context]] = {
    "drop": lambda context, oid, action, only: drop_column(context, oid, action, only=only),
    "type": lambda context, oid, action, only: alter_column_type(context, oid, action, only=only),
    "default": change_default,
    "set not null": change_not_null,
    "drop not null": change_not_null,
    "expression": change_generation,
    "drop expression": change_generation,
    "add identity": change_identity,
    "set identity": change_identity,
    "drop identity": change_identity,
    "set": _column_parameters,
    "reset": _column_parameters,
    "other": _unchanged,
}
