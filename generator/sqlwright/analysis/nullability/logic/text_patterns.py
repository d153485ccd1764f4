"""LIKE and ILIKE of constants (manual 9.7.1)."""

from __future__ import annotations

import re

from sqlwright.analysis import tree
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog

MATCHING = {"~~": True, "~~*": True, "!~~": False, "!~~*": False}
"""The operators that LIKE and ILIKE stand for, and what they answer where the text matches."""


def matched_constants(
    catalog: Catalog, name: str, left: tree.Const | None, right: tree.Const | None
) -> bool | None:
    """The outcome of a text's being matched with a pattern, None if it is not known: of letters in
    another case the database's language tells, and a collation may pass over characters."""
    if left is None or right is None or name not in MATCHING or catalog.nondeterministic:
        return None
    text, pattern = left.value, right.value
    if left.type != oids.TEXT or right.type != oids.TEXT or text is None or pattern is None:
        return None
    if name.endswith("*") and text:
        return None
    parts = _parts(pattern)
    if parts is None:
        return None
    matches = re.fullmatch("".join(parts), text, re.DOTALL) is not None
    return matches == MATCHING[name]


def _parts(pattern: str) -> list[str] | None:
    """The pattern as parts of a regular expression; None if it ends in an escape, an error."""
    found: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if letter == "\\":
            escaped = next(letters, None)
            if escaped is None:
                return None
            found.append(re.escape(escaped))
        else:
            found.append({"%": ".*", "_": "."}.get(letter) or re.escape(letter))
    return found
