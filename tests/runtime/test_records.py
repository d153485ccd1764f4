"""Anonymous rows come back as tuples with the types of their fields."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from connections import connected
from packages import build

SCHEMA = """
CREATE TABLE parents (id int PRIMARY KEY, name text);
CREATE TABLE children (
    parent_id int NOT NULL REFERENCES parents, word text NOT NULL, number int
);
"""

QUERIES = """
-- name: Collected :many
SELECT p.id, array_agg(ROW(c.word, c.number)) AS kids
  FROM parents p JOIN children c ON c.parent_id = p.id GROUP BY p.id ORDER BY p.id;

-- name: Listed :many
SELECT p.id, ARRAY(SELECT (c.word, c.number) FROM children c WHERE c.parent_id = p.id
                    ORDER BY c.word) AS kids
  FROM parents p ORDER BY p.id;

-- name: WholeRow :many
SELECT r FROM (SELECT word, number FROM children) r ORDER BY word;

-- name: LeftOut :many
SELECT r FROM parents p LEFT JOIN (SELECT parent_id, word FROM children) r ON r.parent_id = p.id
 ORDER BY p.id, r.word;

-- name: Deep :one
SELECT ARRAY(
    SELECT ROW(p.id, ARRAY(SELECT ROW(c.word, c.number, '{"a": 1}'::jsonb) FROM children c
                            WHERE c.parent_id = p.id ORDER BY c.word))
      FROM parents p ORDER BY p.id
);

-- name: Grid :one
SELECT ARRAY[[ROW(1, 'a'::text), ROW(2, 'b')], [ROW(NULL::int, 'c'), NULL]];

-- name: Either :one
SELECT CASE WHEN @first::boolean THEN ROW(1, 'a'::text) ELSE ROW(2, NULL) END;

-- name: Called :one
SELECT pg_stat_file('PG_VERSION');
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(tmp_path_factory.mktemp("records"), SCHEMA, QUERIES)


RETURNED = {
    "collected": "list[CollectedRow]",
    "whole_row": "list[tuple[str, int | None]]",
    "left_out": "list[tuple[int, str] | None]",
    "deep": "list[tuple[int, list[tuple[str, int | None, JsonValue]]]]",
    "grid": "list[list[tuple[int | None, str] | None]]",
    "either": "tuple[int, str | None]",
}


@pytest.mark.parametrize("name", RETURNED)
def test_fields_have_their_types(package: ModuleType, name: str) -> None:
    assert getattr(package, name).__annotations__["return"] == RETURNED[name]
    for row in (package.CollectedRow, package.ListedRow):
        assert row.__annotations__["kids"] == "list[tuple[str, int | None]]"


async def test_rows_come_back(postgres: str, package: ModuleType) -> None:
    async with connected(postgres, "connection") as conn:
        await conn.execute(
            f"CREATE SCHEMA rows; SET search_path = rows; {SCHEMA}"
            "INSERT INTO parents VALUES (1, 'a'), (2, NULL);"
            "INSERT INTO children VALUES (1, 'x', 1), (1, 'y', NULL);"
        )
        try:
            kids = [("x", 1), ("y", None)]
            assert [(row.id, sorted(row.kids)) for row in await package.collected(conn)] == [
                (1, kids)
            ]
            listed = [(row.id, row.kids) for row in await package.listed(conn)]
            assert listed == [(1, kids), (2, [])]
            assert await package.whole_row(conn) == kids
            assert await package.left_out(conn) == [(1, "x"), (1, "y"), None]
            deep = [(word, number, {"a": 1}) for word, number in kids]
            assert await package.deep(conn) == [(1, deep), (2, [])]
            assert await package.grid(conn) == [[(1, "a"), (2, "b")], [(None, "c"), None]]
            assert await package.either(conn, first=True) == (1, "a")
            assert await package.either(conn, first=False) == (2, None)
            assert len(await package.called(conn)) == 6
        finally:
            await conn.execute("DROP SCHEMA rows CASCADE")


DOMAINS = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE place AS (city text, floor int);
CREATE DOMAIN known_mood AS mood NOT NULL;
CREATE DOMAIN address AS place CHECK ((VALUE).city IS NOT NULL);
CREATE DOMAIN labels AS text[] CHECK (VALUE IS NOT NULL);
CREATE TABLE visits (id int PRIMARY KEY, mood known_mood, address address, labels labels);
"""
OF_DOMAINS = """
-- name: Visits :many
SELECT ROW(id, mood, address, labels) FROM visits;
-- name: Together :one
SELECT array_agg(ROW(mood, ROW(address, id))) FROM visits;
"""


@pytest.mark.parametrize("warmed", [False, True])
async def test_domains_that_refuse_null_are_known(
    postgres: str, tmp_path: Path, warmed: bool
) -> None:
    package = build(tmp_path, DOMAINS, OF_DOMAINS)
    async with connected(postgres, "transaction") as conn:
        await conn.execute(
            f"CREATE SCHEMA visited; SET search_path = visited; {DOMAINS}"
            "INSERT INTO visits VALUES (1, 'sad', ('Rome', 2), '{a}');"
        )
        if warmed:
            await package.warm(conn)
        place = package.Place("Rome", 2)
        assert await package.visits(conn) == [(1, package.Mood.SAD, place, ["a"])]
        assert await package.together(conn) == [(package.Mood.SAD, (place, 1))]
