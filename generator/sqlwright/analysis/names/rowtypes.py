"""Which columns a row-valued expression has (PostgreSQL's funcapi, and record variables).

A value of a composite type has the type's columns. One of type `record` has those of the row
constructor, the function's OUT arguments, or the subquery that it comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis import tree
from sqlwright.analysis.resolution.polymorphic import enforce_generic_type_consistency
from sqlwright.catalog import oids
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Function

RowKind = Literal["scalar", "composite", "composite domain", "record", "other"]


@dataclass(frozen=True, slots=True)
class ResultShape:
    """What a function or expression yields; `columns` is None where a record's are unknown."""

    kind: RowKind
    type: int
    columns: tuple[tree.EntryColumn, ...] | None = None


def composite_columns(catalog: Catalog, type_oid: int) -> tuple[tree.EntryColumn, ...] | None:
    """The columns of a composite type, or of a domain over one; None for any other type."""
    found = catalog.type(catalog.base_type(type_oid))
    if found.kind != "composite":
        return None
    return tuple(
        tree.EntryColumn(
            name=column.name,
            type=column.type,
            modifier=column.modifier,
            dimensions=column.dimensions,
        )
        for column in catalog.relation(found.relation).columns
    )


def get_expr_result_type(catalog: Catalog, expr: tree.Expr) -> ResultShape:
    """The shape of an expression's value; a set-returning call counts as its row."""
    if isinstance(expr, tree.SetReturning):
        return get_expr_result_type(catalog, expr.call)
    if isinstance(expr, tree.FuncCall):
        return function_result_shape(
            catalog, expr.function, expr.type, tuple(arg.type for arg in expr.args)
        )
    if isinstance(expr, tree.RowExpr) and expr.type == oids.RECORD:
        return ResultShape("composite", oids.RECORD, row_expr_columns(expr))
    return type_shape(catalog, expr.type)


def type_shape(catalog: Catalog, type_oid: int) -> ResultShape:
    """The shape of a value of which only the type is known."""
    found = catalog.type(type_oid)
    if type_oid == oids.RECORD:
        return ResultShape("record", type_oid)
    if found.kind == "composite":
        return ResultShape("composite", type_oid, composite_columns(catalog, type_oid))
    if found.kind == "domain" and catalog.type(catalog.base_type(type_oid)).kind == "composite":
        return ResultShape("composite domain", type_oid, composite_columns(catalog, type_oid))
    if found.kind == "pseudo" and type_oid not in (oids.VOID, oids.CSTRING):
        return ResultShape("other", type_oid)
    return ResultShape("scalar", type_oid)


def row_expr_columns(row: tree.RowExpr) -> tuple[tree.EntryColumn, ...]:
    """The columns of a row constructor: `f1`, `f2` ... where it has no names."""
    names = row.names or tuple(f"f{at}" for at in range(1, len(row.items) + 1))
    return tuple(
        tree.EntryColumn(name=name, type=item.type, modifier=item.modifier)
        for name, item in zip(names, row.items, strict=False)
    )


def function_result_shape(
    catalog: Catalog, function: Function, result_type: int, argument_types: tuple[int, ...]
) -> ResultShape:
    """The shape of a call's value: two or more OUT arguments make a row of their own."""
    if result_type == oids.RECORD:
        columns = output_columns(catalog, function, argument_types)
        if columns is not None:
            return ResultShape("composite", oids.RECORD, columns)
    return type_shape(catalog, result_type)


def output_columns(
    catalog: Catalog, function: Function, argument_types: tuple[int, ...]
) -> tuple[tree.EntryColumn, ...] | None:
    """The OUT, INOUT and TABLE arguments as columns, polymorphic ones resolved from the call.

    None when there are fewer than two, unless the function is a procedure.
    """
    outputs = [
        (
            declared,
            function.names[at] if at < len(function.names) else "",
            function.dimensions[at] if at < len(function.dimensions) else 0,
        )
        for at, (declared, mode) in enumerate(
            zip(function.all_arguments, function.modes, strict=False)
        )
        if mode in ("out", "inout", "table")
    ]
    if not outputs or (len(outputs) < 2 and function.kind != "procedure"):
        return None
    return tuple(
        tree.EntryColumn(
            name=name or f"column{at}",
            type=_resolve_output(catalog, function, declared, argument_types),
            dimensions=dimensions,
        )
        for at, (declared, name, dimensions) in enumerate(outputs, 1)
    )


def _resolve_output(
    catalog: Catalog, function: Function, declared: int, argument_types: tuple[int, ...]
) -> int:
    if not is_polymorphic(declared):
        return declared
    given = function.arguments[: len(argument_types)]
    return enforce_generic_type_consistency(catalog, argument_types, given, declared).result


def expand_record_variable(catalog: Catalog, var: tree.Var) -> tuple[tree.EntryColumn, ...] | None:
    """The columns behind a variable of type record; None where nothing tells them."""
    entry = var.entry
    if var.number == 0:
        return entry.columns
    if entry.kind == "subquery" and entry.subquery is not None:
        return _of_expression(catalog, entry.subquery.output[var.number - 1].expr)
    if entry.kind == "join" and entry.join_vars:
        return _of_expression(catalog, entry.join_vars[var.number - 1])
    if entry.kind == "cte" and entry.cte is not None and entry.cte.query is not None:
        outputs = entry.cte.query.output
        if var.number <= len(outputs):
            return _of_expression(catalog, outputs[var.number - 1].expr)
    return None


def _of_expression(catalog: Catalog, expr: tree.Expr) -> tuple[tree.EntryColumn, ...] | None:
    if isinstance(expr, tree.Var) and expr.type == oids.RECORD:
        return expand_record_variable(catalog, expr)
    return get_expr_result_type(catalog, expr).columns


def row_columns(catalog: Catalog, expr: tree.Expr) -> tuple[tree.EntryColumn, ...] | None:
    """The columns of any row-valued expression; None when it is no row or an unknown one."""
    return _of_expression(catalog, expr)
