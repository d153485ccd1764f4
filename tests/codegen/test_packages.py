"""Whole packages as they are generated, a folder for each option and claim.

A case is `tests/cases/package/<claim>/` with its configuration, schema and queries, and in
`generated/` what comes of them. Modules that are the same in every package are only named.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from sqlwright.codegen.plan import plan_package
from sqlwright.config import load_config
from sqlwright.pipeline import infer_packages
from sqlwright.render.python import render_package

CASES = Path(__file__).parents[1] / "cases" / "package"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_package(case: Path, golden: Callable[[Path, str], None]) -> None:
    config = load_config(case)
    [package] = config.packages
    inferred = infer_packages(config)[0]
    problems = [f"{item.query}: {item.message}" for item in inferred.diagnostics]
    assert not inferred.failed, problems
    planned = plan_package(inferred.catalog, inferred.queries, package.options)
    files = {file.path: file.text for file in render_package(planned)}
    fixed = {f"{name}.py": text for name, text in planned.support.modules}
    shown = {path: text for path, text in files.items() if path not in fixed}
    folder = case / "generated"
    folder.mkdir(exist_ok=True)
    golden(folder / "support.txt", "".join(f"{name} is {fixed[name]}\n" for name in sorted(fixed)))
    for path, text in shown.items():
        golden(folder / path, text)
    kept = {file.name for file in folder.iterdir()}
    assert kept == {*shown, "support.txt"}, "remove what no case makes any more"


def test_typed_json_asks_for_no_library_by_an_import() -> None:
    """Type checkers look for each, also for those that a package has no use for."""
    text = files("sqlwright.render").joinpath("support", "_typed_json.py").read_text()
    nodes = list(ast.walk(ast.parse(text)))
    imported = {
        alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert "json" in imported
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names
