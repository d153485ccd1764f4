"""From the text of one annotated statement, with the comments around it, to what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile
from sqlwright.sql.annotation.annotations import (
    foreign_comment,
    near_miss,
    next_annotation_line,
    read_annotation,
)
from sqlwright.sql.annotation.json_types import read_json_types
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
    documentation_block,
    documentation_line,
    documents,
    heads,
    stands_apart,
    trimmed,
    whole_line,
)
from sqlwright.sql.lexing.splitting import Stretch
from sqlwright.sql.statements import (
    Annotation,
    Extent,
    JsonType,
    Override,
    QueryStatement,
    Removal,
    Word,
)

_MEANT = pattern(r"(?:--|/\*)\s*(?:@|name)", re.IGNORECASE)
"""How every comment begins that says more than a remark."""


def hidden_annotation(source: SourceFile, stretch: Stretch) -> int | None:
    """Where an annotation stands after the first token of a statement, whatever surrounds it."""
    if not stretch.tokens:
        return None
    found = next_annotation_line(source, stretch.tokens[0].start)
    return found if found is not None and found < stretch.end else None


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


def read_statement(
    source: SourceFile, stretch: Stretch, diagnostics: list[Diagnostic]
) -> QueryStatement | None:
    known = len(diagnostics)
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
        extent=Extent(stretch.start, stretch.end + stretch.closed, stretch.closed),
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
        problems=tuple(diagnostics[known:]),
    )


def _read_comments(source: SourceFile, stretch: Stretch) -> _Head:
    """The first annotation, the lines that document, and the lines that are no part of the SQL.
    What a blank line parts from the annotation below it is of the file, or of several queries."""
    annotation: Annotation | None = None
    lines: list[str] = []
    removed: list[tuple[int, int]] = []
    ignored: list[Diagnostic] = []
    misspelt: list[Diagnostic] = []
    overrides: list[Override] = []
    json_types: list[JsonType] = []
    words: list[Word] = []
    behind = stretch.start
    for comment in comments_between(source, stretch.start, stretch.end, stretch.tokens):
        if annotation is None and stands_apart(source, behind, comment):
            lines.clear()
        behind = comment.end
        if _MEANT.match(source.text, comment.start, comment.end) is None:
            if documents(source, comment):
                removed.append(whole_line(source, comment))
                lines.append(documentation_line(source, comment))
            elif heads(source, comment, stretch.tokens):
                lines += documentation_block(source, comment)
            continue
        is_annotation = False
        if comment.at_line_start and not _after_last_statement(stretch, comment):
            found = _annotation(source, stretch, comment, annotation)
            is_annotation = found is not None
            annotation = annotation or found
        if not is_annotation and (miss := _near_miss(source, stretch, comment)) is not None:
            ignored.append(miss)
        directive = read_directive(source, comment.start, comment.end)
        overrides += directive or ()
        json_type = read_json_types(source, comment.start, comment.end)
        json_types += json_type
        word = read_word(source, comment.start, comment.end)
        words += [word] if word is not None else []
        if directive is None and not is_annotation:
            misspelt += misspelt_directive(source, comment.start, comment.first_line_end)
        if documents(source, comment):
            removed.append(whole_line(source, comment))
            if not is_annotation and directive is None and not json_type and word is None:
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
    if hidden_annotation(source, stretch) is None:
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
