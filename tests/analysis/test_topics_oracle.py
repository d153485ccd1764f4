"""Expressions and whole statements compared with PostgreSQL's own verdict, topic by topic: types,
names and refusals."""

from __future__ import annotations

import asyncio
import re

import asyncpg
import pytest
from judging import Answer, catalog_of, ours, points_right, theirs
from sqlwright.catalog.catalog import Catalog
from topics import schema_of, topics_of

POINTING_ELSEWHERE = {"expressions": 4, "statements": 2}
"""How many refusals of each folder may point at another place than PostgreSQL's: in a conflict
target it points at the parenthesis, we at the column."""
TOPICS = {folder: topics_of(folder) for folder in POINTING_ELSEWHERE}

WITHOUT_XML = "unsupported XML feature"
"""A server built without libxml says this where another would go on."""

Answers = dict[str, Answer]
"""PostgreSQL's answers of a folder, by the query."""


@pytest.fixture(scope="module")
def catalogs() -> dict[str, Catalog]:
    return {folder: catalog_of(schema_of(folder)) for folder in TOPICS}


@pytest.fixture(scope="module")
def answers(database: str) -> dict[str, Answers]:
    return asyncio.run(_ask(database))


async def _ask(database: str) -> dict[str, Answers]:
    found = {}
    connection = await asyncpg.connect(database)
    try:
        for folder, topics in TOPICS.items():
            await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            await connection.execute(schema_of(folder))
            queries = [query for topic in topics.values() for query in topic]
            found[folder] = {query: await theirs(connection, query) for query in queries}
    finally:
        await connection.close()
    return found


@pytest.mark.parametrize(
    ("folder", "topic"), [(folder, topic) for folder, topics in TOPICS.items() for topic in topics]
)
def test_answers_are_postgres_own(
    folder: str, topic: str, catalogs: dict[str, Catalog], answers: dict[str, Answers]
) -> None:
    wrong: list[str] = []
    refused = compared = 0
    for query in TOPICS[folder][topic]:
        judge = answers[folder][query]
        if judge.message == WITHOUT_XML:
            continue
        compared += 1
        refused += judge.sqlstate is not None
        mine = ours(catalogs[folder], query)
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


@pytest.mark.parametrize("folder", TOPICS)
def test_refusals_say_what_postgres_says(
    folder: str, catalogs: dict[str, Catalog], answers: dict[str, Answers]
) -> None:
    silent: list[str] = []
    asked = 0
    for query, judge in answers[folder].items():
        mine = ours(catalogs[folder], query)
        if not judge.said or not mine.agrees(judge):
            continue
        asked += 1
        if not all(_is_said(each, mine.said) for each in judge.said):
            silent.append(f"{query}\n  ours:   {mine.said}\n  theirs: {judge.said}")
    print(f"{asked - len(silent)} of {asked} refusals have PostgreSQL's detail and hint")
    assert asked > 50
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("folder", TOPICS)
def test_refusals_point_where_postgres_points(
    folder: str, catalogs: dict[str, Catalog], answers: dict[str, Answers]
) -> None:
    elsewhere: list[str] = []
    refused = 0
    for query, judge in answers[folder].items():
        mine = ours(catalogs[folder], query)
        if judge.sqlstate is None or not mine.agrees(judge):
            continue
        refused += 1
        if not points_right(mine, judge):
            elsewhere.append(f"{query}\n  {mine}: ours {mine.place}, theirs {judge.place}")
    print(f"{refused - len(elsewhere)} of {refused} refusals point at PostgreSQL's place")
    print("\n".join(elsewhere))
    assert refused > 100
    assert len(elsewhere) <= POINTING_ELSEWHERE[folder]
