"""The storage parameters of PostgreSQL's tables, views, columns and indexes."""

from __future__ import annotations

import re
from functools import cache

from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern
from sqlwright.resources import resource

_BOOLEANS = ("true", "false", "yes", "no", "on", "off", "1", "0")
_INTEGER = pattern(r"\s*[+-]?(0[xX][0-9a-fA-F]+|\d+)\s*", re.ASCII)
_OCTAL = pattern(r"\s*[+-]?0\d+\s*", re.ASCII)
_NUMBER = pattern(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
_MOST = 2**31


@dataclass(frozen=True, slots=True)
class StorageParameter:
    """A parameter. `limits` are the least and the greatest value of a number, as messages show
    them, or for an enumeration what is said of other values, and the values."""

    name: str
    type: str
    limits: tuple[str, ...] = ()


@cache
def _by_kind() -> dict[str, dict[str, StorageParameter]]:
    text = resource("catalog", "data", "storage_parameters.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[str, StorageParameter]] = {}
    for line in text.splitlines():
        kind, name, type_, *limits = line.split("\t")
        found.setdefault(kind, {})[name] = StorageParameter(name, type_, tuple(limits))
    return found


def storage_parameters(kind: str) -> dict[str, StorageParameter] | None:
    """Those of a kind of object or an index method, by name; None for a method of an extension."""
    return _by_kind().get(kind)


def refusal_of(parameter: StorageParameter, value: str) -> tuple[str, str | None] | None:
    """What is said of a value that the parameter does not take, with the detail."""
    if parameter.type == "enum":
        detail, values = parameter.limits
        fits = value.lower() in values.split()
    elif parameter.type == "boolean":
        fits, detail = _is_boolean(value), None
    else:
        number = _number(value, whole=parameter.type == "integer")
        fits, detail = number is not None, None
        least, greatest = parameter.limits
        if number is not None and not float(least) <= number <= float(greatest):
            return (
                f'value {value} out of bounds for option "{parameter.name}"',
                f'Valid values are between "{least}" and "{greatest}".',
            )
    if fits:
        return None
    return f'invalid value for {parameter.type} option "{parameter.name}": {value}', detail


def _is_boolean(value: str) -> bool:
    """Also an unambiguous beginning of a word (parse_bool)."""
    written = value.lower()
    if not written or written == "o":
        return False
    return any(each.startswith(written) for each in _BOOLEANS)


def _number(value: str, *, whole: bool) -> float | None:
    if whole and _INTEGER.fullmatch(value) is not None:
        integer = _integer(value)
        if integer is None:
            return None
        number = float(integer)
    elif _NUMBER.fullmatch(value) is not None:
        number = float(value)
    else:
        return None
    return None if whole and not -_MOST <= round(number) < _MOST else number


def _integer(value: str) -> int | None:
    """As C reads it: one that begins with a zero is octal (strtol)."""
    try:
        return int(value, 8 if _OCTAL.fullmatch(value) is not None else 0)
    except ValueError:
        return None
