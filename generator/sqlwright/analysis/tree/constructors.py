"""Arrays, rows and subqueries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlwright.analysis.tree.basics import Expr
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.analysis.tree.queries import Query


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ArrayExpr(Expr):
    """ARRAY[...], items already of the element type (of arrays when `multidimensional`)."""

    items: tuple[Expr, ...]
    multidimensional: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RowExpr(Expr):
    """ROW(...); type record until it is coerced to a composite type. `labels` are the
    names of the items by what they show, empty where nothing tells one."""

    items: tuple[Expr, ...]
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SubLink(Expr):
    """A subquery in an expression. For any/all, `tests` are the comparisons, one per column, whose
    right sides are `SubLinkColumn`s: one expression as `make_row_comparison_op` gives it, split
    into its pairs when `combine` is "and" or "or"; "row" keeps a single RowCompare.
    `rowcompare` is `(a, b) op (q)` over a query of at most one row.
    """

    kind: Literal["exists", "scalar", "array", "any", "all", "multi", "rowcompare"]
    query: Query
    tests: tuple[Expr, ...] = ()
    combine: Literal["and", "or", "row"] = "and"
    operator_name: str | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SubLinkColumn(Expr):
    """Stands for column `number` of the subquery inside a SubLink's tests."""

    number: int
