"""What utility statements show (manual, SHOW, EXPLAIN, CALL)."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe, never
from sqlwright.analysis.nullability.judging import Columns


def shown_columns(query: tree.Query) -> Columns:
    """The verdicts on the columns that a utility statement returns."""
    return tuple(_shown(query.utility, target.name) for target in query.targets)


def _shown(keyword: str | None, column: str) -> Verdict:
    """A setting without a value is shown as empty text; SHOW ALL knows no words on some."""
    if keyword == "EXPLAIN" or (keyword == "SHOW" and column != "description"):
        return never(proof_rules.NEVER_NULL, f"{keyword} never yields NULL")
    return maybe(f"{keyword} may yield NULL")
