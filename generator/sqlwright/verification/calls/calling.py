"""Calling every function of a package on made-up rows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, field
from sqlwright.verification.calls.messages import Task
from sqlwright.verification.calls.planning import PackageToCall, callables
from sqlwright.verification.calls.states import states
from sqlwright.verification.calls.supervision import Called, call_functions
from sqlwright.verification.filling import Filler
from sqlwright.verification.rows import RowMaker
from sqlwright.verification.values import ValuePool


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and how a package is called: the server's URI, the project's root, whether the database
    is there for this alone, the seed of the rows, and the constants that queries compare columns
    with."""

    uri: str
    root: Path
    own: bool
    seed: int = 0
    compared: Mapping[tuple[int, str], Sequence[str]] = field(default_factory=dict)


async def call_package(
    connection: Any,
    catalog: Catalog,
    made: PackageToCall,
    setting: Setting,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Called:
    """Call every function in a process of its own; the rows are made on the connection."""
    random = Random(setting.seed)
    pool = ValuePool(connection, catalog)
    maker = RowMaker(connection, catalog, pool, random, setting.compared)
    filler = Filler(connection, catalog, maker, random, setting.own)
    rows = await states(connection, catalog, filler, pool)
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
            rows,
            setting.own,
            made.conversions,
        )
        return await call_functions(task, folder.parent, progress)
