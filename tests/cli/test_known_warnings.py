"""At a terminal a warning comes once; where nobody sits, every time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command import sqlwright
from terminals import CTRL_C, Terminal

pytestmark = pytest.mark.long
SCHEMA = "CREATE TABLE books (id int PRIMARY KEY, title text NOT NULL);\n"
LOOSE = "-- name: {name} :one\nSELECT id FROM books WHERE title = @title;\n"
EXTENSION = "CREATE EXTENSION house_rules;\n"
CODE = "warning[one-may-return-many]"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("schema", "queries"):
        (tmp_path / name).mkdir()
    (tmp_path / "schema" / "books.sql").write_text(SCHEMA)
    write(tmp_path, "Loose")
    return tmp_path


def write(project: Path, *names: str, before: str = "") -> None:
    text = before + "".join(LOOSE.format(name=name) for name in names)
    (project / "queries" / "books.sql").write_text(text)


def told(project: Path, *arguments: str, columns: int = 80) -> str:
    """What the command says to a terminal, without colours."""
    cache = str(project / "cache")
    with Terminal(project, *arguments, columns=columns, SQLWRIGHT_CACHE=cache) as terminal:
        terminal.exit_code()
        return re.sub(r"\x1b\[[\d;]*[mK]", "", terminal.text)


def test_what_was_told_is_a_line(project: Path) -> None:
    first = told(project, "generate")
    assert CODE in first
    assert "as before" not in first
    for command in ("generate", "check", "inspect", "verify"):
        again = told(project, command)
        print(again)
        assert CODE not in again
        assert "1 warning as before; -v shows it\r\n" in again
    assert CODE in told(project, "check", "-v")
    assert "error[one-may-return-many]" in told(project, "check", "--strict")
    assert CODE in told(project, "generate", "--no-cache")


def test_what_is_new_is_told(project: Path) -> None:
    told(project, "generate")
    # Where it stands does not matter, nor what else there is.
    write(project, "Loose", "Looser", before="-- name: All :many\nSELECT * FROM books;\n\n")
    again = told(project, "generate")
    print(again)
    assert again.count(CODE) == 1
    assert "Looser" in again.partition(CODE)[2]
    assert again.index(CODE) < again.index("1 warning as before")
    assert "2 warnings as before; -v shows them" in told(project, "generate")
    # One that was gone for a while is new when it comes back.
    write(project, "Loose")
    assert told(project, "check").count(CODE) == 0
    write(project, "Loose", "Looser")
    assert told(project, "check").count(CODE) == 1


def test_errors_come_first_and_nothing_is_forgotten_for_them(project: Path) -> None:
    told(project, "generate")
    wrong = "-- name: Wrong :many\nSELECT nope FROM books;\n"
    write(project, "Loose", "Looser", before=wrong)
    shown = told(project, "generate")
    places = [shown.index(text) for text in ("error[unknown-column]", CODE, "1 warning as before")]
    assert places == sorted(places)
    in_ci = sqlwright(project, "generate").stderr
    assert in_ci.index("error[unknown-column]") < in_ci.index(CODE)
    write(project, "Loose", "Looser")
    assert "2 warnings as before" in told(project, "generate")


def test_where_no_terminal_is_all_come_each_time(project: Path) -> None:
    cache = str(project / "cache")
    told(project, "generate")
    runs = [sqlwright(project, "generate", SQLWRIGHT_CACHE=cache) for _ in range(3)]
    assert len({run.stderr for run in runs}) == 1
    assert CODE in runs[0].stderr
    # And what went elsewhere does not count as told.
    write(project, "Loose", "Looser")
    sqlwright(project, "generate", SQLWRIGHT_CACHE=cache)
    assert CODE in told(project, "generate")


@pytest.mark.parametrize("columns", [60, 80])
def test_notes_are_broken_at_words(project: Path, columns: int) -> None:
    (project / "schema" / "more.sql").write_text(EXTENSION)
    wide = told(project, "inspect", columns=1000)
    narrow = told(project, "inspect", columns=columns)
    lines = narrow.split("\r\n")
    print(narrow)
    assert max(map(len, lines)) <= columns
    assert wide.split() == narrow.split()
    assert wide.count("\r\n") < narrow.count("\r\n")
    # What stands between backticks is there to be copied.
    for quoted in re.findall(r"`[^`]{1,40}`", wide):
        assert quoted in narrow


def test_watch_does_not_say_it_again_and_again(project: Path) -> None:
    cache = str(project / "cache")
    with Terminal(project, "watch", SQLWRIGHT_CACHE=cache) as terminal:
        terminal.wait_for(" 1 query")
        assert CODE in re.sub(r"\x1b\[[\d;]*m", "", terminal.text)
        seen = len(terminal.text)
        write(project, "Loose", before="-- name: All :many\nSELECT * FROM books;\n\n")
        terminal.wait_for(" 2 queries", seen)
        after = re.sub(r"\x1b\[[\d;]*m", "", terminal.text[seen:])
        assert CODE not in after
        assert "1 warning as before" in after
        terminal.press(CTRL_C)
        assert terminal.exit_code() == 0
