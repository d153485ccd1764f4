"""Random queries: the analysis and PostgreSQL must give the same types or the same refusal."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable

import asyncpg
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import catalog_of, ours, theirs
from random_expressions import Writer, read_vocabulary
from random_groupings import GroupingWriter
from topics import schema_of

SEED = 20
QUERIES = 600
VALUE_ERRORS = ("22", "XX")
"""Constant folding and type input fail on values; those refusals are compared elsewhere."""


async def _judged_alike(connection: asyncpg.Connection, write: Callable[[], str]) -> None:
    catalog = catalog_of(schema_of("expressions"))
    wrong: list[str] = []
    accepted = refused = left_out = 0
    for _ in range(QUERIES):
        query = write()
        try:
            judge = await theirs(connection, query)
        except asyncpg.UnsupportedClientFeatureError:
            left_out += 1
            continue
        if judge.sqlstate is not None and judge.sqlstate.startswith(VALUE_ERRORS):
            left_out += 1
            continue
        mine = ours(catalog, query)
        if not mine.agrees(judge):
            wrong.append(f"{query}\n  ours:   {mine}\n  theirs: {judge}")
        elif judge.sqlstate is None:
            accepted += 1
        else:
            refused += 1
    print(
        f"{accepted} accepted alike, {refused} refused alike, {len(wrong)} not, {left_out} left out"
    )
    assert accepted > QUERIES / 6
    assert refused > QUERIES / 6
    assert not wrong, "\n".join(wrong[:20])


async def _connect(database: str) -> asyncpg.Connection:
    connection = await asyncpg.connect(database, statement_cache_size=0)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.execute(schema_of("expressions"))
    return connection


async def test_random_expressions_are_judged_alike(database: str, seed: int) -> None:
    connection = await _connect(database)
    try:
        writer = Writer(await read_vocabulary(connection), random.Random(seed))
        await _judged_alike(connection, lambda: writer.query(depth=2))
    finally:
        await connection.close()


async def test_random_groupings_are_judged_alike(database: str, seed: int) -> None:
    connection = await _connect(database)
    try:
        writer = GroupingWriter(seed)
        await _judged_alike(connection, lambda: writer.query(depth=1))
    finally:
        await connection.close()


def test_any_expression_is_judged_alike(database: str) -> None:
    """hypothesis makes the choices, and where an answer differs looks for the shortest query of
    which that is true. Refusals of values are left out, as above."""
    with asyncio.Runner() as runner:
        connection = runner.run(_connect(database))
        words = runner.run(read_vocabulary(connection))
        catalog = catalog_of(schema_of("expressions"))
        counts: Counter[str] = Counter()

        @settings(
            max_examples=300,
            database=None,
            derandomize=True,
        )
        @given(choices=st.randoms(use_true_random=False), depth=st.integers(0, 3))
        def judged_alike(choices: random.Random, depth: int) -> None:
            query = Writer(words, choices).query(depth)
            try:
                judge = runner.run(theirs(connection, query))
            except asyncpg.UnsupportedClientFeatureError:
                counts["left out"] += 1
                return
            if judge.sqlstate is not None and judge.sqlstate.startswith(VALUE_ERRORS):
                counts["left out"] += 1
                return
            mine = ours(catalog, query)
            assert mine.agrees(judge), f"{query}\n  ours:   {mine}\n  theirs: {judge}"
            counts["accepted alike" if judge.sqlstate is None else "refused alike"] += 1

        try:
            judged_alike()
        finally:
            runner.run(connection.close())
    print(dict(counts))
    assert counts["accepted alike"] > 20
    assert counts["refused alike"] > 20
