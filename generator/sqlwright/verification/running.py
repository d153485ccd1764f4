"""Running a query on the tables as they are, and undoing it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import asyncpg

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass
from sqlwright.verification.quoting import quoted

ROWS_READ = 1000
"""How many rows of a result are looked at."""

_RUN_NUMBERS = count(1)


class RefusedError(Exception):
    """The server refuses to run the query with these arguments; `cause` has its words."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class UnsettledError(RefusedError):
    """What is checked at the end of the transaction is violated before the query has run."""


@asynccontextmanager
async def undone(connection: Any) -> AsyncIterator[None]:
    """What happens inside is undone, and the locks it took are let go."""
    savepoint = connection.transaction()
    await savepoint.start()
    try:
        yield
    finally:
        await savepoint.rollback()


@dataclass(slots=True)
class Runner:
    """A query that the server has prepared under a name, to be executed with literals, each of
    which it reads as text of the parameter's type. With `at_once`, what a transaction checks at its
    end is checked behind the query."""

    connection: Any
    name: str
    at_once: bool = False
    _long: bool = True

    async def run(self, values: Sequence[str | None]) -> list[Any]:
        """The rows of one run, undone. Raises RefusedError; a refusal (a constraint, a division by
        zero, a timeout) says nothing about NULLs."""
        try:
            return await self.rows(values)
        finally:
            await self.connection.execute("ROLLBACK TO SAVEPOINT running")

    async def rows(self, values: Sequence[str | None]) -> list[Any]:
        """The same, left for the caller to undo."""
        if self.at_once:
            await self._settle()
        try:
            if self._long:
                cursor = await self.connection.cursor(self.call(values))
                rows = list(await cursor.fetch(ROWS_READ))
            else:
                rows = list(await self.connection.fetch(self.call(values)))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError, OverflowError) as error:
            raise RefusedError(error) from error
        # A cursor asks the server twice more, which a query that never gives many rows can do
        # without.
        self._long = len(rows) >= ROWS_READ // 2
        return rows[:ROWS_READ]

    async def _settle(self) -> None:
        try:
            await self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except asyncpg.PostgresError as error:
            raise UnsettledError(error) from error

    def call(self, values: Sequence[str | None]) -> str:
        """The EXECUTE statement."""
        shown = f" ({', '.join(map(quoted, values))})" if values else ""
        return f"EXECUTE {self.name}{shown}"


@asynccontextmanager
async def prepared(connection: Any, catalog: Catalog, facts: QueryFacts) -> AsyncIterator[Runner]:
    """A query made ready to run; whatever happens inside is undone. Raises asyncpg's errors."""
    types = ", ".join(catalog.display_type(item.type) for item in facts.parameters)
    listed = f" ({types})" if types else ""
    # A name of its own for each: asyncpg remembers what EXECUTE with the same text returned before.
    name = f"sqlwright_run_{next(_RUN_NUMBERS)}"
    async with undone(connection):
        await connection.execute(f"PREPARE {name}{listed} AS {facts.sql}")
        await connection.execute("SAVEPOINT running")
        yield Runner(connection, name)
        await connection.execute(f"DEALLOCATE {name}")
