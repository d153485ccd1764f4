"""`explain` and `verify` as a user meets them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCHEMA = """\
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE books (
    id bigint PRIMARY KEY,
    author_id bigint REFERENCES authors,
    title text NOT NULL
);
"""
QUERIES = """\
-- name: ListBooks :many
SELECT b.title, a.name
FROM books b
LEFT JOIN authors a ON a.id = b.author_id
WHERE b.title <> @title;
"""


def sqlwright(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sqlwright", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in (("schema", SCHEMA), ("queries", QUERIES)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "books.sql").write_text(text)
    return tmp_path


def test_a_column_is_explained(project: Path) -> None:
    done = sqlwright(project, "explain", "ListBooks.name")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("name: text NULL\n")
    assert "right side of LEFT JOIN  (queries/books.sql:4:1)" in done.stdout


def test_a_parameter_is_explained(project: Path) -> None:
    done = sqlwright(project, "explain", "ListBooks.$title")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("$1 title: text NOT NULL\n")


@pytest.mark.parametrize(
    ("name", "help_text"),
    [
        ("ListBook", "did you mean `ListBooks`?"),
        ("ListBooks.titel", "did you mean `title`?"),
        ("ListBooks.$tittle", "did you mean `title`?"),
    ],
)
def test_an_unknown_name_is_refused(project: Path, name: str, help_text: str) -> None:
    done = sqlwright(project, "explain", name)
    assert done.returncode == 1
    assert help_text in done.stderr


def test_verify_agrees(project: Path) -> None:
    done = sqlwright(project, "verify", "--verbose")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "name NULL: NULL in " in done.stdout
    assert "1 queries prepared, 0 differences, 0 refused" in done.stdout
    assert done.stdout.rstrip().endswith("0 refutations")


def test_verify_without_a_server(project: Path) -> None:
    done = sqlwright(project, "verify", "--database-url", "postgresql://localhost:1/none")
    assert done.returncode == 3
    assert "error[no-server]: cannot connect to the database" in done.stderr


def test_verify_tells_differences(project: Path, postgres: str) -> None:
    """A server whose tables are others refuses the query, and the exit code is 1."""
    done = sqlwright(project, "verify", "--database-url", postgres)
    assert done.returncode == 1
    assert 'ListBooks: PostgreSQL refuses the query: relation "books" does not exist' in done.stdout
