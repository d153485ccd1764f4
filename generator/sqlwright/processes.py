"""Work on many things that several processes share, each with what this one has in memory."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Generic, Self, TypeVar

from sqlwright.dataclass import dataclass

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[int, int], None]
"""Told which thing of how many is at work."""
Answer = list[tuple[int, bytes | None]]
"""What came of parts of the work, each with its number; None for what cannot travel."""

FEW = 60
"""How many things one process does in less time than another one takes to start and to answer."""
TURNS = 64
"""Parts of the work for each process: small enough that all of them end at about the same time."""
MOST = 1000
"""Parts that there may be, whose numbers a pipe holds without anybody reading it."""
WIDTH = 4
"""Bytes of a number."""


@dataclass(frozen=True, slots=True)
class Own(Generic[Result]):
    """A value for the process that made it alone; None comes to others in its place."""

    value: Result


class Work(Generic[Item, Result]):
    """`work(item)` for all items, by so many `copies` of this process, which begin at once, and by
    this one as it asks for the `results`.

    Results travel by `pickle`; what is `shared` stays the very same object, and None comes in place
    of what is of an `unneeded` class, or `Own`. Where the system cannot fork, one process does it
    all, as it does the parts of one that ends without an answer. More than one is for programs with
    one thread.
    """

    def __init__(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        copies: int,
        progress: Progress | None = None,
        shared: Sequence[object] = (),
        unneeded: Sequence[type[Any]] = (),
    ) -> None:
        copies = copies if hasattr(os, "fork") else 0
        self._size = max(1, -(-len(items) // min((copies + 1) * TURNS, MOST)))
        self._work = work
        self._items = items
        self._tell = told_here(progress) or (lambda done, total: None)
        self._shared = shared
        self._unneeded = unneeded
        self._parts = range(-(-len(items) // self._size))
        self._turns = _Turns(self._parts) if copies else None
        self._copies: list[_Copy] = []
        try:
            for _ in range(copies):
                self._copies.append(_Copy(self._packed))
        except BaseException:
            self._end()
            raise

    @property
    def is_shared(self) -> bool:
        """Whether there are other processes."""
        return bool(self._copies)

    def results(self) -> list[Result]:
        """What came of all things, in their order; errors are raised in this process."""
        done = {at: self._part(at) for at in self._turns or self._parts}
        for copy in self._copies:
            done.update(self._unpacked(copy.answer()))
        # Those that nobody has answered for are of processes that ended early.
        done.update((at, self._part(at)) for at in self._parts if at not in done)
        if self._items:
            self._tell(len(self._items), len(self._items))
        return [result for at in self._parts for result in done[at]]

    def _part(self, at: int) -> list[Result]:
        done = []
        first = at * self._size
        for number, item in enumerate(self._items[first : first + self._size], first + 1):
            self._tell(number, len(self._items))
            done.append(self._work(item))
        return done

    def _packed(self) -> bytes:
        """What a copy does, and sends."""
        from sqlwright.packing import Packer, no_longer  # of no use to most commands

        places = {id(each): (at,) for at, each in enumerate(self._shared)}
        by_class = dict.fromkeys(map(type, self._shared), lambda value: places.get(id(value)))
        packer = Packer(by_class, dict.fromkeys((*self._unneeded, Own), no_longer))
        # Packed a part at a time, so that this is shared too.
        answer: Answer = [(at, packer.pack(self._part(at))) for at in self._turns or ()]
        return packer.pack(answer) or b""

    def _unpacked(self, packed: bytes) -> Iterator[tuple[int, list[Result]]]:
        from sqlwright.packing import unpack

        answer: Answer = unpack(packed) or []
        for at, part in answer:
            found = unpack(part, lambda place: self._shared[place[0]]) if part else None
            if isinstance(found, list):
                yield at, found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def _end(self) -> None:
        """Leave nothing of the other processes behind."""
        if self._turns is not None:
            self._turns.end()
        for copy in self._copies:
            copy.end()


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
    """`[work(item) for item in items]`, as `Work` does it, by up to `jobs` processes if there is
    enough to do: `few` things for each. `meanwhile` is done here while others have begun already;
    where there are none, it is not."""
    copies = max(0, min(jobs, len(items) // few) - 1)
    with Work(work, items, copies, progress, shared, unneeded) as done:
        if meanwhile is not None and done.is_shared:
            meanwhile()
        return done.results()


class _Turns:
    """Numbers for whichever process asks next, in a pipe that all of them read."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._take, give = os.pipe()
        for number in numbers:
            os.write(give, number.to_bytes(WIDTH, "big"))
        os.close(give)

    def __iter__(self) -> Iterator[int]:
        while len(number := os.read(self._take, WIDTH)) == WIDTH:
            yield int.from_bytes(number, "big")

    def end(self) -> None:
        os.close(self._take)


class _Copy:
    """A copy of this process that does some work and sends what came of it."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        self._answer, answer = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._process = os.fork()
        if self._process == 0:
            os.close(self._answer)
            self._run(work, answer)
        os.close(answer)

    def _run(self, work: Callable[[], bytes], answer: int) -> None:
        """What the copy does; it never returns, and whatever stops it is found out by its not
        answering."""
        gc.freeze()  # what is not looked at need not be copied
        try:
            with os.fdopen(answer, "wb") as stream:
                stream.write(work())
        except BaseException:
            os._exit(1)
        os._exit(0)

    def answer(self) -> bytes:
        """What it sent, all of it or nothing."""
        with os.fdopen(self._answer, "rb") as stream:
            self._answer = -1
            return stream.read()

    def end(self) -> None:
        """Leave nothing of it behind."""
        if self._answer >= 0:
            os.close(self._answer)
        with suppress(ProcessLookupError):
            os.kill(self._process, 9)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)


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
