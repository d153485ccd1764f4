"""Row constructors and comparisons between rows (manual 4.2.13, 9.25)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.conditionals import make_bool_expr
from sqlwright.analysis.expressions.targets import transform_named_list
from sqlwright.analysis.operators.operators import make_distinct_op, make_op
from sqlwright.analysis.state.dispatch import transforms
from sqlwright.analysis.tree.traversal import returns_set
from sqlwright.catalog import oids
from sqlwright.catalog.comparison import BTREE_EQUAL
from sqlwright.dataclass import replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.catalog import Catalog

    Where = tuple[int, int]

_MOST_ENTRIES = 1664
_NOT_EQUAL = 6
_LESS_TO_GREATER = {1: "<", 2: "<=", 4: ">=", 5: ">"}


@transforms(nodes.Row)
def transform_row(state: ParseState, node: nodes.Row) -> tree.RowExpr:
    """ROW(...) where DEFAULT may not stand."""
    return transform_row_expr(state, node, False)


def transform_row_expr(state: ParseState, node: nodes.Row, allow_default: bool) -> tree.RowExpr:
    """ROW(...) or (a, b), of type record until something makes a composite type of it. Stars in it
    are expanded.
    """
    named = transform_named_list(state, node.items, state.expr_kind, allow_default=allow_default)
    items = [expr for _, expr in named]
    if len(items) > _MOST_ENTRIES:
        state.error(
            "limit-exceeded",
            f"ROW expressions can have at most {_MOST_ENTRIES} entries",
            node,
            sqlstate="54011",
        )
    return tree.RowExpr(
        type=oids.RECORD,
        items=tuple(items),
        labels=tuple(name for name, _ in named),
        start=node.start,
        end=node.end,
    )


def make_row_comparison_op(
    state: ParseState,
    operator: tuple[str, ...],
    left: Sequence[tree.Expr],
    right: Sequence[tree.Expr],
    where: Where,
) -> tree.Expr:
    """Compare two lists of equal length pair by pair.

    `=` and `<>` combine the pairs by AND and OR; the ordering operators make a RowCompare, for
    which all pairs need operators of btree families (9.25.5).
    """
    _check_lengths(state, left, right, where)
    if not left:
        state.error(
            "feature-not-supported", "cannot compare rows of zero length", where, sqlstate="0A000"
        )
    pairs = [
        _comparison(state, operator, each_left, each_right, where)
        for each_left, each_right in zip(left, right, strict=True)
    ]
    if len(pairs) == 1:
        return pairs[0]
    meanings = [_interpretations(state.catalog, pair.operator.oid) for pair in pairs]
    shared = set.intersection(*({meaning for _, meaning in each} for each in meanings))
    if not shared:
        state.error(
            "feature-not-supported",
            f"could not determine interpretation of row comparison operator {operator[-1]}",
            where,
            sqlstate="0A000",
            hint="Row comparison operators must be associated with btree operator families.",
        )
    meaning = min(shared)
    if meaning in (BTREE_EQUAL, _NOT_EQUAL):
        return make_bool_expr("and" if meaning == BTREE_EQUAL else "or", tuple(pairs), where)
    return tree.RowCompare(
        type=oids.BOOL,
        op=_LESS_TO_GREATER[meaning],
        operators=tuple(pair.operator for pair in pairs),
        left=tuple(pair.args[0] for pair in pairs),
        right=tuple(pair.args[1] for pair in pairs),
        start=where[0],
        end=where[1],
    )


def _check_lengths(
    state: ParseState, left: Sequence[tree.Expr], right: Sequence[tree.Expr], where: Where
) -> None:
    if len(left) != len(right):
        state.error(
            "row-length-mismatch",
            "unequal number of entries in row expressions",
            where,
            sqlstate="42601",
        )


def _comparison(
    state: ParseState, operator: tuple[str, ...], left: tree.Expr, right: tree.Expr, where: Where
) -> tree.OpCall:
    pair = make_op(state, operator, left, right, where)
    assert isinstance(pair, tree.OpCall)
    if pair.type != oids.BOOL:
        state.error(
            "type-mismatch",
            "row comparison operator must yield type boolean, not type "
            f"{state.catalog.display_type(pair.type)}",
            where,
            sqlstate="42804",
        )
    if state.last_set_returning is not None and returns_set(pair):
        state.error(
            "type-mismatch",
            "row comparison operator must not return a set",
            where,
            sqlstate="42804",
        )
    return pair


def _interpretations(catalog: Catalog, operator: int) -> list[tuple[int, int]]:
    """The btree families an operator belongs to and the strategy it plays there; an operator that
    is in none may be the negator of a family's `=`.
    """
    found = [
        (member.family, member.strategy)
        for member in catalog.family_members(operator)
        if member.method == "btree"
    ]
    negator = catalog.operator(operator).negator
    if found or not negator:
        return found
    return [
        (member.family, _NOT_EQUAL)
        for member in catalog.family_members(negator)
        if member.method == "btree" and member.strategy == BTREE_EQUAL
    ]


def make_row_distinct_op(
    state: ParseState,
    operator: tuple[str, ...],
    left: tree.RowExpr,
    right: tree.RowExpr,
    where: Where,
) -> tree.Expr:
    """IS DISTINCT FROM between two row constructors: whether any pair is distinct."""
    _check_lengths(state, left.items, right.items, where)
    pairs = tuple(
        make_distinct_op(state, operator, each_left, each_right, where)
        for each_left, each_right in zip(left.items, right.items, strict=True)
    )
    if not pairs:
        return tree.Const(type=oids.BOOL, value="false", start=where[0], end=where[1])
    return pairs[0] if len(pairs) == 1 else make_bool_expr("or", pairs, where)


def spanned(expr: tree.Expr, node: nodes.Node) -> tree.Expr:
    """An expression placed where a syntax node stands."""
    if expr.start == node.start and expr.end == node.end:
        return expr
    return replace(expr, start=node.start, end=node.end)


Combination = Literal["and", "or", "row"]


def split_comparison(expr: tree.Expr) -> tuple[tuple[tree.Expr, ...], Combination]:
    """A row comparison as its pairs and how they combine."""
    if isinstance(expr, tree.RowCompare):
        return (expr,), "row"
    if isinstance(expr, tree.BoolExpr) and expr.op in ("and", "or"):
        return expr.args, "or" if expr.op == "or" else "and"
    return (expr,), "and"
