"""Default values and generation expressions of columns (manual 5.2 to 5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlwright.catalog.analyser import AnalysedExpression
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.dependencies import Address, DependencyKind
from sqlwright.catalog.identity import is_own_oid
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import replace
from sqlwright.sql import nodes


def add_default(context: Context, table_oid: int, name: str, expr: nodes.Expr) -> Context:
    """With a default, which must fit the column's type."""
    return add_defaults(context, table_oid, [(name, expr)])


def add_defaults(
    context: Context, table_oid: int, defaults: Sequence[tuple[str, nodes.Expr]]
) -> Context:
    """With defaults of columns, none of which can speak of another column."""
    if not defaults:
        return context
    table = context.catalog.relation(table_oid)
    changed = {each.name: each for each in table.columns}
    rests: list[_Rest] = []
    for name, expr in defaults:
        column = changed[name]
        analysed = context.expression(
            expr, "column default", None, (column.type, column.modifier, column.name)
        )
        null = isinstance(expr, nodes.Const) and expr.kind == "null"
        changed[name] = replace(column, default=not null, expression=analysed.stored)
        rests.append((column, analysed.references, "auto"))
    return _with_columns(context, table, tuple(changed.values()), rests)


def add_generated(context: Context, table_oid: int, name: str, expr: nodes.Expr) -> Context:
    """With a generation expression over the table's other columns."""
    table, column = _column(context, table_oid, name)
    analysed = context.expression(
        expr,
        "generated column",
        table,
        (column.type, column.modifier, column.name),
    )
    if column.generated == "virtual":
        _check_virtual(context, column, analysed, expr)
    columns = _with_column(table, replace(column, expression=analysed.stored))
    return _with_columns(context, table, columns, [(column, analysed.references, "internal")])


def _check_virtual(
    context: Context, column: Column, analysed: AnalysedExpression, place: nodes.Expr
) -> None:
    """A column that is computed as it is read has to do with what is PostgreSQL's own."""
    catalog = context.catalog
    message = detail = None
    if catalog.type(column.type).kind == "domain":
        message = f'virtual generated column "{column.name}" cannot have a domain type'
    elif not is_own_oid(column.type):
        message = f'virtual generated column "{column.name}" cannot have a user-defined type'
        detail = _VIRTUAL.format("types")
    else:
        kinds = {each.kind for each in analysed.references if not is_own_oid(each.oid)}
        for kind, used in (("function", ("function", "operator")), ("type", ("type",))):
            if kinds.intersection(used):
                message = f"generation expression uses user-defined {kind}"
                detail = _VIRTUAL.format(f"{kind}s")
                break
    if message is not None:
        context.refuse("feature-not-supported", message, place, sqlstate="0A000", detail=detail)


_VIRTUAL = "Virtual generated columns that make use of user-defined {} are not yet supported."


def drop_default(context: Context, table_oid: int, name: str) -> Context:
    """Without the default of a column."""
    table, column = _column(context, table_oid, name)
    columns = _with_column(table, replace(column, default=False, expression=None))
    address = Address("default", table_oid, column.number)
    dependencies = context.catalog.dependencies.without(address)
    changed = replace(table, columns=columns)
    return context.at(context.catalog.with_relation(changed, dependencies=dependencies))


def _column(context: Context, table_oid: int, name: str) -> tuple[Relation, Column]:
    table = context.catalog.relation(table_oid)
    return table, next(each for each in table.columns if each.name == name)


def _with_column(table: Relation, column: Column) -> tuple[Column, ...]:
    return tuple(column if each.number == column.number else each for each in table.columns)


_Rest = tuple[Column, frozenset[Address], DependencyKind]
"""A column, what its expression rests on, and how that rests on the column."""


def _with_columns(
    context: Context, table: Relation, columns: tuple[Column, ...], rests: Iterable[_Rest]
) -> Context:
    dependencies = context.catalog.dependencies
    added: list[tuple[Address, Iterable[Address], DependencyKind]] = []
    for column, references, kind in rests:
        address = Address("default", table.oid, column.number)
        dependencies = dependencies.without_dependent(address)
        added.append((address, [Address("relation", table.oid, column.number)], kind))
        added.append((address, references, "normal"))
    changed = replace(table, columns=columns)
    dependencies = dependencies.add_each(added)
    return context.at(context.catalog.with_relation(changed, dependencies=dependencies))
