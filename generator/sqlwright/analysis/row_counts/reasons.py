"""Why a query yields as many rows as was proved: the rule, and words."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.proof_rules import ProofRule
from sqlwright.analysis.row_counts.limits import limited_to_one


def why_one(query: tree.Query) -> tuple[ProofRule, str]:
    """Why the query yields exactly one row."""
    if query.command == "insert":
        return proof_rules.INSERTED, "one row is inserted, and nothing can skip it"
    if query.command == "merge":
        return proof_rules.MERGED, "the source has one row, and every WHEN does something with it"
    if query.has_aggregates:
        return proof_rules.AGGREGATED, "an aggregate without GROUP BY yields one row"
    return proof_rules.NOTHING_BUT_VALUES, "nothing in FROM multiplies or filters the one row"


def why_at_most_one(query: tree.Query) -> tuple[ProofRule, str]:
    """Why it yields one row at most."""
    if limited_to_one(query):
        return proof_rules.LIMIT_ONE, "LIMIT 1"
    if query.command == "insert":
        return proof_rules.INSERTED_OR_SKIPPED, "at most one row is inserted"
    if query.command == "select" and (query.group_by or query.distinct or query.distinct_on):
        return proof_rules.ONE_GROUP, "the rows that come in agree in what they are grouped by"
    aggregates = query.has_aggregates or query.having is not None or query.grouping_sets
    if query.command == "select" and aggregates:
        said = "an aggregate without GROUP BY yields one row, HAVING at most"
        return proof_rules.AGGREGATED, said
    return proof_rules.FIXED_KEY, "a unique key is fixed for every table"


def why_many(query: tree.Query) -> str:
    """Why nothing smaller could be proved."""
    if query.command == "insert":
        return "several rows may be inserted"
    return "no unique key is fixed and no LIMIT 1 stands"
