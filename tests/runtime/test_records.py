"""Anonymous rows come back as objects where their fields have names, else as tuples."""

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
    "whole_row": "list[WholeRowRow]",
    "left_out": "list[LeftOutRow | None]",
    "deep": "list[DeepArray]",
    "grid": "list[list[tuple[int | None, str] | None]]",
    "either": "tuple[int, str | None]",
    "called": "CalledRow | None",
}


@pytest.mark.parametrize("name", RETURNED)
def test_fields_have_their_types(package: ModuleType, name: str) -> None:
    assert getattr(package, name).__annotations__["return"] == RETURNED[name]
    for row in (package.CollectedRow, package.ListedRow):
        assert row.__annotations__["kids"] == f"list[{row.__name__.removesuffix('Row')}Kid]"
    inner = "list[tuple[str, int | None, JsonValue]]"
    assert package.DeepArray.__annotations__ == {"id": "int", "array": inner}
    for kid in (package.CollectedKid, package.ListedKid, package.WholeRowRow):
        assert kid.__annotations__ == {"word": "str", "number": "int | None"}
    assert package.LeftOutRow.__annotations__ == {"parent_id": "int", "word": "str"}


async def test_rows_come_back(postgres: str, package: ModuleType) -> None:
    async with connected(postgres, "connection") as conn:
        await conn.execute(
            f"CREATE SCHEMA rows; SET search_path = rows; {SCHEMA}"
            "INSERT INTO parents VALUES (1, 'a'), (2, NULL);"
            "INSERT INTO children VALUES (1, 'x', 1), (1, 'y', NULL);"
        )
        try:
            kids = [("x", 1), ("y", None)]
            [row] = await package.collected(conn)
            assert {(kid.word, kid.number) for kid in row.kids} == {*kids}
            listed = [(row.id, row.kids) for row in await package.listed(conn)]
            assert listed == [(1, [package.ListedKid(*kid) for kid in kids]), (2, [])]
            assert await package.whole_row(conn) == [package.WholeRowRow(*kid) for kid in kids]
            left = [package.LeftOutRow(1, "x"), package.LeftOutRow(1, "y"), None]
            assert await package.left_out(conn) == left
            deep = [(word, number, {"a": 1}) for word, number in kids]
            assert await package.deep(conn) == [
                package.DeepArray(1, deep),
                package.DeepArray(2, []),
            ]
            assert await package.grid(conn) == [[(1, "a"), (2, "b")], [(None, "c"), None]]
            assert await package.either(conn, first=True) == (1, "a")
            assert await package.either(conn, first=False) == (2, None)
            assert (await package.called(conn)).size == 3
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
        sad = package.Mood.SAD
        assert await package.visits(conn) == [package.Visit(1, sad, place, ["a"])]
        inner = package.TogetherArrayAggRow(place, 1)
        assert await package.together(conn) == [package.TogetherArrayAgg(sad, inner)]
