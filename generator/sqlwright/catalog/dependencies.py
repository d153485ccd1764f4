"""Which objects rest on which others (pg_depend), and what DROP does about it (manual 5.15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from sqlwright.catalog.persistent import PersistentMap
from sqlwright.dataclass import dataclass, field

ObjectClass = Literal[
    "relation",
    "type",
    "function",
    "operator",
    "operator family",
    "operator class",
    "cast",
    "constraint",
    "default",
    "trigger",
    "rule",
    "policy",
    "schema",
    "extension",
    "named",
]


class Address(NamedTuple):
    """An object. `part` is the number of a relation's column, 0 for the whole; the identity of an
    object without OID (schema, cast, extension, collation ...) is in `key`. A tuple, since most of
    what is done with addresses is to look them up.
    """

    kind: ObjectClass
    oid: int = 0
    part: int = 0
    key: tuple[str, ...] = ()

    def whole(self) -> Address:
        """The relation that a column belongs to, else the object itself."""
        return Address(self.kind, self.oid, 0, self.key) if self.part else self


DependencyKind = Literal["normal", "auto", "internal", "partition", "extension"]
"""How a dependent goes: `normal` only with CASCADE; `auto` silently along; `internal` and
`extension` only along, since they are part of what they rest on."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One dependency, seen from the object that others rest on."""

    dependent: Address
    kind: DependencyKind


@dataclass(frozen=True, slots=True)
class Dependencies:
    """A persistent set of dependencies, found from either end."""

    dependents: PersistentMap[Address, tuple[Edge, ...]] = field(default_factory=PersistentMap)
    referenced: PersistentMap[Address, tuple[tuple[Address, DependencyKind], ...]] = field(
        default_factory=PersistentMap
    )

    def add(
        self, dependent: Address, on: Iterable[Address], kind: DependencyKind = "normal"
    ) -> Dependencies:
        """With a dependent resting on each of these objects; itself and repeats are left out."""
        return self.add_each([(dependent, on, kind)])

    def add_each(
        self, dependents: Iterable[tuple[Address, Iterable[Address], DependencyKind]]
    ) -> Dependencies:
        """With several dependents, each resting on some objects in a way of its own."""
        resting: dict[Address, tuple[Edge, ...]] = {}
        rested: dict[Address, tuple[tuple[Address, DependencyKind], ...]] = {}
        for dependent, on, kind in dependents:
            known = rested.get(dependent)
            for each in on:
                if known is None:
                    known = self.referenced.get(dependent) or ()
                if each == dependent or (each, kind) in known:
                    continue
                known = rested[dependent] = (*known, (each, kind))
                resting[each] = (*resting.get(each, ()), Edge(dependent, kind))
        if not rested:
            return self
        return Dependencies(self.dependents.extended(resting), self.referenced.update(rested))

    def of(self, address: Address) -> tuple[Edge, ...]:
        """What rests on an object itself."""
        return self.dependents.get(address) or ()

    def on(self, address: Address) -> tuple[tuple[Address, DependencyKind], ...]:
        """What an object rests on."""
        return self.referenced.get(address) or ()

    def without_dependent(
        self, dependent: Address, kinds: frozenset[DependencyKind] | None = None
    ) -> Dependencies:
        """Without what a dependent rests on: it is gone, or rests on other things now."""
        known = self.on(dependent)
        gone = [each for each in known if kinds is None or each[1] in kinds]
        if not gone:
            return self
        dependents = self.dependents
        for referenced, kind in gone:
            rest = tuple(
                edge
                for edge in dependents.get(referenced) or ()
                if edge.dependent != dependent or edge.kind != kind
            )
            dependents = dependents.set(referenced, rest) if rest else dependents.remove(referenced)
        kept = tuple(each for each in known if each not in gone)
        referenced_map = (
            self.referenced.set(dependent, kept) if kept else self.referenced.remove(dependent)
        )
        return Dependencies(dependents, referenced_map)

    def without(self, address: Address) -> Dependencies:
        """Without any trace of an object that is gone."""
        cleared = self.without_dependent(address)
        for edge in cleared.of(address):
            cleared = cleared.without_dependent_on(edge.dependent, address)
        return cleared

    def without_dependent_on(self, dependent: Address, referenced: Address) -> Dependencies:
        """Without one dependent's resting on one object, of whatever kind."""
        known = tuple(each for each in self.on(dependent) if each[0] != referenced)
        edges = tuple(edge for edge in self.of(referenced) if edge.dependent != dependent)
        return Dependencies(
            self.dependents.set(referenced, edges) if edges else self.dependents.remove(referenced),
            self.referenced.set(dependent, known) if known else self.referenced.remove(dependent),
        )
