"""Every type makes the trip to a server and back as the page on types says."""

from __future__ import annotations

import typing
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from connections import connected
from packages import build
from type_cases import CASES, Came, Case

TYPES = [(type_, case) for case in CASES for type_ in case.types]


def queries() -> str:
    """For each type, queries that give back the value or array that they are given."""
    texts = []
    for number, (type_, _) in enumerate(TYPES):
        texts.append(
            f"-- name: Value{number} :one\n"
            f"SELECT sqlc.narg(value)::{type_} AS value;\n"
            f"-- name: Certain{number} :one\n"
            f"SELECT coalesce(@value::{type_}) AS value;\n"
            f"-- name: Array{number} :one\n"
            f"SELECT sqlc.narg(items)::{type_}[] AS items;\n"
        )
    return "".join(texts)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package with the queries of all types."""
    return build(tmp_path_factory.mktemp("types"), "", queries())


@pytest.mark.parametrize("number", range(len(TYPES)), ids=[type_ for type_, _ in TYPES])
async def test_values_come_back(postgres: str, package: ModuleType, number: int) -> None:
    type_, case = TYPES[number]
    value, array = getattr(package, f"value{number}"), getattr(package, f"array{number}")
    async with connected(postgres, "connection") as conn:
        assert await value(conn) is None
        assert await array(conn) is None
        pairs = [
            (item.sent, item.back) if isinstance(item, Came) else (item, item)
            for item in case.values
        ]
        for sent, back in pairs:
            if case.unsent == "values":
                with pytest.raises(asyncpg.PostgresError):
                    await value(conn, value=sent)
                continue
            found = await value(conn, value=sent)
            assert (found, type(found)) == (back, type_of(back)), type_
        if case.unsent:
            with pytest.raises((asyncpg.DataError, asyncpg.PostgresError)):
                await array(conn, items=[sent for sent, _ in pairs] + [None])
            return
        for items in ([], [None], [sent for sent, _ in pairs] + [None]):
            backs = [back for _, back in pairs] + [None] if len(items) > 1 else items
            assert await array(conn, items=items) == backs, type_


def type_of(value: Any) -> type:
    """asyncpg's UUID is a class of its own below the standard one."""
    return asyncpg.pgproto.pgproto.UUID if type(value).__name__ == "UUID" else type(value)


@pytest.mark.parametrize("number", range(len(TYPES)), ids=[type_ for type_, _ in TYPES])
def test_annotations(package: ModuleType, number: int) -> None:
    _, case = TYPES[number]
    annotations = getattr(package, f"value{number}").__annotations__
    parameter = case.parameter or case.python
    assert (annotations["value"], annotations["return"]) == (
        f"{parameter} | None",
        f"{case.python} | None",
    )
    hints = typing.get_type_hints(getattr(package, f"value{number}"))
    assert hints.keys() == annotations.keys()


def test_the_page_on_types(golden: typing.Callable[[Path, str], None]) -> None:
    """docs/types.md has the table of the cases above."""
    rows = [row(case) for case in CASES]
    table = "\n".join(["| PostgreSQL | Python | notes |", "|---|---|---|", *rows, ""])
    page = Path(__file__).parents[2] / "docs" / "types.md"
    before, begin, rest = page.read_text().partition("<!-- table -->\n")
    _, end, after = rest.partition("<!-- end of table -->\n")
    golden(page, f"{before}{begin}{table}{end}{after}")


def row(case: Case) -> str:
    """A line of the table."""
    types = ", ".join(f"`{type_}`" for type_ in case.types)
    python = f"`{case.python}`".replace("|", "\\|")
    if case.parameter:
        python += f"; parameters `{case.parameter}`".replace("|", "\\|")
    unsent = {"": "", "arrays": "arrays are read only", "values": "read only"}[case.unsent]
    notes = "; ".join(filter(None, (case.notes, unsent)))
    return f"| {types} | {python} | {notes} |"
