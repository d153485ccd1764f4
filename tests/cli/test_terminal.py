"""Colour and progress, which only a terminal gets to see."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import sqlwright
from terminals import CTRL_C, Terminal

pytestmark = pytest.mark.long
MISTAKE = "-- name: GetAuthor :one\nSELECT nmae FROM authors;\n"


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """All that the command writes when its output and errors are a terminal."""
    with Terminal(folder, *arguments, columns=80, **environment) as terminal:
        terminal.exit_code()
        return terminal.text


@pytest.fixture
def mistaken(tmp_path: Path) -> Path:
    sqlwright(tmp_path, "init")
    (tmp_path / "queries" / "authors.sql").write_text(MISTAKE)
    return tmp_path


def test_colour(mistaken: Path) -> None:
    shown = on_a_terminal(mistaken, "check")
    assert "\x1b[31m\x1b[1merror[unknown-column]\x1b[0m" in shown
    assert "\x1b[36m\x1b[1mhelp: \x1b[0m" in shown


@pytest.mark.parametrize("command", ["generate", "check", "inspect", "verify"])
def test_no_colour_where_it_is_not_wanted(mistaken: Path, command: str) -> None:
    assert "\x1b[" in on_a_terminal(mistaken, command)
    assert "\x1b[" not in on_a_terminal(mistaken, command, NO_COLOR="1")
    done = sqlwright(mistaken, command)
    assert "\x1b[" not in done.stdout + done.stderr


def test_other_forms_have_no_colour(mistaken: Path) -> None:
    for form in ("concise", "json", "github"):
        assert "\x1b[" not in on_a_terminal(mistaken, "check", "--diagnostics", form)


def test_watch_on_a_terminal(mistaken: Path) -> None:
    """A report in colour, then after a save what was written; Ctrl-C ends it quietly."""
    with Terminal(mistaken, "watch") as terminal:
        terminal.wait_for("1 error")
        assert "\x1b[31m\x1b[1merror[unknown-column]" in terminal.text
        seen = len(terminal.text)
        (mistaken / "queries" / "authors.sql").write_text(MISTAKE.replace("nmae", "name"))
        terminal.wait_for("5 files written, 1 query", seen)
        terminal.press(CTRL_C)
        assert terminal.exit_code() == 0
        assert terminal.text.endswith("1 query\r\n^C")


def test_a_diff_is_coloured(mistaken: Path) -> None:
    (mistaken / "queries" / "authors.sql").write_text(MISTAKE.replace("nmae", "name"))
    assert "\x1b[32m+async def get_author(" in on_a_terminal(mistaken, "check")


def test_short_work_shows_no_progress(mistaken: Path) -> None:
    (mistaken / "queries" / "authors.sql").write_text(MISTAKE.replace("nmae", "name"))
    assert "query 1 of 1" not in on_a_terminal(mistaken, "generate")


@pytest.mark.interpreted  # this takes no long time where it is compiled
def test_long_work_shows_progress_and_takes_it_back(mistaken: Path) -> None:
    count = 1500
    (mistaken / "queries" / "authors.sql").write_text(
        "".join(
            f"-- name: Get{number} :one\n"
            "SELECT name, (SELECT count(*) FROM authors b WHERE b.id < a.id) AS before "
            f"FROM authors a WHERE id = @id AND name <> '{number}';\n"
            for number in range(count)
        )
    )
    shown = on_a_terminal(mistaken, "generate")
    assert f" of {count}" in shown
    last = shown.rstrip().rsplit("\r", 1)[-1]
    assert last == f"\x1b[Kgenerated: 6 files written, {count} queries"
    assert "query" not in sqlwright(mistaken, "generate").stderr
