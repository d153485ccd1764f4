"""The table that a statement writes to, through the views that show it (CREATE VIEW, manual)."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.premises.current import current_column, current_relation
from sqlwright.analysis.premises.interception import events_of, is_taken_over
from sqlwright.analysis.statements.updatable_views import why_not_updatable
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import dataclass, replace

_Assignments = tuple[tree.TargetAssignment, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A statement as it is done to a table; with `only`, not to those that inherit from it."""

    query: tree.Query
    relation: Relation
    only: bool


def behind_views(catalog: Catalog, query: tree.Query, relation: Relation) -> Written | None:
    """The statement as it is done to the table that a view shows; None where a trigger or rule does
    the work, or there is no such table. ONLY counts where the table is named, which for that of a
    view is in the view."""
    only = query.target_entry is not None and query.target_entry.only
    return _behind(catalog, query, relation, only=only)


def _behind(
    catalog: Catalog, query: tree.Query, relation: Relation, *, only: bool
) -> Written | None:
    if relation.kind != "view":
        return Written(query, relation, only)
    stored = relation.stored
    events = events_of(query)
    if not isinstance(stored, tree.Query) or why_not_updatable(stored) is not None:
        return None
    base = current_relation(catalog, stored.entries[0])
    if base is None or any(is_taken_over(relation, event) for event in events):
        return None
    shown = dict[int, Column]()
    for column, target in zip(relation.columns, stored.output, strict=False):
        if isinstance(target.expr, tree.Var):
            source = current_column(catalog, target.expr.entry, target.expr.number)
            if source is not None:
                shown[column.number] = source
    behind = _with_columns(catalog, query, relation, shown)
    return _behind(catalog, behind, base, only=stored.entries[0].only)


def _with_columns(
    catalog: Catalog, query: tree.Query, view: Relation, shown: dict[int, Column]
) -> tree.Query:
    """The statement with the columns behind those of a view, and the defaults that the view has."""
    defaults = {
        column.number: column.expression
        for column in view.columns
        if isinstance(column.expression, tree.Expr)
    }

    def value_of(item: tree.TargetAssignment, value: tree.Expr, *, new: bool) -> tree.Expr:
        if not isinstance(value, tree.SetToDefault):
            return value
        default = defaults.get(item.column.number)
        if default is None and not new and not catalog.has_default(value.type):
            # Of the table's own default an UPDATE knows nothing.
            return tree.Const(type=value.type, value=None)
        return value if default is None else default

    def behind(assignments: _Assignments, *, new: bool) -> _Assignments:
        found = [
            replace(
                item, column=shown[item.column.number], value=value_of(item, item.value, new=new)
            )
            for item in assignments
            if item.column.number in shown
        ]
        left_out = defaults.keys() - {item.column.number for item in assignments} if new else ()
        for number in sorted(left_out):
            if number in shown:
                value = defaults[number]
                found.append(tree.TargetAssignment(column=shown[number], value=value))
        return tuple(found)

    assignments = behind(query.assignments, new=query.command == "insert")
    added = tuple(item.value for item in assignments[len(query.assignments) :])
    rows = (
        tuple(value_of(*each, new=True) for each in zip(query.assignments, row, strict=False))
        for row in query.insert_rows
    )
    conflict = query.on_conflict
    if conflict is not None:
        conflict = replace(conflict, assignments=behind(conflict.assignments, new=False))
    branches = (
        replace(each, assignments=behind(each.assignments, new=each.action == "insert"))
        for each in query.merge_branches
    )
    return replace(
        query,
        assignments=assignments,
        insert_rows=tuple((*row, *added) for row in rows),
        on_conflict=conflict,
        merge_branches=tuple(branches),
    )
