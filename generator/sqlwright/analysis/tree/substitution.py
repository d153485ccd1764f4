"""Expressions with other expressions in the place of columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import columns_in, fields_with_parts
from sqlwright.dataclass import replace

Columns = Callable[[tree.Var], tree.Expr | None]
"""What stands in the place of a column: itself, another expression, or None if nothing can."""


_Node = TypeVar("_Node", tree.Expr, tree.CaseBranch, tree.JsonBehavior)


class _NoPlaceError(Exception):
    """A column of which there is nothing to put in its place."""


def substituted(expr: tree.Expr, columns: Columns) -> tree.Expr | None:
    """The expression with every column replaced; None if that is not possible, as of a column that
    a subquery refers to."""
    try:
        return _expr(expr, columns)
    except _NoPlaceError:
        return None


def _expr(expr: tree.Expr, columns: Columns) -> tree.Expr:
    if isinstance(expr, tree.Var):
        variables = expr.entry.join_vars
        if 0 < expr.number <= len(variables):
            return _expr(variables[expr.number - 1], columns)
        found = columns(expr)
        if found is None:
            raise _NoPlaceError
        return found
    if isinstance(expr, tree.SubLink) and not all(
        _stays(part, columns) for part in columns_in(expr.query)
    ):
        raise _NoPlaceError
    return _node(expr, columns)


def _stays(var: tree.Var, columns: Columns) -> bool:
    variables = var.entry.join_vars
    if not 0 < var.number <= len(variables):
        return columns(var) is var
    return all(_stays(part, columns) for part in columns_in(variables[var.number - 1]))


def _node(node: _Node, columns: Columns) -> _Node:
    changed: dict[str, Any] = {}
    for name in fields_with_parts[type(node)]:
        before = getattr(node, name)
        after = _value(before, columns) if before else before
        if after is not before:
            changed[name] = after
    return replace(node, **changed) if changed else node


def _value(value: object, columns: Columns) -> object:
    if isinstance(value, tree.Expr):
        return _expr(value, columns)
    if isinstance(value, tuple):
        found = tuple(_value(each, columns) for each in value)
        return value if all(a is b for a, b in zip(found, value, strict=True)) else found
    if isinstance(value, tree.CaseBranch):
        return _node(value, columns)
    return _node(value, columns) if isinstance(value, tree.JsonBehavior) else value
