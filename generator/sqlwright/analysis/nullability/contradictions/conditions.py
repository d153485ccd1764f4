"""What a row has passed: the conditions of the query, and CHECK constraints."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.logic.evidence import narrowed_by
from sqlwright.analysis.nullability.logic.outcomes import TRUE, Outcomes
from sqlwright.analysis.nullability.logic.passed import passed_on
from sqlwright.analysis.premises.current import tables_read
from sqlwright.analysis.premises.stored_conditions import stored_conditions
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that came out in one of these ways for every row in question: a condition of a
    clause on some level."""

    expr: tree.Expr
    outcomes: Outcomes
    clause: str
    level: Scope

    @property
    def reason(self) -> Reason:
        """What is to be said where the condition is what a conclusion rests on."""
        return narrowed_by(self.clause, span_of(self.expr, self.level))


def passed(judge: Judge, scope: Scope) -> tuple[Condition, ...]:
    """The conditions that the row, and those around it, have passed."""
    return judge.once(scope, "conditions", lambda: tuple(_conditions_on(scope)))


def _conditions_on(scope: Scope) -> Iterator[Condition]:
    for level in scope.chain():
        for clause, expr, outcomes in passed_on(level):
            yield Condition(expr, outcomes, clause, level)


def stored_on(
    judge: Judge, present: Collection[tree.RangeTableEntry]
) -> Iterator[tuple[tree.Expr, Outcomes]]:
    """The CHECK constraints that are true of the tables that are there, and of no others."""
    for entry in present:
        tables = list(tables_read(judge.catalog, entry))
        if len(tables) == 1:
            for condition in stored_conditions(judge.catalog, entry, tables[0]):
                yield condition, TRUE
