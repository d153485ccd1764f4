"""Where a row is sure to find the row that it refers to, or itself."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.logic.joins import Proofs
from sqlwright.analysis.nullability.sources.tables import plain_column
from sqlwright.analysis.premises.current import current_relation
from sqlwright.analysis.premises.foreign_keys import keeps_all, referencing
from sqlwright.analysis.premises.origins import traced
from sqlwright.analysis.tree.from_items import entries_of


def is_rechecked(judge: Judge, query: tree.Query, parent: Scope | None) -> bool:
    """Whether rows that a query sees may be newer than the statement's snapshot: those that it, or
    a query that it is a part of, locks (manual 13.2.1), and what a function sees in the middle of a
    statement that writes."""
    return query.locking or judge.amid_writes or (parent is not None and parent.rechecked)


def proofs(judge: Judge, query: tree.Query, *, rechecked: bool) -> Proofs:
    """What the joins of a query may rest on. Foreign keys hold between rows of one snapshot: they
    say nothing of rows that are written, or may be seen in a version newer than their match."""
    one_snapshot = query.command == "select" and not rechecked

    def referring(entry: tree.RangeTableEntry, condition: tree.Expr | None) -> tuple[tree.Var, ...]:
        return referencing(judge.catalog, entry, condition) if one_snapshot else ()

    return Proofs(referring, lambda column: _is_there(judge, column), judge.rows.item_has_a_row)


def finds_parent(judge: Judge, query: tree.Query, around: Scope) -> bool:
    """Whether a subquery looks up, by a foreign key, the row that a row around it refers to, joined
    or not with what always goes with that."""
    plain = query.command == "select" and not query.group_by and not query.has_aggregates
    if not plain or query.limit or query.offset or query.having or query.set_operation:
        return False
    if len(query.from_nodes) != 1 or query.has_set_returning or query.grouping_sets:
        return False
    (node,) = query.from_nodes
    only_reads = all(scope.query.command == "select" for scope in around.chain())
    if not only_reads:
        return False
    referring = proofs(judge, query, rechecked=is_rechecked(judge, query, around)).referring
    own = set(map(id, entries_of(node)))
    for entry in entries_of(node):
        columns = referring(entry, query.where)
        if not columns or id(columns[0].entry) in own:
            continue
        there = not any(judge.verdict(column, around).nullable for column in columns)
        if there and keeps_all(judge.catalog, node, entry):
            return True
    return False


def _is_there(judge: Judge, column: tree.Var) -> bool:
    """Whether a column, which may be a subquery's, is never NULL, joins around left aside."""
    origin = traced(judge.catalog, column)
    if origin is None or not origin.inner:
        return False
    relation = current_relation(judge.catalog, origin.entry)
    if relation is None or relation.kind not in ("table", "partitioned table"):
        return False
    return not plain_column(judge, origin.entry, origin.number).nullable
