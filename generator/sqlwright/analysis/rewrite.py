"""What PostgreSQL checks when it rewrites a write, which it does as it prepares the statement.

Values for generated and identity columns, and whether a view can be written to (manual 5.3, 5.4,
41.5, CREATE VIEW).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.updatable_views import check_view_write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlwright.analysis.state import ParseState
    from sqlwright.catalog.model import Relation


def check_rewrite(state: ParseState, query: tree.Query) -> None:
    """Check a statement's write and those in its WITH clause."""
    for cte in query.ctes:
        if cte.query is not None and cte.query.command != "select":
            check_rewrite(state, cte.query)
    if query.target_entry is None or query.target_entry.relation is None:
        return
    relation = query.target_entry.relation
    if query.command == "insert":
        _check_insert(state, query, relation)
    elif query.command == "update":
        check_set(state, query.assignments)
        check_view_write(state, relation, "update", query.assignments)
    elif query.command == "delete":
        check_view_write(state, relation, "delete", ())
    elif query.command == "merge":
        _check_merge(state, query, relation)


def _check_insert(state: ParseState, query: tree.Query, relation: Relation) -> None:
    check_insert_values(state, query.assignments, query.overriding, query.insert_rows)
    check_view_write(state, relation, "insert", query.assignments, query.overriding)
    if query.on_conflict is not None and query.on_conflict.action == "update":
        check_set(state, query.on_conflict.assignments)
        check_view_write(state, relation, "update", query.on_conflict.assignments)


def _check_merge(state: ParseState, query: tree.Query, relation: Relation) -> None:
    for branch in query.merge_branches:
        if branch.action == "insert":
            check_insert_values(state, branch.assignments, branch.overriding)
        elif branch.action == "update":
            check_set(state, branch.assignments)
        if branch.action != "nothing":
            check_view_write(state, relation, branch.action, branch.assignments, merge=True)


def check_insert_values(
    state: ParseState,
    assignments: Sequence[tree.TargetAssignment],
    overriding: str | None,
    rows: Sequence[Sequence[tree.Expr]] = (),
) -> None:
    """A generated column takes DEFAULT alone, an identity column ALWAYS unless overridden.

    `rows` where there are several; else the assignments have the values.
    """
    for row in rows or [[assignment.value for assignment in assignments]]:
        for assignment, value in zip(assignments, row, strict=False):
            column = assignment.column
            if isinstance(value, tree.SetToDefault):
                continue
            if column.generated is not None:
                _error_not_default(state, column.name, "is a generated column.", value, None)
            if column.identity == "always" and overriding is None:
                _error_not_default(
                    state,
                    column.name,
                    "is an identity column defined as GENERATED ALWAYS.",
                    value,
                    "Use OVERRIDING SYSTEM VALUE to override.",
                )
    _check_assigned_once(state, assignments)


def _error_not_default(
    state: ParseState, name: str, reason: str, where: tree.Expr, hint: str | None
) -> NoReturn:
    state.error(
        "generated-column",
        f'cannot insert a non-DEFAULT value into column "{name}"',
        where,
        sqlstate="428C9",
        notes=(f'Column "{name}" {reason}',),
        hint=hint,
    )


def check_set(state: ParseState, assignments: Sequence[tree.TargetAssignment]) -> None:
    """An update may set generated and identity columns to DEFAULT only, and each column once."""
    for assignment in assignments:
        column = assignment.column
        if isinstance(assignment.value, tree.SetToDefault):
            continue
        if column.identity == "always":
            reason = "is an identity column defined as GENERATED ALWAYS."
        elif column.generated is not None:
            reason = "is a generated column."
        else:
            continue
        state.error(
            "generated-column",
            f'column "{column.name}" can only be updated to DEFAULT',
            assignment.value,
            sqlstate="428C9",
            notes=(f'Column "{column.name}" {reason}',),
        )
    _check_assigned_once(state, assignments)


def _check_assigned_once(state: ParseState, assignments: Sequence[tree.TargetAssignment]) -> None:
    seen: dict[str, bool] = {}
    for assignment in assignments:
        name = assignment.column.name
        if name in seen and (assignment.whole or seen[name]):
            state.error(
                "duplicate-assignment",
                f'multiple assignments to same column "{name}"',
                assignment.value,
                sqlstate="42601",
            )
        seen[name] = assignment.whole
