"""Window functions, and aggregates over a window frame (manual 9.22, 4.2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.verdicts import Verdict, all_of, maybe, never
from sqlwright.catalog.nulls import aggregate_nulls, function_nulls

if TYPE_CHECKING:
    from sqlwright.analysis.nullability.judge import Judge
    from sqlwright.analysis.nullability.scopes import Scope

_BEFORE = ("unbounded preceding", "preceding", "current row")
_AFTER = ("current row", "following", "unbounded following")


def window_call(judge: Judge, expr: tree.WindowCall, scope: Scope) -> Verdict:
    """The verdict on a window function's value for a row."""
    from sqlwright.analysis.nullability.judge import span_of

    span = span_of(expr, scope)
    name = expr.function.name
    arguments = judge.verdicts(expr.args, scope)
    if expr.function.kind == "aggregate":
        return _aggregate(judge, expr, scope, arguments)
    if name in ("lag", "lead") and len(arguments) == 3:
        return all_of(f"{name}() with a default", span, arguments)
    if name in ("first_value", "last_value") and holds_current_row(expr.window):
        return all_of(f"{name}() of a frame that holds the current row", span, arguments)
    nulls = function_nulls(judge.catalog, expr.function.oid)
    if nulls.when == "never":
        return never(f"{name}() never yields NULL", span)
    if nulls.when == "arguments":
        return all_of(f"{name}()", span, arguments)
    return maybe(f"{name}() may find no row to take its value from", span)


def _aggregate(
    judge: Judge, expr: tree.WindowCall, scope: Scope, arguments: list[Verdict]
) -> Verdict:
    from sqlwright.analysis.nullability.judge import span_of

    span = span_of(expr, scope)
    name = expr.function.name
    when = aggregate_nulls(judge.catalog, expr.function.oid)
    if when == "never":
        return never(f"{name}() never yields NULL", span)
    if when == "maybe":
        return maybe(f"{name}() may yield NULL", span)
    if expr.filter is not None:
        return maybe(f"{name}() is NULL when its FILTER drops every row", span)
    if not holds_current_row(expr.window):
        return maybe(f"{name}() over a frame that may be empty", span)
    elements = name != "array_agg" or any(part.nullable for part in arguments)
    if when == "no rows":
        return never(f"{name}() over a frame that holds the current row", span).with_elements(
            elements
        )
    return all_of(f"{name}() over a frame that holds the current row", span, arguments)


def holds_current_row(window: tree.Window) -> bool:
    """Whether the frame of every row surely contains that row. The default frame does."""
    if window.exclude in ("current row", "group"):
        return False
    low, high = window.low, window.high
    # An offset may be so chosen that the frame ends before it starts; only `preceding` at the low
    # end and `following` at the high end keep the current row inside whatever the offset is.
    starts = low is None or low.kind in _BEFORE
    ends = high is None or high.kind in _AFTER
    return starts and ends
