"""How the parts of a translation are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern
from sqlwright.sql.foreign.changes import Change, applied

_LONGEST = 90
_MOST = 4
_WORD_AFTER = pattern(r"\s*(?:'[^']*'|[\w@$.]+)")
_CLOSING = pattern(r"\s*\)")
_WORD_BEFORE = pattern(r"\w+\s*\Z")


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the statement that is shown whole, with all that changes in it."""

    start: int
    end: int
    changes: tuple[Change, ...]


def worded(text: str, groups: Sequence[Sequence[Change]], dialect: str) -> str:
    """What to write instead of the parts of a statement that another database reads."""
    begin = f"{dialect} writes it so; PostgreSQL" if dialect else "PostgreSQL"
    parts = _parts(text, groups)
    written = [_written(text, each) for each in parts]
    shown = list(
        dict.fromkeys(
            _pair(text[part.start : part.end], new)
            for part, new in zip(parts, written, strict=True)
        )
    )
    if len(shown) == 1 and written[0]:
        return f"{begin} writes `{written[0]}`"
    more = f" and {len(shown) - _MOST} more" if len(shown) > _MOST else ""
    return f"{begin} writes {', '.join(shown[:_MOST])}{more}"


def _pair(old: str, new: str) -> str:
    old = " ".join(old.split())
    return f"`{new}` for `{old}`" if new else f"nothing for `{old}`"


def _parts(text: str, groups: Sequence[Sequence[Change]]) -> list[_Part]:
    """The groups in the order of the text, those in one that overlap. One whose ends are so far
    apart that nobody would see what has changed is shown change by change."""
    parts: list[_Part] = []
    for group in groups:
        whole = _part(text, group)
        if len(group) > 1 and len(_written(text, whole)) > _LONGEST:
            parts += [_part(text, [each]) for each in group]
        else:
            parts.append(whole)
    joined: list[_Part] = []
    for part in sorted(parts, key=lambda each: each.start):
        if joined and part.start < joined[-1].end:
            before = joined.pop()
            changes = tuple(dict.fromkeys((*before.changes, *part.changes)))
            part = _Part(before.start, max(before.end, part.end), changes)
        joined.append(part)
    return joined


def _part(text: str, group: Sequence[Change]) -> _Part:
    start, end = min(each.start for each in group), max(each.end for each in group)
    start, end = _whole_parentheses(text, start, _end_of_call(text, end))
    first = min(group, key=lambda each: each.start)
    before, after = _WORD_BEFORE.search(text, 0, start), _WORD_AFTER.match(text, end)
    put_in = len(group) == 1 and first.start == first.end
    if first.text and _is_word(first.text) and not put_in:
        return _Part(start, end, tuple(group))
    if put_in and (closing := _CLOSING.match(text, end)) is not None:
        return _Part(*_whole_parentheses(text, start, closing.end()), tuple(group))
    if before is not None and any(each.text for each in group):
        start = before.start()
    if after is not None and len(group) == 1 and first.text:
        end = after.end()
    return _Part(start, end, tuple(group))


def _is_word(text: str) -> bool:
    """Whether something says what it is without what stands beside it."""
    return re.match(r"[A-Za-z(\"]", text.strip()) is not None


def _whole_parentheses(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch that is wide enough to have both of each pair of parentheses."""
    depth, lowest = 0, 0
    for letter in text[start:end]:
        depth += (letter == "(") - (letter == ")")
        lowest = min(lowest, depth)
    open_before, open_after = -lowest, depth - lowest
    while open_before and start:
        start -= 1
        open_before += (text[start] == ")") - (text[start] == "(")
    while open_after and end < len(text):
        open_after += (text[end] == "(") - (text[end] == ")")
        end += 1
    while 0 < start < len(text) and text[start] == "(" and re.match(r"\w", text[start - 1]):
        start -= 1
        while start and re.match(r"\w", text[start - 1]):
            start -= 1
    return start, end


def _written(text: str, part: _Part) -> str:
    changes = [Change(e.start - part.start, e.end - part.start, e.text) for e in part.changes]
    return " ".join(applied(text[part.start : part.end], changes).split())


def _end_of_call(text: str, end: int) -> int:
    """Behind the arguments, where the name of a function has changed."""
    if text[end : end + 1] != "(":
        return end
    depth = 0
    for at in range(end, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at + 1
    return end
