"""Select lists and RETURNING lists: output columns, their names, and stars spelled out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.omitted_columns import write_out
from sqlwright.analysis.expressions.stars import (
    NamedExpr,
    expand_column_ref_star,
    expand_indirection_star,
    is_star,
    star_item,
)
from sqlwright.analysis.names.column_names import figure_column_name, figure_field_name
from sqlwright.analysis.names.columns import expand_ns_item_vars
from sqlwright.analysis.resolution.coerce import coerce_type
from sqlwright.analysis.state.dispatch import transform_expr
from sqlwright.analysis.state.parameters import awaits_cast, seeded_cast_name
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.dataclass import replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlwright.analysis.state.parse_state import ExprKind, ParseState

__all__ = [
    "expand_column_ref_star",
    "expand_indirection_star",
    "figure_column_name",
    "resolve_target_list_unknowns",
    "transform_expression_list",
    "transform_named_list",
    "transform_target_entry",
    "transform_target_list",
]


def transform_target_entry(
    state: ParseState,
    node: nodes.Expr,
    expr: tree.Expr | None,
    kind: ExprKind,
    name: str | None,
    *,
    junk: bool = False,
) -> tree.TargetEntry:
    """One output column; `expr` where the node has been analysed already."""
    if expr is None:
        expr = transform_expr(state, node, kind)
    if name is None:
        name = "" if junk else seeded_cast_name(state, node) or figure_column_name(node, expr)
    return making.TargetEntry(expr=expr, name=name, junk=junk, start=node.start, end=node.end)


def transform_target_list(
    state: ParseState, targets: Iterable[nodes.Target], kind: ExprKind
) -> list[tree.TargetEntry]:
    """All output columns, in order, stars expanded."""
    entries: list[tree.TargetEntry] = []
    for target in targets:
        if not is_star(target.expr):
            entries.append(transform_target_entry(state, target.expr, None, kind, target.name))
            continue
        columns = _expand(state, target.expr, kind)
        embed = target.expr.relation[-1] if isinstance(target.expr, nodes.Embed) else None
        if state.expand_stars:
            columns = write_out(state, target.expr, columns, len(entries))
        entries.extend(
            making.TargetEntry(
                expr=expr,
                name=name,
                embed=embed,
                start=target.expr.start,
                end=target.expr.end,
            )
            for name, expr in columns
        )
    return entries


def _expand(state: ParseState, node: nodes.Expr, kind: ExprKind) -> list[NamedExpr]:
    if isinstance(node, nodes.ColumnRef):
        return expand_column_ref_star(state, node)
    if isinstance(node, nodes.Embed):
        return list(expand_ns_item_vars(star_item(state, node.relation, node), node))
    assert isinstance(node, nodes.Indirection)
    return expand_indirection_star(state, node, kind)


def transform_expression_list(
    state: ParseState,
    written: Iterable[nodes.Expr],
    kind: ExprKind,
    *,
    allow_default: bool = False,
) -> list[tree.Expr]:
    """The expressions of a row or of a VALUES list; `t.*` among them stands for several."""
    named = transform_named_list(state, written, kind, allow_default=allow_default)
    return [expr for _, expr in named]


def transform_named_list(
    state: ParseState,
    written: Iterable[nodes.Expr],
    kind: ExprKind,
    *,
    allow_default: bool = False,
) -> list[NamedExpr]:
    """The same with the names that they have as fields of a row, empty where nothing tells one."""
    exprs: list[NamedExpr] = []
    for node in written:
        star = is_star(node)
        if star and isinstance(node, nodes.ColumnRef):
            exprs.extend(expand_column_ref_star(state, node))
        elif star and isinstance(node, nodes.Indirection):
            exprs.extend(expand_indirection_star(state, node, kind))
        elif allow_default and isinstance(node, nodes.SetToDefault):
            exprs.append(("", tree.SetToDefault(type=oids.UNKNOWN, start=node.start, end=node.end)))
        else:
            expr = transform_expr(state, node, kind)
            exprs.append((figure_field_name(node, expr), expr))
    return exprs


def resolve_target_list_unknowns(
    state: ParseState, targets: list[tree.TargetEntry]
) -> list[tree.TargetEntry]:
    """Give output columns that are still of unknown type the type text (manual 10.6)."""
    return [
        replace(
            target,
            expr=coerce_type(
                state,
                target.expr,
                oids.UNKNOWN,
                oids.TEXT,
                -1,
                "implicit",
                False,
                (target.expr.start, target.expr.end),
            ),
        )
        if target.expr.type == oids.UNKNOWN and not awaits_cast(state, target.expr)
        else target
        for target in targets
    ]
