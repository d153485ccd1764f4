"""Statements with words changed at random get PostgreSQL's own verdict: types, or the refusal."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import asyncpg
import pytest
from judging import Answer, catalog_of, ours, theirs
from mutations import mutated, vocabulary_of
from topics import schema_of, topics_of

COUNT = 500
SEED = 20


def statements(folder: str, seed: int) -> list[str]:
    """Mutations of a folder's statements; of utility statements PostgreSQL checks next to nothing
    when it prepares them.
    """
    known = [
        query
        for topic, queries in topics_of(folder).items()
        if topic not in ("utility", "xml")
        for query in queries
    ]
    vocabulary = vocabulary_of(known)
    chance = random.Random(seed)
    return [mutated(chance.choice(known), vocabulary, chance) for _ in range(COUNT)]


async def _ask(uri: str, schema: str, queries: list[str]) -> dict[str, Answer]:
    connection = await asyncpg.connect(uri)
    try:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await connection.execute("DROP SCHEMA IF EXISTS yard CASCADE")
        await connection.execute(schema)
        return {query: await theirs(connection, query) for query in queries}
    finally:
        await connection.close()


def _is_syntax(answer: Answer) -> bool:
    return answer.sqlstate == "42601" and (answer.message or "").startswith("syntax error")


@pytest.mark.parametrize("folder", ["statements", "expressions"])
def test_changed_statements_get_postgres_own_verdict(database: str, folder: str, seed: int) -> None:
    schema = schema_of(folder)
    catalog = catalog_of(schema)
    answers = asyncio.run(_ask(database, schema, statements(folder, seed)))
    kinds: Counter[str] = Counter()
    wrong = []
    for query, judge in answers.items():
        if (judge.message or "").startswith("unsupported XML"):
            continue
        kinds[
            "accepted" if judge.sqlstate is None else "syntax" if _is_syntax(judge) else "refused"
        ] += 1
        mine = ours(catalog, query)
        if not mine.agrees(judge):
            wrong.append(f"{query}\n  ours:   {mine}\n  theirs: {judge}")
    print(f"{folder}: {kinds.total() - len(wrong)} of {kinds.total()} agree: {dict(kinds)}")
    assert min(kinds.values()) > COUNT // 20
    assert not wrong, "\n".join(wrong)
