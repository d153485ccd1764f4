"""Objects made of json keep to the rules of the configuration, on every kind of connection and with
every library that reads json."""

from __future__ import annotations

import datetime
import decimal
import uuid
from pathlib import Path
from typing import Any

import pytest
from connections import WAYS, connected
from packages import build, refused
from sqlwright.codegen.options import JsonLibrary, JsonOptions, Override, TypedJson

SCHEMA = """
CREATE DOMAIN moment AS timestamptz;
CREATE TABLE visits (
    id uuid PRIMARY KEY,
    at moment NOT NULL,
    cost numeric NOT NULL,
    weight float8 NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'done')),
    badge jsonb,
    notes json,
    "Full Name" text,
    "class" int[]
);
"""
ROW = (
    "00000000-0000-0000-0000-000000000001",
    "2020-01-02T03:04:05.678+02",
    "1.50",
    "100",
    "open",
    '{"label": "x", "sizes": [1]}',
    '{"level": 1.5}',
    "Ann",
    "{1,NULL}",
)
INSERT = (
    "INSERT INTO visits SELECT $1::text::uuid, $2::text::timestamptz, $3::text::numeric, "
    "$4::text::float8, $5, $6::text::jsonb, $7::text::json, $8, $9::text::int[]"
)
QUERIES = """
-- name: Visits :many
-- @json visit
SELECT to_jsonb(v) AS visit, 1 AS one FROM visits v;

-- name: Costs :many
-- @json "all", made
/* @json listed */
SELECT json_agg(v.cost) AS "all", json_object_agg(v.id, v.weight) AS listed,
       jsonb_build_object('Full Name', v."Full Name", '1st', v.state, 'class', v."class") AS made
FROM visits v GROUP BY v.id;
"""
UTC = datetime.UTC
AT = datetime.datetime(2020, 1, 2, 1, 4, 5, 678000, UTC)
ID = uuid.UUID(int=1)


async def _visits(database: str, package: Any, way: str = "connection") -> tuple[Any, Any]:
    async with connected(database, way) as conn:
        await conn.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}")
        await conn.execute(INSERT, *ROW)
        [visit] = await package.visits(conn)
        [costs] = await package.costs(conn)
    return visit.visit, costs


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("library", ["stdlib", "orjson", "msgspec"])
async def test_every_connection_and_library(
    database: str, tmp_path: Path, way: str, library: JsonLibrary
) -> None:
    package = build(tmp_path, SCHEMA, QUERIES, json=JsonOptions(library=library))
    visit, costs = await _visits(database, package, way)
    shown = (visit.id, visit.at, visit.weight, visit.state, visit.full_name, visit.class_)
    assert shown == (ID, AT, 100.0, "open", "Ann", [1, None])
    assert type(visit.weight) is float
    assert (visit.badge, visit.notes) == ({"label": "x", "sizes": [1]}, {"level": 1.5})
    assert type(visit.notes["level"]) is float
    assert (costs.all, costs.listed) == ([decimal.Decimal("1.50")], {str(ID): 100.0})
    # What a codec of the connection made a float has lost its last zero.
    assert str(visit.cost) == ("1.5" if way == "json codecs" else "1.50")
    assert (costs.made.full_name, costs.made.column_1st, costs.made.class_) == (
        "Ann",
        "open",
        [1, None],
    )


async def test_overrides_hold_in_json(database: str, tmp_path: Path) -> None:
    package = build(
        tmp_path,
        SCHEMA,
        QUERIES,
        domain_types=True,
        check_literals=True,
        overrides=(
            Override("str", type="uuid", from_db="str", to_db="uuid.UUID"),
            Override("float", column="visits.cost", from_db="float", to_db="decimal.Decimal"),
        ),
        json=JsonOptions(columns=(TypedJson("visits.badge", "json_contents.Badge"),)),
    )
    visit, costs = await _visits(database, package)
    assert (visit.id, visit.cost, visit.badge["label"]) == (str(ID), 1.5, "x")
    assert costs.all == [1.5]
    kinds = package.Visit.__annotations__
    assert (kinds["at"], kinds["state"]) == ("Moment", "Literal['open', 'done']")
    assert package.CostsMade.__annotations__["column_1st"] == "Literal['open', 'done']"


async def test_values_that_are_no_rows_are_held_to_no_check(database: str, tmp_path: Path) -> None:
    """A CHECK lists what rows of the table hold, and not what values of its row type do."""
    schema = """
CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL CHECK (status IN ('new', 'paid')));
CREATE TABLE kept (id int PRIMARY KEY, made orders);
"""
    queries = """
-- name: Kept :one
-- @json made
SELECT to_jsonb(k.made) AS made FROM kept k;

-- name: Rows :many
-- @json made
SELECT to_jsonb(o) AS made FROM orders o;
"""
    package = build(tmp_path, schema, queries, check_literals=True)
    async with connected(database, "connection") as conn:
        await conn.execute(f"{schema} INSERT INTO kept VALUES (1, ROW(1, 'odd'))")
        kept = await package.kept(conn)
    assert kept.status == "odd"
    assert type(kept).__annotations__["status"] == "str | None"
    assert package.Order.__annotations__["status"] == "Literal['new', 'paid']"


async def test_json_as_text_is_text_in_json(database: str, tmp_path: Path) -> None:
    query = "-- name: Flat :one\nSELECT badge FROM visits;\n"
    package = build(tmp_path, SCHEMA, QUERIES + query, json=JsonOptions("text"))
    visit, _ = await _visits(database, package)
    texts = (
        *('{"b": [1.50, 1e2, null, true, "\\u00e9\\u0001\\"\\n\x7f"], "a": {}}', "null", '"x"'),
        *("12345678901234567890.10", "[]"),
    )
    async with connected(database, "connection") as conn:
        for text in texts:
            await conn.execute("UPDATE visits SET badge = $1::text::jsonb", text)
            [visit] = await package.visits(conn)
            flat = await package.flat(conn)
            assert visit.visit.badge == (None if text == "null" else flat)


def test_an_override_has_to_say_how_a_value_is_made(tmp_path: Path) -> None:
    rules = (Override("my_app.Id", type="uuid"),)
    found = refused(tmp_path, SCHEMA, QUERIES, overrides=rules)
    told = [item.message for item in found if item.code == "untold-json"]
    assert told == [
        '"id" of "visit" is uuid, of which an override does not say how it is made of a value'
    ]


def test_an_override_of_a_row_is_not_made_of_json(tmp_path: Path) -> None:
    schema = "CREATE TYPE spot AS (x int); CREATE TABLE pins (id int PRIMARY KEY, spot spot);"
    query = """
-- name: Pins :many
-- @json pin
SELECT to_json(p) AS pin FROM pins p;
"""
    rules = (Override("my_app.Spot", column="pins.spot", from_db="my_app.spot"),)
    [found] = refused(tmp_path, schema, query, overrides=rules)
    assert found.message.startswith('"spot" of "pin" is public.spot, of which an override')


KEYS = """
-- name: Keys :one
-- @json o
SELECT json_build_object('it''s "quoted" \\ \t', 1, E'a\\nb', 2, '1st', 3, 'Ключ', 4, 'value', 5)
AS o;
"""


async def test_keys_of_any_characters(database: str, tmp_path: Path) -> None:
    package = build(tmp_path, "", KEYS, model="namedtuple")
    async with connected(database, "connection") as conn:
        assert tuple(await package.keys(conn)) == (1, 2, 3, 4, 5)


DIGITS = "7" * 5000
LARGE = """
-- name: Large :one
-- @json n
SELECT json_build_object('n', @n::text::numeric, 'small', 1, 'f', '-0'::float8) AS n;
"""


async def test_numbers_of_more_digits_than_python_reads(database: str, tmp_path: Path) -> None:
    package = build(tmp_path, "", LARGE)
    async with connected(database, "connection") as conn:
        found = await package.large(conn, n=DIGITS)
        assert found.n == decimal.Decimal(DIGITS)
        assert (type(found.small), type(found.f)) == (int, float)
        for text in ("NaN", "Infinity", "-Infinity", "1.10"):
            assert str((await package.large(conn, n=text)).n) == text
