"""Outcomes of conditions: True, False, and None for NULL, in Kleene's three-valued logic (manual
9.1)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.analysis import tree

Outcomes = frozenset[bool | None]

TRUE: Outcomes = frozenset({True})
FALSE: Outcomes = frozenset({False})
UNKNOWN: Outcomes = frozenset({None})
NOT_TRUE: Outcomes = frozenset({False, None})
NOT_FALSE: Outcomes = frozenset({True, None})
DECIDED: Outcomes = frozenset({True, False})
ANY: Outcomes = frozenset({True, False, None})


def tested(operand: Outcomes, test: tree.BooleanTest) -> Outcomes:
    """The outcomes of IS [NOT] TRUE, FALSE or UNKNOWN of what has these."""
    wanted = {"true": True, "false": False, "unknown": None}[test.value]
    return frozenset((each is wanted) != test.negated for each in operand)


def null_of(outcomes: Outcomes) -> bool | None:
    """Whether what has these outcomes is NULL; None if that is open."""
    if None not in outcomes:
        return False
    return True if outcomes == UNKNOWN else None


def with_null(outcomes: Outcomes, null: bool | None) -> Outcomes:
    """These outcomes, or NULL in their place, as `null` tells; None is open."""
    if null is True:
        return UNKNOWN
    return outcomes if null is False else outcomes | UNKNOWN


def joined(parts: Iterable[Outcomes], *, decides: bool) -> Outcomes:
    """AND, or OR: an operand that decides, else NULL if any is, else the other truth value."""
    other = not decides
    found: Outcomes = frozenset({other})
    for part in parts:
        if not part:
            return part
        if part == found and len(part) == 1:
            continue  # each value with itself gives itself
        outcomes: set[bool | None] = set()
        if decides in part or decides in found:
            outcomes.add(decides)
        if (None in part and found != {decides}) or (None in found and part != {decides}):
            outcomes.add(None)
        if other in part and other in found:
            outcomes.add(other)
        found = frozenset(outcomes)
    return found
