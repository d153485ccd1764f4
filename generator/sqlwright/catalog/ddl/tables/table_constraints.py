"""The constraints of CREATE TABLE, in the order in which PostgreSQL adds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from sqlwright.catalog.ddl.constraints.checks import add_check
from sqlwright.catalog.ddl.constraints.foreign_keys import add_foreign_key
from sqlwright.catalog.ddl.constraints.keys import add_key
from sqlwright.catalog.ddl.constraints.not_null import (
    StatedNotNull,
    set_first_not_nulls,
    set_not_null,
)
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.parts import (
    constraint_part,
    key_of_column,
)
from sqlwright.catalog.ddl.tables.columns import NewColumn
from sqlwright.dataclass import replace
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.sql import ddl_nodes as ddl

_KEYS = ("primary key", "unique", "exclusion")

Adding = Callable[[Context, int, ddl.ConstraintDefinition], Context]


def over_known_columns(
    context: Context,
    table: tuple[str, str],
    columns: tuple[NewColumn, ...],
    constraints: Iterable[ddl.ConstraintDefinition],
) -> list[ddl.ConstraintDefinition]:
    """The constraints, each over columns that exist; others are refused, or left out."""
    names = {each.column.name for each in columns}
    kept: list[ddl.ConstraintDefinition] = []

    def checked(context: Context, constraint: ddl.ConstraintDefinition) -> Context:
        _check_constraint_columns(context, names, constraint)
        kept.append(constraint)
        return context

    for each in constraints:
        constraint_part(context, table, each, partial(checked, constraint=each))
    return kept


def _check_constraint_columns(
    context: Context, names: set[str], constraint: ddl.ConstraintDefinition
) -> None:
    for column in constraint.columns:
        name = column.parts[0]
        if name in names:
            continue
        message = f'column "{name}" named in key does not exist'
        if constraint.kind == "foreign key":
            message = f'column "{name}" referenced in foreign key constraint does not exist'
        elif constraint.kind == "not null":
            continue
        context.refuse(
            "unknown-column",
            message,
            constraint,
            sqlstate="42703",
            help=did_you_mean(nearest(name, names)),
        )


def add_constraints(
    context: Context,
    table_oid: int,
    columns: tuple[NewColumn, ...],
    table_constraints: list[ddl.ConstraintDefinition],
) -> Context:
    """Checks come first, then keys, then foreign keys, as in PostgreSQL."""
    table = context.catalog.relation(table_oid)
    if table.kind != "foreign table":
        # There are no rows yet that NOT VALID could spare.
        table_constraints = [
            replace(each, not_valid=False) if each.not_valid else each for each in table_constraints
        ]
    of_columns = {id(each): column for column in columns for each in column.constraints}
    every = [each for column in columns for each in column.constraints]
    every += table_constraints
    _check_distinct_checks(context, every)
    names = table.schema, table.name

    def with_part(context: Context, each: ddl.ConstraintDefinition, add: Adding) -> Context:
        column = of_columns.get(id(each))
        made = constraint_part(
            context,
            names,
            each,
            lambda context: add(context, table_oid, each),
            of_column=column is not None,
        )
        if made is context and each.kind == "primary key" and column is not None:
            return key_of_column(context, names, column)
        return made

    for each in every:
        if each.kind == "check":
            context = with_part(context, each, add_check)
    context = _not_nulls(context, table_oid, columns, table_constraints)
    for each in _distinct_keys(every):
        context = with_part(context, each, add_key)
    for each in every:
        if each.kind == "foreign key":
            context = with_part(context, each, add_foreign_key)
    return context


def _check_distinct_checks(
    context: Context, constraints: Iterable[ddl.ConstraintDefinition]
) -> None:
    seen: set[str] = set()
    for each in constraints:
        if each.kind == "check" and each.name is not None:
            if each.name in seen:
                context.refuse(
                    "duplicate-constraint",
                    f'check constraint "{each.name}" already exists',
                    (each.name_start, each.name_end),
                    sqlstate="42710",
                )
            seen.add(each.name)


def _not_nulls(
    context: Context,
    table_oid: int,
    columns: tuple[NewColumn, ...],
    table_constraints: list[ddl.ConstraintDefinition],
) -> Context:
    for each in table_constraints:
        if each.kind != "not null":
            continue
        name = each.columns[0]
        if all(column.column.name != name.parts[0] for column in columns):
            context.refuse(
                "unknown-column",
                f'column "{name.parts[0]}" of relation '
                f'"{context.catalog.relation(table_oid).name}" does not exist',
                name,
                sqlstate="42703",
            )
        context = set_not_null(
            context,
            table_oid,
            name.parts[0],
            each,
            name=each.name,
            no_inherit=each.no_inherit,
            valid=not each.not_valid,
        )
    stated = [_stated(column) for column in columns if column.states_not_null]
    if all(each.kind != "not null" for each in table_constraints):
        return set_first_not_nulls(context, table_oid, stated)
    for one in stated:
        context = set_not_null(
            context, table_oid, one.column, one.place, name=one.name, no_inherit=one.no_inherit
        )
    return context


def _stated(column: NewColumn) -> StatedNotNull:
    definition = column.not_null
    return StatedNotNull(
        column.column.name,
        definition or column.definition or ddl.ObjectName(start=0, end=0, parts=()),
        definition.name if definition else None,
        definition.no_inherit if definition else False,
    )


def _timing(key: ddl.ConstraintDefinition) -> tuple[bool, bool]:
    deferred = bool(key.initially_deferred)
    return bool(key.deferrable) or deferred, deferred


def _distinct_keys(
    constraints: list[ddl.ConstraintDefinition],
) -> list[ddl.ConstraintDefinition]:
    """The primary key first; a unique constraint over the same columns adds nothing to a key."""
    keys = [each for each in constraints if each.kind in _KEYS]
    keys.sort(key=lambda each: each.kind != "primary key")
    kept: list[ddl.ConstraintDefinition] = []
    for each in keys:
        columns = [column.parts[0] for column in each.columns]
        same = next(
            (
                other
                for other in kept
                if each.kind != "exclusion"
                and other.kind != "exclusion"
                and each.kind != "primary key"
                and columns == [column.parts[0] for column in other.columns]
                and each.nulls_not_distinct == other.nulls_not_distinct
                and _timing(each) == _timing(other)
            ),
            None,
        )
        if same is None:
            kept.append(each)
        elif same.name is None and each.name is not None:
            kept[kept.index(same)] = replace(
                same, name=each.name, name_start=each.name_start, name_end=each.name_end
            )
    return kept
