"""The rules of proof that a package's claims rest on, and which of them rows put to a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlwright.analysis.facts import QueryFacts, Reason
from sqlwright.dataclass import dataclass
from sqlwright.verification.refutation import Seen

_TOLD = "the query says"  # which proves nothing


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A rule with how many claims rest on it, and how many of these a row could have refuted."""

    name: str
    claims: int
    tried: int


def rule_uses(queries: Sequence[QueryFacts], seen: Mapping[str, Seen]) -> list[RuleUse]:
    """Every rule that a claim rests on, those that were never put to a test last."""
    claims: dict[str, int] = {}
    tried: dict[str, int] = {}
    for facts in queries:
        if facts.name in seen:
            for reason, met in _claims(facts, seen[facts.name]):
                for name in _names(reason):
                    claims[name] = claims.get(name, 0) + 1
                    tried[name] = tried.get(name, 0) + met
    uses = [RuleUse(name, count, tried[name]) for name, count in claims.items()]
    return sorted(uses, key=lambda use: (not use.tried, -use.claims, use.name))


def _claims(facts: QueryFacts, seen: Seen) -> Iterator[tuple[Reason, bool]]:
    """What is claimed of a query with whether a run could have shown the contrary."""
    for column in facts.columns:
        reason = column.nullable_reason
        if not column.nullable and reason is not None and not reason.text.startswith(_TOLD):
            yield reason, seen.rows > 0
    if facts.rows_reason is not None and facts.rows == "exactly-one":
        yield facts.rows_reason, seen.runs > 0
    if facts.rows_reason is not None and facts.rows == "at-most-one":
        yield facts.rows_reason, seen.rows > 0


def _names(reason: Reason) -> dict[str, None]:
    rules = (each.rule for each in _all_of(reason))
    return dict.fromkeys(rule.name for rule in rules if rule is not None)


def _all_of(reason: Reason) -> Iterator[Reason]:
    yield reason
    for each in reason.because:
        yield from _all_of(each)
