"""FOR UPDATE, FOR SHARE and their kin: where they may stand and what they may name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import not_into_queries, walk
from sqlwright.dataclass import replace

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.sql import nodes


def is_locked_refname(state: ParseState, name: str | None) -> bool:
    """Whether a locking clause of this level, or of one around it, covers a FROM item."""
    if state.locked_from_parent:
        return True
    for locking in state.locking:
        if not locking.relations:
            return True
        if name is not None and any(relation.name[-1] == name for relation in locking.relations):
            return True
    return False


def clause_name(locking: nodes.Locking) -> str:
    """The clause as PostgreSQL's messages name it."""
    return f"FOR {locking.strength.upper()}"


def check_select_locking(state: ParseState, query: tree.Query, locking: nodes.Locking) -> None:
    """Refuse to lock the rows of a query that does not show rows as they are stored."""
    name = clause_name(locking)
    if query.set_operation is not None:
        reason = "with UNION/INTERSECT/EXCEPT"
    elif query.distinct or query.distinct_on:
        reason = "with DISTINCT clause"
    elif query.group_by or query.grouping_sets:
        reason = "with GROUP BY clause"
    elif query.having is not None:
        reason = "with HAVING clause"
    elif query.has_aggregates:
        reason = "with aggregate functions"
    elif _has_window_calls(query):
        reason = "with window functions"
    elif query.has_set_returning:
        reason = "with set-returning functions in the target list"
    else:
        return
    state.error("invalid-locking", f"{name} is not allowed {reason}", locking, sqlstate="0A000")


def _has_window_calls(query: tree.Query) -> bool:
    return any(
        isinstance(part, tree.WindowCall)
        for target in query.targets
        for part in walk(target.expr, not_into_queries)
    )


def transform_locking_clause(state: ParseState, query: tree.Query, locking: nodes.Locking) -> None:
    """Check one locking clause against the query it stands on, and the subqueries it reaches."""
    check_select_locking(state, query, locking)
    if not locking.relations:
        for entry in query.entries:
            _reach_into(state, entry, locking)
        return
    name = clause_name(locking)
    for relation in locking.relations:
        if len(relation.name) > 1:
            state.error(
                "invalid-locking",
                f"{name} must specify unqualified relation names",
                relation,
                sqlstate="42601",
            )
        found = _named_entry(query, relation.name[0])
        if found is None:
            state.error(
                "unknown-relation",
                f'relation "{relation.name[0]}" in {name} clause not found in FROM clause',
                relation,
                sqlstate="42P01",
            )
        _check_lockable(state, found, name, relation)
        _reach_into(state, found, locking)


def _reach_into(state: ParseState, entry: tree.RangeTableEntry, locking: nodes.Locking) -> None:
    """Locking a subquery locks all it selects from."""
    if entry.subquery is not None:
        whole = replace(locking, relations=())
        transform_locking_clause(state, entry.subquery, whole)


_UNLOCKABLE = {
    "join": "a join",
    "function": "a function",
    "xmltable": "a table function",
    "jsontable": "a table function",
    "values": "VALUES",
    "cte": "a WITH query",
}


def _named_entry(query: tree.Query, name: str) -> tree.RangeTableEntry | None:
    for entry in query.entries:
        if entry.kind == "join" and entry.alias is None:
            # It answers to the alias of its USING clause, but cannot be locked by that either.
            continue
        if entry.kind == "subquery" and entry.alias is None:
            continue
        if (entry.alias or entry.name) == name:
            return entry
    return None


def _check_lockable(
    state: ParseState, entry: tree.RangeTableEntry, name: str, where: nodes.RangeVar
) -> None:
    what = _UNLOCKABLE.get(entry.kind)
    if what is not None:
        state.error(
            "invalid-locking", f"{name} cannot be applied to {what}", where, sqlstate="0A000"
        )
