"""The code that people write, or have generated, to get the same rows."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.util
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import msgspec
import pydantic

STEPS = "SELECT * FROM steps WHERE step_number <= $1::int"
ONE_STEP = "SELECT * FROM steps WHERE step_number = $1"
POINTS = "SELECT * FROM points WHERE id <= $1::int"
ONE_POINT = "SELECT * FROM points WHERE id = $1"

Rows = Callable[[], Awaitable[object]]

STEP_FIELDS: tuple[tuple[str, Any], ...] = (
    ("id", uuid.UUID),
    ("run_id", uuid.UUID),
    ("chat_id", uuid.UUID),
    ("step_number", int),
    ("operation", str),
    ("status", str),
    ("tip_id", int | None),
    ("message_id", int | None),
    ("request", str),
    ("response", str | None),
    ("usage", str | None),
    ("attempts", str),
    ("error", str | None),
    ("metadata", str),
    ("started_at", datetime.datetime),
    ("updated_at", datetime.datetime),
    ("finished_at", datetime.datetime | None),
)
POINT_FIELDS: tuple[tuple[str, Any], ...] = (("id", int), ("name", str), ("weight", float))


def classes(name: str, fields: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """The class of a row in each kind, as a generator of one class per table writes it."""
    definitions: dict[str, Any] = {field: (kind, ...) for field, kind in fields}
    return {
        "dataclass": dataclasses.make_dataclass(name, fields),
        "msgspec": msgspec.defstruct(name, fields),
        "attrs": attrs.make_class(
            name, {field: attrs.field(type=kind) for field, kind in fields}, slots=True
        ),
        "pydantic": pydantic.create_model(name, **definitions),
    }


STEP, POINT = classes("Step", STEP_FIELDS), classes("Point", POINT_FIELDS)


@cache
def by_keyword(kind: type, fields: Sequence[tuple[str, Any]]) -> Callable[[Any], Any]:
    """Construction by keyword from the positions of a row, as the usual generators write it."""
    arguments = ", ".join(f"{name}=row[{at}]" for at, (name, _) in enumerate(fields))
    made: Callable[[Any], Any] = eval(f"lambda row: kind({arguments})", {"kind": kind})
    return made


@cache
def by_name(kind: type, fields: Sequence[tuple[str, Any]]) -> Callable[[Any], Any]:
    """Construction from names, as people write it by hand."""
    arguments = ", ".join(f'row["{name}"]' for name, _ in fields)
    made: Callable[[Any], Any] = eval(f"lambda row: kind({arguments})", {"kind": kind})
    return made


class QueryResults:
    """The object that sqlc-gen-better-python gives for `:many`: awaited for a list, or iterated
    over a cursor."""

    def __init__(self, conn: Any, sql: str, hook: Callable[[Any], Any], *args: Any) -> None:
        self._conn, self._sql, self._hook, self._args = conn, sql, hook, args

    def __await__(self) -> Any:
        return self._fetch().__await__()

    async def _fetch(self) -> list[Any]:
        rows = await self._conn.fetch(self._sql, *self._args)
        return [self._hook(row) for row in rows]

    async def __aiter__(self) -> AsyncIterator[Any]:
        async for row in self._conn.cursor(self._sql, *self._args):
            yield self._hook(row)


def better_python(conn: Any, kind: type, fields: Any, sql: str, *args: Any) -> QueryResults:
    """A query in the shape of sqlc-gen-better-python: a hook made at every call."""
    construct = by_keyword(kind, fields)

    def hook(row: Any) -> Any:
        return construct(row)

    return QueryResults(conn, sql, hook, *args)


LARGE_MODEL = """
@dataclasses.dataclass()
class T{number}Item:
    \"\"\"Model representing T{number}Item.

    Attributes:
        {described}
    \"\"\"

    {fields}
"""
LARGE_QUERY = """
GET{number}: typing.Final[str] = "SELECT {columns} FROM t{number}_items WHERE c0 = $1 LIMIT 1"


async def get{number}(conn: ConnectionLike, *, c0: int) -> models.T{number}Item | None:
    \"\"\"Fetch one from the db using the SQL query with `name: Get{number} :one`.\"\"\"
    row = await conn.fetchrow(GET{number}, c0)
    if row is None:
        return None
    return models.T{number}Item({arguments})


def list{number}(conn: ConnectionLike) -> QueryResults:
    \"\"\"Fetch many from the db using the SQL query with `name: List{number} :many`.\"\"\"

    def _decode_hook(row: typing.Any) -> models.T{number}Item:
        return models.T{number}Item({arguments})

    return QueryResults(conn, GET{number}, _decode_hook)


async def count{number}(conn: ConnectionLike) -> int | None:
    \"\"\"Fetch one from the db using the SQL query with `name: Count{number} :one`.\"\"\"
    row = await conn.fetchrow("SELECT count(*) FROM t{number}_items")
    return None if row is None else row[0]


async def delete{number}(conn: ConnectionLike, *, c0: int) -> int:
    \"\"\"Execute and return the number of affected rows with `name: Delete{number}`.\"\"\"
    return await conn.execute("DELETE FROM t{number}_items WHERE c0 = $1", c0)
"""
LARGE_IMPORTS = """from __future__ import annotations
import dataclasses, typing
if typing.TYPE_CHECKING:
    import datetime, uuid, decimal
"""


def write_large_package(folder: Path, tables: Sequence[int]) -> None:
    """A package of sqlc-gen-better-python's shape, with so many columns in its tables."""
    kinds = (
        "int",
        "str | None",
        "uuid.UUID | None",
        "datetime.datetime",
        "str | None",
        "int | None",
    )
    models, queries = [LARGE_IMPORTS], [LARGE_IMPORTS, f"from {folder.name} import models\n"]
    for number, width in enumerate(tables):
        names = [f"c{at}" for at in range(width)]
        typed = [f"{name}: {kinds[at % len(kinds)]}" for at, name in enumerate(names)]
        values = {
            "number": number,
            "columns": ", ".join(names),
            "arguments": ", ".join(f"{name}=row[{at}]" for at, name in enumerate(names)),
            "described": "\n        ".join(typed),
            "fields": "\n    ".join(typed),
        }
        models.append(LARGE_MODEL.format(**values))
        queries.append(LARGE_QUERY.format(**values))
    folder.mkdir()
    (folder / "models.py").write_text("\n".join(models))
    (folder / "queries.py").write_text("\n".join(queries))
    (folder / "__init__.py").write_text("from . import models, queries\n")


def available(*modules: str) -> bool:
    """Whether the libraries of a peer are installed."""
    return all(importlib.util.find_spec(module) is not None for module in modules)
