"""Work that several processes share gives what one process gives."""

from __future__ import annotations

import os
import signal
import time

import pytest
from sqlwright.processes import FEW, Work, available_processors, in_processes


@pytest.mark.parametrize("count", [0, 1, FEW - 1, FEW, 2 * FEW, 5 * FEW + 3])
@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_results_come_in_the_order_of_the_things(count: int, jobs: int) -> None:
    found = in_processes(lambda item: (item * item, os.getpid()), range(count), jobs)
    assert [square for square, _ in found] == [item * item for item in range(count)]
    workers = {process for _, process in found}
    print(f"{count} things, {jobs} jobs: {len(workers)} processes")
    assert len(workers) <= max(1, min(jobs, count // FEW))


def test_every_process_has_a_turn() -> None:
    def work(_: int) -> int:
        time.sleep(0.01)
        return os.getpid()

    assert len(set(in_processes(work, range(3 * FEW), 3))) == 3


def test_progress_ends_with_all_of_them() -> None:
    told: list[tuple[int, int]] = []
    in_processes(str, range(4 * FEW), 2, lambda done, total: told.append((done, total)))
    assert told[-1] == (4 * FEW, 4 * FEW)
    assert told == sorted(told)


def test_an_error_is_raised_where_the_work_was_asked_for() -> None:
    def work(item: int) -> int:
        if item == 2 * FEW - 1:
            raise ValueError(f"no {item}")
        return item

    with pytest.raises(ValueError, match=f"no {2 * FEW - 1}"):
        in_processes(work, range(2 * FEW), 2)


def test_the_part_of_a_process_that_is_killed_is_done_all_the_same() -> None:
    asked = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != asked:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    assert in_processes(work, range(3 * FEW), 3) == list(range(3 * FEW))


def test_a_slow_thing_keeps_one_process_alone() -> None:
    """The others take what it would have had."""
    asked = os.getpid()
    read, write = os.pipe()

    def work(item: int) -> bool:
        if item:
            os.write(write, b".")
        else:
            for _ in range(3 * FEW):  # that many by the other process, before this one goes on
                os.read(read, 1)
        return os.getpid() == asked

    found = in_processes(work, range(4 * FEW), 2)
    with_it = found.count(found[0])
    print(f"{with_it} of {4 * FEW} things by the process that had the slow one")
    assert with_it <= FEW


def test_what_is_done_meanwhile() -> None:
    """Once, by this process, and not where it is alone."""
    done: list[int] = []
    for jobs, times in ((1, 0), (2, 1), (3, 1)):
        done.clear()
        in_processes(str, range(3 * FEW), jobs, meanwhile=lambda: done.append(os.getpid()))
        assert done == [os.getpid()] * times


class Needless:
    """Something nobody asks for."""


def test_what_is_not_needed_does_not_travel() -> None:
    def work(_: int) -> Needless:
        time.sleep(0.01)
        return Needless()

    found = in_processes(work, range(2 * FEW), 2, unneeded=(Needless,))
    kinds = {type(each) for each in found}
    assert kinds == {Needless, type(None)}


def test_copies_begin_at_once() -> None:
    read, write = os.pipe()

    def work(_: int) -> int:
        os.write(write, b".")
        return os.getpid()

    with Work(work, range(5), 1) as shared:
        assert shared.is_shared
        for _ in range(5):
            os.read(read, 1)
        assert os.getpid() not in shared.results()


def test_what_has_been_begun_may_be_given_up() -> None:
    begun = time.monotonic()
    with Work(lambda _: time.sleep(60), range(5), 2):
        pass
    assert time.monotonic() - begun < 30


def test_no_process_is_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    fork = os.fork

    def counted() -> int:
        process = fork()
        started.append(process)
        return process

    def work(item: int) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fork", counted)
    with pytest.raises(KeyboardInterrupt):
        in_processes(work, range(3 * FEW), 3)
    assert len(started) == 2
    for process in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def test_there_is_a_processor() -> None:
    assert available_processors() >= 1


class Whole:
    """Something that is the same only as itself."""


def test_what_is_shared_stays_the_same_object() -> None:
    shared = (Whole(), Whole())
    found = in_processes(lambda item: shared[item % 2], range(3 * FEW), 3, None, shared)
    assert all(each is shared[at % 2] for at, each in enumerate(found))
