"""Which relation's column an output column shows unchanged (RowDescription's table and column)."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """A column of a relation."""

    relation: int
    column: str


def column_origin(expr: tree.Expr) -> Origin | None:
    """The column behind a variable, through subqueries, WITH queries and joins."""
    if not isinstance(expr, tree.Var) or expr.number <= 0:
        return None
    entry = expr.entry
    if entry.relation is not None:
        source = entry.columns[expr.number - 1].source
        return Origin(entry.relation.oid, source.name) if source is not None else None
    if entry.kind == "join" and entry.join_vars:
        return column_origin(entry.join_vars[expr.number - 1])
    query = entry.subquery
    if entry.kind == "cte" and entry.cte is not None:
        query = entry.cte.query if not entry.cte.recursive else None
    return output_origin(query, expr.number - 1) if query is not None else None


def output_origin(query: tree.Query, at: int) -> Origin | None:
    """The column behind an output column. Behind one of a set operation there is one where all of
    its rows come from it; PostgreSQL itself tells of none there."""
    if query.set_operation is not None:
        found = _origins(query.set_operation, at)
        return next(iter(found)) if len(found) == 1 else None
    output = query.output
    return column_origin(output[at].expr) if at < len(output) else None


def _origins(side: tree.SetOperation | tree.Query, at: int) -> frozenset[Origin | None]:
    """What the values of a side may come from; nothing where they are NULL, which tells of none."""
    if isinstance(side, tree.Query):
        return frozenset() if _is_null(side, at) else frozenset((output_origin(side, at),))
    left, right = _origins(side.left, at), _origins(side.right, at)
    if side.op == "except" or (side.op == "intersect" and None not in left):
        return left
    return right if side.op == "intersect" else left | right


def _is_null(query: tree.Query, at: int) -> bool:
    output = query.output
    expr = output[at].expr if at < len(output) else None
    while isinstance(expr, tree.Cast):
        expr = expr.operand
    return isinstance(expr, tree.Const) and expr.value is None
