"""Which relations an outer join can turn into NULLs, after the joins that a strict predicate makes
inner ones have been reduced (the same reduction PostgreSQL's planner makes).

A relation may be nulled by several joins; reducing one leaves the others. A join along a foreign
key finds a match for every row that has the referring columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts, Key, var_key
from sqlwright.analysis.nullability.ground.scopes import Nulling, Side
from sqlwright.analysis.nullability.logic.constants import is_true
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Joined:
    """What is known of the rows FROM yields: which entries may be null-extended, and by which
    joins, if there are any; and facts from the conditions that every row passed."""

    nullings: Mapping[int, tuple[Nulling, ...]] = field(default_factory=dict)
    facts: Facts = NOTHING


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is known of relations apart from the query's conditions.

    `referring` gives the columns that refer to a relation by a foreign key that a condition joins
    along, or by which a LATERAL subquery looks up a row: each tuple is a proof of its own, where
    none of them is NULL. `is_there` tells columns that are never NULL in their relation;
    `has_a_row` tells items of FROM that yield a row in any case, such as an aggregate without
    GROUP BY.
    """

    referring: Callable[[tree.RangeTableEntry, tree.Expr | None], Iterable[tuple[tree.Var, ...]]]
    is_there: Callable[[tree.Var], bool]
    has_a_row: Callable[[tree.FromNode], bool]


NO_PROOFS = Proofs(lambda _, __: (), lambda _: False, lambda _: False)


def join_facts(
    logic: Learning, nodes: Sequence[tree.FromNode], where: Facts, proofs: Proofs = NO_PROOFS
) -> Joined:
    """Reduce the joins of a FROM list under the facts of its WHERE clause."""
    leaves = [node for node in nodes if isinstance(node, tree.FromLeaf)]
    if len(leaves) == len(nodes):
        return Joined(facts=where.union(*(logic.row_facts(leaf.entry) for leaf in leaves)))
    facts = where
    # An inner join's condition, found on the way, can reduce joins under a sibling of the list.
    while True:
        walk = _Walk(logic, proofs)
        found = facts.union(*(walk.node(node, facts, ()) for node in nodes))
        # Where no join nulls a row, nothing is left to reduce.
        if found == facts or not any(walk.nullings.values()):
            return Joined(walk.nullings, found)
        facts = found


@dataclass(frozen=True, slots=True)
class _Walk:
    """One pass over a FROM list, which records what may null each entry."""

    logic: Learning
    proofs: Proofs
    nullings: dict[int, tuple[Nulling, ...]] = field(default_factory=dict)

    def node(self, node: tree.FromNode, above: Facts, outside: tuple[Nulling, ...]) -> Facts:
        """Record every entry under `node`; return facts that hold in each row `node` contributes.

        `above` holds for every such row that survives; `outside` are the joins that null all of it.
        """
        if isinstance(node, tree.FromLeaf):
            self.nullings[id(node.entry)] = outside
            return self.logic.row_facts(node.entry)
        condition = self.logic.true_facts(node.condition)
        nulled = self._nulled_sides(node, above)
        # The side that a foreign key refers to comes last: what nulls the other one nulls it too.
        sides: tuple[Side, Side] = ("left", "right")
        if nulled["left"] and self._referring(node, "left", above):
            sides = ("right", "left")
        kept = NOTHING
        for side in sides:
            by_key = self._by_key(node, side, above, outside) if nulled[side] else None
            own = by_key if by_key is not None else (Nulling(node, side),)
            nulled[side] = nulled[side] and bool(own)
            found = self.node(
                getattr(node, side),
                _down(above, condition, own_nulled=nulled[side], other_nulled=nulled[_other(side)]),
                (*outside, *own) if nulled[side] else outside,
            )
            kept |= NOTHING if nulled[side] else found
        if node.entry is not None:
            self.nullings[id(node.entry)] = outside
        return kept if any(nulled.values()) else kept | condition

    def _nulled_sides(self, join: tree.FromJoin, above: Facts) -> dict[Side, bool]:
        """Whether rows with a null-extended left, and right, side can reach the result."""
        left = join.kind in ("right", "full") and not _mentions(above, join.left)
        right = join.kind in ("left", "full") and not _mentions(above, join.right)
        if is_true(join.condition):
            left = left and not self.proofs.has_a_row(join.left)
            right = right and not self.proofs.has_a_row(join.right)
        return {"left": left, "right": right}

    def _by_key(
        self, join: tree.FromJoin, side: Side, above: Facts, outside: tuple[Nulling, ...]
    ) -> tuple[Nulling, ...] | None:
        """What nulls the referring side, where the join follows a foreign key to this one: that,
        and nothing else, leaves the referenced row out. None if the join follows none."""
        columns = self._referring(join, side, above)
        if not columns:
            return None
        inside = self.nullings.get(id(columns[0].entry), ())
        return tuple(each for each in inside if each not in outside and each.join is not join)

    def _referring(self, join: tree.FromJoin, side: Side, above: Facts) -> tuple[tree.Var, ...]:
        """The columns of the other side that refer to this one, and are never NULL."""
        own, other = getattr(join, side), getattr(join, _other(side))
        if not isinstance(own, tree.FromLeaf):
            return ()
        others = set(map(id, entries_of(other)))
        for columns in self.proofs.referring(own.entry, join.condition):
            among_others = id(columns[0].entry) in others
            if among_others and all(self._is_there(each, above) for each in columns):
                return columns
        return ()

    def _is_there(self, column: tree.Var, above: Facts) -> bool:
        known = var_key(column.entry, column.number, column.returning) in above
        return known or self.proofs.is_there(column)


def _other(side: Side) -> Side:
    return "right" if side == "left" else "left"


def _down(above: Facts, condition: Facts, *, own_nulled: bool, other_nulled: bool) -> Facts:
    """Facts about the rows of one side. The condition holds for them unless they are preserved,
    that is, unless the other side is null-extended for want of a match. Facts from above hold
    unless the side itself may be null-extended: those would have removed the null extension."""
    holds = NOTHING if own_nulled else above
    return holds if other_nulled else holds | condition


def _mentions(facts: Facts, node: tree.FromNode) -> bool:
    entries = set(map(id, entries_of(node)))
    return any(_about(key, entries) for key in facts)


def _about(key: Key, entries: set[int]) -> bool:
    """Only a bare column's fact: an expression over it may be non-null though it is NULL."""
    return key[0] == "column" and key[1] in entries
