"""What the help of a report says as a change of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlwright.patterns import pattern
from sqlwright.sql.foreign.changes import Change

_CAST = pattern(r"write an explicit cast: (?P<operand>.+?)(?P<cast>::[^:]+)\Z", re.DOTALL)
_INSTEAD = pattern(
    r"(?:did you mean|it is written as text:|write it as text:|text is written in single quotes:|"
    r"a parameter is written without quotes:) `?(?P<text>[^`]+?)`?\??\Z"
)


def says_what(help: str) -> bool:
    """Whether a help line may speak of a change."""
    return _CAST.fullmatch(help) is not None or _INSTEAD.fullmatch(help) is not None


def advised(help: str, text: str, places: Sequence[tuple[int, int]]) -> Change | None:
    """The one change of a statement that a help line speaks of; None where it says no such thing.
    `places` are those that the report points at, the first of them the primary one."""
    cast = _CAST.fullmatch(help)
    if cast is not None:
        return _cast(cast["operand"], cast["cast"], text, places)
    instead = _INSTEAD.fullmatch(help)
    if instead is None or not places:
        return None
    if help.startswith("write it as text"):
        places = [each for each in places if f"'{text[slice(*each)]}'" == instead["text"]]
    return _instead(instead["text"], text, *places[0]) if places else None


def _instead(written: str, text: str, start: int, end: int) -> Change:
    """Something in place of what is there; of a call, of its name alone, of a macro, of what it is
    about."""
    opening = text.find("(", start, end)
    if text.startswith("sqlc.", start) and opening >= 0:
        return Change(opening + 1, end - 1, written)
    if opening >= 0 and "(" not in written:
        end = opening
    return Change(start, end, written)


def _cast(operand: str, cast: str, text: str, places: Sequence[tuple[int, int]]) -> Change | None:
    bare = operand[1:-1] if operand.startswith("(") and operand.endswith(")") else operand
    for start, end in places:
        if text[start:end] in (operand, bare):
            return Change(start, _end_of_cast(text, end), operand + cast)
    for written in (operand, bare):
        found = list(re.finditer(rf"(?<![\w.@$]){re.escape(written)}(?![\w.(])", text))
        if len(found) == 1:
            end = _end_of_cast(text, found[0].end())
            return Change(found[0].start(), end, operand + cast)
    return None


_WRITTEN_CAST = pattern(r"::[\w.]+(?:\[\])*")


def _end_of_cast(text: str, end: int) -> int:
    """Behind the cast that something has already, in whose place another one comes."""
    found = _WRITTEN_CAST.match(text, end)
    return found.end() if found is not None else end
