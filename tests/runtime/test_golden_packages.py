"""Every golden package runs: imported, called in both directions, and checked for its types."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from calling import FakeConnection, call_everything
from sqlwright.codegen.plan import plan_package
from sqlwright.config import load_config
from sqlwright.pipeline import infer_packages
from sqlwright.render.python import render_package

CASES = sorted((Path(__file__).parents[1] / "cases" / "package").iterdir())

USER_MODULES = {
    "myapp/__init__.py": "",
    "myapp/ids.py": """
class AuthorId(int): ...
""",
    "myapp/names.py": """
class Name(str): ...


def parse(text: str) -> Name:
    return Name(text)
""",
    "myapp/types.py": """
from typing import TypedDict


class Note(TypedDict):
    n: int


class Notes(TypedDict):
    n: int
""",
    "pendulum.py": """
import datetime


class Date(datetime.date): ...


def instance(value: datetime.date) -> Date:
    return Date(value.year, value.month, value.day)
""",
}
"""What the packages of some cases import of their users."""


@pytest.mark.filterwarnings("error")
@pytest.mark.long
def test_golden_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, text in USER_MODULES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    called = 0
    for case in CASES:
        config = load_config(case)
        [package] = config.packages
        inferred = infer_packages(config)[0]
        planned = plan_package(inferred.catalog, inferred.queries, package.options)
        folder = tmp_path / f"golden_{case.name}"
        folder.mkdir()
        for file in render_package(planned):
            (folder / file.path).write_text(file.text)
        importlib.invalidate_caches()
        imported = importlib.import_module(folder.name)
        connection = FakeConnection(inferred.catalog, inferred.queries)
        called += asyncio.run(call_everything(imported, connection))
    print(f"{len(CASES)} packages: {called} calls")
    assert called > 3 * len(CASES)
    folders = [f"golden_{case.name}" for case in CASES]
    _passes(tmp_path, "mypy", "--strict", *folders)
    settings = '{"typeCheckingMode": "strict", "include": ["golden_*"]}'
    (tmp_path / "pyrightconfig.json").write_text(settings)
    _passes(tmp_path, "pyright", "--pythonpath", sys.executable)


def _passes(folder: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stdout
