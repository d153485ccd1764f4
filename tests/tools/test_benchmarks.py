"""The projects that benchmarks make up are what they are said to be: whole, and without a fault."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import sqlwright
from benchmarks import commands, database, projects
from benchmarks.projects import Project

KINDS: dict[str, Callable[[Path], Project]] = {
    "one package": partial(projects.one_package, tables=4, queries=21, files=3),
    "many packages": partial(projects.many_packages, packages=3, tables=4, queries=21),
    "migrations": partial(projects.migrations, files=9, tables=4, queries=21),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_query_of_a_made_up_project_is_taken(kind: str, tmp_path: Path) -> None:
    project = KINDS[kind](tmp_path / "project")
    made = sqlwright.generate(project.folder)
    assert made.diagnostics == ()
    text = "".join(file.text for file in made.files)
    assert all(f"item{number}(" in text for number in range(21))


@pytest.mark.parametrize("change", [commands._change_query, commands._change_table])
def test_what_is_changed_is_still_taken(change: Callable[[Project], None], tmp_path: Path) -> None:
    project = projects.one_package(tmp_path / "project", tables=4, queries=21)
    before = sqlwright.generate(project.folder).files
    for _ in range(2):
        change(project)
        made = sqlwright.generate(project.folder)
        assert made.diagnostics == ()
        assert made.files != before
        before = made.files


def test_packages_to_race_are_made(tmp_path: Path) -> None:
    package = database.package(tmp_path, "namedtuple")
    assert callable(package.steps)
