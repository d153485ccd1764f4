"""What LIKE makes of two constants, against what PostgreSQL makes of them."""

from __future__ import annotations

from random import Random

import asyncpg
from sqlwright.analysis import tree
from sqlwright.analysis.nullability.logic.text_patterns import matched_constants
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import initial_catalog

PAIRS = 20_000
SEED = 97

LETTERS = ("a", "b", "%", "%", "_", "\\%", "\\\\", "\\a", "\n", ".")
"""What patterns are made of."""


def _matched(name: str, text: str, pattern: str) -> bool | None:
    left, right = (tree.Const(type=oids.TEXT, value=each) for each in (text, pattern))
    return matched_constants(initial_catalog(), name, left, right)


async def test_like_of_constants_is_that_of_postgres(database: str, seed: int) -> None:
    random = Random(seed)
    pairs = [
        (
            "".join(random.choices("ab%_\\\n.", k=random.randrange(9))),
            "".join(random.choices(LETTERS, k=random.randrange(8))),
        )
        for _ in range(PAIRS)
    ]
    connection = await asyncpg.connect(database)
    try:
        rows = await connection.fetch(
            "SELECT t LIKE p AS likes, t NOT LIKE p AS differs FROM unnest($1::text[], $2::text[])"
            " WITH ORDINALITY AS pair(t, p, n) ORDER BY n",
            *map(list, zip(*pairs, strict=True)),
        )
    finally:
        await connection.close()
    ours = [(_matched("~~", *pair), _matched("!~~", *pair)) for pair in pairs]
    likes = sum(row["likes"] for row in rows)
    print(f"{len(rows)} pairs, {likes} of which match")
    assert [(row["likes"], row["differs"]) for row in rows] == ours
    assert PAIRS > likes * 2 > PAIRS // 8


def test_patterns_that_postgres_refuses() -> None:
    assert _matched("~~", "a", "a\\") is None
    assert _matched("~~", "a", "b%\\") is None


def test_letters_in_another_case_are_left_to_the_database() -> None:
    assert _matched("~~*", "a", "a") is None
    assert _matched("~~*", "", "%a") is False


def test_nothing_is_tried_twice() -> None:
    """Whoever tries every way to share the text among so many `%` does not come to an end."""
    text = "a" * 5_000
    assert _matched("~~", text, "%a" * 60 + "%b") is False
    assert _matched("~~", text, "%a_" * 60 + "%b%") is False
    assert _matched("~~", text, "%a" * 60 + "%") is True
