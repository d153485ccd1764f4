"""Regular expressions as jsonpath compiles them when it is read (manual 9.7.3, 9.16.2.3)."""

from __future__ import annotations

import re
from typing import NoReturn

from sqlwright.analysis.literals.errors import refuse
from sqlwright.patterns import pattern

_MOST_REPETITIONS = 255
_CLASSES = frozenset(
    {
        *("alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower"),
        *("print", "punct", "space", "upper", "xdigit", "word"),
    }
)
_DIRECTED = pattern(r"\*\*\*|\(\?[a-z]+\)")
"""What says at the start that another kind of regular expression follows."""
_BOUND = pattern(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_GROUP = pattern(r"\((?:\?(?::|=|!|<=|<!))?")
_BRACKETED = pattern(r"\[([:.=])(.*?)\1\]", re.DOTALL)
_ESCAPES = frozenset("aAbBcdDefmMnrsStuUvwWxyYZ")


def check_regular(text: str) -> None:
    """Refuse what is surely no regular expression (2201B)."""
    if not _DIRECTED.match(text):
        _Checker(text).whole()


class _Checker:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.open: list[bool] = []
        self.closed = 0

    def fail(self, what: str) -> NoReturn:
        refuse(f"invalid regular expression: {what}", "2201B")

    def whole(self) -> None:
        """From left to right, `operand` telling whether something stands before a quantifier."""
        operand = False
        while self.at < len(self.text):
            operand = self._next(self.text[self.at], operand)
        if self.open:
            self.fail("parentheses () not balanced")

    def _next(self, letter: str, operand: bool) -> bool:
        if letter == "(":
            match = _GROUP.match(self.text, self.at)
            assert match is not None
            self.open.append(match[0] == "(")
            self.at = match.end()
            return False
        if letter == ")":
            if not self.open:
                self.fail("parentheses () not balanced")
            self.closed += self.open.pop()
            self.at += 1
            return True
        if letter in "*+?" or (letter == "{" and self.text[self.at + 1 : self.at + 2].isdigit()):
            return self._quantifier(operand)
        if letter == "[":
            self._bracket()
            return True
        if letter == "\\":
            self._escape()
            return True
        self.at += 1
        return letter not in "|^$"

    def _quantifier(self, operand: bool) -> bool:
        if not operand:
            self.fail("quantifier operand invalid")
        if self.text[self.at] == "{":
            match = _BOUND.match(self.text, self.at)
            if match is None:
                self.fail("braces {} not balanced" if "}" not in self.text[self.at :] else _COUNTS)
            least, most = int(match[1]), int(match[3] or match[1])
            if max(least, most) > _MOST_REPETITIONS or most < least:
                self.fail(_COUNTS)
            self.at = match.end()
        else:
            self.at += 1
        if self.text[self.at : self.at + 1] == "?":
            self.at += 1
        return False

    def _bracket(self) -> None:
        self.at += 1
        if self.text[self.at : self.at + 1] == "^":
            self.at += 1
        first = True
        while True:
            letter = self.text[self.at : self.at + 1]
            if not letter:
                self.fail("brackets [] not balanced")
            if letter == "]" and not first:
                self.at += 1
                return
            first = False
            special = _BRACKETED.match(self.text, self.at)
            if special is not None:
                if special[1] == ":" and special[2] not in _CLASSES:
                    self.fail("invalid character class")
                self.at = special.end()
            else:
                self.at += 2 if letter == "\\" else 1

    def _escape(self) -> None:
        letter = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        if not letter or (letter.isascii() and letter.isalpha() and letter not in _ESCAPES):
            self.fail("invalid escape \\ sequence")
        if letter in "123456789" and int(letter) > self.closed:
            self.fail("invalid backreference number")


_COUNTS = "invalid repetition count(s)"
