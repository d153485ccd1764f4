"""The SET list of UPDATE, ON CONFLICT DO UPDATE and MERGE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.sublinks import transform_multi_assign
from sqlwright.analysis.names.columns import SYSTEM_COLUMNS
from sqlwright.analysis.state.dispatch import transform_expr
from sqlwright.analysis.statements.assignments import (
    error_no_such_target,
    find_column,
    target_relation,
    transform_assigned_expr,
)
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlwright.analysis.state.parse_state import ParseState

Written = nodes.Assignment | nodes.MultiAssignment


def transform_update_target_list(
    state: ParseState, written: Sequence[Written]
) -> tuple[tree.TargetAssignment, ...]:
    """Analyse all values first, then convert each to its column."""
    sources = [pair for item in written for pair in _transform_item(state, item)]
    return tuple(_assign(state, target, value) for target, value in sources)


def _transform_item(state: ParseState, item: Written) -> list[tuple[nodes.InsertColumn, tree.Expr]]:
    if isinstance(item, nodes.Assignment):
        return [(item.target, _transform_value(state, item.value))]
    saved, state.expr_kind = state.expr_kind, "update source"
    values = transform_multi_assign(state, item.source, len(item.targets))
    state.expr_kind = saved
    return list(zip(item.targets, values, strict=True))


def _transform_value(state: ParseState, node: nodes.Expr) -> tree.Expr:
    if isinstance(node, nodes.SetToDefault):
        return tree.SetToDefault(type=oids.UNKNOWN, start=node.start, end=node.end)
    return transform_expr(state, node, "update source")


def _assign(
    state: ParseState, target: nodes.InsertColumn, value: tree.Expr
) -> tree.TargetAssignment:
    relation = target_relation(state)
    column = find_column(relation, target.name)
    if column is None:
        if target.name in SYSTEM_COLUMNS and relation.kind != "view":
            state.error(
                "system-column",
                f'cannot assign to system column "{target.name}"',
                target,
                sqlstate="0A000",
            )
        assert state.target_item is not None
        qualified = bool(target.steps) and target.name == state.target_item.name
        error_no_such_target(
            state,
            relation,
            target.name,
            target,
            qualified=qualified,
        )
    expr = transform_assigned_expr(state, value, "update target", column, target.steps, target)
    return making.TargetAssignment(column=column, value=expr, whole=not target.steps)
