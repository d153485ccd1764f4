"""Trying to prove an inferred nullability or row count wrong by running the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from sqlwright.analysis.facts import Parameter, QueryFacts
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.verification.data import Density, fill_tables
from sqlwright.verification.values import ValuePool, quoted

DENSITIES = (Density(0, 0.0), Density(4, 0.7), Density(12, 0.3))
"""Empty tables first, then few rows with many NULLs, then more rows."""

RUNS_PER_DENSITY = 12
PARAMETER_NULLS = 0.4

_RUN_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Witness:
    """A run that contradicts what was inferred, with the arguments that led to it."""

    query: str
    claim: str
    arguments: tuple[str, ...]


@dataclass(slots=True)
class Seen:
    """What running a query showed: runs that worked, rows seen, and rows with NULL by column."""

    runs: int = 0
    failures: int = 0
    rows: int = 0
    nulls: list[int] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)


async def refute(
    connection: Any, catalog: Catalog, queries: Sequence[QueryFacts], seed: int = 0
) -> dict[str, Seen]:
    """Run each query on databases of several densities, every run rolled back."""
    random = Random(seed)
    pool = ValuePool(connection)
    seen = {facts.name: Seen(nulls=[0] * len(facts.columns)) for facts in queries}
    for density in DENSITIES:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await fill_tables(connection, catalog, pool, random, density)
            for facts in queries:
                await _run_often(connection, catalog, pool, facts, random, seen[facts.name])
        finally:
            await transaction.rollback()
    return seen


async def _run_often(
    connection: Any,
    catalog: Catalog,
    pool: ValuePool,
    facts: QueryFacts,
    random: Random,
    seen: Seen,
) -> None:
    """Run a query with several arguments, through PREPARE and EXECUTE, which read each argument as
    text of its type."""
    types = ", ".join(catalog.display_type(item.type) for item in facts.parameters)
    listed = f" ({types})" if types else ""
    # A name of its own for each: asyncpg remembers what EXECUTE with the same text returned before.
    name = f"sqlwright_run_{next(_RUN_NUMBERS)}"
    await connection.execute(f"PREPARE {name}{listed} AS {facts.sql}")
    try:
        for _ in range(RUNS_PER_DENSITY):
            arguments = await _arguments(catalog, pool, facts.parameters, random)
            listed = f" ({', '.join(arguments)})" if arguments else ""
            await _run(connection, facts, f"EXECUTE {name}{listed}", arguments, seen)
    finally:
        await connection.execute(f"DEALLOCATE {name}")


async def _arguments(
    catalog: Catalog, pool: ValuePool, parameters: Sequence[Parameter], random: Random
) -> tuple[str, ...]:
    arguments = []
    for item in parameters:
        if item.nullable and random.random() < PARAMETER_NULLS:
            arguments.append("NULL")
            continue
        choices = await pool.of_type(
            catalog.display_type(item.type), catalog.type(item.type).labels
        )
        usable = [text for text in choices if item.element_nullable or "NULL" not in text]
        arguments.append(quoted(random.choice(usable)) if usable else "NULL")
    return tuple(arguments)


async def _run(
    connection: Any, facts: QueryFacts, call: str, arguments: tuple[str, ...], seen: Seen
) -> None:
    """One run inside a savepoint. A refusal by the server (a constraint, a division by zero) says
    nothing about NULLs."""
    import asyncpg

    savepoint = connection.transaction()
    await savepoint.start()
    try:
        rows = list(await connection.fetch(call))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError, OverflowError):
        seen.failures += 1
        return
    finally:
        await savepoint.rollback()
    seen.runs += 1
    _judge(facts, rows, arguments, seen)


def _judge(facts: QueryFacts, rows: list[Any], arguments: tuple[str, ...], seen: Seen) -> None:
    seen.rows += len(rows)
    for row in rows:
        for at, column in enumerate(facts.columns):
            # asyncpg has None for a value of type void, too.
            if row[at] is None and column.type != oids.VOID:
                seen.nulls[at] += 1
                if not column.nullable:
                    _witness(facts, f"column {column.name} is NOT NULL", arguments, seen)
    if facts.rows == "exactly-one" and len(rows) != 1:
        _witness(facts, f"exactly one row ({len(rows)} came)", arguments, seen)
    if facts.rows == "at-most-one" and len(rows) > 1:
        _witness(facts, f"at most one row ({len(rows)} came)", arguments, seen)


def _witness(facts: QueryFacts, claim: str, arguments: tuple[str, ...], seen: Seen) -> None:
    if all(witness.claim != claim for witness in seen.witnesses):
        seen.witnesses.append(Witness(facts.name, claim, arguments))
