"""States of the tables that functions are called on, as the INSERTs that bring them."""

from __future__ import annotations

from typing import Any

import asyncpg

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import dataclass
from sqlwright.verification.contents import inserts_of, only
from sqlwright.verification.densities import Density
from sqlwright.verification.edges import EDGES
from sqlwright.verification.filling import Filler, in_order
from sqlwright.verification.quoting import element, identifier, quoted
from sqlwright.verification.rows import with_dimensions
from sqlwright.verification.running import undone
from sqlwright.verification.values import ValuePool

STATES = (Density(0, 0.0), Density(2, 0.5, variety=1), Density(6, 0.3, variety=3))
"""Empty, few rows with many NULLs, and more rows, over which the edges of types are spread."""

_MOMENTS = ("date", "timestamp", "timestamptz")
"""What may be infinite where a column is said to. Python has no infinite time span, which the page
on types says."""

_MOST_UPDATES = 3000
_ROWS = 8


async def states(
    connection: Any, catalog: Catalog, filler: Filler, pool: ValuePool
) -> tuple[tuple[str, ...], ...]:
    """The states, made in transactions that are rolled back."""
    found = []
    for density in STATES:
        async with undone(connection):
            await connection.execute("SET LOCAL statement_timeout = 2000")
            await filler.fill(density)
            tables = [item for item in in_order(catalog) if await filler.is_there(item)]
            if density is STATES[-1]:
                await _Spreading(connection, catalog, pool).spread(tables)
            found.append(
                tuple([text for item in tables for text in await inserts_of(connection, item)])
            )
    return tuple(found)


@dataclass(slots=True)
class _Spreading:
    """Puts the edges of its type into every column that takes them, one row each."""

    connection: Any
    catalog: Catalog
    pool: ValuePool
    left: int = _MOST_UPDATES

    async def spread(self, tables: list[Relation]) -> None:
        for relation in tables:
            places = await self.connection.fetch(
                f"SELECT ctid::text FROM {only(relation)} LIMIT {_ROWS}"
            )
            for column in relation.columns:
                if column.generated is None and column.identity is None:
                    places = await self._over(relation, column, [row[0] for row in places])

    async def _over(self, relation: Relation, column: Column, places: list[str]) -> list[Any]:
        found = await self._edges(column.type, infinite=column.infinite)
        edges = [with_dimensions(text, column) for text in found]
        moved: list[Any] = []
        for at, place in enumerate(places):
            moved.append((place,))
            if not edges or self.left <= 0:
                continue
            self.left -= 1
            savepoint = self.connection.transaction()
            await savepoint.start()
            try:
                row = await self.connection.fetchrow(
                    f"UPDATE {only(relation)} SET {identifier(column.name)} = "
                    f"{quoted(edges[at % len(edges)])} WHERE ctid = '{place}' RETURNING ctid::text"
                )
                await savepoint.commit()
            except (asyncpg.PostgresError, asyncpg.InterfaceError):
                await savepoint.rollback()
            else:
                moved[-1] = row or moved[-1]
        return moved

    async def _edges(self, oid: int, *, infinite: bool) -> list[str]:
        """Edges of a type that asyncpg has a value for, wherever they stand."""
        item = self.catalog.type(self.catalog.base_type(oid))
        if item.is_array:
            inner = await self._edges(item.element, infinite=infinite)
            shown = [element(text) for text in inner]
            whole = item.delimiter.join([*shown, "NULL"])
            return [f"{{{whole}}}", "{}", "{NULL}", *(f"{{{text}}}" for text in shown)]
        if item.kind == "enum":
            return list(item.labels)
        known = [
            text
            for text in EDGES.get(item.name, ())
            if "infinity" not in text or (infinite and item.name in _MOMENTS)
        ]
        return list(await self.pool.readable(oid, known)) or list(await self.pool.of_type(oid))
