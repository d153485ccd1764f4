"""Which table's column a column of a subquery, CTE or view shows.

All of a SELECT reads one state of the database, so that what holds between rows of tables holds
between the rows that its subqueries show of them. A materialized view shows those of another time.
"""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import bare_column
from sqlwright.analysis.premises.current import current_relation
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """A column of a table's entry. `inner` says that no outer join stands on the way to it."""

    entry: tree.RangeTableEntry
    number: int
    inner: bool = True


def query_behind(catalog: Catalog, entry: tree.RangeTableEntry) -> tree.Query | None:
    """The query of a subquery, of a CTE that is not recursive, or of a view."""
    if entry.kind == "subquery":
        return entry.subquery
    if entry.kind == "cte":
        return entry.cte.query if entry.cte is not None and not entry.cte.recursive else None
    relation = current_relation(catalog, entry)
    if relation is not None and relation.kind == "view" and isinstance(relation.stored, tree.Query):
        return relation.stored
    return None


def traced(catalog: Catalog, column: tree.Var) -> Origin | None:
    """The table's column whose value, in some row of the table, a column shows wherever it is not
    NULL. None if it shows none."""
    if column.entry.kind == "relation" and current_relation(catalog, column.entry) is None:
        return None
    query = query_behind(catalog, column.entry)
    if query is None:
        is_table = column.entry.kind == "relation" and column.number > 0
        return Origin(column.entry, column.number) if is_table else None
    shown = shown_column(catalog, column.entry, column.number, query)
    if shown is None or not reads_rows(query) or query.group_by or query.grouping_sets:
        return None
    found = traced(catalog, shown)
    if found is None:
        return None
    inner = found.inner and all(is_inner(node) for node in query.from_nodes)
    return Origin(found.entry, found.number, inner)


def reads_rows(query: tree.Query) -> bool:
    """Whether a query only selects rows from its FROM."""
    if query.command != "select" or query.locking or query.values:
        return False
    return query.set_operation is None


def shown_column(
    catalog: Catalog, entry: tree.RangeTableEntry, number: int, query: tree.Query
) -> tree.Var | None:
    """The column that the query puts out as column `number` of the entry."""
    at = place_in_output(catalog, entry, number)
    output = query.output
    return bare_column(output[at].expr) if at is not None and 0 <= at < len(output) else None


def place_in_output(catalog: Catalog, entry: tree.RangeTableEntry, number: int) -> int | None:
    """Which output column, from 0, of the query behind an entry its column `number` is."""
    relation = current_relation(catalog, entry)
    if relation is None:
        return number - 1
    source = entry.columns[number - 1].source if number > 0 else None
    if source is None:
        return None
    places = (at for at, each in enumerate(relation.columns) if each.number == source.number)
    return next(places, None)


def is_inner(node: tree.FromNode) -> bool:
    """Whether no outer join stands in an item of FROM."""
    if isinstance(node, tree.FromLeaf):
        return True
    return node.kind == "inner" and is_inner(node.left) and is_inner(node.right)
