"""Conversions in expressions: which node turns a value of one type into one of another.

The order of tests is PostgreSQL's (manual 10.3-10.5); the rules over types alone are in
`coercion_paths`, `common_type` and `overloads`. A `modifier` is -1 where a type has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.literals import invalid_literal
from sqlwright.analysis.literals.numbers import is_true_text
from sqlwright.analysis.resolution.cast_advice import cast_help, is_out_of_json
from sqlwright.analysis.resolution.coercion_paths import CoercionContext, find_coercion_pathway
from sqlwright.analysis.resolution.common_type import CommonType, common_type
from sqlwright.analysis.resolution.conversions import (
    coerce_to_domain,
    coerce_type_typmod,
    follow_path,
    relabel,
)
from sqlwright.analysis.resolution.overloads import can_coerce_type
from sqlwright.analysis.state.parameters import coerce_param_hook
from sqlwright.analysis.state.refusal import raise_at
from sqlwright.analysis.tree import making
from sqlwright.analysis.tree.traversal import returns_set
from sqlwright.catalog import oids
from sqlwright.catalog.types.properties import is_composite_array
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Label
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

    Where = nodes.Node | tree.Expr | tuple[int, int] | None

_TAKES_ANYTHING = frozenset(
    {
        oids.ANY,
        oids.ANYELEMENT,
        oids.ANYNONARRAY,
        oids.ANYCOMPATIBLE,
        oids.ANYCOMPATIBLENONARRAY,
    }
)
_TAKES_CONTAINERS = frozenset(
    {
        oids.ANYARRAY,
        oids.ANYENUM,
        oids.ANYRANGE,
        oids.ANYMULTIRANGE,
        oids.ANYCOMPATIBLEARRAY,
        oids.ANYCOMPATIBLERANGE,
        oids.ANYCOMPATIBLEMULTIRANGE,
    }
)


def coerce_to_target_type(
    state: ParseState,
    expr: tree.Expr,
    exprtype: int,
    targettype: int,
    targetmod: int,
    context: CoercionContext,
    explicit: bool,
    where: Where,
) -> tree.Expr | None:
    """Convert an expression to a type and modifier; None if the context allows no conversion.

    `explicit` says that the conversion was written. COLLATE around the expression is kept around
    the result, where that still takes a collation.
    """
    if exprtype != targettype and not can_coerce_type(
        state.catalog, (exprtype,), (targettype,), context
    ):
        return None
    inner = expr
    while isinstance(inner, tree.Collate):
        inner = inner.operand
    result = coerce_type(state, inner, exprtype, targettype, targetmod, context, explicit, where)
    result = coerce_type_typmod(state.catalog, result, targettype, targetmod, context, explicit)
    if isinstance(expr, tree.Collate) and state.catalog.type(targettype).collatable:
        result = replace(expr, operand=result, type=result.type, modifier=result.modifier)
    return result


def coerce_type(
    state: ParseState,
    expr: tree.Expr,
    inputtype: int,
    targettype: int,
    targetmod: int,
    context: CoercionContext,
    explicit: bool,
    where: Where,
) -> tree.Expr:
    """Convert an expression whose type is known to convert (`can_coerce_type`).

    Modifiers of the target are left to `coerce_type_typmod`, save where the conversion itself
    takes one (a domain's, an interval literal's, a cast function's).
    """
    if targettype == inputtype or targettype in _TAKES_ANYTHING:
        return expr
    if targettype in _TAKES_CONTAINERS and inputtype != oids.UNKNOWN:
        base = state.catalog.base_type(inputtype)
        return expr if base == inputtype else relabel(expr, base, -1, explicit)
    if inputtype == oids.UNKNOWN and isinstance(expr, tree.Const):
        return _coerce_literal(state, expr, targettype, targetmod, where)
    if isinstance(expr, tree.Param):
        settled = coerce_param_hook(state, expr, targettype, targetmod, where)
        if settled is not None:
            return settled
    if isinstance(expr, tree.Collate):
        operand = coerce_type(
            state, expr.operand, inputtype, targettype, targetmod, context, explicit, where
        )
        if not state.catalog.type(targettype).collatable:
            return operand
        return replace(expr, operand=operand, type=operand.type, modifier=operand.modifier)
    path = find_coercion_pathway(state.catalog, targettype, inputtype, context)
    if path is not None:
        return follow_path(state.catalog, expr, path, targettype, targetmod, context, explicit)
    return _coerce_row(state, expr, inputtype, targettype, context, explicit, where)


def _coerce_literal(
    state: ParseState, literal: tree.Const, targettype: int, targetmod: int, where: Where
) -> tree.Expr:
    """A literal of unknown type becomes a constant of the target's base type, read at once, and a
    boolean in the words in which it is a keyword.

    An interval is the one type whose text reads differently under a modifier.
    """
    base, modifier = state.catalog.base_type_and_modifier(targettype, targetmod)
    input_modifier = modifier if base == oids.INTERVAL else -1
    wrong = invalid_literal(state.catalog, base, input_modifier, literal.value)
    if wrong is not None:
        raise_at(state, wrong, literal if literal.start >= 0 else where)
    text = literal.value
    if base == oids.BOOL and text is not None:
        text = "true" if is_true_text(text) else "false"
    constant = replace(literal, type=base, modifier=input_modifier, value=text)
    return coerce_to_domain(state.catalog, constant, base, modifier, targettype, explicit=False)


# Rows


def _coerce_row(
    state: ParseState,
    expr: tree.Expr,
    inputtype: int,
    targettype: int,
    context: CoercionContext,
    explicit: bool,
    where: Where,
) -> tree.Expr:
    catalog = state.catalog
    if inputtype == oids.RECORD and catalog.is_composite(targettype):
        return coerce_record_to_complex(state, expr, targettype, context, explicit, where)
    if targettype == oids.RECORD and catalog.is_composite(inputtype):
        return expr
    if targettype == oids.RECORD_ARRAY and is_composite_array(catalog, inputtype):
        return expr
    if catalog.type_inherits_from(inputtype, targettype):
        return making.Cast(
            type=targettype,
            operand=expr,
            method="row",
            explicit=explicit,
            start=expr.start,
            end=expr.end,
        )
    source, target = catalog.display_type(inputtype), catalog.display_type(targettype)
    return state.error(
        "cannot-cast",
        f"failed to find conversion function from {source} to {target}",
        where,
        sqlstate="XX000",
    )


def coerce_record_to_complex(
    state: ParseState,
    expr: tree.Expr,
    targettype: int,
    context: CoercionContext,
    explicit: bool,
    where: Where,
) -> tree.Expr:
    """Convert a row constructor, or a whole row of type record, to a named row type, column by
    column. Raises 42846 if the columns do not fit.
    """
    catalog = state.catalog
    base, base_modifier = catalog.base_type_and_modifier(targettype)
    relation = catalog.relation_of_type(base)
    items = _record_items(expr)
    if items is None or relation is None:
        return _cannot_cast_row(state, targettype, None, expr, where)
    converted: list[tree.Expr] = []
    for item, column in zip(items, relation.columns, strict=False):
        fitted = coerce_to_target_type(
            state, item, item.type, column.type, column.modifier, context, False, where
        )
        if fitted is None:
            source, target = catalog.display_type(item.type), catalog.display_type(column.type)
            detail = f"Cannot cast type {source} to {target} in column {len(converted) + 1}."
            return _cannot_cast_row(state, targettype, detail, item, where)
        converted.append(fitted)
    if len(items) != len(relation.columns):
        amount = "few" if len(items) < len(relation.columns) else "many"
        return _cannot_cast_row(state, targettype, f"Input has too {amount} columns.", expr, where)
    row = tree.RowExpr(
        type=base,
        items=tuple(converted),
        names=tuple(column.name for column in relation.columns),
        start=expr.start,
        end=expr.end,
    )
    return coerce_to_domain(catalog, row, base, base_modifier, targettype, explicit)


def _record_items(expr: tree.Expr) -> tuple[tree.Expr, ...] | None:
    if isinstance(expr, tree.RowExpr):
        return expr.items
    if not isinstance(expr, tree.Var) or expr.number != 0:
        return None
    entry = expr.entry
    if entry.kind == "join":
        return entry.join_vars
    return tuple(
        making.Var(
            type=column.type,
            modifier=column.modifier,
            entry=entry,
            number=number,
            name=column.name,
            returning=expr.returning,
            start=expr.start,
            end=expr.end,
        )
        for number, column in enumerate(entry.columns, 1)
    )


def _cannot_cast_row(
    state: ParseState, targettype: int, detail: str | None, at: tree.Expr, where: Where
) -> tree.Expr:
    return state.error(
        "cannot-cast",
        f"cannot cast type record to {state.catalog.display_type(targettype)}",
        at if where is None else where,
        sqlstate="42846",
        detail=detail,
    )


# What a place in a statement demands


def coerce_to_boolean(state: ParseState, expr: tree.Expr, construct: str) -> tree.Expr:
    """What a condition must be: boolean, and one value. Raises 42804."""
    return _coerce_for(state, expr, oids.BOOL, -1, construct)


def coerce_to_specific_type(
    state: ParseState, expr: tree.Expr, targettype: int, construct: str
) -> tree.Expr:
    """What LIMIT, an array subscript and the like demand. Raises 42804."""
    return _coerce_for(state, expr, targettype, -1, construct)


def coerce_to_specific_type_typmod(
    state: ParseState, expr: tree.Expr, targettype: int, targetmod: int, construct: str
) -> tree.Expr:
    """`coerce_to_specific_type` with a type modifier."""
    return _coerce_for(state, expr, targettype, targetmod, construct)


def _coerce_for(
    state: ParseState, expr: tree.Expr, targettype: int, targetmod: int, construct: str
) -> tree.Expr:
    result: tree.Expr | None = expr
    if expr.type != targettype:
        result = coerce_to_target_type(
            state, expr, expr.type, targettype, targetmod, "assignment", False, expr
        )
    if result is None:
        shown = state.catalog.display_type
        state.error(
            "type-mismatch",
            f"argument of {construct} must be type {shown(targettype)},"
            f" not type {shown(expr.type)}",
            expr,
            sqlstate="42804",
            help=cast_help(state, expr, targettype) or _condition_help(targettype),
        )
    if state.last_set_returning is not None and returns_set(result):
        state.error(
            "type-mismatch",
            f"argument of {construct} must not return a set",
            expr,
            sqlstate="42804",
        )
    return result


def _condition_help(targettype: int) -> str | None:
    return "write a comparison, or IS NOT NULL" if targettype == oids.BOOL else None


# Agreement of several values


def find_common_type(
    state: ParseState, exprs: Sequence[tree.Expr], context: str | None
) -> CommonType | None:
    """`select_common_type` together with the index of the expression that decided it."""
    found = common_type(state.catalog, [expr.type for expr in exprs])
    if isinstance(found, CommonType):
        return found
    if context is None:
        return None
    chosen = state.catalog.display_type(found.chosen)
    other = state.catalog.display_type(found.other)
    culprit = exprs[found.index]
    decided = next((each for each in exprs if each.type == found.chosen and each.start >= 0), None)
    return state.error(
        "type-mismatch",
        f"{context} types {chosen} and {other} cannot be matched",
        culprit,
        sqlstate="42804",
        help=_common_cast(state, exprs, culprit, found.chosen),
        label=f"this is {other}",
        labels=(Label(state.span(decided), f"this is {chosen}"),) if decided is not None else (),
    )


def _common_cast(
    state: ParseState, exprs: Sequence[tree.Expr], culprit: tree.Expr, chosen: int
) -> str | None:
    """A cast with which one of the expressions is as the others are. What is taken out of JSON is
    the one that has lost its type."""
    if state.catalog.type_category(chosen) == "S":
        texts = [each for each in exprs if each.type == chosen]
        if all(is_out_of_json(each) for each in texts) and len(texts) == 1:
            return cast_help(state, texts[0], culprit.type)
    return cast_help(state, culprit, chosen)


def select_common_type(state: ParseState, exprs: Sequence[tree.Expr], context: str | None) -> int:
    """The type several expressions agree on (manual 10.5); 42804 if they do not, or 0 where no
    `context` is given to word the error with.
    """
    found = find_common_type(state, exprs, context)
    return 0 if found is None else found.type


def coerce_to_common_type(
    state: ParseState, expr: tree.Expr, targettype: int, context: str
) -> tree.Expr:
    """Convert one of the expressions to the type they agreed on. Raises 42846."""
    if expr.type == targettype:
        return expr
    if can_coerce_type(state.catalog, (expr.type,), (targettype,), "implicit"):
        return coerce_type(state, expr, expr.type, targettype, -1, "implicit", False, expr)
    source = state.catalog.display_type(expr.type)
    target = state.catalog.display_type(targettype)
    return state.error(
        "cannot-cast",
        f"{context} could not convert type {source} to {target}",
        expr,
        sqlstate="42846",
        help=cast_help(state, expr, targettype),
    )


def verify_common_type(state: ParseState, type_oid: int, exprs: Sequence[tree.Expr]) -> bool:
    """Whether every expression converts implicitly to the type chosen for all."""
    return all(
        can_coerce_type(state.catalog, (expr.type,), (type_oid,), "implicit") for expr in exprs
    )


def select_common_typmod(exprs: Sequence[tree.Expr], type_oid: int) -> int:
    """The modifier that all expressions of the common type share, else -1."""
    if any(expr.type != type_oid for expr in exprs):
        return -1
    modifiers = {expr.modifier for expr in exprs}
    return modifiers.pop() if len(modifiers) == 1 else -1
