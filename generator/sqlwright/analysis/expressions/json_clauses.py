"""The clauses that SQL/JSON functions share: input values, FORMAT, RETURNING (manual 9.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.types import typename_type_id_and_mod
from sqlwright.analysis.resolution.coerce import (
    coerce_to_specific_type,
    coerce_to_target_type,
    coerce_type,
)
from sqlwright.analysis.state.dispatch import transform_expr_recurse
from sqlwright.catalog import oids
from sqlwright.dataclass import dataclass
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlwright.analysis.state.parse_state import ParseState

Encoding = Literal["json", "jsonb"] | None
"""How a value is or is to be represented; None leaves it to the value's own type."""

_JSON_TYPES = (oids.JSON, oids.JSONB)
_PASSED_AS_THEY_ARE = frozenset(
    {
        oids.BOOL,
        oids.NUMERIC,
        oids.INT2,
        oids.INT4,
        oids.INT8,
        oids.FLOAT4,
        oids.FLOAT8,
        oids.TEXT,
        oids.VARCHAR,
        oids.DATE,
        oids.TIME,
        oids.TIMETZ,
        oids.TIMESTAMP,
        oids.TIMESTAMPTZ,
    }
)
"""What the path language takes as a variable without making jsonb of it."""


@dataclass(frozen=True, slots=True)
class Returning:
    """A RETURNING clause, or the type a function has without one (`type` 0: not decided yet)."""

    type: int = 0
    modifier: int = -1
    format: Encoding = None


def is_string(state: ParseState, type_oid: int) -> bool:
    """Whether a type is of the string category."""
    return state.catalog.type_category(type_oid) == "S"


# Input


def transform_json_value(
    state: ParseState,
    construct: str,
    value: nodes.JsonValue,
    default: Encoding = None,
    target: int = 0,
    *,
    passing: bool = False,
) -> tree.Expr:
    """An input value, made json or jsonb where its FORMAT, the default one, or `target` asks for
    it; `target` admits only what can be cast to it.
    """
    expr = transform_expr_recurse(state, value.expr)
    if expr.type == oids.UNKNOWN:
        expr = coerce_to_specific_type(state, expr, oids.TEXT, construct)
    wanted = default
    if value.format is not None:
        if value.format.encoding is not None and expr.type != oids.BYTEA:
            state.error(
                "type-mismatch",
                "JSON ENCODING clause is only allowed for bytea input type",
                value.format,
                sqlstate="42804",
            )
        wanted = "json"
    elif passing and (expr.type in _PASSED_AS_THEY_ARE or is_string(state, expr.type)):
        return expr
    if expr.type in _JSON_TYPES and (value.format is not None or not passing):
        wanted = None
    if wanted is None and target in (0, expr.type):
        return expr
    return _formatted(state, value, expr, wanted, target, passing)


def _formatted(
    state: ParseState,
    value: nodes.JsonValue,
    expr: tree.Expr,
    format: Encoding,
    target: int,
    passing: bool,
) -> tree.Expr:
    is_text = expr.type == oids.BYTEA or is_string(state, expr.type)
    if not passing and not target and not is_text:
        written = "implicit" if value.format is None else "explicit"
        state.error(
            "type-mismatch",
            f"cannot use non-string types with {written} FORMAT JSON clause",
            value.format or expr,
            sqlstate="42804",
        )
    if format == "json" and expr.type == oids.BYTEA:
        expr = bytea_to_text(state, expr)
    wanted = target or (oids.JSONB if format == "jsonb" else oids.JSON)
    coerced = coerce_to_target_type(state, expr, expr.type, wanted, -1, "explicit", True, expr)
    if coerced is not None:
        return coerced
    if target:
        cannot_cast(state, expr, target)
    name = "to_json" if wanted == oids.JSON else "to_jsonb"
    return call(state, name, wanted, (expr,))


def cannot_cast(state: ParseState, expr: tree.Expr, target: int) -> None:
    """Refuse a value that has no cast to a type."""
    shown = state.catalog.display_type
    state.error(
        "cannot-cast",
        f"cannot cast type {shown(expr.type)} to {shown(target)}",
        expr,
        sqlstate="42846",
    )


def call(state: ParseState, name: str, result: int, args: tuple[tree.Expr, ...]) -> tree.FuncCall:
    """A call of a built-in function that has one form for this number of arguments."""
    function = next(
        each
        for each in state.catalog.functions_named(("pg_catalog", name))
        if len(each.arguments) == len(args)
    )
    return tree.FuncCall(
        type=result,
        function=function,
        args=args,
        syntax="implicit",
        start=args[0].start,
        end=args[0].end,
    )


def bytea_to_text(state: ParseState, expr: tree.Expr) -> tree.Expr:
    """Encoded JSON text out of a bytea."""
    encoding = tree.Const(type=oids.NAME, value="UTF8")
    return call(state, "convert_from", oids.TEXT, (expr, encoding))


def transform_json_parse_arg(state: ParseState, value: nodes.JsonValue) -> tree.Expr:
    """The document that JSON() or IS JSON reads: strings and bytea as text, others as they are."""
    expr = transform_expr_recurse(state, value.expr)
    if expr.type == oids.BYTEA:
        return bytea_to_text(state, expr)
    if expr.type == oids.UNKNOWN or is_string(state, expr.type):
        expr = coerce_type(state, expr, expr.type, oids.TEXT, -1, "implicit", False, None)
    if value.format is not None and value.format.encoding is not None:
        state.error(
            "type-mismatch",
            "cannot use JSON FORMAT ENCODING clause for non-bytea input types",
            value.format,
            sqlstate="42804",
        )
    return expr


# Output


def transform_json_output(
    state: ParseState, clause: nodes.JsonReturning | None, allow_format: bool
) -> Returning:
    """A RETURNING clause; `allow_format` lets FORMAT JSON follow types that hold no text."""
    if clause is None:
        return Returning()
    type_oid, modifier = typename_type_id_and_mod(state, clause.type_name)
    refused = None
    if clause.type_name.setof:
        refused = "SETOF types"
    elif state.catalog.type(type_oid).kind == "pseudo":
        refused = "pseudo-types"
    if refused is not None:
        state.error(
            "feature-not-supported",
            f"returning {refused} is not supported in SQL/JSON functions",
            clause.type_name if refused == "SETOF types" else clause,
            sqlstate="0A000",
        )
    if clause.format is None:
        made: Encoding = "jsonb" if type_oid == oids.JSONB else "json"
        return Returning(type_oid, modifier, made)
    _check_output_format(state, clause.format, type_oid, allow_format)
    return Returning(type_oid, modifier, "json")


def _check_output_format(
    state: ParseState, format: nodes.JsonFormat, type_oid: int, allow_format: bool
) -> None:
    fits = type_oid in _JSON_TYPES or type_oid == oids.BYTEA or is_string(state, type_oid)
    if not allow_format and not fits:
        state.error(
            "feature-not-supported",
            "cannot use JSON format with non-string output types",
            format,
            sqlstate="0A000",
        )
    if format.encoding is None:
        return
    if type_oid != oids.BYTEA:
        state.error(
            "feature-not-supported",
            "cannot set JSON encoding for non-bytea output types",
            format,
            sqlstate="0A000",
        )
    if format.encoding.lower() != "utf8":
        state.error(
            "feature-not-supported",
            "unsupported JSON encoding",
            format,
            sqlstate="0A000",
            hint="Only UTF8 JSON encoding is supported.",
        )


def transform_json_constructor_output(
    state: ParseState, clause: nodes.JsonReturning | None, args: Iterable[tree.Expr]
) -> Returning:
    """RETURNING of a constructor: without one, jsonb if any argument is, else json."""
    returning = transform_json_output(state, clause, True)
    if returning.type:
        return returning
    if any(arg.type == oids.JSONB for arg in args):
        return Returning(oids.JSONB, -1, "jsonb")
    return Returning(oids.JSON, -1, "json")


def transform_json_returning(
    state: ParseState, clause: nodes.JsonReturning | None, construct: str
) -> Returning:
    """RETURNING of JSON() and JSON_SCALAR(), which make nothing but json and jsonb."""
    if clause is None:
        return Returning(oids.JSON, -1, "json")
    returning = transform_json_output(state, clause, False)
    if returning.type not in _JSON_TYPES:
        refuse_returning(state, clause, returning, construct, "Try returning json or jsonb.")
    return returning


def refuse_returning(
    state: ParseState,
    clause: nodes.JsonReturning,
    returning: Returning,
    construct: str,
    hint: str,
) -> None:
    """Refuse a RETURNING type that a function cannot make."""
    state.error(
        "type-mismatch",
        f"cannot use type {state.catalog.display_type(returning.type)} in RETURNING clause of "
        f"{construct}",
        clause.type_name,
        sqlstate="42804",
        hint=hint,
    )


def coerce_json_func_expr(state: ParseState, expr: tree.Expr, returning: Returning) -> tree.Expr:
    """Convert a json or jsonb result to the RETURNING type, as an assignment would."""
    if returning.type in (0, expr.type):
        return expr
    if returning.format == "json" and returning.type == oids.BYTEA:
        text = coerce_to_specific_type(state, expr, oids.TEXT, "JSON_FUNCTION")
        encoding = tree.Const(type=oids.NAME, value="UTF8")
        return call(state, "convert_to", oids.BYTEA, (text, encoding))
    coerced = coerce_to_target_type(
        state,
        expr,
        expr.type,
        returning.type,
        returning.modifier,
        "assignment",
        False,
        expr,
    )
    if coerced is None:
        cannot_cast(state, expr, returning.type)
        return expr
    return coerced


def check_json_coercion(state: ParseState, where: nodes.Expr, returning: Returning) -> None:
    """Refuse a RETURNING type that the json or jsonb a constructor makes does not convert to."""
    made = oids.JSONB if returning.format == "jsonb" else oids.JSON
    null = tree.Const(type=made, value=None, start=where.start, end=where.end)
    stand_in = tree.CaseTest(type=made, operand=null, start=where.start, end=where.end)
    coerce_json_func_expr(state, stand_in, returning)
