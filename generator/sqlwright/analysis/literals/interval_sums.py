"""What the fields of an interval add up to: whether that is within its range (datetime.c).

An interval holds years with months, and days, in 32 bits each, and the rest as microseconds in 64.
"""

from __future__ import annotations

import math

from sqlwright.dataclass import dataclass

_SECOND = 1_000_000
_MONTHS_OF_YEAR = 12
_DAYS_OF_MONTH = 30
_MICROSECONDS = {
    "microsecond": 1,
    "millisecond": 1000,
    "second": _SECOND,
    "minute": 60 * _SECOND,
    "hour": 3600 * _SECOND,
    "day": 86400 * _SECOND,
}
_YEARS = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}
_MOST_OF_ISO = 1e15


class IntervalOverflowError(Exception):
    """A field, or a sum of fields, does not fit."""


@dataclass(slots=True)
class IntervalSum:
    """The fields so far. Every method raises IntervalOverflowError where PostgreSQL would."""

    years: int = 0
    months: int = 0
    days: int = 0
    microseconds: int = 0

    def add(self, unit: str, number: int, fraction: float = 0.0) -> None:
        """So many of a unit."""
        if unit in _YEARS:
            self.years = _narrow(self.years + _narrow(_narrow(number) * _YEARS[unit]))
            scaled = fraction * _YEARS[unit] * _MONTHS_OF_YEAR
            self.months = _narrow(self.months + round(scaled))
        elif unit == "month":
            self.months = _narrow(self.months + _narrow(number))
            self._add_days(fraction * _DAYS_OF_MONTH)
        elif unit == "week":
            self.days = _narrow(self.days + _narrow(_narrow(number) * 7))
            self._add_days(fraction * 7)
        elif unit == "day":
            self.days = _narrow(self.days + _narrow(number))
            self._add_microseconds(round(fraction * _MICROSECONDS["day"]))
        elif unit in _MICROSECONDS:
            self._add_microseconds(_wide(number * _MICROSECONDS[unit]))
            self._add_microseconds(round(fraction * _MICROSECONDS[unit]))

    def add_iso(self, unit: str, number: str) -> None:
        """The same of a number as ISO 8601 has it, whole or not."""
        value = float(number)
        if not -_MOST_OF_ISO <= value <= _MOST_OF_ISO:
            raise IntervalOverflowError
        whole = math.trunc(value)
        self.add(unit, whole, value - whole)

    def turn(self) -> None:
        """The other way round: `ago`."""
        self.years, self.months = _narrow(-self.years), _narrow(-self.months)
        self.days, self.microseconds = _narrow(-self.days), _wide(-self.microseconds)

    @property
    def is_in_range(self) -> bool:
        """Whether years and months fit together. The whole may be what stands for infinity."""
        months = self.years * _MONTHS_OF_YEAR + self.months
        return bool(-(2**31) <= months < 2**31)

    def _add_days(self, days: float) -> None:
        whole = math.trunc(days)
        self.days = _narrow(self.days + whole)
        self._add_microseconds(round((days - whole) * _MICROSECONDS["day"]))

    def _add_microseconds(self, number: int) -> None:
        self.microseconds = _wide(self.microseconds + number)


def _narrow(number: int) -> int:
    if not -(2**31) <= number < 2**31:
        raise IntervalOverflowError
    return number


def _wide(number: int) -> int:
    if not -(2**63) <= number < 2**63:
        raise IntervalOverflowError
    return number
