"""What a schema statement is about, told from its text: also of one that cannot be read."""

from __future__ import annotations

import re

from sqlwright.patterns import pattern

_NAME = r'(?:"(?:[^"]|"")+"|`[^`]+`|\[[^]]+\]|[^\W\d][\w$]*)'
_SUBJECT = pattern(
    r"(?:\#[^\n]*\n\s*)*(?P<verb>create|alter)\s+(?:or\s+replace\s+)?"
    r"(?:(?:global|local|temp|temporary|unlogged|foreign|recursive|materialized)\s+)*"
    r"(?P<kind>table|view|type|domain|function|procedure|aggregate|schema)\s+"
    r"(?:if\s+(?:not\s+)?exists\s+|only\s+)*"
    rf"(?P<name>{_NAME}(?:\s*\.\s*{_NAME})*)",
    re.IGNORECASE,
)
_LAST = pattern(rf"{_NAME}\Z")
_KINDS = {
    "table": "relation",
    "view": "relation",
    "domain": "type",
    "procedure": "function",
    "aggregate": "function",
}


_CREATE = pattern(r"^[ \t]*create\b", re.IGNORECASE | re.MULTILINE)


def subjects_within(text: str) -> list[tuple[str, str]]:
    """The same of all that a text makes which is no statement, such as several without a semicolon
    between them, or one with something else in front: what its lines that begin so say."""
    found = (subject_of(text[each.start() :].lstrip()) for each in _CREATE.finditer(text))
    return [each for each in found if each is not None]


def subject_of(text: str) -> tuple[str, str] | None:
    """Kind and bare name of what a statement makes, or of the table whose columns it changes.

    The kinds are relation, type, function, schema and, for a change of a table, column. None where
    the statement makes nothing that has a name in queries.
    """
    found = _SUBJECT.match(text)
    if found is None:
        return None
    last = _LAST.search(found["name"])
    if last is None:
        return None
    word = last.group()
    name = word[1:-1].replace('""', '"') if word[0] in '"`[' else word.lower()
    kind = found["kind"].lower()
    if found["verb"].lower() == "alter":
        return ("column", name) if kind in ("table", "view") else None
    return _KINDS.get(kind, kind), name
