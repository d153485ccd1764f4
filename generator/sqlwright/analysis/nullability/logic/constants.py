"""Conditions that are written out."""

from __future__ import annotations

from sqlwright.analysis import tree


def is_true(condition: tree.Expr | None) -> bool:
    """Whether a condition holds always: none at all, or the constant true."""
    return condition is None or is_constant(condition, "t")


def is_constant(expr: tree.Expr, *values: str | None) -> bool:
    """Whether the expression is a boolean constant out of `values`: t, f, or None for NULL."""
    if not isinstance(expr, tree.Const):
        return False
    return (expr.value[:1] if expr.value else None) in values
