"""Function calls and attribute notation: `f(x)`, `f(row)`, `row.f` (manual 4.2.4, 4.2.6, 10.3).

`parse_func_or_column` follows PostgreSQL's order: column projection where the call looks like one,
then the function, then projection as a last resort. Aggregates and window functions are checked
here and handed to `aggregates`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.calls.aggregates import transform_aggregate_call, unify_hypothetical_args
from sqlwright.analysis.calls.errors import (
    check_aggregate_call,
    check_not_aggregate_syntax,
    check_routine_kind,
    check_window_call,
    no_function,
    not_unique,
)
from sqlwright.analysis.calls.ordered_sets import check_aggregate_kind
from sqlwright.analysis.calls.site import CallSite
from sqlwright.analysis.calls.windows import transform_window_func_call
from sqlwright.analysis.clauses.row_clauses import transform_where_clause
from sqlwright.analysis.names.columns import place
from sqlwright.analysis.names.projection import parse_complex_projection
from sqlwright.analysis.operators.operators import make_fn_arguments
from sqlwright.analysis.resolution.cast_advice import polymorphic_cast_help
from sqlwright.analysis.resolution.coerce import coerce_type
from sqlwright.analysis.resolution.function_candidates import FunctionCandidate
from sqlwright.analysis.resolution.function_lookup import FunctionDetail, func_get_detail
from sqlwright.analysis.resolution.polymorphic import (
    ResolvedTypes,
    enforce_generic_type_consistency,
)
from sqlwright.analysis.state.refusal import RefusalError, raise_at
from sqlwright.analysis.state.set_returning import check_srf_call_placement, mark_set_returning
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.dataclass import replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.names.columns import Where
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.model import Function

MOST_ARGUMENTS = 100


def parse_func_or_column(
    state: ParseState,
    names: tuple[str, ...],
    args: Sequence[tree.Expr],
    arg_names: Sequence[str | None],
    call: nodes.FuncCall | None,
    proc_call: bool,
    where: Where,
    *,
    last_set_returning: tree.Expr | None = None,
) -> tree.Expr | None:
    """Resolve a call, or with `call` None the attribute `args[0].name`.

    `arg_names` has a name or None for each argument, or is empty. Returns None only in attribute
    notation, when there is neither a column nor a function. The main errors are 42883 (no such
    function), 42725 (not unique), 42809 (a procedure, or no aggregate).
    """
    site = CallSite(
        names,
        tuple(args),
        _named_arguments(state, args, arg_names, call),
        call,
        proc_call,
        _transform_filter(state, call),
        last_set_returning if call is not None else state.last_set_returning,
        where,
    )
    projectable = _could_be_projection(state, site)
    if projectable and call is None:
        column = parse_complex_projection(state, names[0], args[0], where)
        if column is not None:
            return column
    detail = _look_up(state, site)
    if detail.candidate is not None:
        return _build_call(state, site, detail.candidate)
    if detail.outcome == "coercion":
        return _build_coercion(state, site, detail.coercion)
    if call is None:
        return None
    if detail.outcome == "ambiguous":
        not_unique(state, site)
    column = parse_complex_projection(state, names[0], args[0], where) if projectable else None
    return column if column is not None else no_function(state, site)


def _look_up(state: ParseState, site: CallSite) -> FunctionDetail:
    if len(site.args) > MOST_ARGUMENTS:
        state.error(
            "limit-exceeded",
            f"cannot pass more than {MOST_ARGUMENTS} arguments to a function",
            site.where,
            sqlstate="54023",
        )
    literal = len(site.args) == 1 and isinstance(site.args[0], tree.Const)
    try:
        return func_get_detail(
            state.catalog, site.function_name, site.types, site.shape, literal=literal
        )
    except RefusalError as refusal:
        raise_at(state, refusal, site.where)


def _build_coercion(state: ParseState, site: CallSite, target: int) -> tree.Expr:
    """A call by the name of a type, `date('2024-01-01')`, which is a cast."""
    check_routine_kind(state, site, None)
    check_not_aggregate_syntax(state, site)
    arg = site.args[0]
    made = coerce_type(state, arg, arg.type, target, -1, "explicit", True, site.where)
    if made is arg or site.call is None:
        return made
    return replace(made, start=site.call.start, end=site.call.end)


def _named_arguments(
    state: ParseState,
    args: Sequence[tree.Expr],
    arg_names: Sequence[str | None],
    call: nodes.FuncCall | None,
) -> tuple[str, ...]:
    names: list[str] = []
    written = () if call is None else call.args
    for at, (arg, name) in enumerate(zip(args, arg_names, strict=False)):
        if name is None:
            if names:
                state.error(
                    "invalid-arguments",
                    "positional argument cannot follow named argument",
                    arg,
                    sqlstate="42601",
                )
        elif name in names:
            state.error(
                "invalid-arguments",
                f'argument name "{name}" used more than once',
                written[at] if at < len(written) else arg,
                sqlstate="42601",
            )
        else:
            names.append(name)
    return tuple(names)


def _transform_filter(state: ParseState, call: nodes.FuncCall | None) -> tree.Expr | None:
    if call is None or call.filter is None:
        return None
    return transform_where_clause(state, call.filter, "filter", "FILTER")


def _could_be_projection(state: ParseState, site: CallSite) -> bool:
    """Whether a call may be meant as `row.name`: one plain argument that is a row."""
    if len(site.args) != 1 or site.procedure or site.names or len(site.function_name) != 1:
        return False
    call = site.call
    if call is not None and (
        call.order
        or call.filter
        or call.star
        or call.distinct
        or call.over is not None
        or call.variadic
    ):
        return False
    given = site.args[0].type
    return given == oids.RECORD or state.catalog.is_composite(given)


def _build_call(state: ParseState, site: CallSite, candidate: FunctionCandidate) -> tree.Expr:
    match = candidate.item
    function = match.function
    check_routine_kind(state, site, function)
    args, actual = site.args, site.types
    if function.kind in ("function", "procedure"):
        check_not_aggregate_syntax(state, site)
    else:
        check_aggregate_kind(state, site, candidate)
        if function.aggregate is not None and function.aggregate.kind == "hypothetical set":
            args = _unify_hypothetical(state, site, function)
            actual = tuple(arg.type for arg in args)
    resolved = _resolve_types(state, site, candidate, actual)
    args = make_fn_arguments(state, args, actual, resolved.arguments)
    if match.repeated and function.variadic != oids.ANY:
        args = _gather_variadic(state, args, match.repeated, site.where)
    _check_variadic_array(state, site, function)
    if function.returns_set:
        last = state.last_set_returning
        inner = last if last is not site.last_set_returning else None
        check_srf_call_placement(state, inner, site.where)
    if function.kind in ("aggregate", "window"):
        return _build_aggregate(state, site, function, resolved.result, args)
    positions: tuple[int, ...] = ()
    if match.positions is not None:
        order = sorted(range(len(args)), key=match.positions.__getitem__)
        args = tuple(args[at] for at in order)
        positions = tuple(match.positions[at] for at in order)
    start, end = place(site.where)
    made = making.FuncCall(
        type=resolved.result,
        function=function,
        args=args,
        variadic=bool(function.variadic)
        and (site.variadic or (bool(match.repeated) and function.variadic != oids.ANY)),
        syntax="sql" if site.call is not None and site.call.sql_syntax else "call",
        defaulted=match.defaulted,
        positions=positions,
        start=start,
        end=end,
    )
    return mark_set_returning(state, made) if function.returns_set else made


def _unify_hypothetical(
    state: ParseState, site: CallSite, function: Function
) -> tuple[tree.Expr, ...]:
    ordered = len(site.call.order) if site.call is not None else 0
    return tuple(unify_hypothetical_args(state, function, site.args, ordered))


def _resolve_types(
    state: ParseState, site: CallSite, candidate: FunctionCandidate, actual: tuple[int, ...]
) -> ResolvedTypes:
    """Settle polymorphic types. Defaults count too: each is of its declared type, so that only
    those that are polymorphic themselves tell nothing.
    """
    count = len(actual)
    defaults = tuple(each for each in candidate.arguments[count:] if not is_polymorphic(each))
    declared = (*candidate.arguments[:count], *defaults)
    try:
        return enforce_generic_type_consistency(
            state.catalog, (*actual, *defaults), declared, candidate.item.function.result
        )
    except RefusalError as refusal:
        refusal.help = refusal.help or polymorphic_cast_help(state, site.args, declared)
        raise_at(state, refusal, site.where)


def _gather_variadic(
    state: ParseState, args: tuple[tree.Expr, ...], repeated: int, where: Where
) -> tuple[tree.Expr, ...]:
    """Put the arguments of an expanded VARIADIC parameter into an array."""
    items = args[len(args) - repeated :]
    element = items[0].type
    array = state.catalog.array_type(element)
    if not array:
        state.error(
            "unknown-type",
            f"could not find array type for data type {state.catalog.display_type(element)}",
            items[0],
            sqlstate="42704",
        )
    gathered = tree.ArrayExpr(type=array, items=items, start=items[0].start, end=items[-1].end)
    return (*args[: len(args) - repeated], gathered)


def _check_variadic_array(state: ParseState, site: CallSite, function: Function) -> None:
    """VARIADIC "any" takes anything, but a written VARIADIC must be followed by an array."""
    if not site.args or not site.variadic or function.variadic != oids.ANY:
        return
    if not state.catalog.base_element_type(site.types[-1]):
        state.error(
            "type-mismatch", "VARIADIC argument must be an array", site.args[-1], sqlstate="42804"
        )


def _build_aggregate(
    state: ParseState,
    site: CallSite,
    function: Function,
    result: int,
    args: tuple[tree.Expr, ...],
) -> tree.Expr:
    start, end = place(site.where)
    call = site.call or nodes.FuncCall(name=site.function_name, start=start, end=end)
    if call.over is None:
        check_aggregate_call(state, site, function, args)
        aggregate = tree.Aggregate(
            type=result,
            function=function,
            args=(),
            filter=site.filter,
            star=call.star,
            start=start,
            end=end,
        )
        return transform_aggregate_call(state, aggregate, args, call.order, call.distinct)
    check_window_call(state, site, function, args)
    window = tree.WindowCall(
        type=result,
        function=function,
        args=args,
        window=tree.Window(name=None),
        filter=site.filter,
        star=call.star,
        start=start,
        end=end,
    )
    return transform_window_func_call(state, window, call.over)
