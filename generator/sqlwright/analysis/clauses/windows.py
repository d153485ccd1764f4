"""WINDOW definitions, resolved once the rest of their query level is analysed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.grouping import transform_group_clause
from sqlwright.analysis.clauses.row_clauses import (
    Targets,
    check_expr_is_var_free,
    keyed_exprs,
    transform_sort_clause,
)
from sqlwright.analysis.resolution.coerce import coerce_to_specific_type
from sqlwright.analysis.resolution.overloads import can_coerce_type
from sqlwright.analysis.state.dispatch import transform_expr
from sqlwright.catalog import oids
from sqlwright.catalog.comparison import sorted_as
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlwright.analysis.state.parse_state import ExprKind, ParseState

_OFFSETS = ("preceding", "following")


def declare_windows(state: ParseState, definitions: Sequence[nodes.WindowDef]) -> None:
    """Enter the definitions of a WINDOW clause, for calls to refer to."""
    state.windows = list(definitions)
    state.resolved_windows = [tree.Window(name=definition.name) for definition in definitions]


def transform_window_definitions(state: ParseState, targets: Targets) -> None:
    """Resolve all definitions of this query level, those written in OVER included."""
    done: dict[str, tree.Window] = {}
    at = 0
    while at < len(state.windows):
        definition, window = state.windows[at], state.resolved_windows[at]
        at += 1
        if definition.name is not None and definition.name in done:
            _error(state, f'window "{definition.name}" is already defined', definition)
        base = _base_window(state, definition, done)
        order = transform_sort_clause(
            state, definition.order, targets, "window order", use_sql99=True
        )
        partition = transform_group_clause(
            state, definition.partition, targets, "window partition", use_sql99=True
        )
        window.partition = keyed_exprs(targets, partition.keys)
        window.order = keyed_exprs(targets, order)
        if base is not None:
            _inherit(state, definition, window, base)
        _transform_frame(state, definition, window)
        if definition.name is not None:
            done[definition.name] = window


def _error(state: ParseState, message: str, where: nodes.Node, hint: str | None = None) -> None:
    state.error("invalid-window", message, where, sqlstate="42P20", hint=hint)


def _base_window(
    state: ParseState, definition: nodes.WindowDef, done: dict[str, tree.Window]
) -> tree.Window | None:
    if definition.ref is None:
        return None
    if definition.ref not in done:
        state.error(
            "unknown-window",
            f'window "{definition.ref}" does not exist',
            definition,
            sqlstate="42704",
            help=did_you_mean(nearest(definition.ref, done)),
        )
    return done[definition.ref]


def _inherit(
    state: ParseState, definition: nodes.WindowDef, window: tree.Window, base: tree.Window
) -> None:
    """A window built on another takes over its partitions and order, and may add only an order."""
    name = definition.ref
    if window.partition:
        _error(state, f'cannot override PARTITION BY clause of window "{name}"', definition)
    window.partition = base.partition
    if window.order and base.order:
        _error(state, f'cannot override ORDER BY clause of window "{name}"', definition)
    if not window.order:
        window.order = base.order
    if base.mode is not None:
        bare = not definition.order and definition.frame is None
        _error(
            state,
            f'cannot copy window "{name}" because it has a frame clause',
            definition,
            "Omit the parentheses in this OVER clause." if bare else None,
        )


def _transform_frame(state: ParseState, definition: nodes.WindowDef, window: tree.Window) -> None:
    frame = definition.frame
    if frame is None:
        return
    bounds = [bound for bound in (frame.low, frame.high) if bound is not None]
    has_offset = any(bound.kind in _OFFSETS for bound in bounds)
    if frame.mode == "range" and has_offset and len(window.order) != 1:
        _error(
            state,
            "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
            definition,
        )
    if frame.mode == "groups" and not window.order:
        _error(state, "GROUPS mode requires an ORDER BY clause", definition)
    window.mode = frame.mode
    window.low = _transform_bound(state, frame, frame.low, window)
    if frame.high is not None:
        window.high = _transform_bound(state, frame, frame.high, window)
    window.exclude = frame.exclude


def _transform_bound(
    state: ParseState, frame: nodes.Frame, bound: nodes.FrameBound, window: tree.Window
) -> tree.FrameBound:
    if bound.offset is None:
        return tree.FrameBound(kind=bound.kind)
    name = frame.mode.upper()
    kinds: dict[str, ExprKind] = {
        "rows": "window frame rows",
        "range": "window frame range",
        "groups": "window frame groups",
    }
    offset = transform_expr(state, bound.offset, kinds[frame.mode])
    wanted = oids.INT8
    if frame.mode == "range":
        wanted = _range_offset_type(state, window.order[0].type, offset)
    offset = coerce_to_specific_type(state, offset, wanted, name)
    check_expr_is_var_free(state, offset, name)
    return tree.FrameBound(kind=bound.kind, offset=offset)


def _range_offset_type(state: ParseState, column_type: int, offset: tree.Expr) -> int:
    """The type a RANGE offset is taken as: what an `in_range` support function of the sorted type
    accepts (manual 36.16.3), the offset's own type or else the sorted type being preferred.
    """
    catalog = state.catalog
    offered = [function.right for function in catalog.range_offset_types(column_type)]
    fitting = [
        type_oid
        for type_oid in offered
        if can_coerce_type(catalog, [offset.type], [type_oid], "implicit")
    ]
    preferred = offset.type if offset.type != oids.UNKNOWN else catalog.base_type(column_type)
    if preferred in fitting:
        return preferred
    if len(fitting) != 1:
        _error_range_offset(state, column_type, offset, known=bool(offered), fits=bool(fitting))
    return fitting[0]


def _error_range_offset(
    state: ParseState, column_type: int, offset: tree.Expr, *, known: bool, fits: bool
) -> NoReturn:
    what = "RANGE with offset PRECEDING/FOLLOWING"
    types = f"column type {state.catalog.display_type(sorted_as(state.catalog, column_type))}"
    hint = None
    if known:
        types += f" and offset type {state.catalog.display_type(offset.type)}"
        hint = "Cast the offset value to an appropriate type."
    message = f"{what} is not supported for {types}"
    if fits:
        message = f"{what} has multiple interpretations for {types}"
        hint = "Cast the offset value to the exact intended type."
    state.error("invalid-window", message, offset, sqlstate="0A000", hint=hint)
