"""From the text of a schema file to its statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile
from sqlwright.sql.ddl_nodes import DdlStatement
from sqlwright.sql.grammar.parser import parse_ddl
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.nearby import Stretches
from sqlwright.sql.lexing.psql_text import without_psql
from sqlwright.sql.lexing.splitting import Stretch, split_statements
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.schema.migrations import up_part


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The place of a statement that the grammar refuses, and its report."""

    start: int
    end: int
    diagnostic: Diagnostic


_ANNOTATION = pattern(r"^(?:--|/\*)[ \t]*name:[ \t]*\w+[ \t]+:\w+", re.MULTILINE)


def read_schema(
    source: SourceFile, diagnostics: list[Diagnostic]
) -> Iterator[DdlStatement | Unreadable]:
    """The statements of a schema file in their order, and what cannot be read among them.

    Offsets in the statements are those of `source`.
    """
    for _, stretch in schema_stretches(source, diagnostics):
        yield from _read(source, stretch.tokens)


class SchemaReading:
    """A schema file of which some statements are read, from wherever they begin."""

    def __init__(self, source: SourceFile, diagnostics: list[Diagnostic]) -> None:
        self._source = source
        self._text = up_part(without_psql(source, diagnostics))
        self._stretches = Stretches(self._text)
        self._last: tuple[int, Stretch, tuple[DdlStatement | Unreadable, ...]] | None = None

    def text(self, start: int, end: int | None = None) -> str:
        """A part of the file as it is read, without what is passed over."""
        return self._text.text[start:end]

    @property
    def end(self) -> int:
        return len(self._text.text)

    def at(self, start: int) -> tuple[Stretch, tuple[DdlStatement | Unreadable, ...]]:
        """The stretch that begins there, behind those that were read before, and what it says."""
        if self._last is None or self._last[0] != start:
            stretch = self._stretches.at(start)
            of_schema = stretch.tokens and not _is_annotated(self._text, stretch)
            statements = tuple(_read(self._source, stretch.tokens)) if of_schema else ()
            self._last = start, stretch, statements
        return self._last[1:]


def _read(source: SourceFile, tokens: Sequence[Token]) -> Iterator[DdlStatement | Unreadable]:
    """A statement; several where a semicolon is missing, so that nothing else goes with it."""
    try:
        statement = parse_ddl(source, tokens)
    except DiagnosticError as error:
        found = error.diagnostic
        yield Unreadable(tokens[0].start, tokens[-1].end, found)
        if len(found.fix) == 1 and found.fix[0].text == ";":
            end = found.fix[0].span.start
            yield from _read(source, [each for each in tokens if each.start < end])
            yield from _read(source, [each for each in tokens if each.start >= end])
        return
    if statement is not None:
        yield statement


def schema_stretches(
    source: SourceFile, diagnostics: list[Diagnostic]
) -> Iterator[tuple[SourceFile, Stretch]]:
    """The statements of a schema file as stretches, each with the text it is a stretch of.

    Only the up part of a migration counts. psql's meta-commands, COPY data and annotated queries
    are passed over.
    """
    text = up_part(without_psql(source, diagnostics))
    annotated = "name:" in text.text
    for stretch in split_statements(tokenize(text), 0, len(text.text)):
        if stretch.tokens and not (annotated and _is_annotated(text, stretch)):
            yield text, stretch


def _is_annotated(source: SourceFile, stretch: Stretch) -> bool:
    return _ANNOTATION.search(source.text, stretch.start, stretch.end) is not None
