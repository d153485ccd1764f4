"""Enums, composite types, domains and ranges of a schema, alone and inside of each other."""

from __future__ import annotations

import asyncio
import collections.abc
import datetime
import pickle
import typing
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from connections import WAYS, connected, execute
from packages import build

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'so so', 'Happy!', '1st');
CREATE TYPE point_of_view AS (x int, mood mood);
CREATE TYPE scene AS (name text, views point_of_view[], best point_of_view, seen date);
CREATE DOMAIN feeling AS mood;
CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN shares AS percent[];
CREATE TYPE moods AS RANGE (subtype = mood);
CREATE TABLE people (
    id int PRIMARY KEY,
    mood mood NOT NULL,
    scene scene,
    feeling feeling,
    share percent NOT NULL DEFAULT 0
);
CREATE TABLE boards (id int PRIMARY KEY, cells int[][] NOT NULL, moods mood[3][3], notes jsonb[][]);
"""
QUERIES = """
-- name: EchoMood :one
SELECT sqlc.narg(value)::mood AS value;
-- name: EchoMoods :one
SELECT @value::mood[] AS value;
-- name: EchoScene :one
SELECT sqlc.narg(value)::scene AS value;
-- name: EchoScenes :one
SELECT @value::scene[] AS value;
-- name: EchoRange :one
SELECT sqlc.narg(value)::moods AS value;
-- name: EchoRanges :one
SELECT @value::moods[] AS value;
-- name: EchoFeeling :one
SELECT sqlc.narg(value)::feeling AS value;
-- name: EchoShares :one
SELECT @value::shares AS value;
-- name: EchoPerson :one
SELECT @value::people AS value;
-- name: LaterMood :one
SELECT later::text::mood AS value FROM (VALUES (@later::text)) AS v (later);
-- name: AddPerson :one
INSERT INTO people (id, mood, scene, feeling) VALUES (@id, @mood, @scene, @feeling) RETURNING *;
-- name: PeopleAndMoods :many
SELECT p.id, p.mood, array_agg(q.mood ORDER BY q.id) AS moods
FROM people p JOIN people q ON q.id >= p.id GROUP BY p.id ORDER BY p.id;
-- name: AnonymousRow :one
SELECT ROW(1, 'a'::text, NULL) AS value;
-- name: AddBoard :one
INSERT INTO boards (id, cells, moods, notes) VALUES (@id, @cells, @moods, @notes) RETURNING *;
-- name: CellsOf :one
SELECT cells FROM boards WHERE moods = @moods;
-- name: SystemVector :one
SELECT '1 2'::int2vector AS value;
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package over the schema above."""
    return build(tmp_path_factory.mktemp("user_types"), SCHEMA, QUERIES)


@pytest.fixture(scope="module")
def populated(database: str) -> str:
    """A database with that schema."""
    execute(database, SCHEMA)
    return database


def scenes(package: ModuleType) -> list[Any]:
    """Composite values with every kind of hole in them."""
    mood, view, scene = package.Mood, package.PointOfView, package.Scene
    return [
        scene("full", [view(1, mood.SAD), None, view(None, None)], view(2, mood.HAPPY), None),
        scene("", [], None, datetime.date(2024, 2, 29)),
        scene(None, None, view(-1, mood.SO_SO), None),
        scene(None, None, None, None),
    ]


def test_enums_are_classes_of_strings(package: ModuleType) -> None:
    assert [(member.name, member.value) for member in package.Mood] == [
        ("SAD", "sad"),
        ("SO_SO", "so so"),
        ("HAPPY", "Happy!"),
        ("VALUE_1ST", "1st"),
    ]
    assert package.Mood.SAD == "sad"


@pytest.mark.parametrize("way", WAYS)
async def test_enums(package: ModuleType, populated: str, way: str) -> None:
    mood = package.Mood
    async with connected(populated, way) as conn:
        for value in (*mood, None):
            found = await package.echo_mood(conn, value=value)
            assert found is value
        for values in ([], [mood.SAD, mood.HAPPY], (mood.SO_SO,)):
            found = await package.echo_moods(conn, value=values)
            assert found == list(values)
            assert all(type(item) is mood for item in found)
        nested = await package.echo_moods(conn, value=[[mood.SAD], [mood.HAPPY]])
        assert nested == [[mood.SAD], [mood.HAPPY]]
        assert type(nested[0][0]) is mood
        assert await package.echo_feeling(conn, value=mood.SAD) is mood.SAD
        ranges = [asyncpg.Range(mood.SAD, mood.HAPPY), asyncpg.Range(empty=True), asyncpg.Range()]
        for value in (*ranges, None):
            assert await package.echo_range(conn, value=value) == value
        found = await package.echo_ranges(conn, value=ranges)
        assert found == ranges
        assert type(found[0].lower) is mood


async def test_a_label_unknown_to_the_code(package: ModuleType, populated: str) -> None:
    async with connected(populated, "connection") as conn:
        await conn.execute("ALTER TYPE mood ADD VALUE 'furious'")
        with pytest.raises(ValueError, match="'furious' is a label that Mood does not have"):
            await package.later_mood(conn, later="furious")
        assert await package.later_mood(conn, later="sad") is package.Mood.SAD


@pytest.mark.parametrize("way", WAYS)
async def test_composite_types(package: ModuleType, populated: str, way: str) -> None:
    async with connected(populated, way) as conn:
        values = scenes(package)
        for value in (*values, None):
            assert await package.echo_scene(conn, value=value) == value
        assert await package.echo_scenes(conn, value=values) == values
        assert await package.echo_scenes(conn, value=[]) == []


async def test_rows_of_tables_as_values(package: ModuleType, populated: str) -> None:
    async with connected(populated, "connection") as conn:
        person = package.Person(7, package.Mood.SAD, scenes(package)[0], package.Mood.HAPPY, 50)
        assert await package.echo_person(conn, value=person) == person


async def test_models_with_all_of_them(package: ModuleType, populated: str) -> None:
    async with connected(populated, "transaction") as conn:
        people = [
            await package.add_person(conn, id=index, mood=mood, scene=scene, feeling=None)
            for index, (mood, scene) in enumerate(zip(package.Mood, scenes(package), strict=True))
        ]
        assert [person.scene for person in people] == scenes(package)
        assert people[0] == package.Person(0, package.Mood.SAD, scenes(package)[0], None, 0)
        rows = await package.people_and_moods(conn)
        assert [row.moods for row in rows] == [list(package.Mood)[at:] for at in range(4)]


async def test_arrays_of_several_dimensions(package: ModuleType, populated: str) -> None:
    mood = package.Mood
    assert package.Board.__annotations__ == {
        "id": "int",
        "cells": "list[list[int | None]]",
        "moods": "list[list[Mood | None]] | None",
        "notes": "list[list[JsonValue | JsonNull | None]] | None",
    }
    annotations = package.cells_of.__annotations__
    assert annotations["moods"] == "Sequence[Sequence[Mood | None]]"
    assert annotations["return"] == "list[list[int | None]] | None"
    async with connected(populated, "transaction") as conn:
        cells, moods = [[1, None], [3, 4]], [[mood.SAD, mood.HAPPY]]
        notes = [[{"a": 1}, None], ["x", 2]]
        board = await package.add_board(conn, id=1, cells=cells, moods=moods, notes=notes)
        assert board == package.Board(1, cells, moods, notes)
        assert await package.cells_of(conn, moods=moods) == cells


async def test_domains(package: ModuleType, populated: str) -> None:
    async with connected(populated, "connection") as conn:
        assert await package.echo_shares(conn, value=[0, 50, 100]) == [0, 50, 100]
        with pytest.raises(asyncpg.CheckViolationError):
            await package.echo_shares(conn, value=[101])


async def test_what_has_no_type_of_its_own(package: ModuleType, populated: str) -> None:
    async with connected(populated, "connection") as conn:
        assert await package.anonymous_row(conn) == (1, "a", None)
        assert await package.system_vector(conn) == [1, 2]


async def test_warming_up(package: ModuleType, populated: str) -> None:
    asked: list[str] = []
    async with (
        asyncpg.create_pool(populated, min_size=1, max_size=1, init=package.warm) as pool,
        pool.acquire() as conn,
    ):
        with conn.query_logger(lambda record: asked.append(record.query)):
            await package.echo_scene(conn, value=scenes(package)[0])
            await package.echo_ranges(conn, value=[])
            # The logger hears of a query in the next turn of the event loop.
            await asyncio.sleep(0)
        # Without warming up, a question about each type comes before its first query.
        assert [query.split("\n")[0] for query in asked] == [
            "-- name: EchoScene :one",
            "-- name: EchoRanges :one",
        ]


def test_objects_are_plain(package: ModuleType) -> None:
    scene = scenes(package)[0]
    assert pickle.loads(pickle.dumps(scene)) == scene
    hints = typing.get_type_hints(package.Scene)
    assert typing.get_args(hints["best"]) == (package.PointOfView, type(None))
    assert typing.get_origin(typing.get_args(hints["views"])[0]) is collections.abc.Sequence
