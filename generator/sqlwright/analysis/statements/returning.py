"""RETURNING: the target's columns, and its rows as they were and as they are (`old`, `new`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.targets import (
    resolve_target_list_unknowns,
    transform_target_list,
)
from sqlwright.analysis.names.scope import refname_namespace_item
from sqlwright.analysis.state.parse_state import make_namespace_item

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ExprKind, ParseState
    from sqlwright.sql import nodes

Version = Literal["old", "new"]
_SINCE = 18
"""The version of PostgreSQL that shows rows before and after the change."""


def transform_returning_clause(
    state: ParseState, returning: nodes.Returning | None, kind: ExprKind = "returning"
) -> tuple[tree.TargetEntry, ...]:
    """Analyse a RETURNING list in the namespace of its statement."""
    if returning is None:
        return ()
    known = len(state.namespace)
    given: tuple[tuple[Version, str | None], ...] = (
        ("old", returning.old_alias),
        ("new", returning.new_alias),
    )
    for version, alias in given:
        if alias is None:
            continue
        if refname_namespace_item(state, None, alias, None) is not None:
            state.error(
                "duplicate-alias",
                f'table name "{alias}" specified more than once',
                returning,
                sqlstate="42712",
            )
        _show(state, alias, version)
    for version, alias in given if state.catalog.builtin.major >= _SINCE else ():
        if alias is None and refname_namespace_item(state, None, version, None) is None:
            _show(state, version, version)
    targets = transform_target_list(state, returning.targets, kind)
    if not targets:
        state.error(
            "empty-returning",
            "RETURNING must have at least one column",
            returning,
            sqlstate="42601",
        )
    del state.namespace[known:]
    return tuple(resolve_target_list_unknowns(state, targets))


def _show(state: ParseState, name: str, version: Version) -> None:
    """Make the target's rows before or after the change visible under a name."""
    assert state.target_item is not None
    state.namespace.append(
        make_namespace_item(
            name=name,
            entry=state.target_item.entry,
            columns=state.target_item.columns,
            columns_visible=False,
            returning=version,
        )
    )
