"""The quoting that ranges and rows share: double quotes, doubled inside, and backslashes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from sqlwright.analysis.literals.errors import WHITESPACE


def past_blanks(text: str, at: int) -> int:
    """Where the next character that is not blank stands."""
    while at < len(text) and text[at] in WHITESPACE:
        at += 1
    return at


def delimited(
    text: str, at: int, stops: str, fail: Callable[[str], NoReturn]
) -> tuple[str | None, int]:
    """The value from `at` up to one of the characters `stops`, and where it ends; None if there is
    nothing in between.
    """
    if at < len(text) and text[at] in stops:
        return None, at
    letters: list[str] = []
    quoted = False
    while at < len(text):
        letter = text[at]
        if not quoted and letter in stops:
            return "".join(letters), at
        at += 1
        if letter == "\\":
            if at >= len(text):
                break
            letters.append(text[at])
            at += 1
        elif letter != '"':
            letters.append(letter)
        elif quoted and text[at : at + 1] == '"':
            letters.append(letter)
            at += 1
        else:
            quoted = not quoted
    return fail("Unexpected end of input.")
