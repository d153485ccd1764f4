"""Rows as text, their columns read in turn (manual 8.16.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn

from sqlwright.analysis.literals.errors import WHITESPACE, refuse
from sqlwright.analysis.literals.quoting import delimited, past_blanks


def read_record(text: str, columns: Sequence[Callable[[str], None]]) -> None:
    """Values in parentheses; an empty one is NULL."""

    def fail(detail: str) -> NoReturn:
        refuse(f'malformed record literal: "{text}"', detail=detail)

    at = past_blanks(text, 0)
    if text[at : at + 1] != "(":
        fail("Missing left parenthesis.")
    at += 1
    for number, read_part in enumerate(columns):
        if number:
            if text[at : at + 1] != ",":
                fail("Too few columns." if at < len(text) else "Unexpected end of input.")
            at += 1
        value, at = delimited(text, at, ",)", fail)
        if value is not None:
            read_part(value)
    if text[at : at + 1] != ")":
        fail("Too many columns.")
    if text[at + 1 :].strip(WHITESPACE):
        fail("Junk after right parenthesis.")
