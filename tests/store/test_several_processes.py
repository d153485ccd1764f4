"""Where other processes read, infer and plan, every answer is that of a run in one process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command import sqlwright
from sqlwright.codegen import memory
from sqlwright.diagnostics import Diagnostic
from sqlwright.project import reading
from sqlwright.project.sources import Sources
from sqlwright.source import SourceFile
from sqlwright.sql import reader
from sqlwright.sql.statements import QueryStatement, Remembered

Reading = tuple[list[QueryStatement | Remembered], list[Diagnostic]]

SCHEMA = "CREATE TABLE books (id bigint PRIMARY KEY, title text NOT NULL, note text);\n"
GOOD = """\
-- name: Find{at} :many
-- The books behind one, of a title.
SELECT id, title, coalesce(note, 'none') AS note, @title::text AS asked
FROM books WHERE id > {at} AND title = @title ORDER BY id;

"""
OTHER = (
    "-- name: NoColumn :many\nSELECT titel FROM books;\n",
    "-- name: Find7 :one\nSELECT 1;\n",
    "-- name: Unread :one\nSELECT FROM WHERE;\n",
    "-- name: Second :one\nSELECT 1;\nSELECT 2;\n",
    "-- name: Hidden :one\nSELECT 'it''s\n-- name: Behind :one\nSELECT 1;\n",
    "-- name: Optional :many\n-- @optional\nSELECT id FROM books WHERE note = @note;\n",
    "--name: Near :one\nSELECT 1;\n",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "schema").mkdir()
    (tmp_path / "queries").mkdir()
    (tmp_path / "schema" / "books.sql").write_text(SCHEMA)
    count = max(memory.FEW, reading.MUCH // (2 * len(GOOD.format(at=0)))) + 1
    for name in ("first", "second"):
        queries = [GOOD.format(at=at + (name == "second") * count) for at in range(count)]
        (tmp_path / "queries" / f"{name}.sql").write_text("".join(queries))
    return tmp_path


def _answers(project: Path, jobs: int, cache: str = "") -> tuple[object, ...]:
    given = "--jobs", str(jobs)
    done = [
        sqlwright(project, "generate", "--keep-going", *given, SQLWRIGHT_CACHE=cache),
        sqlwright(project, "inspect", "--format", "json", *given, SQLWRIGHT_CACHE=cache),
    ]
    made = {path.name: path.read_text() for path in sorted(project.glob("generated/*.py"))}
    for path in project.glob("generated/*.py"):
        path.unlink()
    return *((each.returncode, each.stdout, each.stderr) for each in done), made


@pytest.mark.interpreted
@pytest.mark.parametrize("wrong", [False, True])
def test_reading_beside_the_schema(
    project: Path, tmp_path: Path, wrong: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if wrong:
        with (project / "queries" / "second.sql").open("a") as file:
            file.write("".join(OTHER))
    begun: list[int] = []
    begin = reading.read_beside

    def noted(sources: Sources, jobs: int) -> reading.Reading:
        begun.append(jobs)
        return begin(sources, jobs)

    monkeypatch.setattr(reading, "read_beside", noted)
    alone = _answers(project, 1)
    assert not begun
    for jobs, cache in (
        (2, ""),
        (3, ""),
        (2, str(tmp_path / "cache")),
        (2, str(tmp_path / "cache")),
    ):
        assert _answers(project, jobs, cache) == alone
    # The third time nothing is known for the first command alone, the last time never.
    assert begun == [2, 2, 3, 3, 2]
    assert (alone[0][0] == 1) == wrong  # type: ignore[index]


@pytest.mark.interpreted
def test_a_reader_that_ends_early(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = _answers(project, 1)
    ended: list[SourceFile] = []
    own = os.getpid()

    def end(source: SourceFile, memory: reader.Memory | None) -> Reading:
        if os.getpid() != own:
            os._exit(3)
        ended.append(source)
        return reader.read_with_memory(source, memory)

    monkeypatch.setattr("sqlwright.project.reading.read_with_memory", end)
    assert _answers(project, 2) == alone
    assert len(ended) == 2 * len(list(project.glob("queries/*.sql")))
