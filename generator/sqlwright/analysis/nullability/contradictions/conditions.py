"""What a row has passed: the conditions of the query, and CHECK constraints."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.logic.evidence import narrowed_by
from sqlwright.analysis.nullability.logic.outcomes import TRUE, Outcomes
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.premises.current import tables_read
from sqlwright.analysis.premises.stored_conditions import stored_conditions
from sqlwright.analysis.tree.from_items import entries_of, joins_of
from sqlwright.dataclass import dataclass

_MOST_BRANCHES = 32


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
        if level.query.command != "select":
            continue
        # That of the branch itself is the last; to take all of a long CASE for each of its branches
        # would be work for the square of them.
        for expr, outcomes in level.case_outcomes[-_MOST_BRANCHES:]:
            yield Condition(expr, outcomes, "CASE", level)
        for part in conjuncts(level.having):
            yield Condition(part, TRUE, "HAVING", level)
        if level.empty_group or level.partial:
            continue
        for part in conjuncts(level.query.where):
            yield Condition(part, TRUE, "WHERE", level)
        for join in joins_of(level.query):
            if not any(level.nullings.get(id(each)) for each in entries_of(join)):
                for part in conjuncts(join.condition):
                    yield Condition(part, TRUE, "ON", level)


def stored_on(
    judge: Judge, present: Collection[tree.RangeTableEntry]
) -> Iterator[tuple[tree.Expr, Outcomes]]:
    """The CHECK constraints that are true of the tables that are there, and of no others."""
    for entry in present:
        tables = list(tables_read(judge.catalog, entry))
        if len(tables) == 1:
            for condition in stored_conditions(judge.catalog, entry, tables[0]):
                yield condition, TRUE
