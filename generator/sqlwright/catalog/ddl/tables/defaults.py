"""Default values and generation expressions of columns (manual 5.2 to 5.4)."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.dependencies import Address, DependencyKind
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import replace
from sqlwright.sql import nodes


def add_default(context: Context, table_oid: int, name: str, expr: nodes.Expr) -> Context:
    """With a default, which must fit the column's type."""
    table, column = _column(context, table_oid, name)
    analysed = context.expression(
        expr,
        "column default",
        None,
        (column.type, column.modifier, column.name),
    )
    null = isinstance(expr, nodes.Const) and expr.kind == "null"
    context = _with_column(
        context, table, replace(column, default=not null, expression=analysed.stored)
    )
    return _with_references(context, table, column, analysed.references, "auto")


def add_generated(context: Context, table_oid: int, name: str, expr: nodes.Expr) -> Context:
    """With a generation expression over the table's other columns."""
    table, column = _column(context, table_oid, name)
    analysed = context.expression(
        expr,
        "generated column",
        table,
        (column.type, column.modifier, column.name),
    )
    context = _with_column(context, table, replace(column, expression=analysed.stored))
    return _with_references(context, table, column, analysed.references, "internal")


def drop_default(context: Context, table_oid: int, name: str) -> Context:
    """Without the default of a column."""
    table, column = _column(context, table_oid, name)
    context = _with_column(context, table, replace(column, default=False, expression=None))
    address = Address("default", table_oid, column.number)
    return context.at(
        context.catalog.with_dependencies(context.catalog.dependencies.without(address))
    )


def _column(context: Context, table_oid: int, name: str) -> tuple[Relation, Column]:
    table = context.catalog.relation(table_oid)
    return table, next(each for each in table.columns if each.name == name)


def _with_column(context: Context, table: Relation, column: Column) -> Context:
    columns = tuple(column if each.number == column.number else each for each in table.columns)
    return context.at(context.catalog.with_relation(replace(table, columns=columns)))


def _with_references(
    context: Context,
    table: Relation,
    column: Column,
    references: frozenset[Address],
    kind: DependencyKind,
) -> Context:
    address = Address("default", table.oid, column.number)
    dependencies = context.catalog.dependencies.without_dependent(address)
    dependencies = dependencies.add(address, [Address("relation", table.oid, column.number)], kind)
    return context.at(context.catalog.with_dependencies(dependencies.add(address, references)))
