"""Arrays as text, their elements read in turn (manual 8.15.6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from sqlwright.analysis.literals.errors import WHITESPACE, refuse

ReadPart = Callable[[str], None]

_DIMENSION = re.compile(r"\[\s*([+-]?\d+)\s*(?::\s*([+-]?\d+)\s*)?\]", re.ASCII)
_MOST_DIMENSIONS = 6


class _EmptyInnerError(Exception):
    """An empty array inside another: which of those make the whole empty is left to the server."""


def read_array(text: str, delimiter: str, read_part: ReadPart) -> None:
    """`{...}`, nested to the same depth everywhere, with bounds before it or not."""
    reader = _ArrayReader(text, delimiter, read_part)
    try:
        reader.read()
    except _EmptyInnerError:
        return


class _ArrayReader:
    def __init__(self, text: str, delimiter: str, read_part: ReadPart) -> None:
        self.text = text
        self.delimiter = delimiter
        self.read_part = read_part
        self.at = 0
        self.lengths: dict[int, int] = {}
        self.depth_of_items = 0

    def fail(self, detail: str) -> NoReturn:
        refuse(f'malformed array literal: "{self.text}"', detail=detail)

    def read(self) -> None:
        bounds = self._bounds()
        if self._peek() != "{":
            if bounds:
                self.fail('Array contents must start with "{".')
            self.fail('Array value must start with "{" or dimension information.')
        self._list(1)
        if self._peek():
            self.fail("Junk after closing right brace.")
        self._check_bounds(bounds)

    def _blank(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in WHITESPACE:
            self.at += 1

    def _peek(self) -> str:
        self._blank()
        return self.text[self.at : self.at + 1]

    def _bounds(self) -> list[int]:
        lengths = []
        while self._peek() == "[":
            match = _DIMENSION.match(self.text, self.at)
            if match is None:
                self.fail('"[" must introduce explicitly-specified array dimensions.')
            low = 1 if match[2] is None else int(match[1])
            high = int(match[1] if match[2] is None else match[2])
            if high < low:
                refuse("upper bound cannot be less than lower bound", "2202E")
            lengths.append(high - low + 1)
            self.at = match.end()
        if lengths:
            if self._peek() != "=":
                self.fail('Missing "=" after array dimensions.')
            self.at += 1
        return lengths

    def _check_bounds(self, bounds: list[int]) -> None:
        if not bounds:
            return
        actual = [self.lengths[depth] for depth in sorted(self.lengths)]
        if actual != bounds:
            self.fail("Specified array dimensions do not match array contents.")

    def _list(self, depth: int) -> None:
        if depth > _MOST_DIMENSIONS:
            refuse(
                f"number of array dimensions ({depth}) exceeds the maximum allowed"
                f" ({_MOST_DIMENSIONS})",
                "54000",
            )
        self.at += 1
        count = 0
        if self._peek() == "}":
            self.at += 1
            if depth > 1:
                raise _EmptyInnerError
            self.lengths[depth] = 0
            return
        while True:
            if self._peek() == "{":
                if self.depth_of_items and depth >= self.depth_of_items:
                    self._mismatch()
                self._list(depth + 1)
            else:
                self._item(depth)
            count += 1
            after = self._peek()
            self.at += 1
            if after == "}":
                break
            if after != self.delimiter:
                if not after:
                    self.fail("Unexpected end of input.")
                self._unexpected(after)
        if self.lengths.setdefault(depth, count) != count:
            self._mismatch()

    def _unexpected(self, letter: str) -> NoReturn:
        if letter == '"' or letter not in "{":
            self.fail("Incorrectly quoted array element.")
        self.fail(f'Unexpected "{letter}" character.')

    def _mismatch(self) -> NoReturn:
        self.fail("Multidimensional arrays must have sub-arrays with matching dimensions.")

    def _item(self, depth: int) -> None:
        if self.depth_of_items not in (0, depth):
            self._mismatch()
        self.depth_of_items = depth
        if self.text[self.at] == '"':
            self.read_part(self._quoted())
            return
        start = self.at
        letters: list[str] = []
        escaped = False
        kept = 0
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter == "\\":
                self.at += 1
                if self.at >= len(self.text):
                    break
                letters.append(self.text[self.at])
                escaped = True
                kept = len(letters)
            elif letter in (self.delimiter, "}"):
                break
            elif letter in '"{':
                self._misplaced(letter)
            else:
                letters.append(letter)
                if letter not in WHITESPACE:
                    kept = len(letters)
            self.at += 1
        else:
            self.fail("Unexpected end of input.")
        if self.at >= len(self.text):
            self.fail("Unexpected end of input.")
        if self.at == start:
            self.fail(f'Unexpected "{self.text[self.at]}" character.')
        item = "".join(letters[:kept])
        if escaped or item.upper() != "NULL":
            self.read_part(item)

    def _misplaced(self, letter: str) -> NoReturn:
        if letter == '"':
            self.fail("Incorrectly quoted array element.")
        self.fail(f'Unexpected "{letter}" character.')

    def _quoted(self) -> str:
        self.at += 1
        letters: list[str] = []
        while self.at < len(self.text):
            letter = self.text[self.at]
            self.at += 1
            if letter == '"':
                return "".join(letters)
            if letter == "\\":
                letter = self.text[self.at : self.at + 1]
                self.at += 1
            letters.append(letter)
        return self.fail("Unexpected end of input.")
