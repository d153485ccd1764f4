"""The one report on a schema that was taken as a description."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import Span

_MOST = 10


Told = tuple[Span, str]


def described_schema(
    paths: Sequence[str],
    waited: Sequence[Told],
    assumed: Sequence[Told],
    left_out: Sequence[Told],
) -> Diagnostic:
    """What waited for later statements, what has to be there before the first, and what was left
    out and why."""
    told = [span for span, _ in (*left_out, *assumed, *waited)]
    first = min(told, key=lambda span: _order(paths, span))
    notes = []
    if waited:
        notes.append(f"waited for what later statements make:\n{_listed(paths, waited)}")
    if assumed:
        notes.append(f"taken to be there, though nothing makes it:\n{_listed(paths, assumed)}")
    if left_out:
        notes.append(f"left out, and nothing is concluded from it:\n{_listed(paths, left_out)}")
    return Diagnostic(
        "described-schema",
        "warning",
        f"{_common(paths)} is not loadable in this order; taken as a description",
        (Label(_first_line(first)),),
        tuple(notes),
        help='`schema-order = "strict"` makes an error of each',
    )


def _common(paths: Sequence[str]) -> str:
    return paths[0] if len(paths) == 1 else posixpath.commonpath(paths) or "the schema"


def _order(paths: Sequence[str], span: Span) -> tuple[int, int]:
    return paths.index(span.source.path), span.start


def _listed(paths: Sequence[str], told: Sequence[Told]) -> str:
    ordered = sorted(told, key=lambda one: _order(paths, one[0]))
    more = len(ordered) - _MOST
    lines = [f"{_at(span)} {words}" for span, words in ordered[:_MOST]]
    return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])


def _at(span: Span) -> str:
    line, column = span.source.position(span.start)
    return f"{span.source.path}:{line}:{column}"


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n", span.start, span.end)
    return Span(span.source, span.start, end if end > 0 else span.end)
