"""Which versions of sqlwright a project takes (`required-version`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlwright.patterns import pattern

_CLAUSE = pattern(r"\s*(==|!=|<=|>=|<|>|~=)?\s*v?(\d+(?:\.\d+)*)(\.\*)?\s*")

Release = tuple[int, ...]


def accepts(required: str, version: str) -> bool:
    """Whether a version meets all clauses, such as `>=0.1, <0.3`: those of Python's version
    specifiers, over releases alone. A version by itself is the only one.

    Raises ValueError for what is no such text.
    """
    own = _release(re.split(r"[^\d.]", version, maxsplit=1)[0])
    clauses = list(_clauses(required))
    return all(_meets(own, *clause) for clause in clauses)


def _clauses(required: str) -> Iterator[tuple[str, Release, bool]]:
    for text in required.split(","):
        found = _CLAUSE.fullmatch(text)
        if found is None:
            raise ValueError(text.strip())
        operator, release, any_of = found[1] or "==", _release(found[2]), found[3] is not None
        if (any_of and operator not in ("==", "!=")) or (operator == "~=" and len(release) < 2):
            raise ValueError(text.strip())
        yield operator, release, any_of


def _release(text: str) -> Release:
    return tuple(int(part) for part in text.strip(".").split("."))


def _meets(own: Release, operator: str, wanted: Release, any_of: bool) -> bool:
    whole = (*own, *(0,) * len(wanted))
    if operator == "~=":
        return _padded(own, wanted) >= 0 and whole[: len(wanted) - 1] == wanted[:-1]
    if any_of:
        return (whole[: len(wanted)] == wanted) == (operator == "==")
    order = _padded(own, wanted)
    return {
        "==": order == 0,
        "!=": order != 0,
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
    }[operator]


def _padded(one: Release, other: Release) -> int:
    """Which is the later release: -1, 0 or 1. What is not written counts as 0."""
    length = max(len(one), len(other))
    first, second = ((*each, *(0,) * (length - len(each))) for each in (one, other))
    return (first > second) - (first < second)
