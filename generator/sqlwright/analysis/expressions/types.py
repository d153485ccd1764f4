"""Types as written in a query (manual 4.2.9, 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.catalog.types import resolution as type_resolution

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.sql import nodes


def typename_type_id_and_mod(state: ParseState, type_name: nodes.TypeName) -> tuple[int, int]:
    """The OID and modifier of a type as written. Raises 42704, 3F000, 42601 or 22023."""
    return type_resolution.typename_type_id_and_mod(state.catalog, state.source, type_name)
