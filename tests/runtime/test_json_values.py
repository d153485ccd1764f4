"""Json has of every value what asyncpg gives for it, or the package does not read it from there."""

from __future__ import annotations

import uuid
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from connections import connected
from packages import build, refused
from tools.type_cases import CASES, Came

NOT_CARRIED = frozenset(
    {"char", '"char"', "interval", "pg_lsn", "tid", "txid_snapshot", "pg_snapshot"}
    | {"point", "box", "lseg", "line", "path", "polygon", "circle"}
)
"""Types whose values are texts in json that nothing surely makes them of again."""

TYPES = [(type_, case) for case in CASES for type_ in case.types]


def _is_carried(type_: str) -> bool:
    return type_.removesuffix("[]") not in NOT_CARRIED and "range" not in type_


CARRIED = [item for item in TYPES if _is_carried(item[0])]
QUERY = """
-- name: Value{number} :one
-- @json written, binary, listed, alone
SELECT v AS flat, json_build_object('v', v) AS written, jsonb_build_object('v', v) AS binary,
       json_build_object('v', v, 'l', json_build_array(NULL, v)) AS listed, to_json(v) AS alone
FROM (SELECT {given}::{type} AS v) AS s;
"""
SESSIONS = (
    "RESET ALL",
    "SET DateStyle = 'German'; SET timezone = 'Asia/Kolkata'; SET IntervalStyle = 'iso_8601'; "
    "SET bytea_output = 'escape'",
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    texts = []
    for number, (type_, case) in enumerate(CARRIED):
        given = "@value::text" if case.unsent else "@value"
        texts.append(QUERY.format(number=number, type=type_, given=given))
    return build(tmp_path_factory.mktemp("json"), "", "".join(texts))


@pytest.mark.parametrize("session", SESSIONS, ids=["as it is", "other settings"])
@pytest.mark.parametrize("number", range(len(CARRIED)), ids=[type_ for type_, _ in CARRIED])
async def test_json_gives_what_asyncpg_gives(
    postgres: str, package: ModuleType, number: int, session: str
) -> None:
    type_, case = CARRIED[number]
    values: tuple[Any, ...] = case.texts if case.unsent else case.values
    async with connected(postgres, "connection") as conn:
        await conn.execute(session)
        for value in values:
            sent = value.sent if isinstance(value, Came) else value
            row = await getattr(package, f"value{number}")(conn, value=sent)
            found = (row.written.v, row.binary.v, row.listed.v, row.listed.l[1], row.alone)
            # asyncpg has a subclass of UUID, and leaves out the seconds of a time zone.
            flat = sent if isinstance(sent, uuid.UUID) or type_ == "timetz" else row.flat
            for each in found:
                assert (repr(each), type(each)) == (repr(flat), type(flat))


@pytest.mark.parametrize(
    "type_", [type_ for type_, _ in TYPES if not _is_carried(type_)], ids=lambda name: name
)
def test_what_json_does_not_have_is_refused(tmp_path: Path, type_: str) -> None:
    query = f"""
-- name: Asked :one
-- @json o
SELECT json_build_object('id', 1, 'rows', json_agg(json_build_object('v', v))) AS o
FROM (SELECT NULL::{type_} AS v) AS s;
"""
    [found] = refused(tmp_path, "", query)
    assert found.code == "untold-json"
    assert "ARRAY(SELECT ROW(...))" in (found.help or "")
    assert found.message.startswith('"v" of "rows" of "o" is ')
