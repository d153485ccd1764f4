"""Calls with OVER (manual 3.5, 4.2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.state.call_placement import check_placement, windowing_error
from sqlwright.analysis.tree.equality import same_syntax, syntax_likeness
from sqlwright.analysis.tree.traversal import not_into_queries, walk
from sqlwright.dataclass import replace
from sqlwright.diagnostics.spelling import did_you_mean, nearest

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.sql import nodes


def contains_window_call(expr: tree.Expr) -> bool:
    """Whether a window function of its own query level occurs in an expression."""
    return _window_call_in(expr) is not None


def _window_call_in(expr: tree.Expr) -> tree.WindowCall | None:
    calls = (part for part in walk(expr, not_into_queries) if isinstance(part, tree.WindowCall))
    return next(calls, None)


def transform_window_func_call(
    state: ParseState, call: tree.WindowCall, over: nodes.WindowDef
) -> tree.WindowCall:
    """Tie a window function to its window: a named one, or one entered for this call.

    Definitions are resolved only once the rest of the query level is, so the window is still empty.
    """
    if state.has_window_calls:
        for arg in call.args:
            nested = _window_call_in(arg)
            if nested is not None:
                windowing_error(state, "window function calls cannot be nested", nested)
    check_placement(state, "window functions", call)
    window = _named_window(state, over) if over.over_name else _new_window(state, over)
    state.has_window_calls = True
    return replace(call, window=window)


def _named_window(state: ParseState, over: nodes.WindowDef) -> tree.Window:
    for definition, window in zip(state.windows, state.resolved_windows, strict=True):
        if definition.name is not None and definition.name == over.ref:
            return window
    known = [definition.name for definition in state.windows if definition.name]
    near = did_you_mean(nearest(over.ref or "", known))
    return state.error(
        "unknown-window",
        f'window "{over.ref}" does not exist',
        over,
        sqlstate="42704",
        help=near
        or f"define it behind the conditions, `WINDOW {over.ref} AS (...)`, or here: `OVER (...)`",
    )


def _new_window(state: ParseState, over: nodes.WindowDef) -> tree.Window:
    """A window defined where it is used; one written before in the same words is the same one."""
    unnamed, wanted = replace(over, name=None), syntax_likeness(over, "name")
    for definition, known in zip(state.windows, state.resolved_windows, strict=True):
        alike = syntax_likeness(definition, "name") == wanted
        if alike and same_syntax(replace(definition, name=None), unnamed):
            return known
    window = tree.Window(name=over.name)
    state.windows.append(over)
    state.resolved_windows.append(window)
    return window
