"""date, time, timestamp and their zoned forms as text (manual 8.5.1, appendix B).

PostgreSQL's order of decisions, over the fields of `date_fields`. Any word that is not known may be
the name of a time zone. Where the server's DateStyle decides (1/13/2024), both readings are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis.literals.date_fields import Field, Word, known_word, split_fields
from sqlwright.analysis.literals.date_numbers import (
    check_offset,
    check_time,
    integer,
    read_date,
    read_number,
    read_run,
    read_time,
)
from sqlwright.analysis.literals.decoding import (
    DATE,
    TIME,
    ZONE,
    DateOrder,
    Decoding,
    UndecodableError,
    fail,
)
from sqlwright.analysis.literals.errors import bad_syntax, refuse
from sqlwright.analysis.literals.zones import may_be_zone

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

_LAST_TIMESTAMP = 294276
LAST_DATE = 5874897
_EARLIEST = (-4713, 11, 24)
"""The first day of the Julian count, in years that go on below 1 BC with 0."""
_LAST_JULIAN = {_LAST_TIMESTAMP: 109203527, LAST_DATE: 2147483493}
"""The numbers of the last days of a timestamp, and of a date."""
_DATE_HINT = 'Perhaps you need a different "DateStyle" setting.'


ReadDate = Callable[["Catalog", str], None]


def date_reader(
    type_name: str, *, time_only: bool = False, last_year: int = _LAST_TIMESTAMP
) -> ReadDate:
    """A reader of a date or timestamp, or of a time of day."""

    def read(catalog: Catalog, text: str) -> None:
        orders: tuple[DateOrder, ...] = ("mdy", "dmy")
        problems = []
        for order in orders:
            decoding = Decoding(order, time_only, partial(may_be_zone, catalog), last_year)
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
    if kind == "out of range":
        refuse(f'{type_name.split()[0]} out of range: "{text}"', "22008")
    hint = _DATE_HINT if kind == "month or day" else None
    refuse(f'date/time field value out of range: "{text}"', "22008", hint=hint)


def _problem(text: str, decoding: Decoding) -> UndecodableError | None:
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


def _take(decoding: Decoding, fields: list[Field], at: int, each: Field) -> None:
    if each.kind == "date":
        found = _take_date(decoding, fields, at, each.text)
    elif each.kind == "time":
        if decoding.prefix not in ("", "time"):
            fail()
        decoding.prefix = ""
        found = read_time(decoding, each.text)
    elif each.kind == "zone":
        check_offset(each.text)
        found = set(ZONE)
    elif each.kind == "number":
        found = _take_number(decoding, fields, at, each.text)
    else:
        found = _take_word(decoding, each.text)
    if found & decoding.found:
        fail()
    decoding.found |= found


# Fields with separators


def _take_date(decoding: Decoding, fields: list[Field], at: int, text: str) -> set[str]:
    """A date; if there is one already, a zone name, or a time run together with its zone."""
    if decoding.prefix == "julian":
        decoding.prefix = ""
        decoding.julian = True
        check_offset(re.sub(r"^\d+", "", text))
        return set(DATE | TIME | ZONE)
    first = not decoding.prefix and not {"month", "day"} <= decoding.found
    if decoding.time_only:
        first = at == 0 and len(fields) > 1
        first = first and (fields[-1].kind == "date" or fields[1].kind == "time")
    if first:
        return read_date(decoding, text)
    if not text[0].isdigit() and not decoding.prefix:
        if not decoding.may_be_zone(text):
            fail("unknown zone", text)
        _take_zone(decoding, text)
        return set(ZONE)
    if decoding.prefix not in ("", "time") or not decoding.missing(TIME) or "-" not in text:
        fail()
    decoding.prefix = ""
    digits, _, _ = text.partition("-")
    check_offset(text[len(digits) :])
    return read_run(decoding, digits, decoding.dated) | ZONE


def _take_zone(decoding: Decoding, name: str) -> None:
    """The zone of a place has had more than one offset: which one it is takes a date to tell."""
    place = "/" in name and not name.lower().startswith(("etc/", "posix/", "right/"))
    decoding.zone_needs_date = decoding.zone_needs_date or place


# Numbers


def _take_number(decoding: Decoding, fields: list[Field], at: int, text: str) -> set[str]:
    if decoding.prefix:
        return _take_labelled(decoding, text)
    whole, point, _ = text.partition(".")
    if decoding.time_only:
        if point:
            if at == 0 and len(fields) > 1 and fields[-1].kind == "date":
                return read_date(decoding, text)
            if len(whole) <= 2:
                fail()
            return read_run(decoding, text, set(DATE))
        if len(text) > 4:
            return read_run(decoding, text, set(DATE))
        return read_number(decoding, text, set(DATE))
    dated = decoding.found & DATE
    if point and not dated:
        return read_date(decoding, text)
    unfinished = not dated or not decoding.found & TIME
    if (point and len(whole) > 2) or (not point and len(text) >= 6 and unfinished):
        return read_run(decoding, text, dated)
    return read_number(decoding, text, dated)


def _take_labelled(decoding: Decoding, text: str) -> set[str]:
    prefix, decoding.prefix = decoding.prefix, ""
    if prefix == "julian":
        decoding.julian = True
        if integer(text.partition(".")[0] or "0") > _LAST_JULIAN[decoding.last_year]:
            fail("out of range")
        return set(DATE | TIME) if "." in text else set(DATE)
    if prefix != "time":
        fail()
    found = read_run(decoding, text, set(DATE))
    if found != TIME:
        fail()
    return found


# Words


def _take_word(decoding: Decoding, text: str) -> set[str]:
    word = known_word(text)
    if word is None:
        if not decoding.may_be_zone(text):
            fail()
        _take_zone(decoding, text)
        return set(ZONE)
    if word.kind == "month":
        return _take_month(decoding, int(word.value))
    if word.kind == "reserved":
        return _take_reserved(decoding, str(word.value))
    return _take_marker(decoding, word)


def _take_month(decoding: Decoding, month: int) -> set[str]:
    """A month by name; a number taken for the month before it was the day then."""
    found = {"month"}
    numbered = "month" in decoding.found and not decoding.text_month
    if numbered and "day" not in decoding.found and 1 <= decoding.values["month"] <= 31:
        decoding.values["day"] = decoding.values["month"]
        found = {"day"}
    if decoding.time_only:
        fail()
    decoding.text_month = True
    decoding.values["month"] = month
    return found


def _take_reserved(decoding: Decoding, name: str) -> set[str]:
    if name == "allballs":
        return set(TIME | ZONE)
    if decoding.time_only:
        if name != "now":
            fail()
        return set(TIME)
    if name == "now":
        decoding.special = name
        return set(DATE | TIME | ZONE)
    if name in ("today", "tomorrow", "yesterday"):
        decoding.special = name
        return set(DATE)
    decoding.special = "infinity"
    return set(DATE | TIME | ZONE)


def _take_marker(decoding: Decoding, word: Word) -> set[str]:
    if word.kind == "ignored":
        return set()
    if word.kind == "weekday":
        if decoding.time_only:
            fail()
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
        fail()
    decoding.prefix = "time" if word.kind == "time follows" else str(word.value)
    return set()


# The whole


def _finish(decoding: Decoding) -> None:
    if decoding.prefix or ("summer" in decoding.found and "zone" not in decoding.found):
        fail()
    if decoding.special == "infinity":
        return
    if not decoding.special:
        _validate_date(decoding)
    if decoding.half and decoding.values.get("hour", 0) > 12:
        fail("overflow")
    if decoding.time_only:
        if "hour" in decoding.values:
            check_time(decoding)
        if decoding.zone_needs_date and "day" not in decoding.found:
            fail()
        if decoding.missing(TIME):
            fail()
    elif decoding.missing(DATE):
        fail()


def _validate_date(decoding: Decoding) -> None:
    values, found = decoding.values, decoding.found
    if decoding.julian:
        return
    year = values.get("year", 1)
    if "year" in found:
        if decoding.era == "bc":
            if year <= 0:
                fail("overflow")
            year = 1 - year
        elif decoding.two_digits:
            year += 2000 if year < 70 else 1900
        elif year <= 0:
            fail("overflow")
    if "day of year" in found:
        return
    if "month" in found and not 1 <= values["month"] <= 12:
        fail("month or day")
    if "day" in found and not 1 <= values["day"] <= 31:
        fail("month or day")
    if found >= DATE and values["day"] > _month_length(year, values["month"]):
        fail("overflow")
    # With a zone, the first and last days there are depend on it and on the session's.
    earliest = _EARLIEST if "zone" not in found else (*_EARLIEST[:2], _EARLIEST[2] - 1)
    if found >= DATE and (year, values["month"], values["day"]) < earliest:
        fail("out of range")
    latest = decoding.last_year
    if year > latest and not ("zone" in found and _is_new_year(values, year - latest)):
        fail("out of range")


def _is_new_year(values: dict[str, int], years: int) -> bool:
    """The first day after the last one, which is still that in zones to the west."""
    return years == 1 and values.get("month") == values.get("day") == 1


def _month_length(year: int, month: int) -> int:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31
