"""COPY in its text form, which is sent where a column's type has no other: the same values arrive
that a statement with parameters would send."""

from __future__ import annotations

import datetime
import decimal
import ipaddress
import uuid
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from packages import build, refused

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'very "happy"');
CREATE DOMAIN word AS text;
CREATE TABLE things (
    id bigint PRIMARY KEY, search tsvector NOT NULL, mac macaddr, mood mood, moods mood[],
    payload jsonb, payloads jsonb[], at timestamptz, local timestamp, day date, span interval,
    data bytea, words text[], numbers int[], grid int[][], ratio double precision, price numeric,
    done boolean, key uuid, ip inet, clock time, note text, word word
);
CREATE TABLE single (search tsvector);
CREATE TABLE spots (spot point, search tsvector);
"""

NAMES = (
    *("id", "search", "mac", "mood", "moods", "payload", "payloads", "at", "local", "day"),
    *("span", "data", "words", "numbers", "grid", "ratio", "price", "done", "key", "ip"),
    *("clock", "note", "word"),
)
COLUMNS, MARKERS = ", ".join(NAMES), ", ".join(f"@{name}" for name in NAMES)
QUERIES = f"""
-- name: CopyThings :copyfrom
INSERT INTO things ({COLUMNS}) VALUES ({MARKERS});
-- name: AddThing :exec
INSERT INTO things ({COLUMNS}) VALUES ({MARKERS});
-- name: CopySingle :copyfrom
INSERT INTO single (search) VALUES (@search);
"""
UTC = datetime.UTC


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(tmp_path_factory.mktemp("copied"), SCHEMA, QUERIES)


def things(package: ModuleType) -> list[dict[str, Any]]:
    """Rows of ordinary values, of what has to be escaped, of extremes, and of NULLs."""
    moods = list(package.Mood)
    odd = 'a\tb\nc\\d\re "f" {g},NULL \\N'
    ordinary: dict[str, Any] = {
        "id": 1,
        "search": "'cat':1 'it''s':2",
        "mac": "08:00:2b:01:02:03",
        "mood": moods[1],
        "moods": [moods[1], None, moods[0]],
        "payload": {"a": [odd, None, 1.5]},
        "payloads": [{"a": odd}, [1]],
        "at": datetime.datetime(2024, 2, 29, 12, 30, 1, 5, tzinfo=UTC),
        "local": datetime.datetime(1999, 1, 1, 0, 0, 0, 1),
        "day": datetime.date(2024, 2, 29),
        "span": datetime.timedelta(days=-3, seconds=5, microseconds=7),
        "data": b"\x00\\ab\n",
        "words": ["", odd, "NULL", None, "null", "{}"],
        "numbers": [1, None, -7],
        "grid": [[1, 2], [3, 4]],
        "ratio": 1.1,
        "price": decimal.Decimal("-1.50E+10"),
        "done": True,
        "key": uuid.UUID(int=7),
        "ip": ipaddress.ip_interface("192.0.2.1/24"),
        "clock": datetime.time(23, 59, 59, 999999),
        "note": odd,
        "word": "\\.",
    }
    extreme = ordinary | {
        "id": 2**63 - 1,
        "search": "",
        "at": datetime.datetime.max,
        "local": datetime.datetime.max,
        "day": datetime.date.max,
        "ratio": float("-inf"),
        "price": decimal.Decimal("NaN"),
        "words": [],
        "data": b"",
        "note": "",
        "done": False,
    }
    zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
    other = dict.fromkeys(ordinary) | {"id": 3, "search": "'x'"}
    other |= {"at": datetime.datetime(2024, 1, 1, tzinfo=zone), "payload": None}
    return [ordinary, extreme, other]


async def test_what_is_copied_is_what_is_sent(database: str, package: ModuleType) -> None:
    rows = things(package)
    conn = await asyncpg.connect(database)
    try:
        await conn.execute(SCHEMA)
        sets = [package.CopyThingsParams(**row) for row in rows]
        assert await package.copy_things(conn, sets) == 3
        copied = await conn.fetch("DELETE FROM things RETURNING things::text")
        for row in rows:
            await package.add_thing(conn, **row)
        sent = await conn.fetch("DELETE FROM things RETURNING things::text")
        assert copied == sent
        assert await package.copy_single(conn, ["'a'", None, "'b'"]) == 3
        assert await conn.fetchval("SELECT count(search) FROM single") == 2
        with pytest.raises(asyncpg.NotNullViolationError):
            await package.copy_things(conn, [package.CopyThingsParams(**(rows[0] | {"id": None}))])
    finally:
        await conn.close()


async def test_a_pool_copies_text(database: str, package: ModuleType) -> None:
    async with asyncpg.create_pool(database, min_size=1, max_size=1) as pool:
        await pool.execute("DROP TABLE IF EXISTS single; CREATE TABLE single (search tsvector)")
        assert await package.copy_single(pool, iter(["'a'"])) == 1


def test_a_column_whose_text_is_not_known_is_refused(tmp_path: Path) -> None:
    query = "-- name: C :copyfrom\nINSERT INTO spots (spot, search) VALUES (@spot, @search);\n"
    found = refused(tmp_path, SCHEMA, query)
    assert [(item.code, item.message) for item in found] == [
        ("not-carried", "asyncpg cannot copy a value of type tsvector")
    ]
