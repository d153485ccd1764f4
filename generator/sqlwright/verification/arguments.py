"""Arguments to run a query with: values that are in the tables, and others of the type."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlwright.analysis.facts import Parameter, QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.verification.data import identifier, qualified
from sqlwright.verification.values import ValuePool, holds_null_element, quoted

NULLS = 0.4
"""How often an argument that may be NULL is."""

FROM_TABLES = 0.6
"""How often an argument compared with a column is a value of that column."""

_KEPT = 30


@dataclass(slots=True)
class Arguments:
    """Makes argument lists for the state that the tables are in."""

    connection: Any
    catalog: Catalog
    pool: ValuePool
    random: Random
    _stored: dict[tuple[int, int, str], tuple[str, ...]] = field(default_factory=dict)

    async def make(self, facts: QueryFacts) -> tuple[str, ...]:
        """A literal for each parameter, in the order of their numbers."""
        return tuple([await self._argument(item) for item in facts.parameters])

    async def _argument(self, parameter: Parameter) -> str:
        if parameter.nullable and self.random.random() < NULLS:
            return "NULL"
        choices: tuple[str, ...] = ()
        if parameter.column is not None and self.random.random() < FROM_TABLES:
            choices = self._usable(await self._values_of(parameter), parameter)
        choices = choices or self._usable(await self.pool.of_type(parameter.type), parameter)
        return quoted(self.random.choice(choices)) if choices else "NULL"

    def _usable(self, texts: tuple[str, ...], parameter: Parameter) -> tuple[str, ...]:
        type_ = self.catalog.type(self.catalog.base_type(parameter.type))
        if parameter.element_nullable or not type_.is_array:
            return texts
        return tuple(text for text in texts if not holds_null_element(text))

    async def _values_of(self, parameter: Parameter) -> tuple[str, ...]:
        """What the column the parameter is compared with holds, as texts of its type."""
        assert parameter.column is not None
        oid, name = parameter.column
        key = (parameter.type, oid, name)
        if key not in self._stored:
            found = await self._fetch(oid, name)
            if self.catalog.type(parameter.type).is_array:
                found = tuple("{" + _element(text) + "}" for text in found)
            shown = self.catalog.display_type(parameter.type)
            self._stored[key] = await self.pool.accepted(shown, found) if found else ()
        return self._stored[key]

    async def _fetch(self, oid: int, name: str) -> tuple[str, ...]:
        import asyncpg

        relation = self.catalog.get_relation(oid)
        if relation is None:
            return ()
        column = identifier(name)
        try:
            async with self.connection.transaction():
                rows = await self.connection.fetch(
                    f"SELECT DISTINCT {column}::text FROM {qualified(relation)} "
                    f"WHERE {column} IS NOT NULL ORDER BY 1 LIMIT {_KEPT}"
                )
        except asyncpg.PostgresError:
            return ()
        return tuple(row[0] for row in rows)


def _element(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
