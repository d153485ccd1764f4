"""Files as they are found on disks: encodings, line ends, odd characters, links, folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command import sqlwright

QUERY = "-- name: ListNames :many\nSELECT name\nFROM authors;\n"
MISTAKE = QUERY.replace("SELECT name", "SELECT nmae")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    sqlwright(tmp_path, "init")
    return tmp_path


def report(project: Path, data: bytes | str) -> str:
    """What `check` says to a query file of these contents."""
    written = data if isinstance(data, bytes) else data.encode()
    (project / "queries" / "authors.sql").write_bytes(written)
    done = sqlwright(project, "check")
    assert done.returncode == 1, done.stdout
    return done.stderr


def excerpt(report: str) -> list[str]:
    """The first source line that is shown, and the signs under it."""
    return report.splitlines()[3:5]


# Encodings


@pytest.mark.parametrize(
    ("data", "said", "place", "advice"),
    [
        (b"SELECT 'caf\xe9';\n", "0xe9", "1:12", "save the file as UTF-8"),
        (QUERY.encode("utf-16"), "0xff", "1:1", "it looks like UTF-16: save the file as UTF-8"),
        (b"SELECT 'a\0b';\n", "0x00", "1:10", "a text of PostgreSQL cannot have it"),
        (b"SELECT \xed\xa0\x80;\n", "0xed", "1:8", "save the file as UTF-8"),
    ],
)
def test_bytes_that_are_no_text(
    project: Path, data: bytes, said: str, place: str, advice: str
) -> None:
    text = report(project, data)
    assert text.startswith(
        f'error[invalid-encoding]: invalid byte sequence for encoding "UTF8": {said} (22021)\n'
        f" --> queries/authors.sql:{place}\n"
    )
    assert f"= help: {advice}\n" in text
    assert "\0" not in text


def test_a_schema_file_that_is_no_text(project: Path) -> None:
    """What is not known because of it is not complained about."""
    (project / "schema" / "more.sql").write_bytes(b"-- caf\xe9\n")
    done = sqlwright(project, "check")
    assert done.stderr.count("error[") == 1
    assert "not checked because of this: 3 queries" in done.stderr


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_files_of_windows_give_the_same_code(project: Path, mark: str, line_end: str) -> None:
    place = project / "queries" / "authors.sql"
    place.write_bytes(QUERY.encode())
    assert sqlwright(project, "generate").returncode == 0
    for path in (place, project / "schema" / "authors.sql"):
        text = mark + path.read_text().replace("\n", line_end)
        path.write_bytes(text.encode())
    done = sqlwright(project, "check")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_places_in_files_of_windows(project: Path, mark: str) -> None:
    text = report(project, mark + MISTAKE.replace("\n", "\r\n"))
    assert " --> queries/authors.sql:2:8\n" in text
    assert excerpt(text) == ["2 | SELECT nmae", "  |        ^^^^"]


# What a terminal makes of the text


def test_a_tab(project: Path) -> None:
    assert excerpt(report(project, MISTAKE.replace("SELECT ", "SELECT\t1,\t"))) == [
        "2 | SELECT    1,    nmae",
        "  |                 ^^^^",
    ]


def test_wide_characters(project: Path) -> None:
    """Two columns each, so that the signs stand under the name."""
    assert excerpt(report(project, MISTAKE.replace("SELECT ", "SELECT '日本語', "))) == [
        "2 | SELECT '日本語', nmae",
        "  |                  ^^^^",
    ]


def test_combining_characters(project: Path) -> None:
    assert excerpt(report(project, MISTAKE.replace("SELECT ", "SELECT 'e\u0301e\u0301', "))) == [
        "2 | SELECT 'e\u0301e\u0301', nmae",
        "  |              ^^^^",
    ]


def test_a_name_of_wide_characters(project: Path) -> None:
    assert excerpt(report(project, QUERY.replace("SELECT name", "SELECT 名前, name"))) == [
        "2 | SELECT 名前, name",
        "  |        ^^^^",
    ]


def test_a_terminal_is_not_given_orders(project: Path) -> None:
    """Escape sequences and changes of direction are shown, not sent."""
    text = report(project, MISTAKE.replace("SELECT ", "SELECT '\x1b[31m\x07\u202e', "))
    assert excerpt(text)[0] == "2 | SELECT '␛[31m␇\ufffd', nmae"
    text = report(project, QUERY.replace("name\n", '"\x1b]0;title\x07"\n'))
    assert "\x1b" not in text
    assert 'column "␛]0;title␇" does not exist' in text
    concise = sqlwright(project, "check", "--diagnostics", "concise").stderr
    github = sqlwright(project, "check", "--diagnostics", "github").stderr
    assert "\x1b" not in concise + github


@pytest.mark.parametrize("where", ["start", "middle", "end"])
def test_a_very_long_line(project: Path, where: str) -> None:
    """As much as fits is shown around the place."""
    names = [f"id AS c{number}" for number in range(3000)]
    names.insert({"start": 0, "middle": 1500, "end": 3000}[where], "nmae")
    shown, signs = excerpt(report(project, MISTAKE.replace("nmae", ", ".join(names))))
    assert len(shown) < 160
    at = signs.index("^")
    assert shown[at:].startswith("nmae")
    assert shown.startswith("2 | ...") == (where != "start")
    assert shown.endswith("...") == (where != "end")


def test_two_places_far_apart_in_one_line(project: Path) -> None:
    between = ", ".join(f"id AS c{number}" for number in range(3000))
    text = report(project, MISTAKE.replace("nmae\n", f"books.id, {between} "))
    assert text.startswith('error[unknown-alias]: missing FROM-clause entry for table "books"')
    text = report(project, MISTAKE.replace("nmae\n", f"authors.id, {between} ") + " a")
    text = report(
        project, f"-- name: A :many\nSELECT authors.id, {between} FROM authors AS writers;\n"
    )
    shown, first, second = text.splitlines()[3:6]
    assert shown.startswith("2 | SELECT authors.id, ")
    assert first == "  |        ^^^^^^^"
    assert second.endswith("- authors is called writers here")


# Files and folders


def test_empty_files_are_no_mistake_beside_others(project: Path) -> None:
    (project / "queries" / "empty.sql").write_text("")
    (project / "schema" / "empty.sql").write_text("")
    (project / "queries" / "blank.sql").write_text("\n\n-- later\n")
    assert sqlwright(project, "generate").stdout.endswith(" 3 queries\n")


def test_nothing_but_an_empty_file(project: Path) -> None:
    assert report(project, "").startswith("error[no-queries]: no queries contained in queries\n")


def test_a_folder_that_is_called_like_a_file(project: Path) -> None:
    (project / "queries" / "folder.sql").mkdir()
    assert sqlwright(project, "generate").stdout.endswith(" 3 queries\n")


def test_links(project: Path) -> None:
    """A file is read once however often it is linked; links in a circle are said to be."""
    (project / "queries" / "again.sql").symlink_to("authors.sql")
    (project / "queries" / "self").symlink_to(".")
    assert sqlwright(project, "generate").stdout.endswith(" 3 queries\n")
    (project / "queries" / "circle.sql").symlink_to("circle.sql")
    done = sqlwright(project, "generate")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "error[unreadable-file]: could not read queries/circle.sql: Too many levels of symbolic"
    )


@pytest.mark.parametrize("name", [b"queries/a\xff.sql", b"queries/a\nb.sql"])
def test_a_name_that_cannot_be_shown(project: Path, name: bytes) -> None:
    Path(project / os.fsdecode(name)).write_text(QUERY)
    done = sqlwright(project, "generate")
    assert (done.returncode, done.stdout) == (1, "")
    assert "its name has characters that cannot be shown: rename it" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--schema", "nowhere"], "error[missing-path]: schema path nowhere does not exist"),
        (["--queries", "q/*.sql"], "error[missing-path]: query pattern q/*.sql matches no"),
        (["--queries", "empty"], "error[no-sql-files]: query folder empty contains no .sql files"),
        (["--config", "queries"], "error[invalid-config]: cannot read queries: it is not a file"),
        (["--config", "no.toml"], "error[invalid-config]: cannot read no.toml: No such file"),
        (["--config", "latin.toml"], "error[invalid-config]: cannot read latin.toml: it is not"),
    ],
)
def test_paths_that_lead_nowhere(project: Path, arguments: list[str], said: str) -> None:
    (project / "empty").mkdir()
    (project / "latin.toml").write_bytes(b'out = "caf\xe9"\n')
    done = sqlwright(project, "generate", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(said)
    assert done.stderr.endswith("\n1 error\n")
