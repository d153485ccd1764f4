"""What RETURNING shows: rows as a write leaves them (manual 6.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.keys import Key
from sqlwright.analysis.nullability.scopes import Scope, open_scope
from sqlwright.analysis.nullability.verdicts import Verdict, maybe, never
from sqlwright.catalog.model import Column, Relation

if TYPE_CHECKING:
    from sqlwright.analysis.nullability.judge import Judge


def target_column(judge: Judge, expr: tree.Var, scope: Scope) -> Verdict:
    """A column of the written table: what the row that RETURNING shows holds."""
    query = scope.query
    if absent := _absent_row(query, expr.returning):
        return maybe(absent)
    if expr.number <= 0:
        return never("the row written, or a system column")
    relation = expr.entry.relation
    column = _column(relation, expr.number)
    if relation is None or column is None:
        return maybe("nothing is known of this column")
    if relation.kind == "view":
        return _view_column(judge, relation, column)
    name = f"{relation.name}.{column.name}"
    if column.not_null:
        return never(f"column {name} is NOT NULL", column.declared)
    plain = maybe(f"column {name} has no NOT NULL constraint", column.declared)
    if scope.writing:
        return plain
    if expr.returning == "old" or rewrites_rows(relation, query.command):
        return plain
    return _written(judge, column, scope) or plain


def source_may_be_absent(query: tree.Query, entry: tree.RangeTableEntry) -> bool:
    """Whether MERGE acts on target rows that no row of its source matched."""
    return (
        query.command == "merge"
        and entry is not query.target_entry
        and any(branch.match == "not matched by source" for branch in query.merge_branches)
    )


def returning_scope(scope: Scope) -> Scope:
    """The scope of UPDATE's RETURNING: conditions spoke of the row before it was changed, so what
    they say of assigned columns no longer holds; of no column where a trigger may change any."""
    query = scope.query
    target = query.target_entry
    if target is None:
        return scope
    if target.relation is not None and rewrites_rows(target.relation, "update"):
        changed = {column.number for column in target.relation.columns}
    else:
        changed = {item.column.number for item in query.assignments}
    kept = frozenset(key for key in scope.known if not _speaks_of(key, id(target), changed))
    return replace(scope, known=kept)


def rewrites_rows(relation: Relation, command: str) -> bool:
    """Whether something between the statement and the table may change the row."""
    triggers = any(
        trigger.row_level and trigger.timing != "after" and command in trigger.events
        for trigger in relation.triggers
    )
    return triggers or any(rule.event == command for rule in relation.rules)


def _absent_row(query: tree.Query, returning: str | None) -> str | None:
    actions = {branch.action for branch in query.merge_branches}
    inserts = query.command == "insert" or "insert" in actions
    deletes = query.command == "delete" or "delete" in actions
    if returning == "old" and inserts:
        return "an inserted row has no old version"
    if returning == "new" and deletes:
        return "a deleted row has no new version"
    return None


def _written(judge: Judge, column: Column, scope: Scope) -> Verdict | None:
    """The verdict on the value that the statement assigns, None where it assigns none."""
    query = scope.query
    if query.command == "update":
        opened = open_scope(judge.logic, query, scope.parent, scope.source)
        before = replace(opened, writing=True)
        return _assigned(judge, query.assignments, column, before)
    if query.command != "insert":
        return None
    if query.on_conflict is not None and query.on_conflict.action == "update":
        before = replace(scope, writing=True)
        updated = _assigned(judge, query.on_conflict.assignments, column, before)
        if updated is None or updated.nullable:
            return updated
    return _inserted(judge, column, scope)


def _inserted(judge: Judge, column: Column, scope: Scope) -> Verdict | None:
    query = scope.query
    for at, item in enumerate(query.assignments):
        if item.column.number != column.number or not item.whole:
            continue
        if query.source is not None:
            return (
                None
                if at >= len(query.source.output)
                else judge.outputs.of_query(query.source, scope)[at]
            )
        rows = [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
        found = judge.verdicts(rows, scope)
        return next((one for one in found if one.nullable), found[0])
    return None


def _assigned(
    judge: Judge, assignments: tuple[tree.TargetAssignment, ...], column: Column, scope: Scope
) -> Verdict | None:
    for item in assignments:
        if item.column.number == column.number and item.whole:
            return judge.verdict(item.value, scope)
    return None


def _view_column(judge: Judge, relation: Relation, column: Column) -> Verdict:
    """RETURNING through a view shows rows that its WHERE clause would not."""
    at = relation.columns.index(column)
    return judge.outputs.of_view(relation, filtered=False)[at]


def _column(relation: Relation | None, number: int) -> Column | None:
    columns = relation.columns if relation is not None else ()
    return next((column for column in columns if column.number == number), None)


def _speaks_of(key: Key, entry: int, numbers: set[int]) -> bool:
    if key[0] == "column" and key[1] == entry:
        return key[2] in numbers or key[2] == 0
    return any(isinstance(part, tuple) and _speaks_of(part, entry, numbers) for part in key)
