"""Conditions on a subquery, CTE or view as conditions of the query behind it.

The rows that come out of a query and meet a condition on its columns came from rows that meet it;
so where one row at most can come in, one at most comes out. Of a grouped query this holds for
columns that are the same in all rows of a group, which is what may stand outside of aggregates.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.premises.origins import place_in_output
from sqlwright.analysis.tree.substitution import substituted
from sqlwright.analysis.tree.traversal import returns_set, walk
from sqlwright.catalog.catalog import Catalog

_OF_SEVERAL_ROWS = (tree.Aggregate, tree.WindowCall, tree.Grouping)


def pushed(
    catalog: Catalog,
    entry: tree.RangeTableEntry,
    query: tree.Query,
    conditions: Sequence[tree.Expr],
) -> tuple[tree.Expr, ...]:
    """Those of the conditions on an entry that hold for the rows that the query is made of."""
    if query.command != "select" or query.grouping_sets or query.values:
        return ()

    def column(var: tree.Var) -> tree.Expr | None:
        if var.entry is not entry:
            return var
        at = place_in_output(catalog, entry, var.number)
        if at is None or not 0 <= at < len(query.output):
            return None
        expr = query.output[at].expr
        return None if _is_made_of_several(expr) else expr

    found = (substituted(each, column) for each in conditions)
    return tuple(each for each in found if each is not None)


def of_each_row(having: tree.Expr | None) -> tuple[tree.Expr, ...]:
    """Those of the conditions on groups that hold for each row of a group that comes out."""
    return tuple(each for each in conjuncts(having) if not _is_made_of_several(each))


def _is_made_of_several(expr: tree.Expr) -> bool:
    return returns_set(expr) or any(isinstance(part, _OF_SEVERAL_ROWS) for part in walk(expr))
