"""What was looked up in a catalog in earlier runs, and whether it would be answered as it was."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.packed import builtin_names
from sqlwright.catalog.persistent import Objects
from sqlwright.catalog.recorded import ALWAYS, LookUp, answer
from sqlwright.catalog.register import Register
from sqlwright.catalog.traced import Place
from sqlwright.dataclass import dataclass
from sqlwright.packing import Name, Packer
from sqlwright.project.likeness import without_places
from sqlwright.project.places import SHORT, Places
from sqlwright.source import SourceFile, Span
from sqlwright.store import digest

Kept = tuple[str, tuple[tuple[LookUp, str], ...]]
"""The name of a catalog, and look-ups with what tells its answers to them."""


@dataclass(frozen=True, slots=True)
class Since:
    """What is different in a catalog, by part and key (see `catalog.traced`), from one that there
    was at an earlier time, by name. What is the same under a key has the same digest."""

    name: str
    different: frozenset[Place]


class Answers:
    """What a catalog says to look-ups, as digests: places in schema files count by the text in
    which they are, not by where that stands. `name` tells the catalog from all others."""

    def __init__(
        self,
        name: str,
        catalog: Catalog,
        places: Places,
        name_of: Callable[[SourceFile], Name | None],
        since: Since | None = None,
    ) -> None:
        self.name = name
        self._since = since
        self._catalog = catalog
        left_out: dict[type[Any], Any] = {
            SourceFile: name_of,
            Span: places.name,
            **builtin_names(catalog.builtin.major),
        }
        self._packer = Packer(left_out, without_places())
        self._objects: dict[int, str] = {}
        self._known: dict[LookUp, str] = {}

    def digest(self, look_up: LookUp) -> str:
        """What tells the answer to a look-up from others."""
        known = self._known.get(look_up)
        if known is None:
            known = self._known[look_up] = self._digest(answer(self._catalog, look_up))
        return known

    def are_same(self, look_ups: Iterable[tuple[LookUp, str]], name: str) -> Iterator[bool]:
        """Whether each look-up has the answer, told by its digest, that it had in the catalog of
        that name."""
        if name == self.name:
            return (True for _ in look_ups)
        since = self._since if self._since is not None and self._since.name == name else None
        return (
            (since is not None and not self._may_differ(look_up, since.different))
            or self.digest(look_up) == answered
            for look_up, answered in look_ups
        )

    def _may_differ(self, look_up: LookUp, different: frozenset[Place]) -> bool:
        name, how, what = look_up
        if look_up == ALWAYS:
            return True
        whole = name if hasattr(self._catalog, name) else f"dependencies.{name}"
        if how == "all":
            return any(part.partition(".by_")[0] == whole for part, _ in different)
        if not isinstance(getattr(self._catalog, name, None), Objects):
            return (whole, what) in different
        if how == "get":
            return (f"{name}.by_oid", what) in different
        found = getattr(self._catalog, name).named(*what)
        return (f"{name}.by_name", what) in different or any(
            (f"{name}.by_oid", each.oid) in different for each in found
        )

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


class LookUps(Register[LookUp]):
    """Look-ups by numbers, with the digests of the answers that they had."""

    def __init__(self, kept: Kept | None = None) -> None:
        self._name, self._kept = kept if kept is not None else ("", ())
        super().__init__(look_up for look_up, _ in self._kept)
        self._changed: frozenset[int] | None = None

    def are_of(self, answers: Answers) -> bool:
        """Whether they are those that were kept, with answers of the same catalog."""
        return self._name == answers.name and len(self) == len(self._kept)

    def hold(self, numbers: Iterable[int], answers: Answers) -> bool:
        """Whether all of these are answered as they were."""
        return self._now_different(answers).isdisjoint(numbers)

    def _now_different(self, answers: Answers) -> frozenset[int]:
        if self._changed is None:
            same = answers.are_same(self._kept, self._name)
            self._changed = frozenset(at for at, holds in enumerate(same) if not holds)
        return self._changed

    def kept(self, answers: Answers) -> Kept:
        """All of them with the answers of today."""
        changed = self._now_different(answers)
        known = [
            each if at not in changed else (each[0], answers.digest(each[0]))
            for at, each in enumerate(self._kept)
        ]
        new = ((each, answers.digest(each)) for each in self.items[len(known) :])
        return answers.name, (*known, *new)
