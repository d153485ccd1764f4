"""Arrays as text, their elements read in turn (manual 8.15.6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NoReturn

from sqlwright.analysis.literals.errors import WHITESPACE, refuse
from sqlwright.analysis.literals.quoting import past_blanks
from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern

ReadPart = Callable[[str], None]

_DIMENSION = pattern(r"\[([+-]?\d+)(?::([+-]?\d+))?\]", re.ASCII)
_MOST_DIMENSIONS = 6
_UNEXPECTED_END = "Unexpected end of input."


def read_array(text: str, delimiter: str, read_part: ReadPart) -> None:
    """`{...}`, nested to the same depth everywhere, with bounds before it or not."""
    at, bounds = _read_bounds(text)
    if text[at : at + 1] != "{":
        if bounds:
            _fail(text, 'Array contents must start with "{".')
        _fail(text, 'Array value must start with "{" or dimension information.')
    shape = _Shape(text)
    while True:
        token, at = _next_token(text, at, delimiter)
        if token.value is not None and not shape.after_value:
            read_part(token.value)
        shape.take(token)
        if token.kind == "end" and shape.depth == 0:
            break
    if text[at:].strip(WHITESPACE):
        _fail(text, "Junk after closing right brace.")
    if bounds and bounds != shape.lengths:
        _fail(text, "Specified array dimensions do not match array contents.")


def _fail(text: str, detail: str) -> NoReturn:
    refuse(f'malformed array literal: "{text}"', detail=detail)


def _read_bounds(text: str) -> tuple[int, list[int]]:
    lengths: list[int] = []
    at = past_blanks(text, 0)
    while text[at : at + 1] == "[":
        match = _DIMENSION.match(text, at)
        if match is None:
            if re.compile(r"\[\s*[+-]?\d+\s*:(?!\s*[+-]?\d)").match(text, at):
                _fail(text, "Missing array dimension value.")
            if re.compile(r"\[\s*[+-]?\d").match(text, at):
                _fail(text, 'Missing "]" after array dimensions.')
            _fail(text, '"[" must introduce explicitly-specified array dimensions.')
        low = 1 if match[2] is None else int(match[1])
        high = int(match[1] if match[2] is None else match[2])
        if high < low:
            refuse("upper bound cannot be less than lower bound", "2202E")
        lengths.append(high - low + 1)
        at = past_blanks(text, match.end())
    if lengths:
        if text[at : at + 1] != "=":
            _fail(text, 'Missing "=" after array dimensions.')
        at = past_blanks(text, at + 1)
    return at, lengths


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["start", "end", "delimiter", "item"]
    value: str | None = None


class _Shape:
    """The nesting read so far: every array at one depth must be of one length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        self.dimensions = 0
        self.frozen = False
        self.after_value = False
        self.counts: list[int] = [0] * _MOST_DIMENSIONS
        self.known: list[int] = [-1] * _MOST_DIMENSIONS

    @property
    def lengths(self) -> list[int]:
        return self.known[: self.dimensions]

    def take(self, token: _Token) -> None:
        """Follow the nesting by one token; refuse one out of place."""
        if token.kind == "start":
            self._start()
        elif token.kind == "end":
            self._end()
        elif token.kind == "delimiter":
            if not self.after_value:
                _fail(self.text, 'Unexpected "," character.')
            self.after_value = False
        else:
            if self.after_value:
                _fail(self.text, "Unexpected array element.")
            self.frozen = True
            if self.depth != self.dimensions:
                self._mismatch()
            self.counts[self.depth - 1] += 1
            self.after_value = True

    def _start(self) -> None:
        if self.after_value:
            _fail(self.text, 'Unexpected "{" character.')
        if self.depth >= _MOST_DIMENSIONS:
            refuse(
                f"number of array dimensions exceeds the maximum allowed ({_MOST_DIMENSIONS})",
                "54000",
            )
        self.counts[self.depth] = 0
        self.depth += 1
        if self.depth > self.dimensions:
            if self.frozen:
                self._mismatch()
            self.dimensions = self.depth

    def _end(self) -> None:
        self.depth -= 1
        count = self.counts[self.depth]
        if count and not self.after_value:
            _fail(self.text, 'Unexpected "}" character.')
        if self.depth:
            self.counts[self.depth - 1] += 1
        if self.known[self.depth] < 0:
            self.known[self.depth] = count
        elif self.known[self.depth] != count:
            self._mismatch()
        self.after_value = True

    def _mismatch(self) -> NoReturn:
        _fail(self.text, "Multidimensional arrays must have sub-arrays with matching dimensions.")


def _next_token(text: str, at: int, delimiter: str) -> tuple[_Token, int]:
    at = past_blanks(text, at)
    letter = text[at : at + 1]
    if not letter:
        _fail(text, _UNEXPECTED_END)
    if letter == "{":
        return _Token("start"), at + 1
    if letter == "}":
        return _Token("end"), at + 1
    if letter == delimiter:
        return _Token("delimiter"), at + 1
    if letter == '"':
        return _quoted(text, at + 1, delimiter)
    return _bare(text, at, delimiter)


def _quoted(text: str, at: int, delimiter: str) -> tuple[_Token, int]:
    letters: list[str] = []
    while at < len(text) and text[at] != '"':
        if text[at] == "\\":
            at += 1
        letters.append(text[at : at + 1])
        at += 1
    after = past_blanks(text, at + 1)
    if after >= len(text):
        _fail(text, _UNEXPECTED_END)
    if text[after] not in (delimiter, "}"):
        _fail(text, "Incorrectly quoted array element.")
    return _Token("item", "".join(letters)), after


def _bare(text: str, at: int, delimiter: str) -> tuple[_Token, int]:
    """An element without quotes; blanks after it do not count, and NULL is the null value."""
    letters: list[str] = []
    escaped = False
    kept = 0
    while at < len(text) and text[at] not in (delimiter, "}"):
        letter = text[at]
        if letter == "{":
            _fail(text, 'Unexpected "{" character.')
        if letter == '"':
            _fail(text, "Incorrectly quoted array element.")
        if letter == "\\":
            at += 1
            escaped = True
            letter = text[at : at + 1]
            kept = len(letters) + 1
        letters.append(letter)
        if letter not in WHITESPACE:
            kept = len(letters)
        at += 1
    if at >= len(text):
        _fail(text, _UNEXPECTED_END)
    value = "".join(letters[:kept])
    if not escaped and value.upper() == "NULL":
        return _Token("item", None), at
    return _Token("item", value), at
