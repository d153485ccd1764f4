"""Which relations an outer join can turn into NULLs, after the joins that a strict predicate makes
inner ones have been reduced (the same reduction PostgreSQL's planner makes).

A relation may be nulled by several joins; reducing one leaves the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.keys import Key
from sqlwright.analysis.nullability.predicates import NOTHING, Facts, Logic

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Nulling:
    """An outer join and the side of it that a relation stands on."""

    join: tree.FromJoin
    side: Side


@dataclass(frozen=True, slots=True)
class Joined:
    """What is known of the rows FROM yields: which entries may be null-extended, and by which
    joins; and facts from the conditions that every row passed."""

    nullings: Mapping[int, tuple[Nulling, ...]] = field(default_factory=dict)
    facts: Facts = NOTHING


def join_facts(logic: Logic, nodes: Sequence[tree.FromNode], where: Facts) -> Joined:
    """Reduce the joins of a FROM list under the facts of its WHERE clause."""
    nullings: dict[int, tuple[Nulling, ...]] = {}
    facts = where
    # An inner join's condition, found on the way, can reduce joins under a sibling of the list.
    while True:
        found: Facts = facts
        nullings.clear()
        for node in nodes:
            found |= _walk(logic, node, facts, (), nullings)
        if found == facts:
            return Joined(dict(nullings), facts)
        facts = found


def _walk(
    logic: Logic,
    node: tree.FromNode,
    above: Facts,
    outside: tuple[Nulling, ...],
    nullings: dict[int, tuple[Nulling, ...]],
) -> Facts:
    """Record every entry under `node`; return facts that hold in each row `node` contributes.

    `above` holds for every such row that survives; `outside` are the joins that null all of it.
    """
    if isinstance(node, tree.FromLeaf):
        nullings[id(node.entry)] = outside
        return NOTHING
    condition = logic.true_facts(node.condition)
    nulls_left, nulls_right = _nulled_sides(node, above)
    left = _walk(
        logic,
        node.left,
        _down(above, condition, own_nulled=nulls_left, other_nulled=nulls_right),
        (*outside, Nulling(node, "left")) if nulls_left else outside,
        nullings,
    )
    right = _walk(
        logic,
        node.right,
        _down(above, condition, own_nulled=nulls_right, other_nulled=nulls_left),
        (*outside, Nulling(node, "right")) if nulls_right else outside,
        nullings,
    )
    if node.entry is not None:
        nullings[id(node.entry)] = outside
    kept = NOTHING if nulls_left else left
    kept |= NOTHING if nulls_right else right
    return kept if nulls_left or nulls_right else kept | condition


def _nulled_sides(join: tree.FromJoin, above: Facts) -> tuple[bool, bool]:
    """Whether rows with a null-extended left, and right, side can reach the result."""
    left = join.kind in ("right", "full") and not _mentions(above, join.left)
    right = join.kind in ("left", "full") and not _mentions(above, join.right)
    return left, right


def _down(above: Facts, condition: Facts, *, own_nulled: bool, other_nulled: bool) -> Facts:
    """Facts about the rows of one side. The condition holds for them unless they are preserved,
    that is, unless the other side is null-extended for want of a match. Facts from above hold
    unless the side itself may be null-extended: those would have removed the null extension."""
    holds = NOTHING if own_nulled else above
    return holds if other_nulled else holds | condition


def _mentions(facts: Facts, node: tree.FromNode) -> bool:
    entries = set(_entries(node))
    return any(_about(key, entries) for key in facts)


def _about(key: Key, entries: set[int]) -> bool:
    """Only a bare column's fact: an expression over it may be non-null though it is NULL."""
    return key[0] == "column" and key[1] in entries


def _entries(node: tree.FromNode) -> Iterable[int]:
    if isinstance(node, tree.FromLeaf):
        yield id(node.entry)
        return
    yield from _entries(node.left)
    yield from _entries(node.right)
