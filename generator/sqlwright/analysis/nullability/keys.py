"""Structural identity of expressions.

Two expressions with the same key have the same value wherever both are evaluated on one row, so a
fact learnt of one holds for the other. A volatile call never has a key: it may differ each time.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.analysis import tree

Key = tuple[object, ...]


def var_key(entry: tree.RangeTableEntry, number: int, returning: str | None = None) -> Key:
    """The key of a column of a range table entry."""
    return ("column", id(entry), number, returning)


def key_of(expr: tree.Expr) -> Key | None:
    """The key of an expression, None where it has none."""
    match expr:
        case tree.Var():
            return var_key(expr.entry, expr.number, expr.returning)
        case tree.Const():
            return ("constant", expr.type, expr.value)
        case tree.Param():
            return ("parameter", expr.number)
        case tree.SqlValue():
            return ("value", expr.name)
        case tree.Collate():
            return key_of(expr.operand)
        case _:
            parts = _parts(expr)
            return None if parts is None else _combined(*parts)


def _parts(expr: tree.Expr) -> tuple[Key, Iterable[tree.Expr]] | None:
    """What an expression is besides its operands, and these."""
    match expr:
        case tree.FuncCall() if expr.function.volatility != "volatile":
            return ("call", expr.function.oid), expr.args
        case tree.OpCall():
            return ("operator", expr.operator.oid, expr.kind), expr.args
        case tree.Cast():
            return ("cast", expr.type, expr.modifier), (expr.operand,)
        case tree.Coalesce():
            return ("coalesce",), expr.args
        case tree.FieldSelect():
            return ("field", expr.number), (expr.operand,)
        case tree.Subscript() if not expr.is_slice:
            indices = [index for _, index in expr.subscripts if index is not None]
            return ("subscript",), (expr.container, *indices)
        case tree.Aggregate() if not (expr.order or expr.filter or expr.distinct):
            return ("aggregate", expr.function.oid, expr.star, expr.depth), expr.args
        case tree.BoolExpr():
            return ("logic", expr.op), expr.args
        case tree.NullTest():
            return ("null test", expr.negated), (expr.operand,)
        case _:
            return None


def _combined(head: Key, args: Iterable[tree.Expr]) -> Key | None:
    keys = [key_of(arg) for arg in args]
    return None if None in keys else (*head, *keys)
