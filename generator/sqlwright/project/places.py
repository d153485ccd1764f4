"""Places in schema files under names that they keep while other parts of the files change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable

from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.store import digest

_PART = pattern(r"[^;]*(?:;(?![ \t\r]*\n)[^;]*)*;?\s*")
"""Text up to a semicolon at the end of a line, as statements end most often. Where they do not, a
part has less or more than a statement in it."""

SHORT = 32
"""Digits that tell parts of files from all others."""

PlaceName = tuple[str, int, str, int, str]
"""The part in which a place begins, and where in it; the same of its end; and what tells the text
between the two, if that is more than one part."""


@dataclass(frozen=True, slots=True)
class _Part:
    source: SourceFile
    start: int


class Places:
    """The places in some files. A part is known by its path and text, and by its number if there
    are several such."""

    def __init__(self, sources: Iterable[SourceFile]) -> None:
        self._parts: dict[str, _Part] = {}
        self._starts: dict[int, tuple[SourceFile, list[int], list[str]]] = {}
        seen: Counter[str] = Counter()
        for source in sources:
            starts, names = [], []
            for found in _PART.finditer(source.text):
                name = digest(source.path, found.group())[:SHORT]
                seen[name] += 1
                name = f"{name} {seen[name]}"
                self._parts[name] = _Part(source, found.start())
                starts.append(found.start())
                names.append(name)
            self._starts[id(source)] = source, starts, names
        self._several = {name for name, number in seen.items() if number > 1}

    def name(self, span: Span) -> PlaceName | None:
        """The name of a place, None if it is in none of the files."""
        known = self._starts.get(id(span.source))
        if known is None:
            return None
        _, starts, names = known
        first = bisect_right(starts, span.start) - 1
        last = max(first, bisect_right(starts, max(span.start, span.end - 1)) - 1)
        between = digest(span.text) if first != last else ""
        return (
            names[first],
            span.start - starts[first],
            names[last],
            span.end - starts[last],
            between,
        )

    def parts(self, source: SourceFile, start: int, end: int) -> tuple[tuple[str, int], ...]:
        """The parts in a stretch of a file, with where they begin in it."""
        _, starts, names = self._starts[id(source)]
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
        if first + 1 < last and source.text[start : starts[first + 1]].isspace():
            first += 1  # of the one before, only blanks are in it
        begins = (each - start for each in starts[first:last])
        return tuple(zip(names[first:last], begins, strict=True))

    def is_only(self, name: PlaceName) -> bool:
        """Whether no other place may be meant, since nowhere else is the same text."""
        return not any(part.partition(" ")[0] in self._several for part in (name[0], name[2]))

    def find(self, name: PlaceName) -> Span:
        """The place of a name. Raises LookupError if there is none."""
        first, start, last, end, between = name
        before, behind = self._parts[first], self._parts[last]
        found = Span(before.source, before.start + start, behind.start + end)
        if behind.source is not before.source or (between and digest(found.text) != between):
            raise LookupError(name)
        return found
