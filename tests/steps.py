"""How much work something is, whatever else the machine is doing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from sqlwright import pipeline

COMPILED = not str(pipeline.__file__).endswith(".py")
"""Whether the modules of the program are machine code (`make test-compiled`)."""


def steps_of(work: Callable[[], object]) -> int:
    """How many lines of Python `work` runs, in this thread. Skips the test of a program that is
    compiled, of which none can be seen."""
    if COMPILED:
        pytest.skip("machine code makes no steps that can be counted")
    count = 0

    def seen(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return seen

    before = sys.gettrace()
    sys.settrace(seen)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
