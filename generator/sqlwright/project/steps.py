"""What the steps of earlier runs came to, each with all that it followed from.

A step has inputs, which make its key, and sees the catalog by a view that records what is looked up
in it. What it came to counts for as long as the catalog would say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.recorded import Record
from sqlwright.dataclass import dataclass
from sqlwright.packing import pack, unpack
from sqlwright.project.look_ups import Answers, Kept, LookUps
from sqlwright.store import Store, digest

T = TypeVar("T")

Entries = dict[str, tuple[tuple[int, ...], bytes]]
"""By keys of steps, the numbers of what they looked up and what they came to, packed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A catalog as steps see it, and the record of what they look up."""

    catalog: Catalog
    record: Record


class Steps:
    """The steps that one package takes over a catalog; `name` tells them from those of others."""

    def __init__(self, store: Store, name: str, record: Record, answers: Answers) -> None:
        self.store = store
        self._record = record
        self._answers = answers
        self._key = store.key("steps", name)
        kept = store.get(self._key)
        found: tuple[Kept, Entries] | None = unpack(kept, _nothing) if kept is not None else None
        self._look_ups = LookUps(found and found[0])
        self._known: Entries = found[1] if found else {}
        self._used: Entries = {}

    def take(self, kind: type[T], inputs: tuple[str, ...], make: Callable[[], T]) -> T:
        """What a step makes of its inputs, now or in an earlier run. Two steps that make values of
        the same kind of the same inputs are one."""
        key = digest(f"{kind.__module__}.{kind.__qualname__}", *inputs)
        entry = self._used.get(key) or self._known.get(key)
        if entry is not None and self._look_ups.hold(entry[0], self._answers):
            found = unpack(entry[1], _nothing)
            if isinstance(found, kind):
                self._used[key] = entry
                self._record.add(self._look_ups.of(entry[0]))
                return found
        made, looked_up = self._record.during(make)
        packed = pack(made, {})
        if packed is not None:
            self._used[key] = self._look_ups.numbers(looked_up), packed
        return made

    def keep(self) -> None:
        """Keep what has been of use for later runs."""
        if self._used.keys() == self._known.keys() and self._look_ups.are_of(self._answers):
            return
        self._look_ups, groups = self._look_ups.without_others(
            [numbers for numbers, _ in self._used.values()]
        )
        entries = {
            key: (numbers, packed)
            for (key, (_, packed)), numbers in zip(self._used.items(), groups, strict=True)
        }
        packed = pack((self._look_ups.kept(self._answers), entries), {})
        if packed is not None:
            self.store.put(self._key, packed)


def _nothing(name: object) -> object:
    raise LookupError(name)
