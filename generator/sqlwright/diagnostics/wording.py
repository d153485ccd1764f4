"""Words for numbers of things."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 query`, `2 queries`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
