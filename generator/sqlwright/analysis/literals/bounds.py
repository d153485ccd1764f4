"""Bounds of ranges as values: which of two is greater, and what has none after it (manual 8.17.6).

Only what is certain counts: texts that the server's settings decide have no value here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from sqlwright.analysis.literals.errors import WHITESPACE, refuse
from sqlwright.catalog import oids
from sqlwright.patterns import pattern

if TYPE_CHECKING:
    from decimal import Decimal

Comparable: TypeAlias = "tuple[float | Decimal, ...]"

_MOMENT = pattern(
    r"(\d{4,})-(\d\d?)-(\d\d?)(?:[ T]+(\d\d?):(\d\d)(?::(\d\d(?:\.\d+)?))?)?"
    r"(?: ?([+-]\d\d?)(?::?(\d\d))?)?( BC)?",
    re.ASCII | re.IGNORECASE,
)
_INTEGERS = {oids.INT4: 32, oids.INT8: 64}
_NUMBERS = (oids.NUMERIC, oids.FLOAT4, oids.FLOAT8)
_DATES = (oids.DATE, oids.TIMESTAMP, oids.TIMESTAMPTZ)
_INFINITE = {"infinity": 1, "+infinity": 1, "-infinity": -1}
_LOCAL = 0.5
"""Between the infinite ones, and not to be compared with the others there."""
_LAST_DAY = (5874897, 12, 31)
_NAMES = {oids.INT4: "integer", oids.INT8: "bigint", oids.DATE: "date"}


def bound_values(subtype: int, low: str, high: str) -> tuple[Comparable, Comparable] | None:
    """Two bounds as something that compares, None where that is not certain."""
    found = _bound_value(subtype, low), _bound_value(subtype, high)
    if found[0] is None or found[1] is None:
        return None
    return (found[0], found[1]) if {found[0][0], found[1][0]} != {0, _LOCAL} else None


def _bound_value(subtype: int, text: str) -> Comparable | None:
    word = text.strip(WHITESPACE)
    if subtype in _INTEGERS or subtype in _NUMBERS:
        return _number(word)
    return _moment(subtype, word) if subtype in _DATES else None


def check_discrete(
    subtype: int, lower: str | None, upper: str | None, *, lower_open: bool, upper_closed: bool
) -> None:
    """Ranges of whole numbers and days are stored as `[a,b)`: what is to be moved up by one must
    not be the last there is."""
    if subtype not in _NAMES:
        return
    code = "22008" if subtype == oids.DATE else "22003"
    for text, moves in ((lower, lower_open), (upper, upper_closed)):
        if text is not None and moves and _is_last(subtype, text):
            refuse(f"{_NAMES[subtype]} out of range", code)


def _is_last(subtype: int, text: str) -> bool:
    value = _bound_value(subtype, text)
    if value is None:
        return False
    if subtype == oids.DATE:
        return len(value) > 1 and tuple(map(int, value[1:4])) == _LAST_DAY
    return bool(value[1] == 2 ** (_INTEGERS[subtype] - 1) - 1)


def _number(word: str) -> Comparable | None:
    """NaN lies above all others."""
    from decimal import Decimal, InvalidOperation

    digits = word.replace("_", "")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    if value.is_nan():
        return (2,)
    return (1 if value > 0 else -1,) if value.is_infinite() else (0, value)


def _moment(subtype: int, word: str) -> Comparable | None:
    from decimal import Decimal

    infinite = _INFINITE.get(word.lower())
    if infinite is not None:
        return (infinite,)
    match = _MOMENT.fullmatch(word)
    if match is None:
        return None
    year = int(match[1])
    day = (1 - year if match[9] else year, int(match[2]), int(match[3]))
    if subtype == oids.DATE:
        return (0, *day)
    if subtype == oids.TIMESTAMPTZ and match[7] is None:
        # In the session's zone, where clocks go back by some hours, but not by days.
        return (_LOCAL, Decimal(_day_number(*day)))
    seconds = Decimal(int(match[4] or 0) * 3600 + int(match[5] or 0) * 60) + Decimal(match[6] or 0)
    if subtype == oids.TIMESTAMPTZ:
        offset = int(match[7]) * 3600
        offset += int(match[8] or 0) * (-60 if match[7].startswith("-") else 60)
        seconds -= offset
    return (0, Decimal(_day_number(*day)) * 86400 + seconds)


def _day_number(year: int, month: int, day: int) -> int:
    """Days since an arbitrary one, in the Gregorian calendar."""
    shifted = (month + 9) % 12
    years = year - shifted // 10
    return (
        365 * years + years // 4 - years // 100 + years // 400 + (shifted * 306 + 5) // 10 + day - 1
    )


def enum_values(
    labels: tuple[str, ...],
) -> Callable[[str, str], tuple[Comparable, Comparable] | None]:
    """The same of labels: enums go by the order of their labels."""

    def values(low: str, high: str) -> tuple[Comparable, Comparable] | None:
        if low not in labels or high not in labels:
            return None
        return (labels.index(low),), (labels.index(high),)

    return values
