"""Work that several processes share, each with what this one has in memory."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Generic, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[int, int], None]
"""Told which thing of how many is at work."""
FEW = 60
"""How many things one process does in less time than another one takes to start and to answer."""
TURNS = 64
"""Parts of the work for each process: small enough that all of them end at about the same time."""
MOST = 1000
"""Parts that there may be, whose numbers a pipe holds without anybody reading it."""
WIDTH = 4
"""Bytes of a number."""


class Beside(Generic[Result]):
    """Work that a copy of this process does while this one goes on; done here, once it is asked
    for, where the system cannot fork, or the copy ended without an answer.

    What came of it travels by `pickle`; what is `shared` stays the very same object, and None comes
    in place of what is of an `unneeded` class. For programs with one thread.
    """

    def __init__(
        self,
        work: Callable[[], Result],
        shared: Sequence[object] = (),
        unneeded: Sequence[type[Any]] = (),
    ) -> None:
        self._work = work
        self._shared = shared
        self._process = self._answer = -1
        if not hasattr(os, "fork"):
            return
        self._answer, answer = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._process = os.fork()
        if self._process == 0:
            os.close(self._answer)
            self._run(answer, unneeded)
        os.close(answer)

    def _run(self, answer: int, unneeded: Sequence[type[Any]]) -> None:
        """What the copy does; it never returns, and whatever stops it is found out by its not
        answering."""
        from sqlwright.packing import Packer, no_longer  # with `pickle`, of no use to most commands

        gc.freeze()  # what is not looked at need not be copied
        places = {id(each): (at,) for at, each in enumerate(self._shared)}
        by_class = dict.fromkeys(map(type, self._shared), lambda value: places.get(id(value)))
        packer = Packer(by_class, dict.fromkeys(unneeded, no_longer))
        try:
            with os.fdopen(answer, "wb") as stream:
                stream.write(packer.pack((self._work(),)) or b"")
        except BaseException:
            os._exit(1)
        os._exit(0)

    def result(self) -> Result:
        """What came of it; errors are raised in this process."""
        if self._answer < 0:
            return self._work()
        from sqlwright.packing import unpack

        with os.fdopen(self._answer, "rb") as stream:
            self._answer = -1
            found = unpack(stream.read(), lambda place: self._shared[place[0]])
        if not isinstance(found, tuple):
            return self._work()
        result: Result = found[0]
        return result

    def end(self) -> None:
        """Leave nothing of it behind."""
        if self._answer >= 0:
            os.close(self._answer)
            self._answer = -1
        if self._process > 0:
            with suppress(ProcessLookupError):
                os.kill(self._process, 9)
            with suppress(ChildProcessError):
                os.waitpid(self._process, 0)
            self._process = -1


def in_processes(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int = 1,
    progress: Progress | None = None,
    shared: Sequence[object] = (),
    few: int = FEW,
    unneeded: Sequence[type[Any]] = (),
    meanwhile: Callable[[], None] | None = None,
) -> list[Result]:
    """`[work(item) for item in items]`, by up to `jobs` processes if there is enough to do: `few`
    things for each. What is `shared` and `unneeded` is as in `Beside`.

    `meanwhile` is done here while others have begun already; where there are none, it is not.
    """
    count = max(1, min(jobs, len(items) // few)) if hasattr(os, "fork") else 1
    size = max(1, -(-len(items) // min(count * TURNS, MOST)))
    parts = [items[at : at + size] for at in range(0, len(items), size)]
    tell = told_here(progress) or (lambda done, total: None)

    def part(at: int) -> list[Result]:
        done = []
        for number, item in enumerate(parts[at], at * size + 1):
            tell(number, len(items))
            done.append(work(item))
        return done

    with _Turns(count, len(parts)) as turns:
        done = dict(_by_all(part, turns, shared, unneeded, meanwhile))
    # Those that nobody has answered for are of processes that ended early.
    done.update((at, part(at)) for at in range(len(parts)) if at not in done)
    if items:
        tell(len(items), len(items))
    return [result for at in range(len(parts)) for result in done[at]]


def _by_all(
    part: Callable[[int], Result],
    turns: _Turns,
    shared: Sequence[object],
    unneeded: Sequence[type[Any]],
    meanwhile: Callable[[], None] | None,
) -> Iterator[tuple[int, Result]]:
    """What comes of each part, by its number, by this process and its copies."""

    def taken(process: int) -> list[tuple[int, Result]]:
        return [(at, part(at)) for at in turns.of(process)]

    helpers: list[Beside[list[tuple[int, Result]]]] = []
    try:
        for process in range(1, turns.processes):
            helpers.append(Beside(partial(taken, process), shared, unneeded))
        if helpers and meanwhile is not None:
            meanwhile()
        yield from taken(0)
        for helper in helpers:
            yield from helper.result()
    finally:
        for helper in helpers:
            helper.end()


class _Turns:
    """Parts of the work for so many processes. Each has one of its own to begin with; the others go
    to whichever asks next, by their numbers in a pipe that all of them read."""

    def __init__(self, processes: int, parts: int) -> None:
        self.processes = processes
        self._parts = parts
        self._numbers, numbers = os.pipe()
        for part in range(processes, parts):
            os.write(numbers, part.to_bytes(WIDTH, "big"))
        os.close(numbers)

    def of(self, process: int) -> Iterator[int]:
        """The parts that a process takes."""
        if process < self._parts:
            yield process
        while len(number := os.read(self._numbers, WIDTH)) == WIDTH:
            yield int.from_bytes(number, "big")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        os.close(self._numbers)


def available_processors() -> int:
    """How many processors this process may use; one on macOS, whose libraries may not be used
    after a fork."""
    if sys.platform == "darwin":
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def are_alike(sizes: Sequence[int], jobs: int) -> bool:
    """Whether so many processes have about the same to do if each takes some of the things of these
    sizes: there are some for each, and the largest one is little of all the work."""
    return jobs > 1 and len(sizes) >= 2 * jobs and max(sizes) * jobs <= sum(sizes)


def told_here(progress: Progress | None) -> Progress | None:
    """The same for this process only, which the copies of it have too."""
    if progress is None:
        return None
    own, tell = os.getpid(), progress
    return lambda done, total: tell(done, total) if os.getpid() == own else None
