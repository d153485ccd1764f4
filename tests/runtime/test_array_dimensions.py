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
CREATE TABLE boards (id int PRIMARY KEY, tags text[] NOT NULL, cells int[][] NOT NULL);
INSERT INTO boards VALUES (1, '{a,b}', '{{1,2},{3,4}}'), (2, '{c,d}', '{{5,6},{7,8}}');
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
"""


def test_arrays_nest_as_annotated(database: str, tmp_path: Path) -> None:
    """Every array column of every query above, on a real server."""
    package = build(tmp_path, SCHEMA, QUERIES)
    compared = asyncio.run(_compare(database, package.queries))
    print(f"{len(compared)} array columns nest as annotated: {', '.join(sorted(compared))}")
    assert len(compared) == 26


async def _compare(uri: str, module: types.ModuleType) -> set[str]:
    connection = await asyncpg.connect(uri)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(SCHEMA)
        compared = set()
        for name in ("literals", "built", "aggregated", "passed_on", "arms"):
            function = getattr(module, name)
            found = await function(connection)
            rows = found if isinstance(found, list) else [found]
            for column, hint in typing.get_type_hints(type(rows[0])).items():
                values = [value for row in rows if isinstance(value := getattr(row, column), list)]
                if not values:
                    continue
                depths = {_depth(value) for value in values if value}
                assert depths <= {_annotated_depth(hint)}, (name, column, hint, values)
                compared.add(f"{name}.{column}")
        return compared
    finally:
        await transaction.rollback()
        await connection.close()


def _depth(value: Any) -> int:
    return 1 + _depth(value[0]) if isinstance(value, list) else 0


def _annotated_depth(hint: Any) -> int:
    if typing.get_origin(hint) is list:
        return 1 + _annotated_depth(typing.get_args(hint)[0])
    inner = [each for each in typing.get_args(hint) if each is not type(None)]
    return _annotated_depth(inner[0]) if len(inner) == 1 else 0
