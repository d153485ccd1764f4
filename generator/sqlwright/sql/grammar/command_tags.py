"""The tag that PostgreSQL reports for a statement that defines something."""

from __future__ import annotations

from collections.abc import Iterable

_MODIFIERS = frozenset(
    (
        "constraint",
        "default",
        "global",
        "local",
        "or",
        "procedural",
        "recursive",
        "replace",
        "temp",
        "temporary",
        "trusted",
        "unique",
        "unlogged",
    )
)
_LONGER_OBJECTS = (
    ("access", "method"),
    ("event", "trigger"),
    ("foreign", "data", "wrapper"),
    ("foreign", "table"),
    ("large", "object"),
    ("materialized", "view"),
    ("operator", "class"),
    ("operator", "family"),
    ("text", "search", "configuration"),
    ("text", "search", "dictionary"),
    ("text", "search", "parser"),
    ("text", "search", "template"),
    ("user", "mapping"),
)
_ROLES = frozenset(("user", "group"))


def command_tag(keywords: Iterable[str]) -> str:
    """The tag of a CREATE, ALTER, DROP or COMMENT statement that begins with these keywords."""
    words = list(keywords)
    verb = words[0]
    if verb == "comment":
        return "COMMENT"
    if words[1:3] == ["default", "privileges"]:
        return "ALTER DEFAULT PRIVILEGES"
    at = 1
    while at + 1 < len(words) and words[at] in _MODIFIERS:
        at += 1
    for longer in _LONGER_OBJECTS:
        if tuple(words[at : at + len(longer)]) == longer:
            return " ".join((verb, *longer)).upper()
    kind = "role" if words[at] in _ROLES else words[at]
    return f"{verb} {kind}".upper()
