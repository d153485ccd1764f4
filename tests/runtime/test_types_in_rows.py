"""Values of every type that asyncpg carries in arrays travel in rows that are sent as arrays."""

from __future__ import annotations

from types import ModuleType

import pytest
from connections import connected
from packages import build
from tools.type_cases import CASES, Came, Case

TYPES = [(type_, case) for case in CASES for type_ in case.types]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package with two queries for each type: of rows that may hold NULL, and that may not."""
    texts = []
    for number, (type_, case) in enumerate(TYPES):
        array = "@value::text[]" if case.unsent else "@value"
        select = f"SELECT u.n, u.value FROM unnest({array}::{type_}[], @other::int[])"
        asked = "-- name: {}{} :many\n-- @rows\n{}{} WITH ORDINALITY AS u (value, other, n);\n"
        texts.append(asked.format("Value", number, "-- @nullable value[]\n", select))
        texts.append(asked.format("Certain", number, "", select))
    return build(tmp_path_factory.mktemp("types"), "", "".join(texts))


@pytest.mark.parametrize("number", range(len(TYPES)), ids=[type_ for type_, _ in TYPES])
async def test_values_come_back_beside_each_other(
    postgres: str, package: ModuleType, number: int
) -> None:
    _, case = TYPES[number]
    backs = [item.back if isinstance(item, Came) else item for item in case.values]
    sent = (
        list(case.texts)
        if case.unsent
        else [item.sent if isinstance(item, Came) else item for item in case.values]
    )
    assert len(sent) == len(backs) > 0
    async with connected(postgres, "connection") as conn:
        for name, given, expected in (
            ("Value", [None, *sent, None], [None, *backs, None]),
            ("Certain", sent, backs),
        ):
            made = getattr(package, f"{name}{number}Params")
            function = getattr(package, f"{name.lower()}{number}")
            found = await function(conn, [made(value=each, other=1) for each in given])
            assert [row.value for row in found] == expected
            assert [type(row.value) for row in found if row.value is None] == [
                type(None) for each in expected if each is None
            ]


@pytest.mark.parametrize("number", range(len(TYPES)), ids=[type_ for type_, _ in TYPES])
def test_annotations_are_those_of_values(package: ModuleType, number: int) -> None:
    _, case = TYPES[number]
    python = "str" if case.unsent else parameter_of(case)
    for name, expected in (("Value", f"{python} | None"), ("Certain", python)):
        assert getattr(package, f"{name}{number}Params").__annotations__["value"] == expected


def parameter_of(case: Case) -> str:
    return case.parameter or case.python
