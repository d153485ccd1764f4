"""`unknown-functions`: what happens to calls of functions that the schema files lack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command import sqlwright

SCHEMA = "CREATE TABLE meters (id bigint PRIMARY KEY, level int NOT NULL);\n"


def inspected(folder: Path, mode: str, sql: str) -> dict[str, Any]:
    (folder / "schema.sql").write_text(SCHEMA)
    (folder / "queries.sql").write_text(f"-- name: Example :many\n{sql}\n")
    (folder / "sqlwright.toml").write_text(
        f'schema = "schema.sql"\nqueries = "queries.sql"\nunknown-functions = "{mode}"\n'
    )
    result = sqlwright(folder, "inspect", "--format", "json")
    found: dict[str, Any] = json.loads(result.stdout)
    print(json.dumps(found, indent=1))
    return found


def test_a_cast_states_what_an_unknown_function_returns(tmp_path: Path) -> None:
    found = inspected(
        tmp_path, "warn", "SELECT refill(m, 'x')::numeric(8, 2) AS left FROM meters m;"
    )
    (column,) = found["queries"][0]["columns"]
    assert (column["name"], column["type"], column["nullable"]) == ("left", "numeric", True)
    (warning,) = found["diagnostics"]
    assert (warning["code"], warning["severity"]) == ("unknown-function", "warning")
    assert warning["message"] == (
        "function refill(meters, unknown) does not exist; it is taken to return numeric"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT refill(id) FROM meters;",
        "SELECT id FROM meters WHERE level = refill(id);",
        "SELECT (refill(id) + 1)::int FROM meters;",
        "SELECT refill(DISTINCT id)::int FROM meters;",
        "SELECT (refill(id) OVER ())::int FROM meters;",
        "SELECT * FROM refill();",
    ],
)
def test_without_a_cast_on_it_a_call_is_refused(tmp_path: Path, sql: str) -> None:
    found = inspected(tmp_path, "warn", sql)
    assert found["queries"] == []
    (error,) = found["diagnostics"]
    assert (error["code"], error["severity"]) == ("unknown-function", "error")


@pytest.mark.parametrize("sql", ["SELECT lower(1, 2)::text;", "SELECT round(true)::int;"])
def test_a_known_function_with_other_arguments_is_refused(tmp_path: Path, sql: str) -> None:
    found = inspected(tmp_path, "warn", sql)
    assert [item["severity"] for item in found["diagnostics"]] == ["error"]


def test_by_default_the_cast_makes_no_difference(tmp_path: Path) -> None:
    found = inspected(tmp_path, "error", "SELECT refill(id)::int FROM meters;")
    (error,) = found["diagnostics"]
    assert error["severity"] == "error"
    assert "unknown-functions" in error["help"]
