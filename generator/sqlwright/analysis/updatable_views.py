"""Which views can be written to, and through which of their columns (CREATE VIEW, manual)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlwright.analysis.state import ParseState
    from sqlwright.catalog.model import Column, Relation

_VERBS = {
    "insert": ("insert into", "inserting into", "INSERT"),
    "update": ("update", "updating", "UPDATE"),
    "delete": ("delete from", "deleting from", "DELETE"),
}
_BASE_KINDS = ("table", "partitioned table", "foreign table", "view")


def check_view_write(
    state: ParseState,
    relation: Relation,
    event: str,
    assignments: Sequence[tree.TargetAssignment],
    overriding: str | None = None,
    *,
    merge: bool = False,
) -> None:
    """Refuse a write to a view that neither PostgreSQL nor a trigger or rule can carry out."""
    if relation.kind != "view" or _is_taken_over(relation, event):
        return
    query = relation.stored
    if not isinstance(query, tree.Query):
        return
    reason = why_not_updatable(query)
    if reason is not None:
        _error_view(state, relation, event, reason, merge)
    base_entry = query.entries[0]
    assert base_entry.relation is not None
    base = state.catalog.get_relation(base_entry.relation.oid) or base_entry.relation
    mapped: list[tree.TargetAssignment] = []
    for assignment in assignments:
        column, why = _base_column(query, base, relation, assignment.column)
        if column is None:
            _error_column(state, relation, event, assignment, why, merge)
        mapped.append(
            tree.TargetAssignment(column=column, value=assignment.value, whole=assignment.whole)
        )
    _check_base(state, base, event, mapped, overriding, merge)


def _check_base(
    state: ParseState,
    base: Relation,
    event: str,
    mapped: Sequence[tree.TargetAssignment],
    overriding: str | None,
    merge: bool,
) -> None:
    from sqlwright.analysis import rewrite

    if event == "insert":
        rewrite.check_insert_values(state, mapped, overriding)
    elif event == "update":
        rewrite.check_set(state, mapped)
    check_view_write(state, base, event, mapped, overriding, merge=merge)


def _is_taken_over(relation: Relation, event: str) -> bool:
    """Whether an INSTEAD OF trigger or an INSTEAD rule does the work."""
    return any(
        trigger.timing == "instead of" and event in trigger.events for trigger in relation.triggers
    ) or any(rule.instead and rule.event == event for rule in relation.rules)


def why_not_updatable(query: tree.Query) -> str | None:
    """Why PostgreSQL cannot write through a view of this query; None if it can."""
    tests = (
        (query.distinct or query.distinct_on, "Views containing DISTINCT"),
        (query.group_by or query.grouping_sets, "Views containing GROUP BY"),
        (query.having, "Views containing HAVING"),
        (query.set_operation, "Views containing UNION, INTERSECT, or EXCEPT"),
        (query.ctes, "Views containing WITH"),
        (query.limit or query.offset, "Views containing LIMIT or OFFSET"),
        (query.has_aggregates, "Views that return aggregate functions"),
        (query.windows, "Views that return window functions"),
        (query.has_set_returning, "Views that return set-returning functions"),
        (not _single_base(query), "Views that do not select from a single table or view"),
    )
    for holds, what in tests:
        if holds:
            return f"{what} are not automatically updatable."
    return None


def _single_base(query: tree.Query) -> bool:
    if len(query.from_nodes) != 1 or not isinstance(query.from_nodes[0], tree.FromLeaf):
        return False
    relation = query.from_nodes[0].entry.relation
    return relation is not None and relation.kind in _BASE_KINDS


def _base_column(
    query: tree.Query, base: Relation, view: Relation, column: Column
) -> tuple[Column | None, str]:
    at = next(i for i, each in enumerate(view.columns) if each.name == column.name)
    expr = query.output[at].expr
    if not isinstance(expr, tree.Var) or expr.entry.relation is None:
        return (
            None,
            "View columns that are not columns of their base relation are not updatable.",
        )
    if expr.number < 0:
        return None, "View columns that refer to system columns are not updatable."
    if expr.number == 0:
        return None, "View columns that return whole-row references are not updatable."
    source = expr.entry.columns[expr.number - 1].source
    found = next(
        (each for each in base.columns if source is not None and each.number == source.number),
        None,
    )
    return found, ""


def _error_view(
    state: ParseState, view: Relation, event: str, reason: str, merge: bool
) -> NoReturn:
    verb, doing, name = _VERBS[event]
    hint = (
        f"To enable {doing} the view using MERGE, provide an INSTEAD OF {name} trigger."
        if merge
        else f"To enable {doing} the view, provide an INSTEAD OF {name} trigger or an "
        f"unconditional ON {name} DO INSTEAD rule."
    )
    state.error(
        "view-not-updatable",
        f'cannot {verb} view "{view.name}"',
        _target_place(state),
        sqlstate="55000",
        notes=(reason,),
        hint=hint,
    )


def _error_column(
    state: ParseState,
    view: Relation,
    event: str,
    assignment: tree.TargetAssignment,
    reason: str,
    merge: bool,
) -> NoReturn:
    verb = "merge into" if merge else {"insert": "insert into"}.get(event, event)
    state.error(
        "view-column-not-updatable",
        f'cannot {verb} column "{assignment.column.name}" of view "{view.name}"',
        assignment.value,
        sqlstate="0A000",
        notes=(reason,),
    )


def _target_place(state: ParseState) -> tuple[int, int] | None:
    if state.target_item is None:
        return None
    entry = state.target_item.entry
    return (entry.start, entry.end)
