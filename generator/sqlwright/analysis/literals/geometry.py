"""Points and shapes as text (manual 8.8)."""

from __future__ import annotations

import math
import re
from typing import NoReturn

from sqlwright.analysis.literals.errors import WHITESPACE, bad_syntax, refuse
from sqlwright.analysis.literals.numbers import float_overflows
from sqlwright.patterns import pattern

_COORDINATE = pattern(
    r"[ \t\n\v\f\r]*[+-]?(?:inf(?:inity)?|nan|0x[0-9a-f]+(?:\.[0-9a-f]*)?(?:p[+-]?\d+)?"
    r"|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)[ \t\n\v\f\r]*",
    re.ASCII | re.IGNORECASE,
)


_DECIMAL = pattern(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_EPSILON = 1e-6
"""By how much numbers of shapes may differ and still be the same (manual 9.11)."""


class _Scanner:
    """Reads a shape from left to right, as PostgreSQL does."""

    def __init__(self, type_name: str, text: str) -> None:
        self.type_name = type_name
        self.text = text
        self.at = 0

    def fail(self) -> NoReturn:
        bad_syntax(self.type_name, self.text)

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def blank(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in WHITESPACE:
            self.at += 1

    def accept(self, letter: str) -> bool:
        if self.peek() != letter:
            return False
        self.at += 1
        return True

    def end(self) -> None:
        self.blank()
        if self.at < len(self.text):
            self.fail()

    def number(self) -> str:
        match = _COORDINATE.match(self.text, self.at)
        if match is None:
            self.fail()
        self.at = match.end()
        number = match[0].strip(WHITESPACE)
        if _DECIMAL.fullmatch(number) and float_overflows(number, single=False):
            refuse(f'"{number}" is out of range for type double precision', "22003")
        return number

    def pair(self) -> tuple[str, str]:
        """`x,y`, with or without parentheses."""
        self.blank()
        enclosed = self.accept("(")
        x = self.number()
        if not self.accept(","):
            self.fail()
        y = self.number()
        if enclosed:
            if not self.accept(")"):
                self.fail()
            self.blank()
        return x, y

    def points(self, count: int, *, may_be_open: bool) -> list[tuple[str, str]]:
        """So many pairs, in brackets or parentheses, of which there may be one pair too many."""
        self.blank()
        is_open = self.peek() == "["
        depth = 0
        if is_open:
            if not may_be_open:
                self.fail()
            depth, self.at = 1, self.at + 1
        elif self.peek() == "(":
            inner = self._after_blanks(self.at + 1)
            if self.text[inner : inner + 1] == "(" or self.text.rfind("(") == self.at:
                depth, self.at = 1, inner
        found = []
        for _ in range(count):
            found.append(self.pair())
            self.accept(",")
        while depth:
            closing = self.peek()
            if closing != ")" and not (closing == "]" and is_open and depth == 1):
                self.fail()
            self.at += 1
            depth -= 1
            self.blank()
        return found

    def _after_blanks(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in WHITESPACE:
            at += 1
        return at

    def pair_count(self) -> int:
        commas = self.text.count(",")
        if commas % 2 == 0:
            self.fail()
        return (commas + 1) // 2


def read_point(text: str) -> None:
    """`(x,y)` or `x,y`."""
    scanner = _Scanner("point", text)
    scanner.pair()
    scanner.end()


def read_lseg(text: str) -> None:
    """Two points."""
    scanner = _Scanner("lseg", text)
    scanner.points(2, may_be_open=True)
    scanner.end()


def read_box(text: str) -> None:
    """Two corners."""
    scanner = _Scanner("box", text)
    scanner.points(2, may_be_open=False)
    scanner.end()


def read_path(text: str) -> None:
    """Points in brackets (open) or parentheses (closed)."""
    scanner = _Scanner("path", text)
    count = scanner.pair_count()
    scanner.blank()
    enclosed = scanner.peek() == "(" and text.rfind("(") == scanner.at
    if enclosed:
        scanner.at += 1
    scanner.points(count, may_be_open=True)
    if enclosed:
        if not scanner.accept(")"):
            scanner.fail()
        scanner.blank()
    scanner.end()


def read_polygon(text: str) -> None:
    """Corners in parentheses."""
    scanner = _Scanner("polygon", text)
    scanner.points(scanner.pair_count(), may_be_open=False)
    scanner.end()


def read_line(text: str) -> None:
    """`{A,B,C}`, not both A and B zero, or two points."""
    scanner = _Scanner("line", text)
    scanner.blank()
    if not scanner.accept("{"):
        one, other = scanner.points(2, may_be_open=True)
        scanner.end()
        if all(map(_are_equal, one, other)):
            refuse("invalid line specification: must be two distinct points")
        return
    numbers = []
    for follows in (",", ",", "}"):
        numbers.append(scanner.number())
        if not scanner.accept(follows):
            scanner.fail()
    scanner.end()
    if all(_are_equal(each, "0") for each in numbers[:2]):
        refuse("invalid line specification: A and B cannot both be zero")


def _are_equal(one: str, other: str) -> bool:
    values = [float(each) if "x" not in each.lower() else math.nan for each in (one, other)]
    return values[0] == values[1] or abs(values[0] - values[1]) <= _EPSILON


def read_circle(text: str) -> None:
    """`<(x,y),r>`."""
    scanner = _Scanner("circle", text)
    scanner.blank()
    depth = 0
    angled = scanner.accept("<")
    if angled:
        depth = 1
    elif scanner.peek() == "(":
        inner = scanner._after_blanks(scanner.at + 1)
        if text[inner : inner + 1] == "(":
            depth, scanner.at = 1, inner
    scanner.pair()
    scanner.accept(",")
    radius = scanner.number()
    if radius.startswith("-") and radius.strip("+-0."):
        scanner.fail()
    while depth:
        if not scanner.accept(")") and not scanner.accept(">"):
            scanner.fail()
        depth -= 1
        scanner.blank()
    scanner.end()
