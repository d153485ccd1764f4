"""The same work on many things, by several processes that share what this one has in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[int, int], None]
"""Told which thing of how many is at work."""

FEW = 60
"""How many things one process does in less time than another one takes to start and to answer."""


def in_processes(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int = 1,
    progress: Progress | None = None,
    shared: Sequence[object] = (),
    few: int = FEW,
) -> list[Result]:
    """`[work(item) for item in items]`, by up to `jobs` processes if there is enough to do: `few`
    things for each.

    Results travel by `pickle`; what is `shared` stays the very same object in them. Where the
    system cannot fork, one process does it all, as it does the part of one that ends without an
    answer. More than one is for programs with one thread.
    """
    count = max(1, min(jobs, len(items) // few)) if hasattr(os, "fork") else 1
    helpers = [_Helper(partial(_done, work, items[at::count]), shared) for at in range(1, count)]
    try:
        parts = [_done(work, items[0::count], progress, len(items))]
        parts += [helper.results() for helper in helpers]
    finally:
        for helper in helpers:
            helper.end()
    return [parts[at % count][at // count] for at in range(len(items))]


def available_processors() -> int:
    """How many processors this process may use; one on macOS, whose libraries may not be used
    after a fork."""
    if sys.platform == "darwin":
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def are_alike(sizes: Sequence[int], jobs: int) -> bool:
    """Whether so many processes have about the same to do if each takes every n-th thing of these
    sizes: there are some for each, and the largest one is little of all the work."""
    return jobs > 1 and len(sizes) >= 2 * jobs and max(sizes) * jobs <= sum(sizes)


def told_here(progress: Progress | None) -> Progress | None:
    """The same for this process only, which the copies of it have too."""
    if progress is None:
        return None
    own, tell = os.getpid(), progress
    return lambda done, total: tell(done, total) if os.getpid() == own else None


def _done(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    progress: Progress | None = None,
    total: int = 0,
) -> list[Result]:
    results = []
    for at, item in enumerate(items, 1):
        if progress is not None:
            progress(at * total // len(items), total)
        results.append(work(item))
    return results


class _Helper(Generic[Result]):
    """A copy of this process that does a part of the work and sends back what came of it."""

    def __init__(self, work: Callable[[], list[Result]], shared: Sequence[object]) -> None:
        self._work = work
        self._shared = shared
        self._answer, answer = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._process = os.fork()
        if self._process == 0:
            os.close(self._answer)
            self._run(answer)
        os.close(answer)

    def _run(self, answer: int) -> None:
        """What the copy does; it never returns, and whatever stops it is found out by its not
        answering."""
        from sqlwright.packing import pack  # with `pickle`, of no use to most commands

        places = {id(each): (at,) for at, each in enumerate(self._shared)}
        by_class = dict.fromkeys(map(type, self._shared), lambda value: places.get(id(value)))
        try:
            with os.fdopen(answer, "wb") as stream:
                stream.write(pack(self._work(), by_class) or b"")
        except BaseException:
            os._exit(1)
        os._exit(0)

    def results(self) -> list[Result]:
        """What it did; done here where it could not, so that errors are raised in this process."""
        from sqlwright.packing import unpack

        with os.fdopen(self._answer, "rb") as stream:
            self._answer = -1
            found = unpack(stream.read(), lambda place: self._shared[place[0]])
        return found if isinstance(found, list) else self._work()

    def end(self) -> None:
        """Leave nothing of it behind."""
        if self._answer >= 0:
            os.close(self._answer)
        with suppress(ProcessLookupError):
            os.kill(self._process, 9)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)
