"""What earlier runs inferred: the catalog of the same schema, and the queries of the same text.

A query is known by its text and by all else that its facts follow from, wherever in the file it
stands now: places in it are kept relative to where its text begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from sqlwright.analysis.facts import QueryFacts, Reason
from sqlwright.analysis.premises.infinite_columns import says_infinity
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.packed import builtin_named, builtin_names
from sqlwright.catalog.recorded import LookUp
from sqlwright.config import PackageConfig
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.packing import Packer, no_longer, pack, unpack
from sqlwright.project.look_ups import Answers, Kept, LookUps
from sqlwright.project.places import PlaceName, Places
from sqlwright.project.recall import Recall, of_sql
from sqlwright.source import SourceFile, Span
from sqlwright.sql.statements import Annotation, QueryStatement, Remembered
from sqlwright.store import digest

Built = tuple[Catalog, tuple[Diagnostic, ...]]
Outcome = tuple[QueryFacts | None, list[Diagnostic]]
LookedUp = tuple[LookUp, ...]
Recorded = tuple[Outcome, LookedUp, bytes | None]
"""What was inferred of a query, what was looked up for it, and what is kept of it."""
HEAD = 64
"""Characters by which a text is looked for; the rest is compared by its digest."""


class OutsideError(Exception):
    """A place that is not in the text of its own query, so that it cannot be kept with it."""


def catalog_key(recall: Recall, package: PackageConfig, schema: Sequence[SourceFile]) -> str:
    return recall.store.key("catalog", of_sql(package), *recall.names_of(schema))


def known_catalog(recall: Recall, key: str, major: int) -> Built | None:
    """The catalog that was kept under a key, with the reports of its schema."""
    kept = recall.store.get(key)
    if kept is None:
        return None

    def found(name: Any) -> object:
        return recall.source(name) if isinstance(name, str) else builtin_named(name, major)

    built: Built | None = unpack(kept, found)
    return built


def keep_catalog(recall: Recall, key: str, major: int, built: Built) -> None:
    catalog, reports = built
    left_out: dict[type[Any], Any] = {SourceFile: recall.name_of, **builtin_names(major)}
    packed = pack((replace(catalog), reports), left_out)  # without what it has looked up
    if packed is not None:
        recall.store.put(key, packed)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A query that was inferred: how its text begins, how long it is, whether a semicolon ends it,
    and its digest; the numbers of what was looked up for it; what was made of it, packed."""

    head: str
    length: int
    closed: bool
    digest: str
    looked_up: tuple[int, ...]
    packed: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """What was made of a query: reports from reading it, and what was inferred."""

    annotation: Annotation
    problems: tuple[Diagnostic, ...]
    inferred: Outcome


def speaking(statements: Sequence[QueryStatement]) -> list[QueryStatement]:
    """The queries in files that may speak of infinity, as few do: to look through a file for that
    takes much less time than to look through its queries."""
    files = {id(each.source): each.source for each in statements}
    silent = {at for at, source in files.items() if _is_silent(source)}
    return [each for each in statements if id(each.source) not in silent]


def _is_silent(source: SourceFile) -> bool:
    """Whether nothing in a file can speak of infinity."""
    return source.text.isascii() and "infinity" not in source.text.lower()


def words_for_all(statements: Sequence[QueryStatement]) -> str:
    """What the queries say that counts for the others: those that speak of infinity. Such a query
    is never remembered, so that it is among those that were read."""
    spoken = (each.source.text[each.start : each.end] for each in speaking(statements))
    return digest(*filter(says_infinity, spoken))


class QueryMemory:
    """The queries of one file, as far as they are known of earlier runs. `digests` tell, by the
    identity of facts, what they are."""

    def __init__(
        self, recall: Recall, places: Places, package: PackageConfig, source: SourceFile
    ) -> None:
        self.source = source
        self._recall = recall
        self._places = places
        self._key = recall.queries_key(package, source)
        kept = recall.store.get(self._key)
        found: tuple[Kept, tuple[_Entry, ...]] | None = None
        if kept is not None:
            found = unpack(kept, recall.source)
        self._look_ups = LookUps(found and found[0])
        self._entries: tuple[_Entry, ...] = found[1] if found else ()
        self._now: tuple[_Entry, ...] = ()
        self._by_head: dict[str, list[_Entry]] = {}
        for entry in self._entries:
            self._by_head.setdefault(entry.head, []).append(entry)
        self._used: dict[int, tuple[_Entry, Remembered]] = {}
        self._unknown: set[int] = set()
        self.digests: dict[int, str] = {}
        self._is_silent = _is_silent(source)
        self._alive: list[object] = []  # or another object might get the identity
        # Only commands that keep nothing say why.
        left_out: dict[type[Any], Any] = {SourceFile: recall.name_of, Span: self._name_of}
        self._packer = Packer(left_out, {Reason: no_longer})

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of any query."""
        return not self._entries

    def find(self, source: SourceFile, start: int) -> Remembered | None:
        """See `sql.reader.Memory`."""
        if start in self._used:
            return self._used[start][1]
        if start in self._unknown:
            return None
        found = self._find(source, start)
        if found is not None:
            self._used[start] = found
        return found and found[1]

    def _find(self, source: SourceFile, start: int) -> tuple[_Entry, Remembered] | None:
        for entry in self._by_head.get(source.text[start : start + HEAD], ()):
            end = start + entry.length
            if not entry.closed and end != len(source.text):
                continue
            if _digest(source, start, end) != entry.digest:
                continue
            known = unpack(entry.packed, partial(self._found, source, start))
            if isinstance(known, Known):
                return entry, Remembered(known.annotation, known.problems, end, known)
        return None

    def forget(self, answers: Answers) -> int:
        """How many queries it has found that follow from what is no longer so; it will not find
        those again."""
        gone = [
            start
            for start, (entry, _) in self._used.items()
            if not self._look_ups.hold(entry.looked_up, answers)
        ]
        for start in gone:
            del self._used[start]
        self._unknown.update(gone)
        return len(gone)

    def packed(self, statement: QueryStatement, outcome: Outcome) -> bytes | None:
        """What is kept of a query; None of one that nothing can be kept of."""
        own = self._own = statement.extent
        if not self._is_silent and says_infinity(self.source.text[own.start : own.end]):
            return None
        try:
            return self._packer.pack(Known(statement.annotation, statement.problems, outcome))
        except OutsideError:
            return None

    def unpacked(self, statement: QueryStatement, packed: bytes) -> Outcome | None:
        """What was inferred of a query, from what is kept of it."""
        known = unpack(packed, partial(self._found, self.source, statement.extent.start))
        return known.inferred if isinstance(known, Known) else None

    def add(self, inferred: Iterable[tuple[QueryStatement, Recorded]]) -> None:
        """Take up what was inferred, with what is still of use."""
        entries = {start: entry for start, (entry, _) in self._used.items()}
        for entry, remembered in self._used.values():
            self._tell(remembered.outcome.inferred, entry)
        source = self.source
        for statement, (outcome, looked_up, packed) in inferred:
            if packed is None:
                continue
            start, end = statement.extent.start, statement.extent.end
            head = source.text[start : start + HEAD]
            made, numbers = _digest(source, start, end), self._look_ups.numbers(looked_up)
            closed = statement.extent.closed
            entry = entries[start] = _Entry(head, end - start, closed, made, numbers, packed)
            self._tell(outcome, entry)
        self._now = tuple(entries[at] for at in sorted(entries))

    def keep(self, answers: Answers) -> None:
        """Keep what there is now."""
        look_ups, every = self._look_ups, self._now
        if not every or (every == self._entries and look_ups.are_of(answers)):
            return
        look_ups, groups = look_ups.without_others([entry.looked_up for entry in every])
        every = tuple(
            replace(entry, looked_up=group) for entry, group in zip(every, groups, strict=True)
        )
        packed = pack((look_ups.kept(answers), every), {})
        if packed is not None:
            self._recall.store.put(self._key, packed)

    def _tell(self, inferred: Outcome, entry: _Entry) -> None:
        self._alive.append(inferred[0])
        self.digests[id(inferred[0])] = digest(entry.digest, entry.packed)

    def _name_of(self, span: Span) -> tuple[int, int] | PlaceName | None:
        own = self._own
        if span.source is not self.source:
            return self._places.name(span)
        if not own.start <= span.start <= span.end <= own.end:
            raise OutsideError
        return span.start - own.start, span.end - own.start

    def _found(self, source: SourceFile, start: int, name: Any) -> object:
        if isinstance(name, str):
            return self._recall.source(name)
        if len(name) > 2:
            return self._places.find(name)
        return Span(source, start + name[0], start + name[1])


def _digest(source: SourceFile, start: int, end: int) -> str:
    """What tells a statement's text; whether it begins a line counts for a comment there."""
    text = source.text
    return digest(text[max(0, start - 1) : start], text[start:end])
