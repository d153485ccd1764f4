"""The form for people: message, source excerpt with carets, notes and help.

The lines are made of styled pieces, so that whoever prints them decides about colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import display
from sqlwright.diagnostics.model import Diagnostic, Label
from sqlwright.diagnostics.wording import counted
from sqlwright.source import SourceFile

Style = Literal["error", "warning", "note", "help", "frame", "message", "plain"]


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


def render(diagnostic: Diagnostic, columns: int | None = None) -> list[Line]:
    """One diagnostic as lines of styled pieces, without a trailing blank line. What would not fit
    into so many `columns` is broken at words, but for the source."""
    lines: list[Line] = list(_headline(diagnostic, columns))
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
        lines.extend(_tail(kind, text, gutter, columns))
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
    return ", ".join(counted(count, noun) for count, noun in counts if count)


def _headline(diagnostic: Diagnostic, columns: int | None) -> Iterator[Line]:
    name = f"{diagnostic.severity}[{diagnostic.code}]"
    state = f" ({diagnostic.sqlstate})" if diagnostic.sqlstate else ""
    whole = f"{name}: {display.shown_lines(diagnostic.message)}{state}"
    parts = [whole]
    if columns is not None and "\n" not in whole:
        parts = display.wrapped(whole, columns - 2)
    first, *more = parts
    yield (Piece(name, diagnostic.severity), Piece(first[len(name) :], "message"))
    for line in more:
        yield (Piece(f"  {line}", "message"),)


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
    place = f"{display.shown(source.path)}:{anchor.line}:{anchor.column}"
    pad = " " * gutter
    yield (Piece(f"{pad}{arrow} ", "frame"), Piece(place))
    yield (Piece(f"{pad} |", "frame"),)
    previous = None
    for line in sorted({mark.line for mark in marks}):
        if previous is not None and line > previous + 1:
            yield (Piece("...", "frame"),)
        previous = line
        text = source.line_text(line)
        here = sorted((m for m in marks if m.line == line), key=lambda m: m.column)
        start, end = _window(text, here)
        shown = display.excerpt(text, start, end)
        yield (Piece(f"{line:>{gutter}} | ", "frame"), Piece(shown))
        for mark in here:
            yield _underline(text, (start, end), mark, pad, primary)


def _window(text: str, marks: list[_Mark]) -> tuple[int, int]:
    """What to show of a line: the primary place if it is there, with the others if they fit."""
    seen = [mark for mark in marks if mark.primary] or marks[:1]
    first, last = _extent(marks)
    if last - first > display.LONGEST:
        first, last = _extent(seen)
    return display.window(text, first, last)


def _extent(marks: list[_Mark]) -> tuple[int, int]:
    """The first character of the marks and the one after their last."""
    first = min(mark.column for mark in marks) - 1
    return first, max(mark.column - 1 + mark.width for mark in marks)


def _underline(text: str, window: tuple[int, int], mark: _Mark, pad: str, primary: Style) -> Line:
    """The signs under a mark; one that lies outside the window is put at its edge."""
    start, end = window
    first = min(max(mark.column - 1, start), end)
    last = min(max(mark.column - 1 + mark.width, start), end)
    before, wide = display.columns(text, start, first, last)
    sign, style = ("^", primary) if mark.primary else ("-", "frame")
    message = f" {display.shown(mark.message)}" if mark.message else ""
    return (Piece(f"{pad} | ", "frame"), Piece(" " * before + sign * wide + message, style))


def _tail(kind: str, text: str, gutter: int, columns: int | None) -> Iterator[Line]:
    style: Style = "help" if kind == "help" else "note"
    before = gutter + 3 + len(kind) + 2
    first, *more = [
        part
        for line in display.shown_lines(text).split("\n")
        for part in (display.wrapped(line, columns - before) if columns is not None else [line])
    ]
    yield (
        Piece(" " * (gutter + 1) + "= ", "frame"),
        Piece(f"{kind}: ", style),
        Piece(first),
    )
    for line in more:
        yield (Piece(" " * before + line),)
