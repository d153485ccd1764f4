"""Types with a fixed written form: uuid, bytea, network addresses, geometry and the like
(manual 8.4, 8.8, 8.9, 8.12, 8.20).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from sqlwright.analysis.literals.errors import WHITESPACE, bad_syntax, refuse

_UUID = re.compile(r"(?P<brace>\{)?[0-9a-fA-F]{4}(?:-?[0-9a-fA-F]{4}){7}(?(brace)\})", re.ASCII)
_LSN = re.compile(r"[0-9a-fA-F]{1,8}/[0-9a-fA-F]{1,8}", re.ASCII)
_BYTEA_ESCAPES = re.compile(r"(?:[^\\]|\\\\|\\[0-3][0-7][0-7])*", re.ASCII | re.DOTALL)
_NUMBER = r"\s*[+-]?(?:inf(?:inity)?|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|0x[0-9a-f.p+-]+)\s*"
_PAIR = rf"(?:\s*\(\s*{_NUMBER},{_NUMBER}\)\s*|{_NUMBER},{_NUMBER})"
_FLAGS = re.ASCII | re.IGNORECASE


def read_uuid(text: str) -> None:
    """uuid: 32 hexadecimal digits, hyphens after any group of four, braces around them."""
    if not _UUID.fullmatch(text):
        bad_syntax("uuid", text)


def read_pg_lsn(text: str) -> None:
    """pg_lsn: two hexadecimal numbers with a slash between them."""
    if not _LSN.fullmatch(text):
        bad_syntax("pg_lsn", text)


def read_bytea(text: str) -> None:
    """bytea: `\\x` and pairs of hexadecimal digits, or text with octal escapes."""
    if not text.startswith("\\x"):
        if not _BYTEA_ESCAPES.fullmatch(text):
            refuse("invalid input syntax for type bytea")
        return
    digits = [each for each in text[2:] if each not in " \t\n\r"]
    for digit in digits:
        if digit not in "0123456789abcdefABCDEF":
            refuse(f'invalid hexadecimal digit: "{digit}"', "22023")
    if len(digits) % 2:
        refuse("invalid hexadecimal data: odd number of digits", "22023")


# Network addresses


def network_reader(type_name: str) -> Callable[[str], None]:
    """A reader of inet, or of cidr, whose bits right of the mask must be zero."""

    def read(text: str) -> None:
        host, slash, length = text.partition("/")
        if slash and not re.fullmatch(r"0|[1-9][0-9]{0,2}|0+[0-9]+", length, re.ASCII):
            bad_syntax(type_name, text)
        bits = int(length) if slash else None
        address = _ipv6(host) if ":" in host else _ipv4(host, bits, type_name == "cidr")
        if address is None or (bits is not None and bits > address.max_prefixlen):
            bad_syntax(type_name, text)
        if type_name == "cidr" and bits is not None:
            free = address.max_prefixlen - bits
            if int(address) & ((1 << free) - 1):
                refuse(
                    f'invalid cidr value: "{text}"',
                    detail="Value has bits set to right of mask.",
                )

    return read


def _ipv6(host: str) -> ipaddress.IPv6Address | None:
    try:
        return None if "%" in host else ipaddress.IPv6Address(host)
    except ValueError:
        return None


def _ipv4(host: str, bits: int | None, is_cidr: bool) -> ipaddress.IPv4Address | None:
    """Fewer than four octets will do where the mask needs no more, or for cidr at all."""
    if host[:2] in ("0x", "0X"):
        return ipaddress.IPv4Address(0) if is_cidr else None
    octets = host.split(".")
    if len(octets) > 4 or not all(re.fullmatch("[0-9]+", each, re.ASCII) for each in octets):
        return None
    values = [int(each) for each in octets]
    if any(each > 255 for each in values):
        return None
    if not is_cidr and len(values) < 4 and (bits is None or bits // 8 > len(values)):
        return None
    return ipaddress.IPv4Address(bytes([*values, 0, 0, 0][:4]))


def mac_reader(type_name: str) -> Callable[[str], None]:
    """A reader of macaddr or macaddr8."""
    fewest = 6

    def read(text: str) -> None:
        digits = re.findall("[0-9a-fA-F]", text)
        strange = re.search(r"[^0-9a-fA-FxX:.+\-\s]", text, re.ASCII)
        if strange or len(digits) < fewest:
            bad_syntax(type_name, text)

    return read


# Geometry


def _shape(form: str) -> re.Pattern[str]:
    return re.compile(form, _FLAGS)


_SHAPES = {
    "point": _shape(_PAIR),
    "circle": _shape(rf"\s*[<(]?.*{_NUMBER}.*[>)]?\s*"),
}


def read_point(text: str) -> None:
    """point: two numbers, in parentheses or not."""
    if not _SHAPES["point"].fullmatch(text):
        bad_syntax("point", text)


def geometry_reader(type_name: str, fewest: int) -> Callable[[str], None]:
    """A reader of a shape of at least so many numbers; its brackets are not looked at."""

    def read(text: str) -> None:
        numbers = re.findall(r"\d+|inf|nan", text, _FLAGS)
        strange = re.search(r"[^0-9a-zA-Z.,+\-()\[\]{}<>\s]", text, re.ASCII)
        if strange or len(numbers) < fewest:
            bad_syntax(type_name, text)

    return read


def read_tid(text: str) -> None:
    """tid: `(block,offset)`."""
    match = re.fullmatch(r"\((\d+),(\d+)\)", text, re.ASCII)
    if match is None:
        if not re.search(r"\(.*\d.*,.*\d.*\)", text, re.DOTALL):
            bad_syntax("tid", text)
    elif int(match[1]) >= 2**32 or int(match[2]) >= 2**16:
        bad_syntax("tid", text)


def vector_reader(type_name: str) -> Callable[[str], None]:
    """A reader of int2vector and oidvector: integers parted by blanks."""

    def read(text: str) -> None:
        for word in text.split():
            if not re.fullmatch(r"[+-]?[0-9]+", word, re.ASCII):
                if not word.strip(WHITESPACE)[:1].isdigit():
                    bad_syntax(type_name, word)
                return

    return read
