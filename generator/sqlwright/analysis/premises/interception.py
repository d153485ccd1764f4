"""What stands between a statement and the rows it writes: triggers and rules (manual 37, 39)."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.premises.current import current_relation, tables_read
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation


def may_change_row(catalog: Catalog, target: tree.RangeTableEntry, query: tree.Query) -> bool:
    """Whether something between the statement and the table, or a table that inherits from it, may
    change the row. An update that moves a row to another partition inserts it there."""
    events = events_of(query)
    relation = current_relation(catalog, target)
    if relation is not None and relation.kind == "partitioned table" and "update" in events:
        events |= {"insert"}
    return any(
        _rewrites(table, event) for table in tables_read(catalog, target) for event in events
    )


def _rewrites(relation: Relation, event: str) -> bool:
    triggers = any(
        trigger.row_level and trigger.timing != "after" and event in trigger.events
        for trigger in relation.triggers
    )
    return triggers or any(rule.event == event for rule in relation.rules)


def is_taken_over(relation: Relation, event: str) -> bool:
    """Whether an INSTEAD OF trigger or an INSTEAD rule does the work, and yields what it likes."""
    return any(
        trigger.timing == "instead of" and event in trigger.events for trigger in relation.triggers
    ) or any(rule.instead and rule.event == event for rule in relation.rules)


def events_of(query: tree.Query) -> set[str]:
    """What the statement does to rows of its target."""
    if query.command == "merge":
        return {branch.action for branch in query.merge_branches if branch.action != "nothing"}
    conflict = query.on_conflict
    updates = conflict is not None and conflict.action == "update"
    return {query.command, "update"} if updates else {query.command}
