"""Calling every function of a package on made-up rows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass
from sqlwright.verification.calls.messages import Task
from sqlwright.verification.calls.planning import PackageToCall, callables
from sqlwright.verification.calls.supervision import Called, call_functions
from sqlwright.verification.values import ValuePool


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and how a package is called: the server's URI, the project's root, whether the database
    is there for this alone."""

    uri: str
    root: Path
    own: bool


async def call_package(
    catalog: Catalog,
    pool: ValuePool,
    made: PackageToCall,
    rows: Sequence[Sequence[str]],
    setting: Setting,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Called:
    """Call every function in a process of its own, with the tables in each of the states."""
    functions = await callables(catalog, pool, made)
    with tempfile.TemporaryDirectory(prefix="sqlwright-") as name:
        folder = Path(name).resolve() / "package"
        for file in made.files:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text, encoding="utf-8")
        task = Task(
            setting.uri,
            str(folder),
            str(setting.root.resolve()),
            functions,
            tuple(map(tuple, rows)),
            setting.own,
            made.conversions,
        )
        return await call_functions(task, folder.parent, progress)
