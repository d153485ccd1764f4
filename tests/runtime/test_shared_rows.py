"""One class for the rows of several queries."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from connections import connected
from packages import build, refused

SCHEMA = """
CREATE TABLE authors (
    id int PRIMARY KEY, name text NOT NULL, bio text, doc jsonb NOT NULL DEFAULT 'null'
);
CREATE TABLE books (
    id int PRIMARY KEY, author_id int NOT NULL REFERENCES authors, title text NOT NULL
);
"""
QUERIES = """
-- name: Summaries :many
-- @row AuthorSummary
SELECT a.id, a.bio, a.doc, ARRAY(
    SELECT ROW(b.id, b.title) FROM books b WHERE b.author_id = a.id ORDER BY b.id
) AS books
FROM authors a ORDER BY a.id;

-- name: Summary :one
-- @row AuthorSummary
-- @fields books = id, title
SELECT ARRAY(
    SELECT ROW(b.id, nullif(b.title, 'x')) FROM books b WHERE b.author_id = a.id ORDER BY b.id
) AS books, a.doc, coalesce(a.bio, 'none') AS bio, a.id
FROM authors a WHERE a.id = @id;

-- name: Perhaps :one
-- @row AuthorSummary
SELECT a.doc, a.id, a.bio, ARRAY(
    SELECT CASE WHEN b.id > 0 THEN ROW(b.id, b.title) END FROM books b WHERE b.author_id = a.id
) AS books
FROM books o LEFT JOIN authors a ON a.id = o.author_id AND a.id <> @other WHERE o.id = @book;

-- name: Whole :many
-- @row Author
SELECT doc, name, id, bio FROM authors ORDER BY id;

-- name: Plain :many
SELECT * FROM authors ORDER BY id;

-- name: Identified :many
-- @row Identified
SELECT id FROM authors ORDER BY id;
"""
KINDS = ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict")


@pytest.mark.parametrize("kind", KINDS)
async def test_queries_share_a_class(database: str, tmp_path: Path, kind: str) -> None:
    package = build(tmp_path, SCHEMA, QUERIES, model=kind)
    shown = _annotations(package.AuthorSummary)
    assert shown == {
        "id": "int | None",
        "bio": "str | None",
        "doc": "JsonValue | JsonNull | None",
        "books": "list[AuthorSummaryBook | None]",
    }
    assert _annotations(package.AuthorSummaryBook) == {"id": "int", "title": "str | None"}
    assert package.AuthorSummary is package.models.AuthorSummary
    async with connected(database, "connection") as conn:
        await conn.execute(
            f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}"
            "INSERT INTO authors VALUES (1, 'a', NULL, DEFAULT), (2, 'b', 'bio', '[1]');"
            "INSERT INTO books VALUES (1, 1, 'x'), (-2, 1, 'y');"
        )
        make, book = package.AuthorSummary, package.AuthorSummaryBook
        null = package.JsonNull.JSON_NULL
        books = [book(id=-2, title="y"), book(id=1, title="x")]
        one = make(id=1, bio=None, doc=null, books=books)
        two = make(id=2, bio="bio", doc=[1], books=[])
        first, second = await package.summaries(conn)
        _same(first, one)
        _same(second, two)
        books = [book(id=-2, title="y"), book(id=1, title=None)]
        _same(await package.summary(conn, id=1), make(id=1, bio="none", doc=null, books=books))
        found = await package.perhaps(conn, book=1, other=2)
        assert sorted(map(repr, _get(found, "books"))) == sorted(
            map(repr, [None, book(id=1, title="x")])
        )
        absent = make(id=None, bio=None, doc=None, books=[])
        _same(await package.perhaps(conn, book=1, other=1), absent)
        assert await package.whole(conn) == await package.plain(conn)
        assert [_get(row, "id") for row in await package.identified(conn)] == [1, 2]


def _same(one: Any, other: Any) -> None:
    """Whether two objects are of one class and have the same fields."""
    assert type(one) is type(other)
    assert repr(one) == repr(other) or one == other


def _get(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, dict) else getattr(value, name)


def _annotations(kind: type) -> dict[str, str]:
    hints = {
        name: str(getattr(hint, "__forward_arg__", hint))
        for name, hint in kind.__annotations__.items()
    }
    hints.pop("model_config", None)
    return hints


REFUSED = {
    "-- @row": "@row is of the form `@row ClassName`",
    "-- @row two words": "@row is of the form `@row ClassName`",
    "-- @row class": "@row is of the form `@row ClassName`",
    "-- @row Other\n-- @row Another": "@row is said twice",
    "-- @row mood": "mood is the name of something else in the package",
    "-- @row list": "list is the name of something else in the package",
    "-- @row row": "row is the name of something else in the package",
    "-- @row Author": "the rows of Asked are not those of the table's Author, "
    "which are called Author too",
    "-- @row Summary": "the rows of Asked are not those of Another, which are called Summary too",
    "-- @row Nested": "the rows of Asked are not those of Nesting, which are called Nested too",
}
OTHERS = """
-- name: Mood :one
SELECT 1 AS one;
-- name: Another :many
-- @row Summary
SELECT id, name, 1 AS bio FROM authors;
-- name: Nesting :many
-- @row Nested
SELECT id, name, bio, ARRAY(SELECT ROW(id) FROM books) AS books FROM authors;
"""


@pytest.mark.parametrize("words", REFUSED)
def test_rows_that_differ_are_refused(tmp_path: Path, words: str) -> None:
    rows = ", ARRAY(SELECT ROW(title) FROM books) AS books" if "Nested" in words else ""
    query = f"-- name: Asked :many\n{words}\nSELECT id, name, bio{rows} FROM authors;\n"
    [found] = refused(tmp_path, SCHEMA, OTHERS + query)
    assert (found.message, found.query) == (REFUSED[words], "Asked")


def test_a_row_of_a_query_without_rows(tmp_path: Path) -> None:
    query = "-- name: Asked :exec\n-- @row Row\nDELETE FROM authors;\n"
    [found] = refused(tmp_path, SCHEMA, query)
    assert found.message == "@row names the class of rows, and :exec gives none"


def test_both_lists_are_shown(tmp_path: Path) -> None:
    query = "-- name: Asked :many\n-- @row Summary\nSELECT name, id::text FROM authors;\n"
    [found] = refused(tmp_path, SCHEMA, OTHERS + query)
    assert found.notes == (
        "Another     Asked\nid: int     id: str\nname: str   name: str\nbio: int    -",
    )


def test_embedded_tables_may_be_absent_in_one(tmp_path: Path) -> None:
    package: ModuleType = build(
        tmp_path,
        SCHEMA,
        """
-- name: Certain :many
-- @row BookOfAuthor
SELECT b.title, sqlc.embed(a) FROM books b JOIN authors a ON a.id = b.author_id;
-- name: Uncertain :many
-- @row BookOfAuthor
SELECT sqlc.embed(a), b.title
FROM books b LEFT JOIN authors a ON a.id = b.author_id AND a.bio = 'x';
""",
    )
    assert package.BookOfAuthor.__annotations__ == {"title": "str", "author": "Author | None"}
