"""Filling tables with random rows that satisfy their constraints, rich in NULLs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Constraint, Relation
from sqlwright.verification.values import ValuePool, literals_in, quoted

TRIES_PER_ROW = 8
"""How often a row that the server refuses (CHECK, uniqueness, exclusion) is made anew."""

KEYS_OFFERED = 50
"""How many rows of a referenced table a foreign key chooses from."""

_PREFERRED = 0.7
_DEFAULTED = 0.3


@dataclass(frozen=True, slots=True)
class Density:
    """How a database is filled: rows tried per table, how likely a nullable column is NULL, and a
    table left empty."""

    rows: int
    nulls: float
    empty: float = 0.0


@dataclass(slots=True)
class Filler:
    """Fills the tables of a catalog; what each column takes is worked out once."""

    connection: Any
    catalog: Catalog
    pool: ValuePool
    random: Random
    _values: dict[int, dict[str, _Choice]] = field(default_factory=dict)
    _endless: set[int] = field(default_factory=set)

    async def fill(self, density: Density) -> dict[int, int]:
        """Insert rows into every table, parents before children; how many each one took."""
        taken: dict[int, int] = {}
        if density.rows == 0:
            return taken
        for relation in _in_order(self.catalog):
            if self.random.random() < density.empty or not await self._is_there(relation):
                continue
            filling = _Table(relation, await self._choices(relation))
            taken[relation.oid] = 0
            for _ in range(density.rows):
                taken[relation.oid] += await self._insert_row(filling, density)
        await self._refresh()
        return taken

    async def _refresh(self) -> None:
        """Let materialized views show the rows."""
        import asyncpg

        for relation in self.catalog.relations():
            if relation.kind == "materialized view":
                try:
                    async with self.connection.transaction():
                        await self.connection.execute(
                            f"REFRESH MATERIALIZED VIEW {qualified(relation)}"
                        )
                except asyncpg.PostgresError:
                    continue

    async def _is_there(self, relation: Relation) -> bool:
        """Whether the server has the table: a statement of the schema may have failed there."""
        name = quoted(qualified(relation))
        return await self.connection.fetchval(f"SELECT to_regclass({name})") is not None

    async def _choices(self, relation: Relation) -> dict[str, _Choice]:
        if relation.oid not in self._values:
            hints = await _constants_of_checks(self.connection, relation)
            self._values[relation.oid] = {
                column.name: await self._choice(column, hints[column.name])
                for column in relation.columns
                if column.generated is None
            }
        return self._values[relation.oid]

    async def _choice(self, column: Column, hints: Sequence[str]) -> _Choice:
        name = self.catalog.display_type(column.type, column.modifier)
        preferred = await self.pool.accepted(name, hints) if hints else ()
        return _Choice(column, await self.pool.of_type(column.type, column.modifier), preferred)

    async def _insert_row(self, table: _Table, density: Density) -> int:
        for _ in range(TRIES_PER_ROW):
            if table.relation.oid in self._endless:
                break
            row = {name: self._literal(item, density) for name, item in table.choices.items()}
            for constraint in table.relation.constraints:
                if constraint.kind == "foreign key":
                    row.update(await self._parent_key(table, constraint, row))
            if await self._insert(table.relation, row):
                return 1
        return 0

    async def _insert(self, relation: Relation, row: Mapping[str, str]) -> bool:
        import asyncpg

        names = ", ".join(map(identifier, row))
        values = (
            f"({names}) OVERRIDING SYSTEM VALUE VALUES ({', '.join(row.values())})"
            if row
            else "DEFAULT VALUES"
        )
        try:
            await self.connection.execute(
                f"SAVEPOINT filling; INSERT INTO {qualified(relation)} {values}; "
                "RELEASE SAVEPOINT filling"
            )
        except asyncpg.QueryCanceledError:
            # A trigger that never ends: one row tried is enough.
            await self.connection.execute("ROLLBACK TO SAVEPOINT filling")
            self._endless.add(relation.oid)
            return False
        except (asyncpg.PostgresError, asyncpg.InterfaceError):
            await self.connection.execute("ROLLBACK TO SAVEPOINT filling")
            return False
        return True

    def _literal(self, item: _Choice, density: Density) -> str:
        column = item.column
        if column.default and self.random.random() < _DEFAULTED:
            return "DEFAULT"
        if not column.not_null and self.random.random() < density.nulls:
            return "NULL"
        prefers = item.preferred and self.random.random() < _PREFERRED
        choices = item.preferred if prefers else item.usual
        return quoted(self.random.choice(choices)) if choices else "DEFAULT"

    async def _parent_key(
        self, table: _Table, constraint: Constraint, row: Mapping[str, str]
    ) -> dict[str, str]:
        """Values for a foreign key's columns out of a row that exists, unless they are NULL."""
        if any(row.get(name) == "NULL" for name in constraint.columns):
            return {}
        offered = await self._offered(table, constraint)
        if not offered:
            return {}
        chosen = self.random.choice(offered)
        return {
            name: quoted(value)
            for name, value in zip(constraint.columns, chosen, strict=True)
            if name in row
        }

    async def _offered(self, table: _Table, constraint: Constraint) -> list[Any]:
        parent = self.catalog.get_relation(constraint.referenced)
        if parent is None or not constraint.referenced_columns:
            return []
        known = table.keys.get(constraint.name)
        if known is not None and parent.oid != table.relation.oid:
            return known
        listed = ", ".join(f"{identifier(name)}::text" for name in constraint.referenced_columns)
        rows = await self.connection.fetch(
            f"SELECT {listed} FROM {qualified(parent)} LIMIT {KEYS_OFFERED}"
        )
        table.keys[constraint.name] = rows
        return list(rows)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Texts a column may be given; `preferred` are those that its checks name."""

    column: Column
    usual: tuple[str, ...]
    preferred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table being filled, with the keys that its foreign keys may point to."""

    relation: Relation
    choices: Mapping[str, _Choice]
    keys: dict[str, list[Any]] = field(default_factory=dict)


async def add_default_partitions(connection: Any, catalog: Catalog) -> None:
    """Give each partitioned table without a partition one that takes every row."""
    import asyncpg

    for relation in catalog.relations():
        if relation.kind != "partitioned table" or any(
            relation.oid in other.parents for other in catalog.relations()
        ):
            continue
        bound = (
            "FOR VALUES WITH (MODULUS 1, REMAINDER 0)"
            if relation.partition_strategy == "hash"
            else "DEFAULT"
        )
        name = f"{identifier(relation.schema)}.{identifier(relation.name[:50] + '_of_all')}"
        try:
            async with connection.transaction():
                await connection.execute(
                    f"CREATE TABLE {name} PARTITION OF {qualified(relation)} {bound}"
                )
        except asyncpg.PostgresError:
            continue


async def _constants_of_checks(connection: Any, relation: Relation) -> dict[str, list[str]]:
    """For each column, the constants in the checks and partition bounds that mention it."""
    name = quoted(qualified(relation))
    rows = await connection.fetch(
        f"""
        SELECT pg_get_constraintdef(c.oid), (
            SELECT array_agg(a.attname::text) FROM pg_attribute a
            WHERE a.attrelid = c.conrelid AND (a.attnum = ANY (c.conkey))
        )
        FROM pg_constraint c WHERE c.conrelid = {name}::regclass AND c.contype = 'c'
        UNION ALL
        SELECT pg_get_expr(r.relpartbound, r.oid), (
            SELECT array_agg(a.attname::text) FROM pg_attribute a
            WHERE a.attrelid = i.inhparent AND a.attnum > 0
        )
        FROM pg_inherits i JOIN pg_class r ON r.oid = i.inhrelid
        WHERE i.inhparent = {name}::regclass AND r.relpartbound IS NOT NULL
        UNION ALL
        SELECT pg_get_constraintdef(c.oid), ARRAY[a.attname::text]
        FROM pg_attribute a JOIN pg_constraint c ON c.contypid = a.atttypid
        WHERE a.attrelid = {name}::regclass
        """
    )
    found: dict[str, list[str]] = defaultdict(list)
    for text, columns in rows:
        constants = list(literals_in(re.sub(r"::[a-z]+[a-z ]*", "", text or "")))
        for column in columns or ():
            found[column] += constants
    return found


def _in_order(catalog: Catalog) -> list[Relation]:
    """Tables so that a foreign key points backwards, where that is possible; a cycle is entered
    anywhere, its NULLs or deferred checks permitting."""
    waiting = [item for item in catalog.relations() if item.kind in ("table", "partitioned table")]
    waiting = [item for item in waiting if not item.is_partition and not _is_systems(item)]
    done: set[int] = set()
    ordered: list[Relation] = []
    while waiting:
        free = [item for item in waiting if _referenced(item) - {item.oid} <= done] or waiting[:1]
        ordered += free
        done.update(item.oid for item in free)
        waiting = [item for item in waiting if item.oid not in done]
    return ordered


def _is_systems(relation: Relation) -> bool:
    return relation.schema in ("pg_catalog", "information_schema", "pg_toast")


def _referenced(relation: Relation) -> set[int]:
    return {item.referenced for item in relation.constraints if item.kind == "foreign key"}


def identifier(name: str) -> str:
    """A name in quotes."""
    return '"' + name.replace('"', '""') + '"'


def qualified(relation: Relation) -> str:
    """A relation's name in quotes, with its schema unless it is temporary."""
    if relation.temporary:
        return identifier(relation.name)
    return f"{identifier(relation.schema)}.{identifier(relation.name)}"
