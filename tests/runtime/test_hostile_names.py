"""Whatever things are called and whatever texts say, a package imports and its functions work."""

from __future__ import annotations

import asyncio
import importlib
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from calling import FakeConnection, call_everything
from hostile_names import MODULE_TEXT, MODULES, Project, draw
from sqlwright.config import Config, PackageConfig
from sqlwright.output import write
from sqlwright.pipeline import generate_packages, infer_packages

pytestmark = pytest.mark.long

PACKAGES = 30


def package_of(project: Project, folder: Path, name: str) -> tuple[ModuleType, FakeConnection]:
    """The package of a project, imported, and a connection for it."""
    queries = folder / f"{name}_queries"
    queries.mkdir()
    (folder / f"{name}.sql").write_text(project.schema, newline="")
    for file, text in project.queries.items():
        (queries / file).write_text(text, newline="")
    package = PackageConfig((f"{name}.sql",), (queries.name,), name, options=project.options)
    config = Config(folder, (package,))
    plan = generate_packages(config)[0]
    errors = [item.message for item in plan.diagnostics if item.severity == "error"]
    assert not errors
    write(plan.changes)
    inferred = infer_packages(config)[0]
    importlib.invalidate_caches()
    return importlib.import_module(name), FakeConnection(inferred.catalog, inferred.queries)


@pytest.mark.filterwarnings("error")
def test_hostile_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    for module in MODULES:
        (tmp_path / f"{module}.py").write_text(MODULE_TEXT)
    called, shapes = 0, set()
    for seed in range(PACKAGES):
        project = draw(random.Random(seed))
        package, connection = package_of(project, tmp_path, f"hostile_{seed}")
        called += asyncio.run(call_everything(package, connection))
        shapes.add((project.options.model, project.options.shape))
    print(f"{PACKAGES} packages of {len(shapes)} model kinds and shapes: {called} calls")
    assert called > 15 * PACKAGES
    checked = [str(tmp_path / f"hostile_{seed}") for seed in range(0, PACKAGES, 3)]
    mypy = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run(
        [*mypy, *checked], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stdout
