"""Constants that a table's own conditions name: values that rows are likely to need."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlwright.catalog.model import Relation
from sqlwright.patterns import pattern
from sqlwright.verification.quoting import qualified, quoted
from sqlwright.verification.values import literals_in

_CAST = pattern(r"::[a-z]+[a-z ]*")


async def constants_of_checks(connection: Any, relation: Relation) -> dict[str, list[str]]:
    """For each column, the constants in the checks, domains and partition bounds that bear on it,
    those of partitions of partitions included."""
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
            WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        )
        FROM pg_partition_tree({name}::regclass) p JOIN pg_class r ON r.oid = p.relid
        WHERE p.level > 0 AND r.relpartbound IS NOT NULL
        UNION ALL
        SELECT pg_get_constraintdef(c.oid), ARRAY[a.attname::text]
        FROM pg_attribute a JOIN pg_constraint c ON c.contypid = a.atttypid
        WHERE a.attrelid = {name}::regclass
        """
    )
    found: dict[str, list[str]] = defaultdict(list)
    for text, columns in rows:
        constants = list(literals_in(_CAST.sub("", text or "")))
        for column in columns or ():
            found[column] += constants
    return found
