"""Subqueries in expressions (manual 4.2.11, 9.24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.rows import (
    make_row_comparison_op,
    split_comparison,
    transform_row_expr,
)
from sqlwright.analysis.state.dispatch import parse_sub_analyze, transform_expr_recurse, transforms
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ExprKind, ParseState

_NO_SUBQUERY: dict[ExprKind, str] = {
    "check constraint": "check constraint",
    "column default": "DEFAULT expression",
    "function default": "DEFAULT expression",
    "index expression": "index expression",
    "index predicate": "index predicate",
    "statistics expression": "statistics expression",
    "alter column transform": "transform expression",
    "execute parameter": "EXECUTE parameter",
    "trigger when": "trigger WHEN condition",
    "partition bound": "partition bound",
    "partition expression": "partition key expression",
    "call argument": "CALL argument",
    "copy where": "COPY FROM WHERE condition",
    "generated column": "column generation expression",
}


@transforms(nodes.SubLink)
def transform_sub_link(state: ParseState, node: nodes.SubLink) -> tree.SubLink:
    """EXISTS, a scalar subquery, ARRAY(...), and IN, ANY, ALL over a subquery."""
    query = _analysed(state, node)
    if node.kind in ("any", "all"):
        assert node.left is not None
        return _compared(state, node, query, node.kind, node.left, node.operator or ("=",), node)
    if node.kind == "exists":
        type_oid, modifier = oids.BOOL, -1
    else:
        type_oid, modifier = _single_column(state, node, query)
    return tree.SubLink(
        type=type_oid,
        modifier=modifier,
        kind=node.kind,
        query=query,
        start=node.start,
        end=node.end,
    )


def _analysed(state: ParseState, node: nodes.SubLink) -> tree.Query:
    if state.expr_kind in _NO_SUBQUERY:
        state.error(
            "feature-not-supported",
            f"cannot use subquery in {_NO_SUBQUERY[state.expr_kind]}",
            node,
            sqlstate="0A000",
        )
    return parse_sub_analyze(state, node.query)


def _single_column(state: ParseState, node: nodes.SubLink, query: tree.Query) -> tuple[int, int]:
    outputs = query.output
    if len(outputs) != 1:
        state.error(
            "subquery-columns",
            "subquery must return only one column",
            node,
            sqlstate="42601",
            help=f"it returns {len(outputs)}: {', '.join(each.name for each in outputs[:8])}"
            if outputs
            else None,
        )
    expr = outputs[0].expr
    if node.kind != "array":
        return expr.type, expr.modifier
    array = state.catalog.promote_to_array(expr.type)
    if not array:
        state.error(
            "unknown-type",
            f"could not find array type for data type {state.catalog.display_type(expr.type)}",
            node,
            sqlstate="42704",
        )
    return array, expr.modifier


def _compared(
    state: ParseState,
    node: nodes.SubLink,
    query: tree.Query,
    kind: str,
    left: nodes.Expr,
    operator: tuple[str, ...],
    where: nodes.Expr,
) -> tree.SubLink:
    lefthand = transform_expr_recurse(state, left)
    left_items = lefthand.items if isinstance(lefthand, tree.RowExpr) else (lefthand,)
    right_items = tuple(
        tree.SubLinkColumn(
            type=target.expr.type,
            modifier=target.expr.modifier,
            number=number,
            start=start,
            end=end,
        )
        for number, target in enumerate(query.output, 1)
        for start, end in (_written(state, query, target),)
    )
    if len(left_items) != len(right_items):
        much = "many" if len(left_items) < len(right_items) else "few"
        state.error("subquery-columns", f"subquery has too {much} columns", where, sqlstate="42601")
    place = (where.start, where.end)
    test = make_row_comparison_op(state, operator, left_items, right_items, place)
    tests, combine = split_comparison(test)
    return tree.SubLink(
        type=oids.BOOL,
        kind=kind,  # type: ignore[arg-type]
        query=query,
        tests=tests,
        combine=combine,
        operator_name=operator[-1],
        start=where.start,
        end=where.end,
    )


def _written(state: ParseState, query: tree.Query, target: tree.TargetEntry) -> tuple[int, int]:
    """Where a column of a subquery is written by itself: not among those of a star, nor in several
    queries or rows."""
    start, end = target.expr.start, target.expr.end
    alone = query.set_operation is None and not query.values and start >= 0
    if not alone or state.source.text[start:end].endswith("*"):
        return -1, -1
    return start, end


def transform_row_compare_sublink(
    state: ParseState, node: nodes.Operation, sublink: nodes.SubLink
) -> tree.SubLink:
    """`(a, b) op (subquery)`, over a subquery of at most one row (9.25.6)."""
    assert node.left is not None
    query = _analysed(state, sublink)
    return _compared(state, sublink, query, "rowcompare", node.left, node.name, node)


def transform_multi_assign(
    state: ParseState, source: nodes.Expr, count: int
) -> tuple[tree.Expr, ...]:
    """The values that `(a, b, ...) = source` assigns, one for each of `count` targets (UPDATE)."""
    if isinstance(source, nodes.SubLink) and source.kind == "scalar":
        query = _analysed(state, source)
        _check_count(state, len(query.output), count, source)
        sublink = tree.SubLink(
            type=oids.RECORD, kind="multi", query=query, start=source.start, end=source.end
        )
        return tuple(
            tree.RecordPlaceholder(
                type=target.expr.type,
                modifier=target.expr.modifier,
                sublink=sublink,
                number=number,
                start=source.start,
                end=source.end,
            )
            for number, target in enumerate(query.output, 1)
        )
    if not isinstance(source, nodes.Row):
        state.error(
            "feature-not-supported",
            "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression",
            source,
            sqlstate="0A000",
        )
    row = transform_row_expr(state, source, True)
    _check_count(state, len(row.items), count, source)
    return row.items


def _check_count(state: ParseState, found: int, wanted: int, where: nodes.Expr) -> None:
    if found != wanted:
        state.error(
            "row-length-mismatch",
            "number of columns does not match number of values",
            where,
            sqlstate="42601",
        )
