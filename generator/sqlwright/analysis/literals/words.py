"""Types with a fixed written form: uuid, bytea, network addresses, geometry and the like
(manual 8.4, 8.8, 8.9, 8.12, 8.20).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from sqlwright.analysis.literals.errors import WHITESPACE, bad_syntax, refuse
from sqlwright.analysis.literals.quoting import past_blanks
from sqlwright.patterns import pattern

_UUID = pattern(r"(?P<brace>\{)?[0-9a-fA-F]{4}(?:-?[0-9a-fA-F]{4}){7}(?(brace)\})", re.ASCII)
_MIXED = pattern(r"([0-9a-fA-F:]*:)([0-9]*(?:\.[0-9]*){0,2}\.[0-9]+)", re.ASCII)
_LSN = pattern(r"[0-9a-fA-F]{1,8}/[0-9a-fA-F]{1,8}", re.ASCII)
_BYTEA_ESCAPES = pattern(r"(?:[^\\]|\\\\|\\[0-3][0-7][0-7])*", re.ASCII | re.DOTALL)


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
    at = 2
    while at < len(text):
        if text[at] in " \t\n\r":
            at += 1
            continue
        for place in (at, at + 1):
            if place == len(text):
                refuse("invalid hexadecimal data: odd number of digits", "22023")
            if text[place] not in "0123456789abcdefABCDEF":
                refuse(f'invalid hexadecimal digit: "{text[place]}"', "22023")
        at += 2


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
    """An address that ends in octets of an IPv4 one may lack some of them, or their digits."""
    mixed = _MIXED.fullmatch(host)
    if mixed is not None:
        octets = [each or "0" for each in mixed[2].split(".")]
        host = mixed[1] + ".".join([*octets, "0", "0"][:4])
    try:
        return None if "%" in host else ipaddress.IPv6Address(host)
    except ValueError:
        return None


def _ipv4(host: str, bits: int | None, is_cidr: bool) -> ipaddress.IPv4Address | None:
    """Fewer than four octets will do where the mask needs no more, or for cidr at all."""
    if host[:2] in ("0x", "0X"):
        return ipaddress.IPv4Address(0) if is_cidr else None
    octets = host.removesuffix(".").split(".")
    if len(octets) > 4 or not all(re.fullmatch("[0-9]+", each, re.ASCII) for each in octets):
        return None
    values = [int(each) for each in octets]
    if any(each > 255 for each in values):
        return None
    if not is_cidr and len(values) < 4 and (bits is None or bits // 8 > len(values)):
        return None
    return ipaddress.IPv4Address(bytes([*values, 0, 0, 0][:4]))


_HEX = r"\s*[+-]?(?:0x)?[0-9a-f]+"
_HEX_PAIR = r"\s*(?:[+-][0-9a-f]|[0-9a-f]{1,2})"
_MAC_FORMS = tuple(
    pattern(form + r"\s*", re.ASCII | re.IGNORECASE)
    for form in (
        ":".join([f"({_HEX})"] * 6),
        "-".join([f"({_HEX})"] * 6),
        ":".join([f"({_HEX_PAIR})" * 3] * 2),
        "-".join([f"({_HEX_PAIR})" * 3] * 2),
        r"\.".join([f"({_HEX_PAIR})" * 2] * 3),
        "-".join([f"({_HEX_PAIR})" * 2] * 3),
        f"({_HEX_PAIR})" * 6,
    )
)


def read_macaddr(text: str) -> None:
    """macaddr: six bytes, parted in one of seven ways."""
    for form in _MAC_FORMS:
        match = form.fullmatch(text)
        if match is not None:
            break
    else:
        if "+" in text or "0x" in text.lower():
            return
        bad_syntax("macaddr", text)
    if any(abs(int(each.strip(), 16)) > 255 for each in match.groups()):
        refuse(f'invalid octet value in "macaddr" value: "{text}"', "22003")


_HEX_BYTE = pattern(r"[0-9a-fA-F]{2}")


def read_macaddr8(text: str) -> None:
    """macaddr8: six or eight bytes, with one kind of separator after any of them."""
    at, count = past_blanks(text, 0), 0
    separators: set[str] = set()
    while at + 1 < len(text):
        if not _HEX_BYTE.match(text, at) or count == _MOST_BYTES:
            bad_syntax("macaddr8", text)
        count += 1
        at += 2
        if text[at : at + 1] in (":", "-", "."):
            separators.add(text[at])
            at += 1
        after = past_blanks(text, at)
        if count in (6, 8) and after > at:
            if after < len(text):
                bad_syntax("macaddr8", text)
            at = after
    if count not in (6, 8) or len(separators) > 1:
        bad_syntax("macaddr8", text)


_MOST_BYTES = 8


# Others


def read_tid(text: str) -> None:
    """tid: `(block,offset)`; a missing number counts as 0, as C's strtoul has it."""
    starts: list[int] = []
    for at, letter in enumerate(text):
        if letter == ")" or len(starts) == 2:
            break
        if letter == "," or (letter == "(" and not starts):
            starts.append(at + 1)
    if len(starts) < 2:
        bad_syntax("tid", text)
    for start, end, limit in ((starts[0], ",", 2**32), (starts[1], ")", 2**16)):
        match = re.compile(r"\s*[+-]?(\d*)", re.ASCII).match(text, start)
        assert match is not None
        number = match[1]
        after = match.end() if number else start
        below = end == ")" and number.strip("0") and "-" in match[0]
        if text[after : after + 1] != end or below or (number and int(number) >= limit):
            bad_syntax("tid", text)


def read_int2vector(text: str) -> None:
    """int2vector: smallints parted by blanks."""
    rest = text.lstrip(" ")
    while rest:
        match = re.match(r"\s*[+-]?([0-9]+)(?= |$)", rest, re.ASCII)
        if match is None:
            bad_syntax("smallint", rest)
        if int(match[1]) > 2**15 - (not match[0].strip().startswith("-")):
            refuse(f'value "{rest}" is out of range for type smallint', "22003")
        rest = rest[match.end() :].lstrip(" ")


def read_oidvector(text: str) -> None:
    """oidvector: oids parted by blanks."""
    rest = text.lstrip(WHITESPACE)
    while rest:
        match = re.match(r"[+-]?(?:0[xX][0-9a-fA-F]+|[0-9]+)", rest, re.ASCII)
        if match is None:
            bad_syntax("oid", rest)
        if match[0].isdigit() and int(match[0]) >= 2**32:
            refuse(f'value "{match[0]}" is out of range for type oid', "22003")
        rest = rest[match.end() :].lstrip(WHITESPACE)


def read_snapshot(text: str) -> None:
    """pg_snapshot: `xmin:xmax:` and the transactions in progress between them, in order."""
    match = re.fullmatch(r"([1-9]\d*):([1-9]\d*):((?:\d+(?:,\d+)*,?)?)", text, re.ASCII)
    if match is not None:
        low, high = int(match[1]), int(match[2])
        inside = [int(each) for each in match[3].split(",") if each]
        if low <= high and inside == sorted(inside) and all(low <= each < high for each in inside):
            return
    elif text.count(":") == 2 and re.fullmatch(r"(?=.*[\s+-])[\s\d:,+-]*", text):
        # C's strtoull reads more than plain digits.
        return
    bad_syntax("pg_snapshot", text)
