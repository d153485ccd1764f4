"""Ranges and multiranges as text, their bounds read in turn (manual 8.17.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from sqlwright.analysis.literals.errors import WHITESPACE, refuse
from sqlwright.analysis.literals.quoting import delimited, past_blanks
from sqlwright.dataclass import dataclass

ReadPart = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RangeText:
    """A range taken apart: its brackets and the texts of its bounds, None where unbounded."""

    lower_closed: bool
    upper_closed: bool
    lower: str | None
    upper: str | None
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Subtype:
    """What the bounds are of: `read` reads one, `values` compare, if certain, and `check` looks at
    a range as it will be stored: its bounds, whether the lower is open and the upper closed."""

    read: ReadPart
    values: Callable[[str, str], tuple[tuple[Any, ...], tuple[Any, ...]] | None]
    check: Callable[[str | None, str | None, bool, bool], None]


def read_range(text: str, subtype: Subtype) -> None:
    """`empty`, or two bounds in brackets, the lower one first."""
    parsed, at = _range_at(text, 0, text)
    if text[at:].strip(WHITESPACE):
        what = (
            'Junk after "empty" key word.'
            if parsed.empty
            else ("Junk after right parenthesis or bracket.")
        )
        refuse(f'malformed range literal: "{text}"', detail=what)
    for bound in (parsed.lower, parsed.upper):
        if bound is not None:
            subtype.read(bound)
    low, high = parsed.lower, parsed.upper
    values = subtype.values(low, high) if low is not None and high is not None else None
    if values is not None:
        if values[0] > values[1]:
            refuse("range lower bound must be less than or equal to range upper bound", "22000")
        if values[0] == values[1] and not (parsed.lower_closed and parsed.upper_closed):
            return  # it is empty
    subtype.check(low, high, not parsed.lower_closed, parsed.upper_closed)


def _range_at(text: str, at: int, whole: str) -> tuple[RangeText, int]:
    def fail(detail: str) -> NoReturn:
        refuse(f'malformed range literal: "{whole}"', detail=detail)

    at = past_blanks(text, at)
    if text[at : at + 5].lower() == "empty":
        return RangeText(False, False, None, None, empty=True), at + 5
    if text[at : at + 1] not in ("[", "("):
        fail("Missing left parenthesis or bracket.")
    lower_closed = text[at] == "["
    lower, at = delimited(text, at + 1, ",)]", fail)
    if text[at : at + 1] != ",":
        fail("Missing comma after lower bound.")
    upper, at = delimited(text, at + 1, ",)]", fail)
    closing = text[at : at + 1]
    if closing not in ("]", ")"):
        fail("Too many commas.")
    return RangeText(lower_closed, closing == "]", lower, upper), at + 1


def read_multirange(text: str, subtype: Subtype) -> None:
    """Ranges in braces, with commas between them."""

    def fail(detail: str) -> NoReturn:
        refuse(f'malformed multirange literal: "{text}"', detail=detail)

    at = past_blanks(text, 0)
    if text[at : at + 1] != "{":
        fail("Missing left brace.")
    at = past_blanks(text, at + 1)
    if text[at : at + 1] == "}":
        at += 1
    else:
        while True:
            end = _range_end(text, at, fail)
            read_range(text[at:end], subtype)
            at = past_blanks(text, end)
            after = text[at : at + 1]
            at = past_blanks(text, at + 1)
            if after == "}":
                break
            if after != ",":
                fail("Expected comma or end of multirange." if after else _UNEXPECTED_END)
    if text[at:].strip(WHITESPACE):
        fail("Junk after closing right brace.")


_UNEXPECTED_END = "Unexpected end of input."


def _range_end(text: str, at: int, fail: Callable[[str], NoReturn]) -> int:
    """Where the range that begins at `at` ends: at the first closing bracket not quoted."""
    if text[at : at + 5].lower() == "empty":
        return at + 5
    if text[at : at + 1] not in ("[", "("):
        fail("Expected range start." if at < len(text) else _UNEXPECTED_END)
    quoted = False
    while at < len(text):
        letter = text[at]
        at += 1
        if letter == "\\":
            at += 1
        elif letter == '"':
            quoted = not quoted
        elif letter in ")]" and not quoted:
            return at
    return fail(_UNEXPECTED_END)
