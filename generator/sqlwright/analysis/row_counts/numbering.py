"""Conditions on what row_number() gives (manual 9.22)."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import bare_column
from sqlwright.analysis.premises.constants import whole_number
from sqlwright.analysis.premises.origins import place_in_output
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function, own_name

_MIRRORED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}
_MOST_OF_FIRST = {"<=": 1, "<": 2}


def numbered_over(
    catalog: Catalog, entry: tree.RangeTableEntry, query: tree.Query, expr: tree.Expr
) -> tree.Window | None:
    """The window of the row_number() that is behind a column of the entry, which stands for the
    query; None if it is something else."""
    column = bare_column(expr)
    if column is None or column.entry is not entry:
        return None
    at = place_in_output(catalog, entry, column.number)
    shown = query.output[at].expr if at is not None and 0 <= at < len(query.output) else None
    if not isinstance(shown, tree.WindowCall) or not is_function(shown.function, "row_number"):
        return None
    return shown.window


def left_first(condition: tree.Expr) -> tree.Expr | None:
    """What a condition lets through only if it is less than 2, as `n <= 1` and `n < 2` do: of the
    numbers of rows that is 1, the first."""
    if not isinstance(condition, tree.OpCall) or condition.kind != "plain":
        return None
    name = own_name(condition.operator)
    if name not in _MIRRORED:
        return None
    left, right = condition.args
    if whole_number(right) is None:
        left, right, name = right, left, _MIRRORED[name]
    most, bound = _MOST_OF_FIRST.get(name), whole_number(right)
    return left if most is not None and bound is not None and bound <= most else None
