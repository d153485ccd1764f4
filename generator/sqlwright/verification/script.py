"""The statements that load a schema, in an order that a server takes."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.catalog.layers import Loading
from sqlwright.dataclass import dataclass, field
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.splitting import Stretch
from sqlwright.sql.schema.reader import schema_stretches

_Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement to run, and where it stands."""

    source: SourceFile
    stretch: Stretch
    sql: str

    @property
    def span(self) -> Span:
        return Span(self.source, self.stretch.tokens[0].start, self.stretch.end)


@dataclass(slots=True)
class Script:
    """Schema files as `loading` says that they load."""

    loading: Loading
    _postponed: dict[_Place, Statement] = field(default_factory=dict)

    def statements(self, source: SourceFile) -> Iterator[Statement]:
        """The statements of a file that are run in its order."""
        waited = {_place(each.place) for each in self.loading.waited}
        never = {_place(each) for each in self.loading.passed_over}
        ignored: list[Diagnostic] = []
        for text, stretch in schema_stretches(source, ignored):
            place = source.path, stretch.tokens[0].start
            statement = Statement(source, stretch, self._sql(text, stretch))
            if place in waited:
                self._postponed[place] = statement
            elif place not in never:
                yield statement

    def waiting(self) -> Iterator[tuple[Statement, tuple[str, ...]]]:
        """The statements that wait until all files are read, each with its search path."""
        for each in self.loading.waited:
            statement = self._postponed.get(_place(each.place))
            if statement is not None:
                yield statement, each.search_path

    def _sql(self, text: SourceFile, stretch: Stretch) -> str:
        """A statement without the parts that were left out of it."""
        sql = text.text[stretch.start : stretch.end]
        parts = (
            each
            for each in self.loading.left_out
            if each.place.source.path == text.path
            and stretch.start <= each.place.start < stretch.end
        )
        for each in sorted(parts, key=lambda each: each.place.start, reverse=True):
            start, end = each.place.start, each.place.end
            if each.listed:
                start, end = _with_comma(text, stretch, start, end)
            sql = sql[: start - stretch.start] + each.instead + sql[end - stretch.start :]
        if (text.path, stretch.tokens[0].start) in map(_place, self.loading.unread):
            return f"SET check_function_bodies = off;\n{sql};\nSET check_function_bodies = on"
        return sql


def _with_comma(text: SourceFile, stretch: Stretch, start: int, end: int) -> tuple[int, int]:
    """The place of an element of a list with the comma before it, or else after it."""
    before = [each for each in stretch.tokens if each.end <= start]
    after = [each for each in stretch.tokens if each.start >= end]
    if before and text.text[before[-1].start : before[-1].end] == ",":
        return before[-1].start, end
    if after and text.text[after[0].start : after[0].end] == ",":
        return start, after[0].end
    return start, end


def _place(span: Span) -> _Place:
    return span.source.path, span.start
