"""Which views can be written to, and through which of their columns (CREATE VIEW, manual)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.statements.generated_columns import check_insert_values, check_set
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.model import Column, Relation

Event = Literal["insert", "update", "delete"]

_VERBS: dict[Event, tuple[str, str, str]] = {
    "insert": ("insert into", "inserting into", "INSERT"),
    "update": ("update", "updating", "UPDATE"),
    "delete": ("delete from", "deleting from", "DELETE"),
}
_BASE_KINDS = ("table", "partitioned table", "foreign table", "view")


@dataclass(frozen=True, slots=True)
class ViewWrite:
    """What is done to a view. `called` is the statement that errors over its columns name; it is
    the INSERT for what ON CONFLICT updates, and MERGE for all that a MERGE does.
    """

    event: Event
    called: Literal["insert", "update", "delete", "merge"]
    overriding: str | None = None


def check_view_write(
    state: ParseState,
    relation: Relation,
    write: ViewWrite,
    assignments: Sequence[tree.TargetAssignment],
) -> None:
    """Refuse a write to a view that neither PostgreSQL nor a trigger or rule can carry out."""
    if relation.kind != "view" or _is_taken_over(relation, write.event):
        return
    query = relation.stored
    if not isinstance(query, tree.Query):
        return
    reason = why_not_updatable(query) or _conditional_rule(relation, write.event)
    if reason is not None:
        _error_view(state, relation, write, reason)
    known = query.entries[0].relation
    assert known is not None
    base = state.catalog.get_relation(known.oid) or known
    mapped: list[tree.TargetAssignment] = []
    for assignment in assignments:
        column, why = _base_column(query, base, relation, assignment.column)
        if column is None:
            _error_column(state, relation, write, assignment, why)
        value = assignment.value
        if write.event == "update" and isinstance(value, tree.SetToDefault):
            # The default meant is the view's own, not that of the column behind it.
            value = tree.Const(type=column.type, value=None, start=value.start, end=value.end)
        mapped.append(tree.TargetAssignment(column=column, value=value, whole=assignment.whole))
    if write.event == "insert":
        check_insert_values(state, mapped, write.overriding)
    elif write.event == "update":
        check_set(state, mapped)
    check_view_write(state, base, write, mapped)


def _is_taken_over(relation: Relation, event: Event) -> bool:
    """Whether an INSTEAD OF trigger or an unconditional INSTEAD rule does the work."""
    return any(
        trigger.timing == "instead of" and event in trigger.events for trigger in relation.triggers
    ) or any(
        rule.instead and not rule.conditional and rule.event == event for rule in relation.rules
    )


def _conditional_rule(relation: Relation, event: Event) -> str | None:
    if any(rule.instead and rule.event == event for rule in relation.rules):
        return "Views with conditional DO INSTEAD rules are not automatically updatable."
    return None


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
        (any(each.sampled for each in query.entries), "Views containing TABLESAMPLE"),
    )
    for holds, what in tests:
        if holds:
            return f"{what} are not automatically updatable."
    return None


def why_not_checked(query: tree.Query) -> str | None:
    """Why what is written through a view of this query cannot be checked; None if it can."""
    written = any(
        isinstance(target.expr, tree.Var) and target.expr.number > 0 for target in query.output
    )
    reason = why_not_updatable(query)
    if reason is None and not written:
        return "Views that have no updatable columns are not automatically updatable."
    return reason


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


def _error_view(state: ParseState, view: Relation, write: ViewWrite, reason: str) -> NoReturn:
    verb, doing, name = _VERBS[write.event]
    hint = (
        f"To enable {doing} the view using MERGE, provide an INSTEAD OF {name} trigger."
        if write.called == "merge"
        else f"To enable {doing} the view, provide an INSTEAD OF {name} trigger or an "
        f"unconditional ON {name} DO INSTEAD rule."
    )
    state.error(
        "view-not-updatable",
        f'cannot {verb} view "{view.name}"',
        _target_place(state),
        sqlstate="55000",
        detail=reason,
        hint=hint,
    )


def _error_column(
    state: ParseState,
    view: Relation,
    write: ViewWrite,
    assignment: tree.TargetAssignment,
    reason: str,
) -> NoReturn:
    verb = {"insert": "insert into", "merge": "merge into"}.get(write.called, write.called)
    state.error(
        "view-column-not-updatable",
        f'cannot {verb} column "{assignment.column.name}" of view "{view.name}"',
        assignment.value,
        sqlstate="0A000",
        detail=reason,
    )


def _target_place(state: ParseState) -> tuple[int, int] | None:
    if state.target_item is None:
        return None
    entry = state.target_item.entry
    return (entry.start, entry.end)
