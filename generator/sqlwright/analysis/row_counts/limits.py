"""What LIMIT and OFFSET leave of the rows that come out."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.premises.constants import is_null, whole_number


def all_pass(query: tree.Query) -> bool:
    """Whether LIMIT and OFFSET leave a first row alone; LIMIT ALL is NULL."""
    limit = query.limit
    if limit is not None and not is_null(limit) and not _is_integer(limit, at_least=1):
        return False
    return query.offset is None or _is_integer(query.offset, at_least=0, at_most=0)


def limited_to_one(query: tree.Query) -> bool:
    """Whether LIMIT lets one row through at most."""
    return (
        query.limit is not None
        and not query.with_ties
        and _is_integer(query.limit, at_least=0, at_most=1)
    )


def _is_integer(expr: tree.Expr, *, at_least: int, at_most: int | None = None) -> bool:
    value = whole_number(expr)
    if value is None:
        return False
    return value >= at_least and (at_most is None or value <= at_most)
