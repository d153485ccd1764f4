"""What was looked up in a catalog in earlier runs, and whether it would be answered as it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlwright.analysis import tree
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.packed import builtin_names
from sqlwright.catalog.recorded import LookUp, answer
from sqlwright.dataclass import fields, is_dataclass
from sqlwright.packing import Name, Packer, in_part
from sqlwright.project.places import SHORT, Places
from sqlwright.source import SourceFile, Span
from sqlwright.store import digest

Kept = tuple[str, tuple[tuple[LookUp, str], ...]]
"""The name of a catalog, and look-ups with what tells its answers to them."""


class Answers:
    """What a catalog says to look-ups, as digests: places in schema files count by the text in
    which they are, not by where that stands. `name` tells the catalog from all others."""

    def __init__(
        self,
        name: str,
        catalog: Catalog,
        places: Places,
        name_of: Callable[[SourceFile], Name | None],
    ) -> None:
        self.name = name
        self._catalog = catalog
        left_out: dict[type[Any], Any] = {
            SourceFile: name_of,
            Span: places.name,
            **builtin_names(catalog.builtin.major),
        }
        self._packer = Packer(left_out, _unplaced())
        self._objects: dict[int, str] = {}
        self._known: dict[LookUp, str] = {}

    def digest(self, look_up: LookUp) -> str:
        """What tells the answer to a look-up from others."""
        known = self._known.get(look_up)
        if known is None:
            known = self._known[look_up] = self._digest(answer(self._catalog, look_up))
        return known

    def _digest(self, found: object) -> str:
        if found is None:
            return ""
        if isinstance(found, tuple):
            return digest(*map(self._digest, found))[:SHORT] if found else "()"
        known = self._objects.get(id(found))
        if known is None:
            packed = self._packer.pack(found)
            # What cannot be told from others is never as it was.
            known = os.urandom(SHORT // 2).hex() if packed is None else digest(packed)[:SHORT]
            self._objects[id(found)] = known
        return known


def _unplaced() -> dict[type[Any], Callable[[Any], Any]]:
    """Of what is analysed, where it stands in a file counts for reports about that file alone: what
    a catalog keeps of it is not reported about."""
    kinds = [kind for kind in vars(tree).values() if isinstance(kind, type) and is_dataclass(kind)]
    names = {kind: [each.name for each in fields(kind)] for kind in kinds}
    return {
        kind: in_part([name for name in every if name not in ("start", "end")])
        for kind, every in names.items()
        if "start" in every
    }


class LookUps:
    """Look-ups by numbers, with the digests of the answers that they had."""

    def __init__(self, kept: Kept | None = None) -> None:
        self._name, self._kept = kept if kept is not None else ("", ())
        self._changed: frozenset[int] | None = None
        self._all: list[LookUp] = [look_up for look_up, _ in self._kept]
        self._numbers: dict[LookUp, int] = {}

    def __len__(self) -> int:
        return len(self._all)

    def are_of(self, answers: Answers) -> bool:
        """Whether they are those that were kept, with answers of the same catalog."""
        return self._name == answers.name and len(self._all) == len(self._kept)

    def hold(self, numbers: Iterable[int], answers: Answers) -> bool:
        """Whether all of these are answered as they were."""
        return self._now_different(answers).isdisjoint(numbers)

    def _now_different(self, answers: Answers) -> frozenset[int]:
        if self._changed is None:
            self._changed = frozenset(
                at
                for at, (look_up, answered) in enumerate(self._kept)
                if self._name != answers.name and answers.digest(look_up) != answered
            )
        return self._changed

    def numbers(self, looked_up: Iterable[LookUp]) -> tuple[int, ...]:
        """The numbers of look-ups, some of which may be new."""
        if not self._numbers:
            self._numbers = {each: at for at, each in enumerate(self._all)}
        found = []
        for each in looked_up:
            number = self._numbers.setdefault(each, len(self._all))
            if number == len(self._all):
                self._all.append(each)
            found.append(number)
        return tuple(found)

    def of(self, numbers: Iterable[int]) -> tuple[LookUp, ...]:
        """The look-ups of these numbers."""
        return tuple(self._all[number] for number in numbers)

    def without_others(
        self, groups: Sequence[tuple[int, ...]]
    ) -> tuple[LookUps, Sequence[tuple[int, ...]]]:
        """Without those in none of the groups, if they are many; the groups by new numbers."""
        if len(self) <= 2 * len(set().union(*groups)):
            return self, groups
        others = LookUps()
        return others, [others.numbers(self.of(group)) for group in groups]

    def kept(self, answers: Answers) -> Kept:
        """All of them with the answers of today."""
        changed = self._now_different(answers)
        known = [
            each if at not in changed else (each[0], answers.digest(each[0]))
            for at, each in enumerate(self._kept)
        ]
        new = ((each, answers.digest(each)) for each in self._all[len(known) :])
        return answers.name, (*known, *new)
