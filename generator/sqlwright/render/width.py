"""How much goes on a line."""

from __future__ import annotations

import unicodedata

WIDTH = 88
STEP = "    "


def fits(line: str) -> bool:
    """Whether a line stays within the width; wide characters count twice, combining ones not."""
    if line.isascii():
        return len(line) <= WIDTH
    return sum(_columns(character) for character in line) <= WIDTH


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
