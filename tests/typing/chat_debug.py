"""What type checkers see of the worked example; mypy and pyright both read this file."""

from __future__ import annotations

import datetime
import uuid
from typing import assert_type

from generated import (
    ChatDebugRun,
    ChatDebugStep,
    Connection,
    FinalizeStaleChatDebugRowsRow,
    JsonNull,
    JsonValue,
    querier,
)


async def reading(conn: Connection, id: uuid.UUID) -> None:
    run = await querier.get_chat_debug_run_by_id(conn, id=id)
    assert_type(run, ChatDebugRun | None)
    runs = await querier.get_chat_debug_runs_by_chat_id(conn, chat_id=id, limit_val=3)
    assert_type(runs, list[ChatDebugRun])
    for step in await querier.get_chat_debug_steps_by_run_id(conn, run_id=id):
        assert_type(step, ChatDebugStep)
        assert_type(step.finished_at, datetime.datetime | None)
        assert_type(step.metadata, JsonValue)
        assert_type(step.usage, JsonValue | JsonNull)


async def writing(conn: Connection, id: uuid.UUID, now: datetime.datetime) -> None:
    run = await querier.insert_chat_debug_run(
        conn, chat_id=id, kind="chat_turn", status="in_progress", summary={"tokens": [1, None]}
    )
    assert_type(run, ChatDebugRun)
    step = await querier.insert_chat_debug_step(
        conn,
        run_id=run.id,
        chat_id=run.chat_id,
        step_number=1,
        operation="stream",
        status="in_progress",
        usage=run.summary,
        error=JsonNull.JSON_NULL,
    )
    assert_type(step, ChatDebugStep | None)
    count = await querier.delete_old_chat_debug_runs(conn, before_time=now, limit_count=10)
    assert_type(count, int)
    finalized = await querier.finalize_stale_chat_debug_rows(conn, now=now, updated_before=now)
    assert_type(finalized, FinalizeStaleChatDebugRowsRow)
    assert_type(finalized.steps_finalized, int)
