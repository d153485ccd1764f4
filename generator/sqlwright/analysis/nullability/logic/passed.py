"""The conditions that the rows of a query level have passed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.logic.outcomes import TRUE, Outcomes
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.tree.from_items import entries_of, joins_of

_MOST_BRANCHES = 32


def passed_on(level: Scope) -> Iterator[tuple[str, tree.Expr, Outcomes]]:
    """What came out in one of these ways for every row in question, with the clause it is of."""
    if level.query.command != "select":
        return
    # That of the branch itself is the last; to take all of a long CASE for each of its branches
    # would be work for the square of them.
    for expr, outcomes in level.case_outcomes[-_MOST_BRANCHES:]:
        yield "CASE", expr, outcomes
    for part in level.met:
        yield "WHERE", part, TRUE
    for part in conjuncts(level.having):
        yield "HAVING", part, TRUE
    if level.empty_group or level.partial:
        return
    for part in conjuncts(level.query.where):
        yield "WHERE", part, TRUE
    for join in joins_of(level.query):
        if not any(level.nullings.get(id(each)) for each in entries_of(join)):
            for part in conjuncts(join.condition):
                yield "ON", part, TRUE
