"""Names that a command was asked about and that there are not."""

from __future__ import annotations

from collections.abc import Collection

from sqlwright.diagnostics.model import Diagnostic
from sqlwright.diagnostics.spelling import did_you_mean, nearest


def unknown(kind: str, name: str, names: Collection[str], query: str | None = None) -> Diagnostic:
    """There is no such query, parameter or column (`kind`), but perhaps one nearly called so."""
    where = f" of {query}" if query else ""
    listed = f"there is: {', '.join(names)}" if names else None
    return Diagnostic(
        "unknown-query",
        "error",
        f'there is no {kind} "{name}"{where}',
        help=did_you_mean(nearest(name, names)) or listed,
    )
