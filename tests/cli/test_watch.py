"""`watch` as a process of its own: what makes it generate again, and what it outlives."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import COMMAND, sqlwright

pytestmark = pytest.mark.long
PATIENCE = 30.0
AUTHORS = "queries/authors.sql"
EXTRA = "\n-- name: CountAuthors :one\nSELECT count(*) FROM authors;\n"


class Watch:
    """A running `sqlwright watch` and the lines it has written so far, with their times."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [*COMMAND, "watch"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[tuple[float, str]] = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append((time.monotonic(), line.rstrip()))

    def wait_for(self, text: str, after: int = 0) -> float:
        """The time of the first line from number `after` on that has a text in it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for when, line in self.lines[after:]:
                if text in line:
                    return when
            time.sleep(0.005)
        raise AssertionError(f"{text!r} did not come after line {after} of {self.lines}")

    def after(self, text: str, change: str) -> float:
        """How long it takes from a change of the queries to a line."""
        seen = len(self.lines)
        begun = time.monotonic()
        (self.folder / AUTHORS).write_text(change)
        return self.wait_for(text, seen) - begun

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def watching(folder: Path, first: str) -> Iterator[Watch]:
    """A watch that has written a line at its start."""
    started = Watch(folder)
    try:
        started.wait_for(first)
        yield started
    finally:
        started.close()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    sqlwright(tmp_path, "init")
    with watching(tmp_path, "3 queries") as started:
        yield started


def queries(watch: Watch) -> str:
    return (watch.folder / AUTHORS).read_text()


def test_a_saved_file_is_generated(watch: Watch) -> None:
    text = queries(watch)
    took = [
        watch.after("4 queries", text + EXTRA),
        watch.after("3 queries", text),
        watch.after("4 queries", text + EXTRA),
    ]
    print("from the save to the files:", ", ".join(f"{each * 1000:.0f} ms" for each in took))
    # A save may be seen twice, as it is begun and as it is done, and be told of as often.
    module, end = watch.folder / "generated" / "authors.py", time.monotonic() + PATIENCE
    while "count_authors" not in module.read_text() and time.monotonic() < end:
        time.sleep(0.005)
    assert "count_authors" in module.read_text()
    assert watch.stop() == 0


def test_it_says_what_it_watches_and_what_has_changed_when(watch: Watch) -> None:
    first = watch.lines[0][1]
    assert first == "watching schema, queries, sqlwright.toml; Ctrl-C ends it"
    watch.after("4 queries", queries(watch) + EXTRA)
    told = [line for _, line in watch.lines if line.endswith(f" {AUTHORS}")]
    assert len(told) == 1
    assert re.fullmatch(rf"\d\d:\d\d:\d\d {AUTHORS}", told[0])
    seen = len(watch.lines)
    (watch.folder / "queries" / "more.sql").write_text(EXTRA.replace("Count", "CountAll"))
    watch.wait_for("queries/more.sql", seen)


def test_errors_are_reported_and_outlived(watch: Watch) -> None:
    text = queries(watch)
    before = (watch.folder / "generated" / "authors.py").read_text()
    watch.after("error[syntax-error]", text + EXTRA.replace("SELECT", "SELEC"))
    assert (watch.folder / "generated" / "authors.py").read_text() == before
    watch.after("4 queries", text + EXTRA)


def test_a_file_replaced_by_a_rename(watch: Watch) -> None:
    beside = watch.folder / "queries" / ".authors.sql.swp"
    beside.write_text(queries(watch) + EXTRA)
    seen = len(watch.lines)
    beside.replace(watch.folder / AUTHORS)
    watch.wait_for(" 4 queries", seen)


def test_files_that_come_and_go(watch: Watch) -> None:
    new = watch.folder / "queries" / "counts.sql"
    seen = len(watch.lines)
    new.write_text(EXTRA)
    watch.wait_for(" 4 queries", seen)
    assert (watch.folder / "generated" / "counts.py").exists()
    seen = len(watch.lines)
    new.unlink()
    watch.wait_for(" 3 queries", seen)
    assert not (watch.folder / "generated" / "counts.py").exists()


def test_the_schema_counts_too(watch: Watch) -> None:
    seen = len(watch.lines)
    schema = watch.folder / "schema" / "authors.sql"
    schema.write_text(schema.read_text().replace("bio text", "bio text NOT NULL"))
    watch.wait_for("updated", seen)
    assert "bio: str\n" in (watch.folder / "generated" / "models.py").read_text()


def test_a_configuration_with_other_folders(watch: Watch) -> None:
    other = watch.folder / "sql"
    other.mkdir()
    (other / "counts.sql").write_text(EXTRA)
    seen = len(watch.lines)
    (watch.folder / "sqlwright.toml").write_text('queries = ["sql"]\n')
    watch.wait_for(" 1 query", seen)
    seen = len(watch.lines)
    (other / "more.sql").write_text(EXTRA.replace("CountAuthors", "CountAgain"))
    watch.wait_for(" 2 queries", seen)


def test_a_broken_configuration_is_outlived(watch: Watch) -> None:
    configuration = watch.folder / "sqlwright.toml"
    text = configuration.read_text()
    seen = len(watch.lines)
    configuration.write_text("schema = \n")
    watch.wait_for("error[invalid-config]", seen)
    seen = len(watch.lines)
    configuration.write_text(text)
    watch.wait_for("up to date, 3 queries", seen)


def test_many_files_at_once(watch: Watch) -> None:
    """As a switch of branches does it."""
    seen = len(watch.lines)
    for number in range(30):
        path = watch.folder / "queries" / f"extra{number}.sql"
        path.write_text(EXTRA.replace("CountAuthors", f"Count{number}"))
    watch.wait_for(" 33 queries", seen)
    (watch.folder / "queries" / "extra0.sql").unlink()
    watch.wait_for(" 32 queries", seen)


def test_a_switch_of_branches_that_replaces_everything(watch: Watch) -> None:
    """Schema, queries and configuration at once, some of the files gone."""
    seen = len(watch.lines)
    shutil.rmtree(watch.folder / "queries")
    (watch.folder / "schema" / "authors.sql").unlink()
    meters = "CREATE TABLE meters (id int, level int);\n"
    (watch.folder / "schema" / "0001_meters.sql").write_text(meters)
    (watch.folder / "db").mkdir()
    for number in range(20):
        text = f"-- name: Meters{number} :many\nSELECT * FROM meters;\n"
        (watch.folder / "db" / f"m{number}.sql").write_text(text)
    (watch.folder / "sqlwright.toml").write_text('queries = ["db"]\n')
    watch.wait_for(" 20 queries", seen)
    assert not (watch.folder / "generated" / "authors.py").exists()
    assert "class Meter" in (watch.folder / "generated" / "models.py").read_text()
    seen = len(watch.lines)
    (watch.folder / "db" / "m0.sql").unlink()
    watch.wait_for(" 19 queries", seen)


@pytest.mark.parametrize("name", ["queries", "schema"])
def test_a_folder_that_goes_and_comes_back(watch: Watch, name: str) -> None:
    folder = watch.folder / name
    files = {path.name: path.read_text() for path in folder.iterdir()}
    seen = len(watch.lines)
    shutil.rmtree(folder)
    watch.wait_for("error[missing-path]", seen)
    seen = len(watch.lines)
    folder.mkdir()
    for file, text in files.items():
        (folder / file).write_text(text)
    watch.wait_for(" 3 queries", seen)
    watch.after("4 queries", queries(watch) + EXTRA)


def test_folders_that_a_pattern_matches(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text("CREATE TABLE authors (id int);\n")
    (tmp_path / "sqlwright.toml").write_text('schema = "schema.sql"\nqueries = "app/*/*.sql"\n')
    (tmp_path / "app" / "one").mkdir(parents=True)
    (tmp_path / "app" / "one" / "q.sql").write_text(EXTRA)
    with watching(tmp_path, "1 query") as watch:
        seen = len(watch.lines)
        (tmp_path / "app" / "one" / "q.sql").write_text(EXTRA.replace("Count", "Number"))
        watch.wait_for("updated, 1 query", seen)
        seen = len(watch.lines)
        (tmp_path / "app" / "two").mkdir()
        (tmp_path / "app" / "two" / "r.sql").write_text(EXTRA)
        watch.wait_for(" 2 queries", seen)


def test_from_an_empty_folder_on(tmp_path: Path) -> None:
    with watching(tmp_path, "`sqlwright init` starts one") as watch:
        seen = len(watch.lines)
        assert sqlwright(tmp_path, "init").returncode == 0
        watch.wait_for(" 3 queries", seen)
        watch.after("4 queries", queries(watch) + EXTRA)


def test_a_package_that_cannot_be_written(watch: Watch) -> None:
    text = queries(watch)
    (watch.folder / "generated" / "authors.py").write_text("# mine\n")
    watch.after("error[foreign-file]", text + EXTRA)
    (watch.folder / "generated" / "authors.py").unlink()
    watch.after("3 queries", text)


def test_what_is_not_an_input_is_passed_over(watch: Watch) -> None:
    text = queries(watch)
    seen = len(watch.lines)
    (watch.folder / "queries" / "notes.txt").write_text("later\n")
    (watch.folder / "queries" / "authors.sql~").write_text("later\n")
    watch.after("4 queries", text + EXTRA)
    # The time with what has changed, each time that the save was seen, and what was written.
    found = (re.fullmatch(r"\d\d:\d\d:\d\d (.+)", line) for _, line in watch.lines[seen:])
    assert {each[1] for each in found if each} == {AUTHORS}
