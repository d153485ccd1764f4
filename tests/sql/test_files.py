"""Finding and reading SQL files."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlwright.sql.files import read_sources


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "queries"
    folder.mkdir()
    for name in (
        "10_books.sql",
        "9_authors.sql",
        "9_authors.down.sql",
        ".hidden.sql",
        "notes.txt",
        "b.SQL",
        "a2.sql",
        "a10.sql",
    ):
        (folder / name).write_text(f"-- {name}\n")
    (folder / "deeper").mkdir()
    (folder / "deeper" / "far.sql").write_text("-- far\n")
    return tmp_path


def shown(paths: list[str], root: Path) -> tuple[list[str], list[str]]:
    sources, problems = read_sources(paths, "queries", root)
    return [source.path for source in sources], [problem.message for problem in problems]


def test_a_folder_is_its_sql_files_with_numbers_in_order(root: Path) -> None:
    assert shown(["queries"], root) == (
        ["queries/9_authors.sql", "queries/10_books.sql", "queries/a2.sql", "queries/a10.sql"],
        [],
    )


def test_a_pattern_selects_like_a_folder(root: Path) -> None:
    assert shown(["queries/*.sql"], root) == shown(["queries"], root)
    assert shown(["quer*"], root) == shown(["queries"], root)
    assert shown(["queries/9*"], root) == (["queries/9_authors.sql"], [])


def test_a_file_is_read_under_the_name_it_was_given(root: Path) -> None:
    assert shown(["queries/../queries/notes.txt"], root) == (
        ["queries/../queries/notes.txt"],
        [],
    )
    assert shown([str(root / "queries" / "a2.sql")], root) == (
        [(root / "queries" / "a2.sql").as_posix()],
        [],
    )


def test_a_file_named_twice_is_read_once(root: Path) -> None:
    assert shown(["queries/a10.sql", "queries", "queries/a2.sql"], root)[0] == [
        "queries/a10.sql",
        "queries/9_authors.sql",
        "queries/10_books.sql",
        "queries/a2.sql",
    ]


def test_what_is_missing_or_empty_is_reported(root: Path) -> None:
    (root / "empty").mkdir()
    sources, problems = read_sources(["nowhere", "no*.sql", "empty", "queries"], "schema", root)
    assert len(sources) == 4
    assert [(problem.code, problem.message) for problem in problems] == [
        ("missing-path", "schema path nowhere does not exist"),
        ("missing-path", "schema pattern no*.sql matches no .sql files"),
        ("no-sql-files", "schema folder empty contains no .sql files"),
    ]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_bytes(b"\xef\xbb\xbf-- name: A :one\nSELECT 1;\n")
    sources, problems = read_sources(["a.sql"], "queries", tmp_path)
    assert (sources[0].text, problems) == ("-- name: A :one\nSELECT 1;\n", [])


def test_line_ends_of_windows_stay_where_the_server_gets_them(tmp_path: Path) -> None:
    text = (
        "-- it's a comment\n"
        "SELECT 'a\r\nb', E'\\'\r\n', $$\r\n'$$, 1 AS \"c\r\nd\" /* ' */\n"
        'FROM t -- "\n'
        "WHERE x = 'y'\n"
    )
    (tmp_path / "a.sql").write_bytes(text.replace("\r\n", "\n").replace("\n", "\r\n").encode())
    sources, problems = read_sources(["a.sql"], "queries", tmp_path)
    assert (sources[0].text, problems) == (text, [])


def test_bytes_that_are_no_text_are_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_bytes(b"SELECT 1;\nSELECT '\xc3\xa9t\xe9';\n")
    sources, problems = read_sources(["a.sql"], "queries", tmp_path)
    assert sources == []
    span = problems[0].labels[0].span
    assert (problems[0].code, problems[0].sqlstate) == ("invalid-encoding", "22021")
    assert problems[0].message == 'invalid byte sequence for encoding "UTF8": 0xe9'
    assert span.source.position(span.start) == (2, 11)


def test_a_folder_that_cannot_be_read_as_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.sql").mkdir()
    (tmp_path / "b").symlink_to("b")
    assert shown(["a.sql"], tmp_path) == ([], ["query folder a.sql contains no .sql files"])
    assert shown(["b"], tmp_path)[0] == []


@pytest.mark.parametrize(
    ("file", "advice"),
    [
        ("q/nested/deep/a.sql", "those of the folders in it are taken too where it is `q/**`"),
        ("q/A.SQL", "A.SQL is passed over: name it with a small `.sql`"),
        ("q/a.txt", None),
    ],
)
def test_what_a_folder_has_instead(tmp_path: Path, file: str, advice: str | None) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).touch()
    (problem,) = read_sources(["q"], "queries", tmp_path)[1]
    assert problem.help == advice
    if advice is not None and "**" in advice:
        sources, problems = read_sources(["q/**"], "queries", tmp_path)
        assert [source.path for source in sources] == [file]
        assert not problems
