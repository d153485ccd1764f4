"""Passages of a schema, each some statements long, that need not be applied again.

What a passage does to the catalog is known of an earlier time if its text is the same, so are the
settings, its statements are numbered as they were, and nothing that they looked up is `different`
now: under a key is something else than at this place of the schema at the earlier time. After
every passage, from what it has written now and had written then, it is known what is. The places
at which passages end are told by the texts alone, so that a change moves few of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Generator, Iterable, Iterator, Sequence
from typing import Protocol

from sqlwright.catalog.differences import Differences
from sqlwright.catalog.numbering import Numbered
from sqlwright.catalog.session import Session
from sqlwright.catalog.traced import (
    Changes,
    Place,
    Settings,
    changes_of,
    settings_of,
    traced,
)
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql.ddl_nodes import DdlStatement
from sqlwright.sql.schema.reader import SchemaReading, Unreadable
from sqlwright.store import digest

ENDS = 8
"""One statement in so many ends a passage."""
HEAD = 64
"""Characters by which a passage is looked for; the rest is compared by its digest."""
ALIKE = 12
"""Passages that begin alike of which one is looked for among the next ones."""

Result = tuple[Changes, tuple[Diagnostic, ...]]
"""What a passage does to the catalog, and what is reported of it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage at an earlier time: how its text begins, how long it is, whether a semicolon ends
    it, and its digest; by what its `parts` are known, with where they begin; the settings that it
    found, how its statements were numbered, and what they looked up, wrote, and extended without a
    look at it, by number (see `Passages.places`); what tells their result from others, and the
    result, packed, which is not there of a passage that is not to be repeated."""

    head: str
    length: int
    closed: bool
    digest: str
    parts: tuple[tuple[str, int], ...]
    settings: Settings
    numbered: tuple[Numbered, ...]
    looked_up: tuple[int, ...]
    written: tuple[int, ...]
    extended: tuple[int, ...]
    told: str
    packed: bytes


class Packing(Protocol):
    """How results are kept, and compared."""

    def pack(self, result: Result, session: Session, start: int, end: int) -> bytes:
        """The bytes of the result of a passage; none where it cannot be kept."""

    def unpack(self, packed: bytes, session: Session, start: int) -> Result | None:
        """The result for the passage of the same text that begins there now; None if there is none
        any more, as where it has places in a statement that is gone."""

    def told(self, result: Result, session: Session, start: int, end: int) -> str:
        """What tells the result of a passage from others that the same text might have. Nothing if
        it cannot be told; results that are alike may be told apart."""

    def earlier(self, passage: Passage, session: Session) -> Result | None:
        """What a passage did, to be compared with what one does now, which need not be of the same
        text: places that are gone are None."""

    def parts(self, session: Session, start: int, end: int) -> tuple[tuple[str, int], ...]:
        """See `Passage`."""

    def are_alike(self, value: object, other: object) -> bool:
        """Whether two values in a catalog are the same to all that look them up."""


class Passages:
    """The passages of a schema being gone through. `before` were passed by already; `known` are
    those at the earlier time from here on. `places` are all that any of them looked up or wrote, by
    number. Where what is done to the catalog cannot be noted, it is `given_up`; nothing is to be
    kept then. `begins` has, of each file gone through, what tells the OIDs before it from others
    and how many passages came before it."""

    def __init__(
        self,
        before: Sequence[Passage],
        known: Sequence[Passage],
        places: Iterable[Place],
        packing: Packing,
    ) -> None:
        self.passages = [*before]
        self.begins: list[tuple[str, int]] = []
        self._known = known
        self._packing = packing
        self._at = 0
        self._by_head: dict[str, list[int]] = {}
        for at, each in enumerate(known):
            self._by_head.setdefault(each.head, []).append(at)
        self._differences = Differences(places)
        self.given_up = False
        self._renumbered = False

    def different(self) -> frozenset[Place] | None:
        """Once all is gone through, what is different from the catalog of the earlier time; None if
        that cannot be said, or places in it have other names now."""
        if self.given_up or self._renumbered or not self.passages:
            return None
        for gone in self._known[self._at :]:
            self._differences.add(gone.written + gone.extended)
        self._at = len(self._known)
        return self._differences.all()

    @property
    def places(self) -> Sequence[Place]:
        """All that any of the passages looked up or wrote, by number."""
        return self._differences.items

    def statements(
        self, session: Session, diagnostics: list[Diagnostic]
    ) -> Iterator[DdlStatement | Unreadable]:
        """Go through the file of a session. Yields what is to be run in it before going on."""
        self.begins.append((session.catalog.numbers, len(self.passages)))
        reading = SchemaReading(session.source, diagnostics)
        at = 0
        while at < reading.end:
            if self.given_up:
                stretch, statements = reading.at(at)
                yield from statements
                at = stretch.end + 1
                continue
            earlier = self._find(session, reading, at)
            if earlier is not None and self._repeat(session, earlier, at):
                at += earlier.length
            else:
                at = yield from self._run(session, reading, at, earlier)
        self.given_up |= bool(session.dropped_on_commit)  # when the session ends

    def _find(self, session: Session, reading: SchemaReading, start: int) -> Passage | None:
        """The passage of the earlier time that begins there; those before it are gone."""
        every = self._by_head.get(reading.text(start, start + HEAD), ())
        following = bisect_left(every, self._at)
        for at in every[following : following + ALIKE]:
            earlier = self._known[at]
            end = start + earlier.length
            if not (earlier.closed or end == reading.end):
                continue
            if self._digest(session, reading, start, end) == earlier.digest:
                for gone in self._known[self._at : at]:
                    self._differences.add(gone.written + gone.extended)
                self._at = at + 1
                return earlier
        return None

    def _digest(self, session: Session, reading: SchemaReading, start: int, end: int) -> str:
        # With what is passed over; and where a file begins something may be told by that.
        written = session.source.text[max(0, start - 1) : end]
        return digest(session.source.path, written, reading.text(start, end))

    def _holds(self, earlier: Passage, session: Session) -> bool:
        """Whether everything is answered as it was."""
        if earlier.settings != _settings(session):
            return False
        return not self._differences.reach(earlier.looked_up)

    def _repeat(self, session: Session, earlier: Passage, start: int) -> bool:
        """Have the catalog as after a passage, if it does what it did; whether that is so."""
        if not self._holds(earlier, session):
            return False
        result = self._packing.unpack(earlier.packed, session, start)
        if result is None:
            return False
        path, catalog = session.source.path, session.catalog
        free = session.numbering.again(path, earlier.numbered, catalog.next_oid)
        if free is None:
            return False
        changes, reports = result
        session.catalog = changes.made_to(catalog, free)
        session.diagnostics.extend(reports)
        self._differences.remove(earlier.written)
        parts = self._packing.parts(session, start, start + earlier.length)
        if parts != earlier.parts:
            self._renumbered = True
            earlier = replace(earlier, parts=parts)
        self.passages.append(earlier)
        return True

    def _run(
        self, session: Session, reading: SchemaReading, start: int, earlier: Passage | None
    ) -> Generator[DdlStatement | Unreadable, None, int]:
        """Have a passage applied, statement by statement; where it ends."""
        trial = _Trial(session)
        end, closed = yield from self._applied(session, reading, start)
        if end == start:
            session.catalog = trial.catalog
            return (yield from self._transaction(session, reading, start, earlier))
        self._note(trial, reading, start, end, closed, earlier)
        return end

    def _note(
        self,
        trial: _Trial,
        reading: SchemaReading,
        start: int,
        end: int,
        closed: bool,
        earlier: Passage | None,
    ) -> None:
        """Note what has been applied on trial, and keep it."""
        session, changes = trial.session, trial.changes()
        result, place = (changes, trial.reports), (session, start, end)
        written = self._differences.numbers(changes.written())
        extended = self._differences.numbers(changes.extended())
        looked_up = self._differences.numbers(trial.looked_up)
        told = self._packing.told(result, *place)
        if earlier is not None and told and earlier.told == told:
            self._differences.remove(written)
            packed = earlier.packed if trial.may_be_repeated else b""
        else:
            replaced = earlier or self._in_place_of(session, reading, end)
            now = written, extended
            self._compare(session, changes, now, frozenset(looked_up), replaced)
            packed = self._packing.pack(result, *place) if trial.may_be_repeated else b""
        self.passages.append(
            Passage(
                reading.text(start, start + HEAD),
                end - start,
                closed,
                self._digest(session, reading, start, end),
                self._packing.parts(session, start, end),
                trial.settings,
                tuple(session.numbered[trial.numbered :]),
                looked_up,
                written,
                extended,
                told,
                packed,
            )
        )

    def _applied(
        self, session: Session, reading: SchemaReading, start: int
    ) -> Generator[DdlStatement | Unreadable, None, tuple[int, bool]]:
        """Have statements applied up to where a passage ends: before a statement that is about a
        transaction, at the latest. Where that is, and whether a semicolon is there."""
        at, closed = start, True
        while closed and at < reading.end:
            stretch, statements = reading.at(at)
            if any(isinstance(each, ddl.Transaction) for each in statements):
                break
            yield from statements
            closed = stretch.closed
            at = stretch.end + 1 if closed else reading.end
            if int(digest(reading.text(stretch.start, stretch.end))[:4], 16) % ENDS == 0:
                break
        return at, closed

    def _transaction(
        self, session: Session, reading: SchemaReading, start: int, earlier: Passage | None
    ) -> Generator[DdlStatement | Unreadable, None, int]:
        """Have a statement applied that is about a transaction; where it ends."""
        catalog = session.catalog
        stretch, statements = reading.at(start)
        if session.dropped_on_commit and all(map(_is_commit, statements)):
            trial = _Trial(session)
            yield from statements
            trial.may_be_repeated = False
            self._note(trial, reading, start, stretch.end + 1, stretch.closed, earlier)
        else:
            yield from statements
            self.given_up |= session.catalog is not catalog
        return stretch.end + 1

    def _in_place_of(self, session: Session, reading: SchemaReading, end: int) -> Passage | None:
        """The passage of the earlier time that one up to `end` stands in place of: the next one,
        unless that follows."""
        if self._at == len(self._known):
            return None
        following = self._known[self._at]
        if self._digest(session, reading, end, end + following.length) == following.digest:
            return None
        self._at += 1
        return following

    def _compare(
        self,
        session: Session,
        changes: Changes,
        now: tuple[tuple[int, ...], tuple[int, ...]],
        looked_up: Container[int],
        earlier: Passage | None,
    ) -> None:
        """Note what a passage has made different, or the same again. Where it has put more of the
        same behind what was there, that is as different as it was."""
        differences = self._differences
        written, extended = now
        result = None if earlier is None else self._packing.earlier(earlier, session)
        if earlier is None or result is None:
            differences.add(written + extended)
            differences.add(() if earlier is None else earlier.written + earlier.extended)
            return
        before, _ = result
        for numbers, others in ((written, earlier.written), (extended, earlier.extended)):
            differences.add({*numbers} ^ {*others})
            for number in {*numbers} & {*others}:
                place = differences.items[number]
                one, two = before.value(place), changes.value(place)
                if one is not None and number in looked_up and differences.reach((number,)):
                    continue  # it has most likely been made of what was different
                if not self._packing.are_alike(one, two):
                    differences.add((number,))
                elif numbers is written:
                    differences.remove((number,))


class _Trial:
    """Statements of a session as they are applied, with all that they look up."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.catalog = session.catalog
        self.settings = _settings(session)
        self.looked_up: dict[Place, None] = {}
        self.numbered = len(session.numbered)
        self._told = len(session.diagnostics)
        self._leaving = len(session.dropped_on_commit)
        self.reports: tuple[Diagnostic, ...] = ()
        self.may_be_repeated = True
        session.catalog = traced(session.catalog, self.looked_up)

    def changes(self) -> Changes:
        """What has become of the catalog, which the session has as it should be from now on."""
        session = self.session
        changes = changes_of(session.catalog)
        session.catalog = changes.made_to(self.catalog, session.catalog.next_oid)
        self.reports = tuple(session.diagnostics[self._told :])
        if len(session.dropped_on_commit) > self._leaving or any(
            each.severity == "error" for each in self.reports
        ):
            self.may_be_repeated = False
        return changes


def _is_commit(statement: DdlStatement | Unreadable) -> bool:
    return isinstance(statement, ddl.Transaction) and statement.kind == "commit"


def _settings(session: Session) -> Settings:
    """Also whether a transaction is open, at whose end a table may be dropped."""
    return session.begun is not None, *settings_of(session.catalog)
