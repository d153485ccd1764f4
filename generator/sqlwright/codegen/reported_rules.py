"""What is reported of rules that are about nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class UnusedRule:
    """A rule that is about nothing: what it is, and what is not there."""

    what: str
    why: str

    def reported(self) -> Diagnostic:
        """The warning of it."""
        message = f"the {self.what} is about nothing"
        return Diagnostic("unused-rule", "warning", message, notes=(self.why,))


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
