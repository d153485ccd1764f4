"""Casts, and what is taken out of a composite value (manual 4.2.9, 4.2.4)."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe, never
from sqlwright.analysis.nullability.judging import Judge, judges
from sqlwright.analysis.nullability.rules import calls
from sqlwright.analysis.premises.array_elements import type_refuses_null_elements
from sqlwright.analysis.premises.current import current_function


@judges(tree.Cast)
def _cast(judge: Judge, expr: tree.Cast, scope: Scope) -> Verdict:
    operand = judge.verdict(expr.operand, scope)
    span = span_of(expr, scope)
    if expr.function is not None and expr.method == "function":
        if calls.may_return_null(judge.catalog, expr.function.oid):
            return maybe("this cast turns some values into NULL", span)
        if calls.gives_null_for_infinity(judge, expr.function.oid, expr.operand, scope):
            return maybe("this cast turns infinity into NULL", span)
        if not current_function(judge.catalog, expr.function).strict:
            return maybe("this cast is not strict", span)
    if judge.catalog.forbids_null(expr.type) and not judge.catalog.forbids_null(expr.operand.type):
        # NULL is refused as the value is converted; one that is of the type already is not asked.
        text = "a cast to a domain that is NOT NULL"
        return never(proof_rules.DOMAIN, text, span).with_elements(operand.elements)
    if operand.nullable:
        return maybe("a cast of NULL is NULL", span, operand).with_elements(operand.elements)
    text = "a cast of a value that is not NULL"
    return never(proof_rules.CAST, text, span, operand).with_elements(
        _cast_elements(judge, expr, operand, scope)
    )


def _cast_elements(judge: Judge, expr: tree.Cast, operand: Verdict, scope: Scope) -> bool:
    """Text may spell an array with NULLs; a conversion of elements may yield them, but not if it is
    to a domain that refuses them and the elements are not of one already."""
    if type_refuses_null_elements(judge.catalog, expr.type) and not type_refuses_null_elements(
        judge.catalog, expr.operand.type
    ):
        return False
    if expr.method == "io":
        return True
    converter = expr.function if expr.method == "array" else None
    if converter is not None and (
        calls.may_return_null(judge.catalog, converter.oid)
        or calls.gives_null_for_infinity(judge, converter.oid, expr.operand, scope)
    ):
        return True
    return operand.elements


@judges(tree.FieldSelect)
def _field(judge: Judge, expr: tree.FieldSelect, scope: Scope) -> Verdict:
    if isinstance(expr.operand, tree.RowExpr) and expr.number <= len(expr.operand.items):
        return judge.verdict(expr.operand.items[expr.number - 1], scope)
    return maybe("a field of a composite value has no NOT NULL constraint", span_of(expr, scope))


@judges(tree.Collate)
def _collate(judge: Judge, expr: tree.Collate, scope: Scope) -> Verdict:
    return judge.verdict(expr.operand, scope)
