"""Aggregate calls and GROUPING: arguments, level, placement (manual 4.2.7, 9.21).

An aggregate belongs to the innermost query level whose columns it mentions, which may be an outer
one; that level is the one that must allow it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.calls.windows import contains_window_call, transform_window_func_call
from sqlwright.analysis.clauses.grouping_check import parse_check_aggregates
from sqlwright.analysis.clauses.row_clauses import (
    add_target_to_group_list,
    add_target_to_sort_list,
    transform_sort_clause,
)
from sqlwright.analysis.resolution.coerce import coerce_type, select_common_type
from sqlwright.analysis.state.call_placement import check_placement
from sqlwright.analysis.state.dispatch import common_modifier, transform_expr, transforms
from sqlwright.analysis.tree.traversal import not_into_queries, walk
from sqlwright.catalog import oids
from sqlwright.dataclass import replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.model import Function

__all__ = [
    "contains_aggregate",
    "contains_window_call",
    "parse_check_aggregates",
    "transform_aggregate_call",
    "transform_grouping_func",
    "transform_window_func_call",
    "unify_hypothetical_args",
]

_MOST_GROUPING_ARGUMENTS = 31
_LATERAL_HINT = "You might be able to move the set-returning function into a LATERAL FROM item."


def transform_aggregate_call(
    state: ParseState,
    call: tree.Aggregate,
    args: Sequence[tree.Expr],
    order: Sequence[nodes.SortBy],
    distinct: bool,
) -> tree.Aggregate:
    """Complete an aggregate call whose function, result type and FILTER are settled.

    `args` are all arguments as coerced. For an ordered-set aggregate the last of them are those of
    WITHIN GROUP (ORDER BY ...), which sort; the ones before are direct arguments.
    """
    facts = call.function.aggregate
    if facts is not None and facts.kind != "normal":
        split = len(args) - len(order)
        direct, aggregated = tuple(args[:split]), args[split:]
        targets, keys = _ordered_set(state, aggregated, order)
    else:
        direct = ()
        targets, keys = _plain(state, args, order, distinct)
    call = replace(
        call,
        args=tuple(target.expr for target in targets if not target.junk),
        direct_args=direct,
        order=_keyed(targets, keys),
        distinct=distinct,
    )
    return replace(call, depth=check_aggregate_levels(state, call))


def _keyed(targets: list[tree.TargetEntry], keys: list[int]) -> tuple[tree.Expr, ...]:
    by_key = {target.key: target.expr for target in targets}
    return tuple(by_key[key] for key in keys)


def _targets(args: Sequence[tree.Expr]) -> list[tree.TargetEntry]:
    return [tree.TargetEntry(expr=arg, name="", start=arg.start, end=arg.end) for arg in args]


def _ordered_set(
    state: ParseState, args: Sequence[tree.Expr], order: Sequence[nodes.SortBy]
) -> tuple[list[tree.TargetEntry], list[int]]:
    targets = _targets(args)
    keys: list[int] = []
    for at, item in enumerate(order):
        add_target_to_sort_list(state, at, keys, targets, item)
    return targets, keys


def _plain(
    state: ParseState,
    args: Sequence[tree.Expr],
    order: Sequence[nodes.SortBy],
    distinct: bool,
) -> tuple[list[tree.TargetEntry], list[int]]:
    targets = _targets(args)
    keys = transform_sort_clause(state, order, targets, "order by", use_sql99=True)
    if distinct:
        _distinct_arguments(state, targets, keys)
    return targets, keys


def _distinct_arguments(
    state: ParseState, targets: list[tree.TargetEntry], sort_keys: list[int]
) -> None:
    """DISTINCT compares all arguments by sorting, and an ORDER BY may name no others."""
    for target in targets:
        if target.junk and target.key in sort_keys:
            state.error(
                "order-by-not-selected",
                "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list",
                target.expr,
                sqlstate="42P10",
            )
    keys = list(sort_keys)
    for at in range(len(targets)):
        keys = add_target_to_group_list(state, at, keys, targets)
    for target in targets:
        if state.catalog.ordering_operator(target.expr.type) is None:
            state.error(
                "no-ordering-operator",
                "could not identify an ordering operator for type "
                f"{state.catalog.display_type(target.expr.type)}",
                target.expr,
                sqlstate="42883",
                detail="Aggregates with DISTINCT must be able to sort their inputs.",
            )


@transforms(nodes.Grouping)
def transform_grouping_func(state: ParseState, node: nodes.Grouping) -> tree.Grouping:
    """GROUPING(...); that its arguments are grouped by is checked with the whole query."""
    if len(node.args) > _MOST_GROUPING_ARGUMENTS:
        state.error(
            "limit-exceeded",
            "GROUPING must have fewer than 32 arguments",
            node,
            sqlstate="54023",
        )
    args = tuple(transform_expr(state, arg, state.expr_kind) for arg in node.args)
    made = tree.Grouping(type=oids.INT4, args=args, start=node.start, end=node.end)
    return replace(made, depth=check_aggregate_levels(state, made))


# Levels


def check_aggregate_levels(state: ParseState, call: tree.Aggregate | tree.Grouping) -> int:
    """The depth of the query level a call belongs to, having checked that the call may stand
    where it does and that nothing in it may not (check_agglevels_and_constraints).
    """
    depth = _check_arguments(state, call)
    level = state
    while level.depth > depth and level.parent is not None:
        level = level.parent
    level.has_aggregates = True
    if isinstance(call, tree.Aggregate) and (call.distinct or call.order):
        level.has_sorting_aggregates = True
    is_aggregate = isinstance(call, tree.Aggregate)
    check_placement(level, "aggregate functions" if is_aggregate else "grouping operations", call)
    return depth


class _Levels:
    """The innermost levels, of those that can be seen from a call, of what occurs in it."""

    def __init__(self, state: ParseState, parts: Sequence[tree.Expr]) -> None:
        self.variables = -1
        self.aggregates = -1
        self.common_table: tree.CommonTable | None = None
        for part in parts:
            _refuse_inside_aggregate(state, part)
            for each in walk(part):
                if isinstance(each, tree.Var) and each.entry.depth <= state.depth:
                    self.variables = max(self.variables, each.entry.depth)
                elif isinstance(each, _AGGREGATES) and each.depth <= state.depth:
                    self.aggregates = max(self.aggregates, each.depth)
                elif isinstance(each, tree.RangeTableEntry) and each.cte is not None:
                    self._note_common_table(state, each.cte)

    def _note_common_table(self, state: ParseState, cte: tree.CommonTable) -> None:
        known = self.common_table
        if cte.depth <= state.depth and (known is None or cte.depth > known.depth):
            self.common_table = cte


_AGGREGATES = (tree.Aggregate, tree.Grouping)


def _check_arguments(state: ParseState, call: tree.Aggregate | tree.Grouping) -> int:
    parts: list[tree.Expr] = list(call.args)
    direct: tuple[tree.Expr, ...] = ()
    if isinstance(call, tree.Aggregate):
        parts.extend(call.order)
        parts.extend([call.filter] if call.filter is not None else [])
        direct = call.direct_args
    levels = _Levels(state, parts)
    depth = max(levels.variables, levels.aggregates)
    if depth < 0:
        depth = state.depth
    if levels.aggregates == depth:
        _refuse_nested(state, parts, depth)
    nested = levels.common_table
    if nested is not None and nested.depth > depth:
        state.error(
            "feature-not-supported",
            "outer-level aggregate cannot use a nested CTE",
            call,
            sqlstate="0A000",
            detail=f'CTE "{nested.name}" is below the aggregate\'s semantic level.',
        )
    if direct:
        _check_direct_arguments(state, direct, depth)
    return depth


def _check_direct_arguments(state: ParseState, direct: tuple[tree.Expr, ...], depth: int) -> None:
    levels = _Levels(state, direct)
    if levels.variables > depth:
        state.error(
            "misplaced-aggregate",
            "outer-level aggregate cannot contain a lower-level variable in its direct arguments",
            next(
                part
                for each in direct
                for part in walk(each)
                if isinstance(part, tree.Var) and part.entry.depth == levels.variables
            ),
            sqlstate="42803",
        )
    if levels.aggregates >= depth:
        _refuse_nested(state, direct, levels.aggregates)


def _refuse_nested(state: ParseState, parts: Sequence[tree.Expr], depth: int) -> None:
    nested = next(
        part
        for each in parts
        for part in walk(each)
        if isinstance(part, _AGGREGATES) and part.depth == depth
    )
    state.error(
        "misplaced-aggregate",
        "aggregate function calls cannot be nested",
        nested,
        sqlstate="42803",
    )


def _refuse_inside_aggregate(state: ParseState, expr: tree.Expr) -> None:
    """An aggregate takes neither sets of rows nor window functions, save inside subqueries."""
    for part in walk(expr, not_into_queries):
        if isinstance(part, tree.SetReturning) or (
            isinstance(part, tree.FuncCall) and part.function.returns_set
        ):
            state.error(
                "misplaced-set-returning",
                "aggregate function calls cannot contain set-returning function calls",
                part,
                sqlstate="0A000",
                hint=_LATERAL_HINT,
            )
        if isinstance(part, tree.WindowCall):
            state.error(
                "misplaced-window-function",
                "aggregate function calls cannot contain window function calls",
                part,
                sqlstate="42803",
            )


def contains_aggregate(expr: tree.Expr, depth: int) -> bool:
    """Whether an aggregate of that query level occurs in an expression."""
    return any(isinstance(part, _AGGREGATES) and part.depth == depth for part in walk(expr))


# Hypothetical-set aggregates


def unify_hypothetical_args(
    state: ParseState, function: Function, args: Sequence[tree.Expr], aggregated: int
) -> list[tree.Expr]:
    """Give each hypothetical argument and the column it is compared with one type (9.21.3).

    The last `aggregated` arguments are the sorted columns, whose types are preferred.
    """
    unified = list(args)
    direct = len(args) - aggregated
    for at in range(direct - aggregated, direct):
        other = at + aggregated
        declared = function.arguments[min(at, len(function.arguments) - 1)]
        if declared != oids.ANY:
            continue
        pair = [unified[other], unified[at]]
        common = select_common_type(state, pair, "WITHIN GROUP")
        modifier = common_modifier(pair, common)
        for each in (at, other):
            arg = unified[each]
            unified[each] = coerce_type(
                state, arg, arg.type, common, modifier, "implicit", False, None
            )
    return unified
