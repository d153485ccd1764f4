"""Any sequence of edits: with a store, every answer is that of a run without one."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from command import sqlwright, sqlwright_process
from edits import EDITS, new_project
from sqlwright import processes
from sqlwright.catalog import passages

SEED = 20
STEPS = 14
FOLDERS = ("generated", "second", "third", "app", "own")
"""Where packages may be written to."""
COMMANDS = (
    ("inspect", "--format", "json"),
    ("check", "--diagnostics", "json"),
    ("generate",),
    ("generate", "--keep-going", "--diagnostics", "concise"),
)
OTHERS = (
    ("generate", "--strict"),
    ("generate", "-v", "--diagnostics", "github"),
    ("generate", "--keep-going", "--jobs", "3"),
    ("generate", "--schema", "schema/20_tables.sql", "--queries", "queries", "--out", "third"),
    ("check", "--strict", "--diagnostics", "concise"),
    ("inspect",),
    ("inspect", "--queries", "queries/books.sql"),
    ("explain", "GetAuthor.name"),
)


def damage(chance: random.Random, cache: Path) -> None:
    """Some of what is kept goes, or is not what it was."""
    for path in sorted(cache.glob("??/*")):
        what = chance.randrange(12)
        if what == 0:
            path.unlink()
        elif what == 1:
            path.write_bytes(path.read_bytes()[: chance.randrange(200)])
        elif what == 2 and path.stat().st_size:
            data = bytearray(path.read_bytes())
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
    if chance.randrange(8) == 0:
        shutil.rmtree(cache, ignore_errors=True)


def generated(project: Path) -> dict[str, str]:
    """What has been written, by the path."""
    made = [path for folder in FOLDERS for path in sorted((project / folder).rglob("*.py"))]
    return {str(path.relative_to(project)): path.read_text() for path in made}


def answers(
    project: Path, cache: str, others: Sequence[tuple[str, ...]] = ()
) -> list[tuple[object, ...]]:
    """What every command says and writes, from the same files on disk."""
    found: list[tuple[object, ...]] = []
    for folder in FOLDERS:
        shutil.rmtree(project / folder, ignore_errors=True)
    for command in (*others, *COMMANDS):
        jobs = () if "--jobs" in command or "explain" in command else ("--jobs", "1")
        done = sqlwright(project, *command, *jobs, SQLWRIGHT_CACHE=cache)
        made = generated(project)
        found.append((command, done.returncode, done.stdout, done.stderr, made))
    return found


@pytest.mark.long
@pytest.mark.parametrize("start", range(6))
def test_every_answer_after_any_edits_is_that_of_a_cold_run(
    tmp_path: Path, seed: int, start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passages, "ENDS", start % 3 + 1)  # there are few statements
    chance = random.Random(seed * 1000 + start)
    project, cache = new_project(tmp_path / "project"), tmp_path / "cache"
    refused = 0
    for step in range(STEPS):
        if step:
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                chance.choice(EDITS)(chance, project)
        if start % 2 and chance.randrange(3) == 0:
            # Draws of its own, since how many it takes depends on what is kept.
            damage(random.Random(chance.randrange(10**9)), cache)
        others = chance.sample(OTHERS, 1)
        cold, warm = answers(project, "", others), answers(project, str(cache), others)
        again = answers(project, str(cache), others) if chance.randrange(4) == 0 else cold
        assert warm == cold, f"after step {step} in {project}"
        assert again == cold, f"after step {step} in {project}"
        refused += cold[-2][1] != 0
    print(f"{STEPS} states, {refused} of them with errors")
    assert 0 < refused < STEPS


@pytest.mark.long
def test_several_processes_and_other_orders_of_hashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one run keeps is of use to one that goes about it in another way."""
    project = new_project(tmp_path / "project")
    many = [f"-- name: Q{at} :many\nSELECT * FROM books WHERE id > {at};\n" for at in range(150)]
    cache = str(tmp_path / "cache")
    found = set()
    for turn, (jobs, order) in enumerate((("1", "1"), ("2", "2"), ("3", "1"), ("2", "0"))):
        many[turn * 30] = many[turn * 30].replace("id >", "id >=")
        (project / "queries" / "many.sql").write_text("".join(many[turn:]))
        for given in (cache, "", cache):
            done = sqlwright_process(
                project,
                *("inspect", "--format", "json", "--jobs", jobs),
                SQLWRIGHT_CACHE=given,
                PYTHONHASHSEED=order,
            )
            found.add((turn, done.returncode, done.stdout, done.stderr))
    assert len(found) == 4
    print(f"{processes.available_processors()} processors, {os.cpu_count()} in the machine")


@pytest.mark.long
def test_packages_worked_out_by_several_processes(tmp_path: Path) -> None:
    """Each gives what it gives by itself, with what is wrong with some of them; one that follows
    finds what all of them kept."""
    project = new_project(tmp_path / "project")
    packages = 9
    lines = []
    for at in range(packages):
        folder = f"own_{at}"
        shutil.copytree(project / "queries", project / folder)
        column = "titel" if at in (0, 5) else "title"
        more = f"-- name: More{at} :many\nSELECT id, {column} FROM books;\n"
        (project / folder / "more.sql").write_text(more)
        schema = '["schema", "later.sql"]' if at % 4 == 3 else '["schema"]'
        lines += ["[[packages]]", f'schema = {schema}\nqueries = ["{folder}"]\nout = "out_{at}"']
    (project / "later.sql").write_text("ALTER TABLE books ALTER COLUMN title DROP NOT NULL;\n")
    (project / "sqlwright.toml").write_text("\n".join(lines) + "\n")
    found = set()
    for jobs in ("1", "2", "3"):
        for given in ("", str(tmp_path / f"cache {jobs}"), str(tmp_path / f"cache {jobs}")):
            for command in (("generate", "--keep-going"), ("inspect", "--format", "json")):
                done = sqlwright(project, *command, "--jobs", jobs, SQLWRIGHT_CACHE=given)
                made = tuple(
                    (str(path), path.read_text()) for path in sorted(project.glob("out_*/*.py"))
                )
                shown = done.stdout.replace("up to date", "wrote")
                found.add((command[0], done.returncode, shown, done.stderr, made))
                if command[0] == "generate":
                    assert len(made) > 3 * packages
                    for path, _ in made:
                        Path(path).unlink()
                else:
                    assert not made
    assert len(found) == 2, [each[:4] for each in found]
