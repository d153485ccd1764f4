"""What an earlier run knows of a schema that changes: what each of its passages does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from sqlwright.catalog.packed import builtin_named, builtin_names
from sqlwright.catalog.passages import Passage, Passages, Result
from sqlwright.catalog.register import Register
from sqlwright.catalog.session import Session
from sqlwright.catalog.traced import Place
from sqlwright.config import PackageConfig
from sqlwright.dataclass import dataclass, replace
from sqlwright.packing import Packer, pack, unpack
from sqlwright.project.likeness import are_alike, without_places
from sqlwright.project.look_ups import Since
from sqlwright.project.places import PlaceName, Places
from sqlwright.project.recall import Recall
from sqlwright.source import SourceFile, Span
from sqlwright.store import digest


@dataclass(frozen=True, slots=True)
class _Kept:
    """The passages of a schema's files, and the places that they looked up and wrote. What tells
    the catalog and the files from others; by number of the files that were gone through, what told
    the OIDs before each from others, and how many passages had come before it."""

    catalog: str
    files: tuple[str, ...]
    begins: dict[int, tuple[str, int]]
    passages: tuple[Passage, ...]
    places: tuple[Place, ...]


class SchemaMemory:
    """The passages of the schema files of a package, kept under a key."""

    def __init__(
        self,
        recall: Recall,
        key: str,
        package: PackageConfig,
        sources: Sequence[SourceFile],
        places: Places,
    ) -> None:
        self._recall = recall
        self._key = key
        self._files = tuple(recall.names_of(sources))
        self._packing = _Packing(recall, package.postgresql, places)
        kept = unpack(recall.store.get(key) or b"")
        self._kept = kept if isinstance(kept, _Kept) else _Kept("", (), {}, (), ())

    def passages(self, at: int, numbers: str) -> Passages:
        """The passages of a file and those after it; `numbers` tell the OIDs that were given to all
        before it. They are known if the catalog is the very one that they were applied to."""
        kept = self._kept
        told, passed = kept.begins.get(at, (None, 0))
        if told != numbers or kept.files[:at] != self._files[:at]:
            self._kept = _Kept("", (), {}, (), ())
            return Passages((), (), (), self._packing)
        before, known = kept.passages[:passed], kept.passages[passed:]
        return Passages(before, known, kept.places, self._packing)

    def since(self, passages: Passages) -> Since | None:
        """What is different from the catalog of the passages that were known, if that is known."""
        different = passages.different() if self._kept.catalog else None
        return None if different is None else Since(self._kept.catalog, different)

    def keep(self, at: int, passages: Passages, catalog: str) -> None:
        """Keep the passages as they are now, gone through from a file on; `catalog` tells what they
        come to from others."""
        if passages.given_up:
            return
        begins = {file: begin for file, begin in self._kept.begins.items() if file < at}
        begins |= dict(enumerate(passages.begins, at))
        every, places = _without_others(passages.passages, passages.places)
        packed = pack(_Kept(catalog, self._files, begins, every, places), {})
        if packed is not None:
            self._recall.store.put(self._key, packed)


def _without_others(
    passages: Sequence[Passage], places: Sequence[Place]
) -> tuple[tuple[Passage, ...], tuple[Place, ...]]:
    """Without places that are of no passage, if they are many."""
    groups = [group for each in passages for group in (each.looked_up, each.written, each.extended)]
    register, renumbered = Register(places).without_others(groups)
    three = zip(renumbered[::3], renumbered[1::3], renumbered[2::3], strict=True)
    every = (
        replace(each, looked_up=looked_up, written=written, extended=extended)
        for each, (looked_up, written, extended) in zip(passages, three, strict=True)
    )
    return tuple(every), tuple(register.items)


class _ElsewhereError(Exception):
    """A place that cannot be told from others."""


class _Packing:
    """See `catalog.passages.Packing`. Places in a passage itself are kept relative to where it
    begins, others by name if nowhere in the schema is the same text."""

    def __init__(self, recall: Recall, major: int, places: Places) -> None:
        self._recall = recall
        self._major = major
        self._places = places
        self._own: tuple[SourceFile, int, int] | None = None
        self._names: dict[tuple[int, int, int], PlaceName | None] = {}
        self._found_places: dict[PlaceName, Span] = {}
        left_out: dict[type[Any], Any] = {
            SourceFile: recall.name_of,
            Span: self._name_of,
            **builtin_names(major),
        }
        self._packer = Packer(left_out)
        self._teller = Packer(left_out, without_places())

    def pack(self, result: Result, session: Session, start: int, end: int) -> bytes:
        return self._packed(self._packer, result, (session.source, start, end))

    def told(self, result: Result, session: Session, start: int, end: int) -> str:
        packed = self._packed(self._teller, result, (session.source, start, end))
        return digest(packed) if packed else ""

    def _packed(self, packer: Packer, result: Result, own: tuple[SourceFile, int, int]) -> bytes:
        self._own = own
        try:
            return packer.pack(result) or b""
        except _ElsewhereError:
            return b""

    def _name_of(self, span: Span) -> tuple[int, int] | PlaceName:
        assert self._own is not None
        source, start, end = self._own
        if span.source is source and start <= span.start <= span.end <= end:
            return span.start - start, span.end - start
        place = id(span.source), span.start, span.end
        if place not in self._names:
            name = self._places.name(span)
            self._names[place] = name if name is not None and self._places.is_only(name) else None
        known = self._names[place]
        if known is None:
            raise _ElsewhereError
        return known

    def unpack(self, packed: bytes, session: Session, start: int) -> Result | None:
        def found(name: Any) -> object:
            if isinstance(name[0], int):
                return Span(session.source, start + name[0], start + name[1])
            return self._found(name)

        result: Result | None = unpack(packed, found)
        return result

    def earlier(self, passage: Passage, session: Session) -> Result | None:
        names = [name for name, _ in passage.parts]
        starts = [start for _, start in passage.parts]

        def found(name: Any) -> object:
            try:
                if not isinstance(name[0], int):
                    return self._found(name)
                at = max(0, bisect_right(starts, name[0]) - 1)
                before = starts[at]
                return self._places.find(
                    (names[at], name[0] - before, names[at], name[1] - before, "")
                )
            except LookupError:
                return None

        result: Result | None = unpack(passage.packed, found)
        return result

    def parts(self, session: Session, start: int, end: int) -> tuple[tuple[str, int], ...]:
        return self._places.parts(session.source, start, end)

    def _found(self, name: Any) -> object:
        if isinstance(name, str):
            return self._recall.source(name)
        if len(name) == 2:
            return builtin_named(name, self._major)
        if name not in self._found_places:
            if not self._places.is_only(name):
                raise LookupError(name)
            self._found_places[name] = self._places.find(name)
        return self._found_places[name]

    def are_alike(self, value: object, other: object) -> bool:
        return are_alike(value, other)
