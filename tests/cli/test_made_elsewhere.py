"""A relation that is missing, and that a statement of a query file would make."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlwright import generate

MAKERS = {
    "CREATE TEMP TABLE picked (id int)": "TEMP TABLE picked",
    "CREATE TABLE IF NOT EXISTS Picked (id int)": "TABLE picked",
    "CREATE TEMPORARY TABLE picked AS SELECT 1 AS id": "TEMP TABLE picked",
    "SELECT 1 AS id INTO TEMP picked": "TEMP TABLE picked",
    "WITH a AS (SELECT 1 AS id) SELECT id INTO picked FROM a": "TABLE picked",
}


def advice(project: Path, *files: str) -> list[str | None]:
    """What helps against each missing relation."""
    (project / "schema.sql").write_text("CREATE TABLE books (id int);\n", encoding="utf-8")
    (project / "sqlwright.toml").write_text(
        'schema = "schema.sql"\nqueries = "queries"\n', encoding="utf-8"
    )
    (project / "queries").mkdir()
    for at, text in enumerate(files):
        (project / "queries" / f"{at}.sql").write_text(text, encoding="utf-8")
    found = [item for item in generate(project).diagnostics if item.severity == "error"]
    assert {item.code for item in found} == {"unknown-relation"}
    return [item.help for item in found]


@pytest.mark.parametrize(("statement", "made"), MAKERS.items())
def test_made_as_another_query_runs(tmp_path: Path, statement: str, made: str) -> None:
    queries = f"-- name: Pick :exec\n{statement};\n"
    using = "-- name: List :many\nSELECT id FROM picked;\n"
    expected = f"tell its columns in a schema file too: `CREATE {made} (...);`"
    assert advice(tmp_path, using, queries) == [expected]


@pytest.mark.parametrize("made", ["TABLE app.picked (id int)", "VIEW app.picked AS SELECT 1 AS id"])
def test_defined_in_a_file_of_queries(tmp_path: Path, made: str) -> None:
    queries = f"CREATE {made};\n\n-- name: List :many\nSELECT id FROM app.picked;\n"
    assert advice(tmp_path, queries) == [
        "definitions count in schema files: name this file under `schema` as well"
    ]


def test_made_under_another_name(tmp_path: Path) -> None:
    queries = "-- name: Pick :exec\nCREATE TEMP TABLE picked (id int);\n"
    using = "-- name: List :many\nSELECT id FROM bookings.picked;\n"
    (said,) = advice(tmp_path, queries + using)
    assert said is not None
    assert said.startswith("no schema file creates the schema bookings")
