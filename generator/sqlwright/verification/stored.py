"""Rows that the tables hold, for arguments that find them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import asyncpg

from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, field
from sqlwright.verification.quoting import identifier, qualified
from sqlwright.verification.running import undone

KEPT = 30
"""How many rows of a relation are looked at."""

StoredRow = Mapping[str, str | None]


@dataclass(slots=True)
class StoredRows:
    """What relations hold in the present state of the tables, read once each."""

    connection: Any
    catalog: Catalog
    _rows: dict[int, list[StoredRow]] = field(default_factory=dict)

    async def of(self, oid: int) -> list[StoredRow]:
        """Some rows of a relation, every value as text; none where it cannot be read."""
        if oid not in self._rows:
            self._rows[oid] = await self._read(oid)
        return self._rows[oid]

    async def _read(self, oid: int) -> list[StoredRow]:
        relation = self.catalog.get_relation(oid)
        if relation is None or not relation.columns:
            return []
        listed = ", ".join(f"{identifier(column.name)}::text" for column in relation.columns)
        try:
            async with undone(self.connection):
                rows = await self.connection.fetch(
                    f"SELECT {listed} FROM {qualified(relation)} LIMIT {KEPT}"
                )
        except asyncpg.PostgresError:
            return []
        names = [column.name for column in relation.columns]
        return [dict(zip(names, row, strict=True)) for row in rows]
