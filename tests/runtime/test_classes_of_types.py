"""A type whose values are objects of a class of the package's own needs a row and a module with the
class: it is read, sent and copied in every place where the type's text is."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from packages import build
from sqlwright.codegen.types import base_types
from sqlwright.codegen.types.base_types import BaseType
from sqlwright.codegen.types.python_type import STR, imported
from sqlwright.render import support_files
from sqlwright.resources import resource

MODULE = '''"""Vectors."""

from __future__ import annotations


class Vector:
    """Some numbers."""

    def __init__(self, *numbers: float) -> None:
        self.numbers = numbers

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vector) and self.numbers == other.numbers


def vector_from_text(text: str) -> Vector:
    return Vector(*map(float, text.strip("[]").split(",")))


def vector_to_text(value: Vector) -> str:
    return f"[{','.join(map(str, value.numbers))}]"
'''
ROW = BaseType(
    ("vector",),
    imported("._vector", "Vector", known_to_pydantic=False),
    exchanged=STR,
    decode="vector_from_text",
    encode="vector_to_text",
    written="text_of",
)
SCHEMA = """
CREATE EXTENSION vector;
CREATE DOMAIN place AS vector;
CREATE TABLE points (id bigint PRIMARY KEY, at vector NOT NULL, was place, seen vector[]);
"""
QUERIES = """
-- name: GetPoint :one
SELECT * FROM points WHERE id = @id;
-- name: AddPoint :one
INSERT INTO points (id, at, was, seen) VALUES (@id, @at, @was, @seen) RETURNING at;
-- name: CopyPoints :copyfrom
INSERT INTO points (id, at, was, seen) VALUES (@id, @at, @was, @seen);
"""


@pytest.fixture
def package(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ModuleType:
    """A package made while the type has a row that names a class."""
    (tmp_path / "_vector.py").write_text(MODULE)

    def found(*parts: str) -> Any:
        return tmp_path / "_vector.py" if parts[-1] == "_vector.py" else resource(*parts)

    monkeypatch.setattr(support_files, "resource", found)
    monkeypatch.setattr(base_types, "EXTENSIONS", (ROW,))
    monkeypatch.setitem(base_types._BY_NAME[""], "vector", ROW)
    return build(tmp_path, SCHEMA, QUERIES, model=request.param)


@pytest.mark.parametrize("package", ["dataclass", "pydantic", "msgspec"], indirect=True)
async def test_objects_of_the_class_travel(package: ModuleType, postgres: str) -> None:
    vector = package.Vector
    rows = [
        package.Point(id=1, at=vector(1, 2.5), was=vector(-3), seen=[vector(1), None, vector(0.5)]),
        package.Point(id=2, at=vector(4), was=None, seen=None),
    ]
    conn = await asyncpg.connect(postgres)
    transaction = conn.transaction()
    await transaction.start()
    try:
        await conn.execute(SCHEMA)
        for row in rows:
            added = await package.add_point(conn, id=row.id, at=row.at, was=row.was, seen=row.seen)
            assert added == row.at
        assert [await package.get_point(conn, id=row.id) for row in rows] == rows
        await conn.execute("DELETE FROM points")
        params = [
            package.CopyPointsParams(id=row.id, at=row.at, was=row.was, seen=row.seen)
            for row in rows
        ]
        assert await package.copy_points(conn, params) == 2
        assert [await package.get_point(conn, id=row.id) for row in rows] == rows
    finally:
        await transaction.rollback()
        await conn.close()
