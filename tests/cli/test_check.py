"""`generate` and `check` as a user meets them, in a folder of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command import sqlwright, sqlwright_process

QUERIES = """\
-- name: GetAuthor :one
SELECT * FROM authors WHERE id = @id;

-- name: CountAuthors :one
SELECT count(*) FROM authors;
"""
SCHEMA = """\
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A generated project with the default layout."""
    for name, text in (("schema", SCHEMA), ("queries", QUERIES)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "authors.sql").write_text(text)
    done = sqlwright(tmp_path, "generate")
    assert done.returncode == 0, done.stderr
    assert "2 queries" in done.stdout
    return tmp_path


def test_generating_twice_changes_nothing(project: Path) -> None:
    done = sqlwright(project, "generate")
    assert (done.returncode, done.stdout) == (0, "generated: up to date, 2 queries\n")


def test_check_of_fresh_code(project: Path) -> None:
    done = sqlwright(project, "check")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("up to date: ")


def _edit_query(project: Path) -> None:
    path = project / "queries" / "authors.sql"
    path.write_text(path.read_text().replace("count(*)", "max(name)"))


def _edit_schema(project: Path) -> None:
    path = project / "schema" / "authors.sql"
    path.write_text(path.read_text().replace("name text NOT NULL", "name text"))


def _edit_generated(project: Path) -> None:
    path = project / "generated" / "models.py"
    path.write_text(path.read_text().replace("id: int", "id: str"))


def _remove_generated(project: Path) -> None:
    (project / "generated" / "models.py").unlink()


def _leave_generated(project: Path) -> None:
    (project / "queries" / "authors.sql").rename(project / "queries" / "writers.sql")


@pytest.mark.parametrize(
    ("edit", "shown"),
    [
        (_edit_query, "-> str | None:"),
        (_edit_schema, "    name: str | None"),
        (_edit_generated, "    id: int"),
        (_remove_generated, "++ b/generated/models.py"),
        (_leave_generated, "++ /dev/null"),
    ],
)
def test_check_of_stale_code(project: Path, edit: Callable[[Path], None], shown: str) -> None:
    """The diff is shown, the exit code is 1, and nothing is written."""
    edit(project)
    before = {path: path.read_text() for path in (project / "generated").glob("*.py")}
    done = sqlwright(project, "check")
    assert done.returncode == 1
    added = [line for line in done.stdout.splitlines() if line.startswith("+")]
    assert any(shown in line for line in added), done.stdout
    assert "run `sqlwright generate`" in done.stderr
    assert {path: path.read_text() for path in (project / "generated").glob("*.py")} == before
    assert sqlwright(project, "generate").returncode == 0
    assert sqlwright(project, "check").returncode == 0


def test_left_over_files_are_removed(project: Path) -> None:
    _leave_generated(project)
    done = sqlwright(project, "generate")
    assert "1 file removed" in done.stdout
    assert not (project / "generated" / "authors.py").exists()
    assert (project / "generated" / "writers.py").exists()


def test_files_of_others_are_left_alone(project: Path) -> None:
    """A file without the mark is neither overwritten nor removed."""
    own = project / "generated" / "notes.py"
    own.write_text("# mine\n")
    (project / "queries" / "notes.sql").write_text(
        "-- name: ListNames :many\nSELECT name FROM authors;\n"
    )
    done = sqlwright(project, "generate")
    assert done.returncode == 1
    assert "error[foreign-file]" in done.stderr
    assert own.read_text() == "# mine\n"


def test_an_error_writes_nothing(project: Path) -> None:
    (project / "queries" / "other.sql").write_text(
        "-- name: Other :many\nSELECT nope FROM authors;\n"
    )
    _edit_query(project)
    before = (project / "generated" / "authors.py").read_text()
    done = sqlwright(project, "generate")
    assert done.returncode == 1
    assert "1 error" in done.stderr
    assert (project / "generated" / "authors.py").read_text() == before


def test_an_unreadable_file(project: Path) -> None:
    (project / "queries" / "gone.sql").symlink_to(project / "nowhere.sql")
    done = sqlwright(project, "generate")
    assert done.returncode == 1
    assert "queries/gone.sql" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["generate", "--nope"], 2),
        (["nope"], 2),
        (["generate", "--config", "nowhere.toml"], 1),
    ],
)
def test_exit_codes(tmp_path: Path, arguments: list[str], code: int) -> None:
    assert sqlwright_process(tmp_path, *arguments).returncode == code


def test_inspect_shows_a_type_without_a_python_form(tmp_path: Path) -> None:
    """PostgreSQL's side is known; that no function can be generated is a warning."""
    (tmp_path / "schema.sql").write_text("CREATE TABLE authors (id int, ids pg_ndistinct);\n")
    (tmp_path / "queries.sql").write_text("-- name: ListIds :many\nSELECT ids FROM authors;\n")
    paths = ("--schema", "schema.sql", "--queries", "queries.sql")
    shown = sqlwright(tmp_path, "inspect", *paths)
    assert shown.returncode == 0
    assert "->  ids  pg_ndistinct  NULL  UNSUPPORTED" in shown.stdout
    assert "warning[unsupported-type]" in shown.stderr
    refused = sqlwright(tmp_path, "generate", *paths)
    assert refused.returncode == 1
    assert "error[unsupported-type]" in refused.stderr


def test_stale_code_in_json(project: Path) -> None:
    """One list on standard error, every place with its lines, and nothing else."""
    _edit_generated(project)
    _leave_generated(project)
    done = sqlwright(project, "check", "--diagnostics", "json")
    assert (done.returncode, done.stdout) == (1, "")
    found = json.loads(done.stderr)
    assert {item["code"] for item in found} == {"stale-file"}
    places = {(item["file"], item["line"]): item for item in found}
    lines = (project / "generated" / "models.py").read_text().splitlines()
    at = lines.index("    id: str") + 1
    assert places["generated/models.py", at]["notes"] == ["-    id: str\n+    id: int"]
    assert "missing" in places["generated/writers.py", 1]["message"]
    assert "left over" in places["generated/authors.py", 1]["message"]


def test_stale_code_as_annotations(project: Path) -> None:
    _edit_generated(project)
    done = sqlwright(project, "check", "--diagnostics", "github")
    lines = (project / "generated" / "models.py").read_text().splitlines()
    at = lines.index("    id: str") + 1
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"::error file=generated/models.py,line={at},col=1,endLine={at},endColumn=12,"
        "title=sqlwright stale-file::generated/models.py is out of date%0A"
    )
    assert "++ b/generated/models.py" in done.stdout


def test_fresh_code_in_json(project: Path) -> None:
    done = sqlwright(project, "check", "--diagnostics", "json")
    assert (done.returncode, done.stderr) == (0, "")
