r"""What the escapes in `E'...'`, `U&'...'` and `U&"..."` stand for.

Source of the rules: PostgreSQL manual, section 4.1 (Lexical Structure).
"""

from __future__ import annotations

import re

from sqlwright.patterns import pattern

_ESCAPE = pattern(
    r"""\\(?:
        (?P<octal>[0-7]{1,3})
      | x(?P<hex>[0-9A-Fa-f]{1,2})
      | u(?P<short>[0-9A-Fa-f]{4})
      | U(?P<long>[0-9A-Fa-f]{8})
      | (?P<incomplete>[uU])
      | (?P<char>.)
    )|''|[^\\']+""",
    re.VERBOSE | re.DOTALL,
)
_CONTROL = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_MAX_CODE_POINT = 0x10FFFF


class EscapeError(Exception):
    """An escape that PostgreSQL refuses; `offset` and `length` are its place in the body."""

    def __init__(
        self, message: str, offset: int, length: int, sqlstate: str, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.length = length
        self.sqlstate = sqlstate
        self.hint = hint


class InvalidBytesError(Exception):
    """Octal or hexadecimal escapes that make no UTF-8 text, in PostgreSQL's words."""


class _CodePoints:
    """Collects characters, joining surrogate pairs."""

    def __init__(self) -> None:
        self.bytes = bytearray()
        self._high: int | None = None

    def add_text(self, text: str, offset: int) -> None:
        self.expect_no_high(offset)
        self.bytes += text.encode("utf-8", "surrogatepass")

    def add_code(self, code: int, offset: int, length: int) -> None:
        if code == 0 or code > _MAX_CODE_POINT:
            raise EscapeError("invalid Unicode escape value", offset, length, "42601")
        if self._high is not None:
            if not 0xDC00 <= code <= 0xDFFF:
                self.expect_no_high(offset, length)
            code = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)
            self._high = None
        elif 0xD800 <= code <= 0xDBFF:
            self._high = code
            return
        elif 0xDC00 <= code <= 0xDFFF:
            raise EscapeError("invalid Unicode surrogate pair", offset, length, "42601")
        self.bytes += chr(code).encode("utf-8")

    def expect_no_high(self, offset: int, length: int = 1) -> None:
        if self._high is not None:
            raise EscapeError("invalid Unicode surrogate pair", offset, length, "42601")


def unescape_backslashes(body: str) -> str:
    """The contents of `E'body'`.

    Raises EscapeError for bad Unicode escapes, InvalidBytesError for bytes that are not UTF-8.
    """
    if "\\" not in body:
        return body.replace("''", "'")
    out = _CodePoints()
    verify = False
    for found in _ESCAPE.finditer(body):
        at = found.start()
        kind = found.lastgroup
        if kind is None:
            out.add_text("'" if found[0] == "''" else found[0], at)
        elif kind == "char":
            out.add_text(_CONTROL.get(found["char"], found["char"]), at)
        elif kind in ("octal", "hex"):
            out.expect_no_high(at)
            byte = int(found[kind], 8 if kind == "octal" else 16) & 0xFF
            verify = verify or byte == 0 or byte >= 0x80
            out.bytes.append(byte)
        elif kind == "incomplete":
            raise EscapeError(
                "invalid Unicode escape",
                at,
                len(found[0]),
                "22025",
                "Unicode escapes must be \\uXXXX or \\UXXXXXXXX.",
            )
        else:
            out.add_code(int(found[kind], 16), at, len(found[0]))
    out.expect_no_high(len(body))
    return _verified(bytes(out.bytes)) if verify else out.bytes.decode("utf-8", "replace")


def _verified(text: bytes) -> str:
    """The text of bytes written as octal or hexadecimal escapes, if they are UTF-8."""
    bad = text.find(0)
    try:
        if bad < 0:
            return text.decode("utf-8")
    except UnicodeDecodeError as error:
        bad = error.start
    lead = text[bad]
    length = 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    shown = " ".join(f"0x{byte:02x}" for byte in text[bad : bad + length])
    raise InvalidBytesError(f'invalid byte sequence for encoding "UTF8": {shown}')


def is_unicode_escape_character(character: str) -> bool:
    """Whether UESCAPE may name this character."""
    return len(character) == 1 and character not in "+'\" \t\n\r\f\v0123456789abcdefABCDEF"


def unescape_unicode(body: str, escape: str) -> str:
    r"""The contents of a `U&` literal whose quotes are undoubled already.

    Raises EscapeError for anything but the escape character twice, `\XXXX` and `\+XXXXXX`.
    """
    if escape not in body:
        return body
    mark = re.escape(escape)
    pattern = re.compile(
        f"{mark}(?:(?P<same>{mark})|(?P<short>[0-9A-Fa-f]{{4}})"
        rf"|\+(?P<long>[0-9A-Fa-f]{{6}})|(?P<bad>))|[^{mark}]+",
        re.DOTALL,
    )
    out = _CodePoints()
    for found in pattern.finditer(body):
        at = found.start()
        kind = found.lastgroup
        if kind is None:
            out.add_text(found[0], at)
        elif kind == "same":
            out.add_text(escape, at)
        elif kind == "bad":
            raise EscapeError(
                "invalid Unicode escape",
                at,
                1,
                "42601",
                "Unicode escapes must be \\XXXX or \\+XXXXXX.",
            )
        else:
            out.add_code(int(found[kind], 16), at, len(found[0]))
    out.expect_no_high(len(body))
    return out.bytes.decode("utf-8", "replace")
