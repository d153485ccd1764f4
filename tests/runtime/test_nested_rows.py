"""Rows within rows: the same as grouping the flat join, in every model kind."""

from __future__ import annotations

import random
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from connections import connected
from packages import build, refused

SEED = 11

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE authors (id int PRIMARY KEY, name text);
CREATE TABLE books (
    id int PRIMARY KEY,
    author_id int NOT NULL REFERENCES authors,
    title text NOT NULL,
    price numeric(6, 2),
    mood mood,
    notes jsonb
);
CREATE TABLE tags (
    id int PRIMARY KEY, book_id int NOT NULL REFERENCES books, word text NOT NULL, at date
);
"""

QUERIES = """
-- name: Whole :many
SELECT a.id, ARRAY(SELECT b FROM books b WHERE b.author_id = a.id ORDER BY b.id) AS books
FROM authors a ORDER BY a.id;

-- name: Rows :many
SELECT a.id, ARRAY(
    SELECT ROW(b.id, b.title, b.price, b.mood, b.notes)
    FROM books b WHERE b.author_id = a.id ORDER BY b.id
) AS books
FROM authors a ORDER BY a.id;

-- name: Aggregated :many
SELECT a.id, coalesce(
    array_agg(ROW(b.id, b.title, b.price, b.mood, b.notes) ORDER BY b.id)
        FILTER (WHERE b.id IS NOT NULL),
    '{}'
) AS books
FROM authors a LEFT JOIN books b ON b.author_id = a.id GROUP BY a.id ORDER BY a.id;

-- name: Deep :many
SELECT a.id, ARRAY(
    SELECT s FROM (
        SELECT b.id, b.title, ARRAY(
            SELECT ROW(t.word, t.at) FROM tags t WHERE t.book_id = b.id ORDER BY t.id
        ) AS tags
        FROM books b WHERE b.author_id = a.id
    ) s ORDER BY s.id
) AS books
FROM authors a ORDER BY a.id;

-- name: DeepRows :many
-- @fields books = id, title, tags
-- @fields books.tags = word, day
SELECT a.id, ARRAY(
    SELECT ROW(b.id, b.title, ARRAY(
        SELECT ROW(t.word, t.at) FROM tags t WHERE t.book_id = b.id ORDER BY t.id
    ))
    FROM books b WHERE b.author_id = a.id ORDER BY b.id
) AS books
FROM authors a ORDER BY a.id;

-- name: First :many
SELECT a.id, (
    SELECT ROW(b.id, ROW(b.mood, b.notes))
    FROM books b WHERE b.author_id = a.id ORDER BY b.id LIMIT 1
) AS first_book
FROM authors a ORDER BY a.id;

-- name: OfTag :many
-- @fields tag = id, book
-- @fields tag.book = title, author
SELECT ROW(t.id, ROW(b.title, ROW(a.id, a.name))) AS tag
FROM tags t JOIN books b ON b.id = t.book_id JOIN authors a ON a.id = b.author_id ORDER BY t.id;

-- name: WholeJson :many
-- @json books
SELECT a.id, coalesce(jsonb_agg(b ORDER BY b.id) FILTER (WHERE b.id IS NOT NULL), '[]') AS books
FROM authors a LEFT JOIN books b ON b.author_id = a.id GROUP BY a.id ORDER BY a.id;

-- name: BuiltJson :many
-- @json books
SELECT a.id, (
    SELECT coalesce(json_agg(json_build_object(
        'id', b.id, 'title', b.title, 'price', b.price, 'mood', b.mood, 'notes', b.notes
    ) ORDER BY b.id), '[]')
    FROM books b WHERE b.author_id = a.id
) AS books
FROM authors a ORDER BY a.id;

-- name: RowsAsJson :many
-- @json books
SELECT a.id, to_jsonb(ARRAY(
    SELECT s FROM (SELECT id, title, price, mood, notes, author_id FROM books) s
    WHERE s.author_id = a.id ORDER BY s.id
)) AS books
FROM authors a ORDER BY a.id;

-- name: DeepJson :many
-- @json books
WITH tagged AS (
    SELECT b.id, b.author_id, b.title, (
        SELECT coalesce(json_agg(json_build_object('word', t.word, 'at', t.at) ORDER BY t.id), '[]')
        FROM tags t WHERE t.book_id = b.id
    ) AS tags
    FROM books b
)
SELECT a.id, coalesce(
    (SELECT json_agg(tagged ORDER BY tagged.id) FROM tagged WHERE author_id = a.id), '[]'
) AS books
FROM authors a ORDER BY a.id;

-- name: FirstJson :many
-- @json first_book
SELECT a.id, (
    SELECT jsonb_build_object(
        'id', b.id, 'row', jsonb_build_object('mood', b.mood, 'notes', b.notes)
    )
    FROM books b WHERE b.author_id = a.id ORDER BY b.id LIMIT 1
) AS first_book
FROM authors a ORDER BY a.id;

-- name: OfTagJson :many
-- @json tag
SELECT json_build_object(
    'id', t.id, 'book', json_build_object('title', b.title, 'author', a)
) AS tag
FROM tags t JOIN books b ON b.id = t.book_id JOIN authors a ON a.id = b.author_id ORDER BY t.id;
"""
KINDS = ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict")

FLAT = """
SELECT a.id AS author, b.id AS book, b.title, b.price, b.mood::text, b.notes ->> 'n' AS note,
       t.id AS tag, t.word, t.at
FROM authors a LEFT JOIN books b ON b.author_id = a.id LEFT JOIN tags t ON t.book_id = b.id
ORDER BY a.id, b.id, t.id
"""
OF_TAGS = """
SELECT t.id, b.title, a.id, a.name
FROM tags t JOIN books b ON b.id = t.book_id JOIN authors a ON a.id = b.author_id ORDER BY t.id
"""


@pytest.fixture(scope="module", params=KINDS)
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(
        tmp_path_factory.mktemp("nested"), SCHEMA, QUERIES, model=request.param, frozen=False
    )


async def _fill(conn: Any, seed: int) -> None:
    """Parents with and without children, and NULL wherever it may be."""
    dice = random.Random(seed)
    authors = range(dice.randrange(1, 8))
    books = range(dice.randrange(0, 20))

    def perhaps(value: Any) -> Any:
        return value if dice.random() < 0.6 else None

    await conn.executemany(
        "INSERT INTO authors VALUES ($1, $2)", [(n, perhaps(f"a{n}")) for n in authors]
    )
    await conn.executemany(
        "INSERT INTO books VALUES ($1, $2, $3, $4::int / 7.0, $5::text::mood, $6::text::jsonb)",
        [
            (
                *(n, dice.choice(authors), f"b{dice.randrange(3)}", perhaps(n)),
                *(perhaps(dice.choice(["sad", "happy"])), perhaps('{"n": "x"}')),
            )
            for n in books
        ],
    )
    tags = range(dice.randrange(0, 30) if books else 0)
    await conn.executemany(
        "INSERT INTO tags VALUES ($1, $2, $3, $4::int + date '2020-01-01')",
        [(n, dice.choice(books), dice.choice("xyz"), perhaps(n)) for n in tags],
    )


def _grouped(flat: list[asyncpg.Record]) -> dict[int, dict[int, tuple[Any, list[Any]]]]:
    """The flat join as authors, their books and the tags of these."""
    found: dict[int, dict[int, tuple[Any, list[Any]]]] = {}
    for row in flat:
        books = found.setdefault(row["author"], {})
        if row["book"] is not None:
            shown = tuple(row[name] for name in ("title", "price", "mood", "note"))
            _, tags = books.setdefault(row["book"], (shown, []))
            if row["tag"] is not None:
                tags.append((row["word"], row["at"]))
    return found


class _Read:
    """Fields of objects, which are items of a TypedDict."""

    def __init__(self, kind: type) -> None:
        self.by_key = issubclass(kind, dict)

    def __call__(self, value: Any, name: str) -> Any:
        return value[name] if self.by_key else getattr(value, name)

    def all(self, value: Any, *names: str) -> tuple[Any, ...]:
        return tuple(self(value, name) for name in names)

    def book(self, value: Any) -> tuple[Any, ...]:
        mood, notes = self.all(value, "mood", "notes")
        shown = (None if mood is None else mood.value, None if notes is None else notes["n"])
        return *self.all(value, "title", "price"), *shown


async def _compare(conn: Any, package: ModuleType) -> tuple[int, int]:
    grouped = _grouped(await conn.fetch(FLAT))
    read = _Read(type((await package.whole(conn))[0]))
    flat_books = {
        author: [(number, *shown) for number, (shown, _) in books.items()]
        for author, books in grouped.items()
    }
    for query in (
        *(package.whole, package.rows, package.aggregated),
        *(package.whole_json, package.built_json, package.rows_as_json),
    ):
        found = {
            read(row, "id"): [(read(book, "id"), *read.book(book)) for book in read(row, "books")]
            for row in await query(conn)
        }
        assert found == flat_books, query
    for query, day in (
        *((package.deep, "at"), (package.deep_rows, "day")),
        (package.deep_json, "at"),
    ):
        deep = {
            read(row, "id"): {
                read(book, "id"): [read.all(tag, "word", day) for tag in read(book, "tags")]
                for book in read(row, "books")
            }
            for row in await query(conn)
        }
        assert deep == {
            author: {number: tags for number, (_, tags) in books.items()}
            for author, books in grouped.items()
        }
    for row in [*await package.first(conn), *await package.first_json(conn)]:
        first, books = read(row, "first_book"), flat_books[read(row, "id")]
        assert (first is None) == (not books)
        if first is not None:
            inner = read(first, "row")
            mood, notes = read.all(inner, "mood", "notes")
            assert (read(first, "id"), mood, notes and notes["n"]) == (
                books[0][0],
                books[0][3] and package.Mood(books[0][3]),
                books[0][4],
            )
    for query in (package.of_tag, package.of_tag_json):
        tags = [
            (read(tag, "id"), read(book := read(tag, "book"), "title"), read(book, "author"))
            for tag in await query(conn)
        ]
        assert [(*tag[:2], *read.all(tag[2], "id", "name")) for tag in tags] == [
            tuple(row) for row in await conn.fetch(OF_TAGS)
        ]
    children = sum(map(len, grouped.values()))
    return children, sum(1 for books in grouped.values() if not books)


async def test_nested_rows_are_the_grouped_flat_join(
    database: str, package: ModuleType, seed: int
) -> None:
    children = childless = 0
    async with connected(database, "connection") as conn:
        await conn.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}")
        for number in range(12):
            await conn.execute("TRUNCATE authors, books, tags")
            await _fill(conn, seed + number)
            more, without = await _compare(conn, package)
            children, childless = children + more, childless + without
    print(f"{children} children, {childless} parents without one")
    assert children
    assert childless


def test_classes_have_the_fields_that_rows_have(package: ModuleType) -> None:
    book: dict[str, str] = package.RowsBook.__annotations__
    expected = {
        "id": "int",
        "title": "str",
        "price": "decimal.Decimal | None",
        "mood": "Mood | None",
        "notes": "JsonValue | JsonNull | None",
    }
    shown = {name: getattr(hint, "__forward_arg__", hint) for name, hint in book.items()}
    shown.pop("model_config", None)
    assert shown == expected
    for row, books in (
        ("WholeRow", "list[Book]"),
        ("RowsRow", "list[RowsBook]"),
        ("AggregatedRow", "list[AggregatedBook]"),
        ("DeepRow", "list[DeepBook]"),
        ("DeepBook", "list[DeepBookTag]"),
        ("DeepRowsBook", "list[DeepRowsBookTag]"),
        ("FirstRow", "FirstFirstBook | None"),
        ("WholeJsonRow", "list[Book]"),
        ("BuiltJsonRow", "list[BuiltJsonBook]"),
        ("DeepJsonBook", "list[DeepJsonBookTag]"),
        ("FirstJsonRow", "FirstJsonFirstBook | None"),
        ("OfTagJsonBook", "Author"),
    ):
        hints = [*getattr(package, row).__annotations__.values()]
        assert books in [getattr(hint, "__forward_arg__", hint) for hint in hints], row


COLLIDING = """
CREATE TABLE book (id int PRIMARY KEY, list int NOT NULL, "class" text);
CREATE TABLE shop_books (id int, name text);
"""
COLLISIONS = """
-- name: Shop :many
SELECT b.id, ARRAY(SELECT ROW(x.id, x.id, x.list, x."class") FROM book x) AS books,
       ARRAY(SELECT ROW(x.id, x.list) FROM book x) AS book, ROW(b.id, b.list) AS row
FROM book b;
-- name: ShopBooks :many
SELECT * FROM shop_books;
-- name: ShopBook :many
SELECT ARRAY(SELECT s FROM (SELECT id AS row FROM book) s) AS row, 1 AS n;
"""


def test_names_keep_clear_of_each_other(tmp_path: Path) -> None:
    package = build(tmp_path, COLLIDING, COLLISIONS)
    assert list(package.ShopBook.__annotations__) == ["id", "name"]  # the model of shop_books
    assert package.ShopRow.__annotations__ == {
        "id": "int",
        "books": "list[ShopBook_2]",
        "book": "list[ShopBook_3]",
        "row": "ShopRow_2",
    }
    names = ["id", "id_2", "list_", "class_"]
    assert list(package.queries.ShopBook_2.__annotations__) == names
    assert package.ShopBookRow.__annotations__["row"] == "list[ShopBookRow_2]"


REFUSED = {
    "@fields": "@fields is of the form `@fields column = a, b`",
    "@fields books": "@fields is of the form `@fields column = a, b`",
    "@fields books = (a, b)": "@fields is of the form `@fields column = a, b`",
    "@fields boks = a, b": 'the query has no result column "boks"',
    "@fields id = a, b": '"id" holds no anonymous rows, whose fields could be named',
    "@fields books = a": "the rows have 2 fields and 1 name is given",
    "@fields books = a, b, c": "the rows have 2 fields and 3 names are given",
    "@fields books = a, a": '"a" is named twice',
    "@fields books.title = a, b": '"title" holds no anonymous rows, whose fields could be named',
    "@fields books.titel = a, b": 'the rows of "books" have no field "titel"',
    "@fields others = a, b": 'nothing tells the fields of the rows in "others"',
}


@pytest.mark.parametrize("word", REFUSED)
def test_words_that_fit_no_rows_are_refused(tmp_path: Path, word: str) -> None:
    query = f"""
-- name: Asked :many
-- {word}
SELECT id, ARRAY(SELECT ROW(b.id, b.title) FROM books b) AS books,
       CASE WHEN id > 0 THEN ROW(1) ELSE ROW(1, 2) END AS others
FROM authors;
"""
    [found] = refused(tmp_path, SCHEMA, query)
    assert (found.code, found.message, found.query) == (
        "invalid-annotation",
        REFUSED[word],
        "Asked",
    )
    assert found.help
