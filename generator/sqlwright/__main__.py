"""The command as a process of its own: `sqlwright`, and `python -m sqlwright`."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from sqlwright import byte_code
from sqlwright.interruptions import INTERRUPTED, uninterrupted


def run() -> None:
    """Run the command of the process's arguments, and end the process."""
    try:
        _run()
    except KeyboardInterrupt:  # before the command has begun, which says so itself
        print("stopped", file=sys.stderr)
        sys.exit(INTERRUPTED)


def _run() -> None:
    _open_closed_outputs()
    keep = byte_code.offered()
    # What is imported stays, so that the collector need not walk it, now or ever.
    gc.disable()
    from sqlwright.cli import main

    gc.freeze()
    gc.enable()
    try:
        main(prog_name="sqlwright")
    except SystemExit as end:
        if threading.active_count() == 1 and isinstance(end.code, int):
            _leave(end.code, keep)
        raise


def _open_closed_outputs() -> None:
    """Have what is printed go nowhere where an output is closed: Python has no stream then, and a
    file that is opened later would take its place."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 # kept to the end
            setattr(sys, name, nowhere)


def _leave(code: int, keep: Callable[[], None]) -> None:
    """End the process as Python does, without giving its memory back piece by piece, which a small
    run would notice. Nothing is done where the output cannot be written: that is Python's to
    complain of."""
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return
    with uninterrupted():  # all that was asked for has been done
        keep()
        os._exit(code)


if __name__ == "__main__":
    run()
