"""Somewhere for the rows of a partitioned table to go."""

from __future__ import annotations

from typing import Any

import asyncpg

from sqlwright.catalog.catalog import Catalog
from sqlwright.verification.quoting import identifier, qualified


async def add_default_partitions(connection: Any, catalog: Catalog) -> None:
    """Give each partitioned table without a partition one that takes every row."""
    parents = {oid for relation in catalog.relations() for oid in relation.parents}
    for relation in catalog.relations():
        if relation.kind != "partitioned table" or relation.oid in parents:
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
