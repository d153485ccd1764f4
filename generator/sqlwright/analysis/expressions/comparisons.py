"""Operators as written: plain, LIKE, BETWEEN, IS DISTINCT FROM, ANY and ALL over arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.conditionals import make_bool_expr
from sqlwright.analysis.expressions.rows import (
    make_row_comparison_op,
    make_row_distinct_op,
    spanned,
)
from sqlwright.analysis.expressions.sublinks import transform_row_compare_sublink
from sqlwright.analysis.literals.constants import is_null_constant, make_const, negated_literal
from sqlwright.analysis.operators.operators import make_distinct_op, make_op, make_scalar_array_op
from sqlwright.analysis.state.dispatch import transform_expr_recurse, transforms
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState


@transforms(nodes.Operation)
def transform_operation(state: ParseState, node: nodes.Operation) -> tree.Expr:
    """`left op right` and `op right`; two row constructors are compared pair by pair, and a row
    constructor with a subquery column by column.
    """
    literal = negated_literal(node)
    if literal is not None:
        return make_const(state, literal)
    if isinstance(node.left, nodes.Row):
        if isinstance(node.right, nodes.SubLink) and node.right.kind == "scalar":
            return transform_row_compare_sublink(state, node, node.right)
        if isinstance(node.right, nodes.Row):
            return _row_comparison(state, node, node.left, node.right)
    left = None if node.left is None else transform_expr_recurse(state, node.left)
    right = transform_expr_recurse(state, node.right)
    where = (node.operator_start, node.operator_end)
    made = make_op(state, node.name, left, right, where, (node.start, node.end))
    return spanned(made, node)


def _row_comparison(
    state: ParseState, node: nodes.Operation, left: nodes.Row, right: nodes.Row
) -> tree.Expr:
    left_row = transform_expr_recurse(state, left)
    right_row = transform_expr_recurse(state, right)
    assert isinstance(left_row, tree.RowExpr)
    assert isinstance(right_row, tree.RowExpr)
    where = (node.operator_start, node.operator_end)
    made = make_row_comparison_op(state, node.name, left_row.items, right_row.items, where)
    return spanned(made, node)


@transforms(nodes.ArrayOperation)
def transform_array_operation(state: ParseState, node: nodes.ArrayOperation) -> tree.Expr:
    """`left op ANY|ALL (array)` (manual 9.25.3, 9.25.4)."""
    left = transform_expr_recurse(state, node.left)
    array = transform_expr_recurse(state, node.array)
    where = (node.operator_start, node.operator_end)
    made = make_scalar_array_op(state, node.name, node.quantifier == "any", left, array, where)
    return spanned(made, node)


@transforms(nodes.LikeOperation)
def transform_like(state: ParseState, node: nodes.LikeOperation) -> tree.Expr:
    """LIKE, ILIKE and SIMILAR TO are operators; ESCAPE rewrites the pattern first (9.7)."""
    symbol = {"like": "~~", "ilike": "~~*", "similar": "~"}[node.kind]
    start, end = _trimmed(state, (node.left.end, node.pattern.start))
    pattern = node.pattern
    if node.escape is not None or node.kind == "similar":
        name = "similar_to_escape" if node.kind == "similar" else "like_escape"
        escape = () if node.escape is None else (node.escape,)
        pattern = nodes.FuncCall(
            name=("pg_catalog", name),
            args=(node.pattern, *escape),
            start=start,
            end=node.end,
        )
    operation = nodes.Operation(
        name=(f"!{symbol}" if node.negated else symbol,),
        left=node.left,
        right=pattern,
        operator_start=start,
        operator_end=end,
        start=node.start,
        end=node.end,
    )
    return transform_operation(state, operation)


def _trimmed(state: ParseState, where: tuple[int, int]) -> tuple[int, int]:
    """A stretch of the source without the blanks around it."""
    text = state.source.text[where[0] : where[1]]
    start = where[0] + len(text) - len(text.lstrip())
    return start, max(start, where[1] - (len(text) - len(text.rstrip())))


@transforms(nodes.BetweenOperation)
def transform_between(state: ParseState, node: nodes.BetweenOperation) -> tree.Expr:
    """BETWEEN is its two comparisons (9.2), each analysed on its own; SYMMETRIC tries the bounds
    both ways round.
    """
    first = _bounds(node, node.low, node.high)
    if not node.symmetric:
        return spanned(transform_expr_recurse(state, first), node)
    second = _bounds(node, node.high, node.low)
    both = nodes.BoolOperation(
        op="and" if node.negated else "or",
        operands=(first, second),
        start=node.start,
        end=node.end,
    )
    return spanned(transform_expr_recurse(state, both), node)


def _bounds(node: nodes.BetweenOperation, low: nodes.Expr, high: nodes.Expr) -> nodes.BoolOperation:
    where = (node.operand.end, node.low.start)

    def comparison(symbol: str, bound: nodes.Expr) -> nodes.Operation:
        return nodes.Operation(
            name=(symbol,),
            left=node.operand,
            right=bound,
            operator_start=where[0],
            operator_end=where[1],
            start=node.start,
            end=node.end,
        )

    low_symbol, high_symbol = ("<", ">") if node.negated else (">=", "<=")
    return nodes.BoolOperation(
        op="or" if node.negated else "and",
        operands=(comparison(low_symbol, low), comparison(high_symbol, high)),
        start=node.start,
        end=node.end,
    )


@transforms(nodes.DistinctTest)
def transform_distinct(state: ParseState, node: nodes.DistinctTest) -> tree.Expr:
    """IS [NOT] DISTINCT FROM; against a bare NULL it is a plain null test."""
    for tested, other in ((node.left, node.right), (node.right, node.left)):
        if is_null_constant(other):
            return tree.NullTest(
                type=oids.BOOL,
                operand=transform_expr_recurse(state, tested),
                negated=not node.negated,
                row=False,
                start=node.start,
                end=node.end,
            )
    left = transform_expr_recurse(state, node.left)
    right = transform_expr_recurse(state, node.right)
    where = (node.start, node.end)
    if isinstance(left, tree.RowExpr) and isinstance(right, tree.RowExpr):
        made = make_row_distinct_op(state, ("=",), left, right, where)
    else:
        made = make_distinct_op(state, ("=",), left, right, where)
    made = spanned(made, node)
    return make_bool_expr("not", (made,), where) if node.negated else made
