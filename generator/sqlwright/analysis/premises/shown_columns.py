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
        query = entry.cte.query
    if query is None or query.set_operation is not None:
        return None
    outputs = query.output
    return column_origin(outputs[expr.number - 1].expr) if expr.number <= len(outputs) else None
