"""Proof by contradiction: a value is not NULL where no row in which it were could have passed the
conditions, or be stored under the CHECK constraints, or come out of the joins.

`WHERE a IS NOT NULL OR b IS NOT NULL` says nothing of `a` and nothing of `b`, but `coalesce(a, b)`
is there; `CHECK ((state = 'done') = (done_at IS NOT NULL))` says that `done_at` is there where
`state = 'done'`. A CHECK that comes out NULL passes (manual 5.5.1).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.contradictions.cases import Case, columns_of, null_cases
from sqlwright.analysis.nullability.contradictions.chains import refuted_by_checks, speaks_of
from sqlwright.analysis.nullability.contradictions.conditions import (
    Condition,
    passed,
    stored_on,
)
from sqlwright.analysis.nullability.contradictions.rows import Row, rows_with
from sqlwright.analysis.nullability.contradictions.written import refused_in_written_row
from sqlwright.analysis.nullability.ground.keys import NOTHING, Key
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.logic.hypotheses import Hypothesis
from sqlwright.analysis.nullability.logic.known_values import Known, alternatives, learnt
from sqlwright.analysis.tree.traversal import not_into_queries, walk
from sqlwright.dataclass import replace

_MOST_CASES = 8
_MOST_CONDITIONS = 32
_REFUTABLE = (tree.Var, tree.Coalesce, tree.MinMax)


def contradiction(judge: Judge, expr: tree.Expr, scope: Scope) -> Reason | None:
    """What the expression's being NULL would contradict; None if nothing."""
    if scope.plain or type(expr) not in _REFUTABLE:
        return None
    if isinstance(expr, tree.Var) and expr.number > 0:
        refused = refused_in_written_row(judge, expr, scope)
        if refused is not None:
            return refused
    cases = null_cases(judge, expr, scope)
    if not cases or len(cases) > _MOST_CASES or not all(cases):
        return None
    reason: Reason | None = None
    for case in cases:
        if not _is_spoken_of(judge, case, scope):
            return None
        plain = judge.plain(scope)
        for row in rows_with(judge, case, scope):
            reason = row if isinstance(row, Reason) else _refuted(judge, row, plain, scope)
            if reason is None:
                return None
    return reason


def why_never_here(judge: Judge, scope: Scope) -> Reason | None:
    """Why no row comes to where a scope stands: the conditions of CASE around cannot have come out
    as they must have, by each other, those of the query or the CHECKs of the tables they are about.
    """
    if scope.plain or not 0 < len(scope.case_outcomes) <= _MOST_CONDITIONS:
        return None
    row = Row(NOTHING, frozenset(), _surely_there(scope))
    plain = judge.plain(scope)
    supposed = _suppose(judge, row, plain, Known())
    conditions = passed(judge, scope)
    for condition in conditions:
        if supposed.outcomes(condition.expr).isdisjoint(condition.outcomes):
            return condition.reason
    return _refuted(judge, row, plain, scope)


def _surely_there(scope: Scope) -> dict[int, tree.RangeTableEntry]:
    """The tables that the conditions of CASE are about and no outer join leaves out."""
    parts = (part for expr, _ in scope.case_outcomes for part in walk(expr, not_into_queries))
    entries = {id(part.entry): part.entry for part in parts if isinstance(part, tree.Var)}
    return {key: each for key, each in entries.items() if _is_there(each, scope)}


def _is_there(entry: tree.RangeTableEntry, scope: Scope) -> bool:
    owner = scope.owner(entry)
    return (
        owner is not None
        and owner.query.command == "select"
        and not owner.empty_group
        and not owner.nullings.get(id(entry))
    )


def _refuted(judge: Judge, row: Row, plain: Scope, scope: Scope) -> Reason | None:
    """The condition that the row would not have passed. Where a column is one of several constants,
    each of them is tried."""
    conditions = passed(judge, scope)
    known = judge.once(
        scope,
        "known values",
        lambda: learnt(judge.catalog, [(each.expr, each.outcomes) for each in conditions]),
    )
    stored = [each for each in row.present.values() if not _may_lack_keys(each, scope)]
    if known.excluded:
        known = known.narrowed(judge.catalog, learnt(judge.catalog, stored_on(judge, stored)))
        if not all(known.choices.values()):
            return conditions[0].reason
    supposed = _suppose(judge, row, plain, known)
    found = _refuting(judge, stored, supposed, conditions)
    if found is not None or not known.choices:
        return found
    for values in alternatives(known, _MOST_CASES):
        narrowed = replace(supposed, values=values)
        found = _refuting(judge, stored, narrowed, conditions)
        if found is None:
            return None
    return found


def _may_lack_keys(entry: tree.RangeTableEntry, scope: Scope) -> bool:
    """Whether the columns of an entry are those of a group, of which some grouping set leaves one
    out: what is NULL there is so in no row that is stored."""
    owner = scope.owner(entry)
    return owner is not None and bool(owner.partial)


def _refuting(
    judge: Judge,
    stored: Sequence[tree.RangeTableEntry],
    supposed: Hypothesis,
    conditions: Sequence[Condition],
) -> Reason | None:
    for condition in conditions:
        if supposed.outcomes(condition.expr).isdisjoint(condition.outcomes):
            return condition.reason
    return refuted_by_checks(judge, supposed, stored)


def _suppose(judge: Judge, row: Row, scope: Scope, known: Known) -> Hypothesis:
    def is_there(expr: tree.Expr) -> bool:
        known = isinstance(expr, tree.Var) and not scope.leaves_out(expr)
        if known and isinstance(expr, tree.Var) and id(expr.entry) in row.present:
            owner = scope.owner(expr.entry)
            if owner is not None and expr.entry is not owner.query.target_entry:
                found = judge.outputs.entry_column(expr.entry, expr.number, owner)
                if not found.nullable:
                    return True
        return judge.outputs.is_there(expr, scope)

    nulls = row.nulls | known.nulls
    return Hypothesis(
        judge.logic, is_there, nulls, row.absent, known.values, excluded=known.excluded
    )


def _is_spoken_of(judge: Judge, case: Case, scope: Scope) -> bool:
    """Whether anything at all could contradict the columns being NULL."""
    if len(case) == 1:
        (only,) = case
        key = judge.logic.keys.of(only)
        if key in _keys_of(judge, type(only), scope):
            return True
        return isinstance(only, tree.Var) and speaks_of(judge, only.entry, (key,))
    entries = {id(var.entry): var.entry for var in columns_of(case)}
    if len(entries) > 1:
        return True
    wanted = {judge.logic.keys.of(each) for each in case}
    return any(
        judge.logic.keys.of(each) in _keys_of(judge, type(each), scope) for each in case
    ) or (any(speaks_of(judge, entry, wanted) for entry in entries.values()))


def _keys_of(judge: Judge, kind: type[tree.Expr], scope: Scope) -> set[Key | None]:
    """The keys of all parts of such a kind in the conditions, subqueries left aside."""

    def found() -> set[Key | None]:
        parts = (
            part
            for condition in passed(judge, scope)
            for part in walk(condition.expr, not_into_queries)
        )
        return {judge.logic.keys.of(part) for part in parts if type(part) is kind}

    return judge.once(scope, kind, found)
