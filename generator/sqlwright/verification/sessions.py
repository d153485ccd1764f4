"""Queries that wait for another transaction: at READ COMMITTED they look at a row again when it has
changed meanwhile, but not at those that they found together with it (manual 13.2.1)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from random import Random
from typing import Any

import asyncpg

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.dataclass import dataclass, replace
from sqlwright.patterns import pattern
from sqlwright.verification.arguments import Arguments, NoArgumentError
from sqlwright.verification.calls.places import put_rows
from sqlwright.verification.claims import contradictions
from sqlwright.verification.contents import inserts_of, only
from sqlwright.verification.decoding import read_as_bytes
from sqlwright.verification.filling import Filler, in_order
from sqlwright.verification.lessons import Lessons
from sqlwright.verification.palette import Palette
from sqlwright.verification.quoting import identifier, qualified, quoted
from sqlwright.verification.refutation import Seen
from sqlwright.verification.rows import NARROW_TRIES, Filling, insert_of
from sqlwright.verification.running import RefusedError, Runner, prepared
from sqlwright.verification.server import connected
from sqlwright.verification.stored import StoredRows
from sqlwright.verification.witnesses import Witness

TRIALS = 8
"""How often a query is run while another transaction is open."""

_LOCKS = pattern(r"\bFOR\s+(NO\s+KEY\s+UPDATE|UPDATE|KEY\s+SHARE|SHARE)\b", re.IGNORECASE)
_NEW_PARENT = 0.4
_BEGUN = 0.03
_PATIENCE = 5


@dataclass(slots=True)
class Sessions:
    """Two connections to a database that is there for this alone: `first` runs the queries, and
    `second` changes rows, which is committed as soon as the first waits for it."""

    first: Any
    second: Any
    catalog: Catalog
    arguments: Arguments
    state: Filling
    random: Random
    waits: int = 0

    async def refute(self, queries: Sequence[QueryFacts], seen: dict[str, Seen]) -> None:
        """Run each query that locks or writes rows; what refutes a claim is added to `seen`."""
        await read_as_bytes(self.second)
        await self.second.execute("SET statement_timeout = 2000")
        tables = [item for item in in_order(self.catalog) if item.kind == "table"]
        for facts in queries:
            if _claims(facts) and (facts.writes or _LOCKS.search(facts.sql)):
                for _ in range(TRIALS if tables else 0):
                    await self._try(facts, self._touched(facts, tables), seen[facts.name])

    async def _try(self, facts: QueryFacts, tables: Sequence[Relation], seen: Seen) -> None:
        other = self.second.transaction()
        await other.start()
        try:
            change = await self._change(self.random.choice(tables))
            if change is not None:
                await self._beside(facts, change, tables, other, seen)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, NoArgumentError, TimeoutError):
            pass  # says nothing about NULLs or rows, like any other refusal
        finally:
            if self.second.is_in_transaction():
                await other.rollback()

    async def _beside(
        self,
        facts: QueryFacts,
        change: str,
        tables: Sequence[Relation],
        other: Any,
        seen: Seen,
    ) -> None:
        values = await self.arguments.make(facts)
        inserts = [text for item in tables for text in await inserts_of(self.first, item)]
        async with self.first.transaction():
            await self.first.execute("SET LOCAL statement_timeout = 2000")
            async with prepared(self.first, self.catalog, facts) as runner:
                rows = await self._run(runner, values, other)
        seen.runs += 1
        for found in contradictions(facts, rows or ()) if rows is not None else ():
            if all(witness.claim != found.claim for witness in seen.witnesses):
                row = tuple(
                    (column.name, None if value is None else str(value))
                    for column, value in zip(facts.columns, found.row or (), strict=False)
                )
                witness = Witness(facts.name, found.claim, values, row, found.came, tuple(inserts))
                seen.witnesses.append(replace(witness, beside=change))

    async def _run(
        self, runner: Runner, values: tuple[str | None, ...], other: Any
    ) -> list[Any] | None:
        """The rows, if the query had to wait for the other transaction, which is then committed."""
        running = asyncio.ensure_future(runner.run(values))
        done, _ = await asyncio.wait({running}, timeout=_BEGUN)
        if not done:
            self.waits += 1
            await other.commit()
        try:
            rows = await asyncio.wait_for(running, _PATIENCE)
        except RefusedError:
            return None
        return None if done else rows

    def _touched(self, facts: QueryFacts, tables: Sequence[Relation]) -> list[Relation]:
        """The tables that the query names, and those that they refer to."""
        words = set(re.findall(r"\w+", facts.sql))
        named = [item for item in tables if item.name in words]
        referenced = {
            key.referenced
            for item in named
            for key in item.constraints
            if key.kind == "foreign key"
        }
        return [item for item in tables if item in named or item.oid in referenced] or [*tables]

    async def _change(self, relation: Relation) -> str | None:
        """Change or delete a row, or all; the statement, if it worked."""
        keys = [item for item in relation.constraints if item.kind == "foreign key"]
        if keys and self.random.random() < _NEW_PARENT:
            return await self._move(relation, self.random.choice(keys))
        name = only(relation)
        columns = [item for item in relation.columns if item.generated is None]
        row = f"ctid = (SELECT ctid FROM {name} ORDER BY random() LIMIT 1)"
        where = self.random.choice((row, row, "true"))
        if not columns or self.random.random() < 0.3:
            statement = f"DELETE FROM {name} WHERE {where}"
        else:
            column = self.random.choice(columns)
            value = await self.state.palette.draw(column.type, column.modifier)
            if not column.not_null and self.random.random() < 0.4:
                value = None
            statement = (
                f"UPDATE {name} SET {identifier(column.name)} = {quoted(value)} WHERE {where}"
            )
        try:
            async with self.second.transaction():
                await self.second.execute(statement)
        except (asyncpg.PostgresError, asyncpg.InterfaceError):
            return None
        return statement

    async def _move(self, relation: Relation, key: Constraint) -> str | None:
        """Let rows refer to a row that is new, which no snapshot from before has."""
        parent = self.catalog.get_relation(key.referenced)
        if parent is None or not key.referenced_columns:
            return None
        row = await self.arguments.maker.propose(parent, self.state, NARROW_TRIES)
        insert = insert_of(parent, row)
        listed = ", ".join(f"{identifier(name)}::text" for name in key.referenced_columns)
        try:
            async with self.second.transaction():
                made = await self.second.fetchrow(f"{insert} RETURNING {listed}")
                pairs = zip(key.columns, made or (), strict=False)
                changed = ", ".join(f"{identifier(name)} = {quoted(text)}" for name, text in pairs)
                update = f"UPDATE {only(relation)} SET {changed}"
                await self.second.execute(update)
        except (asyncpg.PostgresError, asyncpg.InterfaceError):
            return None
        return f"{insert}; {update}"


def _claims(facts: QueryFacts) -> bool:
    """Whether anything is said of the query's rows that could be wrong."""
    return facts.command != "copyfrom" and (
        (facts.rows in ("exactly-one", "at-most-one") and bool(facts.columns))
        or any(not column.nullable for column in facts.columns)
    )


async def refute_waiting(
    first: Any,
    uri: str,
    filler: Filler,
    queries: Sequence[QueryFacts],
    seen: dict[str, Seen],
    states: Sequence[Sequence[str]],
) -> int:
    """Try every query on rows that are there for all sessions, and take them away again; how often
    one had to wait."""
    catalog = filler.catalog
    tables = [item for item in in_order(catalog) if await filler.is_there(item)]
    state = Filling(Palette(filler.rows.pool, filler.random, 2), 0.2)
    waits = 0
    second = await connected(uri)
    try:
        for rows in states if tables else ():
            await first.execute(f"TRUNCATE {', '.join(map(qualified, tables))} CASCADE")
            async with first.transaction():
                await put_rows(first, rows)
            arguments = Arguments(filler.rows, state, Lessons(catalog), StoredRows(first, catalog))
            sessions = Sessions(first, second, catalog, arguments, state, filler.random)
            await sessions.refute(queries, seen)
            waits += sessions.waits
    finally:
        await second.close()
    return waits
