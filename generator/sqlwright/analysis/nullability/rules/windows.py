"""Window functions, and aggregates over a window frame (manual 9.22, 4.2.8)."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, all_of, maybe, never
from sqlwright.analysis.nullability.judging import Judge, judges
from sqlwright.analysis.nullability.logic.outcomes import TRUE
from sqlwright.analysis.nullability.rules.aggregates import collected_elements
from sqlwright.analysis.nullability.rules.elements import of_call
from sqlwright.catalog.identity import is_function, is_own
from sqlwright.catalog.nulls import aggregate_nulls, aggregate_value_positions, function_nulls

_BEFORE = ("unbounded preceding", "preceding", "current row")
_AFTER = ("current row", "following", "unbounded following")


@judges(tree.WindowCall)
def window_call(judge: Judge, expr: tree.WindowCall, scope: Scope) -> Verdict:
    """The verdict on a window function's value for a row. Its arguments are evaluated on other
    rows of the partition too, of which a branch of CASE around the call has assumed nothing."""
    anywhere = scope.for_any_row()
    if expr.function.kind == "aggregate":
        return _aggregate(judge, expr, scope, anywhere)
    found = _value(judge, expr, anywhere)
    elements = of_call(judge, expr.function, dict(enumerate(expr.args)), anywhere)
    return found.with_elements(elements)


def _value(judge: Judge, expr: tree.WindowCall, anywhere: Scope) -> Verdict:
    """The verdict on what a function that is only for windows takes from another row."""
    span = span_of(expr, anywhere)
    name = expr.function.name
    arguments = judge.verdicts(expr.args, anywhere)
    if not is_own(expr.function):
        return maybe(f"{name}() may yield NULL", span)
    if is_function(expr.function, "lag", "lead") and len(arguments) == 3:
        return all_of(proof_rules.LAG_DEFAULT, f"{name}() with a default", span, arguments)
    if is_function(expr.function, "first_value", "last_value") and holds_current_row(expr.window):
        return all_of(
            proof_rules.FRAME, f"{name}() of a frame that holds the current row", span, arguments
        )
    nulls = function_nulls(judge.catalog, expr.function.oid)
    if nulls.when == "never":
        return never(proof_rules.NEVER_NULL, f"{name}() never yields NULL", span)
    if nulls.when == "arguments":
        return all_of(proof_rules.STRICT, f"{name}()", span, arguments)
    return maybe(f"{name}() may find no row to take its value from", span)


def _aggregate(judge: Judge, expr: tree.WindowCall, current: Scope, scope: Scope) -> Verdict:
    span = span_of(expr, scope)
    name = expr.function.name
    when = aggregate_nulls(judge.catalog, expr.function.oid)
    if when == "never":
        return never(proof_rules.NEVER_NULL, f"{name}() never yields NULL", span)
    if when == "maybe":
        return maybe(f"{name}() may yield NULL", span)
    inside = scope
    if expr.filter is not None:
        inside = scope.assuming(judge.logic.true_facts(expr.filter), expr.filter, TRUE)
    # What skips NULLs has a value if only the current row, which the frame holds, has one.
    arguments = judge.verdicts(expr.args, current)
    elements = collected_elements(judge, expr, inside)
    if expr.filter is not None:
        text = f"{name}() is NULL when its FILTER drops every row"
        return maybe(text, span).with_elements(elements)
    if not holds_current_row(expr.window):
        return maybe(f"{name}() over a frame that may be empty", span).with_elements(elements)
    what = f"{name}() over a frame that holds the current row"
    if when == "no rows":
        return never(proof_rules.FRAME, what, span).with_elements(elements)
    positions = aggregate_value_positions(judge.catalog, expr.function.oid)
    deciding = [arguments[at] for at in positions if at < len(arguments)] or arguments
    return all_of(proof_rules.FRAME, what, span, deciding)


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
