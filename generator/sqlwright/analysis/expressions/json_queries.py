"""JSON_EXISTS, JSON_QUERY, JSON_VALUE, and the columns of JSON_TABLE (manual 9.16.3, 9.16.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.json_clauses import (
    Encoding,
    Returning,
    transform_json_output,
    transform_json_value,
)
from sqlwright.analysis.resolution.coerce import coerce_to_target_type
from sqlwright.analysis.state.dispatch import transform_expr_recurse, transforms
from sqlwright.analysis.tree.traversal import not_into_queries, returns_set, walk
from sqlwright.catalog import oids
from sqlwright.catalog.collations import type_collation
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

_NAMES = {"exists": "JSON_EXISTS", "query": "JSON_QUERY", "value": "JSON_VALUE"}
_DEFAULT_TYPES = {"exists": oids.BOOL, "query": oids.JSONB, "value": oids.TEXT}
_BEHAVIORS = {
    "exists": ("error", "true", "false", "unknown"),
    "query": ("error", "null", "empty array", "empty object", "default"),
    "value": ("error", "null", "default"),
}
_ALLOWED = {
    "exists": "ERROR, TRUE, FALSE, or UNKNOWN is",
    "query": "ERROR, NULL, EMPTY ARRAY, EMPTY OBJECT, or DEFAULT expression is",
    "value": "ERROR, NULL, or DEFAULT expression is",
}
_COLUMNS = {"exists": "EXISTS columns", "query": "formatted columns", "value": "scalar columns"}
_BEHAVIOR_TYPES = {
    "true": oids.BOOL,
    "false": oids.BOOL,
    "unknown": oids.BOOL,
    "empty array": oids.JSONB,
    "empty object": oids.JSONB,
}


@transforms(nodes.JsonQueryCall)
def transform_json_query_call(state: ParseState, node: nodes.JsonQueryCall) -> tree.JsonQueryExpr:
    """A query function over a document."""
    return transform_json_func_expr(state, node)


def transform_json_func_expr(
    state: ParseState,
    node: nodes.JsonQueryCall,
    *,
    context: tree.Expr | None = None,
    column: str | None = None,
) -> tree.JsonQueryExpr:
    """A query function; as a `column` of JSON_TABLE its document is `context`, a row of jsonb."""
    name = _NAMES[node.op]
    _check_clauses(state, node, name, column)
    default: Encoding = "jsonb" if node.op == "query" else None
    if context is None:
        context = transform_json_value(state, name, node.context, default, oids.JSONB)
    path = transform_json_path(state, node.path)
    passing = transform_json_passing_args(state, name, node.passing)
    returning = transform_json_output(state, node.returning, False)
    if not returning.type:
        returning = Returning(_DEFAULT_TYPES[node.op])
    return tree.JsonQueryExpr(
        type=returning.type,
        modifier=returning.modifier,
        op=node.op,
        context=context,
        path=path,
        passing=passing,
        on_empty=transform_json_behavior(state, node.on_empty, returning),
        on_error=transform_json_behavior(state, node.on_error, returning),
        start=node.start,
        end=node.end,
    )


def transform_json_path(state: ParseState, written: nodes.Expr) -> tree.Expr:
    """A path expression, of type jsonpath."""
    path = transform_expr_recurse(state, written)
    coerced = coerce_to_target_type(
        state, path, path.type, oids.JSONPATH, -1, "explicit", False, path
    )
    if coerced is None:
        state.error(
            "type-mismatch",
            "JSON path expression must be of type jsonpath, not of type "
            f"{state.catalog.display_type(path.type)}",
            path,
            sqlstate="42804",
        )
    return coerced


def transform_json_passing_args(
    state: ParseState, construct: str, passing: tuple[nodes.JsonArgument, ...]
) -> tuple[tree.Expr, ...]:
    """The variables of a path."""
    return tuple(
        transform_json_value(state, construct, arg.value, "jsonb", passing=True) for arg in passing
    )


def _check_clauses(
    state: ParseState, node: nodes.JsonQueryCall, name: str, column: str | None
) -> None:
    if node.op != "query" and node.returning is not None and node.returning.format is not None:
        state.error(
            "syntax-error",
            f"cannot specify FORMAT JSON in RETURNING clause of {name}()",
            node.returning.format,
            sqlstate="42601",
        )
    if node.op == "query" and node.omit_quotes and node.wrapper not in (None, "without"):
        state.error(
            "syntax-error",
            "SQL/JSON QUOTES behavior must not be specified when WITH WRAPPER is used",
            node,
            sqlstate="42601",
        )
    for behavior, clause in ((node.on_empty, "ON EMPTY"), (node.on_error, "ON ERROR")):
        if behavior is not None and behavior.kind not in _BEHAVIORS[node.op]:
            where = f' for column "{column}"' if column is not None else ""
            subject = _COLUMNS[node.op] if column is not None else f"{name}()"
            state.error(
                "syntax-error",
                f"invalid {clause} behavior{where}",
                behavior,
                sqlstate="42601",
                detail=f"Only {_ALLOWED[node.op]} allowed in {clause} for {subject}.",
            )


def transform_json_behavior(
    state: ParseState, behavior: nodes.JsonBehavior | None, returning: Returning
) -> tree.JsonBehavior | None:
    """ON EMPTY or ON ERROR; None where the function's own default applies."""
    if behavior is None:
        return None
    default: tree.Expr | None = None
    if behavior.kind == "default":
        assert behavior.default is not None
        default = _default(state, behavior.default, returning)
    elif behavior.kind in _BEHAVIOR_TYPES:
        value = "true" if behavior.kind == "true" else "false"
        default = tree.Const(
            type=_BEHAVIOR_TYPES[behavior.kind],
            value=None if behavior.kind == "unknown" else value,
            start=behavior.start,
            end=behavior.end,
        )
    if default is not None:
        default = _coerced_behavior(state, behavior, default, returning)
    return tree.JsonBehavior(
        kind=behavior.kind, default=default if behavior.kind == "default" else None
    )


def _default(state: ParseState, written: nodes.Expr, returning: Returning) -> tree.Expr:
    expr = transform_expr_recurse(state, written)
    refused = None
    if not _is_valid_default(expr):
        refused = (
            "can only specify a constant, non-aggregate function, or operator expression for "
            "DEFAULT"
        )
    elif any(
        isinstance(part, tree.Var) and part.entry.depth == state.depth
        for part in walk(expr, not_into_queries)
    ):
        refused = "DEFAULT expression must not contain column references"
    elif returns_set(expr):
        refused = "DEFAULT expression must not return a set"
    if refused is not None:
        state.error("type-mismatch", refused, expr, sqlstate="42804")
    _check_default_collation(state, expr, returning)
    return expr


def _check_default_collation(state: ParseState, expr: tree.Expr, returning: Returning) -> None:
    """What DEFAULT gives must have the collation of the result, by COLLATE or by its type."""
    wanted = type_collation(state.catalog, returning.type)
    own = type_collation(state.catalog, expr.type)
    if isinstance(expr, tree.Collate):
        own = expr.collation
    if not (wanted and own) or own == wanted:
        return
    names = [f'"{collation.partition(".")[2]}"' for collation in (own, wanted)]
    state.error(
        "collation-mismatch",
        "collation of DEFAULT expression conflicts with RETURNING clause",
        expr,
        sqlstate="42P21",
        detail=" versus ".join(names),
    )


def _is_valid_default(expr: tree.Expr) -> bool:
    if isinstance(expr, tree.Cast) and expr.method not in ("function", "length"):
        return _is_valid_default(expr.operand)
    if isinstance(expr, tree.Collate):
        return _is_valid_default(expr.operand)
    if isinstance(expr, tree.SetReturning):
        return _is_valid_default(expr.call)
    if isinstance(expr, tree.OpCall):
        return expr.kind == "plain"
    return isinstance(expr, tree.Const | tree.FuncCall | tree.Cast)


def _coerced_behavior(
    state: ParseState, behavior: nodes.JsonBehavior, expr: tree.Expr, returning: Returning
) -> tree.Expr:
    """What a behavior gives, as the RETURNING type. NULL, jsonb and truth values are converted
    only when the query runs.
    """
    if expr.type == returning.type:
        return expr
    catalog = state.catalog
    is_null = isinstance(expr, tree.Const) and expr.value is None
    is_bool = expr.type == oids.BOOL and catalog.base_type(returning.type) != oids.INT4
    if is_null or expr.type == oids.JSONB or is_bool:
        return expr
    is_stringlike = catalog.type_category(returning.type) in ("S", "V")
    coerced = coerce_to_target_type(
        state,
        expr,
        expr.type,
        returning.type,
        returning.modifier,
        "assignment" if is_stringlike else "explicit",
        True,
        behavior,
    )
    if coerced is None:
        target = catalog.display_type(returning.type)
        state.error(
            "cannot-cast",
            f"cannot cast behavior expression of type {catalog.display_type(expr.type)} to "
            f"{target}",
            expr,
            sqlstate="42846",
            hint=f"You will need to explicitly cast the expression to type {target}."
            if behavior.kind == "default"
            else None,
        )
    return coerced
