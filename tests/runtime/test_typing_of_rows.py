"""Type checkers know rows within rows, classes that queries share, and embedded rows that may be
absent, in every model kind, and find misuse of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packages import build

pytestmark = pytest.mark.long
SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL, mood mood, cost numeric NOT NULL);
CREATE TABLE books (
    id int PRIMARY KEY, author_id int REFERENCES authors, title text NOT NULL, published date
);
"""
QUERIES = """
-- name: Shelves :many
-- @fields books = id, published, others
SELECT a.id, ARRAY(
    SELECT ROW(b.id, b.published, ARRAY(
        SELECT ROW(o.id, o.cost, o.mood) FROM authors o WHERE o.id <> a.id
    )) FROM books b WHERE b.author_id = a.id
) AS books, ARRAY(SELECT b FROM books b) AS all_books,
    ARRAY(SELECT ROW(b.id * 2, 'x'::text) FROM books b) AS twice
FROM authors a;

-- name: Latest :one
SELECT a.name, (SELECT ROW(b.id, b.title) FROM books b WHERE b.author_id = a.id LIMIT 1) AS book
FROM authors a WHERE a.id = @id;

-- name: Perhaps :many
SELECT ARRAY(SELECT CASE WHEN b.id > 1 THEN ROW(b.id, b.title) END FROM books b) AS some;

-- name: RowValues :many
SELECT ROW(NULL, 'x', NULL, NULL)::authors AS author, b AS book FROM books b;

-- name: Card :one
-- @row AuthorCard
SELECT a.id, a.name, ARRAY(SELECT ROW(b.id, b.title) FROM books b WHERE b.author_id = a.id) AS books
FROM authors a WHERE a.id = @id;

-- name: Cards :stream
-- @row AuthorCard
SELECT ARRAY(SELECT ROW(b.id, b.title) FROM books b) AS books, nullif(a.name, 'x') AS name, a.id
FROM authors a;

-- name: WithAuthors :many
-- @row BookWithAuthor
-- @page
-- @sort author = a.name DESC NULLS LAST, b.id
SELECT sqlc.embed(b), sqlc.embed(a) FROM books b LEFT JOIN authors a ON a.id = b.author_id
ORDER BY a.mood NULLS FIRST, b.id LIMIT 10;

-- name: OfAuthors :many
-- @row BookWithAuthor
-- @page
SELECT sqlc.embed(a), sqlc.embed(b) FROM books b JOIN authors a ON a.id = b.author_id
ORDER BY a.name, a.id, b.id LIMIT @most;

-- name: AbsentOnly :many
-- @page
SELECT b.id, sqlc.embed(a) FROM books b LEFT JOIN authors a ON a.id = b.author_id
ORDER BY a.cost, b.id LIMIT @most;

-- name: CopyBooks :copyfrom
-- @params NewBook
INSERT INTO books (id, title, published) VALUES (@id, @title, @published);

-- name: AddBooks :many
-- @rows
-- @params NewBook
INSERT INTO books (published, title, id)
SELECT u.published, u.title, u.id
FROM unnest(@published::date[], @title::text[], @id::int[]) AS u (published, title, id)
RETURNING id;

-- name: EachBook :batchone
-- @params NewBook
INSERT INTO books (title, id, published) VALUES (@title, @id, @published) RETURNING id;
"""
USES = """
from __future__ import annotations

import datetime
import decimal
from typing import assert_type

from {name} import (
    AbsentOnlyPosition,
    Author,
    AuthorCard,
    AuthorCardBook,
    Book,
    BookWithAuthor,
    LatestBook,
    Mood,
    NewBook,
    OfAuthorsPosition,
    PerhapsSome,
    ShelvesBook,
    ShelvesBookOther,
    RowValuesAuthor,
    WithAuthorsPosition,
    querier,
)
from {name}._bulk import BulkConnection as Connection


async def within(conn: Connection) -> None:
    for shelf in await querier.shelves(conn):
        assert_type(shelf->books, list[ShelvesBook])
        assert_type(shelf->all_books, list[Book])
        assert_type(shelf->twice, list[tuple[int, str]])
        for book in shelf->books:
            assert_type(book->published, datetime.date | None)
            assert_type(book->others, list[ShelvesBookOther])
            for other in book->others:
                assert_type(other->cost, decimal.Decimal)
                assert_type(other->mood, Mood | None)
    latest = await querier.latest(conn, id=1)
    assert latest is not None
    assert_type(latest->book, LatestBook | None)
    for some in await querier.perhaps(conn):
        assert_type(some, list[PerhapsSome | None])
    for each in await querier.row_values(conn):
        assert_type(each->author, RowValuesAuthor)
        assert_type(each->author->name, str | None)
        assert_type(each->author->mood, Mood | None)
        assert_type(each->book, Book)


async def shared(conn: Connection) -> None:
    card = await querier.card(conn, id=1)
    assert_type(card, AuthorCard | None)
    async for each in querier.cards(conn):
        assert_type(each, AuthorCard)
        assert_type(each->name, str | None)
        assert_type(each->books, list[AuthorCardBook])


async def absent(conn: Connection) -> None:
    pages = await querier.with_authors(conn, sort="author")
    assert_type(pages, list[BookWithAuthor])
    assert_type(pages[0]->author, Author | None)
    place = WithAuthorsPosition.of(pages[-1])
    assert_type(place.name, str | None)
    assert_type(place.mood, Mood | None)
    assert_type(place.id, int)
    pages += await querier.with_authors(conn, after=place)
    pages += await querier.with_authors(conn, after=WithAuthorsPosition(1, None, None))
    pages += await querier.of_authors(conn, most=2, after=OfAuthorsPosition.of(pages[0]))
    only = await querier.absent_only(conn, most=1)
    assert_type(AbsentOnlyPosition.of(only[0]).cost, decimal.Decimal | None)


async def sent(conn: Connection) -> None:
    books = [NewBook(id=1, title="a", published=None)]
    assert_type(await querier.copy_books(conn, books), int)
    assert_type(await querier.add_books(conn, books), list[int])
    assert_type(await querier.each_book(conn, iter(books)), list[int])


async def misuse(conn: Connection) -> None:
    for shelf in await querier.shelves(conn):
        print(shelf->books[0]->title)  # wrong
        print(shelf->books[0]->others[0]->name)  # wrong
        print(shelf->twice[0]->id)  # wrong
    latest = await querier.latest(conn, id=1)
    if latest is not None:
        print(latest->book->id)  # wrong
    [value] = await querier.row_values(conn)
    named: str = value->author->name  # wrong
    author: Author = value->author  # wrong
    print(named, author)
    [some] = await querier.perhaps(conn)
    print(some[0]->id)  # wrong
    pages = await querier.with_authors(conn)
    print(pages[0]->author->name)  # wrong
    AbsentOnlyPosition.of(pages[0])  # wrong
    await querier.with_authors(conn, after=OfAuthorsPosition.of(pages[0]))  # wrong
    card: LatestBook | None = await querier.card(conn, id=1)  # wrong
    print(card)
    NewBook(id=1, title=None, published=None)  # wrong
    NewBook(id=1, title="a")  # wrong
    await querier.copy_books(conn, pages)  # wrong
"""
KINDS = ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict")


def written(kind: str, name: str) -> str:
    """The uses, with fields as the kind of the rows has them."""
    by_key = kind == "typeddict"
    field = r'["\1"]' if by_key else r".\1"
    return re.sub(r"->(\w+)", field, USES.format(name=name))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("typing_of_rows")
    for kind in KINDS:
        shape = "class" if kind in ("msgspec", "attrs", "typeddict") else "functions"
        package = build(made, SCHEMA, QUERIES, model=kind, shape=shape)
        (made / f"uses_{kind}.py").write_text(written(kind, package.__name__))
    return made


def expected(folder: Path) -> set[tuple[str, int]]:
    return {
        (file.name, number)
        for file in folder.glob("uses_*.py")
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if line.endswith("# wrong")
    }


def test_mypy(folder: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    print(done.stdout)
    found = re.findall(r"^(\S+?):(\d+): error", done.stdout, re.MULTILINE)
    assert {(name, int(line)) for name, line in found} == expected(folder)


def test_pyright(folder: Path) -> None:
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    python = ["--pythonpath", sys.executable]
    command = [sys.executable, "-m", "pyright", "--outputjson", *python, "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)["generalDiagnostics"]
    errors = [item for item in told if item["severity"] == "error"]
    print("\n".join(f"{item['file']}: {item['range']} {item['message']}" for item in errors))
    found = {(Path(item["file"]).name, item["range"]["start"]["line"] + 1) for item in errors}
    assert found == expected(folder)
