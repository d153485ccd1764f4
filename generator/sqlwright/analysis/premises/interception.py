"""What stands between a statement and the rows that it writes and returns: triggers, rules,
policies and, of a foreign table, what the other server has of these (manual 5.9, 5.13, 37, 39)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.premises.current import current_relation, tables_read
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Relation


def may_change_row(catalog: Catalog, target: tree.RangeTableEntry, query: tree.Query) -> bool:
    """Whether something between the statement and the table, or a table that inherits from it, may
    change the row. An update that moves a row to another partition inserts it there."""
    events = events_of(query)
    relation = current_relation(catalog, target)
    if relation is not None and relation.kind == "partitioned table" and "update" in events:
        events |= {"insert"}
    return any(
        is_rewritten(table, event) for table in tables_read(catalog, target) for event in events
    )


def is_rewritten(relation: Relation, event: str) -> bool:
    """Whether a trigger before the event, or a rule, may make something else of a row."""
    if relation.kind == "foreign table":
        return True
    triggers = any(
        trigger.row_level and trigger.timing != "after" and event in trigger.events
        for trigger in relation.triggers
    )
    return triggers or any(rule.event == event for rule in relation.rules)


def may_be_replaced(catalog: Catalog, relation: Relation, events: set[str]) -> bool:
    """Whether something between a statement and what it writes to may give other values, or do
    something else. An INSERT goes to the table itself or to its partitions, the rest to all that
    inherit from it. PostgreSQL does not hold foreign tables to NOT NULL."""
    if relation.kind not in ("table", "partitioned table"):
        return True
    heirs = descendants_of(catalog, relation.oid)
    of_insert = heirs if relation.kind == "partitioned table" else ()
    return any(
        is_rewritten(table, event)
        for event in events
        for table in (relation, *(of_insert if event == "insert" else heirs))
    )


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


def every_row_stays(catalog: Catalog, query: tree.Query) -> bool:
    """Whether nothing between the statement and the table can drop a row: a BEFORE trigger for what
    the statement does may return NULL, a rule may do something else. A policy that does not let a
    row pass raises an error (manual, CREATE POLICY), but hides it from MERGE."""
    target = query.target_entry
    relation = current_relation(catalog, target) if target is not None else None
    if relation is not None and query.command == "insert" and query.on_conflict is None:
        relation = _inserted_into(catalog, relation)
    if target is None or relation is None or relation.kind not in ("table", "partitioned table"):
        return False
    events = _events(query, relation)
    tables = [relation] if query.command == "insert" else tables_read(catalog, target)
    if relation.kind == "partitioned table":
        tables = [relation, *descendants_of(catalog, relation.oid)]
    return not any(
        table.kind == "foreign table"
        or (table.row_security and query.command != "insert")
        or any(_is_ruled(table, event) for event in events)
        or any(
            each.row_level and each.timing != "after" and not events.isdisjoint(each.events)
            for each in table.triggers
        )
        for table in tables
    )


def _inserted_into(catalog: Catalog, relation: Relation) -> Relation | None:
    """The table that rows go into which are inserted into a relation: of a view that PostgreSQL
    updates by itself that of its FROM, whether the view shows them or not (manual, CREATE VIEW)."""
    if relation.kind != "view":
        return relation
    query = relation.stored
    if is_taken_over(relation, "insert") or _is_ruled(relation, "insert"):
        return None
    if not isinstance(query, tree.Query) or len(query.from_nodes) != 1:
        return None
    (node,) = query.from_nodes
    below = current_relation(catalog, node.entry) if isinstance(node, tree.FromLeaf) else None
    return _inserted_into(catalog, below) if below is not None else None


def updates_intercepted(catalog: Catalog, target: tree.RangeTableEntry) -> bool:
    """Whether a trigger or rule may change the row that an UPDATE of a table writes. A row that
    moves to another partition is inserted there."""
    return any(
        _is_ruled(table, "update")
        or table.kind == "foreign table"
        or any(
            each.row_level
            and each.timing != "after"
            and not {"update", "insert"}.isdisjoint(each.events)
            for each in table.triggers
        )
        for table in tables_read(catalog, target)
    )


def _events(query: tree.Query, relation: Relation) -> set[str]:
    """What the statement does to rows. An update that moves one to another partition deletes it
    and inserts it there."""
    events = events_of(query)
    if relation.kind == "partitioned table" and "update" in events:
        events |= {"insert", "delete"}
    return events


def returns_own_rows(catalog: Catalog, query: tree.Query, event: str) -> bool:
    """Whether no rule puts another statement in the place of this one, nor of the one that a view
    makes of it."""
    relation = current_relation(catalog, query.target_entry) if query.target_entry else None
    return relation is not None and not any(
        _is_ruled(each, event) for each in _written(catalog, relation)
    )


def _written(catalog: Catalog, relation: Relation) -> Iterator[Relation]:
    """The relation, and of a view all that it may pass the write on to."""
    yield relation
    if relation.kind == "view" and isinstance(relation.stored, tree.Query):
        for entry in relation.stored.entries:
            below = current_relation(catalog, entry)
            if below is not None:
                yield from _written(catalog, below)


def has_instead_of(catalog: Catalog, target: tree.RangeTableEntry) -> bool:
    """Whether writing to the entry may call an INSTEAD OF trigger, of a view below it as well."""
    relation = current_relation(catalog, target)
    if relation is None or relation.kind != "view" or not isinstance(relation.stored, tree.Query):
        return False
    return any(each.timing == "instead of" for each in relation.triggers) or any(
        has_instead_of(catalog, entry) for entry in relation.stored.entries
    )


def _is_ruled(relation: Relation, event: str) -> bool:
    return any(rule.event == event for rule in relation.rules)
