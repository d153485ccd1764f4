"""json and jsonb in each form that they can have in Python."""

from __future__ import annotations

import datetime
import json
import uuid
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import msgspec
import pytest
from connections import connected
from json_contents import Badge, Colour, Point, Usage, Visit
from packages import build
from sqlwright.codegen.options import JsonOptions, TypedJson

REFUSALS = (ValueError, TypeError, msgspec.ValidationError)
"""What libraries raise; msgspec's has not always been a ValueError."""

SCHEMA = """
CREATE DOMAIN document AS jsonb;
CREATE TABLE notes (
    id int PRIMARY KEY,
    certain jsonb NOT NULL,
    perhaps jsonb,
    plain json,
    several jsonb[],
    named document
);
"""
QUERIES = """
-- name: AddNote :one
INSERT INTO notes (id, certain, perhaps, plain, several, named)
VALUES (@id, @certain, @perhaps, @plain, @several, @named) RETURNING *;
-- name: GetCertain :one
SELECT certain FROM notes WHERE id = @id;
-- name: GetPerhaps :one
SELECT perhaps FROM notes WHERE id = @id;
-- name: ListCertain :many
SELECT certain FROM notes ORDER BY id;
-- name: Echo :one
SELECT @value::jsonb AS value;
-- name: WithKey :many
SELECT id FROM notes WHERE certain @> @part ORDER BY id;
-- name: Kinds :one
SELECT jsonb_typeof(certain) AS certain, jsonb_typeof(perhaps) AS perhaps,
    json_typeof(plain) AS plain, jsonb_typeof(several[1]) AS several, jsonb_typeof(named) AS named
FROM notes WHERE id = @id;
"""
VALUES: tuple[Any, ...] = (
    {},
    [],
    {"a": [1, 2.5, None, True, "x"], "b": {"c": {}}},
    [[1, 2], {"d": None}],
    "text",
    '"quoted"',
    "",
    0,
    -1.5,
    2**70,
    True,
    None,
    "ünïcode ✓ \u2028 \\",
)


@pytest.fixture(scope="module", params=["stdlib", "orjson", "msgspec"])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package for each json library."""
    folder = tmp_path_factory.mktemp("json")
    return build(folder, SCHEMA, QUERIES, json=JsonOptions(library=request.param))


@pytest.fixture(scope="module")
def as_text(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package that leaves json as text."""
    return build(tmp_path_factory.mktemp("json"), SCHEMA, QUERIES, json=JsonOptions("text"))


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("way", ["connection", "json codecs"])
async def test_values_come_back(
    postgres: str, package: ModuleType, way: str, value: Any, request: pytest.FixtureRequest
) -> None:
    if way == "json codecs" and isinstance(value, str):
        return  # A decoded string looks like a text that is not decoded yet; see docs/types.md.
    if value == 2**70 and "orjson" in request.node.name:
        return  # orjson has no integers of more than 64 bits.
    async with connected(postgres, way) as conn:
        assert await package.echo(conn, value=value) == value


@pytest.mark.parametrize("way", ["connection", "json codecs"])
async def test_every_place_for_json(database: str, package: ModuleType, way: str) -> None:
    async with connected(database, way) as conn:
        await conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + SCHEMA)
        value = {"a": 1}
        several = [[1, 2], None, value]
        note = await package.add_note(
            conn, id=1, certain=value, perhaps=value, plain=value, several=several, named=value
        )
        assert note == package.Note(1, value, value, value, several, value)
        kinds = await package.kinds(conn, id=1)
        assert kinds == package.KindsRow("object", "object", "object", "array", "object")
        empty = await package.add_note(conn, id=2, certain=[])
        assert empty == package.Note(2, [], None, None, None, None)
        assert await package.get_perhaps(conn, id=2) is None
        assert await package.get_perhaps(conn, id=1) == value
        assert await package.list_certain(conn) == [value, []]
        assert await package.with_key(conn, part={"a": 1}) == [1]


async def test_null_of_json(database: str, package: ModuleType) -> None:
    async with connected(database, "connection") as conn:
        await conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + SCHEMA)
        null = package.JsonNull.JSON_NULL
        note = await package.add_note(
            conn, id=1, certain=None, perhaps=null, plain=None, several=[null, None], named=null
        )
        assert note == package.Note(1, None, null, None, [null, None], null)
        kinds = await package.kinds(conn, id=1)
        assert kinds == package.KindsRow("null", "null", None, "null", "null")
        assert not null


ARRAYS_SCHEMA = """
CREATE TYPE leaf AS (value jsonb, several json[]);
CREATE TABLE trees (id int PRIMARY KEY, certain jsonb NOT NULL, perhaps json, leaf leaf,
                    grid jsonb[][]);
"""
ARRAYS_QUERIES = """
-- name: AddTrees :execrows
INSERT INTO trees (id, certain, perhaps)
SELECT * FROM unnest(@ids::int[], @certain::jsonb[], @perhaps::json[]);
-- name: AddLeaf :one
INSERT INTO trees (id, certain, leaf) VALUES (@id, '1', @leaf) RETURNING leaf;
-- name: AddGrid :one
INSERT INTO trees (id, certain, grid) VALUES (@id, '1', @grid) RETURNING grid;
-- name: AddTree :copyfrom
INSERT INTO trees (id, certain, perhaps) VALUES (@id, @certain, @perhaps);
-- name: Stored :many
SELECT certain::text AS certain, perhaps::text AS perhaps, (leaf).value::text AS leaf,
    (leaf).several::text AS several, grid::text AS grid
FROM trees ORDER BY id;
-- name: Compared :many
SELECT u::text AS text, u IS NULL AS is_null FROM unnest(@given::jsonb[]) AS u;
"""


@pytest.mark.parametrize("library", ["stdlib", "orjson", "msgspec"])
@pytest.mark.parametrize("way", ["connection", "json codecs"])
async def test_null_of_json_among_others(
    database: str, tmp_path: Path, library: Any, way: str
) -> None:
    """What the server has of JSON's null and of NULL in arrays, whoever encodes json besides."""
    package = build(tmp_path, ARRAYS_SCHEMA, ARRAYS_QUERIES, json=JsonOptions(library=library))
    null = package.JsonNull.JSON_NULL
    annotations = package.add_trees.__annotations__
    assert annotations["certain"] == "Sequence[JsonInput]"
    assert annotations["perhaps"] == "Sequence[JsonInput | JsonNull | None]"
    async with connected(database, way) as conn:
        await conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + ARRAYS_SCHEMA)
        ids = [1, 2, 3]
        certain, perhaps = [None, [None], "null"], [None, null, [1]]
        assert await package.add_trees(conn, ids=ids, certain=certain, perhaps=perhaps) == 3
        await package.add_grid(conn, id=4, grid=[[None, null], [[1], {}]])
        stored = await package.stored(conn)
        assert [row.certain for row in stored] == ["null", "[null]", '"null"', "1"]
        assert [row.perhaps for row in stored] == [None, "null", "[1]", None]
        assert stored[3].grid == '{{NULL,"null"},{[1],"{}"}}'
        compared = await package.compared(conn, given=[None, 1])
        assert [(row.text, row.is_null) for row in compared] == [("null", False), ("1", False)]


async def test_null_of_json_in_composite_values(database: str, tmp_path: Path) -> None:
    package = build(tmp_path, ARRAYS_SCHEMA, ARRAYS_QUERIES)
    null = package.JsonNull.JSON_NULL
    async with connected(database, "connection") as conn:
        await conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + ARRAYS_SCHEMA)
        for at, value in ((1, None), (2, null), (3, [None])):
            leaf = package.Leaf(value, [null, None, {"a": None}])
            assert await package.add_leaf(conn, id=at, leaf=leaf) == leaf
        rows = [
            package.AddTreeParams(id=4, certain=None, perhaps=None),
            package.AddTreeParams(id=5, certain=[], perhaps=null),
        ]
        await package.add_tree(conn, rows)
        stored = await package.stored(conn)
        assert [row.leaf for row in stored] == [None, "null", "[null]", None, None]
        assert {row.several[:12] for row in stored[:3]} == {'{"null",NULL,'[:12]}
        assert [row.certain for row in stored[3:]] == ["null", "[]"]
        assert [row.perhaps for row in stored[3:]] == [None, "null"]


@pytest.mark.parametrize("way", ["connection", "json codecs"])
async def test_json_as_text(database: str, as_text: ModuleType, way: str) -> None:
    async with connected(database, way) as conn:
        await conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + SCHEMA)
        text = '{"a": [1]}'
        note = await as_text.add_note(
            conn, id=1, certain=text, perhaps=text, plain=text, several=[text, None], named=text
        )
        kinds = await as_text.kinds(conn, id=1)
        assert kinds == as_text.KindsRow("object", "object", "object", "object", "object")
        if way == "connection":
            assert note == as_text.Note(1, text, text, text, [text, None], text)
        assert as_text.get_certain.__annotations__["return"] == "str | None"


TYPED_SCHEMA = """
CREATE TABLE events (
    id int PRIMARY KEY,
    badge jsonb NOT NULL,
    visit jsonb,
    usage jsonb NOT NULL DEFAULT '{"tokens": 0}',
    point jsonb,
    free jsonb
);
"""
TYPED_QUERIES = """
-- name: AddEvent :one
INSERT INTO events (id, badge, visit, usage, point)
VALUES (@id, @badge, @visit, @usage, @point) RETURNING *;
-- name: GetEvent :one
SELECT * FROM events WHERE id = @id;
-- name: GetVisit :one
-- Where they went.
-- @json visit = json_contents.Visit
SELECT visit FROM events WHERE id = @id;
-- name: Free :one
-- @json free = list[json_contents.Point]
-- @json given = json_contents.Badge
SELECT id, free, @given::jsonb AS given FROM events WHERE id = @id;
"""


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package whose json columns have types."""
    columns = (
        TypedJson("events.badge", "json_contents.Badge"),
        TypedJson("*.events.visit", "json_contents.Visit"),
        TypedJson("events.usage", "json_contents.Usage"),
        TypedJson("events.po*", "json_contents.Point"),
    )
    folder = tmp_path_factory.mktemp("json")
    return build(folder, TYPED_SCHEMA, TYPED_QUERIES, json=JsonOptions(columns=columns))


BADGE: Badge = {"label": "a", "sizes": [1, 2], "colour": Colour.RED}
VISIT = Visit(
    datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC), uuid.UUID(int=5), "new", BADGE, {"a": 1.5}
)


@pytest.mark.parametrize("way", ["connection", "json codecs"])
async def test_typed_columns(database: str, typed: ModuleType, way: str) -> None:
    async with connected(database, way) as conn:
        await conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + TYPED_SCHEMA)
        event = await typed.add_event(
            conn, id=1, badge=BADGE, visit=VISIT, usage=Usage(tokens=5), point=Point(1, 2)
        )
        assert event == typed.Event(1, BADGE, VISIT, Usage(tokens=5), Point(1, 2), None)
        assert isinstance(event.badge["colour"], Colour)
        bare = await typed.add_event(
            conn, id=2, badge={"label": "", "sizes": []}, usage=Usage(tokens=0)
        )
        assert (bare.visit, bare.point) == (None, None)
        assert await typed.get_event(conn, id=1) == event
        assert await typed.get_visit(conn, id=1) == VISIT
        assert await typed.get_visit(conn, id=2) is None
        await conn.execute(
            "UPDATE events SET free = cast($1::text AS jsonb)", '[{"x": 1}, {"x": 2, "y": 3}]'
        )
        row = await typed.free(conn, id=1, given=BADGE)
        assert row == typed.FreeRow(1, [Point(1), Point(2, 3)], BADGE)


WRONG = {
    "badge": ({"label": 1, "sizes": []}, r"\$.label: expected str, found 1"),
    "visit": ({"at": "noon", "page": str(uuid.UUID(int=1)), "kind": "new"}, r"\$.at: expected dat"),
    "usage": ({"tokens": "many"}, "tokens"),
    "point": ({"x": None}, "x"),
}


@pytest.mark.parametrize("column", WRONG)
async def test_wrong_contents_are_refused_on_the_way_out(
    database: str, typed: ModuleType, column: str
) -> None:
    value, message = WRONG[column]
    async with connected(database, "connection") as conn:
        await conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + TYPED_SCHEMA)
        await typed.add_event(conn, id=1, badge=BADGE, usage=Usage(tokens=5))
        await conn.execute(f"UPDATE events SET {column} = $1", json.dumps(value))
        with pytest.raises(Exception, match=message):
            await typed.get_event(conn, id=1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("badge", {"label": "a"}),
        ("badge", {"label": "a", "sizes": [], "more": 1}),
        ("badge", {"label": "a", "sizes": [True]}),
        ("badge", {"label": "a", "sizes": [], "colour": "green"}),
        ("visit", Visit(NotImplemented, uuid.UUID(int=1), "new")),
        ("visit", Visit(VISIT.at, VISIT.page, "old")),  # type: ignore[arg-type]
        ("visit", {"page": 1}),
        ("usage", {"tokens": "x"}),
        ("point", {"y": 1}),
        ("point", Point("1")),  # type: ignore[arg-type]
    ],
    ids=repr,
)
async def test_wrong_contents_are_refused_on_the_way_in(
    database: str, typed: ModuleType, column: str, value: Any
) -> None:
    given = {"badge": BADGE, "usage": Usage(tokens=1), column: value}
    async with connected(database, "connection") as conn:
        with pytest.raises(REFUSALS):
            await typed.add_event(conn, id=1, **given)


def test_typed_json_in_a_query_is_no_documentation(typed: ModuleType) -> None:
    assert typed.get_visit.__doc__ == "Where they went."
    assert typed.free.__doc__ is None
    assert typed.free.__annotations__["given"] == "json_contents.Badge"


def test_the_typed_package_stands_alone(typed: ModuleType) -> None:
    folder = Path(str(typed.__file__)).parent
    assert all("sqlwright" not in line for file in folder.glob("*.py") for line in code(file))


def code(file: Path) -> list[str]:
    return file.read_text().splitlines()[1:]


def test_asyncpg_is_all_that_is_needed(package: ModuleType) -> None:
    assert asyncpg.__name__ not in vars(package)
