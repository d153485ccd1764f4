"""The exact report for each mistake: a folder of `tests/cases/reports` is a project with one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlwright.cli import main

CASES = Path(__file__).parent.parent / "cases" / "reports"
SCHEMA = """\
CREATE TYPE book_kind AS ENUM ('novel', 'essay', 'poems');

CREATE TABLE authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    bio text
);

CREATE TABLE books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL,
    kind book_kind NOT NULL,
    year int
);
"""


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_report(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    golden: Callable[[Path, str], None],
) -> None:
    """Generating reports the mistakes, exits 1 and writes nothing."""
    shutil.copytree(case, tmp_path, dirs_exist_ok=True)
    if not (tmp_path / "schema.sql").exists():
        (tmp_path / "schema.sql").write_text(SCHEMA)
    queries = "queries" if (case / "queries").is_dir() else "queries.sql"
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["generate", "--schema", "schema.sql", "--queries", queries])
    golden(case / "report.txt", result.stderr)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert not (tmp_path / "generated").exists()
