"""The state of reading a date or time: what is known so far, and why the rest cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NoReturn

from sqlwright.dataclass import dataclass, field

Problem = Literal["syntax", "overflow", "month or day", "zone", "unknown zone", "out of range"]
DateOrder = Literal["mdy", "dmy"]

DATE = frozenset({"year", "month", "day"})
TIME = frozenset({"hour", "minute", "second"})
ZONE = frozenset({"zone"})


class UndecodableError(Exception):
    """The fields make no date or time, for one of the reasons PostgreSQL distinguishes."""

    def __init__(self, problem: Problem, name: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.name = name


@dataclass(slots=True)
class Decoding:
    """What has been read so far. `found` are the parts known, `prefix` a unit such as `j` or `t`
    that announces the next field. `zone_needs_date`: the zone has rules that change.
    """

    order: DateOrder
    time_only: bool
    may_be_zone: Callable[[str], bool]
    last_year: int
    found: set[str] = field(default_factory=set)
    values: dict[str, int] = field(default_factory=dict)
    prefix: str = ""
    text_month: bool = False
    two_digits: bool = False
    julian: bool = False
    era: str = ""
    half: str = ""
    special: str = ""
    zone_needs_date: bool = False

    def missing(self, parts: frozenset[str]) -> bool:
        """Whether any of these parts has not been read."""
        return not parts <= self.found

    @property
    def dated(self) -> set[str]:
        """The parts of a date that numbers need not give: all of them in a time of day."""
        return set(DATE) if self.time_only else self.found & DATE


def fail(problem: Problem = "syntax", name: str = "") -> NoReturn:
    """Give up."""
    raise UndecodableError(problem, name)
