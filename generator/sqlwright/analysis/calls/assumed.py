"""Calls of functions that the schema files do not define, where the configuration allows them.

A cast on the call says what it returns (`unknown-functions = "warn"`). Nothing is guessed: without
a cast the call is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis import tree
from sqlwright.analysis.names.columns import place
from sqlwright.analysis.resolution.coerce import coerce_type
from sqlwright.catalog import oids
from sqlwright.catalog.model import Function
from sqlwright.catalog.similar_names import UNHEARD
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import Span

if TYPE_CHECKING:
    from sqlwright.analysis.calls.site import CallSite
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.sql import nodes


def assumed_call(state: ParseState, site: CallSite) -> tree.Expr | None:
    """The call with the result that the cast on it states, and a warning; None without a cast, and
    for what only an aggregate or window function could be.
    """
    if site.call is None or state.stated_result is None or not _is_plain(site.call):
        return None
    call, target = state.stated_result
    if call is not site.call:
        return None
    start, end = place(site.where)
    state.warnings.append(
        Diagnostic(
            "unknown-function",
            "warning",
            f"function {site.signature(state.catalog)} does not exist; "
            f"it is taken to return {state.catalog.display_type(target)}",
            (Label(Span(state.source, start, end)),),
            help="define it in a schema file, and its arguments are checked as well",
            sqlstate="42883",
        )
    )
    args = tuple(_as_text(state, arg) for arg in site.args)
    function = Function(
        oid=0,
        schema="",
        name=site.function_name[-1],
        kind="function",
        arguments=tuple(arg.type for arg in args),
        result=target,
    )
    return tree.FuncCall(type=target, function=function, args=args, start=start, end=end)


def _is_plain(call: nodes.FuncCall) -> bool:
    return not (
        call.star
        or call.distinct
        or call.order
        or call.within_group
        or call.filter is not None
        or call.over is not None
    )


def _as_text(state: ParseState, arg: tree.Expr) -> tree.Expr:
    if not isinstance(arg, tree.Const) or arg.type != oids.UNKNOWN:
        return arg
    return coerce_type(state, arg, oids.UNKNOWN, oids.TEXT, -1, "implicit", False, arg)


def may_be_assumed(site: CallSite) -> bool:
    """Whether a cast on a call could say what it returns."""
    return not site.procedure and site.call is not None and _is_plain(site.call)


def definition_help(name: str, unknown_functions: Literal["error", "warn"]) -> str:
    """Advice for a function whose name nothing has and nothing resembles."""
    if unknown_functions == "warn":
        return f"{UNHEARD}, or cast the call to what it returns: {name}(...)::text"
    return (
        f'{UNHEARD}; with unknown-functions = "warn" in the configuration, '
        "a cast of the call will do"
    )
