"""Arrays put together at random: what is said to hold no NULL holds none on a server."""

from __future__ import annotations

import random

import asyncpg
import pytest
from sqlwright.analysis.facts import ResultColumn
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from stated import SCHEMA, catalog_of

EXPRESSIONS = 400
ROWS = """
INSERT INTO shelf_marks (id, loose, checked, cleaned, words, listed, title, remark, mail) VALUES
(1, '{a,NULL,b}', '{a,b}', '{1}', '{a}', '{b,a}', 'a,b', NULL, 'm'),
(2, NULL, '{}', NULL, NULL, NULL, '', 'a', 'm'),
(3, '{NULL}', '{b}', '{}', '{}', '{}', 'b', 'b', 'm'),
(4, '{}', '{a,a,c}', '{2,3}', '{b,c}', '{c}', 'c', 'c', 'm');
"""
TEXTS = ("title", "remark", "'a'::text", "NULL::text", "lower(remark)", "coalesce(remark, title)")
ARRAYS = (
    "checked",
    "loose",
    "listed",
    "words::text[]",
    "cleaned::text[]",
    "'{a,NULL}'::text[]",
    "'{b}'::text[]",
    "'{}'::text[]",
    "NULL::text[]",
)
MADE = (
    "ARRAY[{t}, {t}]",
    "array_append({a}, {t})",
    "array_prepend({t}, {a})",
    "array_cat({a}, {a})",
    "({a} || {a})",
    "({a} || {t})",
    "array_remove({a}, {t})",
    "array_remove({a}, NULL)",
    "array_replace({a}, {t}, {t})",
    "coalesce({a}, {a})",
    "nullif({a}, {a})",
    "greatest({a}, {a})",
    "CASE WHEN id > 2 THEN {a} ELSE {a} END",
    "CASE WHEN id > 3 THEN {a} WHEN remark IS NULL THEN {a} END",
    "({a})[1:2]",
    "ARRAY(SELECT unnest({a}))",
    "(SELECT array_agg(u.x) FROM unnest({a}) AS u (x))",
    "(SELECT array_agg(u.x) FILTER (WHERE u.x IS NOT NULL) FROM unnest({a}) AS u (x))",
    "(SELECT max(s.y) FROM (SELECT {a} AS y UNION ALL SELECT {a}) AS s)",
    "string_to_array({t}, ',', {t})",
    "string_to_array({t}, ',')",
    "array_fill({t}, ARRAY[2])",
    "first_value({a}) OVER (ORDER BY id)",
)


def array(chosen: random.Random, depth: int) -> str:
    if depth == 0 or chosen.random() < 0.2:
        return chosen.choice(ARRAYS)
    text = chosen.choice(MADE if depth == 3 else MADE[:-1])
    while "{t}" in text:
        text = text.replace("{t}", chosen.choice(TEXTS), 1)
    while "{a}" in text:
        text = text.replace("{a}", array(chosen, depth - 1), 1)
    return text


def inferred(catalog: Catalog, sql: str) -> ResultColumn:
    (statement,), problems = read_queries(SourceFile("q.sql", f"-- name: Q :many\n{sql};"))
    assert not problems
    facts, found = infer_query(catalog, statement)
    assert facts is not None, (sql, found)
    return facts.columns[0]


@pytest.mark.server
async def test_no_null_where_none_is_said_to_be(database: str) -> None:
    catalog, chosen = catalog_of(SCHEMA), random.Random(11)
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(SCHEMA.read_text(encoding="utf-8"))
        await connection.execute(ROWS)
        whole, seen_null, compared = 0, 0, 0
        for _ in range(EXPRESSIONS):
            sql = f"SELECT {array(chosen, 3)} AS value FROM shelf_marks"
            column = inferred(catalog, sql)
            try:
                rows = await connection.fetch(sql)
            except asyncpg.DataError:
                continue  # arrays that do not fit together
            compared += 1
            values = [row["value"] for row in rows]
            holds_null = any(None in value for value in values if value is not None)
            assert column.element_nullable or not holds_null, (sql, values)
            assert column.nullable or None not in values, (sql, values)
            whole += not column.element_nullable
            seen_null += holds_null
    finally:
        await connection.close()
    print(f"{compared} arrays: {whole} proved without NULL, {seen_null} seen with one")
    assert compared > EXPRESSIONS * 0.9
    assert whole > 60
    assert seen_null > 60
