"""A row for a table, made so that its constraints are likely to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Constraint, Relation
from sqlwright.dataclass import dataclass, field
from sqlwright.verification.check_constants import constants_of_checks
from sqlwright.verification.palette import Palette
from sqlwright.verification.quoting import identifier, qualified, quoted
from sqlwright.verification.running import undone
from sqlwright.verification.values import ValuePool

KEYS_OFFERED = 50
"""How many rows of a referenced table a foreign key chooses from."""

NARROW_TRIES = 3
"""After so many refusals of a row, any values may come, not only those of the palette."""

_INFINITE = ("infinity", "-infinity")

Row = dict[str, str | None]
"""Values as texts by column name; a column that is left out gets its default."""

_PREFERRED = 0.7
_DEFAULTED = 0.3
_OWN_PARENT = 0.15
_DANGLING = 0.2


@dataclass(slots=True)
class RowMaker:
    """Proposes rows for the tables as they are; what each column takes is worked out once."""

    connection: Any
    catalog: Catalog
    pool: ValuePool
    random: Random
    compared: Mapping[tuple[int, str], Sequence[str]] = field(default_factory=dict)
    _preferred: dict[int, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    _compared: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)

    async def propose(self, relation: Relation, state: Filling, attempt: int = 0) -> Row:
        """Values for the columns that are not generated; keys of other tables are those of rows
        that are there."""
        preferred = await self._preferences(relation)
        row: Row = {}
        for column in relation.columns:
            if column.generated is None:
                asked = await self._asked(relation, column)
                await self._value(column, (preferred[column.name], asked), state, attempt, row)
        await self._point_to_parents(relation, row, state)
        return row

    async def _value(
        self,
        column: Column,
        favoured: Sequence[tuple[str, ...]],
        state: Filling,
        attempt: int,
        row: Row,
    ) -> None:
        if column.default and self.random.random() < _DEFAULTED:
            return
        if not column.not_null and self.random.random() < state.nulls:
            row[column.name] = None
            return
        wide = attempt >= NARROW_TRIES
        for texts in favoured:
            if texts and self.random.random() < _PREFERRED:
                row[column.name] = self.random.choice(
                    texts if wide else state.palette.narrow(texts)
                )
                return
        value = await state.palette.draw(column.type, column.modifier, wide=wide)
        if value is not None:
            row[column.name] = with_dimensions(value, column)

    async def _asked(self, relation: Relation, column: Column) -> tuple[str, ...]:
        """The constants that queries compare the column with, and infinity if it may hold that."""
        key = (relation.oid, column.name)
        if key not in self._compared:
            texts = (*self.compared.get(key, ()), *(_INFINITE if column.infinite else ()))
            self._compared[key] = await self.pool.readable(column.type, texts) if texts else ()
        return self._compared[key]

    async def _preferences(self, relation: Relation) -> dict[str, tuple[str, ...]]:
        """What the checks on each column name."""
        if relation.oid not in self._preferred:
            constants = await constants_of_checks(self.connection, relation)
            self._preferred[relation.oid] = {
                column.name: await self.pool.accepted(
                    self.catalog.display_type(column.type, column.modifier), constants[column.name]
                )
                if constants[column.name]
                else ()
                for column in relation.columns
            }
        return self._preferred[relation.oid]

    # Foreign keys

    async def _point_to_parents(self, relation: Relation, row: Row, state: Filling) -> None:
        """Let foreign keys point to rows that are there. The widest come first, and those that
        share columns with them agree with what they chose."""
        keys = [item for item in relation.constraints if item.kind == "foreign key"]
        generated = {item.name for item in relation.columns if item.generated is not None}
        settled = set(generated)
        for key in sorted(keys, key=lambda item: -len(item.columns)):
            if any(row.get(name, "") is None for name in key.columns):
                continue
            if key.deferrable and self.random.random() < _DANGLING:
                continue
            offered = [
                parent
                for parent in await self._offered(relation, key, state)
                if all(
                    row.get(name) == value
                    for name, value in zip(key.columns, parent, strict=True)
                    if name in settled - generated
                )
            ]
            own = key.referenced == relation.oid
            if own and (not offered or self.random.random() < _OWN_PARENT):
                await self._point_to_itself(relation, key, row, state)
            elif offered:
                chosen = self.random.choice(offered)
                row.update(
                    (name, value)
                    for name, value in zip(key.columns, chosen, strict=True)
                    if name not in generated
                )
            else:
                _point_nowhere(relation, key, row, settled)
            settled.update(key.columns)

    async def _point_to_itself(
        self, relation: Relation, key: Constraint, row: Row, state: Filling
    ) -> None:
        columns = {column.name: column for column in relation.columns}
        for name, referenced in zip(key.columns, key.referenced_columns, strict=True):
            if row.get(referenced) is None and columns[referenced].generated is None:
                row[referenced] = await state.palette.draw(columns[referenced].type)
            row[name] = row.get(referenced)

    async def _offered(
        self, relation: Relation, key: Constraint, state: Filling
    ) -> Sequence[Sequence[str]]:
        parent = self.catalog.get_relation(key.referenced)
        if parent is None or not key.referenced_columns:
            return ()
        known = state.offered.get((relation.oid, key.name))
        if known is not None and parent.oid != relation.oid:
            return known
        listed = ", ".join(f"{identifier(name)}::text" for name in key.referenced_columns)
        present = " AND ".join(f"{identifier(name)} IS NOT NULL" for name in key.referenced_columns)
        async with undone(self.connection):
            rows = await self.connection.fetch(
                f"SELECT {listed} FROM {qualified(parent)} WHERE {present} LIMIT {KEYS_OFFERED}"
            )
        found = [tuple(row) for row in rows]
        state.offered[relation.oid, key.name] = found
        return found


@dataclass(slots=True)
class Filling:
    """One state of the tables in the making: the values it draws from, how rich in NULLs it is, and
    the keys that foreign keys may point to."""

    palette: Palette
    nulls: float = 0.0
    offered: dict[tuple[int, str], Sequence[Sequence[str]]] = field(default_factory=dict)


def _point_nowhere(relation: Relation, key: Constraint, row: Row, settled: set[str]) -> None:
    """Without a row to point to a key must be NULL, where it may be."""
    may_be_null = {column.name for column in relation.columns if not column.not_null}
    for name in key.columns:
        if name in may_be_null and name not in settled:
            row[name] = None


def with_dimensions(text: str, column: Column) -> str:
    """The text of an array with as many dimensions as the column was declared with, to which
    PostgreSQL does not hold it but applications do."""
    if column.dimensions < 2 or text == "{}" or text.startswith("{{"):
        return text
    return "{" * (column.dimensions - 1) + text + "}" * (column.dimensions - 1)


def insert_of(relation: Relation, row: Mapping[str, str | None]) -> str:
    """The INSERT of a row, identity columns included."""
    if not row:
        return f"INSERT INTO {qualified(relation)} DEFAULT VALUES"
    always = {column.name for column in relation.columns if column.identity == "always"}
    overriding = " OVERRIDING SYSTEM VALUE" if always & set(row) else ""
    names = ", ".join(map(identifier, row))
    values = ", ".join(map(quoted, row.values()))
    return f"INSERT INTO {qualified(relation)} ({names}){overriding} VALUES ({values})"
