"""Overloaded functions, operators, casts, domains and row types of a schema, against PostgreSQL."""

from __future__ import annotations

import asyncpg
from judging import catalog_of, ours, theirs
from random_calls import CallWriter
from topics import schema_of

SEED = 3
STATEMENTS = 1000
DEPTHS = (1, 2)


async def test_random_calls_are_judged_alike(database: str, seed: int) -> None:
    schema = schema_of("overloads")
    catalog = catalog_of(schema)
    connection = await asyncpg.connect(database, statement_cache_size=0)
    wrong: list[str] = []
    accepted = refused = 0
    try:
        await connection.execute(schema)
        for depth in DEPTHS:
            writer = CallWriter(seed)
            for _ in range(STATEMENTS // len(DEPTHS)):
                statement = writer.statement(depth)
                try:
                    judge = await theirs(connection, statement)
                except (asyncpg.InternalClientError, asyncpg.UnsupportedClientFeatureError):
                    continue
                mine = ours(catalog, statement)
                if not mine.agrees(judge):
                    wrong.append(f"{statement}\n  ours:   {mine}\n  theirs: {judge}")
                elif judge.sqlstate is None:
                    accepted += 1
                else:
                    refused += 1
    finally:
        await connection.close()
    print(f"{accepted} accepted alike, {refused} refused alike, {len(wrong)} not")
    assert not wrong, "\n".join(wrong[:20])
    assert min(accepted, refused) > STATEMENTS / 8
