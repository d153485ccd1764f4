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


def test_errors_come_first(project: Path) -> None:
    (project / "query.sql").write_text(loose(1) + REFUSED)
    shown = sqlwright(project, "generate").stderr
    places = [shown.index(f"[{code}]") for code in ("unknown-operator", "one-may-return-many")]
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
        "db: 5 files written, 1 query\nfilms: 6 files written, 1 query\n",
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


PLUGIN = """\
version: "2"
plugins:
  - name: py
    wasm: {url: https://example.com/plugin.wasm, sha256: "00"}
sql:
  - engine: postgresql
    schema: schema.sql
    queries: query.sql
    codegen:
      - {plugin: py, out: db, options: {package: db, emit_async_querier: true}}
"""
OF_SQLC = "# Code generated by sqlc. DO NOT EDIT.\n# versions:\n#   sqlc v1.31.1\n"


def test_files_of_a_plugin_are_named_at_once_and_taken_over(project: Path) -> None:
    (project / "sqlc.yaml").write_text(PLUGIN)
    db = project / "db"
    db.mkdir()
    for name in ("models.py", "query.py", "left.py"):
        (db / name).write_text(OF_SQLC)
    (db / "own.py").write_text("import asyncio\n")
    done = sqlwright(project, "generate")
    assert done.returncode == 1
    assert "db/models.py, db/query.py were written by sqlc" in done.stderr
    assert "`sqlwright generate --replace-sqlc`" in done.stderr
    assert (db / "models.py").read_text() == OF_SQLC
    done = sqlwright(project, "generate", "--replace-sqlc")
    assert done.returncode == 0, done.stderr
    assert "2 files updated, 1 file removed" in done.stdout
    assert not (db / "left.py").exists()
    assert (db / "own.py").read_text() == "import asyncio\n"
    assert "class Querier" in (db / "querier.py").read_text()
    assert sqlwright(project, "check").returncode == 0


def test_other_files_in_the_way_stay_whatever_is_said(project: Path) -> None:
    db = project / "db"
    db.mkdir()
    for name in ("models.py", "query.py"):
        (db / name).write_text("import asyncio\n")
    done = sqlwright(project, "generate", "--replace-sqlc")
    assert done.returncode == 1
    assert "db/models.py, db/query.py were not written by sqlwright" in done.stderr


def test_a_configuration_is_found_above(project: Path) -> None:
    below = project / "src" / "app"
    below.mkdir(parents=True)
    done = sqlwright(below, "generate")
    assert (done.returncode, done.stdout) == (0, "db: 5 files written, 1 query\n"), done.stderr
    assert (project / "db" / "query.py").is_file()
    (project / "src" / "schema").mkdir()
    assert "error[missing-path]" in sqlwright(project / "src", "generate").stderr


def test_a_repository_is_not_left_in_search_of_a_configuration(project: Path) -> None:
    inner = project / "inner"
    (inner / ".git").mkdir(parents=True)
    said = sqlwright(inner, "generate").stderr
    assert "there is no project in" in said
    assert f"there is a configuration in {project}" in said
    (inner / "deep").mkdir()
    assert f"there is a configuration in {project}" in sqlwright(inner / "deep", "check").stderr


GEO_SCHEMA = """\
CREATE EXTENSION postgis;
CREATE TABLE stops (id int PRIMARY KEY, at geography(point, 4326) NOT NULL, was geography);
"""
GEO = """\
-- name: Near :many
SELECT id, at, was FROM stops WHERE st_dwithin(at, @p::geography, @r);
-- name: Move :exec
UPDATE stops SET at = @at WHERE id = @id;
"""


def test_a_type_without_a_form_is_told_once_with_the_way_out(project: Path) -> None:
    (project / "schema.sql").write_text(GEO_SCHEMA)
    (project / "query.sql").write_text(GEO)
    said = sqlwright(project, "generate").stderr
    assert said.count("error[unsupported-type]") == 1
    assert "and at\n" in said
    assert '`db_type: "public.geography"` and `go_type: "string"`' in said
    overrides = "        overrides: [{db_type: geography, go_type: string}]\n"
    (project / "sqlc.yaml").write_text(CONFIGURATION + overrides)
    done = sqlwright(project, "generate")
    assert done.returncode == 0, done.stderr
    assert "go_type" not in done.stderr
    made = (project / "db" / "query.py").read_text()
    assert "p: str" in made
    assert "at: str" in made


def test_rules_for_system_catalogs_are_about_something(project: Path) -> None:
    rules = "".join(
        f"          - {{column: {column}, go_type: string}}\n"
        for column in (
            "information_schema.tables.table_name",
            "pg_catalog.pg_class.relname",
            "pg_catalog.pg_class.no_such",
        )
    )
    (project / "sqlc.yaml").write_text(f"{CONFIGURATION}        overrides:\n{rules}")
    said = sqlwright(project, "generate").stderr
    assert said.count("warning[unused-rule]") == 1
    assert "pg_class.no_such" in said
