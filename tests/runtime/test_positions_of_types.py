"""A position holds what its row was sorted by, whatever the type: pages of one row each go through
all values, those that are equal or as far apart as they can be."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from calls import Server
from packages import build

VALUES = {
    "bool": ["f", "t"],
    "int2": ["-32768", "32767"],
    "int8": ["-9223372036854775808", "9223372036854775807"],
    "oid": ["0", "4294967295"],
    "float4": ["-Infinity", "0.1", "1e-45", "0.3333333", "NaN"],
    "float8": ["-Infinity", "-0", "0", "0.1", "5e-324", "0.30000000000000004", "Infinity", "NaN"],
    "numeric": ["-Infinity", "1.0", "1.00", "0.1", "1e-300", "Infinity", "NaN"],
    "money": ["-$1.00", "$1,234.56"],
    "text": ["", "a", "B", "é", "a b"],
    "varchar(3)": ["", "abc"],
    "char(3)": ["a", "a  ", "ab"],
    "name": ["a", "B"],
    '"char"': ["a", "b"],
    "bytea": ["\\x", "\\x00", "\\xff"],
    "date": ["-infinity", "0001-01-02", "2024-02-29", "infinity"],
    "timestamp": ["-infinity", "2024-02-29 12:00:00.000001", "infinity"],
    "timestamptz": ["-infinity", "2024-02-29 12:00:00.000001+02", "infinity"],
    "time": ["00:00", "23:59:59.999999"],
    "timetz": ["12:00+02", "12:00-02", "10:00+00"],
    "uuid": ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    "inet": ["10.0.0.0/8", "10.0.0.1", "::1"],
    "cidr": ["10.0.0.0/8", "::/0"],
    "macaddr": ["08:00:2b:01:02:03", "08:00:2b:01:02:04"],
    "bit(3)": ["000", "101"],
    "varbit": ["", "0", "1"],
    "pg_lsn": ["0/0", "16/B374D848"],
    "mood": ["sad", "glad"],
    "positive": ["1", "2"],
    "jsonb": ['"a"', "1", "{}", "[]", "null", "1.0", '{"a": [null]}'],
    "int4[]": ["{}", "{1}", "{1,NULL}", "{{1}}"],
    "text[]": ["{}", '{"",NULL}'],
    "int4range": ["empty", "[1,2)", "(,)", "[1,)"],
    "numrange": ["empty", "[1,2]", "(1.0,2)"],
    "int4multirange": ["{}", "{[1,2),[3,4)}"],
    "tsvector": ["", "'a':1"],
}
SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
""" + "".join(
    f"CREATE TABLE t{at} (id int PRIMARY KEY, k {type_}, f {type_} NOT NULL);\n"
    for at, type_ in enumerate(VALUES)
)
QUERIES = "".join(
    f"""
-- name: Up{at} :many
-- @page
SELECT k, id FROM t{at} ORDER BY k, id LIMIT 1;
-- name: Down{at} :many
-- @page
SELECT f, id FROM t{at} ORDER BY f DESC, id DESC LIMIT 1;
"""
    for at in range(len(VALUES))
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(tmp_path_factory.mktemp("positions"), SCHEMA, QUERIES)


@pytest.fixture(scope="module")
def server(database: str) -> Iterator[Server]:
    made = Server(database, SCHEMA)
    yield made
    made.close()


def walked(server: Server, function: object, position: type) -> list[int]:
    ids: list[int] = []
    after = None
    while page := server.call(function, after=after):
        [row] = page
        ids.append(row.id)
        assert len(ids) < 99, "a page comes again"
        after = position.of(row)  # type: ignore[attr-defined]
    return ids


@pytest.mark.parametrize("type_", VALUES)
def test_pages_of_one_row(package: ModuleType, server: Server, type_: str) -> None:
    at = [*VALUES].index(type_)
    connection = server.connection
    for number, text in enumerate([*VALUES[type_], *VALUES[type_]]):
        insert = f"INSERT INTO t{at} SELECT $1, $2::text::{type_}, $2::text::{type_}"
        server.run(connection.execute(insert, number, text))
    for number in (90, 91):
        insert = f"INSERT INTO t{at} SELECT $1, NULL, f FROM t{at} LIMIT 1"
        server.run(connection.execute(insert, number))
    for name, key, order in (("up", "k", "k, id"), ("down", "f", "f DESC, id DESC")):
        found = walked(
            server,
            getattr(package, f"{name}{at}"),
            getattr(package, f"{name.title()}{at}Position"),
        )
        rows = server.run(
            connection.fetch(f"SELECT id, {key}::text AS shown FROM t{at} ORDER BY {order}")
        )
        print(*(row[1] for row in rows))
        assert found == [row[0] for row in rows]
