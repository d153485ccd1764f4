"""What earlier runs inferred: the catalog of the same schema, and the queries of the same text.

A query is known by its text and by all else that its facts follow from, wherever in the file it
stands now: places in it are kept relative to where its text begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.premises.infinite_columns import says_infinity
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.packed import builtin_named, builtin_names
from sqlwright.codegen.options import PackageOptions
from sqlwright.config import PackageConfig
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic
from sqlwright.packing import pack, unpack
from sqlwright.project.recall import Recall
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.splitting import Stretch
from sqlwright.sql.statements import Annotation, QueryStatement, Remembered
from sqlwright.store import digest

Built = tuple[Catalog, tuple[Diagnostic, ...]]
Outcome = tuple[QueryFacts | None, list[Diagnostic]]
HEAD = 64
"""Characters by which a text is looked for; the rest is compared by its digest."""


class OutsideError(Exception):
    """A place that is not in the text of its own query, so that it cannot be kept with it."""


def catalog_key(recall: Recall, package: PackageConfig, schema: Sequence[SourceFile]) -> str:
    return recall.store.key("catalog", of_sql(package), *recall.names_of(schema))


def of_sql(package: PackageConfig) -> str:
    """What of a package's configuration may count for its SQL: all that is not known not to."""
    return repr(replace(package, schema=(), queries=(), out="", options=PackageOptions()))


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
    and its digest; what was made of it, packed."""

    head: str
    length: int
    closed: bool
    digest: str
    packed: bytes


@dataclass(frozen=True, slots=True)
class _Read:
    """Where the text of a statement stands, and what was reported as it was read."""

    start: int
    end: int
    closed: bool
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What was made of a query: reports from reading it, and what was inferred."""

    annotation: Annotation
    problems: tuple[Diagnostic, ...]
    inferred: Outcome


def words_for_all(statements: Iterable[QueryStatement]) -> str:
    """What the queries say that counts for the others: those that speak of infinity. Such a query
    is never remembered, so that it is among those that were read."""
    spoken = (each.source.text[each.start : each.end] for each in statements)
    return digest(*filter(says_infinity, spoken))


class QueryMemory:
    """The queries of one file over one catalog. `spoken` tells the queries whose words count for
    all others, as they were; `digests` tell, by the identity of facts, the texts of which they
    are."""

    def __init__(self, recall: Recall, catalog: str, package: PackageConfig, path: str) -> None:
        self._recall = recall
        self._key = recall.store.key("queries", catalog, of_sql(package), path)
        kept = recall.store.get(self._key)
        found: tuple[str, tuple[_Entry, ...]] | None = None
        if kept is not None:
            found = unpack(kept, recall.source)
        self.spoken, self._entries = found or ("", ())
        self._by_head: dict[str, list[_Entry]] = {}
        for entry in self._entries:
            self._by_head.setdefault(entry.head, []).append(entry)
        self._used: dict[int, _Entry] = {}
        self.digests: dict[int, str] = {}
        self._alive: list[object] = []  # or another object might get the identity
        self._read: dict[int, _Read] = {}

    def __bool__(self) -> bool:
        return bool(self._entries)

    def emptied(self) -> QueryMemory:
        """The same without anything known."""
        self.spoken, self._entries = "", ()
        self._by_head, self._used, self._read, self.digests = {}, {}, {}, {}
        return self

    def find(self, source: SourceFile, start: int) -> Remembered | None:
        """See `sql.reader.Memory`."""
        for entry in self._by_head.get(source.text[start : start + HEAD], ()):
            end = start + entry.length
            if not entry.closed and end != len(source.text):
                continue
            if _digest(source, start, end) != entry.digest:
                continue
            known = unpack(entry.packed, partial(self._found, source, start))
            if isinstance(known, Known):
                self._used[start] = entry
                self._tell(known.inferred, entry.digest)
                return Remembered(known.annotation, known.problems, end, known)
        return None

    def note(
        self,
        source: SourceFile,
        stretch: Stretch,
        statement: QueryStatement,
        problems: Sequence[Diagnostic],
    ) -> None:
        """See `sql.reader.Memory`."""
        end = stretch.end + 1 if stretch.closed else stretch.end
        self._read[id(statement)] = _Read(stretch.start, end, stretch.closed, tuple(problems))

    def keep(self, spoken: str, inferred: Iterable[tuple[QueryStatement, Outcome]]) -> None:
        """Keep what was inferred, with what is still of use."""
        entries = self._used
        for statement, outcome in inferred:
            read = self._read.get(id(statement))
            if read is None or says_infinity(statement.source.text[read.start : read.end]):
                continue
            known = Known(statement.annotation, read.problems, outcome)
            source = statement.source
            left_out: dict[type[Any], Any] = {
                SourceFile: self._recall.name_of,
                Span: partial(_relative, source, read.start, read.end),
            }
            try:
                packed = pack(known, left_out)
            except OutsideError:
                continue
            if packed is not None:
                head = source.text[read.start : read.start + HEAD]
                made = _digest(source, read.start, read.end)
                length = read.end - read.start
                entries[read.start] = _Entry(head, length, read.closed, made, packed)
                self._tell(outcome, made)
        every = tuple(entries[at] for at in sorted(entries))
        if every and (every != self._entries or spoken != self.spoken):
            packed = pack((spoken, every), {})
            if packed is not None:
                self._recall.store.put(self._key, packed)

    def _tell(self, inferred: Outcome, made: str) -> None:
        self._alive.append(inferred[0])
        self.digests[id(inferred[0])] = made

    def _found(self, source: SourceFile, start: int, name: Any) -> object:
        if isinstance(name, str):
            return self._recall.source(name)
        return Span(source, start + name[0], start + name[1])


def _digest(source: SourceFile, start: int, end: int) -> str:
    """What tells a statement's text; whether it begins a line counts for a comment there."""
    text = source.text
    return digest(text[max(0, start - 1) : start], text[start:end])


def _relative(source: SourceFile, start: int, end: int, span: Span) -> tuple[int, int] | None:
    if span.source is not source:
        return None
    if not start <= span.start <= span.end <= end:
        raise OutsideError
    return span.start - start, span.end - start
