"""Which condition a fact comes from, for the reasons that are shown."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.facts import Reason, make_reason
from sqlwright.analysis.nullability.ground.keys import Key
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.premises.stored_conditions import checked_values
from sqlwright.analysis.tree.from_items import entries_of, joins_of
from sqlwright.catalog.model import Constraint
from sqlwright.source import Span

_CLAUSES = {
    "CASE": proof_rules.TAKEN_BRANCH,
    "HAVING": proof_rules.HAVING,
    "ON": proof_rules.ON,
    "WHEN": proof_rules.ACTED,
    "WHERE": proof_rules.WHERE,
}


def narrowed_by(clause: str, span: Span | None) -> Reason:
    """A condition of a clause lets no NULL through."""
    text = "a condition of CASE" if clause == "CASE" else clause
    return make_reason(f"narrowed by {text}", span, rule=_CLAUSES[clause])


def evidence(logic: Learning, scope: Scope, key: Key) -> Reason | None:
    """The condition, or CHECK, that keeps the expression of this key from being NULL, if it is at
    hand."""
    for level in scope.chain():
        for facts, condition in level.grounds:
            if key in facts:
                return narrowed_by("CASE", span_of(condition, level))
        for clause, condition in _conditions(level.query):
            if key in logic.true_facts(condition):
                return narrowed_by(clause, span_of(condition, level))
        for constraint, value in _checked(logic, level.query):
            if key in logic.strict_keys(value):
                text = f'kept from being NULL by the constraint "{constraint.name}"'
                return make_reason(text, constraint.declared, rule=proof_rules.CHECKED_ROW)
    return None


def _checked(logic: Learning, query: tree.Query) -> Iterator[tuple[Constraint, tree.Expr]]:
    entries = [entry for node in query.from_nodes for entry in entries_of(node)]
    if query.target_entry is not None:
        entries.append(query.target_entry)
    for entry in entries:
        if entry.kind == "relation":
            yield from checked_values(logic.catalog, entry)


def kept_rows(logic: Learning, scope: Scope, entry: tree.RangeTableEntry) -> Reason | None:
    """Why outer joins around an entry null none of the rows that are left: the innermost of those
    that a condition or a foreign key has made inner ones. None if there is none."""
    effective = {id(each.join) for each in scope.nullings.get(id(entry), ())}
    for join, side in _outer_joins(scope.query, entry):
        if id(join) in effective:
            continue
        found = _needed(logic, scope, join, side)
        because = (found,) if found is not None else ()
        text = f"{join.kind.upper()} JOIN: every row that is left has its match"
        return Reason(text, span_of(join, scope), because, proof_rules.MATCHED)
    return None


def _needed(
    logic: Learning, scope: Scope, join: tree.FromJoin, side: tree.FromNode
) -> Reason | None:
    """The condition, other than its own, that a join without a match does not pass."""
    inside = {id(each) for each in entries_of(side)}
    own = {id(part) for part in conjuncts(join.condition)}
    for clause, condition in _conditions(scope.query):
        if id(condition) in own:
            continue
        for key in logic.true_facts(condition):
            if key[0] == "column" and key[1] in inside:
                return narrowed_by(clause, span_of(condition, scope))
    return None


def _conditions(query: tree.Query) -> Iterator[tuple[str, tree.Expr]]:
    for clause, condition in (("WHERE", query.where), ("HAVING", query.having)):
        for part in conjuncts(condition):
            yield clause, part
    for branch in query.merge_branches:
        yield from (("WHEN", part) for part in conjuncts(branch.condition))
    yield from (("ON", part) for part in conjuncts(query.merge_on))
    yield from (("ON", part) for join in joins_of(query) for part in conjuncts(join.condition))


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
