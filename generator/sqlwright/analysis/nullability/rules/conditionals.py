"""AND and OR, CASE, COALESCE, GREATEST and LEAST, NULLIF (manual 9.1, 9.18)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.ground.keys import NOTHING
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import (
    Verdict,
    all_of,
    any_of,
    branches,
    maybe,
    never,
)
from sqlwright.analysis.nullability.judging import Judge, judges
from sqlwright.analysis.nullability.logic.outcomes import FALSE, NOT_TRUE, TRUE
from sqlwright.analysis.premises.constants import is_null
from sqlwright.analysis.tree.simple_case import by_itself


@judges(tree.BoolExpr)
def _logic(judge: Judge, expr: tree.BoolExpr, scope: Scope) -> Verdict:
    """NULL only if an operand is while none decides: `x IS NOT NULL AND x > 0` never is, for where
    `x` is NULL the first operand is false."""
    span = span_of(expr, scope)
    decides = "f" if expr.op == "and" else "t"
    for arg in expr.args:
        if expr.op != "not" and isinstance(arg, tree.Const) and (arg.value or "")[:1] == decides:
            return never(proof_rules.DECIDED, "an operand decides the outcome", span)
    found = judge.verdicts(expr.args, scope)
    if expr.op == "not" or not any(part.nullable for part in found):
        return all_of(proof_rules.LOGIC_OF_VALUES, expr.op.upper(), span, found)
    learn = judge.logic.true_facts if expr.op == "and" else judge.logic.false_facts
    undecided = scope
    for arg, part in zip(expr.args, found, strict=True):
        if not part.nullable:
            outcomes = TRUE if expr.op == "and" else FALSE
            undecided = undecided.assuming(learn(arg), arg, outcomes)
    return all_of(
        proof_rules.LOGIC_OF_VALUES, expr.op.upper(), span, judge.verdicts(expr.args, undecided)
    )


@judges(tree.Case)
def _case(judge: Judge, expr: tree.Case, scope: Scope) -> Verdict:
    found: list[Verdict] = []
    inner = scope
    for branch in expr.branches:
        if _never_taken(branch.condition):
            continue
        condition = by_itself(branch.condition)
        taken = inner.assuming(judge.logic.true_facts(condition), condition, TRUE)
        found.append(_outcome(judge, expr, branch.result, taken))
        inner = _not_taken(judge, condition, inner)
    span = span_of(expr, scope)
    found.append(_outcome(judge, expr, expr.default, inner))
    if expr.default is None and found[-1].nullable:
        elements = any(each.elements for each in found[:-1])
        return maybe("CASE without ELSE", span).with_elements(elements)
    found.sort(key=lambda each: each.reason.text != _NEVER)  # the reason that is shown is the first
    return branches(proof_rules.OUTCOMES, "CASE", span, found)


def _outcome(judge: Judge, case: tree.Case, result: tree.Expr | None, scope: Scope) -> Verdict:
    """The verdict on what a branch gives, None if there is none; no value of it comes out where no
    row takes the branch."""
    found = _NO_ELSE if result is None else judge.verdict(result, scope)
    if not found.nullable:
        return found
    ground = judge.why_never_here(scope)
    if ground is None:
        return found
    span = span_of(case if result is None else result, scope)
    return Verdict(False, Reason(_NEVER, span, (ground,), proof_rules.TAKEN_BRANCH), elements=False)


_NEVER = "no row comes to this outcome"
_NO_ELSE = maybe("CASE without ELSE").with_elements(False)


def _never_taken(condition: tree.Expr) -> bool:
    return isinstance(condition, tree.Const) and (condition.value or "f")[:1] == "f"


def _not_taken(judge: Judge, condition: tree.Expr, scope: Scope) -> Scope:
    """The scope where an earlier branch was not taken: its condition was false, or NULL. Only of a
    condition that is never NULL does that say it was false."""
    if judge.verdict(condition, scope).nullable:
        return scope.assuming(NOTHING, condition, NOT_TRUE)
    return scope.assuming(judge.logic.false_facts(condition), condition, FALSE)


@judges(tree.CaseTest)
def _case_test(judge: Judge, expr: tree.CaseTest, scope: Scope) -> Verdict:
    return judge.verdict(expr.operand, scope)


@judges(tree.Coalesce)
def _coalesce(judge: Judge, expr: tree.Coalesce, scope: Scope) -> Verdict:
    parts: list[Verdict] = []
    for arg in expr.args:
        parts.append(judge.verdict(arg, scope))
        if not parts[-1].nullable:
            break
    found = any_of(proof_rules.ONE_ARGUMENT_HAS_A_VALUE, "COALESCE", span_of(expr, scope), parts)
    return found.with_elements(_some_elements(expr.args, parts))


@judges(tree.MinMax)
def _min_max(judge: Judge, expr: tree.MinMax, scope: Scope) -> Verdict:
    parts = judge.verdicts(expr.args, scope)
    found = any_of(
        proof_rules.ONE_ARGUMENT_HAS_A_VALUE, expr.op.upper(), span_of(expr, scope), parts
    )
    return found.with_elements(_some_elements(expr.args, parts))


def _some_elements(exprs: Sequence[tree.Expr], parts: Sequence[Verdict]) -> bool:
    """Whether one of several arrays may hold NULL; one that is NULL itself holds nothing."""
    return any(part.elements for expr, part in zip(exprs, parts, strict=False) if not is_null(expr))


def null_if(judge: Judge, expr: tree.OpCall, scope: Scope) -> Verdict:
    """The verdict on NULLIF."""
    if any(map(is_null, expr.args[1:])):
        return judge.verdict(expr.args[0], scope)
    return maybe("NULLIF", span_of(expr, scope)).with_elements(
        judge.verdict(expr.args[0], scope).elements
    )
