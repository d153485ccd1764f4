"""Progress on a terminal: one line of standard error that is gone when the work is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 0.4
"""Seconds that may pass from the first step of the work before there is anything to see."""
PAUSE = 0.05
"""Seconds between two states of the line."""
CLEAR = "\r\x1b[K"


def is_shown() -> bool:
    """Whether standard error is a terminal; a process may have none at all."""
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Counts `what`s on one line; None where standard error is no terminal."""
    if not is_shown():
        yield None
        return
    line = _Line(what)
    try:
        yield line.show
    finally:
        line.clear()


class _Line:
    def __init__(self, what: str) -> None:
        self.what = what
        self.next: float | None = None
        self.shown = False

    def show(self, done: int, total: int) -> None:
        now = time.monotonic()
        self.next = self.next or now + PATIENCE
        if now < self.next:
            return
        self.next = now + PAUSE
        self.shown = True
        sys.stderr.write(f"{CLEAR}{self.what} {done} of {total}")
        sys.stderr.flush()

    def clear(self) -> None:
        if self.shown:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()
