"""How much goes on a line."""

from __future__ import annotations

from sqlwright.diagnostics.display import width

WIDTH = 88
STEP = "    "


def fits(line: str) -> bool:
    """Whether a line stays within the width; wide characters count twice, combining ones not."""
    return width(line) <= WIDTH
