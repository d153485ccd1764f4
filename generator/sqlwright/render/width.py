"""How much goes on a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlwright.codegen.options import USUAL_LINE_LENGTH
from sqlwright.diagnostics.display import width

STEP = "    "
# Every rule of layout asks for it and none is about it, so that it is no argument of them all.
_length: ContextVar[int] = ContextVar("line length", default=USUAL_LINE_LENGTH)


@contextmanager
def lines_of(columns: int) -> Iterator[None]:
    """Have what is laid out meanwhile in lines of so many columns."""
    before = _length.set(columns)
    try:
        yield
    finally:
        _length.reset(before)


def fits(line: str) -> bool:
    """Whether a line stays within the width; wide characters count twice, combining ones not."""
    return (len(line) if line.isascii() else width(line)) <= _length.get()
