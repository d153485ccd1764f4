"""What goes wrong around a command: nowhere to write to, nobody who reads, Ctrl-C, a bug."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command import COMMAND, sqlwright, sqlwright_process
from sqlwright import pipeline
from terminals import CTRL_C, Terminal

PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE = 1


@pytest.fixture
def project(tmp_path: Path) -> Path:
    sqlwright(tmp_path, "init")
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def restricted(
    folder: Path, restrict: Callable[[], object], *arguments: str
) -> subprocess.CompletedProcess[str]:
    """The command in a process that gives something up before it begins."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=restrict,
    )


def as_anybody() -> None:
    """Have the system look at permissions, which it does not for root."""
    if os.geteuid() == 0:
        assert ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) == 0


def with_little_room() -> None:
    """No file may grow beyond this, as if the disk were full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))


# Nowhere to write to


def test_a_folder_that_is_read_only(project: Path) -> None:
    project.chmod(0o500)
    try:
        done = restricted(project, as_anybody, "generate")
    finally:
        project.chmod(0o700)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "error[cannot-write]: cannot write generated: Permission denied\n\n1 error\n"
    )


def test_a_package_that_is_read_only(project: Path) -> None:
    assert sqlwright(project, "generate").returncode == 0
    before = contents(project / "generated")
    with (project / "queries" / "authors.sql").open("a") as file:
        file.write("\n-- name: CountAuthors :one\nSELECT count(*) FROM authors;\n")
    (project / "generated").chmod(0o500)
    try:
        done = restricted(project, as_anybody, "generate")
    finally:
        (project / "generated").chmod(0o700)
    assert done.returncode == 1
    assert "error[cannot-write]" in done.stderr
    assert "Permission denied" in done.stderr
    assert contents(project / "generated") == before


def test_a_full_disk_leaves_everything_as_it_was(project: Path) -> None:
    """The first files fit, a later one does not."""
    done = restricted(project, with_little_room, "generate")
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[cannot-write]: cannot write " in done.stderr
    assert "File too large" in done.stderr
    assert contents(project / "generated") == {}


def test_all_packages_or_none(project: Path) -> None:
    (project / "sqlwright.toml").write_text('[[packages]]\nout = "a"\n\n[[packages]]\nout = "b"\n')
    (project / "b").write_text("in the way\n")
    done = sqlwright(project, "generate")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "error[cannot-write]: cannot write b: there is a file of that name\n\n1 error\n"
    )
    assert contents(project / "a") == {}


@pytest.mark.parametrize("standing", ["a folder", "somebody's file", "somebody's link"])
def test_what_stands_in_the_place_of_a_file(project: Path, standing: str) -> None:
    place = project / "generated" / "models.py"
    place.parent.mkdir()
    match standing:
        case "a folder":
            place.mkdir()
        case "somebody's file":
            place.write_text("class Author: ...\n")
        case _:
            (project / "mine.py").write_text("class Author: ...\n")
            place.symlink_to(project / "mine.py")
    done = sqlwright(project, "generate")
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[foreign-file]" in done.stderr
    assert [path.name for path in place.parent.iterdir()] == ["models.py"]


def test_init_in_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        done = restricted(tmp_path, as_anybody, "init")
    finally:
        tmp_path.chmod(0o700)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[cannot-write]" in done.stderr
    assert not list(tmp_path.iterdir())


def test_output_to_a_full_device(project: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "inspect"],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == (
        "error[cannot-write]: cannot write the output: No space left on device\n\n1 error\n"
    )


# Nobody who reads


@pytest.mark.long
@pytest.mark.parametrize(
    "arguments", ["inspect", "inspect --format json", "check", "explain unknown-column", "--help"]
)
def test_a_reader_that_leaves(project: Path, arguments: str) -> None:
    """As with `sqlwright inspect | head -1`: no complaint."""
    (project / "queries" / "many.sql").write_text(
        "".join(f"-- name: Q{n} :many\nSELECT * FROM authors;\n" for n in range(300))
    )
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m sqlwright {arguments} | head -1'],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr
    assert "bug" not in done.stderr


def test_an_encoding_without_the_characters(project: Path) -> None:
    (project / "queries" / "authors.sql").write_text(
        '-- name: ListNames :many\nSELECT name AS "名" FROM authors;\n', encoding="utf-8"
    )
    done = sqlwright_process(project, "inspect", PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u540d" in done.stdout


# Ctrl-C


@pytest.mark.long
def test_ctrl_c(project: Path) -> None:
    """Nothing is written by then, and no traceback is shown."""
    (project / "queries" / "many.sql").write_text(
        "".join(
            f"-- name: Q{n} :many\nSELECT name, {n} AS n FROM authors a WHERE EXISTS "
            f"(SELECT 1 FROM authors b WHERE b.id < a.id + {n});\n"
            for n in range(6000)
        )
    )
    with Terminal(project, "generate") as terminal:
        terminal.wait_for("query ")
        terminal.press(CTRL_C)
        assert terminal.exit_code() == 130
        assert terminal.text.rpartition("\x1b[K")[2].replace("^C", "") == "stopped\r\n"
    assert not (project / "generated").exists()


# Bugs


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(pipeline, "read_texts", break_down)


@pytest.mark.interpreted
@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("command", ["generate", "check", "inspect", "verify", "watch"])
def test_a_bug_exits_70(project: Path, command: str) -> None:
    done = sqlwright(project, command)
    said = (
        "watching schema, queries, sqlwright.toml; Ctrl-C ends it\n" if command == "watch" else ""
    )
    assert (done.returncode, done.stdout) == (70, said)
    assert done.stderr.startswith("internal error: ZeroDivisionError: of all things\n --> ")
    assert "This is a bug in sqlwright" in done.stderr
    assert "running it again with SQLWRIGHT_TRACEBACK=1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.interpreted
@pytest.mark.usefixtures("broken")
def test_the_traceback_of_a_bug(project: Path) -> None:
    done = sqlwright(project, "generate", SQLWRIGHT_TRACEBACK="1")
    assert done.returncode == 70
    assert done.stderr.startswith("Traceback (most recent call last):\n")
    assert "Please report it with the lines above" in done.stderr


@pytest.mark.parametrize("closed", [1, 2])
def test_an_output_that_is_closed(project: Path, closed: int) -> None:
    for arguments, code in ((["generate"], 0), (["check", "--queries", "nowhere"], 1)):
        command = [sys.executable, "-m", "sqlwright", *arguments]
        shell = ["/bin/sh", "-c", f'exec "$@" {closed}>&-', "sh"]
        done = subprocess.run([*shell, *command], cwd=project, check=False)
        assert done.returncode == code
