"""What people see who run sqlwright in a project of sqlc's."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import sqlwright

CONFIGURATION = """\
version: "2"
sql:
  - engine: postgresql
    schema: schema.sql
    queries: query.sql
    gen:
      go:
        package: db
        out: db
        emit_json_tags: true
"""
SCHEMA = "CREATE TABLE books (id int PRIMARY KEY, title text NOT NULL, pages int);\n"
REFUSED = "-- name: Refused :many\nSELECT * FROM books WHERE title = @pages::int;\n"
MISSING = "-- name: Missing :one\nSELECT price_of(id)::numeric FROM books WHERE id = @id;\n"


def loose(number: int) -> str:
    return f"-- name: Loose{number} :one\nSELECT id FROM books WHERE title = @title;\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "sqlc.yaml").write_text(CONFIGURATION)
    (tmp_path / "schema.sql").write_text(SCHEMA)
    (tmp_path / "query.sql").write_text(loose(1))
    return tmp_path


def test_a_refused_query_leaves_the_way_to_the_others(project: Path) -> None:
    (project / "query.sql").write_text(REFUSED + MISSING + loose(1))
    done = sqlwright(project, "generate")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith(
        "\n2 errors, 2 warnings\n"
        "nothing was written; `sqlwright generate --keep-going` writes the 1 query without errors\n"
    )
    done = sqlwright(project, "generate", "--keep-going")
    assert (done.returncode, done.stdout) == (1, "db: 5 files written, 1 query, 2 left out\n")
    assert done.stderr.endswith("\n2 errors, 2 warnings\n")
    done = sqlwright(project, "generate", "--keep-going")
    assert done.stdout == "db: up to date, 1 query, 2 left out\n"


def test_nothing_to_keep(project: Path) -> None:
    (project / "query.sql").write_text(REFUSED)
    assert sqlwright(project, "generate").stderr.endswith("\nnothing was written\n")


@pytest.mark.parametrize("form", ["concise", "github", "json"])
def test_forms_for_programs_have_no_closing_line(project: Path, form: str) -> None:
    (project / "query.sql").write_text(REFUSED + loose(1))
    done = sqlwright(project, "generate", "--diagnostics", form)
    assert done.returncode == 1
    assert "nothing was written" not in done.stderr


def test_functions_may_be_left_unchecked_as_with_sqlc(project: Path) -> None:
    (project / "query.sql").write_text(MISSING)
    assert "error[unknown-function]" in sqlwright(project, "generate").stderr
    text = CONFIGURATION.replace("    gen:", "    strict_function_checks: false\n    gen:")
    (project / "sqlc.yaml").write_text(text)
    done = sqlwright(project, "generate")
    assert (done.returncode, done.stdout) == (0, "db: 5 files written, 1 query\n")
    assert "warning[unknown-function]" in done.stderr


def test_errors_stand_at_the_end(project: Path) -> None:
    (project / "query.sql").write_text(REFUSED + loose(1))
    shown = sqlwright(project, "generate").stderr
    places = [shown.index(f"[{code}]") for code in ("one-may-return-many", "unknown-operator")]
    assert places == sorted(places)


def test_many_warnings_of_a_kind_are_a_list(project: Path) -> None:
    (project / "query.sql").write_text("".join(map(loose, range(1, 8))))
    done = sqlwright(project, "generate")
    assert done.returncode == 0
    assert done.stderr.count("warning[one-may-return-many]") == 4
    assert (
        "warning[one-may-return-many]: 4 more like these\n"
        " = note: query.sql:7:17 Loose4\n"
        "         query.sql:9:17 Loose5\n"
        "         query.sql:11:17 Loose6\n"
        "         query.sql:13:17 Loose7\n"
        " = help: `--diagnostics concise` shows each on a line of its own\n"
    ) in done.stderr
    assert done.stderr.endswith("\n8 warnings\n")
    concise = sqlwright(project, "generate", "--diagnostics", "concise").stderr
    assert concise.count("one-may-return-many") == 7


def test_four_of_a_kind_are_shown(project: Path) -> None:
    (project / "query.sql").write_text("".join(map(loose, range(1, 5))))
    shown = sqlwright(project, "generate").stderr
    assert shown.count("is annotated :one but can return several rows") == 4


def test_every_error_is_shown(project: Path) -> None:
    refused = [REFUSED.replace("Refused", f"Refused{number}") for number in range(6)]
    (project / "query.sql").write_text("".join(refused))
    assert sqlwright(project, "generate").stderr.count("error[unknown-operator]") == 6


def test_rules_for_several_packages_need_be_used_in_one(project: Path) -> None:
    (project / "films.sql").write_text("CREATE TABLE films (id int PRIMARY KEY, length int);\n")
    (project / "films_query.sql").write_text("-- name: Films :many\nSELECT * FROM films;\n")
    second = CONFIGURATION.partition("sql:\n")[2].replace("schema.sql", "films.sql")
    second = second.replace("query.sql", "films_query.sql").replace("out: db", "out: films")
    shared = "overrides: {go: {rename: {length: Minutes, pages: Leaves, nothing: Something}}}\n"
    (project / "sqlc.yaml").write_text(CONFIGURATION + second + shared)
    done = sqlwright(project, "generate")
    assert (done.returncode, done.stdout) == (
        0,
        "db: 5 files written, 1 query\nfilms: 5 files written, 1 query\n",
    )
    assert done.stderr.count("warning[unused-rule]") == 1
    assert "the rename of `nothing` is about nothing" in done.stderr


OPTIONS = """\
        query_parameter_limit: 1
        omit_unused_structs: false
        emit_exact_table_names: true
        inflection_exclude_table_names: [books]
        rename: {title: Name}
        overrides:
          - {db_type: uuid, go_type: string}
          - {column: books.pages, go_type: {import: example.com/types, type: Pages}}
    strict_function_checks: false
"""


@pytest.mark.parametrize("options", ["", OPTIONS])
def test_the_native_configuration_makes_the_same_package(project: Path, options: str) -> None:
    (project / "sqlc.yaml").write_text(CONFIGURATION + options)
    (project / "query.sql").write_text(loose(1) + MISSING if options else loose(1))
    assert sqlwright(project, "generate").returncode == 0
    written = {path: path.read_text() for path in (project / "db").iterdir()}
    assert sqlwright(project, "init", "--from-sqlc").stdout == "wrote sqlwright.toml\n"
    assert sqlwright(project, "check").returncode == 0
    (project / "sqlc.yaml").unlink()
    done = sqlwright(project, "generate")
    assert (done.returncode, "up to date" in done.stdout) == (0, True), done.stderr
    assert {path: path.read_text() for path in (project / "db").iterdir()} == written
