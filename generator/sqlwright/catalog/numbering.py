"""Where the OIDs of each statement begin.

What queries rest on is known by OIDs, so that these should be the same in the next run, whatever
has changed in other statements. PostgreSQL itself gives them one after the other; nothing that is
made of a schema shows more of them than their order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from sqlwright.dataclass import dataclass
from sqlwright.store import digest

Begun = tuple[tuple[str, int], ...]
"""Statements by name, with their first OIDs, in the order of these."""

ROOM = 1 << 16
"""From one statement to the next."""
STEP = 1 << 8
"""From one statement to another that has come between two."""
HEAD = 80
"""Characters of a statement by which it is known again when another part of it has changed, such
as what is in parentheses."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """How a statement was numbered: how it begins, its first OID, and the next one that is free
    after it; None if it changed nothing."""

    head: str
    first: int
    free: int | None


class Numbering:
    """The first OIDs of statements: those that they had at an earlier time, as far as the order
    and what others take allow that."""

    def __init__(self, earlier: Begun = ()) -> None:
        self._earlier = {name: at for at, (name, _) in enumerate(earlier)}
        self._starts = [start for _, start in earlier]
        self._passed = 0
        self._seen: Counter[str] = Counter()
        self._begun = list(earlier)
        self._given: list[int] = []

    @property
    def begun(self) -> Begun:
        """The statements that have taken OIDs, for a later time."""
        return tuple(self._begun)

    def first(self, path: str, statement: str, free: int) -> tuple[str, int]:
        """The name of a statement and the OID to begin at, which is not below `free`."""
        while self._begun and self._begun[-1][1] >= free:  # of later statements, or rolled back
            self._begun.pop()
        head = _head(path, statement)
        self._seen[head] += 1
        name = f"{self._seen[head]} {head}"
        at = self._earlier.get(name, -1)
        if at >= self._passed and self._starts[at] >= free:
            self._passed = at + 1
            start = self._starts[at]
        else:
            between = bisect_left(self._starts, free) < len(self._starts)
            size = STEP if between else ROOM
            start = -(-free // size) * size
        self._given.append(start)
        return name, start

    def took(self, name: str, start: int) -> None:
        """Note that a statement has taken OIDs."""
        self._begun.append((name, start))

    def told(self, before: str) -> str:
        """What tells the OIDs given since this was asked last from others; what told those `before`
        goes into it."""
        given, self._given = self._given, []
        return digest(before, *map(str, given))

    def again(self, path: str, statements: Sequence[Numbered], free: int) -> int | None:
        """Number statements as at an earlier time. The next OID that is free after them; None, and
        nothing has been numbered, if they would not be numbered as they were."""
        passed, given = self._passed, len(self._given)
        kept = bisect_left(self._begun, free, key=itemgetter(1))
        later = self._begun[kept:]
        for done, each in enumerate(statements, start=1):
            name, first = self.first(path, each.head, free)
            if first != each.first:
                self._passed = passed
                self._begun[kept:] = later
                self._seen.subtract(_head(path, again.head) for again in statements[:done])
                del self._given[given:]
                return None
            if each.free is None:
                continue
            if each.free > first:
                self.took(name, first)
            free = each.free
        return free


def _head(path: str, statement: str) -> str:
    return f"{path}\n{statement[:HEAD].partition('(')[0]}"
