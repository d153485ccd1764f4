"""What follows for a row from one CHECK after another.

`CHECK ((state = 'running') = (locked_at IS NOT NULL))` says that `locked_at` is there in a row that
runs, and `CHECK ((locked_at IS NULL) = (locked_by IS NULL))` then says it of `locked_by`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.contradictions.stored_checks import Check, checks_on
from sqlwright.analysis.nullability.ground.keys import Key
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.logic.hypotheses import Hypothesis
from sqlwright.analysis.nullability.logic.outcomes import NOT_FALSE
from sqlwright.dataclass import replace

_MOST_COLUMNS = 10


def refuted_by_checks(
    judge: Judge, supposed: Hypothesis, entries: Sequence[tree.RangeTableEntry]
) -> Reason | None:
    """The constraint that no such row satisfies, by itself or with what follows from the others."""
    checks = [check for entry in entries for check in checks_on(judge, entry)]
    found = _violated(supposed, _touched(supposed, checks))
    if found is not None:
        return found
    linked = _linked(supposed, checks)
    tested = dict(pair for check in linked for pair in check.tested())
    if len(linked) < 2 or not 1 < len(tested) <= _MOST_COLUMNS:
        return None
    return _followed(judge, supposed, linked, tested)


def _followed(
    judge: Judge, supposed: Hypothesis, checks: Sequence[Check], tested: Mapping[Key, tree.Var]
) -> Reason | None:
    """The constraint that is violated after what the others say of the columns that are tested.
    More said of a column changes what comes of the constraints about it, and of no others."""
    open_keys = {key for key, var in tested.items() if supposed.null(var) is None}
    there: frozenset[Key] = frozenset()
    changed = True
    while changed and open_keys:
        changed = False
        for key in sorted(open_keys, key=str):
            about = [check for check in checks if key in check.columns]
            if _violated(replace(supposed, nulls=supposed.nulls | {key}), about):
                there |= {key}
                supposed = _with_there(judge, supposed, there)
            elif _violated(_with_there(judge, supposed, there | {key}), about):
                supposed = replace(supposed, nulls=supposed.nulls | {key})
            else:
                continue
            open_keys.discard(key)
            changed = True
            found = _violated(supposed, about)
            if found is not None:
                return found
    return None


def speaks_of(judge: Judge, entry: tree.RangeTableEntry, keys: Collection[Key | None]) -> bool:
    """Whether a constraint over the rows of an entry is about one of the columns."""
    return any(not check.columns.isdisjoint(keys) for check in checks_on(judge, entry))


def _touched(supposed: Hypothesis, checks: Sequence[Check]) -> list[Check]:
    """The constraints about columns of which something is supposed. Of the others a row that is
    stored satisfies each, and none can be violated by it."""
    supposing = {*supposed.nulls, *supposed.values, *supposed.excluded}
    return [check for check in checks if not supposing.isdisjoint(check.columns)]


def _linked(supposed: Hypothesis, checks: Sequence[Check]) -> list[Check]:
    """The constraints about what is supposed to be NULL, and about the columns of those, and so on:
    of what is supposed, nothing follows from the rest."""
    reached = set(supposed.nulls)
    waiting, linked = list(checks), list[Check]()
    while found := [check for check in waiting if not reached.isdisjoint(check.columns)]:
        linked += found
        waiting = [check for check in waiting if check not in found]
        reached.update(*(check.columns for check in found))
    return linked


def _refutes(check: Check, supposed: Hypothesis) -> bool:
    """Whether no such row satisfies a constraint."""
    return replace(supposed, places=check.places).outcomes(check.expr).isdisjoint(NOT_FALSE)


def _violated(supposed: Hypothesis, checks: Sequence[Check]) -> Reason | None:
    for check in checks:
        if _refutes(check, supposed):
            text = f'kept from being NULL by the constraint "{check.constraint.name}"'
            return Reason(text, check.constraint.declared, rule=proof_rules.CHECKED_ROW)
    return None


def _with_there(judge: Judge, supposed: Hypothesis, there: frozenset[Key]) -> Hypothesis:
    before = supposed.is_there

    def is_there(expr: tree.Expr) -> bool:
        return judge.logic.keys.of(expr) in there or before(expr)

    return replace(supposed, is_there=is_there)
