"""Values under numbers, by which they are kept in less room and compared sooner."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, Self, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Register(Generic[Item]):
    """Values of which each has a number, in the order in which they were met."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self.items = [*items]
        self._numbers: dict[Item, int] = {}

    def __len__(self) -> int:
        return len(self.items)

    def number(self, item: Item) -> int | None:
        """The number of a value, None of one that has not been met."""
        return self._known().get(item)

    def numbers(self, items: Iterable[Item]) -> tuple[int, ...]:
        """The numbers of values, some of which may be new."""
        known, every = self._known(), self.items
        found = []
        for each in items:
            number = known.get(each)
            if number is None:
                number = known[each] = len(every)
                every.append(each)
            found.append(number)
        return tuple(found)

    def _known(self) -> dict[Item, int]:
        if not self._numbers:
            self._numbers = {each: at for at, each in enumerate(self.items)}
        return self._numbers

    def of(self, numbers: Iterable[int]) -> tuple[Item, ...]:
        """The values of these numbers."""
        return tuple(self.items[number] for number in numbers)

    def without_others(
        self, groups: Sequence[tuple[int, ...]]
    ) -> tuple[Self, Sequence[tuple[int, ...]]]:
        """Without values in none of the groups, if they are many; the groups by new numbers."""
        if len(self) <= 2 * len(set().union(*groups)):
            return self, groups
        others = self.__class__()
        return others, [others.numbers(self.of(group)) for group in groups]
