"""A column of a row-valued expression, `(row).name` or `name(row)` (manual 8.16.3, 8.16.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.names.columns import place, scan_ns_item_for_column
from sqlwright.analysis.names.relations import build_ns_item
from sqlwright.analysis.names.rowtypes import row_columns
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState

    Where = nodes.Node | tree.Expr | tuple[int, int] | None


def parse_complex_projection(
    state: ParseState, name: str, row: tree.Expr, where: Where
) -> tree.Expr | None:
    """The column of a row, None if there is none of that name or the row's columns are unknown.

    A column of a whole-row reference is the plain variable.
    """
    if isinstance(row, tree.Var) and row.number == 0:
        return scan_ns_item_for_column(state, _item_of(state, row), name, where)
    columns = row_columns(state.catalog, row)
    for number, column in enumerate(columns or (), 1):
        if column.name == name:
            start, end = place(where)
            return tree.FieldSelect(
                type=column.type,
                modifier=column.modifier,
                operand=row,
                number=number,
                name=name,
                start=start,
                end=end,
            )
    return None


def _item_of(state: ParseState, row: tree.Var) -> NamespaceItem:
    """The item that a whole-row reference came from, whether or not it can be named here."""
    level: ParseState | None = state
    while level is not None:
        for item in level.namespace:
            if item.entry is row.entry and item.returning == row.returning:
                return item
        level = level.parent
    return build_ns_item(row.entry)
