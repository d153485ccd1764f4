"""Trying to prove an inferred nullability or row count wrong by running the query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

import asyncpg

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.verification.arguments import Arguments, NoArgumentError
from sqlwright.verification.claims import contradictions, is_null
from sqlwright.verification.decoding import read_as_bytes
from sqlwright.verification.densities import DENSITIES, MORE, SETTLED, Density
from sqlwright.verification.filling import Filler
from sqlwright.verification.lessons import Lessons
from sqlwright.verification.partitions import add_default_partitions
from sqlwright.verification.rows import RowMaker
from sqlwright.verification.running import RefusedError, Runner, UnsettledError, prepared
from sqlwright.verification.stored import StoredRows
from sqlwright.verification.values import ValuePool, literals_in
from sqlwright.verification.variants import Comparison
from sqlwright.verification.violations import Slot, Violations, expected
from sqlwright.verification.witnesses import Witness, witness_of

RUNS_PER_DENSITY = 10
RUN_SECONDS = 2

ROWS_WANTED = 5
"""A query that returned fewer is run at more densities."""

AIMED_TRIES = 6
"""How often to try to violate each constraint that has not been, at a density."""

FURTHER_TRIES = 2
"""The same for those that the query is not said to violate."""

MOST_TIMEOUTS = 3
"""A query that was too slow so often is not run again."""

Progress = Callable[[int, int], None]
"""Told how many runs of queries at a density are done, of how many."""


@dataclass(slots=True)
class Seen:
    """What running a query showed: runs that worked, rows seen, and rows with NULL by column.

    `not_run` says why the query was not run at all, and `compared` how often a variant was run
    beside the whole query; `violated` are constraints that a run violated.
    """

    runs: int = 0
    failures: int = 0
    timeouts: int = 0
    rows: int = 0
    nulls: list[int] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    not_run: str | None = None
    compared: int = 0
    last_failure: str | None = None
    violated: set[Slot] = field(default_factory=set)

    def settled(self, facts: QueryFacts) -> bool:
        """Whether enough rows were seen, and a NULL in each column that may be."""
        if self.not_run is not None or self.timeouts >= MOST_TIMEOUTS:
            return True
        if not facts.columns and self.runs:
            return True
        return self.rows >= ROWS_WANTED and all(
            nulls or not column.nullable
            for column, nulls in zip(facts.columns, self.nulls, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try.

    `more` are densities for queries that are not settled by then. `compared` are constants that
    queries compare a column, by relation and name, with. `define` allows definitions, rolled back
    like all: partitions for tables that have none, and tables without their triggers. `violations`
    asks which constraints queries violate, too.
    """

    seed: int = 0
    densities: tuple[Density, ...] = DENSITIES
    more: tuple[Density, ...] = MORE
    runs: int = RUNS_PER_DENSITY
    seconds: float = RUN_SECONDS
    compared: Mapping[tuple[int, str], Sequence[str]] = field(default_factory=dict)
    define: bool = True
    violations: bool = False


async def refute(
    connection: Any,
    catalog: Catalog,
    queries: Sequence[QueryFacts],
    effort: Effort | None = None,
    progress: Progress = lambda done, total: None,
) -> dict[str, Seen]:
    """Run each query on tables filled at several densities, and roll everything back."""
    search = _Search(connection, catalog, queries, effort or Effort(), progress)
    await read_as_bytes(connection)
    await search.run()
    return search.seen


class _Search:
    def __init__(
        self,
        connection: Any,
        catalog: Catalog,
        queries: Sequence[QueryFacts],
        effort: Effort,
        progress: Progress,
    ) -> None:
        random = Random(effort.seed)
        pool = ValuePool(connection, catalog, _constants(queries))
        self.connection, self.catalog, self.queries = connection, catalog, queries
        self.effort, self.progress = effort, progress
        self.maker = RowMaker(connection, catalog, pool, random, effort.compared)
        self.filler = Filler(connection, catalog, self.maker, random, effort.define)
        self.lessons = Lessons(catalog)
        self.violations = Violations(catalog)
        self.seen = {facts.name: Seen(nulls=[0] * len(facts.columns)) for facts in queries}
        self.done = 0
        self.old = False
        self.settled = False

    async def run(self) -> None:
        late = [each for each in self.queries if self._may_be_late(each)]
        total = len(self.queries) * len(self.effort.densities) + len(late) * len(SETTLED)
        for density in self.effort.densities:
            await self._at(density, self.queries, total)
        for density in SETTLED if late else ():
            await self._at(density, late, total)
        for density in self.effort.more:
            open_ = [item for item in self.queries if not self.seen[item.name].settled(item)]
            if open_:
                await self._at(density, open_, self.done + len(open_))

    def _may_be_late(self, facts: QueryFacts) -> bool:
        """Whether a query may violate what a transaction checks at its end."""
        asked = self.effort.violations and facts.violable is not None
        return asked and any(
            self.violations.is_deferrable(slot)
            for slot in (*self.violations.near(facts), *expected(facts))
        )

    async def _at(self, density: Density, queries: Sequence[QueryFacts], total: int) -> None:
        transaction = self.connection.transaction()
        await transaction.start()
        try:
            milliseconds = int(self.effort.seconds * 1000)
            await self.connection.execute(
                f"SET LOCAL statement_timeout = {milliseconds}; SELECT setseed(0)"
            )
            # Not where there are no rows: functions that make partitions need them not to be there.
            if self.effort.define and density.rows:
                await add_default_partitions(self.connection, self.catalog)
            self.old = density.old and self.effort.define
            self.settled = density.settled
            state = await self.filler.fill(density)
            stored = StoredRows(self.connection, self.catalog)
            arguments = Arguments(self.maker, state, self.lessons, stored)
            for facts in queries:
                self.done += 1
                self.progress(self.done, total)
                await self._run_often(facts, arguments)
                await self._run_variants(facts, arguments)
        finally:
            await transaction.rollback()

    async def _run_often(self, facts: QueryFacts, arguments: Arguments) -> None:
        """Run a query with several arguments; one that is refused is made up for by another."""
        seen = self.seen[facts.name]
        runs = self.effort.runs if facts.parameters else max(1, self.effort.runs // 6)
        wanted = seen.runs + runs
        if seen.not_run is not None:
            return
        try:
            async with prepared(self.connection, self.catalog, facts) as runner:
                runner.at_once = self.settled
                for _ in range(self._tries(seen, runs)):
                    if seen.runs >= wanted or seen.timeouts >= MOST_TIMEOUTS:
                        break
                    await self._run(facts, runner, await arguments.make(facts))
                await self._violate(facts, runner, arguments)
        except asyncpg.InsufficientResourcesError as error:
            seen.failures += 1
            seen.last_failure = str(error)
        except (asyncpg.PostgresError, NoArgumentError) as error:
            seen.not_run = str(error)

    async def _violate(self, facts: QueryFacts, runner: Runner, arguments: Arguments) -> None:
        """Try arguments that are likely to violate what the query is said to and never has, and
        what it is not."""
        seen = self.seen[facts.name]
        if not self.effort.violations or self.old or facts.violable is None:
            return
        further = AIMED_TRIES if self.settled else FURTHER_TRIES  # there are fewer of those
        tries = dict.fromkeys(self.violations.near(facts), further)
        tries |= dict.fromkeys(expected(facts), AIMED_TRIES)
        for slot, most in tries.items():
            if self.violations.is_deferrable(slot) and not self.settled:
                continue
            for _ in range(most if facts.parameters else 0):
                if slot in seen.violated or seen.timeouts >= MOST_TIMEOUTS:
                    break
                values = await self.violations.aimed(facts, slot, arguments)
                await self._run(facts, runner, values)

    async def _run_variants(self, facts: QueryFacts, arguments: Arguments) -> None:
        """Run texts of a query with several beside the whole."""
        seen = self.seen[facts.name]
        if facts.variants is None or seen.not_run is not None:
            return
        comparison = Comparison(self.connection, self.catalog, self.maker.random)
        try:
            runs, found = await comparison.compare(facts, arguments)
        except (asyncpg.PostgresError, NoArgumentError) as error:
            seen.last_failure = str(error)
            return
        seen.compared += runs
        known = {witness.claim for witness in seen.witnesses}
        seen.witnesses += [witness for witness in found if witness.claim not in known]

    def _tries(self, seen: Seen, runs: int) -> int:
        """How often to try for so many runs: not as often where none ever worked."""
        return max(2, runs // 4) if seen.failures > 2 * runs and not seen.runs else 2 * runs

    async def _run(self, facts: QueryFacts, runner: Runner, values: tuple[str | None, ...]) -> None:
        seen = self.seen[facts.name]
        try:
            rows = await runner.run(values)
        except UnsettledError:
            return
        except RefusedError as error:
            seen.failures += 1
            seen.timeouts += isinstance(error.cause, asyncpg.QueryCanceledError)
            seen.last_failure = str(error)
            self.lessons.learn(facts, values, error.cause)
            await self._violated(facts, runner, values, error.cause)
            return
        seen.runs += 1
        seen.rows += len(rows)
        for row in rows:
            for at, column in enumerate(facts.columns):
                seen.nulls[at] += is_null(column, row[at])
        for found in contradictions(facts, rows):
            if all(witness.claim != found.claim for witness in seen.witnesses):
                witness = await witness_of(self.catalog, facts, runner, values, found)
                seen.witnesses.append(replace(witness, old=self.old))

    async def _violated(
        self,
        facts: QueryFacts,
        runner: Runner,
        values: tuple[str | None, ...],
        error: Exception,
    ) -> None:
        """Note which constraint a run has violated, and refute what says that it does not. Rows of
        old may violate what holds now."""
        if not self.effort.violations or self.old:
            return
        seen = self.seen[facts.name]
        slot = self.violations.of(error)
        if slot is not None and (self.settled or not self.violations.is_deferrable(slot)):
            seen.violated.add(slot)
        found = self.violations.contradiction(facts, error, settled=runner.at_once)
        if found is not None and all(item.claim != found.claim for item in seen.witnesses):
            seen.witnesses.append(
                await witness_of(self.catalog, facts, runner, values, found, self.violations)
            )


def _constants(queries: Sequence[QueryFacts]) -> list[str]:
    found = {text for facts in queries for text in literals_in(facts.sql)}
    return sorted(text for text in found if "infinity" not in text.lower())
