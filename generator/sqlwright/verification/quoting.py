"""Names and values as SQL text for the server."""

from __future__ import annotations

from sqlwright.catalog.model import Relation


def quoted(value: str | None) -> str:
    """A literal of any type: quoted text, or NULL."""
    if value is None:
        return "NULL"
    escaped = value.replace("'", "''")
    return f"E'{escaped.replace(chr(92), chr(92) * 2)}'" if "\\" in value else f"'{escaped}'"


def identifier(name: str) -> str:
    """A name in quotes."""
    return '"' + name.replace('"', '""') + '"'


def qualified(relation: Relation) -> str:
    """A relation's name in quotes, with its schema unless it is temporary."""
    if relation.temporary:
        return identifier(relation.name)
    return f"{identifier(relation.schema)}.{identifier(relation.name)}"


def element(text: str | None) -> str:
    """A value's text inside that of an array or a row."""
    if text is None:
        return "NULL"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
