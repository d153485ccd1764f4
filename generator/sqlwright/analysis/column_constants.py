"""Constants that conditions compare columns with: values that rows need for a query to see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.inputs.parameter_uses import strip_casts
from sqlwright.analysis.premises.shown_columns import Origin, column_origin
from sqlwright.analysis.tree.traversal import walk

if TYPE_CHECKING:
    from sqlwright.analysis.tree import Expr, Query


def column_constants(query: Query) -> Iterator[tuple[Origin, str]]:
    """Each column that a condition, a CASE or a join compares with a constant, and its text."""
    for part in walk(query):
        if isinstance(part, tree.OpCall) and len(part.args) == 2:
            yield from _pairs(part.args[0], part.args[1:])
            yield from _pairs(part.args[1], part.args[:1])
        elif isinstance(part, tree.ArrayOp) and isinstance(part.array, tree.ArrayExpr):
            yield from _pairs(part.left, part.array.items)


def _pairs(column: Expr, others: Sequence[Expr]) -> Iterator[tuple[Origin, str]]:
    origin = column_origin(strip_casts(column))
    for other in others if origin is not None else ():
        constant = strip_casts(other)
        if origin is not None and isinstance(constant, tree.Const) and constant.value is not None:
            yield origin, constant.value
