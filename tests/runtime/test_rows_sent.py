"""`-- @rows`: functions that take rows do in one statement what single executions do row by row."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from connections import connected
from hypothesis import given, settings
from hypothesis import strategies as st
from packages import build
from sqlwright.codegen.model_kinds import MODEL_KINDS

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE size AS (width int, height int);
CREATE DOMAIN code AS text CHECK (VALUE <> '');
CREATE TABLE shelves (id int PRIMARY KEY);
INSERT INTO shelves SELECT generate_series(1, 3);
CREATE TABLE books (
    isbn text PRIMARY KEY,
    title text NOT NULL,
    price numeric,
    mood mood,
    size size,
    meta jsonb NOT NULL DEFAULT '{}',
    notes jsonb,
    code code,
    shelf int REFERENCES shelves
);
CREATE TABLE lines (n int, word text);
"""
QUERIES = """
-- name: Write :many
-- @rows
INSERT INTO books (isbn, title, price, mood, meta, notes, code, shelf)
SELECT u.*, @shelf::int FROM unnest(@isbn::text[], @title::text[], @price::numeric[],
    @mood::mood[], @meta::jsonb[], @notes::jsonb[], @code::code[]) AS u
ON CONFLICT (isbn) DO UPDATE SET title = excluded.title, price = excluded.price
RETURNING *;

-- name: AddInSelect :execrows
-- @rows
INSERT INTO books (isbn, title, price, shelf)
SELECT unnest(@isbn::text[]), unnest(@title::text[]), unnest(@price::numeric[]), @shelf
ON CONFLICT DO NOTHING;

-- name: AddInValues :exec
-- @rows
INSERT INTO lines (n, word) VALUES (unnest(@n::int[]), unnest(sqlc.narg(word)::text[]));

-- name: Price :many
-- @rows
UPDATE books SET price = u.price
FROM unnest(@isbn::text[], @price::numeric[]) WITH ORDINALITY AS u (isbn, price, n)
WHERE books.isbn = u.isbn
RETURNING u.n, books.isbn, books.price;

-- name: Shelve :execrows
-- @rows
UPDATE books SET shelf = u.shelf
FROM ROWS FROM (unnest(@isbn::text[]), unnest(@shelf::int[])) AS u (isbn, shelf)
WHERE books.isbn = u.isbn;

-- name: Remove :many
-- @rows
DELETE FROM books USING unnest(@isbn::text[], @title::text[]) AS u (isbn, title)
WHERE books.isbn = u.isbn AND books.title = u.title RETURNING books.isbn;

-- name: Merge :many
-- @rows
MERGE INTO books USING unnest(@isbn::text[], @title::text[]) WITH ORDINALITY AS u (isbn, title, n)
ON books.isbn = u.isbn
WHEN MATCHED THEN UPDATE SET title = u.title
WHEN NOT MATCHED THEN INSERT (isbn, title) VALUES (u.isbn, u.title)
RETURNING u.n, merge_action() AS did, books.title;

-- name: Find :many
-- @rows
SELECT u.n, sqlc.embed(b), u.title = b.title AS same
FROM unnest(@isbn::text[], @title::text[]) WITH ORDINALITY AS u (isbn, title, n)
JOIN books b ON b.isbn = u.isbn;

-- name: Sums :many
-- @rows
SELECT u.n, sum(b.price) AS total
FROM unnest(@least::numeric[]) WITH ORDINALITY AS u (least, n)
LEFT JOIN books b ON b.price >= u.least
GROUP BY u.n;

-- name: Pairs :many
-- @rows
SELECT u.a, u.b FROM unnest(@a::int[], @b::text[]) AS u (a, b);

-- name: Total :one
-- @rows
SELECT count(*) FROM unnest(@a::int[], @b::int[]) AS u (a, b);

-- name: Streamed :stream
-- @rows
SELECT u.a FROM unnest(@a::int[], @b::int[]) AS u (a, b) WHERE u.b > @least;

-- name: LastOnly :many
-- @rows
INSERT INTO books (isbn, title)
SELECT DISTINCT ON (u.isbn) u.isbn, u.title
FROM unnest(@isbn::text[], @title::text[]) WITH ORDINALITY AS u (isbn, title, n)
ORDER BY u.isbn, u.n DESC
ON CONFLICT (isbn) DO UPDATE SET title = excluded.title
RETURNING isbn, title;

-- name: AllBooks :many
SELECT * FROM books ORDER BY isbn;
-- name: AllLines :many
SELECT * FROM lines ORDER BY n;
-- name: Clear :exec
TRUNCATE books, lines;
"""


@pytest.fixture(scope="module")
def database(postgres: str) -> Iterator[str]:
    async def run(uri: str, statement: str) -> None:
        connection = await asyncpg.connect(uri)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    name = "input_rows"
    head, _, options = postgres.partition("?")
    uri = f"{head.rpartition('/')[0]}/{name}?{options}"
    asyncio.run(run(postgres, f"DROP DATABASE IF EXISTS {name}"))
    asyncio.run(run(postgres, f"CREATE DATABASE {name}"))
    asyncio.run(run(uri, SCHEMA))
    yield uri
    asyncio.run(run(postgres, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(tmp_path_factory.mktemp("rows"), SCHEMA, QUERIES)


def get(row: Any, name: str) -> Any:
    """A field, which is an item where models are dictionaries."""
    return row[name] if isinstance(row, dict) else getattr(row, name)


@asynccontextmanager
async def opened(package: Any, uri: str, way: str = "connection") -> AsyncIterator[Any]:
    """A connection, or what stands for one, to a database without books."""
    async with connected(uri, way) as conn:
        await package.querier.clear(conn)
        yield conn


def book(package: Any, isbn: str, title: str, **given: Any) -> Any:
    values = {
        "price": Decimal(1),
        "mood": package.Mood.SAD,
        "meta": {"a": [1]},
        "notes": None,
        "code": "x",
    }
    return package.WriteParams(isbn=isbn, title=title, **{**values, **given})


@pytest.mark.parametrize("kind", MODEL_KINDS)
@pytest.mark.parametrize("way", ["connection", "pool", "transaction"])
def test_every_statement(database: str, tmp_path: Path, kind: str, way: str) -> None:
    package: Any = build(tmp_path, SCHEMA, QUERIES, model=kind)
    asyncio.run(every_statement(package, database, way))


async def every_statement(package: Any, uri: str, way: str) -> None:
    db = package.querier
    async with opened(package, uri, way) as conn:
        given = [
            book(package, "1", "One", price=None, notes={"b": None}, code=None),
            book(package, "2", "Two", meta=None, mood=None),
        ]
        written = await db.write(conn, iter(given), shelf=1)
        by_isbn = {get(row, "isbn"): row for row in written}
        assert sorted(by_isbn) == ["1", "2"]
        assert [get(by_isbn["1"], name) for name in ("price", "notes", "code", "shelf")] == [
            *(None, {"b": None}, None, 1),
        ]
        assert (get(by_isbn["2"], "meta"), get(by_isbn["2"], "mood")) == (None, None)

        more = [package.AddInSelectParams(isbn=isbn, title="T", price=None) for isbn in "234"]
        assert await db.add_in_select(conn, more, shelf=None) == 2
        lines = [package.AddInValuesParams(n=n, word=word) for n, word in ((1, "a"), (2, None))]
        assert await db.add_in_values(conn, lines) is None
        assert [(get(row, "n"), get(row, "word")) for row in await db.all_lines(conn)] == [
            *((1, "a"), (2, None)),
        ]

        wanted = (("4", Decimal(4)), ("9", Decimal(9)), ("2", None))
        prices = [package.PriceParams(isbn=isbn, price=price) for isbn, price in wanted]
        found = await db.price(conn, prices)
        assert [row and (get(row, "n"), get(row, "isbn"), get(row, "price")) for row in found] == [
            *((1, "4", Decimal(4)), None, (3, "2", None)),
        ]
        places = [
            package.ShelveParams(isbn=isbn, shelf=shelf) for isbn, shelf in (("1", None), ("3", 3))
        ]
        assert await db.shelve(conn, places) == 2
        merged = [package.MergeParams(isbn=isbn, title="M") for isbn in ("8", "1")]
        assert [(get(row, "n"), get(row, "did")) for row in await db.merge(conn, merged)] == [
            *((1, "INSERT"), (2, "UPDATE")),
        ]
        sought = [package.FindParams(isbn=isbn, title="M") for isbn in ("7", "8", "2")]
        rows = await db.find(conn, sought)
        assert [row and (get(row, "n"), get(row, "same")) for row in rows] == [
            *(None, (2, True), (3, False)),
        ]
        sums = [package.SumsParams(least=Decimal(least)) for least in (9, 0)]
        assert [get(row, "total") for row in await db.sums(conn, sums)] == [None, Decimal(4)]
        gone = [package.RemoveParams(isbn=isbn, title="T") for isbn in ("3", "8")]
        assert await db.remove(conn, gone) == ["3"]
        numbers = [package.StreamedParams(a=a, b=b) for a, b in ((1, 5), (2, 0))]
        assert [row async for row in db.streamed(conn, numbers, least=1)] == [1]
        assert await db.total(conn, [package.TotalParams(a=1, b=2)]) == 1
        last = [package.LastOnlyParams(isbn="5", title=title) for title in ("first", "last")]
        assert [get(row, "title") for row in await db.last_only(conn, last)] == ["last"]


class Unused:
    """A connection on which nothing may be done."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was called")


def test_nothing_is_sent_for_nothing(package: Any) -> None:
    """Where nothing can come of it: an aggregate has a row all the same."""
    db, conn = package.querier, Unused()

    async def run() -> None:
        assert await db.write(conn, [], shelf=1) == []
        assert await db.add_in_select(conn, [], shelf=1) == 0
        assert await db.add_in_values(conn, iter(())) is None
        assert await db.price(conn, ()) == []
        assert await db.merge(conn, []) == []
        assert [row async for row in db.streamed(conn, [], least=1)] == []
        with pytest.raises(AssertionError, match="fetchval was called"):
            await db.total(conn, [])

    asyncio.run(run())


def test_an_aggregate_of_nothing(package: Any, database: str) -> None:
    async def run() -> None:
        async with opened(package, database) as conn:
            assert await package.querier.total(conn, []) == 0

    asyncio.run(run())


def test_which_functions_go_in_chunks(package: Any) -> None:
    functions = [getattr(package.querier, name) for name in package.querier.__all__]
    chunked = [item.__name__ for item in functions if "chunk" in inspect.signature(item).parameters]
    assert chunked == ["add_in_select", "add_in_values", "pairs", "remove", "shelve", "write"]


def test_rows_are_never_padded(package: Any) -> None:
    """Arrays of rows have one length, so that a column of one is not NULL where its elements are
    not."""
    assert package.PairsRow.__annotations__ == {"a": "int", "b": "str"}


@pytest.mark.parametrize("way", ["connection", "pool", "transaction"])
def test_chunks_are_one_transaction(package: Any, database: str, way: str) -> None:
    """The second chunk fails: nothing is left of the first, and a transaction around goes on."""

    async def run() -> None:
        async with opened(package, database, way) as conn:
            db, before = package.querier, package.AddInValuesParams(n=0, word="before")
            await db.add_in_values(conn, [before])
            rows = [book(package, str(n), "T") for n in range(4)]
            rows[3] = book(package, "3", "T", code="")
            with pytest.raises(asyncpg.CheckViolationError):
                await db.write(conn, rows, shelf=1, chunk=2)
            assert await db.all_books(conn) == []
            assert [line.n for line in await db.all_lines(conn)] == [0]
            with pytest.raises(ValueError, match="a chunk has one row or more"):
                await db.write(conn, rows, shelf=1, chunk=0)

    asyncio.run(run())


def test_duplicates_of_an_upsert(package: Any, database: str) -> None:
    """What the warning is about."""

    async def run() -> None:
        async with opened(package, database) as conn:
            rows = [book(package, "1", title) for title in ("a", "b")]
            with pytest.raises(asyncpg.CardinalityViolationError):
                await package.querier.write(conn, rows, shelf=None)

    asyncio.run(run())


_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=4)
_PRICES = st.none() | st.decimals(0, 99, places=2)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(_TEXT, _TEXT, _PRICES), max_size=12, unique_by=lambda row: row[0]),
    st.lists(st.tuples(_TEXT, _PRICES), max_size=12, unique_by=lambda row: row[0]),
    st.integers(1, 13),
)
def test_like_row_by_row(
    package: Any,
    database: str,
    books: Sequence[tuple[str, str, Decimal | None]],
    prices: Sequence[tuple[str, Decimal | None]],
    chunk: int,
) -> None:
    """All at once, in chunks, and one after the other."""

    async def outcome(size: int | None, *, single: bool = False) -> list[Any]:
        db = package.querier
        async with opened(package, database, "transaction") as conn:
            given = [book(package, isbn, title, price=price) for isbn, title, price in books]
            changes = [package.PriceParams(isbn=isbn, price=price) for isbn, price in prices]
            if single:
                written = [row for each in given for row in await db.write(conn, [each], shelf=1)]
                priced = [row for each in changes for row in await db.price(conn, [each])]
            else:
                written = await db.write(conn, given, shelf=1, chunk=size)
                priced = await db.price(conn, changes)
            told = [row and (row.isbn, row.price) for row in priced]
            assert len(told) == len(changes)
            return [sorted(row.isbn for row in written), told, await db.all_books(conn)]

    async def run() -> None:
        at_once = await outcome(None)
        assert await outcome(chunk) == at_once
        assert await outcome(None, single=True) == at_once

    asyncio.run(run())


HOSTILE = """
-- name: Len :many
-- @rows
SELECT u.n, u.a + @items::int + @chunk + @part + @found AS items, @rows::int AS rows, u.b
FROM unnest(@item::int[], @session::int[]) WITH ORDINALITY AS u (a, b, n);
-- name: Aligned :execrows
-- @rows
INSERT INTO lines (n, word)
SELECT unnest(@items::int[]), unnest(@rows::text[]) || @count::text || @status || @in_parts;
"""


@pytest.mark.parametrize("kind", MODEL_KINDS)
def test_names_that_functions_use_themselves(database: str, tmp_path: Path, kind: str) -> None:
    package: Any = build(tmp_path, SCHEMA, HOSTILE, model=kind)
    db = package.querier

    async def run() -> None:
        async with connected(database, "transaction") as conn:
            rows = [package.LenParams(item=1, session=2), package.LenParams(item=3, session=4)]
            scalars = {"items_": 10, "chunk_": 0, "part_": 0, "found": 0, "rows_": 7}
            made = await db.len(conn, rows, **scalars)
            assert [(get(row, "items"), get(row, "rows"), get(row, "b")) for row in made] == [
                *((11, 7, 2), (13, 7, 4)),
            ]
            lines = [package.AlignedParams(items=n, rows="w") for n in range(3)]
            extra = {"count": "c", "status": "s", "in_parts_": "p", "chunk": 2}
            assert await db.aligned(conn, lines, **extra) == 3

    asyncio.run(run())
