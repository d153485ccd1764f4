"""interval as text: units, SQL years-months, ISO 8601 (manual 8.5.4)."""

from __future__ import annotations

import re
from typing import NoReturn

from sqlwright.analysis.literals.date_fields import Field, split_fields
from sqlwright.analysis.literals.errors import bad_syntax, refuse
from sqlwright.analysis.literals.interval_sums import IntervalOverflowError, IntervalSum
from sqlwright.patterns import pattern

_N = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_ISO_TIME = rf"(?:(?:{_N}[HMS])*|{_N}(?::{_N}(?::{_N})?)?)"
_ISO = pattern(
    rf"P(?:(?:{_N}[YMWD])*(?:T{_ISO_TIME})?|{_N}(?:-{_N}(?:-{_N})?)?(?:T{_ISO_TIME})?)", re.ASCII
)

_UNITS = {
    "century": "c cent centuries century",
    "day": "d day days",
    "decade": "dec decade decades decs",
    "hour": "h hour hours hr hrs",
    "microsecond": "microsecon us usec usecond useconds usecs",
    "millennium": "mil millennia millennium mils",
    "millisecond": "millisecon ms msec msecond mseconds msecs",
    "minute": "m min mins minute minutes",
    "month": "mon mons month months",
    "second": "s sec second seconds secs",
    "week": "w week weeks",
    "year": "y year years yr yrs",
    "other": "qtr quarter timezone timezone_h timezone_m",
}
_UNIT_OF = {name: unit for unit, names in _UNITS.items() for name in names.split()}
_FROM_DATES = {"j": "other", "jd": "other", "julian": "other", "dow": "other", "doy": "other"}
_FROM_DATES |= {"isodow": "other", "isoyear": "other", "mm": "minute"}
_IGNORED = ("at", "on")
_TIME = frozenset({"hour", "minute", "second", "millisecond", "microsecond"})
_SECONDS = frozenset({"second", "millisecond", "microsecond"})
_LARGEST = 2**63 - 1
_FIELD_BITS = {
    "month": 1 << 1,
    "year": 1 << 2,
    "day": 1 << 3,
    "hour": 1 << 10,
    "minute": 1 << 11,
    "second": 1 << 12,
}
_ALL_FIELDS = 0x7FFF
_LONGEST_WORD = 10


class _RefusedError(Exception):
    def __init__(self, overflow: bool = False) -> None:
        super().__init__()
        self.overflow = overflow


def read_interval(text: str, modifier: int = -1) -> None:
    """interval; `modifier` restricts it to fields and so tells what a bare number counts."""
    fields = split_fields(text)
    total = IntervalSum()
    try:
        if fields is None:
            raise _RefusedError
        _decode(fields, _least_field(modifier), total)
    except _RefusedError as refused:
        if refused.overflow:
            _refuse_overflow(text)
        if len(text) < 2 or not _ISO.fullmatch(text):
            bad_syntax("interval", text, "22007")
        total = _iso(text)
    except IntervalOverflowError:
        _refuse_overflow(text)
    if not total.is_in_range:
        refuse("interval out of range", "22008")


def _refuse_overflow(text: str) -> NoReturn:
    refuse(f'interval field value out of range: "{text}"', "22015")


_ISO_UNITS = ({"Y": "year", "M": "month", "W": "week", "D": "day"}, {"H": "hour", "M": "minute"})
_ISO_PART = pattern(rf"({_N})([YMWDHS]?)[:-]?", re.ASCII)


def _iso(text: str) -> IntervalSum:
    """P1Y2M3DT4H5M6S, or P0001-02-03T04:05:06."""
    total = IntervalSum()
    date, _, time = text[1:].partition("T")
    for part, units in zip((date, time), _ISO_UNITS, strict=True):
        unnamed = ["year", "month", "day"] if part is date else ["hour", "minute", "second"]
        for match in _ISO_PART.finditer(part):
            if not match[2] and len(match[1].lstrip("+-")) >= _BASIC_DIGITS:
                continue  # of the basic form, whose fields are too short to be out of range
            unit = units.get(match[2], "second") if match[2] else unnamed.pop(0)
            try:
                total.add_iso(unit, match[1])
            except IntervalOverflowError:
                _refuse_overflow(text)
    return total


_BASIC_DIGITS = 6


def _least_field(modifier: int) -> str:
    """The last of the fields that `INTERVAL hour TO minute` names: what a bare number counts."""
    fields = modifier >> 16 & _ALL_FIELDS
    if modifier < 0 or fields == _ALL_FIELDS:
        return "second"
    order = ("second", "minute", "hour", "day", "month", "year")
    return next((name for name in order if fields & _FIELD_BITS[name]), "second")


def _decode(fields: list[Field], least: str, total: IntervalSum) -> None:
    """Read the fields from the last to the first, as a unit stands after its number."""
    unit = ""
    pending = False
    found: set[str] = set()
    for at in range(len(fields) - 1, -1, -1):
        each = fields[at]
        if each.kind == "time" or (each.kind == "zone" and ":" in each.text):
            got = _time(each.text, total)
            unit, pending = "day", False
        elif each.kind in ("zone", "date", "number"):
            got, unit = _number(each.text, unit or least, total)
            pending = False
        elif each.text in _IGNORED:
            continue
        else:
            if pending:
                raise _RefusedError
            got, unit, pending = _word(fields, at, unit)
        if got & found:
            raise _RefusedError
        found |= got
    if not found or pending:
        raise _RefusedError
    if fields[-1].text[:_LONGEST_WORD] == "ago":
        total.turn()


def _time(text: str, total: IntervalSum) -> set[str]:
    match = re.fullmatch(r"[+-]?(\d+):(\d*)(?::(\d*))?(\.\d*)?", text, re.ASCII)
    if match is None:
        raise _RefusedError
    hour, minute, second = int(match[1]), int(match[2] or "0"), int(match[3] or "0")
    if match[4] is not None and match[3] is None:
        hour, minute, second = 0, hour, minute
    if minute > 59 or second > 60:
        raise _RefusedError(overflow=True)
    sign = -1 if text.startswith("-") else 1
    for unit, number in (("hour", hour), ("minute", minute), ("second", second)):
        total.add(unit, sign * number)
    return set(_TIME)


def _number(text: str, unit: str, total: IntervalSum) -> tuple[set[str], str]:
    match = re.fullmatch(r"([+-]?)(\d*)(?:-(\d*)|(\.\d*))?", text, re.ASCII)
    if match is None or not (match[2] or match[4]):
        raise _RefusedError
    sign = -1 if match[1] == "-" else 1
    number = int(match[2] or "0")
    if number > _LARGEST + (match[1] == "-"):
        raise _RefusedError(overflow=True)
    if match[3] is not None:
        if int(match[3] or "0") >= 12:
            raise _RefusedError(overflow=True)
        unit = "month"
        number = number * 12 + int(match[3] or "0")
    if unit == "other":
        raise _RefusedError
    fraction = match[4] or ""
    total.add(unit, sign * number, sign * float(f"0{fraction}0") if fraction else 0.0)
    if unit == "second" and match[4] is not None and match[4].strip(".0"):
        return set(_SECONDS), unit
    # A bare number before hours counts days: 1 2:03.
    return {unit}, "day" if unit == "hour" else unit


def _word(fields: list[Field], at: int, unit: str) -> tuple[set[str], str, bool]:
    text = fields[at].text[:_LONGEST_WORD]
    last = at == len(fields) - 1
    if text == "ago":
        if not last:
            raise _RefusedError
        return set(), unit, False
    if text in ("infinity", "-infinity", "+infinity"):
        if not last:
            raise _RefusedError
        return {"year", "month", "day", *_TIME}, unit, False
    unit = _UNIT_OF.get(text) or _FROM_DATES.get(text) or ""
    if not unit:
        raise _RefusedError
    return set(), unit, True
