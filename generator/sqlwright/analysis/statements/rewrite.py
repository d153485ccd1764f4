"""What PostgreSQL checks when it rewrites a write, which it does as it prepares the statement:
rules, values for generated and identity columns, and whether a view can be written to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.statements.generated_columns import check_insert_values, check_set
from sqlwright.analysis.statements.rules import check_rules
from sqlwright.analysis.statements.updatable_views import ViewWrite, check_view_write

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.model import Relation


def check_rewrite(state: ParseState, query: tree.Query, *, in_with: bool = False) -> None:
    """Check a statement's write and those in its WITH clause."""
    for cte in query.ctes:
        if cte.query is not None and cte.query.command != "select":
            check_rewrite(state, cte.query, in_with=True)
    if query.target_entry is None or query.target_entry.relation is None:
        return
    relation = query.target_entry.relation
    check_rules(state, query, relation, in_with)
    if query.command == "insert":
        _check_insert(state, query, relation)
    elif query.command == "update":
        check_set(state, query.assignments)
        check_view_write(state, relation, ViewWrite("update", "update"), query.assignments)
        _check_cursor(state, query, relation)
    elif query.command == "delete":
        check_view_write(state, relation, ViewWrite("delete", "delete"), ())
        _check_cursor(state, query, relation)
    elif query.command == "merge":
        _check_merge(state, query, relation)


def _check_cursor(state: ParseState, query: tree.Query, relation: Relation) -> None:
    """A cursor stands on a row of a table, so none can be written to through a view."""
    if relation.kind == "view" and isinstance(query.where, tree.CurrentOf):
        state.error(
            "feature-not-supported",
            "WHERE CURRENT OF on a view is not implemented",
            query.where,
            sqlstate="0A000",
        )


def _check_insert(state: ParseState, query: tree.Query, relation: Relation) -> None:
    check_insert_values(state, query.assignments, query.overriding, query.insert_rows)
    write = ViewWrite("insert", "insert", query.overriding)
    check_view_write(state, relation, write, query.assignments)
    if query.on_conflict is not None and query.on_conflict.action == "update":
        check_set(state, query.on_conflict.assignments)
        write = ViewWrite("update", "insert")
        check_view_write(state, relation, write, query.on_conflict.assignments)


def _check_merge(state: ParseState, query: tree.Query, relation: Relation) -> None:
    for branch in query.merge_branches:
        if branch.action == "insert":
            check_insert_values(state, branch.assignments, branch.overriding)
        elif branch.action == "update":
            check_set(state, branch.assignments)
        if branch.action != "nothing":
            write = ViewWrite(branch.action, "merge", branch.overriding)
            check_view_write(state, relation, write, branch.assignments)
