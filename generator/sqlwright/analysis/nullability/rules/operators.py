"""Operators between expressions."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, never
from sqlwright.analysis.nullability.judging import Judge, judges
from sqlwright.analysis.nullability.rules import calls
from sqlwright.analysis.nullability.rules.conditionals import null_if


@judges(tree.OpCall)
def _operator(judge: Judge, expr: tree.OpCall, scope: Scope) -> Verdict:
    if expr.kind == "distinct":
        return never(proof_rules.TESTS, "IS DISTINCT FROM", span_of(expr, scope))
    if expr.kind == "nullif":
        return null_if(judge, expr, scope)
    function = judge.catalog.function(expr.operator.function)
    return calls.call(
        judge, function, expr.args, scope, f"operator {expr.operator.name}", span_of(expr, scope)
    )
