"""What is concluded of an expression, with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis.facts import Reason
from sqlwright.analysis.proof_rules import ProofRule
from sqlwright.dataclass import dataclass
from sqlwright.source import Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a value can be NULL, and why. `elements` says the same of an array's elements."""

    nullable: bool
    reason: Reason
    elements: bool = True

    def with_elements(self, nullable: bool) -> Verdict:
        """The same verdict, with one on the elements."""
        if self.elements == nullable:
            return self
        return Verdict(self.nullable, self.reason, nullable)


def never(rule: ProofRule, text: str, span: Span | None = None, *because: Verdict) -> Verdict:
    """The value cannot be NULL, by a rule."""
    return Verdict(False, Reason(text, span, tuple(item.reason for item in because), rule))


def maybe(text: str, span: Span | None = None, *because: Verdict) -> Verdict:
    """The value can be NULL, or nothing proves that it cannot."""
    return Verdict(True, Reason(text, span, tuple(item.reason for item in because)))


def as_found(rule: ProofRule, text: str, span: Span | None, found: Verdict) -> Verdict:
    """NULL exactly if another value may be, by a rule; with its elements."""
    shown = maybe(text, span, found) if found.nullable else never(rule, text, span, found)
    return shown.with_elements(found.elements)


def all_of(rule: ProofRule, what: str, span: Span | None, parts: Sequence[Verdict]) -> Verdict:
    """NULL exactly if any part may be, by a rule: a strict operation over its operands."""
    for part in parts:
        if part.nullable:
            return maybe(f"{what}: an operand may be NULL", span, part)
    return never(rule, f"{what}: no operand can be NULL", span, *parts[:1])


def any_of(rule: ProofRule, what: str, span: Span | None, parts: Sequence[Verdict]) -> Verdict:
    """NULL only if every part is, by a rule."""
    for part in parts:
        if not part.nullable:
            return never(rule, f"{what}: one argument cannot be NULL", span, part)
    return maybe(f"{what}: every argument may be NULL", span, *parts[-1:])


def branches(rule: ProofRule, what: str, span: Span | None, parts: Sequence[Verdict]) -> Verdict:
    """One of the parts, by a rule, which one being open."""
    nullable = next((part for part in parts if part.nullable), None)
    if nullable is not None:
        found = maybe(f"{what}: one outcome may be NULL", span, nullable)
    else:
        found = never(rule, f"{what}: no outcome can be NULL", span, *parts[:1])
    return found.with_elements(any(part.elements for part in parts))
