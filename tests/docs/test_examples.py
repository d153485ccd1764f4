"""The packages of the examples are what is generated today, and run where sqlwright is not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlwright.config import load_config
from sqlwright.pipeline import generate_packages

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FOLDERS = sorted(each.parent for each in EXAMPLES.glob("*/sqlwright.toml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_package_is_fresh(folder: Path, golden: Callable[[Path, str], None]) -> None:
    config = load_config(folder)
    [package] = config.packages
    [plan] = generate_packages(config)
    assert [each for each in plan.diagnostics if each.severity != "note"] == []
    made = {folder / package.out / file.path: file.text for file in plan.files}
    for path, text in made.items():
        golden(path, text)
    kept = {*(folder / package.out).glob("*.py")}
    assert kept == {*made}, "remove what is no longer made"


def test_the_service_imports_no_sqlwright() -> None:
    lines = "import sys, bookshop.service; sys.exit('sqlwright' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", lines],
        cwd=EXAMPLES / "fastapi",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
