"""The expressions that a column shows, through subqueries, WITH queries, joins and VALUES."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.dataclass import dataclass

Shown = tuple[tuple[tree.Expr, Scope], ...]
"""Expressions with the scope that each stands in."""


@dataclass(frozen=True, slots=True)
class ShownValues:
    """Looks for what columns show."""

    judge: Judge

    def of_column(self, entry: tree.RangeTableEntry, number: int, scope: Scope) -> Shown | None:
        """The expressions of which a column has the value of one; None if nothing tells them."""
        owner = scope.owner(entry)
        if owner is None:
            return None
        if entry.kind == "join" and entry.join_vars:
            return ((entry.join_vars[number - 1], owner),)
        if entry.kind == "values":
            return tuple((row[number - 1], owner) for row in entry.values)
        if entry.kind == "function" and len(entry.functions) == 1:
            return ((entry.functions[0].call, owner),)
        if entry.subquery is not None:
            return self.of_output(entry.subquery, number - 1, owner)
        if entry.cte is not None and entry.cte.query is not None and not entry.cte.recursive:
            return self.of_output(entry.cte.query, number - 1, owner.level(entry.cte.depth))
        return None

    def of_output(self, query: tree.Query, at: int, around: Scope) -> Shown | None:
        """Those of a query's output column, the query standing in the scope `around`."""
        return self.of_own(query, at, self.judge.outputs.inside(query, around))

    def of_own(self, query: tree.Query, at: int, scope: Scope) -> Shown | None:
        """Those of an output column of the query whose scope this is."""
        if query.set_operation is not None:
            arms = list(self._arms(query.set_operation, at, scope))
            found = [arm for arm in arms if arm is not None]
            return tuple(each for arm in found for each in arm) if len(found) == len(arms) else None
        if query.values:
            return tuple((row[at], scope) for row in query.values)
        return ((query.output[at].expr, scope),) if at < len(query.output) else None

    def _arms(self, operation: tree.SetOperation, at: int, scope: Scope) -> Iterator[Shown | None]:
        sides = (operation.left,) if operation.op == "except" else (operation.left, operation.right)
        for arm in sides:
            if isinstance(arm, tree.SetOperation):
                yield from self._arms(arm, at, scope)
            else:
                yield self.of_output(arm, at, scope)
