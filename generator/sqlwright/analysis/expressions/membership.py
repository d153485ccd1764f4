"""`IN (a, b, ...)` (manual 9.25.1, 9.25.2) and `IN (sqlc.slice(name))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.conditionals import make_bool_expr
from sqlwright.analysis.expressions.rows import make_row_comparison_op, spanned
from sqlwright.analysis.operators.operators import make_op, make_scalar_array_op
from sqlwright.analysis.resolution.coerce import (
    coerce_to_boolean,
    coerce_to_common_type,
    select_common_type,
)
from sqlwright.analysis.resolution.common_type import verify_common_type
from sqlwright.analysis.state.dispatch import transform_expr_recurse, transforms
from sqlwright.analysis.state.parameters import add_edit_once
from sqlwright.analysis.state.parse_state import TextEdit
from sqlwright.analysis.tree.traversal import contains_vars_of_depth
from sqlwright.catalog import oids
from sqlwright.dataclass import replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState


@transforms(nodes.InList)
def transform_in_list(state: ParseState, node: nodes.InList) -> tree.Expr:
    """An array comparison over the items without column references, if they are several and share
    an array type with the left side; a chain of plain comparisons for the rest.
    """
    if any(isinstance(item, nodes.ParamRef) and item.slice for item in node.items):
        return _slice_membership(state, node)
    left = transform_expr_recurse(state, node.operand)
    items = [transform_expr_recurse(state, item) for item in node.items]
    fixed = [item for item in items if not contains_vars_of_depth(item, state.depth)]
    result: tree.Expr | None = None
    if len(fixed) > 1:
        result = _array_membership(state, node, left, fixed)
        if result is not None:
            left = _as_settled(state, left)
            items = [item for item in items if contains_vars_of_depth(item, state.depth)]
    for item in items:
        comparison = _comparison(state, node, left, item)
        result = (
            comparison
            if result is None
            else make_bool_expr(
                "and" if node.negated else "or", (result, comparison), (node.start, node.end)
            )
        )
    assert result is not None
    return spanned(result, node)


def _as_settled(state: ParseState, left: tree.Expr) -> tree.Expr:
    """The left side for the comparisons left over: a parameter is now what the array made it."""
    if isinstance(left, tree.Param) and left.type == oids.UNKNOWN:
        return replace(left, type=state.parameters.type_of(left.number))
    return left


def _operator(node: nodes.InList) -> tuple[str, ...]:
    return ("<>",) if node.negated else ("=",)


def _keyword(node: nodes.InList) -> tuple[int, int]:
    return (node.operator_start, node.operator_start + len("NOT" if node.negated else "IN"))


def _array_membership(
    state: ParseState, node: nodes.InList, left: tree.Expr, items: list[tree.Expr]
) -> tree.Expr | None:
    catalog = state.catalog
    everything = [left, *items]
    common = select_common_type(state, everything, None)
    if not common or common == oids.RECORD:
        return None
    if not verify_common_type(catalog, common, [each.type for each in everything]):
        return None
    array = catalog.array_type(common)
    if not array:
        return None
    coerced = tuple(coerce_to_common_type(state, item, common, "IN") for item in items)
    values = tree.ArrayExpr(type=array, items=coerced, start=items[0].start, end=items[-1].end)
    return make_scalar_array_op(
        state, _operator(node), not node.negated, left, values, _keyword(node)
    )


def _comparison(
    state: ParseState, node: nodes.InList, left: tree.Expr, item: tree.Expr
) -> tree.Expr:
    where = _keyword(node)
    if isinstance(left, tree.RowExpr) and isinstance(item, tree.RowExpr):
        made = make_row_comparison_op(state, _operator(node), left.items, item.items, where)
    else:
        made = make_op(state, _operator(node), left, item, where)
    return coerce_to_boolean(state, made, "IN")


def _slice_membership(state: ParseState, node: nodes.InList) -> tree.Expr:
    """`x IN (sqlc.slice(ids))` is run as `x = ANY($n::type[])`, NOT IN as `<> ALL`."""
    (marker, *others) = node.items
    if others or not isinstance(marker, nodes.ParamRef):
        state.error(
            "misplaced-slice",
            "sqlc.slice must be the only item of IN (...)",
            next(item for item in node.items if isinstance(item, nodes.ParamRef) and item.slice),
            sqlstate="42601",
            help="combine two tests, x IN (sqlc.slice(...)) OR x IN (...)",
        )
    left = transform_expr_recurse(state, node.operand)
    values = transform_expr_recurse(state, marker)
    made = make_scalar_array_op(
        state, _operator(node), not node.negated, left, values, _keyword(node)
    )
    shown = state.catalog.display_type(state.parameters.type_of(marker.number))
    quantified = "<> ALL" if node.negated else "= ANY"
    add_edit_once(
        state,
        TextEdit(node.operator_start, node.end, f"{quantified}(${marker.number}::{shown})"),
    )
    return spanned(made, node)
