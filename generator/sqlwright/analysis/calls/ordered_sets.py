"""Ordered-set and hypothetical-set aggregates: how many arguments are direct (manual 4.2.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis.calls.errors import not_supported, wrong_type

if TYPE_CHECKING:
    from sqlwright.analysis.calls.site import CallSite
    from sqlwright.analysis.resolution.function_candidates import FunctionCandidate
    from sqlwright.analysis.state.parse_state import ParseState


def check_aggregate_kind(state: ParseState, site: CallSite, candidate: FunctionCandidate) -> None:
    """Whether the call has the clauses its kind of aggregate or window function needs (42809), and
    the right number of direct arguments (42883).
    """
    function = candidate.item.function
    call = site.call
    name = ".".join(site.function_name)
    within_group = call is not None and call.within_group
    over = call is not None and call.over is not None
    if function.kind == "window":
        if not over:
            wrong_type(
                state,
                site,
                f"window function {name} requires an OVER clause",
                "say over which rows, as in OVER (ORDER BY ...)",
            )
        if within_group:
            wrong_type(state, site, f"window function {name} cannot have WITHIN GROUP")
        return
    aggregate = function.aggregate
    if aggregate is None or aggregate.kind == "normal":
        if within_group:
            wrong_type(
                state,
                site,
                f"{name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP",
            )
        return
    if not within_group:
        wrong_type(state, site, f"WITHIN GROUP is required for ordered-set aggregate {name}")
    if over:
        not_supported(state, site, f"OVER is not supported for ordered-set aggregate {name}")
    _check_direct_arguments(state, site, candidate)


def _ordered_count(site: CallSite) -> int:
    return len(site.call.order) if site.call is not None else 0


def _check_direct_arguments(
    state: ParseState, site: CallSite, candidate: FunctionCandidate
) -> None:
    function, repeated = candidate.item.function, candidate.item.repeated
    aggregate = function.aggregate
    assert aggregate is not None
    name = ".".join(site.function_name)
    ordered = _ordered_count(site)
    direct = len(site.args) - ordered
    wanted = aggregate.direct_arguments
    declared = len(site.args) - (repeated - 1 if repeated > 1 else 0)
    if not function.variadic or wanted < declared:
        if direct != wanted:
            noun = "argument" if wanted == 1 else "arguments"
            _misplaced(
                state,
                site,
                f"There is an ordered-set aggregate {name}, but it requires {wanted} direct"
                f" {noun}, not {direct}.",
            )
    elif aggregate.kind == "hypothetical set":
        if repeated != 2 * ordered:
            _misplaced(
                state,
                site,
                f"To use the hypothetical-set aggregate {name}, the number of hypothetical direct"
                f" arguments (here {repeated - ordered}) must match the number of ordering columns"
                f" (here {ordered}).",
            )
    elif repeated <= ordered:
        noun = "argument" if wanted == 1 else "arguments"
        _misplaced(
            state,
            site,
            f"There is an ordered-set aggregate {name}, but it requires at least {wanted} direct"
            f" {noun}.",
        )


def _misplaced(state: ParseState, site: CallSite, hint: str) -> NoReturn:
    state.error(
        "unknown-function",
        f"function {site.signature(state.catalog)} does not exist",
        site.where,
        sqlstate="42883",
        hint=hint,
    )
