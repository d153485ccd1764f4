"""What is printed of a query for those who change a rule."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tools.tree import main

SCHEMA = "CREATE TABLE authors (id bigint PRIMARY KEY, bio text);\n"
QUERIES = "-- name: GetBio :one\nSELECT upper(bio) AS bio FROM authors WHERE id = @id;\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "schema.sql").write_text(SCHEMA)
    (tmp_path / "queries.sql").write_text(QUERIES)
    (tmp_path / "sqlwright.toml").write_text('schema = "schema.sql"\nqueries = "queries.sql"\n')
    monkeypatch.chdir(tmp_path)


def printed(query: str, monkeypatch: pytest.MonkeyPatch, *schema: str) -> int:
    monkeypatch.setattr(sys, "argv", ["tree", query, *schema])
    return main()


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "query", ["GetBio", "SELECT upper(bio) AS bio FROM authors WHERE id = @id"]
)
def test_every_stage_of_a_query(
    query: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(query, monkeypatch) == 0
    tokens, syntax, analysed, verdicts = capsys.readouterr().out.split("\n\n")
    assert "word     upper" in tokens.splitlines()
    assert "expr: FuncCall name=('upper',)" in syntax
    assert "function=Function(upper)" in analysed
    assert "Parameter id: bigint NOT NULL" in verdicts.splitlines()
    assert "ResultColumn bio: text NULL" in verdicts.splitlines()
    assert "rows: at-most-one" in verdicts.splitlines()


@pytest.mark.usefixtures("project")
def test_a_query_that_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed("SELECT boi FROM authors", monkeypatch) == 1
    assert "authors has the columns id, bio" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_a_query_over_another_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "books.sql").write_text("CREATE TABLE books (title text NOT NULL);\n")
    assert printed("SELECT title FROM books", monkeypatch, "other") == 0
    assert "ResultColumn title: text NOT NULL" in capsys.readouterr().out.splitlines()
    assert printed("SELECT title FROM books", monkeypatch, "missing") == 1
    assert "missing" in capsys.readouterr().err
