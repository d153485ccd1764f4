"""Watching the process that calls the functions, and starting another where one dies."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlwright.dataclass import dataclass, field, replace
from sqlwright.patterns import pattern
from sqlwright.verification.calls.messages import Task

PATIENCE = 60
"""Seconds without a word after which a process hangs."""

MOST_DEATHS = 25
"""After so many the rest is not called."""

_LONGEST_LINE = 2**20
_TELLING = 100
_POSITION = pattern(r"\[\d+\]")
_START = (
    "import sys; sys.path.append({}); from sqlwright.verification.calls.child import main; main()"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A call that showed that a function cannot work: `query` is empty where it is none's. `call`
    is how it was called, and `place` on what."""

    query: str
    message: str
    place: str = ""
    call: str = ""

    @property
    def kind(self) -> str:
        """The message without the values that differ from call to call."""
        return _POSITION.sub("[]", self.message.partition(" is ")[0])[:_TELLING]


@dataclass(slots=True)
class Called:
    """What calling showed: faults, and for each query how many calls returned and were refused, the
    last refusal, the annotation that no value is known for, and a call that was too slow where
    others were not."""

    faults: list[Fault] = field(default_factory=list)
    functions: int = 0
    returned: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    slow: dict[str, Fault] = field(default_factory=dict)

    def add(self, fault: Fault) -> None:
        """Note a fault, unless it is known: it may come back in every place and state."""
        if all((item.query, item.kind) != (fault.query, fault.kind) for item in self.faults):
            self.faults.append(fault)

    def judge_slow(self) -> None:
        """Take a call that did not come to an end for a fault where no other one did."""
        for query in [each for each in self.slow if not self.returned.get(each)]:
            self.add(self.slow.pop(query))


async def call_functions(
    task: Task, folder: Path, progress: Callable[[int, int], None] = lambda done, total: None
) -> Called:
    """Have every function called, whatever becomes of the process that does it."""
    called = Called(functions=len(task.functions))
    for _ in range(MOST_DEATHS):
        watched = _Watched(called, progress, at=task.first)
        ended = await watched.run(task, folder)
        if ended is None:
            break
        fault = Fault(watched.query, ended, watched.place, watched.call)
        again = watched.hung and watched.query not in called.slow
        if watched.hung:
            called.slow.setdefault(watched.query, fault)
        else:
            called.add(fault)
        task = replace(
            task,
            first=watched.at + 1,
            warms=task.warms and watched.warms and watched.at >= 0,
            # The tables in another state, and other places, have other arguments.
            skipped=task.skipped if again else (*task.skipped, watched.query),
        )
        if not watched.started:
            break
    called.judge_slow()
    return called


@dataclass(slots=True)
class _Watched:
    """A process and the last that was heard of it."""

    called: Called
    progress: Callable[[int, int], None]
    at: int
    query: str = ""
    place: str = ""
    call: str = ""
    started: bool = False
    hung: bool = False
    warms: bool = True

    async def run(self, task: Task, folder: Path) -> str | None:
        """Run a process to its end; how it ended if it was not done."""
        file = folder / "task.json"
        file.write_text(json.dumps(task.as_json()), encoding="utf-8")
        errors = folder / "errors.txt"
        with errors.open("wb") as stderr:
            process = await asyncio.create_subprocess_exec(
                *_command(file), stdout=asyncio.subprocess.PIPE, stderr=stderr, limit=_LONGEST_LINE
            )
            try:
                done = await self._hear(process)
            except TimeoutError:
                self.hung = True
                return f"the function does not come to an end in {PATIENCE} seconds"
            finally:
                if process.returncode is None:
                    process.kill()
                await process.wait()
        if done:
            return None
        return _death(process.returncode or 0, errors.read_text(errors="replace"))

    async def _hear(self, process: Any) -> bool:
        while line := await asyncio.wait_for(process.stdout.readline(), PATIENCE):
            message = json.loads(line)
            if message["event"] == "done":
                await process.wait()
                return True
            self._note(message)
        await process.wait()
        return False

    def _note(self, message: dict[str, Any]) -> None:
        query = message.get("query", "")
        match message["event"]:
            case "step":
                self.started = True
                self.at, self.query, self.place = message["at"], query, message["place"]
                self.call = ""
                self.progress(self.at + 1, message["total"])
            case "cold":
                self.warms = False
            case "call":
                self.call = message["call"]
            case "returned":
                self.called.returned[query] = self.called.returned.get(query, 0) + 1
            case "refused":
                self.called.refused[query] = self.called.refused.get(query, 0) + 1
                self.called.refusals[query] = message["message"]
            case "unknown":
                self.called.unknown[query] = message["what"]
            case "fault":
                self.called.add(Fault(query, message["message"], message["place"], message["call"]))


def _command(file: Path) -> Sequence[str]:
    """Python without the current folder among its modules."""
    here = str(Path(__file__).resolve().parents[3])
    return (sys.executable, "-P", "-W", "ignore", "-c", _START.format(repr(here)), str(file))


def _death(code: int, errors: str) -> str:
    if code < 0:
        return f"the function kills the interpreter: {signal.Signals(-code).name}"
    last = errors.strip().splitlines()[-1:] or [f"exit code {code}"]
    return f"the process that calls the functions ended: {last[0]}"
