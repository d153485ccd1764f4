"""Subqueries in expressions, and comparisons of rows (manual 9.24, 9.25)."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, all_of, as_found, maybe, never
from sqlwright.analysis.nullability.judging import Judge, judges


@judges(tree.SubLink)
def _sublink(judge: Judge, expr: tree.SubLink, scope: Scope) -> Verdict:
    span = span_of(expr, scope)
    if expr.kind == "exists":
        return never(proof_rules.TESTS, "EXISTS", span)
    columns = judge.outputs.of_query(expr.query, scope)
    if expr.kind == "array":
        nested = judge.catalog.type(judge.catalog.base_type(expr.query.output[0].expr.type))
        elements = columns[0].elements if nested.is_array else columns[0].nullable
        return never(proof_rules.CONSTRUCTED, "ARRAY of a subquery", span).with_elements(elements)
    if expr.kind in ("any", "all"):
        return _quantified(judge, expr, scope, columns)
    if not judge.outputs.surely_one_row(expr.query, scope):
        return maybe("the subquery may find no row", span).with_elements(columns[0].elements)
    if expr.kind != "scalar":
        return _quantified(judge, expr, scope, columns)
    return as_found(proof_rules.ONE_ROW, "the subquery always yields one row", span, columns[0])


def _quantified(
    judge: Judge, expr: tree.SubLink, scope: Scope, columns: tuple[Verdict, ...]
) -> Verdict:
    """Not NULL if every comparison has operands that are not NULL; the subquery's columns stand in
    for their placeholders."""
    span = span_of(expr, scope)
    for column in columns:
        if column.nullable:
            return maybe("the subquery may yield NULL", span, column)
    tests = judge.verdicts(expr.tests, scope)
    return all_of(proof_rules.COMPARED_WITH_EACH, "comparison with a subquery", span, tests)


@judges(tree.RowCompare)
def _row_compare(judge: Judge, expr: tree.RowCompare, scope: Scope) -> Verdict:
    operands = judge.verdicts((*expr.left, *expr.right), scope)
    return all_of(proof_rules.COMPARED_WITH_EACH, "row comparison", span_of(expr, scope), operands)
