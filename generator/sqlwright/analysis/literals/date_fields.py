"""Dates and times cut into fields, and the words among them (manual 8.5.1, appendix B).

A field is a run of the text with a kind: a number, a word, a date with separators, a time with
colons, a signed number (a zone offset) or a signed word.
"""

from __future__ import annotations

from typing import Literal

from sqlwright.analysis.literals.errors import WHITESPACE
from sqlwright.dataclass import dataclass

FieldKind = Literal["number", "string", "date", "time", "zone", "special"]

_LONGEST_TEXT = 128
_MOST_FIELDS = 25
_LONGEST_WORD = 10
_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WORD_PUNCTUATION = "+-/_.:"


@dataclass(frozen=True, slots=True)
class Field:
    """A part of the text; words are lower case."""

    text: str
    kind: FieldKind


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of a date means: its class and, for some classes, a value."""

    kind: Literal[
        "month", "weekday", "reserved", "ignored", "am/pm", "era", "unit", "time follows", "summer"
    ]
    value: str | int = ""


_MONTHS = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may",),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_WEEKDAYS = (
    ("sun", "sunday"),
    ("mon", "monday"),
    ("tue", "tues", "tuesday"),
    ("wed", "weds", "wednesday"),
    ("thu", "thur", "thurs", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
)
_RESERVED = (
    "now",
    "today",
    "tomorrow",
    "yesterday",
    "epoch",
    "infinity",
    "-infinity",
    "+infinity",
    "allballs",
)
_UNITS = {
    "d": "day",
    "dow": "dow",
    "doy": "doy",
    "h": "hour",
    "isodow": "isodow",
    "isoyear": "isoyear",
    "j": "julian",
    "jd": "julian",
    "julian": "julian",
    "m": "month",
    "mm": "minute",
    "s": "second",
    "y": "year",
}
WORDS: dict[str, Word] = {
    **{name: Word("month", at) for at, names in enumerate(_MONTHS, 1) for name in names},
    **{name: Word("weekday") for names in _WEEKDAYS for name in names},
    **{name: Word("reserved", name) for name in _RESERVED},
    **{name: Word("unit", unit) for name, unit in _UNITS.items()},
    "at": Word("ignored"),
    "on": Word("ignored"),
    "am": Word("am/pm", "am"),
    "pm": Word("am/pm", "pm"),
    "ad": Word("era", "ad"),
    "bc": Word("era", "bc"),
    "t": Word("time follows"),
    "dst": Word("summer"),
}


def known_word(text: str) -> Word | None:
    """The meaning of a word; only its first ten letters count."""
    return WORDS.get(text[:_LONGEST_WORD])


def split_fields(text: str) -> list[Field] | None:
    """The fields of a text, None if it cannot be cut into any."""
    if len(text) > _LONGEST_TEXT:
        return None
    return _Splitter(text).split()


class _Splitter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def split(self) -> list[Field] | None:
        fields: list[Field] = []
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter in WHITESPACE:
                self.at += 1
                continue
            field = self._field(letter)
            if field is None:
                if not _is_punctuation(letter) or letter in "+-":
                    return None
                self.at += 1
                continue
            fields.append(field)
            if len(fields) > _MOST_FIELDS:
                return None
        return fields

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _run(self, allowed: str) -> str:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in allowed:
            self.at += 1
        return self.text[start : self.at]

    def _field(self, letter: str) -> Field | None:
        if letter in _DIGITS:
            return self._from_digit()
        if letter == ".":
            self.at += 1
            return Field("." + self._run(_DIGITS), "number")
        if letter in _LETTERS:
            return self._from_letter()
        if letter in "+-":
            return self._from_sign()
        return None

    def _from_digit(self) -> Field:
        text = self._run(_DIGITS)
        after = self._peek()
        if after == ":":
            return Field(text + self._run(_DIGITS + ":."), "time")
        if not after or after not in "-/.":
            return Field(text, "number")
        self.at += 1
        text += after
        if self._peek() and self._peek() in _DIGITS:
            kind: FieldKind = "number" if after == "." else "date"
            text += self._run(_DIGITS)
            if self._peek() == after:
                kind = "date"
                text += self._run(_DIGITS + after)
            return Field(text, kind)
        return Field(text + self._run(_DIGITS + _LETTERS + after).lower(), "date")

    def _from_letter(self) -> Field:
        """A word; with punctuation or a digit after it a date like Jan-08-1999 or a zone name."""
        text = self._run(_LETTERS).lower()
        after = self._peek()
        compound = bool(after) and (
            after in "-/." or ((after == "+" or after in _DIGITS) and known_word(text) is None)
        )
        if not compound:
            return Field(text, "string")
        return Field(text + self._run(_WORD_PUNCTUATION + _DIGITS + _LETTERS).lower(), "date")

    def _from_sign(self) -> Field | None:
        start = self.at
        sign = self.text[self.at]
        self.at += 1
        self._run(WHITESPACE)
        after = self._peek()
        if after and after in _DIGITS:
            return Field(sign + self._run(_DIGITS + ":.-"), "zone")
        if after and after in _LETTERS:
            return Field(sign + self._run(_LETTERS).lower(), "special")
        self.at = start
        return None


def _is_punctuation(letter: str) -> bool:
    return 33 <= ord(letter) <= 126 and not letter.isalnum()
