"""A refutation made small: the arguments, the row, and the few rows of tables that lead to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import asyncpg

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass
from sqlwright.verification.claims import Contradiction, contradictions
from sqlwright.verification.contents import inserts_of, only
from sqlwright.verification.decoding import read_as_text
from sqlwright.verification.filling import in_order
from sqlwright.verification.running import RefusedError, Runner, UnsettledError, undone
from sqlwright.verification.violations import Violations

MOST_TRIALS = 1000
"""How often rows are taken away to see whether the refutation stands without them."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A run that contradicts what was inferred: its arguments, the row that does, column by column,
    or how many came, and INSERTs that bring an empty database where it happens. `beside` is what
    another transaction did, for which the query had to wait. `old` says that rows were stored
    before functions were what they are, or seen before columns were NOT NULL."""

    query: str
    claim: str
    arguments: tuple[str | None, ...]
    row: tuple[tuple[str, str | None], ...] = ()
    came: int | None = None
    inserts: tuple[str, ...] = ()
    beside: str = ""
    old: bool = False


async def witness_of(
    catalog: Catalog,
    facts: QueryFacts,
    runner: Runner,
    values: tuple[str | None, ...],
    found: Contradiction,
    violations: Violations | None = None,
) -> Witness:
    """The witness of a contradiction that running the query with these values just showed."""
    try:
        shrinking = _Shrinking(catalog, facts, runner, values, found.claim, violations)
        found, inserts = await shrinking.shrink(found)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, RefusedError):
        inserts = []
    row = tuple(_shown(facts, found.row))
    return Witness(facts.name, found.claim, values, row, found.came, tuple(inserts))


def _shown(facts: QueryFacts, row: Sequence[Any] | None) -> Iterator[tuple[str, str | None]]:
    for column, value in zip(facts.columns, row or (), strict=False):
        yield column.name, None if value is None else str(value)


class _Shrinking:
    def __init__(
        self,
        catalog: Catalog,
        facts: QueryFacts,
        runner: Runner,
        values: tuple[str | None, ...],
        claim: str,
        violations: Violations | None,
    ) -> None:
        self.violations = violations
        self.catalog, self.facts, self.runner = catalog, facts, runner
        self.values, self.claim = values, claim
        self.connection = runner.connection
        self.trials = MOST_TRIALS

    async def shrink(self, first: Contradiction) -> tuple[Contradiction, list[str]]:
        """The contradiction that is left when every row is gone from the tables that can be, and
        the INSERTs of those that cannot."""
        async with undone(self.connection):
            tables = [item for item in in_order(self.catalog) if await self._has_rows(item)]
            for relation in reversed(tables):
                if not await self._try(f"DELETE FROM {only(relation)}"):
                    for table, ctid in await self._places(relation):
                        await self._try(f"DELETE FROM ONLY {table} WHERE ctid = '{ctid}'")
            inserts = [text for item in tables for text in await inserts_of(self.connection, item)]
            return await self._readable() or first, inserts

    async def _readable(self) -> Contradiction | None:
        """The contradiction with values that people can read."""
        try:
            async with read_as_text(self.connection):
                return await self._contradiction()
        except RefusedError:
            return None  # asyncpg reads no composite value with a field as text

    async def _has_rows(self, relation: Relation) -> bool:
        try:
            async with undone(self.connection):
                found = await self.connection.fetchval(
                    f"SELECT EXISTS (SELECT FROM {only(relation)})"
                )
        except asyncpg.PostgresError:
            return False
        return bool(found)

    async def _places(self, relation: Relation) -> list[tuple[str, str]]:
        rows = await self.connection.fetch(
            f"SELECT tableoid::regclass::text, ctid::text FROM {only(relation)} ORDER BY 1, ctid"
        )
        return [(row[0], row[1]) for row in rows]

    async def _try(self, statement: str) -> bool:
        """Delete for good if the contradiction is there without what is deleted."""
        if self.trials <= 0:
            return False
        self.trials -= 1
        savepoint = self.connection.transaction()
        await savepoint.start()
        try:
            await self.connection.execute(statement)
            stands = await self._contradiction() is not None
        except (asyncpg.PostgresError, RefusedError):
            stands = False
        await (savepoint.commit() if stands else savepoint.rollback())
        return stands

    async def _contradiction(self) -> Contradiction | None:
        async with undone(self.connection):
            try:
                rows = await self.runner.rows(self.values)
            except UnsettledError:
                return None
            except RefusedError as error:
                if self.violations is None:
                    raise
                refused = self.violations.contradiction(
                    self.facts, error.cause, settled=self.runner.at_once
                )
                return refused if refused and refused.claim == self.claim else None
        found = contradictions(self.facts, rows)
        return next((item for item in found if item.claim == self.claim), None)
