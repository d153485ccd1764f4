"""Changes with which refused statements would be accepted: found by trying, or not spoken of.

A plain run never comes here, so that nothing of it is imported for one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sqlwright.analysis.calls.assumed import definition_help
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.config import PackageConfig
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, Edit
from sqlwright.patterns import pattern
from sqlwright.project.reading import Read
from sqlwright.source import SourceFile, Span
from sqlwright.sql.foreign.advised import advised, says_what
from sqlwright.sql.foreign.changes import Change, applied, differences, place_before
from sqlwright.sql.foreign.dialects import Translation, known_elsewhere, translations
from sqlwright.sql.foreign.rewrites import Rewrite, rewrites
from sqlwright.sql.foreign.wording import worded
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.splitting import Stretch, split_statements
from sqlwright.sql.reader import read_queries
from sqlwright.sql.schema.reader import schema_stretches

_CODES = frozenset(
    (
        "invalid-literal",
        "syntax-error",
        "unknown-column",
        "unknown-function",
        "unknown-operator",
        "unknown-relation",
        "unknown-type",
    )
)
_MOST_STATEMENTS = 40
"""So many refused statements of a run are looked into."""
_RESPELT = pattern(r"did you mean `\w+`\?")
_MOST_STEPS = 12
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class _Fix:
    """Changes of a statement that make it accepted, in words too."""

    said: str
    changes: Sequence[Change]


class _Trial:
    """A refused statement, of which other texts can be tried. `head` is what has to stand before
    it, the annotation of a query."""

    def __init__(
        self, catalog: Catalog, package: PackageConfig, span: Span, head: str, schema: bool
    ) -> None:
        self.catalog = catalog
        self.package = package
        self.span = span
        self.head = head
        self.schema = schema

    def refused_at(self, text: str) -> int | None:
        """Where a text is refused, -1 if that has no place in it; None if it is accepted."""
        refusal = self.refusal(text)
        return refusal[1] if refusal is not None else None

    def refusal(self, text: str) -> tuple[str, int] | None:
        """The code with which a text is refused, and the place."""
        source = SourceFile(self.span.source.path, f"{self.head}{text}\n")
        errors = self._of_schema(source) if self.schema else self._of_query(source)
        first = next((each for each in errors if each.severity == "error"), None)
        if first is None:
            return None
        if not first.labels or first.labels[0].span.source.text != source.text:
            return first.code, -1
        return first.code, first.labels[0].span.start - len(self.head)

    def _of_schema(self, source: SourceFile) -> list[Diagnostic]:
        from sqlwright.analysis.schema import analyser
        from sqlwright.catalog.building import build_catalog

        found: list[Diagnostic] = []
        build_catalog(self.catalog, [source], analyser, found)
        return found

    def _of_query(self, source: SourceFile) -> list[Diagnostic]:
        statements, found = read_queries(source)
        for statement in statements:
            functions = self.package.unknown_functions
            found += infer_query(
                self.catalog, statement, functions, violations=False, type_reasons=False
            )[1]
        if not statements and not found:
            found.append(Diagnostic("syntax-error", "error", "there is no query any more"))
        return found


def with_fixes(
    catalog: Catalog, package: PackageConfig, read: Read, diagnostics: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """The reports, in which those of refused statements say with what change of the text these
    would be accepted, where that has been found."""
    places = _Places(catalog, package, read)
    return [_with_fix(item, package, places) for item in diagnostics]


def _with_fix(item: Diagnostic, package: PackageConfig, places: _Places) -> Diagnostic:
    if item.severity != "error" or not item.labels or item.cause is not None:
        return item
    speaks = bool(item.fix) or (item.help is not None and says_what(item.help))
    if _ends_elsewhere(item) or not (speaks or item.code in _CODES):
        return item
    trial = places.trial(item.labels[0].span)
    if trial is None:
        return replace(item, fix=())  # what has not been tried
    mistaken = _takes_for_misspelt(item)
    fix = _of_help(item, trial) if not mistaken else None
    if fix is None and item.code in _CODES:
        told = item.help is not None and not mistaken
        fix = _found(trial, told, guess=_may_be_foreign(item))
    if fix is None:
        misled = item.sqlstate is not None and speaks and _leads_nowhere(item, trial)
        misled |= mistaken
        return replace(item, fix=(), help=_otherwise(item, package) if misled else item.help)
    source, start = trial.span.source, trial.span.start
    edits = tuple(
        Edit(Span(source, start + each.start, start + each.end), each.text) for each in fix.changes
    )
    return replace(item, help=fix.said, fix=edits)


def _otherwise(item: Diagnostic, package: PackageConfig) -> str | None:
    """The advice in place of one that does not help."""
    if item.code != "unknown-function":
        return None
    name = item.labels[0].span.text.partition("(")[0].strip()
    return definition_help(name, package.unknown_functions)


def _ends_elsewhere(item: Diagnostic) -> bool:
    """Whether the fix makes two statements of one, which have been read already."""
    return len(item.fix) == 1 and item.fix[0].text == ";"


def _takes_for_misspelt(item: Diagnostic) -> bool:
    """Whether a function is said to be misspelt that other databases have by this name."""
    if item.code != "unknown-function" or _RESPELT.fullmatch(item.help or "") is None:
        return False
    return _is_foreign_function(item)


def _may_be_foreign(item: Diagnostic) -> bool:
    """Whether it is worth the while to ask what each of the other databases would have meant."""
    return item.code == "syntax-error" or (
        item.code == "unknown-function" and _is_foreign_function(item)
    )


def _is_foreign_function(item: Diagnostic) -> bool:
    return known_elsewhere(item.labels[0].span.text.partition("(")[0].strip())


def _leads_nowhere(item: Diagnostic, trial: _Trial) -> bool:
    """Whether what is advised is refused where the statement is refused without it."""
    place = item.labels[0].span.start - trial.span.start
    changes = _advised(item, trial)
    if not changes:
        return False
    return trial.refusal(applied(trial.span.text, changes)) == (item.code, place)


def _of_help(item: Diagnostic, trial: _Trial) -> _Fix | None:
    """What a report advises by itself, if that is enough."""
    changes = _advised(item, trial)
    if not changes or item.help is None:
        return None
    accepted = trial.refused_at(applied(trial.span.text, changes)) is None
    return _Fix(item.help, changes) if accepted else None


def _advised(item: Diagnostic, trial: _Trial) -> list[Change]:
    """The changes that a report speaks of; none where it names none."""
    source, start, end = trial.span.source, trial.span.start, trial.span.end
    if item.fix:
        return [Change(e.span.start - start, e.span.end - start, e.text) for e in item.fix]
    spans = [each.span for each in item.labels if start <= each.span.start < end]
    places = [(e.start - start, e.end - start) for e in spans if e.source.path == source.path]
    found = advised(item.help, trial.span.text, places) if item.help is not None else None
    return [found] if found is not None else []


class _Places:
    """The statements of the files, each looked into once."""

    def __init__(self, catalog: Catalog, package: PackageConfig, read: Read) -> None:
        self.catalog = catalog
        self.package = package
        self.schema = {source.path: source for source in read.schema}
        self.schema_stretches: dict[str, list[Stretch]] = {}
        self.ends: dict[str, list[int]] = {}
        for query in read.queries:
            path = query.annotation.name_span.source.path
            self.ends.setdefault(path, []).append(query.end)
        self.seen: set[tuple[str, int]] = set()

    def trial(self, place: Span) -> _Trial | None:
        """The statement at a place; None where there is none, or no more are looked into."""
        schema = place.source.path in self.schema
        source = self.schema.get(place.source.path, place.source)
        near = self._of_schema(source) if schema else self._near(source, place.start)
        stretch = next((e for e in near if e.start <= place.start <= e.end), None)
        if stretch is None or not stretch.tokens or len(self.seen) >= _MOST_STATEMENTS:
            return None
        key = source.path, stretch.start
        if key in self.seen:
            return None
        self.seen.add(key)
        begin, end = stretch.tokens[0].start, stretch.tokens[-1].end
        # What a word of the annotation says can be refused too.
        start = begin if schema or place.start >= begin else stretch.start
        if end - start > _LONGEST:
            return None
        head = "" if schema else source.text[stretch.start : start]
        return _Trial(self.catalog, self.package, Span(source, start, end), head, schema)

    def _of_schema(self, source: SourceFile) -> list[Stretch]:
        if source.path not in self.schema_stretches:
            stretches = [each for _, each in schema_stretches(source, [])]
            self.schema_stretches[source.path] = stretches
        return self.schema_stretches[source.path]

    def _near(self, source: SourceFile, place: int) -> Iterator[Stretch]:
        """The statements from the end of the last query that was read before the place to the end
        of the next one: to cut a large file into tokens again takes its time."""
        ends = self.ends.get(source.path, [])
        at = bisect_left(ends, place)
        start = ends[at - 1] if at else 0
        end = ends[at] if at < len(ends) else len(source.text)
        part = SourceFile(source.path, source.text[:end])
        return split_statements(tokenize(part, start), start, end)


def _found(trial: _Trial, told: bool, guess: bool) -> _Fix | None:
    """The first change that is accepted: of a habit, of several of them, of a translation, where
    there is advice already only of one whose dialect can be `told`. Where nothing tells whose words
    they are, all are tried only of those that are asked to `guess`: it takes a while."""
    text = trial.span.text
    habits = list(rewrites(text))
    for each in habits:
        if trial.refused_at(applied(text, each.changes)) is None:
            return _Fix(each.said, each.changes)
    together = _together(habits)
    mended = applied(text, together.changes) if together is not None else text
    if together is not None and len(habits) > 1 and trial.refused_at(mended) is None:
        return _Fix(together.said, together.changes)
    for base in dict.fromkeys((mended, text)):
        for meant in translations(base, guess=guess):
            taken = [] if told and not meant.dialect else _followed(trial, base, meant)
            if taken:
                said = worded(base, taken, meant.dialect)
                if base != text and together is not None:
                    said = f"{together.said}; {said}"
                after = applied(base, [change for group in taken for change in group])
                return _Fix(said, differences(text, after))
    return None


def _together(habits: Sequence[Rewrite]) -> Rewrite | None:
    """All that do not overlap."""
    changes: list[Change] = []
    said: list[str] = []
    for each in habits:
        if not any(_overlap(one, other) for one in each.changes for other in changes):
            changes += each.changes
            said.append(each.said)
    return Rewrite("; ".join(said), tuple(changes)) if changes else None


def _overlap(one: Change, other: Change) -> bool:
    return one.start < other.end and other.start < one.end


def _followed(trial: _Trial, text: str, found: Translation) -> list[tuple[Change, ...]]:
    """The parts of a translation that lead from one error to the next until there is none, and are
    all needed for that; empty if they do not."""
    taken: list[tuple[Change, ...]] = []
    for _ in range(min(len(found.groups), _MOST_STEPS) + 1):
        changes = [change for group in taken for change in group]
        at = trial.refused_at(applied(text, changes))
        if at is None:
            return list(_needed(trial, text, taken))
        rest = [group for group in found.groups if group not in taken]
        if at < 0 or not rest:
            return []
        place = place_before(at, changes)
        taken.append(min(rest, key=lambda group: min(_distance(each, place) for each in group)))
    return []


def _distance(change: Change, place: int) -> int:
    return max(change.start - place, place - change.end, 0)


def _needed(
    trial: _Trial, text: str, taken: Sequence[tuple[Change, ...]]
) -> Iterator[tuple[Change, ...]]:
    """Those without which the statement would be refused, in the order of the text."""
    kept = list(taken)
    for group in taken:
        fewer = [change for each in kept if each is not group for change in each]
        if len(kept) > 1 and trial.refused_at(applied(text, fewer)) is None:
            kept.remove(group)
    yield from sorted(kept, key=lambda group: group[0].start)
