"""Filling tables with random rows that satisfy their constraints, rich in NULLs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import asyncpg

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass, field
from sqlwright.verification.cycles import rows_for_cycle
from sqlwright.verification.densities import Density
from sqlwright.verification.history import History
from sqlwright.verification.neighbours import Neighbours
from sqlwright.verification.palette import Palette
from sqlwright.verification.quoting import qualified, quoted
from sqlwright.verification.rows import Filling, RowMaker, insert_of

TRIES_PER_ROW = 8
"""How often a row that the server refuses (CHECK, uniqueness, exclusion) is made anew."""

TRIES_FOR_ONE = 40
"""The same while a table has no row at all."""


@dataclass(slots=True)
class Filler:
    """Fills the tables of a catalog. `define` allows it to switch off a table's own triggers and
    rules where they let no row in."""

    connection: Any
    catalog: Catalog
    rows: RowMaker
    random: Random
    define: bool = True
    _endless: set[int] = field(default_factory=set)
    _there: dict[int, bool] = field(default_factory=dict)
    _hopeless: Counter[int] = field(default_factory=Counter)

    async def fill(self, density: Density) -> Filling:
        """Insert rows into every table, parents before children."""
        state = Filling(Palette(self.rows.pool, self.random, density.variety), density.nulls)
        # A transaction may break a deferrable constraint until it ends, and read what it wrote.
        when = "IMMEDIATE" if density.settled else "DEFERRED"
        await self.connection.execute(f"SET CONSTRAINTS ALL {when}")
        if density.rows:
            tables = [
                relation
                for relation in in_order(self.catalog)
                if self.random.random() >= density.empty and await self.is_there(relation)
            ]
            taken = {relation.oid: 0 for relation in tables}
            history = History(self.connection, self.catalog, self.random)
            if density.old and self.define:
                await history.begin()
            await self._insert_into(tables, density, state, taken)
            await self._insert_into_stubborn(tables, density, state, taken)
            if density.near:
                neighbours = Neighbours(self.connection, self._insert)
                for relation in tables:
                    await neighbours.add(relation, state)
            await self._refresh()
            if density.old and self.define:
                await history.end(tables)
        return state

    async def _insert_into(
        self, tables: Iterable[Relation], density: Density, state: Filling, taken: dict[int, int]
    ) -> None:
        for relation in tables:
            for _ in range(density.rows):
                if not await self._insert_row(relation, state, taken):
                    break

    async def _insert_into_stubborn(
        self, tables: Sequence[Relation], density: Density, state: Filling, taken: dict[int, int]
    ) -> None:
        """Tables that took no row: again, now that others have rows; in one statement with those
        that they refer to in a circle; and without their triggers and rules."""
        for attempt in (self._again, self._together, self._untriggered):
            stubborn = [item for item in tables if await self._is_empty(item, taken)]
            taken.update((item.oid, 0) for item in stubborn)
            if stubborn:
                state.offered.clear()
                await attempt(stubborn, density, state, taken)

    async def _again(
        self, tables: Sequence[Relation], density: Density, state: Filling, taken: dict[int, int]
    ) -> None:
        await self._insert_into(tables, density, state, taken)

    async def _together(
        self, tables: Sequence[Relation], density: Density, state: Filling, taken: dict[int, int]
    ) -> None:
        for relation in tables:
            if taken[relation.oid]:
                continue
            for _ in range(TRIES_PER_ROW):
                made = await rows_for_cycle(self.catalog, relation, self.rows, state)
                if not made:
                    break
                *first, (last, row) = made
                parts = ", ".join(f"r{at} AS ({insert_of(*each)})" for at, each in enumerate(first))
                if await self._insert(relation, f"WITH {parts} {insert_of(last, row)}"):
                    taken.update((each.oid, taken.get(each.oid, 0) + 1) for each, _ in made)
                    break
            await self._insert_into([relation], density, state, taken)

    async def _untriggered(
        self, tables: Sequence[Relation], density: Density, state: Filling, taken: dict[int, int]
    ) -> None:
        for relation in tables if self.define else ():
            if not (relation.triggers or relation.rules):
                continue
            name = qualified(relation)
            switches = [f"ALTER TABLE {name} {{}} TRIGGER USER"]
            switches += [f'ALTER TABLE {name} {{}} RULE "{rule.name}"' for rule in relation.rules]
            off = "; ".join(each.format("DISABLE") for each in switches)
            on = "; ".join(each.format("ENABLE") for each in switches)
            if await self._insert(relation, off):
                self._endless.discard(relation.oid)
                await self._insert_into([relation], density, state, taken)
                await self._insert(relation, on)

    async def _refresh(self) -> None:
        """Let materialized views show the rows."""
        for relation in self.catalog.relations():
            if relation.kind == "materialized view":
                await self._insert(relation, f"REFRESH MATERIALIZED VIEW {qualified(relation)}")

    async def is_there(self, relation: Relation) -> bool:
        """Whether the server has the table: a statement of the schema may have failed there."""
        if relation.oid not in self._there:
            name = quoted(qualified(relation))
            found = await self.connection.fetchval(f"SELECT to_regclass({name})")
            self._there[relation.oid] = found is not None
        return self._there[relation.oid]

    async def _is_empty(self, relation: Relation, taken: dict[int, int]) -> bool:
        """Whether a table took no row; a trigger or rule may have kept them out silently."""
        if not (taken[relation.oid] and (relation.triggers or relation.rules)):
            return not taken[relation.oid]
        question = f"SELECT NOT EXISTS (SELECT FROM {qualified(relation)})"
        return bool(await self.connection.fetchval(question))

    async def _insert_row(self, relation: Relation, state: Filling, taken: dict[int, int]) -> bool:
        """Whether the table took one more row. The more it has, the sooner its values may be any:
        keys use up the few of the palette."""
        before = taken[relation.oid]
        for attempt in range(before, before + self._tries(relation, before)):
            if relation.oid in self._endless:
                break
            row = await self.rows.propose(relation, state, attempt)
            if await self._insert(relation, insert_of(relation, row)):
                taken[relation.oid] += 1
                return True
        if not before:
            self._hopeless[relation.oid] += 1
        return False

    def _tries(self, relation: Relation, taken: int) -> int:
        if taken:
            return TRIES_PER_ROW
        return max(TRIES_PER_ROW, TRIES_FOR_ONE >> self._hopeless[relation.oid])

    async def _insert(self, relation: Relation, statement: str) -> bool:
        try:
            await self.connection.execute(
                f"SAVEPOINT filling; {statement}; RELEASE SAVEPOINT filling"
            )
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            await self.connection.execute(
                "ROLLBACK TO SAVEPOINT filling; RELEASE SAVEPOINT filling"
            )
            if isinstance(error, asyncpg.QueryCanceledError):
                # A trigger that never ends: one row tried is enough.
                self._endless.add(relation.oid)
            return False
        return True


def in_order(catalog: Catalog) -> list[Relation]:
    """Tables so that a foreign key points backwards, where that is possible; a cycle is entered
    anywhere."""
    waiting = [item for item in catalog.relations() if item.kind in ("table", "partitioned table")]
    waiting = [item for item in waiting if not item.is_partition and not _is_systems(item)]
    done: set[int] = set()
    ordered: list[Relation] = []
    while waiting:
        free = [item for item in waiting if _referenced(item) - {item.oid} <= done] or waiting[:1]
        ordered += free
        done.update(item.oid for item in free)
        waiting = [item for item in waiting if item.oid not in done]
    return ordered


def _is_systems(relation: Relation) -> bool:
    return relation.schema in ("pg_catalog", "information_schema", "pg_toast")


def _referenced(relation: Relation) -> set[int]:
    return {item.referenced for item in relation.constraints if item.kind == "foreign key"}
