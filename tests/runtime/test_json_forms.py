"""What json is said to be made of is what PostgreSQL makes of it: keys, order, NULLs, all the way
down."""

from __future__ import annotations

import datetime
import decimal
import enum
import json
import random
import typing
from types import ModuleType
from typing import Any

import pytest
from connections import connected
from packages import build
from sqlwright.verification.calls.fitting import fields_of, misfit

SEED = 5
SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE spot AS (x int, moods mood[]);
CREATE TYPE place AS (city text, spot spot, spots spot[], built date);
CREATE DOMAIN cost AS numeric(10, 2);
CREATE DOMAIN home AS place;
CREATE TABLE people (
    id int PRIMARY KEY,
    gone int,
    name text,
    home place,
    homes place[],
    owned home,
    fee cost,
    grid int[][],
    notes json
);
ALTER TABLE people DROP COLUMN gone;
CREATE TABLE pets (id int PRIMARY KEY, owner int REFERENCES people, name text NOT NULL, mood mood);
CREATE FUNCTION first_pet(owned int) RETURNS pets LANGUAGE sql
AS 'SELECT p FROM pets p WHERE p.owner = owned ORDER BY id LIMIT 1';
CREATE TYPE flag AS ENUM ('on', 'off');
CREATE FUNCTION flag_json(flag) RETURNS json LANGUAGE sql
AS 'SELECT json_build_object(''flag'', $1::text)';
CREATE CAST (flag AS json) WITH FUNCTION flag_json(flag);
CREATE TABLE flagged (flag flag, flags flag[]);
INSERT INTO flagged VALUES ('on', '{off,NULL}'), (NULL, NULL);
CREATE VIEW owners AS
SELECT p.id, p.name, q.name AS pet FROM people p JOIN pets q ON q.owner = p.id;
"""
QUERIES = {
    block.partition(":\n")[0]: block.partition(":\n")[2]
    for block in r"""
WholeTable:
SELECT to_jsonb(p) AS j FROM people p

RenamedTable:
SELECT row_to_json(p) AS j FROM people AS p (a, b, c)

Subquery:
SELECT row_to_json(s) AS j FROM (SELECT id, fee, name AS "the name" FROM people) s

RenamedSubquery:
SELECT to_json(s) AS j FROM (SELECT id, fee FROM people) AS s (key)

View:
SELECT to_json(o) AS j FROM owners o

Row:
SELECT to_json(ROW(id, fee, home)) AS j FROM people

CastRow:
SELECT to_jsonb(ROW(id, ARRAY['sad']::mood[])::spot) AS j FROM people

Values:
SELECT json_agg(v) AS j FROM (VALUES (1, 'a'), (NULL, 'b')) AS v (n, t)

LeftJoined:
SELECT json_build_object('pet', q, 'id', q.id) AS j FROM people p LEFT JOIN pets q ON q.owner =
p.id

LeftJoinedQuery:
SELECT json_build_object('q', q) AS j FROM people p LEFT JOIN (SELECT owner, 1 AS one FROM pets)
q ON q.owner = p.id

LeftJoinedFunction:
SELECT json_build_object('f', f) AS j FROM people p LEFT JOIN LATERAL first_pet(p.id) f ON
f.mood = 'happy'

CalledFunction:
SELECT to_json(first_pet(id)) AS j FROM people

OfSubquery:
SELECT json_agg(s.q) AS j FROM (SELECT q FROM people p LEFT JOIN pets q ON q.owner = p.id) s

RowOfTable:
SELECT to_json(ROW(1, NULL, 'a', 'sad')::pets) AS j

RowOfOther:
SELECT to_json(ROW(fee, ARRAY['sad']::mood[])::spot) AS j FROM people

Joined:
SELECT to_json(j) AS j FROM (people p JOIN pets q ON q.owner = p.id) AS j (a, b, c, d, e, f, g,
h, i, k)

Aggregated:
SELECT json_agg(q ORDER BY q.id) AS j FROM people p LEFT JOIN pets q ON q.owner = p.id GROUP BY
p.id

Filtered:
SELECT jsonb_agg(q.mood) FILTER (WHERE q.mood IS NOT NULL) AS j FROM people p LEFT JOIN pets q
ON q.owner = p.id GROUP BY p.id

Distinct:
SELECT jsonb_agg(DISTINCT q.name) AS j FROM pets q

Strict:
SELECT json_agg_strict(fee) AS j FROM people

Keyed:
SELECT json_object_agg(id, home) AS j FROM people

KeyedLists:
SELECT jsonb_object_agg(n, pets) AS j FROM (SELECT coalesce(p.name, '') AS n, json_agg(q.name)
AS pets FROM people p LEFT JOIN pets q ON q.owner = p.id GROUP BY 1) s

Array:
SELECT to_json(ARRAY(SELECT q FROM pets q ORDER BY id)) AS j

ArrayOfRows:
SELECT array_to_json(array_agg(ROW(id, fee)), true) AS j FROM people

Arrays:
SELECT json_build_array(grid, homes, ARRAY[fee, NULL], '{}'::mood[]) AS j FROM people

Nested:
SELECT json_build_object('a', jsonb_build_object('b', json_build_array(fee,
json_build_object('c', home)))) AS j FROM people

Literals:
SELECT json_build_object('t', 'text', 'n', NULL, 'i', 1, 'd', 1.50, 'b', true) AS j

Opaque:
SELECT json_build_object('notes', notes, 'fee', fee, 'stripped',
json_strip_nulls(json_build_object('a', fee))) AS j FROM people

Cased:
SELECT CASE WHEN id > 2 THEN json_build_object('id', id, 'fee', fee) ELSE
json_build_object('id', id, 'fee', NULL) END AS j FROM people

United:
SELECT json_build_object('id', id) AS j FROM people UNION ALL SELECT json_build_object('id',
owner) FROM pets

OfQuery:
WITH w AS (SELECT owner, json_agg(mood) AS moods FROM pets GROUP BY owner) SELECT
coalesce(w.moods, '[]') AS j FROM people p LEFT JOIN w ON w.owner = p.id

EmptyKeys:
SELECT coalesce((SELECT json_object_agg(q.id, q.mood) FROM pets q WHERE q.owner = p.id), '{}')
AS j FROM people p

Casted:
SELECT json_agg(json_build_object('fee', fee))::jsonb AS j FROM people

Function:
SELECT to_json(f) AS j FROM people p, first_pet(p.id) f

CastToJson:
SELECT to_jsonb(f) AS j FROM flagged f

Window:
SELECT json_agg(q) OVER (PARTITION BY q.owner ORDER BY q.id ROWS 1 PRECEDING) AS j FROM people p
LEFT JOIN pets q ON q.owner = p.id

FilteredWindow:
SELECT json_object_agg(q.id, q.mood) FILTER (WHERE q.mood IS NOT NULL) OVER () AS j FROM pets q

Grouped:
SELECT json_build_object('owner', owner, 'names', json_agg(name)) AS j FROM pets
GROUP BY GROUPING SETS ((owner), ())

Lateral:
SELECT to_json(l) AS j FROM people p, LATERAL (
    SELECT p.id, p.name AS n, count(*) AS pets, json_agg(q.mood) AS moods FROM pets q
    WHERE q.owner = p.id
) l

Recursive:
WITH RECURSIVE t AS (
    SELECT 1 AS n, NULL::int AS before UNION ALL SELECT n + 1, n FROM t WHERE n < 3
)
SELECT json_agg(t) AS j FROM t

NotNull:
SELECT json_build_object('name', name, 'fee', fee) AS j FROM people
WHERE name IS NOT NULL AND fee IS NOT NULL

Exists:
SELECT json_build_object('any', EXISTS (SELECT FROM pets q WHERE q.owner = p.id), 'n', id + 1) AS j
FROM people p

Deleted:
WITH gone AS (DELETE FROM flagged WHERE false RETURNING flag)
SELECT json_build_object(
    'n', (SELECT count(*) FROM gone), 'all', (SELECT json_agg(g) FROM gone g)
) AS j

PutTogether:
SELECT to_jsonb(p) || jsonb_build_object('name', 1, 'pets', (
    SELECT jsonb_agg(q.name) FROM pets q WHERE q.owner = p.id
)) AS j FROM people p

Without:
SELECT to_jsonb(p) - 'home' - 'homes' - 'absent' AS j FROM people p

Lists:
SELECT jsonb_agg(mood) || jsonb_agg(mood) FILTER (WHERE mood IS NOT NULL) || '[]' AS j FROM pets

Scalars:
SELECT to_jsonb(mood) AS j FROM pets

Domain:
SELECT json_build_object('fee', fee, 'owned', owned) AS j FROM people

Standard:
SELECT JSON_OBJECT('id': id, 'fee': fee, 'pets': (SELECT JSON_ARRAYAGG(q.mood) FROM pets q WHERE
q.owner = p.id)) AS j FROM people p

StandardNulls:
SELECT JSON_ARRAYAGG(fee ORDER BY id NULL ON NULL RETURNING jsonb) AS j FROM people

StandardArray:
SELECT JSON_ARRAY(id, fee, home NULL ON NULL) AS j FROM people

StandardPresent:
SELECT JSON_ARRAY(id, id + 1) AS j FROM people

StandardKeys:
SELECT JSON_OBJECTAGG(id: fee) AS j FROM people

StandardQuery:
SELECT JSON_ARRAY(SELECT id FROM people ORDER BY id) AS j

StandardScalar:
SELECT JSON_SCALAR(fee) AS j FROM people

Changed:
UPDATE pets SET name = name RETURNING json_build_object('id', id, 'mood', mood) AS j
""".strip().split("\n\n")
}


def _text(name: str, command: str = "many") -> str:
    return f"-- name: {name} :{command}\n-- @json j\n{QUERIES[name]};\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(tmp_path_factory.mktemp("forms"), SCHEMA, "".join(map(_text, QUERIES)))


async def _fill(conn: Any, dice: random.Random) -> None:
    """People and pets, with NULL wherever it may be."""

    def perhaps(value: Any) -> Any:
        return value if dice.random() < 0.6 else "NULL"

    def spot() -> str:
        return f"ROW({perhaps(dice.randrange(9))}, {perhaps(_MOODS)})::spot"

    def place() -> str:
        spots = f"ARRAY[{perhaps(spot())}, NULL]::spot[]"
        built = perhaps("date '2020-02-03'")
        return f"ROW({perhaps(_TEXT)}, {perhaps(spot())}, {perhaps(spots)}, {built})::place"

    people = range(dice.randrange(5))
    for number in people:
        homes = f"ARRAY[{perhaps(place())}]::place[]"
        values: tuple[Any, ...] = (
            *(number, perhaps(_TEXT), perhaps(place()), perhaps(homes), perhaps(place())),
            *(perhaps(dice.randrange(9999) / 7), perhaps("'{{1,NULL},{3,4}}'"), perhaps(_NOTES)),
        )
        await conn.execute(f"INSERT INTO people VALUES ({', '.join(map(str, values))})")
    for number in range(dice.randrange(8)):
        owner = perhaps(dice.choice(people)) if people else "NULL"
        values = (number, owner, _TEXT, perhaps("'happy'"))
        await conn.execute(f"INSERT INTO pets VALUES ({', '.join(map(str, values))})")


_TEXT = "'a \"quoted\" text'"
_MOODS = "ARRAY['sad', NULL]::mood[]"
_NOTES = """'{"n": [1.50, null]}'"""


def _same(value: Any, raw: Any) -> bool:
    """Whether an object is what json has, whose numbers are as they were written."""
    if raw is None or value is None:
        return value is raw
    if isinstance(raw, dict):
        if isinstance(value, dict):
            return value.keys() == raw.keys() and all(_same(value[key], raw[key]) for key in raw)
        fields = fields_of(type(value)) or {}
        return len(fields) == len(raw) and all(
            _same(getattr(value, key.replace(" ", "_")), raw[key]) for key in raw
        )
    if isinstance(raw, list):
        return len(value) == len(raw) and all(map(_same, value, raw))
    if isinstance(raw, decimal.Decimal) and isinstance(value, float):
        return float(raw) == value
    if isinstance(value, enum.Enum | datetime.date):
        return bool(raw == (value.value if isinstance(value, enum.Enum) else value.isoformat()))
    return bool(value == raw)


async def test_objects_are_what_postgresql_makes(
    database: str, package: ModuleType, seed: int
) -> None:
    dice = random.Random(seed)
    seen = dict.fromkeys(QUERIES, 0)
    async with connected(database, "connection") as conn:
        await conn.execute(SCHEMA)
        for _ in range(12):
            await conn.execute("TRUNCATE people, pets")
            await _fill(conn, dice)
            for name, text in QUERIES.items():
                function = getattr(package, _snake(name))
                kind = typing.get_args(typing.get_type_hints(function)["return"])[0]
                found = await function(conn)
                raw = [row["j"] for row in await conn.fetch(text)]
                assert len(found) == len(raw)
                for value, written in zip(found, raw, strict=True):
                    loaded = written and json.loads(written, parse_float=decimal.Decimal)
                    assert misfit(value, kind) is None, (name, misfit(value, kind), written)
                    assert _same(value, loaded), (name, value, written)
                    seen[name] += written is not None
    assert [name for name, count in seen.items() if not count] == []


def _snake(name: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in name).lstrip("_")


ANNOTATIONS = {
    "WholeTable": "Person",
    "View": "Owner",
    "CastRow": "Spot",
    "Values": "list[ValuesJ]",
    "Aggregated": "list[Pet | None]",
    "Filtered": "list[Mood] | None",
    "Strict": "list[decimal.Decimal] | None",
    "Keyed": "dict[str, Place | None] | None",
    "KeyedLists": "dict[str, list[str | None]] | None",
    "Array": "list[Pet]",
    "Arrays": "tuple[list[list[int | None]] | None, list[Place | None] | None,"
    " list[decimal.Decimal | None], list[Mood]]",
    "OfQuery": "list[Mood | None]",
    "EmptyKeys": "dict[str, Mood | None]",
    "CastToJson": "CastToJsonRow",
    "PutTogether": "PutTogetherRow",
    "Lists": "list[Mood | None] | None",
    "Scalars": "Mood | None",
    "StandardPresent": "tuple[int, int]",
    "StandardQuery": "list[int] | None",
    "StandardScalar": "decimal.Decimal | None",
    "StandardKeys": "dict[str, decimal.Decimal | None] | None",
}


def test_annotations_say_what_can_be(package: ModuleType) -> None:
    found = {
        name: getattr(package, _snake(name)).__annotations__["return"].removeprefix("list[")[:-1]
        for name in ANNOTATIONS
    }
    assert found == ANNOTATIONS
