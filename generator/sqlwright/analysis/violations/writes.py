"""From an analysed statement to its effects: data-modifying WITH queries, MERGE and ON CONFLICT
among them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING as NO_FACTS
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.sources.writes import assigned_value, inserted_value
from sqlwright.analysis.premises.current import current_relation
from sqlwright.analysis.statements.written_tables import behind_views
from sqlwright.analysis.tree.traversal import walk
from sqlwright.analysis.violations.constraints import looked_at
from sqlwright.analysis.violations.effects import Effect
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import dataclass, replace

Assignments = tuple[tree.TargetAssignment, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """The judge of a statement and its scope. `settled` is false where conditions may be left out,
    so that nothing is concluded from them."""

    judge: Judge
    scope: Scope
    settled: bool = True

    def scope_of(self, query: tree.Query) -> Scope:
        """The scope of the values that a statement, or one in its WITH clause, writes."""
        inside = query is not self.scope.query
        scope = self.judge.outputs.inside(query, self.scope) if inside else self.scope
        known = scope.known if self.settled else NO_FACTS
        return replace(scope, writing=True, known=known)


def effects_of(writing: Writing, query: tree.Query) -> Iterator[Effect]:
    """What a statement does by itself to the tables that it names."""
    catalog = writing.judge.catalog
    for part in walk(query):
        if not isinstance(part, tree.Query) or part.target_entry is None:
            continue
        relation = current_relation(catalog, part.target_entry)
        done = None if relation is None else behind_views(catalog, part, relation)
        if done is not None:
            scope = replace(writing.scope_of(part), query=done.query)
            for effect in _of_write(writing.judge, done.query, done.relation, scope):
                yield replace(effect, only=done.only)


def _of_write(
    judge: Judge, query: tree.Query, relation: Relation, scope: Scope
) -> Iterator[Effect]:
    if query.command == "insert":
        yield from _inserted(judge, query, relation, scope)
    elif query.command == "merge":
        for branch in query.merge_branches:
            yield from _merged(judge, query, relation, branch, scope)
    elif query.command == "update":
        yield _updated(judge, relation, query.assignments, scope)
    elif query.command == "delete":
        yield Effect(relation.oid, "delete")


def _updated(judge: Judge, relation: Relation, assignments: Assignments, scope: Scope) -> Effect:
    names = frozenset(item.column.name for item in assignments)
    there = {
        column.name
        for column in relation.columns
        if column.name in names and _is_there(judge, assignments, column, scope)
    }
    defaulted = _defaulted(assignments)
    return Effect(
        relation.oid, "update", changed=names, there=frozenset(there), defaulted=defaulted
    )


def _defaulted(assignments: Assignments) -> frozenset[str]:
    """The columns that DEFAULT is written for."""
    return frozenset(
        item.column.name for item in assignments if isinstance(item.value, tree.SetToDefault)
    )


def _is_there(judge: Judge, assignments: Assignments, column: Column, scope: Scope) -> bool:
    if column.identity is not None and any(
        item.column.number == column.number and isinstance(item.value, tree.SetToDefault)
        for item in assignments
    ):
        return True
    verdict = assigned_value(judge, assignments, column, scope)
    return verdict is not None and not verdict.nullable


def _inserted(
    judge: Judge, query: tree.Query, relation: Relation, scope: Scope
) -> Iterator[Effect]:
    given = {item.column.name for item in query.assignments}
    there = set()
    for column in relation.columns:
        verdict = inserted_value(judge, column, scope)
        numbered = column.identity is not None and _numbers_itself(query, column)
        if numbered or (verdict is not None and not verdict.nullable):
            there.add(column.name)
    conflict = query.on_conflict
    yield Effect(
        relation.oid,
        "insert",
        there=frozenset(there),
        absent=_absent(judge.catalog, relation, given),
        defaulted=_left_to_defaults(query, relation),
        handled=frozenset(conflict.arbiters or ()) if conflict is not None else frozenset(),
        handles_all=conflict is not None and conflict.arbiters is None,
    )
    if conflict is not None and conflict.action == "update":
        facts = judge.logic.true_facts(conflict.where)
        before = replace(scope, known=scope.known | facts)
        update = _updated(judge, relation, conflict.assignments, before)
        yield replace(update, handled=_kept(judge.catalog, relation, conflict))


def _left_to_defaults(query: tree.Query, relation: Relation) -> frozenset[str]:
    """The columns of new rows that may get their default: nothing or DEFAULT is given."""
    given = set[str]()
    for at, item in enumerate(query.assignments):
        rows = [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
        if not any(isinstance(each, tree.SetToDefault) for each in rows):
            given.add(item.column.name)
    return frozenset(column.name for column in relation.columns) - given


def _numbers_itself(query: tree.Query, column: Column) -> bool:
    """Whether an identity column gets its number: nothing is given for it, or DEFAULT."""
    for at, item in enumerate(query.assignments):
        if item.column.number == column.number:
            rows = [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
            return all(isinstance(each, tree.SetToDefault) for each in rows)
    return True


def _absent(catalog: Catalog, relation: Relation, given: set[str]) -> frozenset[str]:
    """The columns that are NULL in a new row: nothing is given for them, and none has a default."""
    return frozenset(
        column.name
        for column in relation.columns
        if column.name not in given
        and not (column.default or column.generated or column.identity)
        and not catalog.has_default(column.type)
    )


def _kept(catalog: Catalog, relation: Relation, conflict: tree.OnConflict) -> frozenset[str]:
    """The keys that found the conflict and of which the update leaves, or sets to what was to be
    inserted, every column: to the same, then, in the eyes of the key."""
    changed = {
        item.column.name
        for item in conflict.assignments
        if not (
            isinstance(item.value, tree.Var)
            and item.value.entry is conflict.excluded
            and item.value.name == item.column.name
            and item.whole
        )
    }
    return frozenset(
        each.name
        for each in relation.constraints
        if each.name in (conflict.arbiters or ()) and changed.isdisjoint(looked_at(catalog, each))
    )


def _merged(
    judge: Judge,
    query: tree.Query,
    relation: Relation,
    branch: tree.MergeBranch,
    scope: Scope,
) -> Iterator[Effect]:
    facts = judge.logic.true_facts(branch.condition)
    if branch.match == "matched":
        facts |= judge.logic.true_facts(query.merge_on)
    scope = replace(scope, known=facts)
    if branch.action == "delete":
        yield Effect(relation.oid, "delete")
    elif branch.action == "update":
        yield _updated(judge, relation, branch.assignments, scope)
    elif branch.action == "insert":
        plain = tree.Query(
            command="insert", target_entry=query.target_entry, assignments=branch.assignments
        )
        there = {
            column.name
            for column in relation.columns
            if (column.identity is not None and _numbers_itself(plain, column))
            or _is_there(judge, branch.assignments, column, scope)
        }
        given = {item.column.name for item in branch.assignments}
        absent = _absent(judge.catalog, relation, given)
        yield Effect(
            relation.oid,
            "insert",
            there=frozenset(there),
            absent=absent,
            defaulted=_left_to_defaults(plain, relation),
        )
