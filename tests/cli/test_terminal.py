"""Colour and progress, which only a terminal gets to see."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest
from command import COMMAND, sqlwright

MISTAKE = "-- name: GetAuthor :one\nSELECT nmae FROM authors;\n"


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """All that the command writes when its output and errors are a terminal."""
    ours, theirs = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        stdout=theirs,
        stderr=theirs,
        env={**inherited, "TERM": "xterm", **environment},
    ):
        os.close(theirs)
        text = _read(ours)
    os.close(ours)
    return text


def _read(terminal: int) -> str:
    parts = []
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # what Linux says where the other side has closed
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode()


@pytest.fixture
def mistaken(tmp_path: Path) -> Path:
    sqlwright(tmp_path, "init")
    (tmp_path / "queries" / "authors.sql").write_text(MISTAKE)
    return tmp_path


def test_colour(mistaken: Path) -> None:
    shown = on_a_terminal(mistaken, "check")
    assert "\x1b[31m\x1b[1merror[unknown-column]\x1b[0m" in shown
    assert "\x1b[36m\x1b[1mhelp: \x1b[0m" in shown


def test_no_colour_where_it_is_not_wanted(mistaken: Path) -> None:
    assert "\x1b[3" not in on_a_terminal(mistaken, "check", NO_COLOR="1")


def test_a_diff_is_coloured(mistaken: Path) -> None:
    (mistaken / "queries" / "authors.sql").write_text(MISTAKE.replace("nmae", "name"))
    assert "\x1b[32m+async def get_author(" in on_a_terminal(mistaken, "check")


def test_short_work_shows_no_progress(mistaken: Path) -> None:
    (mistaken / "queries" / "authors.sql").write_text(MISTAKE.replace("nmae", "name"))
    assert "query 1 of 1" not in on_a_terminal(mistaken, "generate")


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
    assert last == f"\x1b[Kgenerated: 5 files written, {count} queries"
    assert "query" not in sqlwright(mistaken, "generate").stderr
