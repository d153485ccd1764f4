"""Filling tables with random rows that satisfy their constraints, rich in NULLs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Constraint, Relation
from sqlwright.verification.values import ValuePool, quoted

TRIES_PER_ROW = 6
"""How often a row that the server refuses (CHECK, uniqueness, exclusion) is made anew."""


@dataclass(frozen=True, slots=True)
class Density:
    """How a database is filled: rows tried per table, and how likely a nullable column is NULL."""

    rows: int
    nulls: float


async def fill_tables(
    connection: Any, catalog: Catalog, pool: ValuePool, random: Random, density: Density
) -> dict[str, int]:
    """Insert rows into every table, parents before children; how many each one took."""
    taken: dict[str, int] = {}
    for relation in _in_order(catalog):
        columns = [column for column in relation.columns if column.generated is None]
        values = {column.name: await _values(catalog, pool, column) for column in columns}
        taken[relation.name] = 0
        for _ in range(density.rows):
            taken[relation.name] += await _insert_row(
                connection, catalog, relation, columns, values, random, density
            )
    return taken


def _in_order(catalog: Catalog) -> list[Relation]:
    """Tables so that a foreign key points backwards, where that is possible; a cycle is entered
    anywhere, its NULLs or deferred checks permitting."""
    waiting = [item for item in catalog.relations() if item.kind in ("table", "partitioned table")]
    waiting = [item for item in waiting if not item.is_partition]
    done: set[int] = set()
    ordered: list[Relation] = []
    while waiting:
        free = [item for item in waiting if _referenced(item) - {item.oid} <= done] or waiting[:1]
        ordered += free
        done.update(item.oid for item in free)
        waiting = [item for item in waiting if item.oid not in done]
    return ordered


def _referenced(relation: Relation) -> set[int]:
    return {item.referenced for item in relation.constraints if item.kind == "foreign key"}


async def _values(catalog: Catalog, pool: ValuePool, column: Column) -> tuple[str, ...]:
    type_ = catalog.type(column.type)
    name = catalog.display_type(column.type, column.modifier)
    return await pool.of_type(name, type_.labels)


async def _insert_row(
    connection: Any,
    catalog: Catalog,
    relation: Relation,
    columns: Sequence[Column],
    values: dict[str, tuple[str, ...]],
    random: Random,
    density: Density,
) -> int:
    import asyncpg

    for _ in range(TRIES_PER_ROW):
        row = {column.name: _literal(column, values, random, density) for column in columns}
        for constraint in relation.constraints:
            if constraint.kind == "foreign key":
                row.update(await _parent_key(connection, catalog, constraint, random, row))
        names = ", ".join(_identifier(name) for name in row)
        sql = (
            f"INSERT INTO {_qualified(relation)} ({names}) OVERRIDING SYSTEM VALUE "
            f"VALUES ({', '.join(row.values())})"
        )
        try:
            async with connection.transaction():
                await connection.execute(sql)
        except (asyncpg.PostgresError, asyncpg.InterfaceError):
            continue
        return 1
    return 0


def _literal(
    column: Column, values: dict[str, tuple[str, ...]], random: Random, density: Density
) -> str:
    if column.default and random.random() < 0.3:
        return "DEFAULT"
    if not column.not_null and random.random() < density.nulls:
        return "NULL"
    choices = values[column.name]
    return quoted(random.choice(choices)) if choices else "DEFAULT"


async def _parent_key(
    connection: Any, catalog: Catalog, constraint: Constraint, random: Random, row: dict[str, str]
) -> dict[str, str]:
    """Values for a foreign key's columns out of a row that exists, unless they are NULL."""
    if any(row.get(name) == "NULL" for name in constraint.columns):
        return {}
    parent = catalog.get_relation(constraint.referenced)
    if parent is None or not constraint.referenced_columns:
        return {}
    listed = ", ".join(f"{_identifier(name)}::text" for name in constraint.referenced_columns)
    rows = await connection.fetch(f"SELECT {listed} FROM {_qualified(parent)} LIMIT 50")
    if not rows:
        return {}
    chosen = random.choice(rows)
    return {name: quoted(value) for name, value in zip(constraint.columns, chosen, strict=True)}


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _qualified(relation: Relation) -> str:
    return f"{_identifier(relation.schema)}.{_identifier(relation.name)}"
