"""The nesting that annotations promise of arrays is the nesting that comes back."""

from __future__ import annotations

import asyncio
import types
import typing
from pathlib import Path
from typing import Any

import asyncpg
from packages import build

SCHEMA = """
CREATE TYPE color AS ENUM ('red', 'blue');
CREATE DOMAIN matrix AS int[][];
CREATE TYPE patch AS (colors color[][], at int);
CREATE TABLE boards (
    id int PRIMARY KEY, tags text[] NOT NULL, cells int[][] NOT NULL,
    flat int[] NOT NULL DEFAULT '{1}', domain_cells matrix DEFAULT '{{1}}',
    patch patch DEFAULT ROW('{{red},{blue}}', 1), hues color[] DEFAULT '{red}'
);
INSERT INTO boards VALUES (1, '{a,b}', '{{1,2},{3,4}}'), (2, '{c,d}', '{{5,6},{7,8}}');
CREATE VIEW shown AS SELECT id, cells, coalesce(cells, '{}') AS kept FROM boards;
CREATE VIEW shown_again (number, grid) AS SELECT id, cells FROM shown;
CREATE MATERIALIZED VIEW stored AS SELECT * FROM boards;
CREATE TABLE copied AS SELECT id, cells || '{{9,9}}' AS cells, flat::int[][] AS called FROM boards;
UPDATE copied SET called = '{{0}}';
CREATE FUNCTION same(x int[][]) RETURNS int[][] LANGUAGE sql AS 'SELECT x';
CREATE FUNCTION rows_of(int, OUT a int[][], OUT b int[]) LANGUAGE sql
AS $$ SELECT '{{1}}'::int[], '{1}'::int[] $$;
CREATE FUNCTION one_of(int, OUT a int[][]) LANGUAGE sql AS $$ SELECT '{{1}}'::int[] $$;
CREATE FUNCTION tabled(int[][]) RETURNS TABLE (a int[][], n int) LANGUAGE sql AS 'SELECT $1, 1';
"""
QUERIES = """
-- name: Literals :one
SELECT ARRAY[1, 2] AS flat, ARRAY[[1, 2], [3, 4]] AS square, ARRAY[[[1]], [[2]]] AS cube,
       '{{1},{2}}'::int[] AS text, '[0:1][1:1]={{1},{2}}'::int[] AS bounds, '{}'::int[] AS nothing;
-- name: Built :many
SELECT ARRAY[tags, tags] AS rows, ARRAY(SELECT tags FROM boards) AS collected,
       ARRAY(SELECT id FROM boards) AS numbers, cells[1:1] AS slice,
       cells || ARRAY[[9, 9]] AS longer, tags || 'x'::text AS appended,
       array_remove(tags, 'a') AS fewer, nullif(cells, '{}') AS some,
       CASE WHEN id > 1 THEN cells ELSE NULL END AS maybe, coalesce(NULL, cells) AS kept,
       (SELECT cells FROM boards LIMIT 1) AS first, cells::bigint[] AS wide
FROM boards;
-- name: Aggregated :one
SELECT array_agg(tags) AS stacked, array_agg(id) AS lined, min(cells) AS least,
       array_agg(cells) AS deep
FROM boards;
-- name: PassedOn :many
WITH RECURSIVE paths AS (
    SELECT ARRAY[[id]] AS path, id FROM boards WHERE id = 1
    UNION ALL
    SELECT path || ARRAY[[boards.id]], boards.id FROM paths JOIN boards ON boards.id = paths.id + 1
)
SELECT path, v.pair, b.cells
FROM paths, (VALUES (ARRAY[[1]]), (ARRAY[[2]])) AS v (pair), (SELECT * FROM boards) AS b;
-- name: Arms :many
SELECT id, cells FROM boards UNION ALL SELECT 0, ARRAY[[0]];
-- name: Stored :many
SELECT s.cells, s.kept, g.grid, m.cells AS filled, m.domain_cells, c.cells AS longer, c.called
FROM shown s, shown_again g, stored m, copied c;
-- name: Defaulted :many
SELECT coalesce(cells, '{}') AS a, coalesce(cells, ARRAY[]::int[]) AS b,
       array_cat(cells, cells) AS c, CASE WHEN id > 1 THEN cells ELSE '{}' END AS d,
       cells::text::int[][] AS e, greatest(cells, '{}') AS f, array_fill(1, ARRAY[2, 2]) AS g,
       lag(cells) OVER (ORDER BY id) AS h, (patch).colors AS i, cells[1:1] AS j,
       CAST('{{1}}' AS int[][]) AS k
FROM boards;
-- name: Called :many
SELECT same(cells) AS a, (rows_of(1)).a AS b, (rows_of(1)).b AS c, one_of(1) AS d, t.a AS e,
       r.a AS f, o.a AS g, j.m AS h, k.m AS i
FROM boards, tabled(cells) t, rows_of(1) r, one_of(1) o,
     json_to_record('{"m":[[1]]}') AS j (m int[][]),
     JSON_TABLE('{"m":[[1]]}', '$' COLUMNS (m int[][] PATH '$.m')) AS k;
-- name: OneOrTheOther :many
SELECT id, cells FROM boards UNION ALL SELECT id, flat FROM boards;
-- name: Chosen :many
SELECT CASE WHEN id > 1 THEN cells ELSE flat END AS a, coalesce(nullif(flat, '{1}'), cells) AS b,
       CASE WHEN id > 1 THEN hues ELSE (patch).colors END AS c
FROM boards;
-- name: Given :many
SELECT id FROM boards
WHERE cells = @compared AND same(@argument) IS NOT NULL AND @written::int[][] IS NOT NULL
  AND domain_cells = @domain_value AND id = ANY(@flat::int[]);
"""
ALIKE = ("literals", "built", "aggregated", "passed_on", "arms", "stored", "defaulted", "called")
EITHER = {
    "one_or_the_other": {"cells": {1, 2}},
    "chosen": {"a": {1, 2}, "b": {2}, "c": {1, 2}},
}


def test_arrays_nest_as_annotated(database: str, tmp_path: Path) -> None:
    """Every array column of every query above, on a real server."""
    package = build(tmp_path, SCHEMA, QUERIES)
    compared = asyncio.run(_compare(database, package.queries))
    print(f"{len(compared)} array columns nest as annotated: {', '.join(sorted(compared))}")
    assert len(compared) == 57


def test_parameters_nest_like_what_they_go_to(tmp_path: Path) -> None:
    found = build(tmp_path, SCHEMA, QUERIES).given.__annotations__
    assert {name: found[name].count("Sequence") for name in found if name != "return"} == {
        "conn": 0,
        "compared": 2,
        "argument": 2,
        "written": 2,
        "domain_value": 2,
        "flat": 1,
    }


async def _compare(uri: str, module: types.ModuleType) -> set[str]:
    connection = await asyncpg.connect(uri)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(SCHEMA)
        compared = set()
        for name in (*ALIKE, *EITHER):
            function = getattr(module, name)
            found = await function(connection)
            rows = found if isinstance(found, list) else [found]
            for column, hint in typing.get_type_hints(type(rows[0])).items():
                values = [value for row in rows if isinstance(value := getattr(row, column), list)]
                if not values:
                    continue
                depths = {_depth(value) for value in values if value}
                annotated = _annotated_depths(hint)
                assert depths <= annotated, (name, column, hint, values)
                # Where there is a choice, each of them does come.
                assert len(annotated) == 1 or depths == EITHER[name][column], (name, column, hint)
                compared.add(f"{name}.{column}")
        return compared
    finally:
        await transaction.rollback()
        await connection.close()


def _depth(value: Any) -> int:
    return 1 + _depth(value[0]) if isinstance(value, list) else 0


def _annotated_depths(hint: Any) -> set[int]:
    if typing.get_origin(hint) is list:
        inner = typing.get_args(hint)[0]
        return {1 + depth for depth in _annotated_depths(inner)}
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        inner = [each for each in typing.get_args(hint) if each is not type(None)]
        return set().union(*map(_annotated_depths, inner))
    return {0}
