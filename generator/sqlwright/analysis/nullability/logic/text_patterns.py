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
    segments = _segments(pattern)
    if segments is None:
        return None
    matches = re.fullmatch(_expression(segments), text, re.DOTALL) is not None
    return matches == MATCHING[name]


def _segments(pattern: str) -> list[str] | None:
    """What stands between the pattern's `%`, each as a regular expression; None if the pattern
    ends in an escape, an error."""
    found = [""]
    letters = iter(pattern)
    for letter in letters:
        if letter == "%":
            found.append("")
        elif letter == "\\":
            escaped = next(letters, None)
            if escaped is None:
                return None
            found[-1] += re.escape(escaped)
        else:
            found[-1] += "." if letter == "_" else re.escape(letter)
    return found


def _expression(segments: list[str]) -> str:
    """Each segment in the middle is taken where it is found first, once and for all: the rest of
    the pattern matches there if it does anywhere, so nothing is ever tried twice."""
    if len(segments) == 1:
        return segments[0]
    first, *middle, last = segments
    return first + "".join(f"(?>.*?{each})" for each in middle if each) + ".*" + last
