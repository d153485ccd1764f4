"""Collations that a statement writes with COLLATE and that contradict each other (manual 23.2.2).

Only those: which collation a column has by itself, and so whether two columns disagree, matters to
running a statement, not to whether it is accepted. A collation goes up from an expression to what
is made of it, as long as that is of a collatable type; where two meet, they must be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import Part, children

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

Written = tree.Collate | None
"""The COLLATE in effect for an expression, None where none is."""


def assign_query_collations(state: ParseState, query: tree.Query, text: str) -> None:
    """Refuse COLLATE clauses that meet and differ (42P21). `text` is that of the statement."""
    if "collate" in text.lower():
        _separately(state, (query,))


def _separately(state: ParseState, parts: Iterable[Part]) -> None:
    """Parts that have nothing to do with one another."""
    for part in parts:
        if isinstance(part, tree.Expr):
            _derive(state, part)
            continue
        _separately(state, children(part))
        if isinstance(part, tree.Query | tree.RangeTableEntry):
            _columns_of_rows(state, part.values)
        if isinstance(part, tree.Query) and part.set_operation is not None:
            _of_operation(state, part.set_operation)


def _columns_of_rows(state: ParseState, rows: Sequence[Sequence[tree.Expr]]) -> None:
    for column in zip(*rows, strict=False):
        _merge(state, [_derive(state, expr) for expr in column])


def _of_operation(state: ParseState, side: tree.SetOperation | tree.Query) -> list[Written]:
    """The collation of each column of a set operation; both sides must agree."""
    if isinstance(side, tree.Query):
        if side.set_operation is not None:
            return _of_operation(state, side.set_operation)
        return [_derive(state, target.expr) for target in side.output]
    left, right = _of_operation(state, side.left), _of_operation(state, side.right)
    return [_merge(state, pair) for pair in zip(left, right, strict=False)]


def _merge(state: ParseState, met: Iterable[Written]) -> Written:
    chosen: Written = None
    for each in met:
        if chosen is None or each is None:
            chosen = chosen or each
        elif _name(each) != _name(chosen):
            state.error(
                "collation-mismatch",
                "collation mismatch between explicit collations"
                f' "{_name(chosen)}" and "{_name(each)}"',
                each,
                sqlstate="42P21",
            )
    return chosen


def _name(clause: tree.Collate) -> str:
    return clause.collation.partition(".")[2]


def _derive(state: ParseState, expr: tree.Expr) -> Written:
    """The collation that an expression passes on."""
    if isinstance(expr, tree.Collate):
        _derive(state, expr.operand)
        return expr
    merged, apart = _split(expr)
    _separately(state, apart)
    found = _merge(state, [_derive(state, each) for each in merged])
    return found if state.catalog.type(expr.type).collatable else None


def _split(expr: tree.Expr) -> tuple[Sequence[tree.Expr], Sequence[Part]]:
    """The parts of an expression whose collations meet in it, and the others."""
    if isinstance(expr, tree.RowExpr | tree.SubLink):
        return (), children(expr)
    if isinstance(expr, tree.Case):
        results = [branch.result for branch in expr.branches]
        if expr.default is not None:
            results.append(expr.default)
        return results, [branch.condition for branch in expr.branches]
    if isinstance(expr, tree.Aggregate):
        rest = [*expr.order, *([] if expr.filter is None else [expr.filter])]
        return (*expr.direct_args, *expr.args), rest
    if isinstance(expr, tree.WindowCall):
        return expr.args, () if expr.filter is None else (expr.filter,)
    parts = children(expr)
    return (
        [part for part in parts if isinstance(part, tree.Expr)],
        [part for part in parts if not isinstance(part, tree.Expr)],
    )
