"""What json holds of PostgreSQL's values, as asyncpg gives the same values."""

from __future__ import annotations

import datetime
import json
import re
import struct
from collections.abc import Callable, Mapping
from decimal import Decimal
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv6Address,
    IPv6Interface,
    ip_address,
    ip_interface,
)
from typing import Any

_FLOAT4 = struct.Struct("f")
_OCTAL = re.compile(rb"\\(\\|[0-3][0-7]{2})")
_DATES = {"infinity": datetime.date.max, "-infinity": datetime.date.min}
_MOMENTS = {"infinity": datetime.datetime.max, "-infinity": datetime.datetime.min}
_exactly = json.JSONDecoder(parse_float=Decimal).decode


def load_exact_json(value: Any) -> Any:
    """The value of a text, with numbers that are not whole as they are written; what
    a codec of the connection has decoded already stays."""
    if type(value) is not str:
        return value
    try:
        return _exactly(value)
    except (
        ValueError
    ):  # Python makes no int of more digits than sys.get_int_max_str_digits()
        return json.loads(value, parse_float=Decimal, parse_int=_whole)


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) < 100 else Decimal(text)


def plain_json(value: Any) -> Any:
    """A value loaded exactly, with the numbers that it would have otherwise."""
    kind: Any = value.__class__
    if kind is Decimal:
        return float(value)
    if kind is list:
        return [plain_json(item) for item in value]
    if kind is dict:
        return {key: plain_json(item) for key, item in value.items()}
    return value


def json_text(value: Any) -> str:
    """The text of a value that was loaded, as jsonb has it."""
    kind: Any = value.__class__
    if kind is Decimal:
        return str(value)
    if kind is list:
        return f"[{', '.join(json_text(item) for item in value)}]"
    if kind is dict:
        pairs = (f"{json_text(key)}: {json_text(value[key])}" for key in value)
        return f"{{{', '.join(pairs)}}}"
    return json.dumps(value, ensure_ascii=False)


def decode_dict(
    values: Mapping[str, Any], decode: Callable[[Any], object]
) -> dict[str, Any]:
    """An object of any keys with its values decoded; null is None."""
    return {
        key: None if value is None else decode(value) for key, value in values.items()
    }


def decode_numeric(value: Any) -> Decimal:
    """A number, or the text of one that is infinite or none."""
    if type(value) is Decimal:
        return value
    return Decimal(str(value) if type(value) is float else value)


def decode_float4(value: Any) -> float:
    """A number of fewer digits, as PostgreSQL has it in four bytes."""
    number: float = _FLOAT4.unpack(_FLOAT4.pack(float(value)))[0]
    return number


def decode_date(value: str) -> datetime.date:
    """A date, of which an infinite one is the first or the last that Python has."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        if value in _DATES:
            return _DATES[value]
        raise


def decode_timestamp(value: str) -> datetime.datetime:
    """As `decode_date`, with a time."""
    try:
        return datetime.datetime.fromisoformat(value)
    except ValueError:
        if value in _MOMENTS:
            return _MOMENTS[value]
        raise


def decode_timestamptz(value: str) -> datetime.datetime:
    """As `decode_timestamp`, in UTC whatever the time zone of the session is."""
    moment = decode_timestamp(value)
    if moment.tzinfo in (None, datetime.UTC):
        return moment
    return moment.astimezone(datetime.UTC)


def decode_bytes(value: str) -> bytes:
    """The bytes of a text in either form of `bytea_output`."""
    if value.startswith("\\x"):
        return bytes.fromhex(value[2:])
    return _OCTAL.sub(_byte, value.encode("ascii"))


def _byte(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return b"\\" if code == b"\\" else bytes([int(code, 8)])


def decode_inet(
    value: str,
) -> IPv4Address | IPv6Address | IPv4Interface | IPv6Interface:
    """An address, or with a netmask an interface."""
    return ip_interface(value) if "/" in value else ip_address(value)
