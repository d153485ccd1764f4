"""What follows for a row from one CHECK after another.

`CHECK ((state = 'running') = (locked_at IS NOT NULL))` says that `locked_at` is there in a row that
runs, and `CHECK ((locked_at IS NULL) = (locked_by IS NULL))` then says it of `locked_by`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.contradictions.conditions import (
    checks_on,
    place_in,
    variables_of,
)
from sqlwright.analysis.nullability.ground.keys import Key, var_key
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.logic.hypotheses import Hypothesis
from sqlwright.analysis.nullability.logic.outcomes import NOT_FALSE
from sqlwright.analysis.tree.traversal import walk
from sqlwright.dataclass import replace

_MOST_COLUMNS = 10


def refuted_by_checks(
    judge: Judge, supposed: Hypothesis, entries: Sequence[tree.RangeTableEntry]
) -> Reason | None:
    """The constraint that no such row satisfies, by itself or with what follows from the others."""
    found = _violated(judge, supposed, entries)
    if found is not None:
        return found
    tested = {var_key(each.entry, each.number): each for each in _tested(judge, entries)}
    if not 1 < len(tested) <= _MOST_COLUMNS:
        return None
    open_keys = {key for key, var in tested.items() if supposed.null(var) is None}
    there: frozenset[Key] = frozenset()
    changed = True
    while changed and open_keys:
        changed = False
        for key in sorted(open_keys, key=str):
            if _violated(judge, replace(supposed, nulls=supposed.nulls | {key}), entries):
                there |= {key}
                supposed = _with_there(judge, supposed, there)
            elif _violated(judge, _with_there(judge, supposed, there | {key}), entries):
                supposed = replace(supposed, nulls=supposed.nulls | {key})
            else:
                continue
            open_keys.discard(key)
            changed = True
            found = _violated(judge, supposed, entries)
            if found is not None:
                return found
    return None


def _violated(
    judge: Judge, supposed: Hypothesis, entries: Sequence[tree.RangeTableEntry]
) -> Reason | None:
    for entry in entries:
        for constraint, expr in checks_on(judge, entry):
            places = {id(part.entry): place_in(part.entry, entry) for part in variables_of(expr)}
            if replace(supposed, places=places).outcomes(expr).isdisjoint(NOT_FALSE):
                text = f'kept from being NULL by the constraint "{constraint.name}"'
                return Reason(text, constraint.declared)
    return None


def _with_there(judge: Judge, supposed: Hypothesis, there: frozenset[Key]) -> Hypothesis:
    before = supposed.is_there

    def is_there(expr: tree.Expr) -> bool:
        return judge.logic.keys.of(expr) in there or before(expr)

    return replace(supposed, is_there=is_there)


def _tested(judge: Judge, entries: Sequence[tree.RangeTableEntry]) -> Iterator[tree.Var]:
    """The columns of which a CHECK says IS NULL or IS NOT NULL."""
    for entry in entries:
        for _, expr in checks_on(judge, entry):
            for part in walk(expr):
                if isinstance(part, tree.NullTest) and isinstance(part.operand, tree.Var):
                    placed = place_in(part.operand.entry, entry)(part.operand)
                    if placed is not None:
                        yield placed
