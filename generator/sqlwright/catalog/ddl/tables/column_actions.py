"""What the actions on columns share: their place, their refusals, typed tables."""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.ddl.tables.columns import SYSTEM_COLUMNS, has_system_columns
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Code
from sqlwright.sql import ddl_nodes as ddl

_INTEGERS = (oids.INT2, oids.INT4, oids.INT8)


def column_place(action: ddl.ColumnAction) -> ddl.ObjectName:
    return ddl.ObjectName(start=action.name_start, end=action.name_end, parts=(action.name,))


def refuse_column(context: Context, message: str, action: ddl.ColumnAction, sqlstate: str) -> None:
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
        column_place(action),
        sqlstate=sqlstate,
    )


def check_no_system_column(context: Context, table: Relation, action: ddl.ColumnAction) -> None:
    """The columns that every table has stay as they are."""
    column = action.name
    if column in SYSTEM_COLUMNS and has_system_columns(table) and not action.number:
        verb = "drop" if action.action == "drop" else "alter"
        refuse_column(context, f'cannot {verb} system column "{column}"', action, "0A000")


def with_column(context: Context, table_oid: int, column: Column) -> Context:
    """With a column of a relation as given, by its number."""
    table = context.catalog.relation(table_oid)
    columns = tuple(column if each.number == column.number else each for each in table.columns)
    return context.at(context.catalog.with_relation(replace(table, columns=columns)))


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
