"""What is reported of rules that are about nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.dataclass import dataclass, field
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.diagnostics.spelling import did_you_mean
from sqlwright.source import Span


@dataclass(frozen=True, slots=True)
class UnusedRule:
    """A rule that is about nothing: what it is, what is not there, where it stands, and which names
    it may have meant."""

    what: str
    why: str
    span: Span | None = field(default=None, compare=False)
    meant: tuple[str, ...] = field(default=(), compare=False)

    def reported(self) -> Diagnostic:
        """The warning of it."""
        labels = () if self.span is None else (Label(self.span),)
        return Diagnostic(
            "unused-rule",
            "warning",
            f"the {self.what} is about nothing",
            labels,
            (self.why,),
            did_you_mean(self.meant),
        )


def unused_by_all(
    packages: Sequence[tuple[Sequence[UnusedRule], Sequence[UnusedRule]]],
) -> list[list[UnusedRule]]:
    """What to report of each package, given all rules of each and those that it has no use for: a
    rule that stands for several packages is unused if none has a use for it, and is reported once.
    """
    used = {rule for known, unused in packages for rule in set(known).difference(unused)}
    told: set[UnusedRule] = set()
    reported = []
    for _, unused in packages:
        reported.append([rule for rule in unused if rule not in used | told])
        told.update(unused)
    return reported
