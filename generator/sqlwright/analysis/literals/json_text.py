"""json and jsonb as text (manual 8.14, RFC 8259)."""

from __future__ import annotations

import re
from typing import NoReturn

from sqlwright.analysis.literals.errors import refuse
from sqlwright.analysis.literals.numbers import read_numeric
from sqlwright.patterns import pattern

_BLANK = pattern(r"[ \t\n\r]*")
_NUMBER = pattern(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_NUMBER_RUN = pattern(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]*)?[A-Za-z0-9_\x80-\U0010ffff]*"
)
_PLAIN = pattern(r'[^"\\\x00-\x1f]*')
_WORD = pattern(r"[A-Za-z0-9_\x80-\U0010ffff]+")
_RUN = pattern(r"-?[A-Za-z0-9_\x80-\U0010ffff]+")
_HEX4 = pattern(r"[0-9a-fA-F]{4}", re.ASCII)
_DEEPEST = 400


class _TooDeepError(Exception):
    """Deeper than is followed here; PostgreSQL's own limit is its stack."""


def read_json(text: str) -> None:
    """json: only the form counts."""
    _read(text, binary=False)


def read_jsonb(text: str) -> None:
    """jsonb: strings must be representable, so no \\u0000 and no lone surrogates."""
    _read(text, binary=True)


def _read(text: str, *, binary: bool) -> None:
    parser = _Parser(text, binary)
    try:
        parser.value(0)
        parser.blank()
        if parser.at < len(text):
            parser.fail("Expected end of input")
    except _TooDeepError:
        return


def refuse_token(token: str) -> NoReturn:
    """A token that JSON does not have."""
    refuse("invalid input syntax for type json", detail=f'Token "{token}" is invalid.')


class _Parser:
    def __init__(self, text: str, binary: bool) -> None:
        self.text = text
        self.binary = binary
        self.at = 0

    def fail(self, expected: str) -> NoReturn:
        """The token at hand is not what the grammar expects there."""
        if self.at >= len(self.text):
            detail = "The input string ended unexpectedly."
        else:
            token = self._token()
            if token is None:
                token = self.text[self.at]
                word = _RUN.match(self.text, self.at)
                detail = f'Token "{word[0] if word else token}" is invalid.'
            else:
                detail = f'{expected}, but found "{token}".'
        refuse("invalid input syntax for type json", detail=detail)

    def _token(self) -> str | None:
        """The text of the token at hand, None if it is none of JSON's."""
        for each in (_NUMBER, _WORD):
            match = each.match(self.text, self.at)
            if match and (each is _NUMBER or match[0] in ("true", "false", "null")):
                return None if _WORD.match(self.text, match.end()) else match[0]
        if self.text[self.at] == '"':
            start = self.at
            self._string()
            return self.text[start : self.at]
        return self.text[self.at] if self.text[self.at] in "{}[]:," else None

    def blank(self) -> str:
        """Skip blanks; the next character, empty at the end."""
        found = _BLANK.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> None:
        """Any JSON value."""
        if depth > _DEEPEST:
            raise _TooDeepError
        first = self.blank()
        if first == "{":
            self._object(depth)
        elif first == "[":
            self._array(depth)
        elif first == '"':
            self._string()
        else:
            self._scalar()

    def _scalar(self) -> None:
        for word in ("true", "false", "null"):
            if self.text.startswith(word, self.at):
                end = self.at + len(word)
                break
        else:
            number = _NUMBER.match(self.text, self.at)
            if number is None:
                self.fail("Expected JSON value")
            end = number.end()
            if number[0] != self._number_run():
                refuse_token(self._number_run())
            if self.binary:
                read_numeric(number[0])
        if _WORD.match(self.text, end):
            self._whole_word_invalid()
        self.at = end

    def _number_run(self) -> str:
        """A number with all that PostgreSQL's lexer takes for part of it."""
        run = _NUMBER_RUN.match(self.text, self.at)
        return run[0] if run else ""

    def _whole_word_invalid(self) -> NoReturn:
        word = re.compile(r"[A-Za-z0-9_\x80-\U0010ffff]+").match(self.text, self.at)
        refuse_token(word[0] if word else "")

    def _array(self, depth: int) -> None:
        self.at += 1
        if self.blank() == "]":
            self.at += 1
            return
        while True:
            self.value(depth + 1)
            after = self.blank()
            if after not in (",", "]") or not after:
                self.fail('Expected "," or "]"')
            self.at += 1
            if after == "]":
                return

    def _object(self, depth: int) -> None:
        self.at += 1
        if self.blank() == "}":
            self.at += 1
            return
        first = True
        while True:
            if self.blank() != '"':
                self.fail('Expected string or "}"' if first else "Expected string")
            first = False
            self._string()
            if self.blank() != ":":
                self.fail('Expected ":"')
            self.at += 1
            self.value(depth + 1)
            after = self.blank()
            if after not in (",", "}") or not after:
                self.fail('Expected "," or "}"')
            self.at += 1
            if after == "}":
                return

    def _string(self) -> None:
        self.at += 1
        high = False
        while True:
            plain = _PLAIN.match(self.text, self.at)
            assert plain is not None
            if high and plain[0]:
                self._bad_surrogate()
            self.at = plain.end()
            letter = self.text[self.at : self.at + 1]
            if letter == '"':
                if high:
                    self._bad_surrogate()
                self.at += 1
                return
            if letter != "\\":
                self._bad_character(letter)
            high = self._escape(high)

    def _bad_character(self, letter: str) -> NoReturn:
        if not letter:
            start = self.text.rfind('"', 0, self.at)
            detail = f'Token "{self.text[start:]}" is invalid.'
        else:
            detail = f"Character with value 0x{ord(letter):02x} must be escaped."
        refuse("invalid input syntax for type json", detail=detail)

    def _bad_surrogate(self) -> NoReturn:
        refuse(
            "invalid input syntax for type json",
            detail="Unicode low surrogate must follow a high surrogate.",
        )

    def _escape(self, high: bool) -> bool:
        """Read an escape; whether it was the first half of a surrogate pair."""
        letter = self.text[self.at + 1 : self.at + 2]
        if letter != "u":
            if not letter or letter not in '"\\/bfnrt':
                shown = f'Escape sequence "\\{letter}" is invalid.'
                refuse("invalid input syntax for type json", detail=shown)
            if high:
                self._bad_surrogate()
            self.at += 2
            return False
        digits = _HEX4.match(self.text, self.at + 2)
        if digits is None:
            refuse(
                "invalid input syntax for type json",
                detail='"\\u" must be followed by four hexadecimal digits.',
            )
        self.at = digits.end()
        return self.binary and self._surrogate(int(digits[0], 16), high)

    def _surrogate(self, code: int, high: bool) -> bool:
        if 0xD800 <= code <= 0xDBFF:
            if high:
                refuse(
                    "invalid input syntax for type json",
                    detail="Unicode high surrogate must not follow a high surrogate.",
                )
            return True
        if (0xDC00 <= code <= 0xDFFF) != high:
            self._bad_surrogate()
        if code == 0:
            refuse(
                "unsupported Unicode escape sequence",
                "22P05",
                detail="\\u0000 cannot be converted to text.",
            )
        return False
