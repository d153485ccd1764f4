"""UNION of two queries of which one has rows only where the other has none.

`SELECT ... FROM updated UNION ALL SELECT ... WHERE NOT EXISTS (SELECT FROM updated)` is a common
way to say "the row that was written, or else the one that is there"; so is `id NOT IN (SELECT id
FROM updated)` where both are of one id. "The row that is there, or else a new one" has the
condition in the query that is inserted: `INSERT ... SELECT ... WHERE NOT EXISTS (SELECT FROM old)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import (
    bare_column,
    comparisons,
    conjuncts,
    goes_by_type,
)
from sqlwright.analysis.premises.constants import may_change
from sqlwright.analysis.premises.current import current_relation
from sqlwright.analysis.premises.interception import returns_own_rows, updates_intercepted
from sqlwright.analysis.premises.origins import place_in_output, query_behind
from sqlwright.analysis.tree.collations import is_exact
from sqlwright.analysis.tree.equality import equal
from sqlwright.catalog.catalog import Catalog

_DEEPEST = 8


def exclude_each_other(catalog: Catalog, left: tree.Query, right: tree.Query) -> bool:
    """Whether at most one of two queries yields rows."""
    return _waits_for(catalog, left, right) or _waits_for(catalog, right, left)


def _waits_for(catalog: Catalog, query: tree.Query, other: tree.Query) -> bool:
    """Whether a query yields rows only where a CTE that the other one reads has none, or none of
    the same key."""
    if not _only_filters(other):
        return False
    read = {id(entry.cte) for entry in _joined(other) if entry.kind == "cte"} - {id(None)}
    for within, link in _absences(catalog, query):
        cte = _whole_cte(link.query)
        if cte is None or id(cte) not in read:
            continue
        if link.kind == "exists" or _compares_one_value(catalog, within, link):
            return True
    return False


def _absences(catalog: Catalog, query: tree.Query) -> Iterator[tuple[tree.Query, tree.SubLink]]:
    """The subqueries that find nothing where a query yields a row, by its own conditions and those
    of the queries that its rows come from, with the query that each stands in."""
    if query.command == "insert" and query.source is not None:
        if returns_own_rows(catalog, query, "insert"):
            yield from _absences(catalog, query.source)
        return
    if not _only_filters(query):
        return
    for part in conjuncts(query.where):
        if isinstance(part, tree.BoolExpr) and part.op == "not":
            (link,) = part.args
            if isinstance(link, tree.SubLink):
                yield query, link
    for entry in _joined(query):
        behind = query_behind(catalog, entry)
        if behind is not None:
            yield from _absences(catalog, behind)


def _only_filters(query: tree.Query) -> bool:
    aggregates = query.has_aggregates or query.group_by or query.grouping_sets or query.having
    return query.command == "select" and not (aggregates or query.set_operation or query.values)


def _joined(query: tree.Query) -> Iterator[tree.RangeTableEntry]:
    """The entries that have a row in every row of FROM."""
    waiting = list(query.from_nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, tree.FromLeaf):
            yield node.entry
        else:
            waiting += [node.left] if node.kind in ("inner", "left") else []
            waiting += [node.right] if node.kind in ("inner", "right") else []


def _whole_cte(query: tree.Query) -> tree.CommonTable | None:
    """The CTE of which a query reads every row."""
    if not _only_filters(query) or query.where is not None or len(query.from_nodes) != 1:
        return None
    if query.limit is not None or query.offset is not None or query.has_set_returning:
        return None
    (node,) = query.from_nodes
    return node.entry.cte if isinstance(node, tree.FromLeaf) else None


def _compares_one_value(catalog: Catalog, query: tree.Query, link: tree.SubLink) -> bool:
    """Whether `x NOT IN (SELECT y ...)` compares two things that are equal to the same value."""
    if link.kind != "any" or len(link.tests) != 1:
        return False
    (test,) = link.tests
    for found in comparisons(catalog, link):
        if not goes_by_type(catalog, found, found.this):
            continue
        shown = link.query.output[0].expr
        for value in _fixed_to(catalog, query, found.this, _DEEPEST):
            if any(equal(value, each) for each in _fixed_to(catalog, link.query, shown, _DEEPEST)):
                return isinstance(test, tree.OpCall)
    return False


def _fixed_to(
    catalog: Catalog, query: tree.Query, expr: tree.Expr, deep: int
) -> Iterator[tree.Expr]:
    """Parameters and constants that the expression is equal to in every row of the query."""
    column = bare_column(expr)
    if column is None or deep == 0:
        return
    conditions = list(conjuncts(query.where))
    conditions += [part for node in query.from_nodes for part in _inner_conditions(node)]
    if _is_kept(catalog, query, column):
        for condition in conditions:
            for found in comparisons(catalog, condition):
                own = bare_column(found.this)
                if own is None or own.entry is not column.entry or own.number != column.number:
                    continue
                if found.null_safe or not is_exact(catalog, found.collation):
                    continue
                if not goes_by_type(catalog, found, column):
                    continue
                if _is_known(catalog, found.other):
                    yield found.other
                else:
                    yield from _behind(catalog, found.other, deep - 1)
    yield from _behind(catalog, column, deep - 1)


def _is_known(catalog: Catalog, expr: tree.Expr) -> bool:
    """Whether it is the same value wherever it is written, in a view as well."""
    if isinstance(expr, tree.Const):
        return not may_change(catalog, expr)
    return isinstance(expr, tree.Param)


def _behind(catalog: Catalog, expr: tree.Expr, deep: int) -> Iterator[tree.Expr]:
    """What the column of a subquery, CTE or view is equal to by the query behind it."""
    column = bare_column(expr)
    query = query_behind(catalog, column.entry) if column is not None else None
    if column is None or query is None or query.set_operation is not None or query.values:
        return
    if query.has_aggregates or query.group_by or query.grouping_sets:
        return
    at = place_in_output(catalog, column.entry, column.number)
    if at is not None and 0 <= at < len(query.output):
        yield from _fixed_to(catalog, query, query.output[at].expr, deep)


def _is_kept(catalog: Catalog, query: tree.Query, column: tree.Var) -> bool:
    """Whether a column that comes out is as the conditions have seen it: not one that an update
    assigns, or a trigger may change."""
    target = query.target_entry
    if query.command == "select":
        return True
    if query.command not in ("update", "delete") or target is None:
        return False
    if query.command == "delete" or column.entry is not target:
        return column.returning is None
    assigned = {each.column.number for each in query.assignments}
    source = target.columns[column.number - 1].source
    relation = current_relation(catalog, target)
    if relation is None or relation.kind not in ("table", "partitioned table"):
        return False
    if source is None or source.number in assigned or column.returning is not None:
        return False
    return source.generated is None and not updates_intercepted(catalog, target)


def _inner_conditions(node: tree.FromNode) -> Iterator[tree.Expr]:
    if isinstance(node, tree.FromJoin) and node.kind == "inner":
        yield from conjuncts(node.condition)
        yield from _inner_conditions(node.left)
        yield from _inner_conditions(node.right)
