"""Packages written by hand, with faults that generated ones must not have, and calling them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import asyncpg
from sqlwright.verification.calls.messages import Given, PackageFunction, Shape, Task
from sqlwright.verification.calls.supervision import Called, call_functions

INT = Shape("scalar", "int4", ("1", "0", "2147483647"))
TEXT = Shape("scalar", "text", ("a", "", "NULL"))
JSON = Shape("json", "jsonb", ('{"a": 1}', "null"))


def array(shape: Shape) -> Shape:
    return Shape("array", inner=(shape,))


async def called(
    database: str,
    schema: str,
    module: str,
    given: Sequence[Given] = (),
    *,
    init: str = "",
    command: str = "many",
    root: Path | None = None,
    holds_json: bool = False,
    literals: tuple[str, ...] = (),
    sort: str = "",
    after: str = "",
    place: tuple[Shape, ...] = (),
    steady: bool = True,
    conversions: tuple[str, ...] = (),
) -> Called:
    """What calling the function `query` of a module shows on a new schema with its rows."""
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {schema}")
    finally:
        await connection.close()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "package"
        folder.mkdir()
        (folder / "__init__.py").write_text(init)
        (folder / "module.py").write_text(f"from __future__ import annotations\n{module}")
        function = PackageFunction(
            *("Query", "module", "query", command, True, literals, holds_json, tuple(given)),
            *(sort, after, place, steady),
        )
        task = Task(
            *(database, str(folder), str(root or folder.parent), (function,), ((), ()), True),
            conversions,
        )
        return await call_functions(task, folder.parent)
