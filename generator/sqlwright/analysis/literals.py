"""Literals of unknown type, read as the type that they turn out to have.

PostgreSQL runs the type's input function while it analyses a statement, so that a text which is
no value of the type is refused there (SQLSTATE 22P02, 22007, 22003 ...).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.refusal import RefusalError

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog


def invalid_literal(
    catalog: Catalog, type_oid: int, modifier: int, text: str
) -> RefusalError | None:
    """Why a text is no value of a type, None if it is one or nothing is known against it."""
    found = catalog.type(type_oid)
    if found.kind == "enum" and text not in found.labels:
        return RefusalError(
            "invalid-literal",
            f'invalid input value for enum {catalog.display_type(type_oid)}: "{text}"',
            sqlstate="22P02",
        )
    return None
