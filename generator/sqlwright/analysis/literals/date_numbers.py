"""The numbers of a date or time: which part each is, run together or apart (appendix B.1)."""

from __future__ import annotations

import re

from sqlwright.analysis.literals.date_fields import known_word
from sqlwright.analysis.literals.decoding import DATE, TIME, Decoding, fail

_LONGEST_INT = 2**31 - 1


def read_date(decoding: Decoding, text: str) -> set[str]:
    """Year, month and day with separators between them; the month may be a word."""
    # One character after each run of digits or letters is passed over, whatever it is.
    parts = re.findall(r"([0-9]+|[a-z]+)(?:.|$)", text)
    if not parts or re.search(r"[^0-9a-z]{2}$", text):
        fail()
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
            fail()
        _set(decoding, found, "month", int(word.value))
        decoding.text_month = True
    for number in numbers:
        got = read_number(decoding, number, (decoding.found & DATE) | found)
        if got & found:
            fail()
        found |= got
    if found - {"day of year"} | (decoding.found & DATE) != DATE:
        fail()
    return found


def _set(decoding: Decoding, found: set[str], part: str, value: int) -> None:
    if part in found or part in decoding.found:
        fail()
    found.add(part)
    decoding.values[part] = value


def read_time(decoding: Decoding, text: str) -> set[str]:
    """hh:mm, hh:mm:ss, with a fraction; mm:ss.sss too."""
    match = re.fullmatch(r"(\d+):(\d*)(?::(\d*))?(\.\d*)?", text, re.ASCII)
    if match is None:
        fail()
    hour, minute = integer(match[1]), integer(match[2] or "0")
    second = integer(match[3] or "0")
    if match[4] is not None and match[3] is None:
        hour, minute, second = 0, hour, minute
    decoding.values.update(hour=hour, minute=minute, second=second)
    check_time(decoding)
    return set(TIME)


def check_time(decoding: Decoding) -> None:
    """Refuse a time of day that there is none of; 24:00 is the last."""
    values = decoding.values
    hour, minute, second = values["hour"], values["minute"], values["second"]
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second)):
        fail("overflow")


def integer(text: str) -> int:
    """A number that C holds in an int."""
    value = int(text)
    if value > _LONGEST_INT:
        fail("overflow")
    return value


def check_offset(text: str) -> None:
    """A zone's offset: +hh, +hhmm, +hh:mm, +hh:mm:ss."""
    match = re.fullmatch(r"[+-](\d*)(?::(\d*)(?::(\d*))?)?", text, re.ASCII)
    if match is None:
        fail()
    hour, minute = int(match[1] or "0"), int(match[2] or "0")
    if match[2] is None and len(match[1]) > 2:
        hour, minute = divmod(hour, 100)
    if hour > 15 or minute > 59 or int(match[3] or "0") > 59:
        fail("zone")


def read_number(decoding: Decoding, text: str, dated: set[str]) -> set[str]:
    """A single number: which part it is depends on those already read."""
    whole, point, _ = text.partition(".")
    if point and len(whole) > 2:
        return read_run(decoding, text, set(DATE))
    value = integer(whole or "0")
    if not whole:
        fail()
    if len(text) == 3 and dated == {"year"} and 1 <= value <= 366:
        decoding.values["day of year"] = value
        return {"day of year", "month", "day"}
    if dated == DATE:
        return read_run(decoding, text, dated)
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


def _next_part(decoding: Decoding, text: str, dated: set[str]) -> str:
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
    return fail()


def read_run(decoding: Decoding, text: str, dated: set[str]) -> set[str]:
    """Digits run together: yyyymmdd, yymmdd, hhmmss, hhmm; a fraction belongs to seconds."""
    whole, point, _ = text.partition(".")
    values = decoding.values
    if not point and dated != DATE and len(whole) >= 6:
        values["day"], values["month"] = int(whole[-2:]), int(whole[-4:-2])
        values["year"] = integer(whole[:-4])
        decoding.two_digits = len(whole) == 6
        return set(DATE)
    if decoding.missing(TIME) and len(whole) in (4, 6):
        values["hour"], values["minute"] = int(whole[:2]), int(whole[2:4])
        values["second"] = int(whole[4:] or "0")
        return set(TIME)
    return fail()
