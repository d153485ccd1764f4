"""A request to end the process ends what runs, and what must be done afterwards is done."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest
from sqlwright.interruptions import ENDED, ended_properly, run


def test_work_that_waits_for_nothing_to_come_ends() -> None:
    done: list[str] = []

    async def work() -> None:
        asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), signal.SIGTERM)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            await asyncio.sleep(0)
            done.append("tidied up")

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended:
        run(work())
    assert ended.value.code == ENDED
    assert done == ["tidied up"]
    assert signal.getsignal(signal.SIGTERM) is before


def test_code_that_drops_every_error_cannot_drop_the_request() -> None:
    async def work() -> None:
        for _ in range(100):
            try:
                os.kill(os.getpid(), signal.SIGTERM)
            except BaseException as error:
                pytest.fail(f"raised in the midst of the work: {error!r}")
            await asyncio.sleep(0)

    with ended_properly(), pytest.raises(SystemExit):
        run(work())


def test_results_and_errors_come_through() -> None:
    async def work(error: Exception | None = None) -> int:
        await asyncio.sleep(0)
        if error is not None:
            raise error
        return 5

    assert run(work()) == 5
    with pytest.raises(ZeroDivisionError):
        run(work(ZeroDivisionError()))
