"""Room for statements that nest deeper than Python's stack goes by default."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

_Result = TypeVar("_Result")

_STACK = 512 * 1024 * 1024
_FRAMES = 60_000
_LEVELS = 1_000
_LEVELS_ON_LARGER = 8_500
"""As many as Python has frames for. Machine code has no frames that Python could count, and on the
usual stack of 8 MB room for some thousands."""

_on_larger = threading.local()


def levels() -> int:
    """How many levels a grammar may go down on the stack at hand, before it raises
    RecursionError."""
    return _LEVELS_ON_LARGER if hasattr(_on_larger, "is_so") else _LEVELS


def with_room(work: Callable[[], _Result]) -> _Result:
    """What `work` gives; done again on a larger stack if the usual one does not hold it.

    Raises RecursionError where that does not hold it either.
    """
    try:
        return work()
    except RecursionError:
        return _on_a_larger_stack(work)


def _on_a_larger_stack(work: Callable[[], _Result]) -> _Result:
    done: list[_Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        _on_larger.is_so = True
        try:
            done.append(work())
        except BaseException as error:  # handed to the caller
            failed.append(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size(_STACK)
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    if failed:
        raise failed[0]
    return done[0]
