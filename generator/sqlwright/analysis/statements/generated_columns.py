"""Generated and identity columns take no values but DEFAULT (manual 5.3, 5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.catalog.similar_names import declared_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.model import Column


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
                _error_not_default(state, column, "is a generated column.", value, None)
            if column.identity == "always" and overriding is None:
                _error_not_default(
                    state,
                    column,
                    "is an identity column defined as GENERATED ALWAYS.",
                    value,
                    "Use OVERRIDING SYSTEM VALUE to override.",
                )
    _check_assigned_once(state, assignments)


def _error_not_default(
    state: ParseState, column: Column, reason: str, where: tree.Expr, hint: str | None
) -> NoReturn:
    state.error(
        "generated-column",
        f'cannot insert a non-DEFAULT value into column "{column.name}"',
        where,
        sqlstate="428C9",
        detail=f'Column "{column.name}" {reason}',
        hint=hint,
        help=f"leave {column.name} out of the columns that are inserted",
        labels=declared_here(column),
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
            detail=f'Column "{column.name}" {reason}',
            help=f"leave {column.name} out of SET",
            labels=declared_here(column),
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
