"""SQL/JSON constructors, aggregates and the IS JSON predicate (manual 9.16.1, 9.21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis import tree
from sqlwright.analysis.calls.aggregates import transform_aggregate_call
from sqlwright.analysis.calls.windows import transform_window_func_call
from sqlwright.analysis.clauses.row_clauses import transform_where_clause
from sqlwright.analysis.expressions.json_clauses import (
    Returning,
    check_json_coercion,
    coerce_json_func_expr,
    is_string,
    refuse_returning,
    transform_json_constructor_output,
    transform_json_output,
    transform_json_parse_arg,
    transform_json_returning,
    transform_json_value,
)
from sqlwright.analysis.resolution.coerce import coerce_to_specific_type
from sqlwright.analysis.state.dispatch import parse_sub_analyze, transform_expr_recurse, transforms
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.model import Function

_Constructor = Literal["object", "array", "json", "scalar", "serialize"]


def _constructor(
    state: ParseState,
    node: nodes.Expr,
    op: _Constructor,
    args: list[tree.Expr],
    returning: Returning,
    absent_on_null: bool = False,
) -> tree.JsonConstructor:
    check_json_coercion(state, node, returning)
    return tree.JsonConstructor(
        type=returning.type,
        modifier=returning.modifier,
        op=op,
        args=tuple(args),
        absent_on_null=absent_on_null,
        start=node.start,
        end=node.end,
    )


@transforms(nodes.JsonObject)
def transform_json_object_constructor(
    state: ParseState, node: nodes.JsonObject
) -> tree.JsonConstructor:
    """JSON_OBJECT(key: value, ...)."""
    args: list[tree.Expr] = []
    for item in node.items:
        args.append(transform_expr_recurse(state, item.key))
        args.append(transform_json_value(state, "JSON_OBJECT()", item.value))
    returning = transform_json_constructor_output(state, node.returning, args)
    return _constructor(state, node, "object", args, returning, node.absent_on_null)


@transforms(nodes.JsonArray)
def transform_json_array_constructor(state: ParseState, node: nodes.JsonArray) -> tree.Expr:
    """JSON_ARRAY(value, ...), or over a query: a scalar subquery that aggregates its rows."""
    if node.query is not None:
        return _array_of_query(state, node, node.query)
    args = [transform_json_value(state, "JSON_ARRAY()", item) for item in node.items]
    returning = transform_json_constructor_output(state, node.returning, args)
    return _constructor(state, node, "array", args, returning, node.absent_on_null)


def _array_of_query(state: ParseState, node: nodes.JsonArray, query: nodes.Query) -> tree.Expr:
    if len(parse_sub_analyze(state, query).output) != 1:
        state.error(
            "subquery-columns",
            "subquery must return only one column",
            node,
            sqlstate="42601",
        )
    start, end = node.start, node.end
    item = nodes.ColumnRef(fields=("q", "a"), start=start, end=end)
    aggregate = nodes.JsonAggregate(
        key=None,
        value=nodes.JsonValue(expr=item, format=node.format, start=start, end=end),
        absent_on_null=node.absent_on_null,
        returning=node.returning,
        start=start,
        end=end,
    )
    alias = nodes.Alias(name="q", columns=("a",), start=start, end=end)
    rows = nodes.RangeSubselect(query=query, lateral=False, alias=alias, start=start, end=end)
    select = nodes.Select(
        targets=(nodes.Target(expr=aggregate, start=start, end=end),),
        from_=(rows,),
        start=start,
        end=end,
    )
    sublink = nodes.SubLink(kind="scalar", query=select, start=start, end=end)
    return transform_expr_recurse(state, sublink)


@transforms(nodes.JsonParse)
def transform_json_parse(state: ParseState, node: nodes.JsonParse) -> tree.JsonConstructor:
    """JSON(), JSON_SCALAR(), JSON_SERIALIZE()."""
    if node.op == "scalar":
        return _scalar(state, node)
    if node.op == "serialize":
        return _serialize(state, node)
    returning = transform_json_returning(state, node.returning, "JSON()")
    if node.unique:
        arg = transform_json_parse_arg(state, node.value)
        if arg.type != oids.TEXT:
            state.error(
                "type-mismatch",
                "cannot use non-string types with WITH UNIQUE KEYS clause",
                node,
                sqlstate="42804",
            )
    else:
        arg = transform_json_value(state, "JSON()", node.value, "json", returning.type)
    return _constructor(state, node, "json", [arg], returning)


def _scalar(state: ParseState, node: nodes.JsonParse) -> tree.JsonConstructor:
    arg = transform_expr_recurse(state, node.value.expr)
    returning = transform_json_returning(state, node.returning, "JSON_SCALAR()")
    if arg.type == oids.UNKNOWN:
        arg = coerce_to_specific_type(state, arg, oids.TEXT, "JSON_SCALAR")
    return _constructor(state, node, "scalar", [arg], returning)


def _serialize(state: ParseState, node: nodes.JsonParse) -> tree.JsonConstructor:
    arg = transform_json_value(state, "JSON_SERIALIZE()", node.value, "json")
    returning = Returning(oids.TEXT, -1, "json")
    if node.returning is not None:
        returning = transform_json_output(state, node.returning, True)
        if returning.type != oids.BYTEA and not is_string(state, returning.type):
            refuse_returning(
                state,
                node.returning,
                returning,
                "JSON_SERIALIZE()",
                "Try returning a string type or bytea.",
            )
    return _constructor(state, node, "serialize", [arg], returning)


@transforms(nodes.JsonPredicate)
def transform_json_is_predicate(state: ParseState, node: nodes.JsonPredicate) -> tree.JsonPredicate:
    """IS JSON over text, json, jsonb or encoded text."""
    value = nodes.JsonValue(expr=node.operand, format=node.format, start=node.start, end=node.end)
    operand = transform_json_parse_arg(state, value)
    if operand.type not in (oids.TEXT, oids.JSON, oids.JSONB):
        state.error(
            "type-mismatch",
            f"cannot use type {state.catalog.display_type(operand.type)} in IS JSON predicate",
            node,
            sqlstate="42804",
        )
    return tree.JsonPredicate(type=oids.BOOL, operand=operand, start=node.start, end=node.end)


# Aggregates


@transforms(nodes.JsonAggregate)
def transform_json_aggregate(state: ParseState, node: nodes.JsonAggregate) -> tree.Expr:
    """JSON_OBJECTAGG and JSON_ARRAYAGG: the aggregates json_object_agg, json_agg and their like."""
    if node.key is not None:
        construct = "JSON_OBJECTAGG()"
        args = [transform_expr_recurse(state, node.key)]
    else:
        construct = "JSON_ARRAYAGG()"
        args = []
    args.append(transform_json_value(state, construct, node.value))
    returning = transform_json_constructor_output(state, node.returning, args)
    function = _aggregate_function(state, node, returning)
    call = _aggregate_call(state, node, function, tuple(args))
    return coerce_json_func_expr(state, call, returning)


def _aggregate_function(
    state: ParseState, node: nodes.JsonAggregate, returning: Returning
) -> Function:
    name = "jsonb" if returning.format == "jsonb" else "json"
    name += "_object_agg" if node.key is not None else "_agg"
    if node.unique and node.key is not None:
        name += "_unique"
    if node.absent_on_null:
        name += "_strict"
    return state.catalog.functions_named(("pg_catalog", name))[0]


def _aggregate_call(
    state: ParseState,
    node: nodes.JsonAggregate,
    function: Function,
    args: tuple[tree.Expr, ...],
) -> tree.Aggregate | tree.WindowCall:
    condition = transform_where_clause(state, node.filter, "filter", "FILTER")
    if node.over is None:
        aggregate = tree.Aggregate(
            type=function.result,
            function=function,
            args=args,
            filter=condition,
            start=node.start,
            end=node.end,
        )
        return transform_aggregate_call(state, aggregate, args, node.order, False)
    if node.order:
        state.error(
            "feature-not-supported",
            "aggregate ORDER BY is not implemented for window functions",
            node,
            sqlstate="0A000",
        )
    call = tree.WindowCall(
        type=function.result,
        function=function,
        args=args,
        window=tree.Window(name=None),
        filter=condition,
        start=node.start,
        end=node.end,
    )
    return transform_window_func_call(state, call, node.over)
