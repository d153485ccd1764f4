"""Calling finds the faults that a package may have, and takes nothing else for one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from handmade import INT, JSON, TEXT, array, called
from sqlwright.verification.calls import supervision
from sqlwright.verification.calls.messages import Given


@dataclass(frozen=True)
class Broken:
    """A function that fails on calls, and a part of what is said of it."""

    schema: str
    module: str
    said: str
    given: tuple[Given, ...] = ()
    command: str = "many"


ROWS_IN_CHUNKS = """
from collections.abc import Iterable
from dataclasses import dataclass
@dataclass
class Item:
    n: int
    word: str
async def query(
    conn, rows: Iterable[Item], *, least: int, chunk: int | None = None
) -> list[str]:
    items, found = list(rows), []
    for at in range(0, len(items), {parts}):
        part = items[at : at + 1]
        sql = "SELECT w FROM unnest($1::int[], $2::text[]) AS u (n, w) WHERE n >= $3"
        arrays = [item.n for item in part], [item.word for item in part]
        found += [row[0] for row in await conn.fetch(sql, *arrays, least)]
    return found
"""

BROKEN = {
    "a row with a field that asyncpg has only as text": Broken(
        "CREATE TABLE t (id int, words tsvector); INSERT INTO t VALUES (1, 'a')",
        """
async def query(conn) -> list[tuple[object, ...]]:
    return [row[0] for row in await conn.fetch("SELECT t FROM t")]
""",
        "UnsupportedClientFeatureError: cannot decode type",
    ),
    "a record with an array, which the connection has not met": Broken(
        "CREATE TABLE t (id int, many int[]); INSERT INTO t VALUES (1, '{1}')",
        """
async def query(conn) -> list[tuple[object, ...]]:
    return [row[0] for row in await conn.fetch("SELECT ROW(id, many) FROM t")]
""",
        "InternalClientError: no decoder for composite type element",
    ),
    "a record with an enum": Broken(
        "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m mood); INSERT INTO t VALUES ('a')",
        """
async def query(conn) -> list[tuple[object, ...]]:
    return [row[0] for row in await conn.fetch("SELECT ROW(m) FROM t")]
""",
        "InternalClientError: no decoder for composite type element",
    ),
    "COPY into a type that has no binary form": Broken(
        "CREATE TABLE t (amount money)",
        """
from collections.abc import Iterable
async def query(conn, rows: Iterable[str]) -> int:
    records = [(row,) for row in rows]
    status = await conn.copy_records_to_table("t", columns=["amount"], records=records)
    return int(status.split()[1])
""",
        "no binary format encoder for type money",
        (Given("amount", TEXT),),
        "copyfrom",
    ),
    "an array of texts that kills the interpreter": Broken(
        "CREATE TABLE t (words tsvector[]); INSERT INTO t VALUES (ARRAY['', 'b']::tsvector[])",
        """
async def query(conn) -> list[list[str]]:
    return [[str(item) for item in row[0]] for row in await conn.fetch("SELECT words FROM t")]
""",
        "",
    ),
    "a NULL element that is not said": Broken(
        "",
        """
from collections.abc import Sequence
async def query(conn, *, many: Sequence[str | None]) -> list[str]:
    return await conn.fetchval("SELECT $1::text[]", many)
""",
        "the function returns what it should not: [0] is None, not str",
        (Given("many", array(TEXT)),),
    ),
    "an array of more dimensions than are said": Broken(
        "CREATE TABLE t (m int[][]); INSERT INTO t VALUES ('{{1,2},{3,4}}')",
        """
async def query(conn) -> list[list[int | None]]:
    return [row[0] for row in await conn.fetch("SELECT m FROM t")]
""",
        "the function returns what it should not: [0][0] is [1, 2], not int | None",
    ),
    "rows taken for text": Broken(
        "",
        """
async def query(conn) -> str:
    return await conn.fetchval("SELECT array_agg(ROW(n, 'x')) FROM generate_series(1, 2) AS n")
""",
        "the function returns what it should not: it is [",
    ),
    "JSON's null that is sent as NULL": Broken(
        "CREATE TABLE t (j jsonb NOT NULL)",
        """
import json
from collections.abc import Sequence
async def query(conn, *, many: Sequence[dict[str, int] | None]) -> None:
    texts = [None if item is None else json.dumps(item) for item in many]
    await conn.execute("SELECT $1::text[]::jsonb[]", texts)
""",
        "the function sends NULL for JSON's null",
        (Given("many", array(JSON), not_null=True),),
        "exec",
    ),
    "a parameter that asyncpg cannot encode": Broken(
        "",
        """
async def query(conn, *, one: str) -> int:
    return await conn.fetchval("SELECT $1::int", one)
""",
        "DataError: invalid input for query argument $1",
        (Given("one", TEXT),),
    ),
    "a conversion that fails for NULL": Broken(
        "",
        """
async def query(conn, *, one: str | None = None) -> str | None:
    return (await conn.fetchval("SELECT $1::text", one)).upper()
""",
        "AttributeError: 'NoneType' object has no attribute 'upper'",
        (Given("one", TEXT),),
    ),
    "a transaction that is left open": Broken(
        "",
        """
async def query(conn) -> None:
    await conn.execute("BEGIN")
""",
        "the function leaves a transaction open",
        command="exec",
    ),
    "a stream that asks for a transaction on a connection without one": Broken(
        "",
        """
from collections.abc import AsyncGenerator
async def query(conn) -> AsyncGenerator[int, None]:
    session = await conn.acquire() if hasattr(conn, "acquire") else conn
    async for row in session.cursor("SELECT 1"):
        yield row[0]
""",
        "cursor cannot be created outside of a transaction",
        command="stream",
    ),
    "rows that cannot be sent in chunks": Broken(
        "",
        ROWS_IN_CHUNKS.format(parts="chunk or 0"),
        "ValueError: range() arg 3 must not be zero",
        (Given("n", INT, of_row=True), Given("word", TEXT, of_row=True), Given("least", INT)),
    ),
    "a chunk that is not counted in": Broken(
        "",
        ROWS_IN_CHUNKS.format(parts="1 if chunk is None else 'all'"),
        "TypeError: 'str' object cannot be interpreted as an integer",
        (Given("n", INT, of_row=True), Given("word", TEXT, of_row=True), Given("least", INT)),
    ),
    "JSON's null among rows": Broken(
        "CREATE TABLE t (value jsonb NOT NULL)",
        """
from collections.abc import Iterable
from dataclasses import dataclass
@dataclass
class Item:
    value: dict[str, int] | None
async def query(conn, rows: Iterable[Item]) -> None:
    texts = [None if item.value is None else '"x"' for item in rows]
    await conn.execute("SELECT $1::text[]::jsonb[]", texts)
""",
        "the function sends NULL for JSON's null",
        (Given("value", JSON, not_null=True, of_row=True),),
        command="exec",
    ),
    "an annotation that names nothing": Broken(
        "",
        "async def query(conn) -> Nothing: ...",
        "annotations cannot be resolved: NameError",
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
async def test_a_broken_function_is_found(database: str, broken: Broken) -> None:
    found = await called(
        database, broken.schema, broken.module, broken.given, command=broken.command
    )
    print([fault.message for fault in found.faults])
    assert found.faults, found
    assert broken.said in found.faults[0].message
    assert {fault.query for fault in found.faults} == {"Query"}


async def test_a_dead_interpreter_is_told_with_the_call(database: str) -> None:
    """A function that kills the interpreter costs itself only, and the call is known."""
    module = """
import os, signal
from collections.abc import Sequence
async def query(conn, *, many: Sequence[str]) -> None:
    if "" in many:
        os.kill(os.getpid(), signal.SIGSEGV)
"""
    found = await called(database, "", module, [Given("many", array(TEXT))], command="exec")
    [fault] = found.faults
    assert fault.message == "the function kills the interpreter: SIGSEGV"
    assert fault.call == "query(conn, many=['a', ''])"


async def test_a_function_that_hangs_is_told(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "PATIENCE", 4)
    module = "async def query(conn) -> None:\n    while True: pass\n"
    [fault] = (await called(database, "", module, command="exec")).faults
    assert fault.message == "the function does not come to an end in 4 seconds"
    assert fault.call == "query(conn)"


async def test_a_call_that_hangs_where_others_return_is_no_fault(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its values may be more than anybody can wait for."""
    monkeypatch.setattr(supervision, "PATIENCE", 4)
    module = "async def query(conn, *, one: int) -> None:\n    while one == 0: pass\n"
    found = await called(database, "", module, [Given("one", INT)], command="exec")
    assert not found.faults
    assert found.slow["Query"].call == "query(conn, one=0)"


async def test_a_function_that_is_slow_is_not_called_with_everything(database: str) -> None:
    module = "async def query(conn, *, one: int) -> None:\n    raise TimeoutError\n"
    found = await called(database, "", module, [Given("one", INT)], command="exec")
    assert not found.faults
    places_and_states = 4
    assert found.refused["Query"] == 3 * places_and_states


async def test_a_pool_that_does_not_open_is_told(database: str) -> None:
    init = "async def warm(conn):\n    await conn.fetchrow('SELECT NULL::t')\n"
    module = "async def query(conn) -> int:\n    return await conn.fetchval('SELECT 1')\n"
    schema = "CREATE TABLE t (words tsvector)"
    found = await called(database, schema, module, init=init)
    [fault] = found.faults
    assert fault.message.startswith("a pool with `init=warm` does not open: Unsupported")
    assert found.returned["Query"] > 2, "calls go on without it"


async def test_a_package_that_cannot_be_imported_is_told(database: str) -> None:
    found = await called(database, "", "import no_such_module_anywhere", command="exec")
    [fault] = found.faults
    assert fault.message.startswith("the package cannot be imported: ModuleNotFoundError")


async def test_a_constant_that_is_changed_on_its_way_is_told(database: str) -> None:
    module = """
async def query(conn) -> str:
    return await conn.fetchval("SELECT 'a\\nb'")
"""
    found = await called(database, "", module, literals=("'a\r\nb'",))
    [fault] = found.faults
    assert fault.message == "the function sends another constant than \"'a\\r\\nb'\""


async def test_the_methods_of_a_class_are_called_too(database: str) -> None:
    init = """
class Querier:
    def __init__(self, conn):
        self._conn = conn
    async def query(self) -> int:
        return "not what the function returns"
"""
    module = "async def query(conn) -> int:\n    return await conn.fetchval('SELECT 1')\n"
    found = await called(database, "", module, init=init)
    [fault] = found.faults
    assert fault.message.startswith("the function returns what it should not: it is 'not what")


async def test_queries_and_tables_may_have_the_names_of_the_package_itself(database: str) -> None:
    names = """
class Querier:
    def __init__(self, id: int): ...
async def warm(conn, *, id: int) -> None: ...
"""
    module = "async def query(conn) -> int:\n    return await conn.fetchval('SELECT 1')\n"
    found = await called(
        database, "", f"{names}\n{module}", init="from .module import Querier, warm"
    )
    assert not found.faults
    assert found.returned["Query"] > 2


SOUND = {
    "a unique violation": (
        "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)",
        """
async def query(conn, *, one: int) -> None:
    await conn.execute("INSERT INTO t SELECT $1::int UNION ALL SELECT $1", one)
""",
        "duplicate key value",
    ),
    "a division by zero": (
        "",
        """
async def query(conn, *, one: int) -> int:
    return await conn.fetchval("SELECT $1::int / 0", one)
""",
        "division by zero",
    ),
}


@pytest.mark.parametrize(("schema", "module", "said"), SOUND.values(), ids=SOUND)
async def test_the_servers_refusals_are_no_faults(
    database: str, schema: str, module: str, said: str
) -> None:
    found = await called(database, schema, module, [Given("one", INT)])
    assert not found.faults
    assert said in found.refusals["Query"]


CONVERTING = """
import ipaddress, json
async def query(conn, *, one: str) -> str:
    return await conn.fetchval("SELECT $1::text", {})
"""


@pytest.mark.parametrize(
    ("converted", "conversions", "fault"),
    [
        ("str(json.loads(one))", ("loads",), ""),
        ("str(ipaddress.ip_network(one))", ("ip_network",), ""),
        ("str(json.loads(one))", ("elsewhere",), "JSONDecodeError"),
        ("json.dumps(one.encode())", ("dumps",), "TypeError: Object of type bytes"),
    ],
)
async def test_a_conversion_may_refuse_a_value(
    database: str, converted: str, conversions: tuple[str, ...], fault: str
) -> None:
    """In Python's own words or those of a module that it uses; other errors are faults."""
    module = CONVERTING.format(converted)
    found = await called(database, "", module, [Given("one", TEXT)], conversions=conversions)
    told = [item.message for item in found.faults]
    assert [fault in item for item in told] == ([True] if fault else [])
    assert fault or found.refused["Query"]


async def test_what_is_written_is_undone_in_a_transaction(database: str) -> None:
    """Each call finds the tables as they were."""
    module = """
async def query(conn) -> int:
    await conn.execute("INSERT INTO t VALUES (1)")
    count = await conn.fetchval("SELECT count(*) FROM t")
    if count > 1 and hasattr(conn, "cursor") and conn.is_in_transaction():
        raise AttributeError("more than one row")
    return 1
"""
    found = await called(database, "CREATE TABLE t (id int)", module)
    assert not found.faults
    assert found.returned["Query"] > 2


async def test_a_composite_type_that_a_codec_makes_unreadable_is_no_fault(database: str) -> None:
    """A json codec in text form cannot read a field of a composite type: the connection's own."""
    schema = "CREATE TYPE pair AS (id int, data jsonb)"
    module = """
async def query(conn) -> int:
    one = await conn.fetchval("SELECT ROW(1, '{}')::pair")
    return one["id"]
"""
    found = await called(database, schema, module)
    assert not found.faults
    assert found.returned["Query"] > 2


async def test_modules_of_the_project_are_found_and_replace_none(
    database: str, tmp_path: Path
) -> None:
    """The user's own types are imported from the root; a file there called like a module of
    Python's, or like one of the package's, is not taken for it."""
    (tmp_path / "my_types.py").write_text("class Amount(int): ...\n")
    (tmp_path / "json.py").write_text("raise RuntimeError('not this one')\n")
    (tmp_path / "module.py").write_text("raise RuntimeError('not this one')\n")
    module = """
import json
import my_types
async def query(conn) -> my_types.Amount:
    return my_types.Amount(json.loads("1"))
"""
    found = await called(database, "", module, root=tmp_path)
    assert not found.faults
    assert found.returned["Query"] > 2
