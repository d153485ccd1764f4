"""Booleans, numbers and bit strings as text (manual 8.1, 8.6, 8.10)."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from sqlwright.analysis.literals.errors import WHITESPACE, bad_syntax, out_of_range, refuse
from sqlwright.patterns import pattern

_BOOLEANS = ("true", "false", "yes", "no")
_BASES = {"0x": (16, "0123456789abcdef"), "0o": (8, "01234567"), "0b": (2, "01")}
_FLOAT = pattern(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_FLOAT_WORD = pattern(r"[+-]?(?:nan|inf|infinity)", re.ASCII | re.IGNORECASE)
_HEX_FLOAT = pattern(
    r"[+-]?0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)(?:p[+-]?\d+)?", re.ASCII | re.IGNORECASE
)
_DIGITS = r"\d+(?:_\d+)*"
_NUMERIC = pattern(
    rf"[+-]?(?:(?P<whole>{_DIGITS})(?:\.(?P<part>{_DIGITS})?)?|\.(?P<only>{_DIGITS}))"
    rf"(?:[eE](?P<exponent>[+-]?{_DIGITS}))?",
    re.ASCII,
)
_NUMERIC_BASED = pattern(
    r"[+-]?0(?:x(?:_?[0-9a-f])+|o(?:_?[0-7])+|b(?:_?[01])+)", re.ASCII | re.IGNORECASE
)
_NUMERIC_WORD = pattern(r"nan|[+-]?(?:inf|infinity)", re.ASCII | re.IGNORECASE)
_MOST_WHOLE_DIGITS = 131072
_MOST_SCALE = 16383
_MOST_EXPONENT = (2**31 - 1) // 2
_MONEY = pattern(r"[^\d.]*([\d,]*)(?:\.(\d*))?[^\d.]*", re.ASCII)
_UNSIGNED = pattern(
    r"[ \t\n\v\f\r]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))[ \t\n\v\f\r]*",
    re.ASCII,
)


def read_boolean(text: str) -> None:
    """true, false, yes, no and their beginnings, on, off, 1, 0."""
    word = text.strip(WHITESPACE).lower()
    if word in ("on", "of", "off", "1", "0"):
        return
    if not word or not any(each.startswith(word) for each in _BOOLEANS):
        bad_syntax("boolean", text)


def is_true_text(text: str) -> bool:
    """Whether a boolean is spelt that is true."""
    word = text.strip(WHITESPACE).lower()
    return word in ("on", "1") or word[:1] in ("t", "y")


def integer_reader(type_name: str, bits: int) -> Callable[[str], None]:
    """A reader of integers of so many bits: decimal, or 0x, 0o, 0b; `_` may part digits."""

    def read(text: str) -> None:
        read_integer(type_name, bits, text)

    return read


def read_integer(type_name: str, bits: int, text: str) -> int:
    """The integer a text stands for."""
    rest = text.lstrip(WHITESPACE)
    negative = rest.startswith("-")
    if rest[:1] in ("-", "+"):
        rest = rest[1:]
    base, digits = _BASES.get(rest[:2].lower(), (10, "0123456789"))
    if base != 10:
        rest = rest[2:]
    limit = 2 ** (bits - 1)
    value, at = 0, 0
    any_digit = False
    while at < len(rest):
        letter = rest[at].lower()
        if letter in digits:
            if value > limit // base:
                out_of_range(type_name, text)
            value = value * base + digits.index(letter)
            any_digit = True
        elif letter == "_":
            following = rest[at + 1 : at + 2].lower()
            if (base == 10 and at == 0) or not following or following not in digits:
                bad_syntax(type_name, text)
        else:
            break
        at += 1
    if not any_digit or rest[at:].strip(WHITESPACE):
        bad_syntax(type_name, text)
    if value > limit or (value == limit and not negative):
        out_of_range(type_name, text)
    return -value if negative else value


def unsigned_reader(type_name: str, bits: int) -> Callable[[str], None]:
    """A reader of oid, xid and the like, which C's strtoul reads: also hexadecimal and octal."""

    def read(text: str) -> None:
        match = _UNSIGNED.fullmatch(text)
        if match is None:
            bad_syntax(type_name, text)
        sign, hexadecimal, octal, decimal = match.groups()
        if hexadecimal is not None:
            value = int(hexadecimal, 16)
        else:
            value = int(octal, 8) if octal is not None else int(decimal)
        lowest = 2 ** (bits - 1) if sign == "-" and type_name == "oid" else 2**bits - 1
        if value > lowest and not (sign == "-" and bits == 32 and value >= 2**63):
            out_of_range(type_name, text)

    return read


def float_reader(type_name: str, *, single: bool) -> Callable[[str], None]:
    """A reader of real or double precision, as C's strtof and strtod read them."""

    def read(text: str) -> None:
        word = text.strip(WHITESPACE)
        if _FLOAT_WORD.fullmatch(word) or _HEX_FLOAT.fullmatch(word):
            return
        match = _FLOAT.match(word)
        if match is None:
            bad_syntax(type_name, text)
        if float_overflows(match[0], single=single):
            refuse(f'"{match[0]}" is out of range for type {type_name}', "22003")
        if match.end() < len(word):
            bad_syntax(type_name, text)

    return read


def float_overflows(word: str, *, single: bool) -> bool:
    """Whether a number is too large, or not zero and too small to be told from it."""
    value = float(word)
    if single:
        try:
            value = struct.unpack("f", struct.pack("f", value))[0]
        except OverflowError:
            return True
    mantissa = re.split("[eE]", word)[0]
    zero = not mantissa.strip("+-0.")
    return value in (float("inf"), float("-inf")) or (value == 0 and not zero)


def read_numeric(text: str) -> None:
    """numeric: digits with `_` between them, an exponent, NaN, Infinity."""
    word = text.strip(WHITESPACE)
    if _NUMERIC_WORD.fullmatch(word):
        return
    if _NUMERIC_BASED.fullmatch(word):
        return
    match = _NUMERIC.fullmatch(word)
    if match is None:
        bad_syntax("numeric", text)
    exponent = int((match["exponent"] or "0").replace("_", ""))
    whole = (match["whole"] or "").replace("_", "").lstrip("0")
    part = (match["part"] or match["only"] or "").replace("_", "")
    # Of a number below 1, the zeros after the point count for nothing.
    leading = len(whole) if whole else len(part.lstrip("0")) - len(part)
    is_zero = not whole and not part.strip("0")
    too_long = not is_zero and leading + exponent > _MOST_WHOLE_DIGITS
    if too_long or abs(exponent) > _MOST_EXPONENT or len(part) - exponent > _MOST_SCALE:
        refuse("value overflows numeric format", "22003")


def read_money(text: str) -> None:
    """money. What stands for the currency depends on the server's locale, so anything may, before
    or after the number.
    """
    if not re.search(r"\d", text, re.ASCII):
        if re.search(r"[A-Za-z{}\[\]]", text):
            bad_syntax("money", text)
    elif re.search(r"\d[^\d.,'() -]+\d|\d \d|[{}\[\]\":/]|--|-\(|\..*\.", text, re.ASCII):
        bad_syntax("money", text)
    elif (match := _MONEY.fullmatch(text)) is not None:
        # Where the locale has a cent, as most have, and `.` before it.
        part = ((match[2] or "") + "000")[:3]
        cents = int((match[1].replace(",", "") or "0") + part[:2]) + (part[2] >= "5")
        if cents > 2**63 - (not re.search(r"[-(]", text)):
            out_of_range("money", text)


def read_bits(text: str) -> None:
    """bit and bit varying: binary digits, or hexadecimal ones after X."""
    digits, kind, body = "01", "binary", text
    if text[:1] in ("b", "B"):
        body = text[1:]
    elif text[:1] in ("x", "X"):
        digits, kind, body = "0123456789abcdefABCDEF", "hexadecimal", text[1:]
    for digit in body:
        if digit not in digits:
            refuse(f'"{digit}" is not a valid {kind} digit')
