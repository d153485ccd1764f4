"""Where a row is sure to find the row that it refers to, or itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.logic.constants import is_true
from sqlwright.analysis.nullability.logic.joins import Proofs
from sqlwright.analysis.nullability.sources.tables import plain_column
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.premises.current import current_relation
from sqlwright.analysis.premises.foreign_keys import all_of, follow_keys, keeps_all, referencing
from sqlwright.analysis.premises.origins import query_behind, traced
from sqlwright.analysis.row_counts.dependencies import references
from sqlwright.analysis.row_counts.limits import all_pass
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.catalog.catalog import Catalog

_Columns = tuple[tree.Var, ...]


def is_rechecked(judge: Judge, query: tree.Query, parent: Scope | None) -> bool:
    """Whether rows that a query sees may be newer than the statement's snapshot: those that it, or
    a query that it is a part of, locks (manual 13.2.1), and what a function sees in the middle of a
    statement that writes."""
    return query.locking or judge.amid_writes or (parent is not None and parent.rechecked)


def proofs(judge: Judge, query: tree.Query, *, rechecked: bool) -> Proofs:
    """What the joins of a query may rest on. Foreign keys hold between rows of one snapshot: they
    say nothing of rows that are written, or may be seen in a version newer than their match."""
    one_snapshot = query.command == "select" and not rechecked

    def referring(entry: tree.RangeTableEntry, condition: tree.Expr | None) -> Iterator[_Columns]:
        if not one_snapshot:
            return
        if columns := referencing(judge.catalog, entry, condition):
            yield columns
        if entry.kind == "subquery" and entry.subquery is not None and is_true(condition):
            yield from _looked_up_by(judge.catalog, entry.subquery)

    return Proofs(referring, lambda column: _is_there(judge, column), judge.rows.item_has_a_row)


def keys_to(
    judge: Judge, entry: tree.RangeTableEntry, condition: tree.Expr | None, owner: Scope
) -> Iterable[_Columns]:
    """The columns that refer to an entry by a foreign key along which a query joins it."""
    return proofs(judge, owner.query, rechecked=owner.rechecked).referring(entry, condition)


def finds_parent(judge: Judge, query: tree.Query, around: Scope) -> bool:
    """Whether a subquery looks up, by a foreign key, the row that a row around it refers to, joined
    or not with what always goes with that."""
    only_reads = all(scope.query.command == "select" for scope in around.chain())
    if not only_reads or is_rechecked(judge, query, around):
        return False
    return any(
        not any(judge.verdict(column, around).nullable for column in columns)
        for columns in _looked_up_by(judge.catalog, query)
    )


def _looked_up_by(catalog: Catalog, query: tree.Query) -> Iterator[_Columns]:
    """The columns of rows around a query by which it looks up the row that they refer to: where
    none of them is NULL it has a row. Each tuple is a proof of its own."""
    plain = query.command == "select" and not query.group_by and not query.has_aggregates
    if not plain or query.locking or not all_pass(query) or query.having or query.set_operation:
        return
    if query.has_set_returning or query.grouping_sets:
        return
    own = {id(entry) for node in query.from_nodes for entry in entries_of(node)}
    if len(query.from_nodes) != 1:
        yield from _looked_up_in_a_list(catalog, query, own)
        return
    (node,) = query.from_nodes
    for entry in entries_of(node):
        columns = referencing(catalog, entry, query.where)
        if columns and id(columns[0].entry) not in own and keeps_all(catalog, node, entry):
            yield columns
    if isinstance(node, tree.FromLeaf) and node.entry.kind in ("subquery", "cte"):
        inside = query_behind(catalog, node.entry)
        if inside is not None and query.where is None:
            yield from _looked_up_by(catalog, inside)


def _looked_up_in_a_list(
    catalog: Catalog, query: tree.Query, own: Collection[int]
) -> Iterator[_Columns]:
    """The same of a list of tables, of which WHERE finds one from around, and the others along the
    keys of those found, and asks nothing else."""
    leaves = [node.entry for node in query.from_nodes if isinstance(node, tree.FromLeaf)]
    if not leaves or len(leaves) < len(query.from_nodes):
        return
    about = [(part, references(part, own)) for part in conjuncts(query.where)]
    for first in leaves:
        others = [each for each in leaves if each is not first]
        rest = [(part, entries) for part, entries in about if entries != {id(first)}]
        condition = all_of([part for part, entries in about if entries == {id(first)}])
        columns = referencing(catalog, first, condition)
        outside = bool(columns) and id(columns[0].entry) not in own
        if outside and follow_keys(catalog, first, others, rest):
            yield columns


def _is_there(judge: Judge, column: tree.Var) -> bool:
    """Whether a column, which may be a subquery's, is never NULL, joins around left aside."""
    origin = traced(judge.catalog, column)
    if origin is None or not origin.inner:
        return False
    relation = current_relation(judge.catalog, origin.entry)
    if relation is None or relation.kind not in ("table", "partitioned table"):
        return False
    return not plain_column(judge, origin.entry, origin.number).nullable
