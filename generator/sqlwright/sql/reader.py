"""From the text of a query file to its annotated statements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Protocol

from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.nearby import FEW, Stretches
from sqlwright.sql.lexing.splitting import Stretch
from sqlwright.sql.statement_reader import hidden_annotation, read_statement
from sqlwright.sql.statements import (
    Annotation,
    QueryStatement,
    Remembered,
)


class Memory(Protocol):
    """What is known of the statements of a file from an earlier time."""

    def find(self, source: SourceFile, start: int) -> Remembered | None:
        """The statement whose text begins there, behind another one."""


def read_queries(source: SourceFile) -> tuple[list[QueryStatement], list[Diagnostic]]:
    """The annotated statements of a file, and what is wrong with those that could not be read.

    Statements without an annotation are passed over. The last statement needs no semicolon. A
    mistake ends its own statement only: where it has hidden the annotation of another one (a quote
    or a semicolon is missing), reading goes on from there.
    """
    statements, diagnostics = read_with_memory(source, None)
    return [each for each in statements if isinstance(each, QueryStatement)], diagnostics


def read_with_memory(
    source: SourceFile, memory: Memory | None
) -> tuple[list[QueryStatement | Remembered], list[Diagnostic]]:
    """`read_queries`, without reading what is remembered."""
    reading = _Reading(source, memory)
    at: int | None = 0
    while at is not None:
        at = reading.read_from(at)
    return reading.statements, reading.diagnostics


class _Reading:
    """The statements of a file as they are read, one after another."""

    def __init__(self, source: SourceFile, memory: Memory | None) -> None:
        self.source = source
        self.memory = memory
        self.statements: list[QueryStatement | Remembered] = []
        self.diagnostics: list[Diagnostic] = []
        self.names: dict[str, Annotation] = {}

    def read_from(self, start: int) -> int | None:
        """Read on; the place to start from again, if a mistake has hidden a statement."""
        before: QueryStatement | Remembered | None = None
        for part in self._parts(start):
            if isinstance(part, Remembered):
                self.names[part.annotation.name] = part.annotation
                self.diagnostics += part.problems
                self.statements.append(part)
                before = part
                continue
            known = len(self.diagnostics)
            try:
                statement = self._read(part)
            except DiagnosticError as error:
                before = None
                hidden = self._refuse(part, error.diagnostic)
                if hidden is not None:
                    return hidden
                continue
            if statement is not None:
                before = statement
            elif before is not None and known == len(self.diagnostics) and _is_query(part):
                second = _second_statement(self.source, part, before.annotation)
                self.diagnostics.append(second)
                before = None
        return None

    def _parts(self, start: int) -> Iterator[Stretch | Remembered]:
        """The text from `start` on, cut at semicolons, with what is remembered in its place."""
        stretches = Stretches(self.source, FEW if self.memory is not None else 0)
        closed = True
        while closed and start < len(self.source.text):
            known = self._remembered(start)
            if known is not None:
                yield known
                start = known.end
                continue
            stretch = stretches.at(start)
            yield stretch
            start, closed = stretch.end + 1, stretch.closed

    def _remembered(self, start: int) -> Remembered | None:
        """What is remembered at a place, unless there is more to say of it."""
        if self.memory is None:
            return None
        found = self.memory.find(self.source, start)
        return None if found is None or found.annotation.name in self.names else found

    def _read(self, stretch: Stretch) -> QueryStatement | None:
        statement = read_statement(self.source, stretch, self.diagnostics)
        if statement is not None:
            _check_unique(statement.annotation, self.names)
            self.statements.append(statement)
        return statement

    def _refuse(self, stretch: Stretch, diagnostic: Diagnostic) -> int | None:
        """Report what is wrong with a statement; the place of one that it hides."""
        hidden = hidden_annotation(self.source, stretch)
        if hidden is not None and diagnostic.labels[0].span.start >= hidden:
            diagnostic = _own_error(self.source, stretch, hidden) or diagnostic
        self.diagnostics.append(_with_missing_semicolon(self.source, diagnostic, hidden))
        return hidden


_DEFINITIONS = frozenset(
    ("alter", "comment", "create", "drop", "grant", "import", "reassign", "revoke", "security")
)
"""What schema files consist of, which may be read as query files too."""


def _is_query(stretch: Stretch) -> bool:
    """Whether a statement could be the body of a function, rather than a part of the schema."""
    return bool(stretch.tokens) and stretch.tokens[0].keyword not in _DEFINITIONS


def _second_statement(source: SourceFile, stretch: Stretch, annotation: Annotation) -> Diagnostic:
    first, last = stretch.tokens[0], stretch.tokens[-1]
    return Diagnostic(
        "second-statement",
        "error",
        f"{annotation.name} has a second statement, which its function would not run",
        (
            Label(Span(source, first.start, last.end)),
            Label(annotation.name_span, "the annotation is that of the first"),
        ),
        help="give each statement an annotation of its own; the caller begins a transaction",
        query=annotation.name,
    )


def _own_error(source: SourceFile, stretch: Stretch, hidden: int) -> Diagnostic | None:
    """What is wrong with a statement up to the annotation that it hides; None if nothing is."""
    tokens = list(takewhile(lambda token: token.start < hidden, stretch.tokens))
    closed = bool(tokens) and tokens[-1].symbol == ";"
    own = Stretch(
        stretch.start,
        tokens[-1].start if closed else hidden,
        tokens[:-1] if closed else tokens,
        closed,
    )
    try:
        read_statement(source, own, [])
    except DiagnosticError as error:
        return error.diagnostic
    return None


def _with_missing_semicolon(
    source: SourceFile, diagnostic: Diagnostic, hidden: int | None
) -> Diagnostic:
    if diagnostic.code != "syntax-error" or hidden is None:
        return diagnostic
    if diagnostic.labels[0].span.start < hidden:
        return diagnostic
    line, _ = source.position(hidden)
    return replace(diagnostic, help=f"a semicolon may be missing before line {line}")


def _check_unique(annotation: Annotation, names: dict[str, Annotation]) -> None:
    earlier = names.setdefault(annotation.name, annotation)
    if earlier is not annotation:
        raise DiagnosticError(name_taken(annotation, earlier))


def name_taken(annotation: Annotation, earlier: Annotation) -> Diagnostic:
    """The refusal of a query that has the name of an earlier one."""
    return Diagnostic(
        "duplicate-query",
        "error",
        f"duplicate query name: {annotation.name}",
        (Label(annotation.name_span), Label(earlier.name_span, "first used here")),
        help="every query of a package needs a name of its own",
        query=annotation.name,
    )
