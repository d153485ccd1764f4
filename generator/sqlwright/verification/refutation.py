"""Trying to prove an inferred nullability or row count wrong by running the query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.verification.arguments import Arguments
from sqlwright.verification.data import Density, Filler, add_default_partitions
from sqlwright.verification.values import ValuePool, literals_in

DENSITIES = (
    Density(0, 0.0),
    Density(4, 0.7),
    Density(6, 0.5, empty=0.3),
    Density(12, 0.3),
    Density(12, 0.0),
)
"""Empty tables first, then few rows with many NULLs, then more rows, then rows without NULLs."""

RUNS_PER_DENSITY = 10
RUN_SECONDS = 2

# asyncpg has no Python value for some of what these hold; their bytes will do.
_AS_BYTES = ("date", "time", "timetz", "timestamp", "timestamptz", "interval", "numeric")

_RUN_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Witness:
    """A run that contradicts what was inferred, with the arguments that led to it."""

    query: str
    claim: str
    arguments: tuple[str, ...]


@dataclass(slots=True)
class Seen:
    """What running a query showed: runs that worked, rows seen, and rows with NULL by column.

    `not_run` says why the query was not run at all.
    """

    runs: int = 0
    failures: int = 0
    rows: int = 0
    nulls: list[int] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    not_run: str | None = None
    last_failure: str | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try; `partitions` allows the definition of partitions, rolled back like all."""

    seed: int = 0
    densities: tuple[Density, ...] = DENSITIES
    runs: int = RUNS_PER_DENSITY
    partitions: bool = True


async def refute(
    connection: Any,
    catalog: Catalog,
    queries: Sequence[QueryFacts],
    effort: Effort | None = None,
    progress: Callable[[QueryFacts], None] = lambda _: None,
) -> dict[str, Seen]:
    """Run each query on tables filled at several densities, and roll everything back."""
    chosen = effort or Effort()
    random = Random(chosen.seed)
    constants = sorted(
        {
            text
            for facts in queries
            for text in literals_in(facts.sql)
            if "infinity" not in text.lower()
        }
    )
    pool = ValuePool(connection, catalog, constants)
    filler = Filler(connection, catalog, pool, random)
    seen = {facts.name: Seen(nulls=[0] * len(facts.columns)) for facts in queries}
    for name in _AS_BYTES:
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
        )
    for density in chosen.densities:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(f"SET LOCAL statement_timeout = '{RUN_SECONDS}s'")
            if chosen.partitions:
                await add_default_partitions(connection, catalog)
            await filler.fill(density)
            arguments = Arguments(connection, catalog, pool, random)
            for facts in queries:
                progress(facts)
                await _run_often(connection, arguments, facts, seen[facts.name], chosen.runs)
        finally:
            await transaction.rollback()
    return seen


async def _run_often(
    connection: Any, arguments: Arguments, facts: QueryFacts, seen: Seen, runs: int
) -> None:
    """Run a query with several arguments, through PREPARE and EXECUTE, which read each argument as
    text of its type. All of it inside a savepoint."""
    import asyncpg

    if seen.not_run is not None:
        return
    catalog = arguments.catalog
    types = ", ".join(catalog.display_type(item.type) for item in facts.parameters)
    listed = f" ({types})" if types else ""
    # A name of its own for each: asyncpg remembers what EXECUTE with the same text returned before.
    name = f"sqlwright_run_{next(_RUN_NUMBERS)}"
    savepoint = connection.transaction()
    await savepoint.start()
    try:
        await connection.execute(f"PREPARE {name}{listed} AS {facts.sql}")
        for _ in range(runs if facts.parameters else max(1, runs // 6)):
            values = await arguments.make(facts)
            shown = f" ({', '.join(values)})" if values else ""
            await _run(connection, facts, f"EXECUTE {name}{shown}", values, seen)
        await connection.execute(f"DEALLOCATE {name}")
    except asyncpg.PostgresError as error:
        seen.not_run = str(error)
    finally:
        await savepoint.rollback()


async def _run(
    connection: Any, facts: QueryFacts, call: str, values: tuple[str, ...], seen: Seen
) -> None:
    """One run inside a savepoint. A refusal by the server (a constraint, a division by zero) says
    nothing about NULLs."""
    import asyncpg

    savepoint = connection.transaction()
    await savepoint.start()
    try:
        rows = list(await connection.fetch(call))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError, OverflowError) as error:
        seen.failures += 1
        seen.last_failure = str(error)
        return
    finally:
        await savepoint.rollback()
    seen.runs += 1
    _judge(facts, rows, values, seen)


def _judge(facts: QueryFacts, rows: list[Any], values: tuple[str, ...], seen: Seen) -> None:
    seen.rows += len(rows)
    for row in rows:
        for at, column in enumerate(facts.columns):
            # asyncpg has None for a value of type void, too.
            if row[at] is None and column.type != oids.VOID:
                seen.nulls[at] += 1
                if not column.nullable:
                    _witness(facts, f"column {column.name} is NOT NULL", values, seen)
            elif not column.element_nullable and None in _elements(row[at]):
                _witness(facts, f"no element of column {column.name} is NULL", values, seen)
    if facts.rows == "exactly-one" and len(rows) != 1:
        _witness(facts, f"exactly one row ({len(rows)} came)", values, seen)
    if facts.rows == "at-most-one" and len(rows) > 1:
        _witness(facts, f"at most one row ({len(rows)} came)", values, seen)


def _elements(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _elements(item) if isinstance(item, list) else (item,)


def _witness(facts: QueryFacts, claim: str, values: tuple[str, ...], seen: Seen) -> None:
    if all(witness.claim != claim for witness in seen.witnesses):
        seen.witnesses.append(Witness(facts.name, claim, values))
