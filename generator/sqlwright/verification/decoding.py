"""Letting a connection read values of any type: asyncpg has none for many types inside of others,
and none for some values."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from sqlwright.verification.quoting import identifier

# These are read as they are, which is what people are shown.
_AS_THEY_ARE = (
    "bool", "int2", "int4", "int8", "oid", "float4", "float8", "text", "varchar", "bpchar", "name",
    "uuid", "bytea", "json", "jsonb", "char", "void",
)  # fmt: skip

# For what people are to see, text is better than bytes.
_AS_TEXT = ("date", "time", "timetz", "timestamp", "timestamptz", "interval", "numeric")

_SCALARS = """
    SELECT n.nspname, t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'b' AND t.typelem = 0 AND t.typsend <> 0 AND t.typreceive <> 0
    AND NOT (n.nspname = 'pg_catalog' AND t.typname = ANY ($1))
"""

_OTHERS = """
    SELECT n.nspname, t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
    WHERE t.typtype <> 'p' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    OR n.nspname = 'pg_catalog' AND e.typtype = 'b' AND e.typsend <> 0
"""


async def read_as_bytes(connection: Any) -> None:
    """Let the connection decode every value: scalars without a form of asyncpg's own that fits
    everywhere are their bytes, and no type is new to it, as none may be inside of a record."""
    for schema, name in await connection.fetch(_SCALARS, _AS_THEY_ARE):
        await connection.set_type_codec(
            name, schema=schema, encoder=bytes, decoder=bytes, format="binary"
        )
    known = await connection.fetch(_OTHERS)
    await _meet(connection, [f"{identifier(schema)}.{identifier(name)}" for schema, name in known])


async def _meet(connection: Any, types: list[str]) -> None:
    """Have asyncpg ask what the types are, those that it can make nothing of left out."""
    try:
        await connection.prepare("SELECT " + ", ".join(f"NULL::{name}" for name in types))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
        if len(types) > 1:
            half = len(types) // 2
            await _meet(connection, types[:half])
            await _meet(connection, types[half:])


@asynccontextmanager
async def read_as_text(connection: Any) -> AsyncIterator[None]:
    """For values that people are to see."""
    for name in _AS_TEXT:
        await connection.set_type_codec(name, schema="pg_catalog", encoder=str, decoder=str)
    try:
        yield
    finally:
        for name in _AS_TEXT:
            await connection.set_type_codec(
                name, schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
            )
