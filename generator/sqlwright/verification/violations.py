"""Which constraints queries violate as they run, against those that they are said to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import asyncpg

from sqlwright.analysis.facts import Parameter, QueryFacts, Violable
from sqlwright.analysis.violations.places import (
    Place,
    constraints_declared,
    place_of_parts,
    places_of,
    without_numbers,
)
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint, Relation, Type
from sqlwright.patterns import pattern
from sqlwright.verification.arguments import Arguments
from sqlwright.verification.claims import Contradiction
from sqlwright.verification.stored import StoredRow

Slot = tuple[bool, int, str]
"""A constraint by whether it is a domain's, the OID of its table or domain, and its name."""

ANYTHING = 0.5
"""How often a foreign key is tried with any value, and not with one that is referred to."""

_OWN_STEP = pattern(r'SQL statement "')
"""What an error says of where it happened while foreign keys are followed."""


def expected(facts: QueryFacts) -> dict[Slot, Violable]:
    """What a query is said to violate, at once or as the transaction ends."""
    return {(each.domain, each.of, each.constraint): each for each in facts.violable or ()}


class Violations:
    """Tells of errors which constraint they are about."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._declared: dict[Slot, tuple[Relation | Type, Constraint]] = {}
        self._places: dict[Place, Slot] = {}
        self._parts: dict[Place, Slot] = {}
        for of, constraint in constraints_declared(catalog):
            slot = isinstance(of, Type), of.oid, constraint.name
            self._declared[slot] = of, constraint
            self._places.update(dict.fromkeys(places_of(catalog, of, constraint), slot))
            parts = place_of_parts(catalog, of, constraint)
            if parts is not None:
                self._parts[parts] = slot
        self._ruled = any(
            rule.event != "select" for table in catalog.relations() for rule in table.rules
        )

    def of(self, error: Any) -> Slot | None:
        """The constraint of an error, None if it is about none that the schema has."""
        if not isinstance(error, asyncpg.IntegrityConstraintViolationError):
            return None
        owner = error.table_name or error.data_type_name
        place = error.schema_name, owner, error.constraint_name, error.column_name
        if place in self._places or error.constraint_name is None:
            return self._places.get(place)
        stem = without_numbers(error.constraint_name)
        return self._parts.get((error.schema_name, owner, stem, None))

    def is_deferrable(self, slot: Slot) -> bool:
        """Whether a constraint can be checked as late as at the end of a transaction."""
        return slot in self._declared and self._declared[slot][1].deferrable

    def contradiction(
        self, facts: QueryFacts, error: Any, *, settled: bool
    ) -> Contradiction | None:
        """The claim that an error contradicts: that the query does not violate a constraint. None
        where it may come of a function, a trigger or a rule, or, if not `settled`, of rows that are
        broken for the time of a transaction."""
        slot = self.of(error)
        if slot is None or slot in expected(facts) or self._ruled:
            return None
        steps = (error.context or "").splitlines()
        if not all(_OWN_STEP.match(step) for step in steps):
            return None
        of, constraint = self._declared[slot]
        if constraint.deferrable and not settled:
            return None
        return Contradiction(f"{constraint.kind} {constraint.name} of {of.name} is not violated")

    def near(self, facts: QueryFacts) -> list[Slot]:
        """Constraints that a query might violate by what it is given: of the tables and domains of
        its parameters, and foreign keys that refer to those tables."""
        tables = {each.column[0] for each in facts.parameters if each.column is not None}
        return [
            slot
            for slot, (of, constraint) in self._declared.items()
            if of.oid in tables
            or constraint.referenced in tables
            or any(self._may_violate(each, of, constraint) for each in facts.parameters)
        ]

    async def aimed(
        self, facts: QueryFacts, slot: Slot, arguments: Arguments
    ) -> tuple[str | None, ...]:
        """Arguments that are likely to violate a constraint: for a key those of a row that has it
        already, or that others refer to; for others any that the type has."""
        made = list(await arguments.make(facts))
        of, constraint = self._declared[slot]
        random = arguments.maker.random
        anything = constraint.kind == "check" or (
            constraint.kind == "foreign key" and random.random() < ANYTHING
        )
        rows = await arguments.stored.of(of.oid) if not anything and not slot[0] else []
        taken = dict(_key_of(constraint, random.choice(rows))) if rows else {}
        for at, parameter in enumerate(facts.parameters):
            if parameter.slice:
                continue
            if parameter.column in taken:
                made[at] = taken[parameter.column]
            elif anything and self._may_violate(parameter, of, constraint):
                base = self._catalog.base_type(parameter.type)
                values = await arguments.maker.pool.of_type(base)
                made[at] = random.choice(values) if values else made[at]
        return tuple(made)

    def _may_violate(
        self, parameter: Parameter, of: Relation | Type, constraint: Constraint
    ) -> bool:
        """Whether a parameter is for a column that a constraint looks at, or of a domain."""
        oid, name = parameter.column or (0, "")
        if not isinstance(of, Type):
            return oid == of.oid and name in constraint.columns
        relation = self._catalog.get_relation(oid)
        columns = relation.columns if relation is not None else ()
        types = {parameter.type, *(each.type for each in columns if each.name == name)}
        return of.oid in types


def _key_of(constraint: Constraint, row: StoredRow) -> Iterator[tuple[tuple[int, str], str | None]]:
    """The values that a row has in the columns of a key, and that it refers to by one."""
    for name in constraint.columns:
        if row.get(name) is not None:
            yield (constraint.relation, name), row[name]
    for own, theirs in zip(constraint.columns, constraint.referenced_columns, strict=False):
        if row.get(own) is not None:
            yield (constraint.referenced, theirs), row[own]


def never_violated(facts: QueryFacts, seen: Collection[Slot]) -> list[str]:
    """The names of what a query is said to violate and was not seen to."""
    return [each.constraint for slot, each in expected(facts).items() if slot not in seen]
