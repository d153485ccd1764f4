"""What is different in a catalog from what was at the same place of a schema at an earlier time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlwright.catalog.register import Register
from sqlwright.catalog.traced import Place, whole


class Differences(Register[Place]):
    """Places by number, of which some are different now. Something that looks through all of a part
    looks at all of them there."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        super().__init__(places)
        self._different: set[int] = set()
        self._of_parts: Counter[str] = Counter()

    def reach(self, looked_up: Iterable[int]) -> bool:
        """Whether any of what was looked up may be different."""
        return not self._different.isdisjoint(looked_up)

    def add(self, numbers: Iterable[int]) -> None:
        """Note that places are different."""
        for number in numbers:
            if number not in self._different:
                self._different.add(number)
                self._count(self.items[number][0], 1)

    def remove(self, numbers: Iterable[int]) -> None:
        """Note that places are the same."""
        for number in numbers:
            if number in self._different:
                self._different.remove(number)
                self._count(self.items[number][0], -1)

    def _count(self, part: str, more: int) -> None:
        self._of_parts[part] += more
        all_of_it = self.number(whole(part))
        if all_of_it is not None:
            change = self._different.add if self._of_parts[part] else self._different.discard
            change(all_of_it)

    def all(self) -> frozenset[Place]:
        """All that are different."""
        found = self.of(self._different)
        return frozenset(place for place in found if place != whole(place[0]))
