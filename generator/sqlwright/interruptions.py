"""Ctrl-C and requests to end the process, where they must wait or leave nothing behind."""

from __future__ import annotations

import sys
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import signal
else:
    try:
        import _signal as signal  # all that is in `signal`, but for enums of the numbers
    except ImportError:  # an implementation of Python that has it elsewhere
        import signal

T = TypeVar("T")

INTERRUPTED = 128 + signal.SIGINT
ENDED = 128 + signal.SIGTERM
"""What shells say of a command that was stopped, or was asked to end."""


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let both wait, where the system can, for something that must be done whole."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def ended_properly() -> Iterator[None]:
    """Let a request to end the process, as of a CI run that takes too long, unwind the stack: a
    server would outlive it otherwise."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: object) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def run(work: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run` for work that a request to end the process cancels, as Ctrl-C does. Raised in
    the midst of whatever happens to run, it may be dropped there, or leave others waiting for ever.
    """
    import asyncio  # of no use to commands that wait for nobody

    asked = False

    async def until_asked() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def end() -> None:
            nonlocal asked
            asked = True
            if task is not None:
                task.cancel()

        # Only the main thread is told of signals, and not on every system.
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(signal.SIGTERM, end)
        return await work

    before = signal.getsignal(signal.SIGTERM)
    try:
        return asyncio.run(until_asked())
    except asyncio.CancelledError:
        if asked:
            sys.exit(ENDED)
        raise
    finally:
        with suppress(ValueError):
            signal.signal(signal.SIGTERM, before)
