"""What each command does, on every kind of connection."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from connections import WAYS, connected, execute
from library import QUERIES, SCHEMA, authors
from packages import build


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package with queries of every command."""
    return build(tmp_path_factory.mktemp("commands"), SCHEMA, QUERIES)


@pytest.fixture(scope="module")
def library(database: str) -> str:
    """A database with the tables."""
    execute(database, SCHEMA)
    return database


@pytest.mark.parametrize("way", WAYS)
async def test_one(package: ModuleType, library: str, way: str) -> None:
    async with authors(library, way, "Ann") as conn:
        assert await package.add_author(conn, name="Bob") == 2
        author = package.Author(1, "Ann", package.Mood.HAPPY, None, None)
        assert await package.get_author(conn, id=1) == author
        assert await package.get_author(conn, id=9) is None
        assert await package.get_name(conn, id=2) == "Bob"
        assert await package.get_name(conn, id=9) is None
        assert await package.count_authors(conn) == 2
        assert await package.count_both(conn) == package.CountBothRow(authors=2, books=0)
        assert await package.last_name(conn) == "Bob"
        await conn.execute("DELETE FROM authors")
        assert await package.last_name(conn) is None


def test_one_is_optional_only_where_there_may_be_no_row(package: ModuleType) -> None:
    returns = {
        name: getattr(package, name).__annotations__["return"]
        for name in ("add_author", "get_author", "get_name", "count_authors", "last_name")
    }
    assert returns == {
        "add_author": "int",
        "get_author": "Author | None",
        "get_name": "str | None",
        "count_authors": "int",
        "last_name": "str | None",
    }


async def test_a_server_that_sends_no_row_where_one_is_certain(
    package: ModuleType, library: str
) -> None:
    async with authors(library, "transaction") as conn:
        # A trigger that the schema files do not know of turns every row away.
        await conn.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        )
        await conn.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON authors FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
        with pytest.raises(package.NoRowError, match="AddAuthor always returns a row"):
            await package.add_author(conn, name="Ann")


async def test_none_where_it_is_not_admitted(package: ModuleType, library: str) -> None:
    async with authors(library, "connection") as conn:
        assert await package.doubled(conn, number=2, more=1) == 5
        with pytest.raises(TypeError, match=r"^Doubled takes no None for number$"):
            await package.doubled(conn, number=None, more=1)
        with pytest.raises(TypeError, match=r"^Doubled takes no None for number and more$"):
            await package.doubled(conn, number=None, more=None)


@pytest.mark.parametrize("way", WAYS)
async def test_many(package: ModuleType, library: str, way: str) -> None:
    async with authors(library, way, "Ann", "Bob", "Cid") as conn:
        assert [author.id for author in await package.list_authors(conn)] == [1, 2, 3]
        assert await package.list_names(conn) == ["Ann", "Bob", "Cid"]
        found = await package.list_named(conn, names=["Cid", "Ann", "nobody"])
        assert found == [package.ListNamedRow("Ann", 1), package.ListNamedRow("Cid", 3)]
        assert await package.list_named(conn, names=()) == []


@pytest.mark.parametrize("way", WAYS)
async def test_exec_and_its_relatives(package: ModuleType, library: str, way: str) -> None:
    async with authors(library, way, "Ann", "Bob") as conn:
        assert await package.rename(conn, id=1, name="Eve") is None
        assert await package.list_names(conn) == ["Eve", "Bob"]
        assert await package.rename_all(conn, name="Zed") == 2
        assert await package.make_table(conn) == 0
        assert await package.delete_all(conn) == "DELETE 2"


@pytest.mark.parametrize("way", WAYS)
async def test_copyfrom(package: ModuleType, library: str, way: str) -> None:
    mood, place = package.Mood, package.Place
    params = package.CopyAuthorsParams
    rows = [
        params(name="Ann", mood=mood.SAD, home=place("Oslo", [mood.SAD, None])),
        params(name="Bob", mood=mood.HAPPY, home=None, notes=None),
    ]
    noted = params(name="Cid", mood=mood.SAD, home=place(None, None), notes={"a": [1, None]})
    async with authors(library, way) as conn:
        if way == "json codecs":
            # asyncpg has COPY use a codec in its binary form only.
            with pytest.raises(asyncpg.InternalClientError):
                await package.copy_authors(conn, [noted])
            await set_binary_codec(conn)
        assert await package.copy_authors(conn, iter([*rows, noted])) == 3
        found = await package.list_authors(conn)
        assert [author.name for author in found] == ["Ann", "Bob", "Cid"]
        assert [author.home for author in found] == [rows[0].home, None, noted.home]
        assert [author.notes for author in found] == [None, None, {"a": [1, None]}]
        kind = await conn.fetchval("SELECT jsonb_typeof(notes) FROM authors WHERE name = 'Cid'")
        assert kind == "object"
        assert await package.copy_one_column(conn, (str(number) for number in range(5000))) == 5000
        assert await package.copy_names(conn, [package.CopyNamesParams(name="x", length=1)]) == 1
        assert await conn.fetchrow("SELECT * FROM archive.names") == ("x", 1)
        assert await package.copy_names(conn, []) == 0


async def set_binary_codec(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: b"\x01" + json.dumps(value).encode(),
        decoder=lambda data: json.loads(data[1:]),
        format="binary",
    )


async def test_null_of_json_cannot_be_copied_through_a_codec(
    package: ModuleType, library: str
) -> None:
    row = package.CopyAuthorsParams(
        name="Ann", mood=package.Mood.SAD, home=None, notes=package.JsonNull.JSON_NULL
    )
    async with authors(library, "connection") as conn:
        assert await package.copy_authors(conn, [row]) == 1
        assert await conn.fetchval("SELECT notes::text FROM authors") == "null"
        await set_binary_codec(conn)
        with pytest.raises(ValueError, match="JSON's null"):
            await package.copy_authors(conn, [row])


ARRAYS = """
CREATE TABLE trees (id int PRIMARY KEY, leaves jsonb[] NOT NULL, grid jsonb[][]);
"""
COPY_ARRAYS = """
-- name: AddTrees :copyfrom
INSERT INTO trees (id, leaves, grid) VALUES (@id, @leaves, @grid);
"""


async def test_arrays_of_json_are_copied(tmp_path: Path, database: str) -> None:
    package = build(tmp_path, ARRAYS, COPY_ARRAYS)
    null = package.JsonNull.JSON_NULL
    tree = package.AddTreesParams(id=1, leaves=[{"a": [1]}, "x", None], grid=[[1, 2], [3, {}]])
    read = "SELECT leaves::text, grid::text FROM trees"
    stored = ('{"{\\"a\\": [1]}","\\"x\\"",NULL}', '{{1,2},{3,"{}"}}')
    async with connected(database, "connection") as conn:
        await conn.execute(ARRAYS)
        assert await package.add_trees(conn, [tree]) == 1
        assert await conn.fetchrow(read) == stored
        lists = package.AddTreesParams(id=2, leaves=[[1]])
        assert await package.add_trees(conn, [lists]) == 1
        await conn.execute("TRUNCATE trees")
        await set_binary_codec(conn)
        assert await package.add_trees(conn, [tree]) == 1
        assert await conn.fetchrow(read) == stored
        with pytest.raises(ValueError, match="a list cannot be copied in an array of json"):
            await package.add_trees(conn, [lists])
        with pytest.raises(ValueError, match="JSON's null"):
            await package.add_trees(conn, [package.AddTreesParams(id=3, leaves=[null])])


@pytest.mark.parametrize("way", WAYS)
async def test_batches(package: ModuleType, library: str, way: str) -> None:
    mood = package.Mood
    async with authors(library, way, "Ann", "Bob", "Cid") as conn:
        renamed = [package.SetNamesParams(id=number, name=f"n{number}") for number in (1, 3)]
        assert await package.set_names(conn, iter(renamed)) is None
        assert await package.list_names(conn) == ["n1", "Bob", "n3"]
        added = [package.AddAuthorsParams(name="Bob", mood=item) for item in mood]
        assert await package.add_authors(conn, added) == [4, 5]
        found = await package.find_authors(conn, ["n3", "nobody", "Bob"])
        row = package.FindAuthorsRow
        assert found == [row(3, "n3"), None, row(2, "Bob")]
        sets = [package.FindIdsParams(name="Bob", mood=item) for item in mood]
        missing = package.FindIdsParams(name="nobody", mood=mood.SAD)
        assert await package.find_ids(conn, [*sets, missing]) == [[4], [2, 5], []]
        for function in (package.set_names, package.add_authors, package.find_authors):
            assert await function(conn, []) in (None, [])


@pytest.mark.parametrize("way", ["connection", "pool"])
async def test_a_batch_is_all_or_nothing(package: ModuleType, library: str, way: str) -> None:
    async with authors(library, way) as conn:
        good = package.AddAuthorsParams(name="Ann", mood=package.Mood.SAD)
        bad = package.AddAuthorsParams(name=None, mood=package.Mood.SAD)
        with pytest.raises(asyncpg.NotNullViolationError):
            await package.add_authors(conn, [good, bad])
        assert await package.count_authors(conn) == 0


@pytest.mark.parametrize("way", WAYS)
async def test_embedded_tables(package: ModuleType, library: str, way: str) -> None:
    async with authors(library, way, "Ann", "Bob") as conn:
        for number in (1, 2):
            await conn.execute("INSERT INTO books VALUES ($1, 1, 'B')", number)
        rows = await package.authors_with_books(conn)
        ann, bob = await package.list_authors(conn)
        first, second = package.Book(1, 1, "B"), package.Book(2, 1, "B")
        row = package.AuthorsWithBooksRow
        assert rows == [row(ann, first, 3), row(ann, second, 3), row(bob, None, 3)]
        assert await package.pairs(conn) == [package.PairsRow(elder=first, younger=second)]


@pytest.mark.parametrize("way", WAYS)
async def test_embedded_versions_of_a_row(package: ModuleType, library: str, way: str) -> None:
    one, other = package.Book(1, 1, "A"), package.Book(1, 1, "B")
    async with authors(library, way, "Ann") as conn:
        put = await package.put_book(conn, id=1, author_id=1, title="A")
        assert (put.old, put.new) == (None, one)
        put = await package.put_book(conn, id=1, author_id=1, title="B")
        assert (put.old, put.new) == (one, other)
        dropped = await package.drop_book(conn, id=1)
        assert (dropped.old, dropped.new) == (other, None)
