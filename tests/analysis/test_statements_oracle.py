"""Whole statements compared with PostgreSQL's own verdict: types, names and refusals, by topic."""

from __future__ import annotations

import asyncio
import re

import asyncpg
import pytest
from judging import Answer, catalog_of, ours, points_right, theirs
from sqlwright.catalog.catalog import Catalog
from topics import schema_of, topics_of

SCHEMA = schema_of("statements")
TOPICS = topics_of("statements")

WITHOUT_XML = "unsupported XML feature"
"""A server built without libxml says this where another would go on."""

POINTING_ELSEWHERE = 2
"""Refusals that may point at another place of the statement than PostgreSQL's: in a conflict target
it points at the parenthesis, we at the column."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


@pytest.fixture(scope="module")
def answers(database: str) -> dict[str, Answer]:
    return asyncio.run(_ask(database))


async def _ask(database: str) -> dict[str, Answer]:
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(SCHEMA)
        return {
            query: await theirs(connection, query)
            for queries in TOPICS.values()
            for query in queries
        }
    finally:
        await connection.close()


@pytest.mark.parametrize("topic", TOPICS)
def test_answers_are_postgres_own(topic: str, catalog: Catalog, answers: dict[str, Answer]) -> None:
    wrong: list[str] = []
    refused = compared = 0
    for query in TOPICS[topic]:
        judge = answers[query]
        if judge.message == WITHOUT_XML:
            continue
        compared += 1
        refused += judge.sqlstate is not None
        mine = ours(catalog, query)
        if not mine.agrees(judge):
            wrong.append(f"{query}\n  ours:   {mine}\n  theirs: {judge}")
    print(f"{topic}: {compared - len(wrong)} of {compared} agree, {refused} of them refusals")
    assert compared
    assert not wrong, "\n".join(wrong)


def _is_said(theirs: str, ours: tuple[str, ...]) -> bool:
    """Whether we say it too. Our advice to take a column of a similar name is worded as all our
    advice is, and qualifies the column only where that is needed; it must name the same columns."""
    if not theirs.startswith("Perhaps you meant to reference the column"):
        return theirs in ours
    wanted = {name.rpartition(".")[2] for name in re.findall(r'"([^"]+)"', theirs)}
    advice = next((each for each in ours if each.startswith("did you mean")), "")
    return {name.rpartition(".")[2] for name in re.findall(r"`([^`]+)`", advice)} == wanted


def test_refusals_say_what_postgres_says(catalog: Catalog, answers: dict[str, Answer]) -> None:
    silent: list[str] = []
    asked = 0
    for query, judge in answers.items():
        mine = ours(catalog, query)
        if not judge.said or not mine.agrees(judge):
            continue
        asked += 1
        if not all(_is_said(each, mine.said) for each in judge.said):
            silent.append(f"{query}\n  ours:   {mine.said}\n  theirs: {judge.said}")
    print(f"{asked - len(silent)} of {asked} refusals have PostgreSQL's detail and hint")
    assert asked > 50
    assert not silent, "\n".join(silent)


def test_refusals_point_where_postgres_points(catalog: Catalog, answers: dict[str, Answer]) -> None:
    elsewhere: list[str] = []
    refused = 0
    for query, judge in answers.items():
        mine = ours(catalog, query)
        if judge.sqlstate is None or not mine.agrees(judge):
            continue
        refused += 1
        if not points_right(mine, judge):
            elsewhere.append(f"{query}\n  {mine}: ours {mine.place}, theirs {judge.place}")
    print(f"{refused - len(elsewhere)} of {refused} refusals point at PostgreSQL's place")
    print("\n".join(elsewhere))
    assert refused > 100
    assert len(elsewhere) <= POINTING_ELSEWHERE
