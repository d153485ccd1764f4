"""Which condition a fact comes from, for the reasons that are shown."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.ground.keys import Key
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.logic.joins import entries_of
from sqlwright.analysis.nullability.logic.predicates import Logic
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.source import Span


def evidence(logic: Logic, scope: Scope, key: Key) -> Reason | None:
    """The condition that keeps the expression of this key from being NULL, if it is at hand."""
    for level in scope.chain():
        for facts, condition in level.grounds:
            if key in facts:
                return Reason("narrowed by a condition of CASE", span_in(level, condition))
        for clause, condition in _conditions(level.query):
            if key in logic.true_facts(condition):
                return Reason(f"narrowed by {clause}", span_in(level, condition))
    return None


def kept_rows(logic: Logic, scope: Scope, entry: tree.RangeTableEntry) -> Reason | None:
    """Why outer joins around an entry null none of the rows that are left: the innermost of those
    that a condition or a foreign key has made inner ones. None if there is none."""
    effective = {id(each.join) for each in scope.nullings.get(id(entry), ())}
    for join, side in _outer_joins(scope.query, entry):
        if id(join) in effective:
            continue
        found = _needed(logic, scope, join, side)
        because = (found,) if found is not None else ()
        text = f"{join.kind.upper()} JOIN: every row that is left has its match"
        return Reason(text, join_span(join, scope), because)
    return None


def join_span(join: tree.FromJoin, scope: Scope) -> Span | None:
    """Where the words that join were written."""
    if scope.source is None or join.start < 0:
        return None
    return Span(scope.source, join.start, join.end)


def _needed(logic: Logic, scope: Scope, join: tree.FromJoin, side: tree.FromNode) -> Reason | None:
    """The condition, other than its own, that a join without a match does not pass."""
    inside = {id(each) for each in entries_of(side)}
    own = {id(part) for part in conjuncts(join.condition)}
    for clause, condition in _conditions(scope.query):
        if id(condition) in own:
            continue
        for key in logic.true_facts(condition):
            if key[0] == "column" and key[1] in inside:
                return Reason(f"narrowed by {clause}", span_in(scope, condition))
    return None


def _conditions(query: tree.Query) -> Iterator[tuple[str, tree.Expr]]:
    for clause, condition in (("WHERE", query.where), ("HAVING", query.having)):
        for part in conjuncts(condition):
            yield clause, part
    yield from (("ON", part) for join in joins_of(query) for part in conjuncts(join.condition))


def joins_of(query: tree.Query) -> Iterator[tree.FromJoin]:
    """Every join of a FROM list, those inside others as well."""
    for node in query.from_nodes:
        yield from _joins(node)


def _joins(node: tree.FromNode) -> Iterator[tree.FromJoin]:
    if isinstance(node, tree.FromJoin):
        yield node
        yield from _joins(node.left)
        yield from _joins(node.right)


def _outer_joins(
    query: tree.Query, entry: tree.RangeTableEntry
) -> Iterator[tuple[tree.FromJoin, tree.FromNode]]:
    """The outer joins that can null an entry, with the side it stands on."""
    for join in joins_of(query):
        for side, kinds in (
            (join.left, ("right", "full")),
            (join.right, ("left", "full")),
        ):
            if join.kind in kinds and any(each is entry for each in entries_of(side)):
                yield join, side


def span_in(scope: Scope, expr: tree.Expr) -> Span | None:
    """Where an expression of the level was written."""
    if scope.source is None or expr.start < 0:
        return None
    return Span(scope.source, expr.start, max(expr.end, expr.start))
