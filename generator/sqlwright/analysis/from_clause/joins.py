"""Joins: ON, USING and NATURAL, the columns a join merges, and what it hides."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.row_clauses import transform_where_clause
from sqlwright.analysis.names.relations import (
    add_range_table_entry_for_join,
    add_range_table_entry_for_sides,
)
from sqlwright.analysis.names.scope import (
    check_name_space_conflicts,
    set_namespace_column_visibility,
    set_namespace_lateral_state,
)
from sqlwright.analysis.operators.operators import make_op
from sqlwright.analysis.resolution.coerce import coerce_to_boolean, coerce_type, select_common_type
from sqlwright.analysis.state.parse_state import NamespaceItem
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

    FromResult = tuple[tree.FromNode, NamespaceItem, list[NamespaceItem]]
    TransformItem = Callable[[ParseState, nodes.FromItem], FromResult]


def transform_join(
    state: ParseState, join: nodes.Join, transform_item: TransformItem
) -> FromResult:
    """Analyse both sides, the condition, and the columns of the result (manual 7.2.1.1)."""
    left_node, left_item, left_space = transform_item(state, join.left)
    set_namespace_lateral_state(left_space, True, join.kind in ("inner", "left"))
    known = len(state.namespace)
    state.namespace.extend(left_space)
    right_node, right_item, right_space = transform_item(state, join.right)
    del state.namespace[known:]
    check_name_space_conflicts(state, left_space, right_space, join.right)
    space = left_space + right_space

    using = _natural_columns(left_item, right_item) if join.natural else join.using
    pairs = _using_pairs(state, join, using, left_item, right_item)
    if using:
        condition: tree.Expr | None = _transform_using(state, pairs, join)
    elif join.on is not None:
        condition = _transform_on(state, join.on, space)
    else:
        condition = None
    if using or join.alias is not None:
        merged = [
            (name, _build_merged_join_var(state, join, left, right))
            for name, (left, right) in zip(using, pairs, strict=True)
        ]
        columns = [*merged, *_remaining(left_item, using), *_remaining(right_item, using)]
        item = add_range_table_entry_for_join(
            state, join.kind, columns, len(merged), join.alias, join
        )
    else:
        item = add_range_table_entry_for_sides(state, join.kind, left_item, right_item)
    left_end = _end_with_alias(join.left)
    behind_left = state.source.text[left_end : join.end]
    node = making.FromJoin(
        kind=join.kind,
        left=left_node,
        right=right_node,
        condition=condition,
        entry=item.entry,
        start=left_end + len(behind_left) - len(behind_left.lstrip()),
        end=join.end,
    )
    return node, item, _visible_after(state, join, item, space, len(using))


def _end_with_alias(item: nodes.FromItem) -> int:
    """Where a FROM item ends; a relation's node is its name alone, its alias follows."""
    alias = None if isinstance(item, nodes.TableSample) else item.alias
    return max(item.end, alias.end) if alias is not None else item.end


def _visible_after(
    state: ParseState,
    join: nodes.Join,
    item: NamespaceItem,
    space: list[NamespaceItem],
    merged: int,
) -> list[NamespaceItem]:
    """An alias hides everything joined; otherwise only the unqualified names are taken over."""
    if join.using_alias is not None:
        using_item = NamespaceItem(
            name=join.using_alias.name,
            entry=item.entry,
            columns=item.columns[:merged],
            variables=item.variables[:merged],
            is_using_alias=True,
        )
        check_name_space_conflicts(state, [using_item], space, join.using_alias)
        space = [*space, using_item]
    if join.alias is not None:
        space = []
    else:
        set_namespace_column_visibility(space, False)
    item.relation_visible = join.alias is not None
    return [*space, item]


def _natural_columns(left: NamespaceItem, right: NamespaceItem) -> tuple[str, ...]:
    names = {column.name for column in right.columns}
    return tuple(column.name for column in left.columns if column.name in names)


def _remaining(item: NamespaceItem, using: tuple[str, ...]) -> list[tuple[str, tree.Expr]]:
    return [
        (column.name, item.shown(number))
        for number, column in enumerate(item.columns, 1)
        if column.name not in using
    ]


def _using_pairs(
    state: ParseState,
    join: nodes.Join,
    using: tuple[str, ...],
    left: NamespaceItem,
    right: NamespaceItem,
) -> list[tuple[tree.Var, tree.Var]]:
    pairs = []
    for at, name in enumerate(using):
        if name in using[:at]:
            state.error(
                "duplicate-column",
                f'column name "{name}" appears more than once in USING clause',
                join,
                sqlstate="42701",
            )
        pairs.append(
            (
                _using_column(state, join, name, left, "left"),
                _using_column(state, join, name, right, "right"),
            )
        )
    return pairs


def _using_place(state: ParseState, join: nodes.Join, name: str) -> tuple[int, int]:
    """Where a name stands in USING; the whole join if it is not written plainly."""
    found = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE).search(
        state.source.text, join.right.end, join.end
    )
    return found.span() if found is not None else (join.start, join.end)


def _using_column(
    state: ParseState, join: nodes.Join, name: str, item: NamespaceItem, side: str
) -> tree.Var:
    number = item.numbers.get(name)
    if number == 0:
        state.error(
            "ambiguous-column",
            f'common column name "{name}" appears more than once in {side} table',
            _using_place(state, join, name),
            sqlstate="42702",
        )
    if number is None:
        near = nearest(name, (column.name for column in item.columns))
        columns = ", ".join(column.name for column in item.columns)
        state.error(
            "unknown-column",
            f'column "{name}" specified in USING clause does not exist in {side} table',
            _using_place(state, join, name),
            sqlstate="42703",
            help=did_you_mean(near) or f"{item.name} has the columns {columns}",
        )
    return item.shown(number)


def _transform_using(
    state: ParseState, pairs: list[tuple[tree.Var, tree.Var]], join: nodes.Join
) -> tree.Expr:
    tests = [
        coerce_to_boolean(state, make_op(state, ("=",), left, right, join), "JOIN/USING")
        for left, right in pairs
    ]
    if len(tests) == 1:
        return tests[0]
    return tree.BoolExpr(
        type=oids.BOOL, op="and", args=tuple(tests), start=join.start, end=join.end
    )


def _transform_on(
    state: ParseState, condition: nodes.Expr, space: list[NamespaceItem]
) -> tree.Expr | None:
    """ON sees the two sides of its own join, and outer query levels, but nothing else in FROM."""
    set_namespace_lateral_state(space, False, True)
    saved, state.namespace = state.namespace, space
    result = transform_where_clause(state, condition, "join on", "JOIN/ON")
    state.namespace = saved
    return result


def _build_merged_join_var(
    state: ParseState, join: nodes.Join, left: tree.Var, right: tree.Var
) -> tree.Expr:
    """The one column that stands for both: of the side that is always present, else COALESCE."""
    common = select_common_type(state, [left, right], "JOIN/USING")
    modifier = _common_modifier([left, right], common)

    def converted(var: tree.Var) -> tree.Expr:
        if var.type != common:
            return coerce_type(state, var, var.type, common, modifier, "implicit", False, join)
        if var.modifier != modifier:
            return tree.Cast(type=common, modifier=modifier, operand=var, method="binary")
        return var

    first, second = converted(left), converted(right)
    if join.kind == "full":
        return tree.Coalesce(type=common, modifier=modifier, args=(first, second))
    if join.kind == "right":
        return second
    if join.kind == "inner" and not isinstance(first, tree.Var) and isinstance(second, tree.Var):
        return second
    return first


def _common_modifier(exprs: list[tree.Var], common: int) -> int:
    modifiers = {expr.modifier if expr.type == common else -1 for expr in exprs}
    return modifiers.pop() if len(modifiers) == 1 else -1
