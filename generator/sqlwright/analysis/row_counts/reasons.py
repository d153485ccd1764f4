"""Why a query yields as many rows as was proved, in words."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.row_counts.limits import limited_to_one


def why_one(query: tree.Query) -> str:
    """Why the query yields exactly one row."""
    if query.command == "insert":
        return "one row is inserted, and nothing can skip it"
    if query.command == "merge":
        return "the source has one row, and every WHEN does something with it"
    if query.has_aggregates:
        return "an aggregate without GROUP BY yields one row"
    return "nothing in FROM multiplies or filters the one row"


def why_at_most_one(query: tree.Query) -> str:
    """Why it yields one row at most."""
    if limited_to_one(query):
        return "LIMIT 1"
    if query.command == "insert":
        return "at most one row is inserted"
    if query.command == "select" and (query.group_by or query.distinct or query.distinct_on):
        return "the rows that come in agree in what they are grouped by"
    return "a unique key is fixed for every table"


def why_many(query: tree.Query) -> str:
    """Why nothing smaller could be proved."""
    if query.command == "insert":
        return "several rows may be inserted"
    return "no unique key is fixed and no LIMIT 1 stands"
