"""One class for the rows that several queries take."""

from __future__ import annotations

from pathlib import Path

import pytest
from connections import connected
from packages import build, refused

SCHEMA = """
CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL, bio text, doc jsonb);
"""
QUERIES = """
-- name: CopyAuthors :copyfrom
-- @params NewAuthor
INSERT INTO authors (id, name, bio, doc) VALUES (@id, @name, @bio, @doc);

-- name: AddEach :batchone
-- @params NewAuthor
INSERT INTO authors (doc, bio, name, id) VALUES (@doc, @bio, @name, @id) RETURNING id;

-- name: AddAll :many
-- @rows
-- @params NewAuthor
INSERT INTO authors (name, id, bio, doc)
SELECT u.name, u.id, coalesce(u.bio, @instead), u.doc
FROM unnest(@name::text[], @id::int[], @bio::text[], @doc::jsonb[]) AS u (name, id, bio, doc)
RETURNING id;

-- name: Replace :batchexec
-- @params NewAuthor
-- @nonnull @doc
UPDATE authors SET name = @name, bio = @bio, doc = @doc WHERE id = @id;

-- name: Remove :batchexec
-- @params AuthorKey
DELETE FROM authors WHERE id = @id;
"""
KINDS = ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict")


@pytest.mark.parametrize("kind", KINDS)
async def test_rows_of_one_class_go_everywhere(database: str, tmp_path: Path, kind: str) -> None:
    package = build(tmp_path, SCHEMA, QUERIES, model=kind)
    made = package.NewAuthor
    assert made is package.models.NewAuthor
    assert made.__annotations__ == {
        "id": "int",
        "name": "str",
        "bio": "str | None",
        "doc": "JsonInput",  # since one of the queries takes no NULL
    }
    assert made.__dataclass_params__.eq
    async with connected(database, "connection") as conn:
        await conn.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}")
        rows = [made(id=n, name=f"a{n}", bio=None if n % 2 else "b", doc=[n]) for n in range(6)]
        assert await package.copy_authors(conn, rows[:2]) == 2
        assert await package.add_each(conn, rows[2:4]) == [2, 3]
        assert sorted(await package.add_all(conn, rows[4:], instead="?")) == [4, 5]
        await package.replace(conn, [made(id=0, name="new", bio="c", doc=None)])
        found = await conn.fetch("SELECT id, name, bio, doc::text FROM authors ORDER BY id")
        assert [tuple(row) for row in found] == [
            (0, "new", "c", "null"),
            (1, "a1", None, "[1]"),
            (2, "a2", "b", "[2]"),
            (3, "a3", None, "[3]"),
            (4, "a4", "b", "[4]"),
            (5, "a5", "?", "[5]"),
        ]
        await package.remove(conn, [package.AuthorKey(id=n) for n in range(6)])
        assert await conn.fetchval("SELECT count(*) FROM authors") == 0


REFUSED = {
    "@params": "@params is of the form `@params ClassName`",
    "@params a b": "@params is of the form `@params ClassName`",
    "@params Author": "Author is the name of something else in the package",
    "@params Key": "the rows that go in of Asked are not those of Another, "
    "which are called Key too",
    "@params Named": "Named is the name of something else in the package",
}
OTHERS = """
-- name: Another :batchexec
-- @params Key
UPDATE authors SET bio = @bio WHERE id = @id;
-- name: Rows :many
-- @row Named
SELECT id, name FROM authors;
"""


@pytest.mark.parametrize("word", REFUSED)
def test_classes_that_do_not_fit_are_refused(tmp_path: Path, word: str) -> None:
    query = (
        f"-- name: Asked :batchexec\n-- {word}\nUPDATE authors SET name = @name WHERE id = @id;\n"
    )
    [found] = refused(tmp_path, SCHEMA, OTHERS + query)
    assert (found.message, found.query) == (REFUSED[word], "Asked")
    if word.endswith("Key"):
        assert found.notes == (
            "Another           Asked\nbio: str | None   -\nid: int           id: int\n"
            "-                 name: str",
        )


def test_a_query_that_takes_no_rows(tmp_path: Path) -> None:
    query = "-- name: Asked :exec\n-- @params Key\nDELETE FROM authors WHERE id = @id;\n"
    [found] = refused(tmp_path, SCHEMA, query)
    message = "@params names the class of rows that come in, and this query takes none"
    assert found.message == message
