"""What COLLATE names (manual 23.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.catalog.collations import collation_exists
from sqlwright.catalog.qualified_names import misqualified
from sqlwright.diagnostics.spelling import did_you_mean, nearest

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.sql import nodes


def check_collation(state: ParseState, names: tuple[str, ...], place: nodes.Node) -> None:
    """Refuse what cannot name a collation: 42704, or 3F000 if the schema is missing."""
    shown = ".".join(names)
    if (wrong := misqualified(names)) is not None:
        code, message, sqlstate = wrong
        state.error(code, message, place, sqlstate=sqlstate)
    if len(names) == 2 and not state.catalog.has_schema(names[0]):
        state.error(
            "unknown-schema", f'schema "{names[0]}" does not exist', place, sqlstate="3F000"
        )
    if not collation_exists(state.catalog, names):
        state.error(
            "unknown-object",
            f'collation "{shown}" for encoding "UTF8" does not exist',
            place,
            sqlstate="42704",
            help=did_you_mean(nearest(names[-1], state.catalog.names_of_kind("collation"))),
        )


def check_column_collation(
    state: ParseState, names: tuple[str, ...], type_oid: int, place: nodes.Node
) -> None:
    """Refuse a collation for a column of a type that has none (42804), besides unknown ones."""
    check_collation(state, names, place)
    if not state.catalog.type(type_oid).collatable:
        state.error(
            "type-mismatch",
            f"collations are not supported by type {state.catalog.display_type(type_oid)}",
            place,
            sqlstate="42804",
        )
