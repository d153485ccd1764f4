"""Other libraries' ways to the same rows. Each is left out where it is not installed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.peers import ONE_POINT, ONE_STEP, POINT, POINTS, STEP, STEPS, available


@asynccontextmanager
async def sqlalchemy(uri: str) -> AsyncIterator[dict[str, Any]]:
    """SQLAlchemy's core: text statements, as sqlc-gen-python uses them, and as lists."""
    if not available("sqlalchemy", "greenlet"):
        yield {}
        return
    from sqlalchemy import event, text
    from sqlalchemy.ext.asyncio import create_async_engine

    host = parse_qs(urlsplit(uri).query)["host"][0]
    engine = create_async_engine(f"postgresql+asyncpg://postgres@/postgres?host={host}")

    def plain_json(connection: Any, _: Any) -> None:
        """Leave jsonb as text, as everyone else here does."""
        connection.run_async(
            lambda driver: driver.set_type_codec(
                "jsonb", schema="pg_catalog", encoder=str, decoder=str
            )
        )

    event.listen(engine.sync_engine, "connect", plain_json)

    async with engine.connect() as conn:

        async def streamed(sql: str, kind: Any, most: int) -> list[Any]:
            rows = await conn.stream(text(sql.replace("$1", ":most")), {"most": most})
            return [kind(*row) async for row in rows]

        async def listed(sql: str, kind: Any, most: int) -> list[Any]:
            rows = await conn.execute(text(sql.replace("$1", ":most")), {"most": most})
            return [kind(*row) for row in rows]

        def both(sql: str, one: str, kind: Any) -> dict[str, Any]:
            typed, typed_one = sql.replace("$1::int", "CAST($1 AS int)"), one
            return {
                "sqlc-gen-python (SQLAlchemy)": (
                    lambda most: streamed(typed, kind, most),
                    lambda number: streamed(typed_one, kind, number),
                ),
                "SQLAlchemy core": (
                    lambda most: listed(typed, kind, most),
                    lambda number: listed(typed_one, kind, number),
                ),
            }

        yield {
            "steps": both(STEPS, ONE_STEP, STEP["dataclass"]),
            "points": both(POINTS, ONE_POINT, POINT["dataclass"]),
        }
    await engine.dispose()


@asynccontextmanager
async def psycopg(uri: str) -> AsyncIterator[dict[str, Any]]:
    """psycopg 3 with its row factory for classes."""
    if not available("psycopg"):
        yield {}
        return
    import psycopg as driver
    from psycopg.rows import class_row
    from psycopg.types.json import set_json_loads

    async with await driver.AsyncConnection.connect(uri, autocommit=True) as conn:
        set_json_loads(lambda data: data.decode() if isinstance(data, bytes) else data, conn)

        async def fetched(sql: str, kind: Any, most: int) -> list[Any]:
            async with conn.cursor(row_factory=class_row(kind)) as cursor:
                await cursor.execute(sql.replace("$1", "%s"), (most,))
                return list(await cursor.fetchall())

        def both(sql: str, one: str, kind: Any) -> dict[str, Any]:
            return {
                "psycopg 3 class_row": (
                    lambda most: fetched(sql, kind, most),
                    lambda number: fetched(one, kind, number),
                )
            }

        yield {
            "steps": both(STEPS, ONE_STEP, STEP["dataclass"]),
            "points": both(POINTS, ONE_POINT, POINT["dataclass"]),
        }


def aiosql(conn: Any) -> dict[str, Any]:
    """aiosql on the same asyncpg connection."""
    if not available("aiosql"):
        return {}
    import aiosql as library

    def queries(sql: str, one: str, kind: Any) -> dict[str, Any]:
        text = (
            f"-- name: many(most)\n-- record_class: Kind\n{sql.replace('$1', ':most')}\n\n"
            f"-- name: one(most)^\n-- record_class: Kind\n{one.replace('$1', ':most')}\n"
        )
        made = library.from_str(text, "asyncpg", record_classes={"Kind": kind})

        async def many(most: int) -> list[Any]:
            return [row async for row in made.many(conn, most=most)]

        return {"aiosql record_class": (many, lambda number: made.one(conn, most=number))}

    return {
        "steps": queries(STEPS, ONE_STEP, STEP["dataclass"]),
        "points": queries(POINTS, ONE_POINT, POINT["dataclass"]),
    }
