"""Refusals of function calls: no such function, not unique, not of the kind the call needs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.calls.assumed import assumed_call, definition_help, may_be_assumed
from sqlwright.analysis.resolution.argument_names import meant_name, misuse_of_names
from sqlwright.analysis.resolution.cast_advice import (
    literal_cast_help,
    quoted_source,
    written_cast,
)
from sqlwright.analysis.resolution.coercion_paths import can_coerce_concrete
from sqlwright.analysis.resolution.function_candidates import (
    FunctionCandidate,
    func_get_candidates,
)
from sqlwright.analysis.resolution.overloads import Candidate, func_match_argtypes
from sqlwright.analysis.resolution.rejections import candidate_notes
from sqlwright.analysis.state.parameters import refuse_conflicting_use
from sqlwright.catalog.similar_names import UNHEARD, Advice, declared_here, similar_function
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.dataclass import replace
from sqlwright.sql import nodes
from sqlwright.sql.lexing.keywords import quote_identifier

if TYPE_CHECKING:
    from sqlwright.analysis.calls.site import CallSite
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Function


_MOST_TO_REORDER = 3
_LONGEST_CALL = 80


# Nothing to call


def no_function(state: ParseState, site: CallSite) -> tree.Expr:
    """42883: no function of that name takes these arguments. Where the configuration lets functions
    be unknown, a call under a cast has the cast's type instead.
    """
    unheard = not state.catalog.functions_named(site.function_name)
    if unheard and state.unknown_functions == "warn" and (made := assumed_call(state, site)):
        return made
    kind = "procedure" if site.procedure else "function"
    call = site.call
    if call is not None and len(call.order) > 1 and not call.within_group:
        hint = (
            "No aggregate function matches the given name and argument types. Perhaps you misplaced"
            " ORDER BY; ORDER BY must appear after all regular arguments of the aggregate."
        )
    else:
        hint = (
            f"No {kind} matches the given name and argument types. You might need to add explicit"
            " type casts."
        )
    candidates = _candidates(state, site)
    advice = Advice(_other_name(state, site, candidates))
    if not any(misuse_of_names(each.item, site.shape) for each in candidates):
        if candidates:
            refuse_conflicting_use(state, site.args, _wanted(site, candidates))
        advice = Advice(
            _other_order(state, site, candidates) or _cast_to_fit(state, site.args, candidates)
        )
    if unheard:
        advice = _similar(state.catalog, site.function_name, len(site.args))
        advice = advice or Advice(_definition_help(state, site))
    elif len(candidates) == 1:
        advice = replace(advice, labels=declared_here(candidates[0].item))
    return state.error(
        "unknown-function",
        f"{kind} {site.signature(state.catalog)} does not exist",
        site.where,
        sqlstate="42883",
        hint=hint,
        notes=_notes(state, site, candidates),
        help=advice.help,
        labels=advice.labels,
        cause=state.catalog.failure("function", site.function_name[-1]),
    )


def _similar(catalog: Catalog, names: tuple[str, ...], arguments: int) -> Advice:
    """The same for all queries that call the function so, which are several more often than not."""
    key = ("similar function", names, arguments)
    return catalog.memo.once(key, similar_function, catalog, names, arguments)


def _definition_help(state: ParseState, site: CallSite) -> str:
    if not may_be_assumed(site):
        return UNHEARD
    return definition_help(".".join(site.function_name), state.unknown_functions)


def _wanted(site: CallSite, candidates: Sequence[Candidate[Function]]) -> tuple[int, ...]:
    """The argument types of the one function that takes so many arguments; none if several do."""
    fitting = [each for each in candidates if len(each.arguments) == len(site.args)]
    return fitting[0].arguments if len(fitting) == 1 else ()


def not_unique(state: ParseState, site: CallSite) -> NoReturn:
    """42725: several functions fit, and none is preferred."""
    kind = "procedure" if site.procedure else "function"
    candidates = _candidates(state, site)
    fitting = func_match_argtypes(state.catalog, site.types, candidates)
    state.error(
        "ambiguous-function",
        f"{kind} {site.signature(state.catalog)} is not unique",
        site.where,
        sqlstate="42725",
        hint=f"Could not choose a best candidate {kind}. You might need to add explicit type "
        "casts.",
        notes=_notes(state, site, candidates),
        help=literal_cast_help(state, site.args, [each.arguments for each in fitting]),
    )


def _candidates(state: ParseState, site: CallSite) -> list[Candidate[Function]]:
    """The functions of the name, those that take the same number of arguments if there are any."""
    found = func_get_candidates(state.catalog, site.function_name, site.shape)
    if found:
        return [Candidate(_passed(each), each.item.function) for each in found]
    return [
        Candidate(each.arguments, each)
        for each in state.catalog.functions_named(site.function_name)
    ]


def _passed(candidate: FunctionCandidate) -> tuple[int, ...]:
    """The types of the arguments that a call passes, without those that it leaves to defaults."""
    return candidate.arguments[: len(candidate.arguments) - candidate.item.defaulted]


def _notes(
    state: ParseState, site: CallSite, candidates: Sequence[Candidate[Function]]
) -> tuple[str, ...]:
    return candidate_notes(
        state.catalog, site.types, candidates, lambda item: misuse_of_names(item, site.shape)
    )


def _other_name(
    state: ParseState, site: CallSite, candidates: Sequence[Candidate[Function]]
) -> str | None:
    """The call with an argument under the name that may have been meant, where that reaches a
    function."""
    meant = meant_name([each.item for each in candidates], site.shape)
    if meant is None or site.call is None:
        return None
    wrong, right = meant
    names = tuple(right if name == wrong else name for name in site.names)
    if not func_get_candidates(state.catalog, site.function_name, replace(site.shape, names=names)):
        return None
    call, source = site.call, state.source.text
    if call.end - call.start > _LONGEST_CALL or "\n" in source[call.start : call.end]:
        return f"its argument {right} may be meant"
    named = (each for each in call.args if isinstance(each, nodes.NamedArg) and each.name == wrong)
    item = next(named)
    marker = source[item.start : item.value.start].rstrip()[-2:]
    behind = source[source.rindex(marker, item.start, item.value.start) : call.end]
    return f"did you mean `{source[call.start : item.start]}{quote_identifier(right)} {behind}`?"


def _other_order(
    state: ParseState, site: CallSite, candidates: Sequence[Candidate[Function]]
) -> str | None:
    """The call with its arguments in an order that fits a candidate."""
    texts = [] if site.names else [quoted_source(state, arg) for arg in site.args]
    if not 2 <= len(texts) <= _MOST_TO_REORDER or None in texts:
        return None
    for order in permutations(range(len(texts))):
        for candidate in candidates:
            if len(candidate.arguments) != len(texts):
                continue
            if all(
                not is_polymorphic(wanted)
                and can_coerce_concrete(state.catalog, site.args[at].type, wanted, "implicit")
                for at, wanted in zip(order, candidate.arguments, strict=True)
            ):
                shown = ", ".join(texts[at] or "" for at in order)
                return f"did you mean `{'.'.join(site.function_name)}({shown})`?"
    return None


def _cast_to_fit(
    state: ParseState, args: Sequence[tree.Expr], candidates: Sequence[Candidate[Function]]
) -> str | None:
    """The one cast that would make the call fit a candidate, if there is one."""
    for candidate in candidates:
        if len(candidate.arguments) != len(args):
            continue
        pairs = list(zip(args, candidate.arguments, strict=True))
        if any(is_polymorphic(wanted) for _, wanted in pairs):
            continue
        wrong = [
            (arg, wanted)
            for arg, wanted in pairs
            if not can_coerce_concrete(state.catalog, arg.type, wanted, "implicit")
        ]
        if len(wrong) == 1:
            cast = written_cast(state, *wrong[0])
            if cast is not None:
                return f"write an explicit cast: {cast}"
    return None


# The wrong kind of routine


def check_routine_kind(state: ParseState, site: CallSite, function: Function | None) -> None:
    """Only CALL calls procedures, and nothing else. `function` is None where it is a cast."""
    is_procedure = function is not None and function.kind == "procedure"
    if is_procedure == site.procedure:
        return
    kind, verb = ("a", "procedure, use CALL") if is_procedure else ("not a", "function, use SELECT")
    state.error(
        "wrong-object-type",
        f"{site.signature(state.catalog)} is {kind} procedure",
        site.where,
        sqlstate="42809",
        hint=f"To call a {verb}.",
    )


def check_not_aggregate_syntax(state: ParseState, site: CallSite) -> None:
    """A plain function takes no `*`, DISTINCT, ORDER BY, FILTER or OVER (42809)."""
    call = site.call
    if call is None:
        return
    name = ".".join(site.function_name)
    decorations = (
        (call.star, f"{name}(*) specified, but {name} is not an aggregate function"),
        (call.distinct, f"DISTINCT specified, but {name} is not an aggregate function"),
        (call.within_group, f"WITHIN GROUP specified, but {name} is not an aggregate function"),
        (bool(call.order), f"ORDER BY specified, but {name} is not an aggregate function"),
        (call.filter is not None, f"FILTER specified, but {name} is not an aggregate function"),
        (
            call.over is not None,
            f"OVER specified, but {name} is not a window function nor an aggregate function",
        ),
    )
    for present, message in decorations:
        if present:
            wrong_type(state, site, message)


def wrong_type(
    state: ParseState, site: CallSite, message: str, help: str | None = None
) -> NoReturn:
    """42809 at the call."""
    state.error("wrong-object-type", message, site.where, sqlstate="42809", help=help)


def not_supported(
    state: ParseState, site: CallSite, message: str, hint: str | None = None
) -> NoReturn:
    """0A000 at the call."""
    state.error("feature-not-supported", message, site.where, sqlstate="0A000", hint=hint)


def _check_star_needed(
    state: ParseState, site: CallSite, args: Sequence[tree.Expr], within_group: bool
) -> None:
    if not args and not within_group and not (site.call is not None and site.call.star):
        name = ".".join(site.function_name)
        wrong_type(
            state,
            site,
            f"{name}(*) must be used to call a parameterless aggregate function",
            f"write {name}(*)" if name == "count" else None,
        )


def _check_no_set(state: ParseState, site: CallSite, function: Function, what: str) -> None:
    if function.returns_set:
        state.error(
            "invalid-function-definition",
            f"{what} cannot return sets",
            site.where,
            sqlstate="42P13",
        )


def check_aggregate_call(
    state: ParseState, site: CallSite, function: Function, args: Sequence[tree.Expr]
) -> None:
    """What an aggregate call without OVER may not have."""
    _check_star_needed(
        state, site, args, within_group=site.call is not None and site.call.within_group
    )
    _check_no_set(state, site, function, "aggregates")
    if site.names:
        not_supported(state, site, "aggregates cannot use named arguments")


def check_window_call(
    state: ParseState, site: CallSite, function: Function, args: Sequence[tree.Expr]
) -> None:
    """What a window function call may not have."""
    call = site.call
    assert call is not None
    aggregate = function.kind == "aggregate"
    if call.distinct:
        not_supported(state, site, "DISTINCT is not implemented for window functions")
    if aggregate:
        _check_star_needed(state, site, args, within_group=False)
    if call.order:
        not_supported(state, site, "aggregate ORDER BY is not implemented for window functions")
    if not aggregate and call.filter is not None:
        not_supported(state, site, "FILTER is not implemented for non-aggregate window functions")
    if state.last_set_returning is not site.last_set_returning:
        not_supported(
            state,
            site,
            "window function calls cannot contain set-returning function calls",
            "You might be able to move the set-returning function into a LATERAL FROM item.",
        )
    _check_no_set(state, site, function, "window functions")
