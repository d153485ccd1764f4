"""A package on disk is the old one or the new one: after a run that was killed at any step, after
an error in any step, and after two runs at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from interrupting import SITUATIONS, Situation, desired, own, prepare, state
from sqlwright.output import mounts, write
from two_writers import race

pytestmark = pytest.mark.long

PROGRAM = Path(__file__).with_name("interrupting.py")


def attempts(area: Path, situation: Situation, how: str) -> Iterator[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, PROGRAM, area, situation.name, how],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        yield json.loads(line)


def told(outcomes: list[dict[str, Any]]) -> str:
    counted = Counter((each["code"], " and ".join(each["states"])) for each in outcomes)
    return ", ".join(
        f"{count} x exit {code}: {states}" for (code, states), count in counted.items()
    )


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=lambda each: each.name)
def test_killed_at_any_step(tmp_path: Path, situation: Situation) -> None:
    outcomes = list(attempts(tmp_path, situation, "kill"))
    print(f"killed at {len(outcomes)} steps: {told(outcomes)}")
    assert len(outcomes) > 10
    allowed = {"old", "new"} if situation.exchangeable else {"old", "new", "refuses"}
    for each in outcomes:
        assert each["code"] == 9
        assert allowed.issuperset(each["states"]), each
        assert each["own"], each
        assert set(each["again"]) == {"new"}, each
        assert each["again own"], each
        assert each["again tidy"], each


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=lambda each: each.name)
def test_an_error_in_any_step(tmp_path: Path, situation: Situation) -> None:
    """What is reported is true: with an error the package is the old one, else the new one."""
    outcomes = list(attempts(tmp_path, situation, "fail"))
    print(f"failed at {len(outcomes)} steps: {told(outcomes)}")
    for each in outcomes:
        assert each["code"] in (0, 1), each
        # An inner package is written before the one around it.
        states = each["states"][:1] if situation.nested else each["states"]
        assert set(states) == {"new" if each["code"] == 0 else "old"}, each
        assert {"old", "new"}.issuperset(each["states"]), each
        assert each["own"], each
        assert set(each["again"]) == {"new"}, each
        assert each["again own"], each
        assert each["again tidy"], each


def test_killed_at_random_times(tmp_path: Path) -> None:
    situation = SITUATIONS["somebody's files among them"]
    random = Random(1)
    states: Counter[str] = Counter()
    for _ in range(25):
        with subprocess.Popen(
            [sys.executable, PROGRAM, tmp_path, situation.name, "alternate"],
            stdout=subprocess.PIPE,
            text=True,
        ) as run:
            assert run.stdout is not None
            assert run.stdout.readline() == "written\n"
            time.sleep(random.uniform(0, 0.02))
            run.kill()
        states[state(tmp_path / "generated", situation)] += 1
        assert own(tmp_path / "generated", situation)
    print(states)
    assert set(states) <= {"old", "new"}


def test_a_folder_that_something_is_mounted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    table = b"22 1 0:5 / /srv/my\\040app/db/data rw - tmpfs none rw\n"
    monkeypatch.setattr(mounts, "TABLE", SimpleNamespace(read_bytes=lambda: table))
    assert mounts.mounted_within(Path("/srv/my app/db"))
    assert mounts.mounted_within(Path("/srv/my app/db/data"))
    assert not mounts.mounted_within(Path("/srv/my app/db/dat"))


def test_what_stays_the_same(tmp_path: Path) -> None:
    """Files that do not change are the same files, with their times; so is the user's folder."""
    situation = SITUATIONS["somebody's files among them"]
    prepare(tmp_path, situation)
    folder = tmp_path / "generated"
    kept = ["same.py", "notes.py", "py.typed", "link", "sub", "__pycache__", "sub/deep/text"]
    folder.chmod(0o750)
    before = {name: identity(folder / name) for name in kept}
    write(*desired(tmp_path, situation))
    assert state(folder, situation) == "new"
    assert {name: identity(folder / name) for name in kept} == before
    assert folder.stat().st_mode & 0o777 == 0o750


def identity(path: Path) -> tuple[int, int, int]:
    status = path.lstat()
    return status.st_ino, status.st_mode, status.st_mtime_ns if path.is_file() else 0


def test_two_writers_at_once(tmp_path: Path) -> None:
    results = race(tmp_path, times=6)
    print(results)
    assert set(results) <= {"one", "other"}
