"""Warnings allowed where they stand, weighed by the configuration, and made errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import sqlwright

SCHEMA = """\
CREATE TABLE books (id int PRIMARY KEY, title text NOT NULL);
CREATE EXTENSION house_rules;
"""
LOOSE = "-- name: Loose :one\nSELECT id FROM books WHERE title = @title;\n"
KEYED = "-- name: Keyed :many\nSELECT id FROM books WHERE id = @id;\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in (("schema", SCHEMA), ("queries", LOOSE + KEYED)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "books.sql").write_text(text)
    return tmp_path


def codes(project: Path, *options: str) -> list[str]:
    """The reports of a run, as severity[code]."""
    said = sqlwright(project, "generate", *options).stderr.splitlines()
    return sorted(line.partition("]")[0] + "]" for line in said if "[" in line.partition(":")[0])


ALL = [
    "note[many-returns-one]",
    "warning[one-may-return-many]",
    "warning[unknown-extension]",
]


@pytest.mark.parametrize("place", ["above", "below"])
def test_a_report_is_allowed_where_it_stands(project: Path, place: str) -> None:
    assert codes(project) == ALL
    leave = "-- @allow one-may-return-many: the newest is meant\n"
    name, _, rest = LOOSE.partition("\n")
    text = leave + LOOSE if place == "above" else f"{name}\n{leave}{rest}"
    (project / "queries" / "books.sql").write_text(text + KEYED)
    assert codes(project) == [ALL[0], ALL[2]]
    made = (project / "generated" / "books.py").read_text()
    assert "allow" not in made, "a leave is no documentation"


def test_a_report_on_the_schema_is_allowed_where_it_stands(project: Path) -> None:
    text = SCHEMA.replace(
        "CREATE EXT", "-- @allow unknown-extension: no query has of it\nCREATE EXT"
    )
    (project / "schema" / "books.sql").write_text(text)
    assert codes(project) == ALL[:2]


def test_a_leave_is_for_one_query_and_has_to_be_needed(project: Path) -> None:
    leave = "-- @allow one-may-return-many: once it did\n"
    (project / "queries" / "books.sql").write_text(LOOSE + leave + KEYED)
    (project / "schema" / "books.sql").write_text(leave + SCHEMA)
    assert codes(project) == sorted([*ALL, "warning[unused-allow]", "warning[unused-allow]"])


def test_an_error_cannot_be_allowed(project: Path) -> None:
    leave = "-- @allow unknown-column: later\n"
    refused = "-- name: Refused :many\nSELECT nope FROM books;\n"
    (project / "queries" / "books.sql").write_text(leave + refused)
    assert "error[unknown-column]" in codes(project)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("", "@allow needs a code and a reason"),
        ("one-may-return-many", "@allow needs a code and a reason"),
        ("one-may-return-many:", "@allow needs a code and a reason"),
        ("one-may-return: x", "no report has the code one-may-return"),
    ],
)
def test_a_leave_says_what_and_why(project: Path, said: str, message: str) -> None:
    (project / "queries" / "books.sql").write_text(f"-- @allow {said}\n{LOOSE}")
    done = sqlwright(project, "generate")
    assert done.returncode == 1
    assert f"error[invalid-annotation]: {message}" in done.stderr


def test_the_configuration_weighs_codes(project: Path) -> None:
    weights = (
        'one-may-return-many = "error"\nunknown-extension = "off"\nmany-returns-one = "warn"\n'
    )
    (project / "sqlwright.toml").write_text(f"[diagnostics]\n{weights}")
    assert codes(project) == ["error[one-may-return-many]", "warning[many-returns-one]"]
    assert not (project / "generated").exists()
    (project / "sqlwright.toml").write_text('[diagnostics]\nno-such-code = "off"\n')
    assert "error[unknown-option]" in sqlwright(project, "generate").stderr


def test_strict_makes_errors_of_warnings_and_not_of_notes(project: Path) -> None:
    done = sqlwright(project, "generate", "--strict")
    assert done.returncode == 1
    assert not (project / "generated").exists()
    strict = [ALL[0], *(each.replace("warning", "error") for each in ALL[1:])]
    assert codes(project, "--strict") == sorted(strict)
    assert sqlwright(project, "generate").returncode == 0
    assert sqlwright(project, "check", "--strict").returncode == 1


def test_options_of_other_tools_are_a_line(project: Path) -> None:
    rules = "".join(
        f"          - {{column: books.c{number}, go_type: github.com/a/b.T{number}}}\n"
        for number in range(5)
    )
    (project / "sqlc.yaml").write_text(
        'version: "2"\nsql:\n  - engine: postgresql\n    schema: schema\n    queries: queries\n'
        "    gen:\n      go:\n        package: db\n        out: generated\n"
        f"        emit_json_tags: true\n        overrides:\n{rules}"
    )
    said = sqlwright(project, "generate").stderr
    assert "without an equal here: emit_json_tags, 5 overrides with types of Go\n" in said
    assert "books.c3" not in said
    shown = sqlwright(project, "generate", "-v").stderr
    assert "override of books.c3 with go_type b.T3" in shown
    assert "--> sqlc.yaml:" in shown


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({}, False),
    ],
)
def test_colours_can_be_forced(
    project: Path, environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in sqlwright(project, "generate").stderr) == coloured
