"""Casts, array constructors and COLLATE (manual 4.2.9, 4.2.10, 4.2.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.types import typename_type_id_and_mod
from sqlwright.analysis.names.collations import check_collation
from sqlwright.analysis.resolution.coerce import (
    coerce_to_common_type,
    coerce_to_target_type,
    select_common_type,
)
from sqlwright.analysis.state.dispatch import common_modifier, transform_expr_recurse, transforms
from sqlwright.analysis.state.parameters import note_cast
from sqlwright.catalog import oids
from sqlwright.catalog.collations import collation_name
from sqlwright.dataclass import replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

_NEVER_SUB_ARRAYS = (oids.INT2VECTOR, oids.OIDVECTOR)


@transforms(nodes.TypeCast)
def transform_type_cast(state: ParseState, node: nodes.TypeCast) -> tree.Expr:
    """A cast in any spelling. An ARRAY[] directly under it is built of the target's elements."""
    target, modifier = typename_type_id_and_mod(state, node.type_name)
    if isinstance(node.operand, nodes.ArrayLiteral):
        operand = _array_under_cast(state, node.operand, target, modifier)
    else:
        if isinstance(node.operand, nodes.FuncCall):
            state.stated_result = (node.operand, target)
        operand = transform_expr_recurse(state, node.operand)
    result = coerce_to_target_type(
        state, operand, operand.type, target, modifier, "explicit", True, node
    )
    if result is None:
        _cannot_cast(state, operand, target, node)
    if isinstance(node.operand, nodes.ParamRef):
        note_cast(state, node.operand, target)
    if (written := len(node.type_name.array_bounds)) > 1:
        result = replace(result, dimensions=written)
    if isinstance(result, tree.Cast | tree.Const) or (
        isinstance(result, tree.RowExpr) and result is not operand
    ):
        return replace(result, start=node.start, end=node.end)
    return result


def _cannot_cast(
    state: ParseState, operand: tree.Expr, target: int, where: nodes.Node | tree.Expr
) -> NoReturn:
    display = state.catalog.display_type
    state.error(
        "cannot-cast",
        f"cannot cast type {display(operand.type)} to {display(target)}",
        where,
        sqlstate="42846",
    )


def _array_under_cast(
    state: ParseState, node: nodes.ArrayLiteral, target: int, modifier: int
) -> tree.Expr:
    array, modifier = state.catalog.base_type_and_modifier(target, modifier)
    element = state.catalog.element_type(array)
    if not element:
        return transform_expr_recurse(state, node)
    return _typed_array(state, node, array, element, modifier)


def _array_items(
    state: ParseState, node: nodes.ArrayLiteral, array: int, element: int, modifier: int
) -> tuple[list[tree.Expr], bool]:
    """The items, and whether they are arrays themselves."""
    items: list[tree.Expr] = []
    nested = False
    for written in node.items:
        if isinstance(written, nodes.ArrayLiteral):
            nested = True
            if array:
                items.append(_typed_array(state, written, array, element, modifier))
            else:
                items.append(transform_array_expr(state, written))
            continue
        item = transform_expr_recurse(state, written)
        items.append(item)
        if item.type not in _NEVER_SUB_ARRAYS and state.catalog.element_type(item.type):
            nested = True
    return items, nested


def _typed_array(
    state: ParseState, node: nodes.ArrayLiteral, array: int, element: int, modifier: int
) -> tree.ArrayExpr:
    """ARRAY[] of a type that a cast dictates: every item is cast explicitly."""
    items, nested = _array_items(state, node, array, element, modifier)
    wanted = array if nested else element
    coerced: list[tree.Expr] = []
    for item in items:
        made = coerce_to_target_type(
            state, item, item.type, wanted, modifier, "explicit", True, None
        )
        if made is None:
            _cannot_cast(state, item, wanted, item)
        coerced.append(made)
    return _array(node, array, element, coerced, nested)


@transforms(nodes.ArrayLiteral)
def transform_array_expr(state: ParseState, node: nodes.ArrayLiteral) -> tree.ArrayExpr:
    """ARRAY[] of the common type of its items."""
    catalog = state.catalog
    items, nested = _array_items(state, node, 0, 0, -1)
    if not items:
        state.error(
            "indeterminate-type",
            "cannot determine type of empty array",
            node,
            sqlstate="42P18",
            hint="Explicitly cast to the desired type, for example ARRAY[]::integer[].",
        )
    common = select_common_type(state, items, "ARRAY")
    element = catalog.element_type(common) if nested else common
    array = common if nested else catalog.array_type(common)
    if not (element and array):
        missing = "element" if nested else "array"
        state.error(
            "unknown-type",
            f"could not find {missing} type for data type {catalog.display_type(common)}",
            node,
            sqlstate="42704",
        )
    coerced = [coerce_to_common_type(state, item, common, "ARRAY") for item in items]
    return _array(node, array, element, coerced, nested)


def _array(
    node: nodes.ArrayLiteral, array: int, element: int, items: list[tree.Expr], nested: bool
) -> tree.ArrayExpr:
    return tree.ArrayExpr(
        type=array,
        modifier=common_modifier(items, array if nested else element),
        items=tuple(items),
        multidimensional=nested,
        start=node.start,
        end=node.end,
    )


@transforms(nodes.Collate)
def transform_collate_clause(state: ParseState, node: nodes.Collate) -> tree.Collate:
    """COLLATE, for types that have collations."""
    operand = transform_expr_recurse(state, node.operand)
    if operand.type != oids.UNKNOWN and not state.catalog.type(operand.type).collatable:
        state.error(
            "type-mismatch",
            f"collations are not supported by type {state.catalog.display_type(operand.type)}",
            node,
            sqlstate="42804",
        )
    check_collation(state, node.collation, node)
    return tree.Collate(
        type=operand.type,
        modifier=operand.modifier,
        operand=operand,
        collation=collation_name(state.catalog, node.collation),
        start=node.start,
        end=node.end,
    )
