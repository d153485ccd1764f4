"""Where a set-returning function may be called (manual 36.5.10, 7.2.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.state.expr_kinds import EXPR_KIND_NAMES, PLURAL_NAMES
from sqlwright.analysis.tree.traversal import returns_set

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ExprKind, ParseState
    from sqlwright.sql import nodes

    Where = nodes.Node | tree.Expr | tuple[int, int] | None

_ALLOWED: frozenset[ExprKind] = frozenset(
    {
        "window partition",
        "window order",
        "select target",
        "insert target",
        "group by",
        "order by",
        "distinct on",
        "values single",
    }
)
_UNCHECKED: frozenset[ExprKind] = frozenset({"none", "other"})

_BY_NAME: tuple[ExprKind, ...] = (
    "where",
    "having",
    "filter",
    "update source",
    "update target",
    "limit",
    "offset",
    "returning",
    "merge returning",
    "values",
    "cycle mark",
)
_FRAMES: tuple[ExprKind, ...] = (
    "window frame range",
    "window frame rows",
    "window frame groups",
)
_CLAUSES: dict[ExprKind, str] = (
    PLURAL_NAMES
    | {kind: EXPR_KIND_NAMES[kind] for kind in _BY_NAME}
    | dict.fromkeys(_FRAMES, "window definitions")
    | {"from subselect": "FROM"}
)


def check_srf_call_placement(state: ParseState, inner: tree.Expr | None, where: Where) -> None:
    """Refuse a set-returning call where its place does not take one (0A000).

    `inner` is a set-returning call inside its arguments, which FROM does not take.
    """
    kind = state.expr_kind
    if kind in _UNCHECKED:
        return
    if kind == "from function":
        if inner is not None:
            state.error(
                "misplaced-set-returning",
                "set-returning functions must appear at top level of FROM",
                inner,
                sqlstate="0A000",
            )
    elif kind in _ALLOWED:
        state.has_set_returning = True
    else:
        state.error(
            "misplaced-set-returning",
            f"set-returning functions are not allowed in {_CLAUSES[kind]}",
            where,
            sqlstate="0A000",
            help="call it in FROM instead, with LATERAL if it needs columns of other items",
        )


def mark_set_returning(state: ParseState, call: tree.FuncCall | tree.OpCall) -> tree.Expr:
    """Note that a set-returning call was made, and mark it where it stands in a target list."""
    result: tree.Expr = call
    if state.expr_kind != "from function":
        result = tree.SetReturning(
            type=call.type, modifier=call.modifier, call=call, start=call.start, end=call.end
        )
    state.last_set_returning = result
    return result


def inner_set_returning(args: tuple[tree.Expr, ...]) -> tree.Expr | None:
    """A set-returning call among the arguments of a call, at the same query level."""
    return next((each for each in args if returns_set(each)), None)


def refuse_set_returning_inside(
    state: ParseState, before: tree.Expr | None, construct: str
) -> None:
    """Refuse a set-returning call inside CASE or COALESCE (0A000). `before` is the one that had
    been seen last when the construct began.
    """
    inner = state.last_set_returning
    if inner is before or inner is None:
        return
    state.error(
        "misplaced-set-returning",
        f"set-returning functions are not allowed in {construct}",
        inner,
        sqlstate="0A000",
        hint="You might be able to move the set-returning function into a LATERAL FROM item.",
    )
