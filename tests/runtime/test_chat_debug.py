"""The worked example does on a real server what its comments say."""

from __future__ import annotations

import asyncio
import datetime
import uuid
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from connections import WAYS, connected

from generated import ChatDebugRun, ChatDebugStep, JsonNull, querier

SCHEMA = Path(__file__).parents[2] / "schema"
NOON = datetime.datetime(2030, 1, 1, 12, tzinfo=datetime.UTC)


def at(minutes: float) -> datetime.datetime:
    return NOON + datetime.timedelta(minutes=minutes)


@pytest.fixture(scope="module")
def example(database: str) -> str:
    """A database with the worked example's tables."""

    async def create() -> None:
        connection = await asyncpg.connect(database)
        for file in sorted(SCHEMA.glob("*.sql")):
            await connection.execute(file.read_text())
        await connection.close()

    asyncio.run(create())
    return database


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """Each way of being connected."""
    return str(request.param)


async def empty(conn: Any) -> None:
    await conn.execute("DELETE FROM chats")


async def new_chat(conn: Any) -> uuid.UUID:
    chat_id: uuid.UUID = await conn.fetchval("INSERT INTO chats (title) VALUES ('') RETURNING id")
    return chat_id


async def new_run(conn: Any, chat_id: uuid.UUID, **values: Any) -> ChatDebugRun:
    values = {"kind": "chat_turn", "status": "in_progress"} | values
    return await querier.insert_chat_debug_run(conn, chat_id=chat_id, **values)


async def new_step(conn: Any, run: ChatDebugRun, number: int, **values: Any) -> ChatDebugStep:
    values = {"operation": "stream", "status": "in_progress"} | values
    step = await querier.insert_chat_debug_step(
        conn, run_id=run.id, chat_id=run.chat_id, step_number=number, **values
    )
    assert step is not None
    return step


async def test_a_run_gets_its_defaults(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        chat_id = await new_chat(conn)
        run = await new_run(conn, chat_id)
        assert isinstance(run, ChatDebugRun)
        assert (run.chat_id, run.kind, run.status) == (chat_id, "chat_turn", "in_progress")
        assert (run.provider, run.model, run.root_chat_id, run.finished_at) == (None,) * 4
        assert run.summary == {}
        assert run.started_at == run.updated_at
        assert abs(run.started_at - datetime.datetime.now(datetime.UTC)).total_seconds() < 60
        assert await querier.get_chat_debug_run_by_id(conn, id=run.id) == run


async def test_a_run_keeps_what_it_is_given(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        root, parent, config = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
        given: dict[str, Any] = {
            "root_chat_id": root,
            "parent_chat_id": parent,
            "model_config_id": config,
            "trigger_message_id": 7,
            "history_tip_message_id": 2**62,
            "provider": "acme",
            "model": "acme-1",
            "summary": {"text": 'it\'s "quoted"', "numbers": [1, 2.5, None], "ok": True},
            "started_at": at(0),
            "updated_at": at(1),
            "finished_at": at(2),
        }
        run = await new_run(conn, await new_chat(conn), **given)
        assert {name: getattr(run, name) for name in given} == given
        assert (
            await conn.fetchval(
                "SELECT jsonb_typeof(summary) FROM chat_debug_runs WHERE id = $1", run.id
            )
            == "object"
        )


async def test_updating_a_run_keeps_what_is_left_out(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        run = await new_run(
            conn, await new_chat(conn), provider="acme", summary={"a": 1}, updated_at=at(0)
        )
        changed = await querier.update_chat_debug_run(
            conn, id=run.id, chat_id=run.chat_id, now=at(5), status="completed"
        )
        assert changed is not None
        assert (changed.status, changed.updated_at) == ("completed", at(5))
        assert (changed.provider, changed.summary, changed.finished_at) == ("acme", {"a": 1}, None)
        again = await querier.update_chat_debug_run(
            conn,
            id=run.id,
            chat_id=run.chat_id,
            now=at(6),
            model="acme-2",
            summary={"b": [2]},
        )
        assert again is not None
        assert (again.status, again.model, again.summary) == ("completed", "acme-2", {"b": [2]})


async def test_a_run_finishes_once(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        run = await new_run(conn, await new_chat(conn))
        for minute in (10, 20):
            changed = await querier.update_chat_debug_run(
                conn, id=run.id, chat_id=run.chat_id, now=at(minute), finished_at=at(minute)
            )
            assert changed is not None
            assert (changed.finished_at, changed.updated_at) == (at(10), at(minute))


async def test_a_run_is_only_updated_in_its_own_chat(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        run = await new_run(conn, await new_chat(conn))
        other = await new_chat(conn)
        changed = await querier.update_chat_debug_run(
            conn, id=run.id, chat_id=other, now=at(0), status="error"
        )
        assert changed is None
        assert await querier.get_chat_debug_run_by_id(conn, id=run.id) == run
        assert await querier.get_chat_debug_run_by_id(conn, id=uuid.uuid4()) is None


async def test_a_step_bumps_its_run(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        run = await new_run(conn, await new_chat(conn), updated_at=at(0))
        step = await new_step(conn, run, 1, updated_at=at(3), usage={"tokens": 12})
        assert isinstance(step, ChatDebugStep)
        assert (step.run_id, step.chat_id, step.step_number) == (run.id, run.chat_id, 1)
        assert (step.normalized_request, step.attempts, step.metadata) == ({}, [], {})
        assert (step.usage, step.error, step.normalized_response) == ({"tokens": 12}, None, None)
        bumped = await querier.get_chat_debug_run_by_id(conn, id=run.id)
        assert bumped is not None
        assert bumped.updated_at == at(3)
        await new_step(conn, run, 2)
        bumped = await querier.get_chat_debug_run_by_id(conn, id=run.id)
        assert bumped is not None
        assert abs(bumped.updated_at - datetime.datetime.now(datetime.UTC)).total_seconds() < 60


async def test_a_finished_run_takes_no_steps(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        run = await new_run(conn, await new_chat(conn), updated_at=at(0), finished_at=at(0))
        for chat_id in (run.chat_id, await new_chat(conn)):
            step = await querier.insert_chat_debug_step(
                conn,
                run_id=run.id,
                chat_id=chat_id,
                step_number=1,
                operation="stream",
                status="in_progress",
            )
            assert step is None
        assert await querier.get_chat_debug_steps_by_run_id(conn, run_id=run.id) == []
        assert await querier.get_chat_debug_run_by_id(conn, id=run.id) == run


async def test_step_numbers_are_unique_within_a_run(example: str) -> None:
    async with connected(example, "connection") as conn:
        run = await new_run(conn, await new_chat(conn))
        await new_step(conn, run, 1)
        with pytest.raises(asyncpg.UniqueViolationError):
            await new_step(conn, run, 1)
        await new_step(conn, await new_run(conn, run.chat_id), 1)


async def test_updating_a_step_keeps_what_is_left_out(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        run = await new_run(conn, await new_chat(conn))
        step = await new_step(conn, run, 1, metadata={"a": 1}, attempts=[{"n": 1}])
        changed = await querier.update_chat_debug_step(
            conn,
            id=step.id,
            chat_id=step.chat_id,
            now=at(9),
            status="completed",
            assistant_message_id=5,
            normalized_response={"text": "hello"},
            error=["late"],
            finished_at=at(8),
        )
        assert changed is not None
        assert (changed.status, changed.updated_at, changed.finished_at) == (
            "completed",
            at(9),
            at(8),
        )
        assert (changed.metadata, changed.attempts) == ({"a": 1}, [{"n": 1}])
        assert (changed.normalized_response, changed.error) == ({"text": "hello"}, ["late"])
        assert (
            await querier.update_chat_debug_step(
                conn, id=step.id, chat_id=uuid.uuid4(), now=at(10), status="error"
            )
            is None
        )


async def test_null_of_json_is_not_null(example: str) -> None:
    async with connected(example, "connection") as conn:
        run = await new_run(conn, await new_chat(conn))
        step = await new_step(conn, run, 1, error=JsonNull.JSON_NULL, usage=None)
        assert (step.error, step.usage) == (JsonNull.JSON_NULL, None)
        assert await conn.fetchrow(
            "SELECT error IS NULL, usage IS NULL FROM chat_debug_steps WHERE id = $1", step.id
        ) == (False, True)


async def test_touching_a_run(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        run = await new_run(conn, await new_chat(conn))
        await querier.touch_chat_debug_run_updated_at(
            conn, id=run.id, chat_id=run.chat_id, now=at(1)
        )
        await querier.touch_chat_debug_run_updated_at(
            conn, id=run.id, chat_id=uuid.uuid4(), now=at(2)
        )
        touched = await querier.get_chat_debug_run_by_id(conn, id=run.id)
        assert touched is not None
        run.updated_at = at(1)
        assert touched == run


async def test_touching_a_step_with_its_run(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        run = await new_run(conn, await new_chat(conn))
        step = await new_step(conn, run, 1)
        stranger = await new_step(conn, await new_run(conn, run.chat_id), 1)
        touch = querier.touch_chat_debug_step_and_run
        await touch(conn, now=at(1), run_id=run.id, chat_id=run.chat_id, step_id=step.id)
        await touch(conn, now=at(2), run_id=run.id, chat_id=uuid.uuid4(), step_id=step.id)
        touched = await querier.get_chat_debug_run_by_id(conn, id=run.id)
        assert touched is not None
        assert touched.updated_at == at(1)
        [touched_step] = await querier.get_chat_debug_steps_by_run_id(conn, run_id=run.id)
        assert touched_step.updated_at == at(1)
        # The step of another run stays as it is, although this run is touched.
        await touch(conn, now=at(3), run_id=run.id, chat_id=run.chat_id, step_id=stranger.id)
        [same] = await querier.get_chat_debug_steps_by_run_id(conn, run_id=stranger.run_id)
        assert same == stranger


async def test_runs_of_a_chat_come_newest_first(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        chat_id = await new_chat(conn)
        runs = [await new_run(conn, chat_id, started_at=at(minute)) for minute in (2, 1, 3, 3)]
        await new_run(conn, await new_chat(conn))
        expected = sorted(runs, key=lambda run: (run.started_at, run.id), reverse=True)
        fetch = querier.get_chat_debug_runs_by_chat_id
        assert await fetch(conn, chat_id=chat_id, limit_val=10) == expected
        assert await fetch(conn, chat_id=chat_id, limit_val=2) == expected[:2]
        assert await fetch(conn, chat_id=chat_id, limit_val=0) == []


async def test_steps_come_in_their_order(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        run = await new_run(conn, await new_chat(conn))
        steps = [await new_step(conn, run, number) for number in (3, 1, 2)]
        expected = sorted(steps, key=lambda step: step.step_number)
        assert await querier.get_chat_debug_steps_by_run_id(conn, run_id=run.id) == expected


async def test_deleting_the_data_of_a_chat(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        chat_id = await new_chat(conn)
        old = [await new_run(conn, chat_id, started_at=at(minute)) for minute in (1, 2)]
        await new_step(conn, old[0], 1)
        kept = [
            await new_run(conn, chat_id, started_at=at(3)),
            await new_run(conn, await new_chat(conn), started_at=at(1)),
        ]
        count = await querier.delete_chat_debug_data_by_chat_id(
            conn, chat_id=chat_id, started_before=at(3)
        )
        assert count == 2
        for run in old:
            assert await querier.get_chat_debug_run_by_id(conn, id=run.id) is None
            assert await querier.get_chat_debug_steps_by_run_id(conn, run_id=run.id) == []
        for run in kept:
            assert await querier.get_chat_debug_run_by_id(conn, id=run.id) == run


async def test_deleting_what_came_after_a_message(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        chat_id = await new_chat(conn)

        async def run(**values: Any) -> ChatDebugRun:
            return await new_run(conn, chat_id, **{"started_at": at(1), **values})

        gone = [await run(trigger_message_id=11), await run(history_tip_message_id=11)]
        for values in ({"assistant_message_id": 11}, {"history_tip_message_id": 11}):
            through_step = await run(trigger_message_id=9)
            await new_step(conn, through_step, 1, **values)
            await new_step(conn, through_step, 2, **values)
            gone.append(through_step)
        kept = [
            await run(),
            await run(trigger_message_id=10, history_tip_message_id=10),
            await run(trigger_message_id=11, started_at=at(5)),
        ]
        await new_step(conn, kept[0], 1, assistant_message_id=10)
        elsewhere = await new_run(
            conn, await new_chat(conn), started_at=at(1), trigger_message_id=11
        )
        count = await querier.delete_chat_debug_data_after_message_id(
            conn, chat_id=chat_id, started_before=at(5), message_id=10
        )
        assert count == len(gone)
        left = await querier.get_chat_debug_runs_by_chat_id(conn, chat_id=chat_id, limit_val=99)
        assert {item.id for item in left} == {item.id for item in kept}
        assert await querier.get_chat_debug_run_by_id(conn, id=elsewhere.id) == elsewhere


async def test_old_runs_go_in_batches_oldest_first(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        await empty(conn)
        chat_id = await new_chat(conn)
        # Started in another order than last touched; one has finished, the others never did.
        runs = {
            minute: await new_run(
                conn, chat_id, started_at=at(-minute), updated_at=at(minute), finished_at=finished
            )
            for minute, finished in ((3, None), (1, at(1)), (2, None), (9, None))
        }
        purge = querier.delete_old_chat_debug_runs

        async def left() -> set[int]:
            found = await querier.get_chat_debug_runs_by_chat_id(
                conn, chat_id=chat_id, limit_val=99
            )
            ids = {run.id for run in found}
            return {minute for minute, run in runs.items() if run.id in ids}

        assert await purge(conn, before_time=at(5), limit_count=2) == 2
        assert await left() == {3, 9}
        assert await purge(conn, before_time=at(5), limit_count=2) == 1
        assert await left() == {9}
        assert await purge(conn, before_time=at(5), limit_count=2) == 0


async def test_finalizing_stale_rows(example: str, way: str) -> None:
    async with connected(example, way) as conn:
        await empty(conn)
        chat_id = await new_chat(conn)
        stale = await new_run(conn, chat_id)
        fresh_step = await new_step(conn, stale, 1, updated_at=at(60))
        done_step = await new_step(conn, stale, 2, status="completed", updated_at=at(0))
        alive = await new_run(conn, chat_id)
        stale_step = await new_step(conn, alive, 1, updated_at=at(0))
        live_step = await new_step(conn, alive, 2, updated_at=at(60))
        ended = await new_run(conn, chat_id, status="error", updated_at=at(0))
        for run, minute in ((stale, 0), (alive, 60)):
            await querier.touch_chat_debug_run_updated_at(
                conn, id=run.id, chat_id=chat_id, now=at(minute)
            )
        counts = await querier.finalize_stale_chat_debug_rows(
            conn, now=at(61), updated_before=at(30)
        )
        assert (counts.runs_finalized, counts.steps_finalized) == (1, 2)

        states = {
            item["id"]: (item["status"], item["finished_at"])
            for item in await conn.fetch(
                "SELECT id, status, finished_at FROM chat_debug_runs"
                " UNION ALL SELECT id, status, finished_at FROM chat_debug_steps"
            )
        }
        for finalized in (stale, fresh_step, stale_step):
            assert states[finalized.id] == ("interrupted", at(61))
        for untouched in (done_step, alive, live_step, ended):
            assert states[untouched.id] == (untouched.status, None)

        again = await querier.finalize_stale_chat_debug_rows(
            conn, now=at(62), updated_before=at(30)
        )
        assert (again.runs_finalized, again.steps_finalized) == (0, 0)


async def test_deleting_a_chat_deletes_its_debug_data(example: str) -> None:
    async with connected(example, "connection") as conn:
        run = await new_run(conn, await new_chat(conn))
        await new_step(conn, run, 1)
        await conn.execute("DELETE FROM chats WHERE id = $1", run.chat_id)
        assert await querier.get_chat_debug_run_by_id(conn, id=run.id) is None
        assert await querier.get_chat_debug_steps_by_run_id(conn, run_id=run.id) == []


async def test_what_a_transaction_rolls_back_is_gone(example: str) -> None:
    async with connected(example, "connection") as conn:
        chat_id = await new_chat(conn)
        transaction = conn.transaction()
        await transaction.start()
        run = await new_run(conn, chat_id)
        await transaction.rollback()
        assert await querier.get_chat_debug_run_by_id(conn, id=run.id) is None


async def test_a_step_racing_the_finalizer_is_never_added_to_a_finished_run(example: str) -> None:
    """Whichever takes the run first, the other sees what it did: either the step is there before
    the run ends, and ends with it or keeps it alive, or the run has ended and takes no step."""
    async with asyncpg.create_pool(example, min_size=4, max_size=4) as pool:
        await empty(pool)
        chat_id = await new_chat(pool)
        outcomes: set[tuple[bool, bool]] = set()
        for attempt in range(40):
            run = await new_run(pool, chat_id, updated_at=at(0))

            async def insert(
                run: ChatDebugRun = run, delay: float = attempt % 4 / 2000
            ) -> ChatDebugStep | None:
                await asyncio.sleep(delay)
                return await querier.insert_chat_debug_step(
                    pool,
                    run_id=run.id,
                    chat_id=run.chat_id,
                    step_number=1,
                    operation="stream",
                    status="in_progress",
                    updated_at=at(60),
                )

            step, _ = await asyncio.gather(
                insert(),
                querier.finalize_stale_chat_debug_rows(pool, now=at(61), updated_before=at(30)),
            )
            after = await querier.get_chat_debug_run_by_id(pool, id=run.id)
            assert after is not None
            steps = await querier.get_chat_debug_steps_by_run_id(pool, run_id=run.id)
            finished = after.finished_at is not None
            assert len(steps) == (step is not None)
            assert not (finished and any(item.finished_at is None for item in steps))
            assert finished != bool(steps)
            outcomes.add((finished, bool(steps)))
        assert outcomes <= {(True, False), (False, True)}


@pytest.mark.parametrize("first", ["insert", "finalize"])
async def test_the_second_waits_for_the_first(example: str, first: str) -> None:
    """The race with its order fixed: the first statement's transaction stays open until the second
    one waits for its lock."""
    async with asyncpg.create_pool(example, min_size=3, max_size=3) as pool:
        await empty(pool)
        run = await new_run(pool, await new_chat(pool), updated_at=at(0))

        async def insert(conn: Any) -> ChatDebugStep | None:
            return await querier.insert_chat_debug_step(
                conn,
                run_id=run.id,
                chat_id=run.chat_id,
                step_number=1,
                operation="stream",
                status="in_progress",
                updated_at=at(60),
            )

        async def finalize(conn: Any) -> int:
            counts = await querier.finalize_stale_chat_debug_rows(
                conn, now=at(61), updated_before=at(30)
            )
            return counts.runs_finalized

        async with pool.acquire() as conn:
            transaction = conn.transaction()
            await transaction.start()
            if first == "insert":
                assert await insert(conn) is not None
                waiting: asyncio.Task[Any] = asyncio.create_task(finalize(pool))
            else:
                assert await finalize(conn) == 1
                waiting = asyncio.create_task(insert(pool))
            while not await pool.fetchval(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database()"
            ):
                assert not waiting.done()
            await transaction.commit()
        if first == "insert":
            assert await waiting == 0
        else:
            assert await waiting is None
        after = await querier.get_chat_debug_run_by_id(pool, id=run.id)
        assert after is not None
        steps = await querier.get_chat_debug_steps_by_run_id(pool, run_id=run.id)
        assert (after.finished_at is None, len(steps)) == (
            (True, 1) if first == "insert" else (False, 0)
        )
