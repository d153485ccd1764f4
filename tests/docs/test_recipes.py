"""What the pages of recipes say of transactions that run at the same time."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from snippets import Project, blocks

ROOT = Path(__file__).parent.parent.parent
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def recipes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The functions of the page on writing."""
    with functions_of("writing", tmp_path_factory.mktemp("writing")) as module:
        yield module


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The functions of the page on reading."""
    with functions_of("reading", tmp_path_factory.mktemp("reading")) as module:
        yield module


@contextmanager
def functions_of(page: str, folder: Path) -> Iterator[ModuleType]:
    """The module of all queries of a page, with its schema's text as `schema`."""
    queries: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        project = Project(folder, "")
        for block in blocks((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")):
            if block.name == "queries.sql":
                for query in block.text.split("-- name: ")[1:]:
                    queries[query.split()[0]] = f"-- name: {query.rstrip()}\n"
            elif block.name in ("schema.sql", "sqlwright.toml"):
                project.take(block)
        (folder / "queries.sql").write_text("\n".join(queries.values()))
        config = folder / "sqlwright.toml"
        config.write_text(f'{config.read_text()}out = "recipes_of_{page}"\n')
        project._run("sqlwright generate")
        patch.syspath_prepend(folder)
        module = importlib.import_module(f"recipes_of_{page}.queries")
        module.schema = (folder / "schema.sql").read_text()  # type: ignore[attr-defined]
        yield module


@asynccontextmanager
async def two(recipes: Any, database: str) -> AsyncIterator[tuple[Any, Any]]:
    """Two connections to a database with the page's schema and no rows."""
    one, other = await asyncpg.connect(database), await asyncpg.connect(database)
    try:
        await one.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await one.execute(recipes.schema)
        yield one, other
    finally:
        await one.close()
        await other.close()


async def waiting(watcher: Any, call: Any) -> asyncio.Task[Any]:
    """A call that waits for a lock by now. `watcher` is a connection that is not in use."""
    task = asyncio.create_task(call)
    blocked = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    while not await watcher.fetchval(blocked):
        assert not task.done(), "the call waits for nothing"
        await asyncio.sleep(0.01)
    return task


async def test_get_or_create_finds_no_row_of_a_transaction_that_it_waited_for(
    recipes: Any, database: str
) -> None:
    async with two(recipes, database) as (one, other):
        async with one.transaction():
            made = await recipes.get_or_create_tag(one, name="red")
            task = await waiting(one, recipes.get_or_create_tag(other, name="red"))
        assert await task is None
        again = await recipes.get_or_create_tag(other, name="red")
        assert (again.id, again.created, made.created) == (made.id, False, True)


async def test_get_or_create_under_repeatable_read(recipes: Any, database: str) -> None:
    async with two(recipes, database) as (one, other):
        later = other.transaction(isolation="repeatable_read")
        await later.start()
        async with one.transaction():
            await recipes.get_or_create_tag(one, name="red")
            task = await waiting(one, recipes.get_or_create_tag(other, name="red"))
        with pytest.raises(asyncpg.SerializationError):
            await task
        await later.rollback()


async def test_put_tag_waits_and_has_the_row(recipes: Any, database: str) -> None:
    async with two(recipes, database) as (one, other):
        async with one.transaction():
            made = await recipes.put_tag(one, name="red")
            task = await waiting(one, recipes.put_tag(other, name="red"))
        assert await task == made
        numbers = [await recipes.put_tag(one, name=name) for name in ("red", "blue")]
        assert numbers[1] > made + 1, "numbers are taken where nothing is inserted"


async def test_a_save_that_waited_is_a_conflict(recipes: Any, database: str) -> None:
    async with two(recipes, database) as (one, other):
        document = await recipes.new_document(one, title="Plan")
        async with one.transaction():
            assert await recipes.save_title(one, id=document, title="One", version=1) == 2
            task = await waiting(one, recipes.save_body(other, id=document, body="b", version=1))
        row = await task
        assert (row.found, row.saved) == (2, None)
        async with one.transaction():
            await recipes.save_title(one, id=document, title="Two", version=2)
            task = await waiting(one, recipes.save_title(other, id=document, title="x", version=2))
        assert await task is None
        row = await recipes.save_body(other, id=document, body="b", version=3)
        assert (row.found, row.saved) == (3, 4)
        assert await recipes.save_body(other, id=0, body="b", version=1) is None


@pytest.mark.parametrize("function", ["change_price", "change_price_before18"])
async def test_the_audit_has_the_price_that_was_replaced(
    recipes: Any, database: str, function: str
) -> None:
    async with two(recipes, database) as (one, other):
        await recipes.put_price(one, sku="tea", cents=100)
        change = getattr(recipes, function)
        async with one.transaction():
            await change(one, sku="tea", cents=200)
            task = await waiting(one, change(other, sku="tea", cents=300))
        row = await task
        assert (row.before, row.after) == (200, 300)
        written = await one.fetch("SELECT before, after FROM price_changes ORDER BY after")
        assert [tuple(each) for each in written] == [(100, 200), (200, 300)]


async def test_no_count_is_lost(recipes: Any, database: str) -> None:
    async with two(recipes, database) as (one, other):
        day = date(2030, 1, 1)
        async with one.transaction():
            await recipes.count_visits(one, page="/", day=day, more=1)
            task = await waiting(one, recipes.count_visits(other, page="/", day=day, more=2))
        assert await task == 3


async def test_jobs_are_given_to_one_worker(recipes: Any, database: str) -> None:
    async with two(recipes, database) as (one, other):
        first, second, third = [await recipes.add_job(one, task=f"job {n}") for n in range(3)]
        transaction = one.transaction()
        await transaction.start()
        assert (await recipes.lock_job(one)).id == first
        async with other.transaction():
            assert (await recipes.lock_job(other)).id == second
        assert [job.id for job in await recipes.take_jobs(other, lease=HOUR, most=1)] == [second]
        await transaction.rollback()
        assert (await recipes.lock_job(other)).id == first, "given back"
        taken = await recipes.take_jobs(other, lease=HOUR, most=9)
        assert {job.id for job in taken} == {first, third}
        assert await recipes.take_jobs(one, lease=HOUR, most=9) == []
        taken = await recipes.take_jobs(one, lease=timedelta(0), most=2)
        assert {job.id for job in taken} == {first, second}, "the lease is over"


async def test_an_event_comes_back_when_sending_fails(recipes: Any, database: str) -> None:
    async with two(recipes, database) as (one, other):
        document = await recipes.add_document(one, title="Report")
        failing = one.transaction()
        await failing.start()
        assert len(await recipes.take_events(one, most=9)) == 1
        assert await recipes.take_events(other, most=9) == []
        await failing.rollback()
        assert [event.about for event in await recipes.take_events(other, most=9)] == [document]


async def test_constraints_that_refuse(recipes: Any, database: str) -> None:
    async with two(recipes, database) as (one, _):
        await recipes.add_price(one, sku="tea", cents=1)
        for sku, cents, name in (("tea", 1, "PricesPkey"), ("milk", -1, "PricesCentsCheck")):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
                await recipes.add_price(one, sku=sku, cents=cents)
            assert type(refused.value).__name__ == name
        document = await recipes.new_document(one, title="Plan")
        assert await recipes.delete_document(one, id=document) is not None
        await recipes.new_document(one, title="Plan")
        with pytest.raises(asyncpg.UniqueViolationError) as refused:
            await recipes.restore_document(one, id=document)
        assert type(refused.value).__name__ == "DocumentsTitleKey"


async def test_a_later_page_is_found_in_the_index(reading: Any, database: str) -> None:
    async with two(reading, database) as (one, _):
        await one.execute("""
            INSERT INTO authors (name) VALUES ('Ann');
            INSERT INTO books (author_id, title, pages)
            SELECT 1, n, n % 700 FROM generate_series(1, 20000) n;
            CREATE INDEX ON books (pages, id);
            ANALYZE books
        """)
        sql, *values = reading.BOOKS_BY_LENGTH.pick((True,), (10, 5000, 100))
        plan = "\n".join(row[0] for row in await one.fetch(f"EXPLAIN {sql}", *values))
        print(plan)
        assert "Index Cond: (ROW(pages, id) < ROW(" in plan
        assert "Sort" not in plan
        assert "Filter" not in plan


async def test_a_search_takes_signs_of_patterns_for_patterns(reading: Any, database: str) -> None:
    async with two(reading, database) as (one, _):
        await one.execute("""
            INSERT INTO authors (name) VALUES ('Ann');
            INSERT INTO books (author_id, title, pages) VALUES (1, '100 %', 1), (1, 'Pears', 2)
        """)
        assert len(await reading.search_books(one, part="%", most=9)) == 2
        assert len(await reading.search_books(one, part="p_a", most=9)) == 1
