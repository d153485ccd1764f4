"""What is concluded of an expression, with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis.facts import Reason
from sqlwright.dataclass import dataclass, replace
from sqlwright.source import Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a value can be NULL, and why. `elements` says the same of an array's elements."""

    nullable: bool
    reason: Reason
    elements: bool = True

    def with_elements(self, nullable: bool) -> Verdict:
        """The same verdict, with one on the elements."""
        return replace(self, elements=nullable)


def never(text: str, span: Span | None = None, *because: Verdict) -> Verdict:
    """The value cannot be NULL."""
    return Verdict(False, Reason(text, span, tuple(item.reason for item in because)))


def maybe(text: str, span: Span | None = None, *because: Verdict) -> Verdict:
    """The value can be NULL, or nothing proves that it cannot."""
    return Verdict(True, Reason(text, span, tuple(item.reason for item in because)))


def all_of(what: str, span: Span | None, parts: Sequence[Verdict]) -> Verdict:
    """NULL exactly if any part may be: a strict operation over its operands."""
    for part in parts:
        if part.nullable:
            return maybe(f"{what}: an operand may be NULL", span, part)
    return never(f"{what}: no operand can be NULL", span, *parts[:1])


def any_of(what: str, span: Span | None, parts: Sequence[Verdict]) -> Verdict:
    """NULL only if every part is."""
    for part in parts:
        if not part.nullable:
            return never(f"{what}: one argument cannot be NULL", span, part)
    return maybe(f"{what}: every argument may be NULL", span, *parts[-1:])


def branches(what: str, span: Span | None, parts: Sequence[Verdict]) -> Verdict:
    """One of the parts, which one being open."""
    nullable = next((part for part in parts if part.nullable), None)
    if nullable is not None:
        found = maybe(f"{what}: one outcome may be NULL", span, nullable)
    else:
        found = never(f"{what}: no outcome can be NULL", span, *parts[:1])
    return found.with_elements(any(part.elements for part in parts))
