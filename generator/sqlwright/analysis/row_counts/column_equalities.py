"""Conditions that make a column equal to something, as unique and foreign keys understand it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass

_BTREE_EQUAL = 3


@dataclass(frozen=True, slots=True)
class Equality:
    """`column = other`, by the equality that a unique index over the column goes by."""

    column: tree.Var
    other: tree.Expr


def conjuncts(condition: tree.Expr | None) -> Iterator[tree.Expr]:
    """The conditions that AND joins."""
    if condition is None:
        return
    if isinstance(condition, tree.BoolExpr) and condition.op == "and":
        for arg in condition.args:
            yield from conjuncts(arg)
    else:
        yield condition


def equalities(catalog: Catalog, condition: tree.Expr) -> Iterator[Equality]:
    """What the condition says of a column by itself; `a = b` says something of both."""
    if not isinstance(condition, tree.OpCall) or condition.kind != "plain":
        return
    if len(condition.args) != 2 or any(isinstance(arg, tree.Collate) for arg in condition.args):
        return
    for this, other in (condition.args, condition.args[::-1]):
        column = bare_column(this)
        if column is not None and goes_by_keys(catalog, column.type, condition):
            yield Equality(column, other)


def bare_column(expr: tree.Expr) -> tree.Var | None:
    """A column, also under a conversion that leaves its bytes alone."""
    while isinstance(expr, tree.Cast) and expr.method == "binary":
        expr = expr.operand
    if not isinstance(expr, tree.Var) or expr.number <= 0:
        return None
    variables = expr.entry.join_vars
    return bare_column(variables[expr.number - 1]) if variables else expr


def goes_by_keys(catalog: Catalog, type_oid: int, condition: tree.OpCall) -> bool:
    """Whether the operator is the equality of the btree family that indexes the type by default:
    another, such as that of a type it is read as, may hold values equal that the index parts."""
    default = catalog.default_operator_class(catalog.base_type(type_oid), "btree")
    return default is not None and any(
        member.method == "btree"
        and member.strategy == _BTREE_EQUAL
        and member.family == default.family
        for member in catalog.family_members(condition.operator.oid)
    )
