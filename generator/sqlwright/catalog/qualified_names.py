"""How many parts the name of an object may have (manual 5.10.1)."""

from __future__ import annotations

from sqlwright.diagnostics import Code

_MOST_PARTS = 3


def misqualified(names: tuple[str, ...]) -> tuple[Code, str, str] | None:
    """The code, message and SQLSTATE for a name that says more than a schema, None if it does not:
    a database may stand before it, but no other than the own."""
    shown = ".".join(names)
    if len(names) > _MOST_PARTS:
        message = f"improper qualified name (too many dotted names): {shown}"
        return "improper-name", message, "42601"
    if len(names) == _MOST_PARTS:
        message = f"cross-database references are not implemented: {shown}"
        return "cross-database-reference", message, "0A000"
    return None
