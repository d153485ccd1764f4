"""What LIMIT and OFFSET leave of the rows that come out."""

from __future__ import annotations

from sqlwright.analysis import tree


def all_pass(query: tree.Query) -> bool:
    """Whether LIMIT and OFFSET leave a first row alone."""
    limit = query.limit
    if limit is not None and not _is_all(limit) and not _is_integer(limit, at_least=1):
        return False
    return query.offset is None or _is_integer(query.offset, at_least=0, at_most=0)


def limited_to_one(query: tree.Query) -> bool:
    """Whether LIMIT lets one row through at most."""
    return (
        query.limit is not None
        and not query.with_ties
        and _is_integer(query.limit, at_least=0, at_most=1)
    )


def _is_all(limit: tree.Expr) -> bool:
    """LIMIT ALL, which is NULL."""
    while isinstance(limit, tree.Cast):
        limit = limit.operand
    return isinstance(limit, tree.Const) and limit.value is None


def _is_integer(expr: tree.Expr, *, at_least: int, at_most: int | None = None) -> bool:
    while isinstance(expr, tree.Cast):
        expr = expr.operand
    if not isinstance(expr, tree.Const) or expr.value is None or not expr.value.isdecimal():
        return False
    value = int(expr.value)
    return value >= at_least and (at_most is None or value <= at_most)
