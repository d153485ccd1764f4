"""date, time, timestamp and their zoned forms as text (manual 8.5.1, appendix B).

PostgreSQL's order of decisions, over the fields of `date_fields`. Any word that is not known may be
the name of a time zone. Where the server's DateStyle decides (1/13/2024), both readings are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal, NoReturn

from sqlwright.analysis.literals.date_fields import Field, Word, known_word, split_fields
from sqlwright.analysis.literals.errors import bad_syntax, refuse
from sqlwright.analysis.literals.zones import may_be_zone

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

Problem = Literal["syntax", "overflow", "month or day", "zone", "unknown zone", "too late"]
DateOrder = Literal["mdy", "dmy"]

DATE = frozenset({"year", "month", "day"})
TIME = frozenset({"hour", "minute", "second"})
ZONE = frozenset({"zone"})
_LONGEST_INT = 2**31 - 1
_LAST_TIMESTAMP = 294276
LAST_DATE = 5874897
_EARLIEST = -4714
_DATE_HINT = 'Perhaps you need a different "DateStyle" setting.'


class UndecodableError(Exception):
    """The fields make no date or time, for one of the reasons PostgreSQL distinguishes."""

    def __init__(self, problem: Problem, name: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.name = name


@dataclass(slots=True)
class _Decoding:
    """What has been read so far. `found` are the parts known, `prefix` a unit such as `j` or `t`
    that announces the next field.
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

    def missing(self, parts: frozenset[str]) -> bool:
        return not parts <= self.found

    @property
    def dated(self) -> set[str]:
        """The parts of a date that numbers need not give: all of them in a time of day."""
        return set(DATE) if self.time_only else self.found & DATE


ReadDate = Callable[["Catalog", str], None]


def date_reader(
    type_name: str, *, time_only: bool = False, last_year: int = _LAST_TIMESTAMP
) -> ReadDate:
    """A reader of a date or timestamp, or of a time of day."""

    def read(catalog: Catalog, text: str) -> None:
        orders: tuple[DateOrder, ...] = ("mdy", "dmy")
        problems = []
        for order in orders:
            decoding = _Decoding(order, time_only, partial(may_be_zone, catalog), last_year)
            problem = _problem(text, decoding)
            if problem is None:
                return
            problems.append(problem)
        _refuse(problems[0], type_name, text)

    return read


def _refuse(problem: UndecodableError, type_name: str, text: str) -> NoReturn:
    kind = problem.problem
    if kind == "syntax":
        bad_syntax(type_name, text, "22007")
    if kind == "unknown zone":
        refuse(f'time zone "{problem.name}" not recognized', "22023")
    if kind == "zone":
        refuse(f'time zone displacement out of range: "{text}"', "22009")
    if kind == "too late":
        refuse(f'{type_name.split()[0]} out of range: "{text}"', "22008")
    hint = _DATE_HINT if kind == "month or day" else None
    refuse(f'date/time field value out of range: "{text}"', "22008", hint=hint)


def _problem(text: str, decoding: _Decoding) -> UndecodableError | None:
    fields = split_fields(text)
    if fields is None:
        return UndecodableError("syntax")
    try:
        for at, each in enumerate(fields):
            _take(decoding, fields, at, each)
        _finish(decoding)
    except UndecodableError as error:
        return error
    return None


def _fail(problem: Problem = "syntax", name: str = "") -> NoReturn:
    raise UndecodableError(problem, name)


def _take(decoding: _Decoding, fields: list[Field], at: int, each: Field) -> None:
    if each.kind == "date":
        found = _take_date(decoding, fields, at, each.text)
    elif each.kind == "time":
        if decoding.prefix not in ("", "time"):
            _fail()
        decoding.prefix = ""
        found = _read_time(decoding, each.text)
    elif each.kind == "zone":
        _check_offset(each.text)
        found = set(ZONE)
    elif each.kind == "number":
        found = _take_number(decoding, fields, at, each.text)
    else:
        found = _take_word(decoding, each.text)
    if found & decoding.found:
        _fail()
    decoding.found |= found


# Fields with separators


def _take_date(decoding: _Decoding, fields: list[Field], at: int, text: str) -> set[str]:
    """A date; if there is one already, a zone name, or a time run together with its zone."""
    if decoding.prefix == "julian":
        decoding.prefix = ""
        decoding.julian = True
        _check_offset(re.sub(r"^\d+", "", text))
        return set(DATE | TIME | ZONE)
    first = not decoding.prefix and not {"month", "day"} <= decoding.found
    if decoding.time_only:
        first = at == 0 and len(fields) > 1
        first = first and (fields[-1].kind == "date" or fields[1].kind == "time")
    if first:
        return _read_date(decoding, text)
    if not text[0].isdigit() and not decoding.prefix:
        if not decoding.may_be_zone(text):
            _fail("unknown zone", text)
        return set(ZONE)
    if decoding.prefix not in ("", "time") or not decoding.missing(TIME) or "-" not in text:
        _fail()
    decoding.prefix = ""
    digits, _, _ = text.partition("-")
    _check_offset(text[len(digits) :])
    return _read_run(decoding, digits, decoding.dated) | ZONE


def _read_date(decoding: _Decoding, text: str) -> set[str]:
    """Year, month and day with separators between them; the month may be a word."""
    # One character after each run of digits or letters is passed over, whatever it is.
    parts = re.findall(r"([0-9]+|[a-z]+)(?:.|$)", text)
    if not parts or re.search(r"[^0-9a-z]{2}$", text):
        _fail()
    found: set[str] = set()
    numbers: list[str] = []
    for part in parts:
        if part[0].isdigit():
            numbers.append(part)
            continue
        word = known_word(part)
        if word is not None and word.kind == "ignored":
            continue
        if word is None or word.kind != "month":
            _fail()
        _set(decoding, found, "month", int(word.value))
        decoding.text_month = True
    for number in numbers:
        got = _read_number(decoding, number, (decoding.found & DATE) | found)
        if got & found:
            _fail()
        found |= got
    if found - {"day of year"} | (decoding.found & DATE) != DATE:
        _fail()
    return found


def _set(decoding: _Decoding, found: set[str], part: str, value: int) -> None:
    if part in found or part in decoding.found:
        _fail()
    found.add(part)
    decoding.values[part] = value


def _read_time(decoding: _Decoding, text: str) -> set[str]:
    """hh:mm, hh:mm:ss, with a fraction; mm:ss.sss too."""
    match = re.fullmatch(r"(\d+):(\d*)(?::(\d*))?(\.\d*)?", text, re.ASCII)
    if match is None:
        _fail()
    hour, minute = _integer(match[1]), _integer(match[2] or "0")
    second = _integer(match[3] or "0")
    if match[4] is not None and match[3] is None:
        hour, minute, second = 0, hour, minute
    decoding.values.update(hour=hour, minute=minute, second=second)
    _check_time(decoding)
    return set(TIME)


def _check_time(decoding: _Decoding) -> None:
    values = decoding.values
    hour, minute, second = values["hour"], values["minute"], values["second"]
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second)):
        _fail("overflow")


def _integer(text: str) -> int:
    value = int(text)
    if value > _LONGEST_INT:
        _fail("overflow")
    return value


def _check_offset(text: str) -> None:
    """A zone's offset: +hh, +hhmm, +hh:mm, +hh:mm:ss."""
    match = re.fullmatch(r"[+-](\d*)(?::(\d*)(?::(\d*))?)?", text, re.ASCII)
    if match is None:
        _fail()
    hour, minute = int(match[1] or "0"), int(match[2] or "0")
    if match[2] is None and len(match[1]) > 2:
        hour, minute = divmod(hour, 100)
    if hour > 15 or minute > 59 or int(match[3] or "0") > 59:
        _fail("zone")


# Numbers


def _take_number(decoding: _Decoding, fields: list[Field], at: int, text: str) -> set[str]:
    if decoding.prefix:
        return _take_labelled(decoding, text)
    whole, point, _ = text.partition(".")
    if decoding.time_only:
        if point:
            if at == 0 and len(fields) > 1 and fields[-1].kind == "date":
                return _read_date(decoding, text)
            if len(whole) <= 2:
                _fail()
            return _read_run(decoding, text, set(DATE))
        if len(text) > 4:
            return _read_run(decoding, text, set(DATE))
        return _read_number(decoding, text, set(DATE))
    dated = decoding.found & DATE
    if point and not dated:
        return _read_date(decoding, text)
    unfinished = not dated or not decoding.found & TIME
    if (point and len(whole) > 2) or (not point and len(text) >= 6 and unfinished):
        return _read_run(decoding, text, dated)
    return _read_number(decoding, text, dated)


def _take_labelled(decoding: _Decoding, text: str) -> set[str]:
    prefix, decoding.prefix = decoding.prefix, ""
    if prefix == "julian":
        decoding.julian = True
        _integer(text.partition(".")[0] or "0")
        return set(DATE | TIME) if "." in text else set(DATE)
    if prefix != "time":
        _fail()
    found = _read_run(decoding, text, set(DATE))
    if found != TIME:
        _fail()
    return found


def _read_number(decoding: _Decoding, text: str, dated: set[str]) -> set[str]:
    """A single number: which part it is depends on those already read."""
    whole, point, _ = text.partition(".")
    if point and len(whole) > 2:
        return _read_run(decoding, text, set(DATE))
    value = _integer(whole or "0")
    if not whole:
        _fail()
    if len(text) == 3 and dated == {"year"} and 1 <= value <= 366:
        decoding.values["day of year"] = value
        return {"day of year", "month", "day"}
    if dated == DATE:
        return _read_run(decoding, text, dated)
    part = _next_part(decoding, text, dated)
    day_came_first = dated == {"year", "month"} and decoding.text_month and decoding.two_digits
    if day_came_first and len(text) >= 3:
        # The number taken for the year was the day: 08-Jan-1999.
        decoding.values["day"] = decoding.values["year"]
        decoding.values["year"] = value
        decoding.two_digits = False
        return {"day"}
    decoding.values[part] = value
    if part == "year":
        decoding.two_digits = len(text) <= 2
    return {part}


def _next_part(decoding: _Decoding, text: str, dated: set[str]) -> str:
    if not dated:
        if len(text) >= 3:
            return "year"
        return "month" if decoding.order == "mdy" else "day"
    if dated == {"month"}:
        return "year" if decoding.text_month and len(text) >= 3 else "day"
    if dated in ({"year"}, {"day"}):
        return "month"
    if dated == {"year", "month"}:
        return "day"
    if dated == {"month", "day"}:
        return "year"
    _fail()


def _read_run(decoding: _Decoding, text: str, dated: set[str]) -> set[str]:
    """Digits run together: yyyymmdd, yymmdd, hhmmss, hhmm; a fraction belongs to seconds."""
    whole, point, _ = text.partition(".")
    values = decoding.values
    if not point and dated != DATE and len(whole) >= 6:
        values["day"], values["month"] = int(whole[-2:]), int(whole[-4:-2])
        values["year"] = _integer(whole[:-4])
        decoding.two_digits = len(whole) == 6
        return set(DATE)
    if decoding.missing(TIME) and len(whole) in (4, 6):
        values["hour"], values["minute"] = int(whole[:2]), int(whole[2:4])
        values["second"] = int(whole[4:] or "0")
        return set(TIME)
    _fail()


# Words


def _take_word(decoding: _Decoding, text: str) -> set[str]:
    word = known_word(text)
    if word is None:
        if not decoding.may_be_zone(text):
            _fail()
        return set(ZONE)
    if word.kind == "month":
        return _take_month(decoding, int(word.value))
    if word.kind == "reserved":
        return _take_reserved(decoding, str(word.value))
    return _take_marker(decoding, word)


def _take_month(decoding: _Decoding, month: int) -> set[str]:
    """A month by name; a number taken for the month before it was the day then."""
    found = {"month"}
    numbered = "month" in decoding.found and not decoding.text_month
    if numbered and "day" not in decoding.found and 1 <= decoding.values["month"] <= 31:
        decoding.values["day"] = decoding.values["month"]
        found = {"day"}
    if decoding.time_only:
        _fail()
    decoding.text_month = True
    decoding.values["month"] = month
    return found


def _take_reserved(decoding: _Decoding, name: str) -> set[str]:
    if name == "allballs":
        return set(TIME | ZONE)
    if decoding.time_only:
        if name != "now":
            _fail()
        return set(TIME)
    if name == "now":
        decoding.special = name
        return set(DATE | TIME | ZONE)
    if name in ("today", "tomorrow", "yesterday"):
        decoding.special = name
        return set(DATE)
    decoding.special = "infinity"
    return set(DATE | TIME | ZONE)


def _take_marker(decoding: _Decoding, word: Word) -> set[str]:
    if word.kind == "ignored":
        return set()
    if word.kind == "weekday":
        if decoding.time_only:
            _fail()
        return {"weekday"}
    if word.kind == "am/pm":
        decoding.half = str(word.value)
        return {"am/pm"}
    if word.kind == "era":
        decoding.era = str(word.value)
        return {"era"}
    if word.kind == "summer":
        return {"summer", "summer zone"}
    if decoding.prefix or (
        word.kind == "time follows" and not decoding.time_only and decoding.missing(DATE)
    ):
        _fail()
    decoding.prefix = "time" if word.kind == "time follows" else str(word.value)
    return set()


# The whole


def _finish(decoding: _Decoding) -> None:
    if decoding.prefix or ("summer" in decoding.found and "zone" not in decoding.found):
        _fail()
    if decoding.special == "infinity":
        return
    if not decoding.special:
        _validate_date(decoding)
    if decoding.half and decoding.values.get("hour", 0) > 12:
        _fail("overflow")
    if decoding.time_only:
        if "hour" in decoding.values:
            _check_time(decoding)
        if decoding.missing(TIME):
            _fail()
    elif decoding.missing(DATE):
        _fail()


def _validate_date(decoding: _Decoding) -> None:
    values, found = decoding.values, decoding.found
    if decoding.julian:
        return
    year = values.get("year", 1)
    if "year" in found:
        if decoding.era == "bc":
            if year <= 0:
                _fail("overflow")
            year = 1 - year
        elif decoding.two_digits:
            year += 2000 if year < 70 else 1900
        elif year <= 0:
            _fail("overflow")
    if "day of year" in found:
        return
    if "month" in found and not 1 <= values["month"] <= 12:
        _fail("month or day")
    if "day" in found and not 1 <= values["day"] <= 31:
        _fail("month or day")
    if found >= DATE and values["day"] > _month_length(year, values["month"]):
        _fail("overflow")


def _month_length(year: int, month: int) -> int:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31
