"""Warnings of one kind by the dozen, as when a project moves over: a few in full, then a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sqlwright.dataclass import replace
from sqlwright.diagnostics.model import Diagnostic, Label, Severity

IN_FULL = 3
"""How many of a kind are worth reading in full."""


MOST_PLACES = 3
"""How many places of one and the same thing are worth a look."""


def once(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics without those that say the same of the same place: several packages can have
    the same queries."""
    return list({_said(item): item for item in reversed(diagnostics)}.values())[::-1]


def _said(item: Diagnostic) -> tuple[object, ...]:
    places = [(each.span.source.path, each.span.start, each.message) for each in item.labels]
    return item.code, item.severity, item.message, *places, item.notes, item.help, item.query


def of_one_type(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics with the errors about one type that has no form in Python as one, which
    names its places."""
    found: dict[str, list[Diagnostic]] = {}
    for item in diagnostics:
        if item.code == "unsupported-type" and item.labels:
            found.setdefault(item.message, []).append(item)
    others = {id(item) for of_type in found.values() for item in of_type[1:]}
    firsts = {id(of_type[0]): _with_places(of_type) for of_type in found.values()}
    return [firsts.get(id(item), item) for item in diagnostics if id(item) not in others]


def _with_places(found: Sequence[Diagnostic]) -> Diagnostic:
    first = found[0]
    if len(found) == 1:
        return first
    labels = tuple(Label(item.labels[0].span) for item in found[1:MOST_PLACES])
    more = found[MOST_PLACES:]
    rest = ("and at\n" + "\n".join(dict.fromkeys(map(_line, more))),) if more else ()
    return replace(first, labels=(first.labels[0], *labels), notes=(*first.notes, *rest))


def shortened(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics with all but the first warnings and notes of a kind gathered in one, where
    that saves reading. Errors stay: each has to be dealt with."""
    kept: list[Diagnostic] = []
    more: list[Diagnostic] = []
    seen: dict[tuple[Severity, str], int] = {}
    for item in diagnostics:
        kind = (item.severity, item.code)
        seen[kind] = seen.get(kind, 0) + 1
        few = item.severity == "error" or seen[kind] <= IN_FULL
        (kept if few else more).append(item)
    for _, group in groupby(sorted(more, key=_kind), key=_kind):
        found = list(group)
        if len(found) == 1:
            kept.append(found[0])
        else:
            kept.append(_gathered(found))
    return kept


def _kind(item: Diagnostic) -> tuple[Severity, str]:
    return item.severity, item.code


def _gathered(found: Sequence[Diagnostic]) -> Diagnostic:
    first = found[0]
    return Diagnostic(
        first.code,
        first.severity,
        f"{len(found)} more like these",
        notes=("\n".join(map(_line, found)),),
        help="`--diagnostics concise` shows each on a line of its own",
    )


def _line(item: Diagnostic) -> str:
    if not item.labels:
        return item.message
    span = item.labels[0].span
    line, column = span.source.position(span.start)
    place = f"{span.source.path}:{line}:{column}"
    return f"{place} {item.query}" if item.query else place
