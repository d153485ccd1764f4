"""The Python interface for other tools."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlwright
from sqlwright import pipeline
from sqlwright.config import Config, load_config

QUERIES = "-- name: ListAuthors :many\nSELECT id FROM authors;\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "schema.sql").write_text("CREATE TABLE authors (id bigint NOT NULL);\n")
    (tmp_path / "queries.sql").write_text(QUERIES)
    (tmp_path / "sqlwright.toml").write_text('schema = "schema.sql"\nqueries = "queries.sql"\n')
    return tmp_path


def test_files_and_diagnostics(project: Path) -> None:
    made = sqlwright.generate(project)
    assert not made.failed
    assert made.diagnostics == ()
    names = {file.path.relative_to(project / "generated").as_posix() for file in made.files}
    assert {"__init__.py", "models.py", "queries.py", "querier.py"} <= names
    assert not (project / "generated").exists()


def test_files_are_what_the_command_writes(project: Path) -> None:
    made = sqlwright.generate(project)
    subprocess.run([sys.executable, "-m", "sqlwright", "generate"], cwd=project, check=True)
    assert {file.path: file.text for file in made.files} == {
        path: path.read_text() for path in (project / "generated").glob("*.py")
    }
    assert sqlwright.generate(project).files == made.files


@pytest.mark.parametrize("form", ["folder", "file", "config"])
def test_ways_to_name_a_configuration(project: Path, form: str) -> None:
    given: dict[str, Config | str | Path] = {
        "folder": str(project),
        "file": project / "sqlwright.toml",
        "config": load_config(project),
    }
    assert sqlwright.generate(given[form]).files == sqlwright.generate(project).files


def test_the_current_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert len(sqlwright.generate().files) == len(sqlwright.generate(project).files)


def test_an_error_means_no_files(project: Path) -> None:
    (project / "queries.sql").write_text(
        QUERIES + "-- name: Bad :many\nSELECT nope FROM authors;\n"
    )
    made = sqlwright.generate(project)
    assert made.failed
    assert made.files == ()
    assert [(item.code, item.query) for item in made.diagnostics] == [("unknown-column", "Bad")]
    kept = sqlwright.generate(project, keep_going=True)
    assert kept.failed
    assert any("async def list_authors" in file.text for file in kept.files)


def test_a_name_that_two_files_have(tmp_path: Path) -> None:
    """The first query of a name is made and shown, whatever the other one is."""
    (tmp_path / "queries").mkdir()
    (tmp_path / "schema.sql").write_text("CREATE TABLE t (id int, a text);\n")
    (tmp_path / "queries" / "a.sql").write_text("-- name: Twice :many\nSELECT id FROM t;\n")
    (tmp_path / "queries" / "b.sql").write_text("-- name: Twice :many\nSELECT id, a FROM t;\n")
    (tmp_path / "sqlwright.toml").write_text('schema = "schema.sql"\nqueries = "queries"\n')
    kept = sqlwright.generate(tmp_path, keep_going=True)
    assert [item.code for item in kept.diagnostics] == ["duplicate-query"]
    assert sum("async def twice" in file.text for file in kept.files) == 1
    [inspected] = pipeline.inspect(load_config(tmp_path))
    [shown] = inspected.queries
    assert [column["name"] for column in shown["columns"]] == ["id"]


def test_a_configuration_that_cannot_be_read(project: Path) -> None:
    (project / "sqlwright.toml").write_text("schema = \n")
    made = sqlwright.generate(project)
    assert [item.code for item in made.diagnostics] == ["invalid-config"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda folder: (folder / "schema.sql").unlink(), "missing-path"),
        (lambda folder: (folder / "sqlwright.toml").unlink(), "missing-path"),
        (lambda folder: (folder / "sqlwright.toml").write_text("modle = 1\n"), "unknown-option"),
        (lambda folder: (folder / "queries.sql").write_bytes(b"\xff"), "invalid-encoding"),
        (lambda folder: (folder / "queries.sql").write_text("SELECT 1;"), "no-queries"),
        (lambda folder: (folder / "generated" / "models.py").write_text("#\n"), "foreign-file"),
    ],
)
def test_mistakes_are_returned_and_nothing_is_printed(
    project: Path,
    capfd: pytest.CaptureFixture[str],
    spoil: Callable[[Path], object],
    code: str,
) -> None:
    """Nothing is raised either, and nobody's program is ended."""
    (project / "generated").mkdir()
    spoil(project)
    before = sorted(project.rglob("*"))
    made = sqlwright.generate(project)
    assert made.failed
    assert made.files == ()
    assert code in [item.code for item in made.diagnostics]
    assert capfd.readouterr() == ("", "")
    assert sorted(project.rglob("*")) == before


def test_warnings_come_with_the_files(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (project / "queries.sql").write_text(QUERIES.replace(":many", ":one"))
    made = sqlwright.generate(project)
    assert not made.failed
    assert [(item.code, item.severity) for item in made.diagnostics] == [
        ("one-may-return-many", "warning")
    ]
    assert made.files
    assert capfd.readouterr() == ("", "")


def test_a_configuration_that_is_not_there(tmp_path: Path) -> None:
    made = sqlwright.generate(tmp_path / "nowhere.toml")
    assert [item.code for item in made.diagnostics] == ["invalid-config"]


def test_the_package_is_typed() -> None:
    assert (Path(sqlwright.__file__).parent / "py.typed").exists()
    assert "keep_going" in inspect.signature(sqlwright.generate).parameters


def test_importing_the_package_loads_nothing_else() -> None:
    program = "import sys, sqlwright; print([m for m in sys.modules if m.startswith('sqlwright.')])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['sqlwright.version']\n"
