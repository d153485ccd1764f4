"""Subscripts and field selection: `a[1]`, `j['k']`, `(row).field` (manual 4.2.3, 4.2.4, 8.14.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.calls.functions import parse_func_or_column
from sqlwright.analysis.resolution.coerce import coerce_to_target_type, coerce_type
from sqlwright.analysis.resolution.overloads import can_coerce_type
from sqlwright.analysis.state.dispatch import transform_expr, transform_expr_recurse, transforms
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

    Bounds = tuple[tree.Expr | None, tree.Expr | None]

_MOST_DIMENSIONS = 6
_VECTORS = {oids.INT2VECTOR: oids.INT2_ARRAY, oids.OIDVECTOR: oids.OID_ARRAY}


@transforms(nodes.Indirection)
def transform_indirection(state: ParseState, node: nodes.Indirection) -> tree.Expr:
    """Apply subscripts and field selections from left to right."""
    result = transform_expr_recurse(state, node.operand)
    place = (result.start, result.end)
    pending: list[nodes.SubscriptStep] = []
    for step in node.steps:
        if isinstance(step, nodes.SubscriptStep):
            pending.append(step)
            continue
        if isinstance(step, nodes.StarStep):
            state.error(
                "feature-not-supported",
                'row expansion via "*" is not supported here',
                place,
                sqlstate="0A000",
            )
        result = _subscripted(state, result, pending)
        pending = []
        field = parse_func_or_column(state, (step.name,), [result], [None], None, False, place)
        if field is None:
            unknown_attribute(state, result, step.name, place)
        result = field
    return _subscripted(state, result, pending)


def _subscripted(
    state: ParseState, container: tree.Expr, steps: Sequence[nodes.SubscriptStep]
) -> tree.Expr:
    if not steps:
        return container
    return transform_container_subscripts(
        state, container, container.type, container.modifier, steps, False
    )


def unknown_attribute(
    state: ParseState, row: tree.Expr, name: str, where: tuple[int, int]
) -> NoReturn:
    """Refuse a field that an expression does not have."""
    if isinstance(row, tree.Var) and row.number == 0:
        shown = row.entry.alias or row.entry.name
        state.error(
            "unknown-column", f"column {shown}.{name} does not exist", where, sqlstate="42703"
        )
    if state.catalog.is_composite(row.type):
        state.error(
            "unknown-column",
            f'column "{name}" not found in data type {state.catalog.display_type(row.type)}',
            where,
            sqlstate="42703",
        )
    if row.type == oids.RECORD:
        state.error(
            "unknown-column",
            f'could not identify column "{name}" in record data type',
            where,
            sqlstate="42703",
        )
    state.error(
        "wrong-object-type",
        f"column notation .{name} applied to type {state.catalog.display_type(row.type)}, "
        "which is not a composite type",
        where,
        sqlstate="42809",
    )


def transform_container_type(state: ParseState, type_oid: int, modifier: int) -> tuple[int, int]:
    """The type that subscripts work on: no domain, and arrays for the two vector types."""
    type_oid, modifier = state.catalog.base_type_and_modifier(type_oid, modifier)
    return _VECTORS.get(type_oid, type_oid), modifier


def transform_container_subscripts(
    state: ParseState,
    container: tree.Expr,
    container_type: int,
    container_modifier: int,
    steps: Sequence[nodes.SubscriptStep],
    is_assignment: bool,
) -> tree.Subscript:
    """Subscripts on a value or, when assigning, on a target whose type was looked through already.

    The result's type is that of what the subscripts select, which is also what an assignment needs.
    """
    if not is_assignment:
        container_type, container_modifier = transform_container_type(
            state, container_type, container_modifier
        )
    found = state.catalog.type(container_type)
    is_slice = any(step.is_slice for step in steps)
    subscripts: tuple[Bounds, ...]
    if found.oid == oids.JSONB:
        subscripts = tuple((None, _jsonb_subscript(state, step)) for step in steps)
        result, modifier = oids.JSONB, -1
    elif found.subscriptable and found.element:
        subscripts = _array_subscripts(state, steps, is_slice)
        result = container_type if is_slice else found.element
        modifier = container_modifier
    elif found.subscriptable:
        subscripts = _hstore_subscripts(state, steps)
        result, modifier = oids.TEXT, -1
    else:
        state.error(
            "type-mismatch",
            f"cannot subscript type {state.catalog.display_type(container_type)} because it does "
            "not support subscripting",
            container,
            sqlstate="42804",
        )
    return tree.Subscript(
        type=result,
        modifier=modifier,
        container=container,
        subscripts=subscripts,
        is_slice=is_slice,
        start=container.start,
        end=steps[-1].end,
    )


def _array_subscripts(
    state: ParseState, steps: Sequence[nodes.SubscriptStep], is_slice: bool
) -> tuple[Bounds, ...]:
    """In a slice, a plain subscript counts as the slice from 1."""
    found: list[Bounds] = []
    for step in steps:
        lower: tree.Expr | None = None
        if step.is_slice:
            lower = None if step.lower is None else _array_subscript(state, step.lower)
        elif is_slice:
            lower = tree.Const(type=oids.INT4, value="1")
        upper = step.upper if step.is_slice else _index(step)
        found.append((lower, None if upper is None else _array_subscript(state, upper)))
    if len(found) > _MOST_DIMENSIONS:
        state.error(
            "limit-exceeded",
            f"number of array dimensions ({len(found)}) exceeds the maximum allowed "
            f"({_MOST_DIMENSIONS})",
            steps[_MOST_DIMENSIONS],
            sqlstate="54000",
        )
    return tuple(found)


def _index(step: nodes.SubscriptStep) -> nodes.Expr | None:
    """What stands between the brackets of a plain subscript, None for a slice."""
    return None if step.is_slice else step.upper or step.lower


def _array_subscript(state: ParseState, node: nodes.Expr) -> tree.Expr:
    return _assigned(state, node, oids.INT4, "array subscript must have type integer")


def _assigned(state: ParseState, node: nodes.Expr, target: int, refusal: str) -> tree.Expr:
    expr = transform_expr(state, node, state.expr_kind)
    coerced = coerce_to_target_type(state, expr, expr.type, target, -1, "assignment", False, None)
    if coerced is None:
        state.error("type-mismatch", refusal, node, sqlstate="42804")
    return coerced


def _jsonb_subscript(state: ParseState, step: nodes.SubscriptStep) -> tree.Expr:
    """A key or an index: what converts to exactly one of text and integer (8.14.5)."""
    index = _index(step)
    if index is None:
        state.error(
            "type-mismatch",
            "jsonb subscript does not support slices",
            step.upper or step.lower or step,
            sqlstate="42804",
        )
    expr = transform_expr(state, index, state.expr_kind)
    target = oids.TEXT
    if expr.type != oids.UNKNOWN:
        fitting = [
            each
            for each in (oids.INT4, oids.TEXT)
            if can_coerce_type(state.catalog, [expr.type], [each], "implicit")
        ]
        if len(fitting) != 1:
            only = "only one type, integer or text" if fitting else "either integer or text"
            state.error(
                "type-mismatch",
                f"subscript type {state.catalog.display_type(expr.type)} is not supported",
                expr,
                sqlstate="42804",
                hint=f"jsonb subscript must be coercible to {only}.",
            )
        target = fitting[0]
    return coerce_type(state, expr, expr.type, target, -1, "implicit", False, None)


def _hstore_subscripts(
    state: ParseState, steps: Sequence[nodes.SubscriptStep]
) -> tuple[Bounds, ...]:
    """A container without an element type: hstore, with one text key (F.17)."""
    first = steps[0]
    index = _index(first)
    if len(steps) != 1 or index is None:
        state.error(
            "feature-not-supported",
            "hstore allows only one subscript",
            first,
            sqlstate="0A000",
        )
    return ((None, _assigned(state, index, oids.TEXT, "hstore subscript must have type text")),)
