"""The form for people: message, source excerpt with carets, notes and help.

The lines are made of styled pieces, so that whoever prints them decides about colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from sqlwright.diagnostics.model import Diagnostic, Label
from sqlwright.source import SourceFile

Style = Literal["error", "warning", "note", "help", "frame", "message", "plain"]
TAB = "    "


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one style."""

    text: str
    style: Style = "plain"


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label placed on one line: columns count characters from 1, `width` is at least 1."""

    line: int
    column: int
    width: int
    message: str
    primary: bool


def render(diagnostic: Diagnostic) -> list[Line]:
    """One diagnostic as lines of styled pieces, without a trailing blank line."""
    lines: list[Line] = [_headline(diagnostic)]
    marks = [(label.span.source, _mark(label, index == 0)) for index, label in _shown(diagnostic)]
    gutter = max((len(str(mark.line)) for _, mark in marks), default=0)
    primary_style: Style = diagnostic.severity
    for index, (source, group) in enumerate(groupby(marks, key=lambda item: item[0])):
        placed = [mark for _, mark in group]
        lines.extend(_excerpt(source, placed, gutter, primary_style, first=index == 0))
    tail = [("note", note) for note in diagnostic.notes]
    if diagnostic.help:
        tail.append(("help", diagnostic.help))
    if tail and marks:
        lines.append((Piece(" " * (gutter + 1) + "|", "frame"),))
    for kind, text in tail:
        lines.extend(_tail(kind, text, gutter))
    return lines


def plain(lines: Iterable[Line]) -> str:
    """The lines without styles, trailing blanks cut."""
    return "\n".join("".join(piece.text for piece in line).rstrip() for line in lines)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """A closing line: how many errors and warnings; empty when there are neither."""
    counts = [
        (sum(item.severity == severity for item in diagnostics), severity)
        for severity in ("error", "warning")
    ]
    return ", ".join(
        f"{count} {noun if count == 1 else noun + 's'}" for count, noun in counts if count
    )


def _headline(diagnostic: Diagnostic) -> Line:
    state = f" ({diagnostic.sqlstate})" if diagnostic.sqlstate else ""
    return (
        Piece(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity),
        Piece(f": {diagnostic.message}{state}", "message"),
    )


def _shown(diagnostic: Diagnostic) -> list[tuple[int, Label]]:
    """Labels with the primary one first, those of one file kept together and in order."""
    if not diagnostic.labels:
        return []
    home = diagnostic.labels[0].span.source
    primary, *others = enumerate(diagnostic.labels)
    same = [item for item in others if item[1].span.source is home]
    rest = [item for item in others if item[1].span.source is not home]
    return [primary, *same, *sorted(rest, key=lambda item: item[1].span.source.path)]


def _mark(label: Label, primary: bool) -> _Mark:
    span = label.span
    line, column = span.source.position(span.start)
    text = span.source.line_text(line)
    width = min(span.end - span.start, len(text) - column + 1)
    return _Mark(line, column, max(width, 1), label.message, primary)


def _excerpt(
    source: SourceFile, marks: list[_Mark], gutter: int, primary: Style, *, first: bool
) -> Iterator[Line]:
    arrow = "-->" if first else ":::"
    anchor = marks[0]
    place = f"{source.path}:{anchor.line}:{anchor.column}"
    pad = " " * gutter
    yield (Piece(f"{pad}{arrow} ", "frame"), Piece(place))
    yield (Piece(f"{pad} |", "frame"),)
    previous = None
    for line in sorted({mark.line for mark in marks}):
        if previous is not None and line > previous + 1:
            yield (Piece("...", "frame"),)
        previous = line
        text = source.line_text(line)
        yield (Piece(f"{line:>{gutter}} | ", "frame"), Piece(text.replace("\t", TAB)))
        for mark in sorted((m for m in marks if m.line == line), key=lambda m: m.column):
            yield _underline(text, mark, pad, primary)


def _underline(text: str, mark: _Mark, pad: str, primary: Style) -> Line:
    before = text[: mark.column - 1].replace("\t", TAB)
    under = text[mark.column - 1 : mark.column - 1 + mark.width].replace("\t", TAB)
    sign, style = ("^", primary) if mark.primary else ("-", "frame")
    message = f" {mark.message}" if mark.message else ""
    return (
        Piece(f"{pad} | ", "frame"),
        Piece(" " * len(before) + sign * max(len(under), 1) + message, style),
    )


def _tail(kind: str, text: str, gutter: int) -> Iterator[Line]:
    style: Style = "help" if kind == "help" else "note"
    first, *more = text.splitlines() or [""]
    yield (
        Piece(" " * (gutter + 1) + "= ", "frame"),
        Piece(f"{kind}: ", style),
        Piece(first),
    )
    indent = " " * (gutter + 3 + len(kind) + 2)
    for line in more:
        yield (Piece(indent + line),)
