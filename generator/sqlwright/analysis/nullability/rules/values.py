"""Constants, parameters, and what is never NULL by its kind."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe, never
from sqlwright.analysis.nullability.judging import Judge, judges


@judges(tree.Const)
def _const(_: Judge, expr: tree.Const, scope: Scope) -> Verdict:
    if expr.value is None:
        return maybe("the constant NULL", span_of(expr, scope)).with_elements(False)
    return never(proof_rules.CONSTANT, "a constant", span_of(expr, scope)).with_elements(
        _array_text_has_null(expr.value)
    )


def _array_text_has_null(value: str) -> bool:
    """Whether the text of an array constant may hold a NULL item."""
    return "null" in value.lower()


@judges(tree.Param)
def _param(judge: Judge, expr: tree.Param, scope: Scope) -> Verdict:
    elements = expr.number in judge.holding
    if expr.number in judge.optional:
        return maybe("the parameter may be None", span_of(expr, scope)).with_elements(elements)
    return never(
        proof_rules.REQUIRED, "the parameter is required", span_of(expr, scope)
    ).with_elements(elements)


@judges(tree.SqlValue)
def _sql_value(_: Judge, expr: tree.SqlValue, scope: Scope) -> Verdict:
    if expr.name == "current_schema":
        return maybe("current_schema is NULL when the search path is empty", span_of(expr, scope))
    return never(proof_rules.SPECIAL_VALUE, f"{expr.name} always has a value", span_of(expr, scope))


@judges(tree.RecordPlaceholder)
def _placeholder(judge: Judge, expr: tree.RecordPlaceholder, scope: Scope) -> Verdict:
    return maybe("a subquery that finds no row assigns NULL", span_of(expr, scope))


_ALWAYS = {
    tree.CurrentOf: (proof_rules.TESTS, "WHERE CURRENT OF"),
    tree.MergeAction: (proof_rules.NEVER_NULL, "merge_action()"),
    tree.Grouping: (proof_rules.NEVER_NULL, "GROUPING()"),
    tree.NullTest: (proof_rules.TESTS, "a test for NULL"),
    tree.BooleanTest: (proof_rules.TESTS, "a test for truth"),
    tree.RowExpr: (proof_rules.CONSTRUCTED, "a row constructor"),
    tree.SubLinkColumn: (proof_rules.COMPARED_WITH_EACH, "a row of the subquery"),
}


@judges(*_ALWAYS)
def _always(_: Judge, expr: tree.Expr, scope: Scope) -> Verdict:
    rule, text = _ALWAYS[type(expr)]
    return never(rule, text, span_of(expr, scope))


@judges(tree.SetToDefault)
def _default(_: Judge, expr: tree.SetToDefault, scope: Scope) -> Verdict:
    return maybe("the column's default may be NULL", span_of(expr, scope))
