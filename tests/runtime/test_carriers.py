"""Every type in every place: what is generated works on a connection that has met no type before,
and what is refused is what the table says that asyncpg cannot do."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from packages import build, refused
from sqlwright.codegen.options import JsonOptions
from sqlwright.codegen.types.base_types import base_type
from sqlwright.codegen.types.carriers import YES, outcome
from tools.carrier_samples import CONTRIB, CORE, VECTOR
from tools.type_cases import Sample

READ = {
    "read": "SELECT {x} AS v",
    "read array": "SELECT ARRAY[{x}, NULL, {x}]::{t}[] AS v",
    "read field": "SELECT ROW(1, {x}, 2)::c{n} AS v",
    "read array field": "SELECT ROW(1, ARRAY[{x}, NULL, {x}]::{t}[], 2)::a{n} AS v",
    "read in record, known": "SELECT ROW(1, {x}, 2) AS v",
    "read array in record, known": "SELECT ROW(1, ARRAY[{x}, NULL, {x}]::{t}[], 2) AS v",
    "read domain": "SELECT {x}::d{n} AS v",
    "read domain array": "SELECT ARRAY[{x}, NULL, {x}]::d{n}[] AS v",
    "read domain in record, known": "SELECT ROW(1, {x}::d{n}, 2) AS v",
}
SEND = {
    "send": "SELECT (@v::{t})::text = ({x})::text AS v",
    "send array": "SELECT (@v::{t}[])::text = (ARRAY[{x}, NULL, {x}]::{t}[])::text AS v",
    "send field": "SELECT (@v::c{n})::text = (ROW(1, {x}, 2)::c{n})::text AS v",
    "send domain": "SELECT (@v::d{n})::text = ({x})::text AS v",
    "send domain array": "SELECT (@v::d{n}[])::text = (ARRAY[{x}, NULL, {x}])::text AS v",
    "copy": "INSERT INTO t{n} (v) VALUES (@v)",
}
SCHEMA = """
CREATE TYPE c{n} AS (a int, f {t}, b int);
CREATE TYPE a{n} AS (a int, f {t}[], b int);
CREATE DOMAIN d{n} AS {t};
CREATE TABLE t{n} (v {t});
"""
# Types of which there are no arrays, columns or fields, and those that are arrays by themselves.
APART = {"unknown", "cstring", "xml", "int2vector", "oidvector"}
SERVERS = {
    "core": [each for each in CORE if each.name not in APART and not each.name.endswith("[]")],
    "vector": list(VECTOR),
    "contrib": [each for each in CONTRIB if each.name not in APART],
}


def filled(text: str, number: int, sample: Sample) -> str:
    type_ = sample.type or sample.name
    return text.format(n=number, t=type_, x=f"'{sample.literal}'::{type_}")


def name(number: int, place: str) -> str:
    return f"q{number}_" + place.replace(", ", "_").replace(" ", "_")


def project(samples: list[Sample]) -> tuple[str, dict[str, str]]:
    """The schema, and the queries by name."""
    extensions = dict.fromkeys(sample.extension for sample in samples if sample.extension)
    schema = "".join(f"CREATE EXTENSION {each};\n" for each in extensions)
    queries = {}
    for number, sample in enumerate(samples):
        schema += filled(SCHEMA, number, sample)
        for place, query in (READ | SEND).items():
            command = "copyfrom" if place == "copy" else "one"
            text = filled(query, number, sample)
            queries[name(number, place)] = f"-- name: {name(number, place)} :{command}\n{text};\n"
    return schema, queries


def carried(sample: Sample, place: str) -> bool:
    """What the table says."""
    row = sample.name
    if place == "copy":
        return True  # as text, where the table says that there is no other form
    found = outcome(row, place) == YES
    if place == "read array" and outcome(row, "read empty texts"):
        return found and outcome(row, "read empty texts") == YES
    if place == "read domain array":
        empty = outcome(row, "read empty texts") in (YES, "")
        return found and empty and outcome(row, "read array") == YES
    return found


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest) -> str:
    """One of the servers that types are asked of."""
    return str(request.param)


@pytest.fixture(scope="module")
def names_refused(server: str, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The queries that are refused."""
    schema, queries = project(SERVERS[server])
    reports = refused(tmp_path_factory.mktemp("refused"), schema, "".join(queries.values()))
    others = [(each.query, each.message) for each in reports if each.code != "not-carried"]
    assert others == []
    return {report.query for report in reports if report.query}


def test_what_is_refused(server: str, names_refused: set[str]) -> None:
    samples = SERVERS[server]
    expected = {
        name(number, place)
        for number, sample in enumerate(samples)
        for place in READ | SEND
        if not carried(sample, place)
    }
    assert names_refused == expected
    total = len(samples) * len(READ | SEND)
    print(f"{len(samples)} types in {total} places, {len(names_refused)} of them refused")


@pytest.fixture
def uri(server: str, request: pytest.FixtureRequest) -> str:
    """An empty database's URI."""
    fixture = "contrib_database" if server == "contrib" else "database"
    return str(request.getfixturevalue(fixture))


@pytest.mark.long
@pytest.mark.server
async def test_what_is_generated_works(
    uri: str, server: str, names_refused: set[str], tmp_path: Path
) -> None:
    schema, queries = project(SERVERS[server])
    kept = "".join(text for query, text in queries.items() if query not in names_refused)
    # As text json is what the driver gives for it.
    package = build(tmp_path, schema, kept, json=JsonOptions(form="text"))
    await prepare(uri, schema)
    failed = []
    for number, sample in enumerate(SERVERS[server]):
        given = await alone(uri, filled("SELECT {x}", number, sample))
        value = in_package(package, sample, given)
        for place in READ | SEND:
            if name(number, place) in names_refused:
                continue
            conn = await asyncpg.connect(uri)
            try:
                found = await called(package, conn, number, place, value)
            except Exception as error:
                found = f"{type(error).__name__}: {error}"
            finally:
                await conn.close()
            if found is not True:
                failed.append((sample.name, place, found))
    assert failed == []


async def prepare(uri: str, schema: str) -> None:
    """Load the schema into a database where those of other types may have been."""
    conn = await asyncpg.connect(uri)
    await conn.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + schema)
    await conn.close()


async def alone(uri: str, query: str) -> Any:
    conn = await asyncpg.connect(uri)
    try:
        return await conn.fetchval(query)
    finally:
        await conn.close()


def in_package(package: ModuleType, sample: Sample, given: Any) -> Any:
    """What asyncpg gives for a type, as an object of the package's class if that has one."""
    row = base_type("" if sample.extension else "pg_catalog", sample.name)
    if row is None or not row.decode:
        return given
    assert row.python.needed is not None
    module = import_module(row.python.needed.module, package.__name__)
    return getattr(module, row.decode)(given)


async def called(package: ModuleType, conn: Any, number: int, place: str, value: Any) -> Any:
    """True, or what came instead."""
    function = getattr(package, name(number, place))
    array = [value, None, value]
    if place in READ:
        inner = array if "array" in place else value
        found = await function(conn)
        if place.endswith("field"):
            found = (found.a, found.f, found.b)
        expected = (1, inner, 2) if "field" in place or "record" in place else inner
        return found == expected or found
    if place == "copy":
        return await function(conn, [value]) == 1
    if place == "send field":
        row = getattr(package, f"C{number}")
        return await function(conn, v=row(a=1, f=value, b=2))
    return await function(conn, v=array if "array" in place else value)
