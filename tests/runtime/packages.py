"""Packages generated for a test, and imported."""

from __future__ import annotations

import importlib
import sys
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlwright.codegen.options import PackageOptions
from sqlwright.config import Config, PackageConfig
from sqlwright.diagnostics import Diagnostic
from sqlwright.output import write
from sqlwright.pipeline import Plan, generate_packages

_numbers = count(1)


def build(folder: Path, schema: str, queries: str, **options: Any) -> ModuleType:
    """The package for a schema and queries, with the reports on them as the failure if it is
    refused."""
    name = f"package_{next(_numbers)}"
    plan = _plan(folder, name, schema, queries, options)
    errors = [item for item in plan.diagnostics if item.severity == "error"]
    assert not errors, "\n".join(f"{item.query}: {item.message}" for item in errors)
    write(plan.changes)
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return importlib.import_module(name)


def refused(folder: Path, schema: str, queries: str, **options: Any) -> list[Diagnostic]:
    """The errors that keep a package from being generated."""
    plan = _plan(folder, "refused", schema, queries, options)
    return [item for item in plan.diagnostics if item.severity == "error"]


def _plan(folder: Path, name: str, schema: str, queries: str, options: dict[str, Any]) -> Plan:
    (folder / "schema.sql").write_text(schema)
    (folder / "queries.sql").write_text(queries)
    package = PackageConfig(
        schema=("schema.sql",),
        queries=("queries.sql",),
        out=name,
        postgresql=options.pop("postgresql", 18),
        options=PackageOptions(**options),
    )
    return generate_packages(Config(folder, (package,)))[0]
