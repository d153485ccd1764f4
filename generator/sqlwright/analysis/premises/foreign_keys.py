"""Where a foreign key proves that a row has its match (manual 5.5.5).

The key must be one that PostgreSQL keeps at every moment: enforced, validated, not deferrable; the
referenced rows must all be in sight: no row security, no sampling, nothing else in the condition.
A key to a partitioned table proves nothing: PostgreSQL checks it against rows that were committed
just now, which a REPEATABLE READ transaction that refers to them does not see (manual 13.2.2).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import bare_column, conjuncts, equalities
from sqlwright.analysis.premises.current import (
    current_column,
    current_relation,
    is_not_null,
    numbers_of,
    tables_read,
)
from sqlwright.analysis.premises.origins import (
    Origin,
    is_inner,
    query_behind,
    reads_rows,
    shown_column,
    traced,
)
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint, Relation

_Pairs = set[tuple[int, int]]


def referencing(
    catalog: Catalog, parent: tree.RangeTableEntry, condition: tree.Expr | None
) -> tuple[tree.Var, ...]:
    """The columns that refer to `parent` by a foreign key, if the condition joins along one: a row
    where none of them is NULL has its match. So has a row that is looked up in its own table.
    Empty if nothing is proved."""
    columns: dict[int, tree.Var] = {}
    pairs: _Pairs = set()
    referring: tree.RangeTableEntry | None = None
    referred: tree.RangeTableEntry | None = None
    for part in conjuncts(condition):
        pair = _pair(catalog, part, parent)
        if pair is None or pair[0] in columns:
            return ()
        number, column = pair
        child, target = traced(catalog, column), _shown_whole(catalog, parent, number)
        if child is None or target is None:
            return ()
        if referring is not None and child.entry is not referring:
            return ()
        referring, referred = child.entry, target.entry
        columns[number] = column
        pairs.add((child.number, target.number))
    if referring is None or referred is None or len({id(c.entry) for c in columns.values()}) != 1:
        return ()
    return tuple(columns.values()) if _has_match(catalog, referring, referred, pairs) else ()


def _shown_whole(catalog: Catalog, entry: tree.RangeTableEntry, number: int) -> Origin | None:
    """The table's column that a column shows, where every row of the table is shown."""
    query = query_behind(catalog, entry)
    if query is None:
        return Origin(entry, number) if entry.kind == "relation" else None
    shown = shown_column(catalog, entry, number, query)
    if shown is None or not reads_rows(query) or query.group_by or query.grouping_sets:
        return None
    if query.where or query.having or query.limit or query.offset or query.distinct_on:
        return None
    if query.has_aggregates or query.has_set_returning or len(query.from_nodes) != 1:
        return None
    if not keeps_all(catalog, query.from_nodes[0], shown.entry):
        return None
    return _shown_whole(catalog, shown.entry, shown.number)


def keeps_all(catalog: Catalog, node: tree.FromNode, entry: tree.RangeTableEntry) -> bool:
    """Whether an item of FROM has every row of an entry in it: an outer join keeps it, or an inner
    one follows a foreign key that is never NULL."""
    if isinstance(node, tree.FromLeaf):
        return node.entry is entry
    in_left = any(each is entry for each in entries_of(node.left))
    own, other = (node.left, node.right) if in_left else (node.right, node.left)
    if not keeps_all(catalog, own, entry):
        return False
    if node.kind == "full" or node.kind == ("left" if in_left else "right"):
        return True
    if node.kind != "inner" or not isinstance(other, tree.FromLeaf):
        return False
    columns = referencing(catalog, other.entry, node.condition)
    referring = {id(column.entry) for column in columns}
    if not columns or not referring <= {id(each) for each in entries_of(own)}:
        return False
    there = referring == {id(entry)} or is_inner(own)
    return there and all(_is_never_null(catalog, column) for column in columns)


def follow_keys(
    catalog: Catalog,
    first: tree.RangeTableEntry,
    others: Sequence[tree.RangeTableEntry],
    conditions: Sequence[tuple[tree.Expr, frozenset[int]]],
) -> bool:
    """Whether every row of an entry has its match in the others, which the conditions join along
    foreign keys that are never NULL; each stands with the entries that it is about."""
    known, waiting, left = {id(first)}, list(others), list(conditions)
    while waiting:
        for entry in waiting:
            reached = known | {id(entry)}
            about = [part for part, entries in left if id(entry) in entries and entries <= reached]
            columns = referencing(catalog, entry, all_of(about))
            found = columns and {id(each.entry) for each in columns} <= known
            if found and all(_is_never_null(catalog, each) for each in columns):
                known = reached
                waiting.remove(entry)
                left = [each for each in left if not any(each[0] is part for part in about)]
                break
        else:
            return False
    return not left


def all_of(conditions: Sequence[tree.Expr]) -> tree.Expr | None:
    """The conditions as one."""
    if len(conditions) < 2:
        return conditions[0] if conditions else None
    return tree.BoolExpr(type=oids.BOOL, op="and", args=tuple(conditions))


def _is_never_null(catalog: Catalog, column: tree.Var) -> bool:
    origin = traced(catalog, column)
    if origin is None or not origin.inner:
        return False
    known = current_column(catalog, origin.entry, origin.number)
    tables = list(tables_read(catalog, origin.entry))
    return known is not None and all(
        any(own.name == known.name and is_not_null(table, own) for own in table.columns)
        for table in tables
    )


def _has_match(
    catalog: Catalog, child: tree.RangeTableEntry, parent: tree.RangeTableEntry, pairs: _Pairs
) -> bool:
    relation = current_relation(catalog, parent)
    if relation is None or not _all_in_sight(parent, relation):
        return False
    if _is_own(catalog, child, parent, pairs):
        return True
    return relation.kind == "table" and (
        _is_keyed(catalog, child, parent, pairs) or _is_keyed_through(catalog, child, parent, pairs)
    )


def _all_in_sight(entry: tree.RangeTableEntry, relation: Relation) -> bool:
    if entry.sampled or relation.row_security or relation.foreign_keys_unchecked:
        return False
    return relation.kind == "table" or (relation.kind == "partitioned table" and not entry.only)


def _pair(
    catalog: Catalog, part: tree.Expr, parent: tree.RangeTableEntry
) -> tuple[int, tree.Var] | None:
    """The parent's column and the other entry's, of a condition that makes them equal."""
    for found in equalities(catalog, part):
        other = bare_column(found.other)
        if found.column.entry is parent and other is not None and other.entry is not parent:
            return found.column.number, other
    return None


def _is_own(
    catalog: Catalog, child: tree.RangeTableEntry, parent: tree.RangeTableEntry, pairs: _Pairs
) -> bool:
    """Whether a row is looked up among the rows that it is one of, by its own columns."""
    if child.is_excluded or child.relation is None or parent.relation is None:
        return False
    if child.relation.oid != parent.relation.oid or (parent.only and not child.only):
        return False
    return all(
        child.columns[own - 1].source == parent.columns[other - 1].source for own, other in pairs
    )


def _is_keyed(
    catalog: Catalog, child: tree.RangeTableEntry, parent: tree.RangeTableEntry, pairs: _Pairs
) -> bool:
    """Whether every table that the child's rows come from has a foreign key of these columns."""
    referenced = current_relation(catalog, parent)
    tables = list(tables_read(catalog, child))
    if referenced is None or not tables or child.is_excluded:
        return False
    main = tables[0]
    if main.kind == "partitioned table":
        tables = [main]  # its foreign keys hold for every partition
    elif main.kind != "table" or len(tables) > 1:
        return False
    return any(
        constraint.referenced == referenced.oid
        and _holds_always(constraint)
        and _pairs_of(constraint, child, main, parent, referenced) == pairs
        and not any(_may_keep_rows(table, constraint) for table in tables_read(catalog, child))
        for constraint in main.constraints
    )


def _is_keyed_through(
    catalog: Catalog, child: tree.RangeTableEntry, parent: tree.RangeTableEntry, pairs: _Pairs
) -> bool:
    """Whether the row that a foreign key refers to has the same columns, and they refer to the
    parent: `(organization_id, project_id)` to a project, whose organization there is. A key of
    which one column is NULL is not checked (MATCH SIMPLE), so the others must not be."""
    referenced = current_relation(catalog, parent)
    tables = list(tables_read(catalog, child))
    if referenced is None or len(tables) != 1 or tables[0].kind != "table" or child.is_excluded:
        return False
    (main,) = tables
    for key in main.constraints:
        between = catalog.get_relation(key.referenced) if _holds_always(key) else None
        if between is None or between.kind != "table" or _may_keep_rows(main, key):
            continue
        own = {at: name for name in key.columns for at in numbers_of(child, main, (name,))}
        joined = {own[at] for at, _ in pairs if at in own}
        others = [each for each in main.columns if each.name in key.columns]
        if len(joined) != len(pairs) or not all(
            each.name in joined or is_not_null(main, each) for each in others
        ):
            continue
        shown = dict(zip(key.columns, key.referenced_columns, strict=True))
        wanted = {(shown[own[at]], number) for at, number in pairs}
        if any(
            second.referenced == referenced.oid
            and _holds_always(second)
            and not _may_keep_rows(between, second)
            and _named_pairs(second, parent, referenced) == wanted
            for second in between.constraints
        ):
            return True
    return False


def _named_pairs(
    key: Constraint, parent: tree.RangeTableEntry, referenced: Relation
) -> set[tuple[str, int]]:
    return {
        (own, at)
        for own, theirs in zip(key.columns, key.referenced_columns, strict=True)
        for at in numbers_of(parent, referenced, (theirs,))
    }


def _holds_always(constraint: Constraint) -> bool:
    return (
        constraint.kind == "foreign key"
        and constraint.validated
        and not constraint.deferrable
        and not constraint.temporal
    )


def _may_keep_rows(table: Relation, key: Constraint) -> bool:
    """Whether rows can outlive what they refer to: no one checks, or a trigger or rule can keep
    them from being deleted, or changed, with it."""
    events = {"delete", "update"} if key.follows else {"delete"}
    return (
        table.foreign_keys_unchecked
        or any(
            trigger.row_level
            and trigger.timing == "before"
            and not events.isdisjoint(trigger.events)
            for trigger in table.triggers
        )
        or any(rule.event in ("delete", "update") for rule in table.rules)
    )


def _pairs_of(
    constraint: Constraint,
    child: tree.RangeTableEntry,
    table: Relation,
    parent: tree.RangeTableEntry,
    referenced: Relation,
) -> _Pairs:
    found: _Pairs = set()
    for own, theirs in zip(constraint.columns, constraint.referenced_columns, strict=True):
        ours = numbers_of(child, table, (own,))
        others = numbers_of(parent, referenced, (theirs,))
        found |= set(zip(ours, others, strict=False))
    return found
