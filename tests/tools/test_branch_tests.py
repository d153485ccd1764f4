"""Which tests a change is worth."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.branch_tests import PACKAGE, ROOMS, ROOT, WHOLE, relevant_tests

AS_A_WHOLE = {f"tests/{each}" for each in WHOLE}
WITH_CODES = {"tests/diagnostics", "tests/cli", "tests/config"}
"""The reports of codes, and the JSON schema, which lists them."""


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ([], set()),
        (["docs/types.md"], {"tests/docs"}),
        (["docs/examples/fastapi/schema.sql"], {"docs/examples", "tests/docs"}),
        (["tests/sql/test_trees.py"], {"tests/sql/test_trees.py"}),
        (["tests/sql/test_that_is_gone.py"], {"tests/sql"}),
        (["tests/nullability/queries/joins.sql"], {"tests/nullability"}),
        (["tests/cases/trees/a/case.sql", "LICENSE"], {"tests/sql/test_trees.py"}),
        (["tests/conftest.py", "docs/types.md"], {"tests"}),
        (["pyproject.toml"], {"tests"}),
        (["generator/sqlwright/source.py"], {"tests"}),
        (["generator/sqlwright/diagnostics/codes.py"], {*WITH_CODES, *AS_A_WHOLE}),
    ],
)
def test_tests_of_a_change(changed: list[str], tests: set[str]) -> None:
    assert relevant_tests(changed) == tests


def test_a_room_has_its_tests_and_those_of_the_whole() -> None:
    found = relevant_tests([f"{PACKAGE}/analysis/nullability/verdict.py"])
    assert found == {"tests/nullability", *AS_A_WHOLE}


def test_what_the_rule_names_is_there() -> None:
    assert [room for room in ROOMS if not (ROOT / room).exists()] == []
    named = {test for tests in (*ROOMS.values(), WHOLE) for test in tests}
    assert [test for test in named if not (ROOT / "tests" / test).exists()] == []


def test_every_folder_of_tests_is_of_some_room() -> None:
    named = {test.split("/")[0] for tests in (*ROOMS.values(), WHOLE) for test in tests}
    folders = {file.parent.name for file in (ROOT / "tests").glob("*/test_*.py")}
    assert folders - named == {"fuzz"}


@pytest.mark.parametrize(
    "tool", sorted((ROOT / "generator" / "tools").glob("*.py")), ids=lambda tool: tool.stem
)
def test_a_tool_has_the_tests_that_import_it(tool: Path) -> None:
    found = relevant_tests([tool.relative_to(ROOT).as_posix()])
    for file in (ROOT / "tests").glob("*/*.py"):
        if f"from tools.{tool.stem} import" in file.read_text(encoding="utf-8"):
            path = file.relative_to(ROOT)
            assert {path.as_posix(), path.parent.as_posix()} & found, path
