"""The words that PostgreSQL's programs hold as texts, to try where no catalog lists what is."""

from __future__ import annotations

import re

_TEXT = re.compile(rb"(?<=\0)[a-z][a-z0-9_]{3,62}(?=\0)")


def words_of(program: bytes) -> list[str]:
    """The words of lower case in a program, and what they end with: of two texts of which one is
    the end of the other, linkers keep the longer one alone."""
    found: set[str] = set()
    for text in _TEXT.findall(program):
        parts = text.decode().split("_")
        found.update("_".join(parts[first:]) for first in range(len(parts)))
    return sorted(each for each in found if re.match(r"[a-z]", each))
