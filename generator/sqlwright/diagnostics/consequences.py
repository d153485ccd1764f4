"""Errors that are there only because of another one, told once: with the one that caused them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.dataclass import replace
from sqlwright.diagnostics.model import Diagnostic
from sqlwright.diagnostics.wording import counted
from sqlwright.source import Span

_MOST_NAMES = 5

_Place = tuple[str, int, int]


def folded(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics without those that follow from others, which say so in a note instead, and
    without warnings about the place of an error, which takes over their advice.
    """
    return _follow_ups_folded(_warnings_folded(diagnostics))


def _warnings_folded(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    errors = {
        (span.source.path, span.start)
        for item in diagnostics
        if item.severity == "error" and item.labels
        for span in [item.labels[0].span]
    }
    advice = {
        start: item.help
        for item in diagnostics
        if item.severity == "warning" and (start := _start(item)) in errors
    }
    return [
        replace(item, help=item.help or advice.get(_start(item)))
        for item in diagnostics
        if item.severity != "warning" or _start(item) not in errors
    ]


def _start(item: Diagnostic) -> tuple[str, int]:
    if not item.labels:
        return "", -1
    span = item.labels[0].span
    return span.source.path, span.start


def _follow_ups_folded(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    roots = {
        place: item
        for item in diagnostics
        if item.severity == "error" and item.labels
        for place in [_place(item.labels[0].span)]
    }
    followers: dict[_Place, list[Diagnostic]] = {}
    kept: list[Diagnostic] = []
    for item in diagnostics:
        root = _root(item, roots)
        if root is None:
            kept.append(item)
        else:
            followers.setdefault(root, []).append(item)
    return [_with_note(item, followers) for item in kept]


def _root(item: Diagnostic, roots: dict[_Place, Diagnostic]) -> _Place | None:
    """The place of the first error in the chain that leads to this one; None if it is the first."""
    found = None
    while item.cause is not None and (place := _place(item.cause)) in roots:
        if place == found:
            break
        found, item = place, roots[place]
    return found


def _with_note(item: Diagnostic, followers: dict[_Place, list[Diagnostic]]) -> Diagnostic:
    found = followers.get(_place(item.labels[0].span), []) if item.labels else []
    if not found or item.severity != "error":
        return item
    return replace(item, notes=(*item.notes, _note(found)))


def _note(found: Sequence[Diagnostic]) -> str:
    queries = list(dict.fromkeys(item.query for item in found if item.query))
    statements = sum(1 for item in found if not item.query)
    return unchecked(queries, statements)


def unchecked(queries: Sequence[str], statements: int = 0) -> str:
    """The note that names what an error keeps from being looked at."""
    parts = []
    if statements:
        parts.append(counted(statements, "later statement"))
    if queries:
        more = len(queries) - _MOST_NAMES
        names = ", ".join(queries[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
        parts.append(f"{counted(len(queries), 'query', 'queries')} ({names})")
    return f"not checked because of this: {' and '.join(parts)}"


def _place(span: Span) -> _Place:
    return span.source.path, span.start, span.end
