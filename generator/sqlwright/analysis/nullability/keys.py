"""Structural identity of expressions.

Two expressions with the same key have the same value wherever both are evaluated on one row, so a
fact learnt of one holds for the other. What may differ each time it is evaluated, such as a
volatile call, has a shape, by which PostgreSQL recognises a grouping key, but no key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from sqlwright.analysis import tree
from sqlwright.catalog.extraction import FIRST_USER_OID
from sqlwright.catalog.model import Function, Operator

Key = tuple[object, ...]

_CHANGING = object()
"""Stands in the shape of what may yield another value each time."""

_PLACES = {"start", "end"}

# These stand for a value given from elsewhere, and have no identity of their own.
_PLACEHOLDERS = (tree.SetToDefault, tree.CurrentOf, tree.RecordPlaceholder, tree.SubLinkColumn)


def var_key(entry: tree.RangeTableEntry, number: int, returning: str | None = None) -> Key:
    """The key of a column of a range table entry."""
    return ("column", id(entry), number, returning)


def key_of(expr: tree.Expr) -> Key | None:
    """The key of an expression, None where it has none."""
    shape = shape_of(expr)
    return None if mentions(shape, _changes) else shape


def shape_of(expr: tree.Expr) -> Key:
    """What an expression looks like, without its place in the text."""
    match expr:
        case tree.Var():
            return var_key(expr.entry, expr.number, expr.returning)
        case tree.Const():
            return ("constant", expr.type, expr.value)
        case tree.Param():
            return ("parameter", expr.number)
        case tree.Collate() | tree.CaseTest():
            return shape_of(expr.operand)
        case _ if isinstance(expr, _PLACEHOLDERS):
            return (_CHANGING, id(expr))
        case tree.FuncCall() if expr.function.volatility == "volatile":
            return (_CHANGING, *_contents(expr))
        case tree.OpCall() | tree.ArrayOp() if expr.operator.oid >= FIRST_USER_OID:
            # Nothing keeps the function of a user's operator from being volatile.
            return (_CHANGING, *_contents(expr))
        case _:
            return _contents(expr)


def mentions(key: Key, wanted: Callable[[Key], bool]) -> bool:
    """Whether the key, or that of anything in it, is such a one."""
    return wanted(key) or any(isinstance(part, tuple) and mentions(part, wanted) for part in key)


def holds_subquery(key: Key) -> bool:
    """Whether the expression has a subquery in it: those have no structural identity here."""
    return mentions(key, lambda part: part[:1] == ("SubLink",))


def _changes(key: Key) -> bool:
    return key[:1] == (_CHANGING,)


def _contents(node: Any) -> Key:
    """A node by its kind and all that it holds."""
    held = (getattr(node, each.name) for each in fields(node) if each.name not in _PLACES)
    return (type(node).__name__, *map(_shape, held))


def _shape(value: object) -> object:
    if isinstance(value, tree.Expr):
        return shape_of(value)
    if isinstance(value, tuple):
        return tuple(map(_shape, value))
    if isinstance(value, Function | Operator):
        return value.oid
    if isinstance(value, tree.Query | tree.Window):
        return id(value)
    if isinstance(value, tree.CaseBranch | tree.JsonBehavior):
        return _contents(value)
    return value
