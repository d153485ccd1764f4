"""Rows that come one by one, and connections on which they are left."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from types import ModuleType

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
@pytest.mark.parametrize("size", [1, 2, 5, 1000])
async def test_streams(package: ModuleType, library: str, way: str, size: int) -> None:
    async with authors(library, way, "Ann", "Bob", "Cid", "Dan", "Eve") as conn:
        stream = package.stream_authors(conn, batch_size=1, batch_size_=size)
        assert [author.name async for author in stream] == ["Bob", "Cid", "Dan", "Eve"]
        assert [name async for name in package.stream_names(conn, batch_size=size)] == [
            *("ANN", "BOB", "CID", "DAN", "EVE")
        ]
        assert await package.list_names(conn) == ["ANN", "BOB", "CID", "DAN", "EVE"]
        if way in ("connection", "json codecs"):
            assert not conn.is_in_transaction()
        if way == "transaction":
            assert conn.is_in_transaction()


async def test_leaving_a_stream_early(package: ModuleType, library: str) -> None:
    async with authors(library, "connection", "Ann", "Bob") as conn:
        async with aclosing(package.stream_names(conn)) as names:
            async for name in names:
                assert name == "ANN"
                break
        assert not conn.is_in_transaction()
        # The statement has been carried out, like that of any other function.
        assert await package.list_names(conn) == ["ANN", "BOB"]


async def test_a_dropped_stream_takes_no_other_work_with_it(
    package: ModuleType, library: str
) -> None:
    async with authors(library, "connection", "Ann", "Bob") as conn:
        async for _ in package.stream_authors(conn, batch_size=0, batch_size_=1):
            break
        # The event loop closes the stream a moment later; this is on the way before.
        await package.add_author(conn, name="Cid")
        while conn.is_in_transaction():
            await asyncio.sleep(0.001)
        async with connected(library, "connection") as other:
            assert await package.list_names(other) == ["Ann", "Bob", "Cid"]


@pytest.mark.parametrize(
    ("way", "before"), [("connection", []), ("transaction", [0, -1]), ("pool", [0, -1])]
)
async def test_a_failing_stream(
    package: ModuleType, library: str, way: str, before: list[int]
) -> None:
    """Outside of a transaction the server has worked out all rows before the first one comes."""
    async with authors(library, way, "Ann", "Bob", "Cid") as conn:
        found = []

        async def read() -> None:
            async for quotient in package.stream_failing(conn, batch_size=1):
                found.append(quotient)

        with pytest.raises(asyncpg.DivisionByZeroError):
            await read()
        assert found == before
        if way == "connection":
            assert not conn.is_in_transaction()
            assert await package.count_authors(conn) == 3


async def test_what_is_done_between_rows_is_the_callers(package: ModuleType, library: str) -> None:
    """An error between two rows of a stream undoes what the caller's own transaction did, and
    nothing that was done outside of one."""
    async with authors(library, "connection", "Ann", "Bob", "Cid") as conn:

        async def add(name: str) -> None:
            stream = package.stream_authors(conn, batch_size=0, batch_size_=1)
            async with aclosing(stream):
                async for _ in stream:
                    await package.add_author(conn, name=name)
                    raise LookupError(name)

        with pytest.raises(LookupError):
            await add("Dan")
        with pytest.raises(LookupError):
            async with conn.transaction():
                await add("Eve")
        assert await package.list_names(conn) == ["Ann", "Bob", "Cid", "Dan"]
        assert await conn.fetch("SELECT FROM pg_cursors WHERE name LIKE 'stream%'") == []


async def test_a_dropped_stream_is_not_in_the_next_transaction(
    package: ModuleType, library: str
) -> None:
    async with authors(library, "connection", "Ann", "Bob", "Cid") as conn:

        async def first() -> None:
            async for _ in package.stream_authors(conn, batch_size=0, batch_size_=1):
                break

        await first()
        transaction = conn.transaction()
        await transaction.start()
        await package.add_author(conn, name="Dan")
        await asyncio.sleep(0.05)
        await package.add_author(conn, name="Eve")
        await transaction.rollback()
        await first()
        async with conn.transaction():
            await package.add_author(conn, name="Fay")
            await asyncio.sleep(0.05)
        async with connected(library, "connection") as other:
            assert await package.list_names(other) == ["Ann", "Bob", "Cid", "Fay"]
        assert [name async for name in package.stream_authors(conn, batch_size=9)] == []
        assert await conn.fetch("SELECT FROM pg_cursors WHERE name LIKE 'stream%'") == []


async def test_a_dropped_stream_is_in_nobodys_way(
    package: ModuleType, library: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever its caller does next, with pauses in which the event loop ends the stream."""
    async with asyncpg.create_pool(library, min_size=1, max_size=2) as pool:
        await pool.execute("TRUNCATE authors, books RESTART IDENTITY")
        await package.copy_one_column(pool, ["Ann", "Bob"])

        async def drop(pause: float) -> None:
            async with pool.acquire() as session:
                async for _ in package.stream_authors(session, batch_size=0, batch_size_=1):
                    break
                for _ in range(3):
                    assert await package.count_authors(session) == 2
                    await asyncio.sleep(pause)

        for number in range(60):
            await asyncio.gather(*(drop(number % 3 * 0.0005) for _ in range(4)))
        found = await pool.fetch("SELECT FROM pg_cursors WHERE name LIKE 'stream%'")
        assert found == []
    assert caplog.messages == []


async def test_a_stream_gives_its_connection_back(package: ModuleType, library: str) -> None:
    async with asyncpg.create_pool(library, min_size=1, max_size=1) as pool:
        await pool.execute("TRUNCATE authors, books RESTART IDENTITY")
        await package.copy_one_column(pool, ["Ann", "Bob"])
        async with aclosing(package.stream_authors(pool, batch_size=0)) as stream:
            async for _ in stream:
                break
        assert await asyncio.wait_for(package.count_authors(pool), 5) == 2
