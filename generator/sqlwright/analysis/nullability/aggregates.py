"""Aggregates: NULL over no rows, over no values, or more often (manual 9.21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.verdicts import Verdict, maybe, never
from sqlwright.catalog.nulls import aggregate_nulls

if TYPE_CHECKING:
    from sqlwright.analysis.nullability.judge import Judge
    from sqlwright.analysis.nullability.scopes import Scope


def aggregate(judge: Judge, expr: tree.Aggregate, scope: Scope) -> Verdict:
    """The verdict on an aggregate call, by the group it is computed over."""
    from sqlwright.analysis.nullability.judge import span_of

    span = span_of(expr, scope)
    name = expr.function.name
    level = scope.level(expr.depth)
    rows = level.before_grouping()
    elements = _elements(judge, expr, rows)
    when = aggregate_nulls(judge.catalog, expr.function.oid)
    if when == "never":
        return never(f"{name}() never yields NULL", span)
    if when == "maybe":
        return maybe(f"{name}() may yield NULL", span)
    if level.empty_group:
        return maybe(f"{name}() over no rows is NULL", span).with_elements(elements)
    if expr.filter is not None:
        return maybe(f"{name}() is NULL when its FILTER drops every row", span).with_elements(
            elements
        )
    for arg in (*expr.direct_args, *(expr.args if when == "no values" else ())):
        found = judge.verdict(arg, rows)
        if found.nullable:
            return maybe(f"{name}() over only NULLs is NULL", span, found)
    return never(f"{name}() over a group, which has rows", span).with_elements(elements)


def _elements(judge: Judge, expr: tree.Aggregate, rows: Scope) -> bool:
    """array_agg collects its argument as it is, NULLs included."""
    if expr.function.name == "array_agg" and len(expr.args) == 1:
        return judge.verdict(expr.args[0], rows).nullable
    return True
