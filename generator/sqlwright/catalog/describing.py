"""Schemas that describe rather than create: tables in the order of their names, sequences left out,
keys that refer to tables further down.

Statements are applied in their order as far as they can be. One that needs what a later one makes
waits for it; a constraint or a default that cannot be resolved waits by itself, and its table is
made without it. What is never resolved is left out, and nothing is concluded from it. An error
stays what leaves a column without a type.

Which statements can only be applied without a part of them, or with a schema that nothing makes,
is known when all others are applied. The files are then read again, with those in their places:
what rests on them need not wait, and what drops them finds them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from sqlwright.catalog.analyser import Analyser
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Assumed, Context, Part, Parts
from sqlwright.catalog.ddl.parts import may_be_left_out
from sqlwright.catalog.description_report import described_schema
from sqlwright.catalog.description_signs import (
    can_be_without,
    is_elsewhere,
    lacks_extension,
    near_name,
    tells,
)
from sqlwright.catalog.layers import Afterwards, LeftOut, Loading, Waited
from sqlwright.catalog.session import Session
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql.grammar.definitions.subjects import subject_of
from sqlwright.sql.schema.reader import Unreadable, read_schema

_CONDITIONAL = pattern(r"\b(IF\s+(NOT\s+)?EXISTS|OR\s+REPLACE)\b", re.IGNORECASE)

_Place = tuple[str, int]


@dataclass(slots=True)
class Waiting:
    """A statement that was refused so far, as it was written, with the state of its session."""

    statement: ddl.DdlStatement
    source: SourceFile
    text: str
    search_path: tuple[str, ...]
    check_bodies: bool
    diagnostic: Diagnostic

    @property
    def place(self) -> Span:
        return Span(self.source, self.statement.start, self.statement.end)


@dataclass(frozen=True, slots=True)
class Described:
    """What a description comes to."""

    catalog: Catalog
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _LeftOver:
    part: Part
    of: Waiting


@dataclass(slots=True)
class Description:
    """The files of a schema being read to a fixed point. `earlier` is what was said of files before
    them, `incomplete` the places of statements that nothing makes complete."""

    catalog: Catalog
    files: Sequence[SourceFile]
    analyse: Analyser
    earlier: Sequence[Diagnostic] = ()
    incomplete: frozenset[_Place] = frozenset()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    parts: list[_LeftOver] = field(default_factory=list)
    waited: list[Waiting] = field(default_factory=list)
    added: list[_LeftOver] = field(default_factory=list)
    repeated: list[Waiting] = field(default_factory=list)
    last_resorts: set[_Place] = field(default_factory=set)
    assumed: list[Assumed] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    cuts: list[LeftOut] = field(default_factory=list)
    unloadable: list[Span] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def read(self) -> frozenset[_Place]:
        """Apply what can be applied; the places of the statements that nothing makes complete."""
        for source in self.files:
            self._read_file(source)
        self._settle()
        return frozenset(self.last_resorts)

    def described(self) -> Described | None:
        """What the files come to; None if nothing shows that they describe."""
        self._set_aside()
        dropped = [each for each in self.waiting if can_be_without(each.statement, each.diagnostic)]
        if not self._is_one(dropped):
            return None
        for each in [each for each in self.waiting if each not in dropped]:
            self._refuse(each)
        catalog = replace(self.catalog, loading=self._loading(dropped))
        return Described(catalog, (self._report(dropped), *self.diagnostics))

    def _is_one(self, dropped: Sequence[Waiting]) -> bool:
        """Whether something shows that the schema is a description."""
        if self.waited or self.added or self.assumed:
            return True
        if any(isinstance(each.statement, ddl.CreateIndex) for each in self.repeated):
            return True
        lacking = lacks_extension((*self.earlier, *self.diagnostics))
        return any(tells(each.part, lacking) for each in self.parts) or any(
            is_elsewhere(each.diagnostic, lacking) for each in dropped
        )

    def _report(self, dropped: Sequence[Waiting]) -> Diagnostic:
        return described_schema(
            [source.path for source in self.files],
            [(each.place, _head(each.place)) for each in self.waited]
            + [(each.part.place, each.part.noun) for each in self.added],
            [(each.place, f"schema {each.schema}") for each in self.assumed],
            [
                (each.part.place, f"{each.part.noun}: {_why(each.part.diagnostic)}")
                for each in self.parts
            ]
            + [(_place(each), _why(each.diagnostic)) for each in (*self.repeated, *dropped)],
        )

    def _loading(self, dropped: Sequence[Waiting]) -> Loading:
        return Loading(
            tuple(Waited(each.place, each.search_path) for each in self.waited),
            tuple(self.cuts),
            (*self.unloadable, *(each.place for each in (*self.repeated, *dropped))),
            tuple(Afterwards(each.part.alone, each.of.search_path) for each in self.added),
            tuple(dict.fromkeys(each.schema for each in self.assumed)),
            tuple(self.unread),
        )

    def _read_file(self, source: SourceFile) -> None:
        session = Session(self.catalog, source, self.analyse, self.diagnostics)
        begun = len(self.waiting)
        for statement in read_schema(source, self.diagnostics):
            if isinstance(statement, Unreadable | ddl.Transaction):
                begun = self._transaction(statement, begun)
                session.run(statement)
            else:
                self._first_try(session, statement)
        self.catalog = session.finish()

    def _transaction(self, statement: Unreadable | ddl.Transaction, begun: int) -> int:
        """What waits since a transaction began is gone when it is rolled back."""
        if not isinstance(statement, ddl.Transaction) or statement.savepoint is not None:
            return begun
        if statement.kind == "rollback":
            self.unloadable += [each.place for each in self.waiting[begun:]]
            del self.waiting[begun:]
        return len(self.waiting)

    def _first_try(self, session: Session, statement: ddl.DdlStatement) -> None:
        waits = Waiting(
            statement,
            session.source,
            session.text(statement),
            session.catalog.search_path,
            session.catalog.check_bodies,
            Diagnostic("unknown-relation", "error", "waits for a statement before it"),
        )
        self.seen[_written(waits)] += 1
        if not self._rests_on_waiting(waits, self.waiting) and self._try(session, waits):
            return
        if self._repeats(waits):
            self.repeated.append(waits)
        else:
            self.waiting.append(waits)

    def _try(self, session: Session, waits: Waiting, *, last_resort: bool = False) -> bool:
        """Apply a statement, without parts that cannot be resolved if need be."""
        warned = len(session.diagnostics)
        incomplete = last_resort or _written_at(waits) in self.incomplete
        attempts = [Parts(incomplete)] if last_resort else [None, Parts(incomplete)]
        for parts in attempts:
            try:
                session.apply(waits.statement, parts)
            except DiagnosticError as error:
                waits.diagnostic = error.diagnostic
                del session.diagnostics[warned:]
                if not may_be_left_out(error.diagnostic):
                    return False
            else:
                if parts is not None:
                    self.assumed += parts.assumed
                    self._without(parts.left_out, waits)
                return True
        return False

    def _without(self, left_out: Iterable[Part], waits: Waiting) -> None:
        statement = waits.statement
        found = list(left_out)
        self.parts += [_LeftOver(each, waits) for each in found]
        nothing_left = isinstance(statement, ddl.CreateTrigger | ddl.CreateRule) or (
            isinstance(statement, ddl.AlterTable) and len(found) == len(statement.actions)
        )
        if found and nothing_left:
            self.unloadable.append(waits.place)
        elif found and isinstance(statement, ddl.CreateFunction):
            self.unread.append(waits.place)
        else:
            self.cuts += [LeftOut(each.place, each.listed, each.instead) for each in found]

    @staticmethod
    def _rests_on_waiting(waits: Waiting, before: Sequence[Waiting]) -> bool:
        """Whether what a statement does hangs on one that waits: `IF EXISTS` finds nothing yet."""
        if not before or _CONDITIONAL.search(waits.text) is None:
            return False
        words = set(re.findall(r"\w+", waits.text.lower()))
        subjects = (subject_of(each.text) for each in before)
        return any(each is not None and each[1].lower() in words for each in subjects)

    def _repeats(self, waits: Waiting) -> bool:
        """Whether a statement is refused because it was given already."""
        found = waits.diagnostic
        if isinstance(waits.statement, ddl.CreateIndex):
            return found.code == "duplicate-relation"
        if not found.code.startswith("duplicate-"):
            return False
        return self.seen[_written(waits)] > 1

    def _settle(self) -> None:
        """Try what waits again, until nothing more can be applied."""
        progress, last_resort = True, False
        while progress or not last_resort:
            last_resort = not progress
            progress = self._round(last_resort=last_resort)
            progress = self._parts_round() or progress

    def _round(self, *, last_resort: bool) -> bool:
        waiting, self.waiting = self.waiting, []
        if last_resort:  # much may rest on an extension
            waiting.sort(key=lambda each: not isinstance(each.statement, ddl.CreateExtension))
        progress = False
        for at, each in enumerate(waiting):
            if progress and last_resort:
                self.waiting.extend(waiting[at:])
                break
            blocked = not last_resort and self._rests_on_waiting(each, self.waiting)
            if (
                not blocked
                and self._may_succeed(each, last_resort)
                and self._again(each, last_resort=last_resort)
            ):
                progress = True
                self.waited.append(each)
                if last_resort:
                    self.last_resorts.add(_written_at(each))
            elif self._repeats(each):
                self.repeated.append(each)
            else:
                self.waiting.append(each)
        return progress

    def _may_succeed(self, waits: Waiting, last_resort: bool) -> bool:
        """False while the relation or type that a statement misses is still not there."""
        found = waits.diagnostic
        if last_resort or found.code not in ("unknown-relation", "unknown-type"):
            return True
        if not found.labels:
            return True
        names = tuple(found.labels[0].span.text.lower().replace('"', "").split("."))
        catalog = self.catalog.with_search_path(*waits.search_path)
        found_type = catalog.find_type(tuple(name.partition("(")[0] for name in names))
        return catalog.find_relation(names) is not None or found_type is not None

    def _again(self, waits: Waiting, *, last_resort: bool) -> bool:
        ends = self.catalog
        catalog = replace(ends, search_path=waits.search_path, check_bodies=waits.check_bodies)
        session = Session(catalog, waits.source, self.analyse, self.diagnostics)
        if not self._try(session, waits, last_resort=last_resort):
            return False
        self.catalog = replace(
            session.catalog, search_path=ends.search_path, check_bodies=ends.check_bodies
        )
        return True

    def _parts_round(self) -> bool:
        """Add the parts that can be resolved by now."""
        parts, self.parts = self.parts, []
        for each in parts:
            table = each.part.table
            if table is not None and self.catalog.find_relation(table) is None:
                continue
            catalog = self.catalog.with_search_path(*each.of.search_path)
            context = Context(catalog, each.of.source, self.analyse, self.diagnostics)
            try:
                made = each.part.add(context)
            except DiagnosticError as error:
                part = replace(each.part, diagnostic=error.diagnostic)
                self.parts.append(_LeftOver(part, each.of))
                continue
            if made is context:
                self.parts.append(each)
            else:
                self.catalog = made.catalog.with_search_path(*self.catalog.search_path)
                self.added.append(each)
        return len(self.parts) < len(parts)

    def _set_aside(self) -> None:
        """Constraints that are refused for more than a name are refusals like others."""
        for each in list(self.parts):
            if not may_be_left_out(each.part.diagnostic):
                self.parts.remove(each)
                self.diagnostics.append(each.part.diagnostic)

    def _refuse(self, waits: Waiting) -> None:
        """Report a statement, now that what is missing because of others is known."""
        ends = self.catalog
        catalog = replace(ends, search_path=waits.search_path, check_bodies=waits.check_bodies)
        session = Session(catalog, waits.source, self.analyse, self.diagnostics)
        session.run(waits.statement)
        self.catalog = replace(
            session.catalog, search_path=ends.search_path, check_bodies=ends.check_bodies
        )


def described(
    catalog: Catalog, files: Sequence[SourceFile], analyse: Analyser, earlier: Sequence[Diagnostic]
) -> Described | None:
    """The catalog of a description; None if nothing shows that the files are one. `earlier` is what
    was said of files before them."""
    reading = Description(catalog, files, analyse, earlier)
    incomplete = reading.read()
    if incomplete:
        reading = Description(catalog, files, analyse, earlier, incomplete)
        reading.read()
    return reading.described()


def _head(span: Span) -> str:
    """The first words of a statement, up to its list."""
    return " ".join(span.text.partition("(")[0].split())[:60]


def _why(found: Diagnostic) -> str:
    """A refusal in a line, with the name that is meant where one is near."""
    near = near_name(found)
    return f"{found.message}; {near}" if near else found.message


def _place(waits: Waiting) -> Span:
    labels = waits.diagnostic.labels
    return labels[0].span if labels else waits.place


def _written_at(waits: Waiting) -> _Place:
    return waits.source.path, waits.statement.start


def _written(waits: Waiting) -> str:
    return " ".join(waits.text.split())
