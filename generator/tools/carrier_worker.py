"""What one version of asyncpg makes of values in each place; run by `probe_carriers`.

    python carrier_worker.py URI

Reads rows as JSON on standard input and prints an outcome a line: row, place, outcome. It imports
nothing but asyncpg, so that it runs with whatever version of that is on the path, and it may be
killed by what it tries: the last line printed says how far it came.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

Row = dict[str, str]
Check = Callable[[Any, Row, Any], Awaitable[bool]]

SETUP = """
    DROP SCHEMA IF EXISTS probe CASCADE; CREATE SCHEMA probe; SET search_path = public, probe;
"""
MADE = {
    "array": "SELECT NULL::{t}[]",
    "field": "CREATE TYPE probe.c AS (a int, f {t}, b int)",
    "array field": "CREATE TYPE probe.ca AS (a int, f {t}[], b int)",
    "domain": "CREATE DOMAIN probe.d AS {t}",
    "domain field": "CREATE TYPE probe.cd AS (a int, f probe.d)",
    "range": "CREATE TYPE probe.r AS RANGE (subtype = {t})",
    "copied": "CREATE TABLE probe.copied (v {t})",
    "copied array": "CREATE TABLE probe.copied_array (v {t}[])",
    "copied domain": "CREATE TABLE probe.copied_domain (v probe.d)",
}


def reading(query: str, expected: Callable[[Any], Any], warm: str = "") -> Check:
    """That a query's value is the expected one, made of the value alone."""

    async def check(conn: Any, row: Row, value: Any) -> bool:
        if warm:
            await conn.fetch(warm.format(**row))
        return bool(plain(await conn.fetchval(query.format(**row))) == plain(expected(value)))

    return check


def sending(type_: str, literal: str, given: Callable[[Any], Any]) -> Check:
    """That a value sent as a type is the literal of that type to the server."""

    async def check(conn: Any, row: Row, value: Any) -> bool:
        query = f"SELECT ($1::{type_})::text".format(**row)
        text = await conn.fetchval(f"SELECT ({literal})::text".format(**row))
        return bool(await conn.fetchval(query, plain(given(value))) == text)

    return check


def copying(table: str, literal: str, given: Callable[[Any], Any]) -> Check:
    """That COPY puts a value into a column."""

    async def check(conn: Any, row: Row, value: Any) -> bool:
        await conn.execute(f"TRUNCATE probe.{table}")
        await conn.copy_records_to_table(
            table, schema_name="probe", columns=["v"], records=[(plain(given(value)),)]
        )
        text = await conn.fetchval(f"SELECT ({literal})::text".format(**row))
        return bool(await conn.fetchval(f"SELECT v::text FROM probe.{table}") == text)

    return check


def plain(value: Any) -> Any:
    """Rows as tuples, so that they compare."""
    if type(value) in (asyncpg.Record, tuple):
        return tuple(map(plain, value))
    return [plain(item) for item in value] if isinstance(value, list) else value


def same(value: Any) -> Any:
    return value


_ARRAY = "ARRAY[{x}, NULL, {x}]::{t}[]"
_EMPTY = "ARRAY['', {x}]::{t}[]"
_WARM = "SELECT NULL::{t}, NULL::{t}[]"


def _array(value: Any) -> list[Any]:
    return [value, None, value]


def _field(value: Any) -> tuple[Any, ...]:
    return (1, value, 2)


PLACES: dict[str, Check] = {
    "read": reading("SELECT {x}", same),
    "read array": reading(f"SELECT {_ARRAY}", _array),
    "read empty texts": reading(f"SELECT {_EMPTY}", lambda value: ["", value]),
    "read field": reading("SELECT ROW(1, {x}, 2)::probe.c", _field),
    "read array field": reading(
        f"SELECT ROW(1, {_ARRAY}, 2)::probe.ca", lambda value: _field(_array(value))
    ),
    "read in record": reading("SELECT ROW(1, {x}, 2)", _field),
    "read array in record": reading(
        f"SELECT ROW(1, {_ARRAY}, 2)", lambda value: _field(_array(value))
    ),
    "read in record, known": reading("SELECT ROW(1, {x}, 2)", _field, _WARM),
    "read array in record, known": reading(
        f"SELECT ROW(1, {_ARRAY}, 2)", lambda value: _field(_array(value)), _WARM
    ),
    "read domain": reading("SELECT {x}::probe.d", same),
    "read domain array": reading("SELECT ARRAY[{x}, NULL, {x}]::probe.d[]", _array),
    "read domain field": reading("SELECT ROW(1, {x})::probe.cd", lambda value: (1, value)),
    "read domain in record": reading("SELECT ROW(1, {x}::probe.d, 2)", _field),
    "read domain in record, known": reading(
        "SELECT ROW(1, {x}::probe.d, 2)",
        _field,
        "SELECT ROW(1, NULL)::probe.cd, NULL::probe.d[]",
    ),
    "read range": reading("SELECT probe.r({x}, NULL)", asyncpg.Range),
    "read range array": reading(
        "SELECT ARRAY[probe.r({x}, NULL), NULL]", lambda value: [asyncpg.Range(value), None]
    ),
    "read multirange": reading(
        "SELECT probe.r_multirange(probe.r({x}, NULL))", lambda value: [asyncpg.Range(value)]
    ),
    "read range in record, known": reading(
        "SELECT ROW(1, probe.r({x}, NULL), 2)",
        lambda value: _field(asyncpg.Range(value)),
        "SELECT NULL::probe.r",
    ),
    "send": sending("{t}", "{x}", same),
    "send array": sending("{t}[]", _ARRAY, _array),
    "send empty texts": sending("{t}[]", _EMPTY, lambda value: ["", value]),
    "send field": sending("probe.c", "ROW(1, {x}, 2)::probe.c", _field),
    "send array field": sending(
        "probe.ca", f"ROW(1, {_ARRAY}, 2)::probe.ca", lambda value: _field(_array(value))
    ),
    "send domain": sending("probe.d", "{x}", same),
    "send domain array": sending("probe.d[]", _ARRAY, _array),
    "send domain field": sending("probe.cd", "ROW(1, {x})::probe.cd", lambda value: (1, value)),
    "send range": sending("probe.r", "probe.r({x}, NULL)", asyncpg.Range),
    "send range array": sending(
        "probe.r[]", "ARRAY[probe.r({x}, NULL)]", lambda value: [asyncpg.Range(value)]
    ),
    "send multirange": sending(
        "probe.r_multirange",
        "probe.r_multirange(probe.r({x}, NULL))",
        lambda value: [asyncpg.Range(value)],
    ),
    "copy": copying("copied", "{x}", same),
    "copy array": copying("copied_array", _ARRAY, _array),
    "copy domain": copying("copied_domain", "{x}", same),
}


async def connected(uri: str, codec: str) -> Any:
    """A new connection, which knows no type yet; with a json codec of its own if one is asked."""
    conn = await asyncpg.connect(uri, server_settings={"search_path": "public, probe"})
    for name in ("json", "jsonb") if codec else ():
        head = b"\x01" if name == "jsonb" else b""
        encode, decode = (
            (lambda value, head=head: head + json.dumps(value).encode()),
            (lambda data, head=head: json.loads(data.removeprefix(head))),
        )
        await conn.set_type_codec(
            name,
            schema="pg_catalog",
            format=codec,
            encoder=encode if codec == "binary" else json.dumps,
            decoder=decode if codec == "binary" else json.loads,
        )
    return conn


async def value_alone(uri: str, row: Row) -> Any:
    """The value as it comes back by itself: text has to be PostgreSQL's own."""
    conn = await connected(uri, row["codec"])
    try:
        value = await conn.fetchval("SELECT {x}".format(**row))
        text = await conn.fetchval("SELECT ({x})::text".format(**row))
        if isinstance(value, str) and not row["codec"] and value.strip() != text.strip():
            raise ValueError(f"{value!r} is not {text!r}")
        return value
    finally:
        await conn.close()


async def prepare(uri: str, row: Row) -> Row:
    """Make what the places need; what cannot be made is not a place for the type."""
    conn = await asyncpg.connect(uri)
    failed = {}
    try:
        await conn.execute(SETUP + row["setup"])
        for place, statement in MADE.items():
            try:
                await conn.execute(statement.format(**row))
            except asyncpg.PostgresError as error:
                failed[place] = type(error).__name__
        if await _empty_text(conn, row) != "":
            failed["empty texts"] = "no value is an empty text"
    finally:
        await conn.close()
    return failed


async def _empty_text(conn: Any, row: Row) -> Any:
    try:
        return await conn.fetchval("SELECT ''::{t}".format(**row))
    except Exception:
        return None


def is_place(row: Row, place: str, failed: Row) -> bool:
    """Whether a type can stand in a place."""
    if row["t"].endswith("[]") and "array" in place:
        return False
    if "empty texts" in place and "array" in failed:
        return False
    needed = {
        "empty texts": "empty texts",
        "range": "range",
        "multirange": "range",
        "array field": "array field",
        "array": "array",
        "copy array": "copied array",
        "copy": "copied",
        "domain": "domain",
        "field": "field",
    }
    return not any(word in place and missing in failed for word, missing in needed.items())


async def outcome(uri: str, row: Row, place: str, value: Any) -> str:
    """`yes`, `wrong` for a value that is another one, or the class of the error."""
    conn = await connected(uri, row["codec"])
    try:
        return "yes" if await PLACES[place](conn, row, value) else "wrong"
    except Exception as error:
        return type(error).__name__
    finally:
        conn.terminate()


async def probe(uri: str, row: Row, todo: list[str]) -> None:
    failed = await prepare(uri, row)
    try:
        value = await value_alone(uri, row)
    except Exception as error:
        for place in todo:
            print(json.dumps([row["name"], place, type(error).__name__]), flush=True)
        return
    for place in todo:
        print(json.dumps([row["name"], place, "crash"]), flush=True)
        found = await outcome(uri, row, place, value) if is_place(row, place, failed) else ""
        print(json.dumps([row["name"], place, found]), flush=True)


async def main() -> None:
    for row, todo in json.load(sys.stdin):
        await probe(sys.argv[1], row, todo)


if __name__ == "__main__":
    asyncio.run(main())
