"""What the steps of earlier runs came to, each with all that it followed from.

A step has inputs, which make its key, and sees the catalog by a view that records what is looked up
in it. What it came to counts for as long as the catalog would say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.recorded import LookUp, Record
from sqlwright.codegen.memory import FEW
from sqlwright.dataclass import dataclass
from sqlwright.packing import pack, unpack
from sqlwright.processes import Own, in_processes
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


@dataclass(frozen=True, slots=True)
class _Taken(Generic[T]):
    """What a step came to, what it looked up, and its value packed, as it travels and is kept, if
    that could be done; without it the value itself travels."""

    value: Own[T] | T | None
    looked_up: tuple[LookUp, ...]
    packed: bytes | None


class Steps:
    """The steps that one package takes over a catalog; `name` tells them from those of others."""

    def __init__(self, store: Store, name: str, record: Record, answers: Answers) -> None:
        self.store = store
        self._record = record
        self.answers = answers
        self._key = store.key("steps", name)
        kept = store.get(self._key)
        found: tuple[Kept, Entries] | None = unpack(kept) if kept is not None else None
        self._look_ups = LookUps(found and found[0])
        self._known: Entries = found[1] if found else {}
        self._used: Entries = {}

    def take(self, kind: type[T], inputs: tuple[str, ...], make: Callable[[], T]) -> T:
        """What a step makes of its inputs, now or in an earlier run. Two steps that make values of
        the same kind of the same inputs are one."""
        return self.take_all(kind, [(inputs, make)])[0]

    def take_all(
        self,
        kind: type[T],
        steps: Sequence[tuple[tuple[str, ...] | None, Callable[[], T]]],
        jobs: int = 1,
    ) -> list[T]:
        """The same of many steps, which up to `jobs` processes take; nothing is known of one
        without inputs."""
        named = f"{kind.__module__}.{kind.__qualname__}"
        keys = [None if inputs is None else digest(named, *inputs) for inputs, _ in steps]
        values = [None if key is None else self._known_value(kind, key) for key in keys]
        missing = [at for at, value in enumerate(values) if value is None]

        def take(at: int) -> _Taken[T]:
            made, looked_up = self._record.during(steps[at][1])
            packed = None if keys[at] is None else pack(made, {})
            return _Taken(made if packed is None else Own(made), looked_up, packed)

        taken = in_processes(take, missing, jobs, few=FEW)
        for at, each in zip(missing, taken, strict=True):
            value = self._noted(kind, keys[at], each)
            values[at] = steps[at][1]() if value is None else value
        return [value for value in values if value is not None]

    def _known_value(self, kind: type[T], key: str) -> T | None:
        entry = self._used.get(key) or self._known.get(key)
        if entry is None or not self._look_ups.hold(entry[0], self.answers):
            return None
        found = unpack(entry[1])
        if not isinstance(found, kind):
            return None
        self._used[key] = entry
        self._record.add(self._look_ups.of(entry[0]))
        return found

    def _noted(self, kind: type[T], key: str | None, taken: _Taken[T]) -> T | None:
        """What a step came to, which another process may have taken."""
        self._record.add(taken.looked_up)
        if key is not None and taken.packed is not None:
            self._used[key] = self._look_ups.numbers(taken.looked_up), taken.packed
        if isinstance(taken.value, Own):
            return taken.value.value
        found = taken.value if taken.packed is None else unpack(taken.packed)
        return found if isinstance(found, kind) else None

    def keep(self) -> None:
        """Keep what has been of use for later runs."""
        if self._used.keys() == self._known.keys() and self._look_ups.are_of(self.answers):
            return
        self._look_ups, groups = self._look_ups.without_others(
            [numbers for numbers, _ in self._used.values()]
        )
        entries = {
            key: (numbers, packed)
            for (key, (_, packed)), numbers in zip(self._used.items(), groups, strict=True)
        }
        packed = pack((self._look_ups.kept(self.answers), entries), {})
        if packed is not None:
            self.store.put(self._key, packed)
