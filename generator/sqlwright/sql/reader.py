"""From the text of a query file to its annotated statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Protocol

from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql.annotation.annotations import (
    foreign_comment,
    near_miss,
    next_annotation_line,
    read_annotation,
)
from sqlwright.sql.annotation.json_types import read_json_type
from sqlwright.sql.annotation.markers import read_markers, unread_markers
from sqlwright.sql.annotation.null_words import (
    marked_targets,
    misspelt_directive,
    read_directive,
    without_marks,
)
from sqlwright.sql.annotation.validate import check_command
from sqlwright.sql.annotation.words import read_word
from sqlwright.sql.grammar.parser import parse_statement
from sqlwright.sql.lexing.comments import (
    Comment,
    comments_between,
    documentation_line,
    documents,
    trimmed,
    whole_line,
)
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.splitting import Stretch, split_statements
from sqlwright.sql.statements import (
    Annotation,
    JsonType,
    Override,
    QueryStatement,
    Remembered,
    Removal,
    Word,
)


class Memory(Protocol):
    """What is known of the statements of a file from an earlier time."""

    def find(self, source: SourceFile, start: int) -> Remembered | None:
        """The statement whose text begins there, behind another one."""

    def note(
        self,
        source: SourceFile,
        stretch: Stretch,
        statement: QueryStatement,
        problems: Sequence[Diagnostic],
    ) -> None:
        """That a statement has been read, and what was reported of it."""


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
        source, text = self.source, self.source.text
        for _ in range(FEW if self.memory is not None else 0):
            while (known := self._remembered(start)) is not None:
                yield known
                start = known.end
            near = _near_stretch(source, start)
            if near is None:
                break
            yield near
            start = near.end + 1
        for stretch in split_statements(tokenize(source, start), start, len(text)):
            yield self._remembered(stretch.start) or stretch

    def _remembered(self, start: int) -> Remembered | None:
        """What is remembered at a place, unless there is more to say of it."""
        if self.memory is None:
            return None
        found = self.memory.find(self.source, start)
        return None if found is None or found.annotation.name in self.names else found

    def _read(self, stretch: Stretch) -> QueryStatement | None:
        known = len(self.diagnostics)
        statement = _read_statement(self.source, stretch, self.diagnostics)
        if statement is not None:
            _check_unique(statement.annotation, self.names)
            self.statements.append(statement)
            if self.memory is not None:
                self.memory.note(self.source, stretch, statement, self.diagnostics[known:])
        return statement

    def _refuse(self, stretch: Stretch, diagnostic: Diagnostic) -> int | None:
        """Report what is wrong with a statement; the place of one that it hides."""
        hidden = _hidden_annotation(self.source, stretch)
        if hidden is not None and diagnostic.labels[0].span.start >= hidden:
            diagnostic = _own_error(self.source, stretch, hidden) or diagnostic
        self.diagnostics.append(_with_missing_semicolon(self.source, diagnostic, hidden))
        return hidden


FEW = 20
"""Statements that are looked for one by one; for more, the rest of the file is cut into tokens."""
NEAR = 4096
"""Characters in which most statements end."""


def _near_stretch(source: SourceFile, start: int) -> Stretch | None:
    """The next statement, if all of it stands near by and in whole tokens, so that what follows
    cannot change where it ends."""
    end = start + NEAR
    if end >= len(source.text):
        return None
    part = SourceFile(source.path, source.text[:end])
    stretch = next(split_statements(tokenize(part, start), start, end))
    if not stretch.closed or any(token.diagnostic is not None for token in stretch.tokens):
        return None
    return stretch


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


def _hidden_annotation(source: SourceFile, stretch: Stretch) -> int | None:
    """Where an annotation stands after the first token of a statement, whatever surrounds it."""
    if not stretch.tokens:
        return None
    found = next_annotation_line(source, stretch.tokens[0].start)
    return found if found is not None and found < stretch.end else None


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
        _read_statement(source, own, [])
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


@dataclass(frozen=True, slots=True)
class _Head:
    """What the comments of a statement say."""

    annotation: Annotation | None
    documentation: tuple[str, ...]
    removed: tuple[tuple[int, int], ...]
    ignored: tuple[Diagnostic, ...]
    misspelt: tuple[Diagnostic, ...]
    overrides: tuple[Override, ...]
    json_types: tuple[JsonType, ...]
    words: tuple[Word, ...]


def _read_statement(
    source: SourceFile, stretch: Stretch, diagnostics: list[Diagnostic]
) -> QueryStatement | None:
    head = _read_comments(source, stretch)
    if head.annotation is None:
        _refuse_hidden(source, stretch)
        diagnostics += head.ignored
        return None
    diagnostics += head.misspelt
    annotation = head.annotation
    if not stretch.tokens:
        diagnostics.append(_without_statement(annotation))
        return None
    diagnostics += (
        replace(each, query=annotation.name) for each in unread_markers(source, stretch.tokens)
    )
    try:
        tokens, markers = read_markers(source, stretch.tokens)
        tree = parse_statement(source, tokens)
        marked = marked_targets(source, tree)
        marks: tuple[Removal, ...] = ()
        if marked:
            tokens, marks = without_marks(tokens, marked)
            tree = parse_statement(source, tokens)
    except DiagnosticError as error:
        raise DiagnosticError(replace(error.diagnostic, query=annotation.name)) from None
    mismatch = check_command(source, annotation, tree, markers)
    if mismatch is not None:
        raise DiagnosticError(mismatch)
    start, end = _sql(source, stretch, head.removed)
    return QueryStatement(
        source=source,
        start=start,
        end=end,
        annotation=annotation,
        comment=head.documentation,
        markers=markers,
        removals=(
            *(Removal(*span) for span in head.removed if start <= span[0] < end),
            *marks,
        ),
        tree=tree,
        overrides=(*head.overrides, *marked.values()),
        json_types=head.json_types,
        words=head.words,
    )


def _read_comments(source: SourceFile, stretch: Stretch) -> _Head:
    """The first annotation, the lines that document, and the lines that are no part of the SQL."""
    annotation: Annotation | None = None
    lines: list[str] = []
    removed: list[tuple[int, int]] = []
    ignored: list[Diagnostic] = []
    misspelt: list[Diagnostic] = []
    overrides: list[Override] = []
    json_types: list[JsonType] = []
    words: list[Word] = []
    for comment in comments_between(source, stretch.start, stretch.end, stretch.tokens):
        is_annotation = False
        if comment.at_line_start and not _after_last_statement(stretch, comment):
            found = _annotation(source, stretch, comment, annotation)
            is_annotation = found is not None
            annotation = annotation or found
        if not is_annotation and (miss := _near_miss(source, stretch, comment)) is not None:
            ignored.append(miss)
        directive = read_directive(source, comment.start, comment.end)
        overrides += directive or ()
        json_type = read_json_type(source, comment.start, comment.end)
        json_types += [json_type] if json_type is not None else []
        word = read_word(source, comment.start, comment.end)
        words += [word] if word is not None else []
        if directive is None and not is_annotation:
            misspelt += misspelt_directive(source, comment.start, comment.first_line_end)
        if documents(source, comment):
            removed.append(whole_line(source, comment))
            if not is_annotation and directive is None and json_type is None and word is None:
                lines.append(documentation_line(source, comment))
    if annotation is None and stretch.tokens:
        ignored += foreign_comment(source, stretch.tokens[0].start)
    return _Head(
        annotation,
        tuple(lines),
        tuple(removed),
        tuple(ignored),
        tuple(misspelt),
        tuple(overrides),
        tuple(json_types),
        tuple(words),
    )


def _annotation(
    source: SourceFile, stretch: Stretch, comment: Comment, earlier: Annotation | None
) -> Annotation | None:
    """A statement has one annotation: below it, a remark may begin with the word name as well. A
    malformed one further down is refused, since it may be that of a statement after a missing
    semicolon."""
    try:
        return read_annotation(source, comment.start, comment.first_line_end)
    except DiagnosticError as error:
        head = not stretch.tokens or comment.start < stretch.tokens[0].start
        remark = error.diagnostic.message.startswith("invalid metadata")
        if earlier is not None and (head or remark):
            return None
        raise


def _near_miss(source: SourceFile, stretch: Stretch, comment: Comment) -> Diagnostic | None:
    """A warning for what looks like the annotation of this statement and is none."""
    if not stretch.tokens or comment.start > stretch.tokens[0].start:
        return None
    return near_miss(source, comment.start, comment.first_line_end)


def _after_last_statement(stretch: Stretch, comment: Comment) -> bool:
    """Whether a comment stands at the end of the file, behind a statement without semicolon."""
    return not stretch.closed and bool(stretch.tokens) and comment.start >= stretch.tokens[-1].end


def _sql(
    source: SourceFile, stretch: Stretch, removed: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    end = stretch.end if stretch.closed else stretch.tokens[-1].end
    start, end = trimmed(source, stretch.start, end, removed)
    if start == stretch.start:  # on the line of the semicolon before it
        start = end - len(source.text[start:end].lstrip())
    return start, end


def _refuse_hidden(source: SourceFile, stretch: Stretch) -> None:
    """Report text that is no token where it swallows annotated statements."""
    if _hidden_annotation(source, stretch) is None:
        return
    for token in stretch.tokens:
        if token.diagnostic is not None:
            raise DiagnosticError(token.diagnostic)


def _without_statement(annotation: Annotation) -> Diagnostic:
    return Diagnostic(
        "annotation-without-query",
        "warning",
        f"no statement follows the annotation of {annotation.name}",
        (Label(annotation.name_span),),
        help="write the query below it, or remove the annotation",
        query=annotation.name,
    )
