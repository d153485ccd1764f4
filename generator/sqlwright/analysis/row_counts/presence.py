"""Rows that an outer join has extended with NULLs, and conditions that let none of them through.

What PostgreSQL's planner knows as strictness (`find_nonnullable_rels`): a condition that is not
true where all columns of an entry are NULL makes the outer join that could have made them so an
inner one.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.premises.column_equalities import conjuncts
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import replace


def null_without(catalog: Catalog, expr: tree.Expr, entry: int) -> bool:
    """Whether the expression is NULL where the entry of that identity has no row."""
    match expr:
        case tree.Var():
            variables = expr.entry.join_vars
            if 0 < expr.number <= len(variables):
                return null_without(catalog, variables[expr.number - 1], entry)
            return id(expr.entry) == entry
        case tree.Const():
            return expr.value is None
        case tree.Cast() if expr.method != "row":
            strict = expr.function is None or current_function(catalog, expr.function).strict
            return strict and null_without(catalog, expr.operand, entry)
        case tree.Collate() | tree.FieldSelect():
            return null_without(catalog, expr.operand, entry)
        case tree.FuncCall() if not expr.variadic:
            strict = current_function(catalog, expr.function).strict
            return strict and _any(catalog, expr.args, entry)
        case tree.OpCall(kind="nullif"):
            return null_without(catalog, expr.args[0], entry)
        case tree.OpCall(kind="plain") if _is_strict(catalog, expr.operator.function):
            return _any(catalog, expr.args, entry)
        case tree.ArrayOp() if _is_strict(catalog, expr.operator.function):
            return null_without(catalog, expr.array, entry)
        case tree.Coalesce() | tree.MinMax() | tree.BoolExpr():
            return all(null_without(catalog, each, entry) for each in expr.args)
        case _:
            return False


def rejects(catalog: Catalog, condition: tree.Expr, entry: int) -> bool:
    """Whether the condition is not true where the entry has no row."""
    match condition:
        case tree.BoolExpr(op="and"):
            return any(rejects(catalog, each, entry) for each in condition.args)
        case tree.BoolExpr(op="or"):
            return all(rejects(catalog, each, entry) for each in condition.args)
        case tree.BoolExpr(op="not", args=(tree.OpCall(kind="distinct") as distinct,)):
            left, right = distinct.args
            return any(
                null_without(catalog, this, entry) and is_value(other)
                for this, other in ((left, right), (right, left))
            )
        case tree.NullTest(negated=True, row=False):
            return null_without(catalog, condition.operand, entry)
        case tree.BooleanTest():
            known = condition.negated == (condition.value == "unknown")
            return known and null_without(catalog, condition.operand, entry)
        case tree.ArrayOp(use_or=True) if _is_strict(catalog, condition.operator.function):
            return any(
                null_without(catalog, each, entry) for each in (condition.left, condition.array)
            )
        case tree.SubLink(kind="any" | "rowcompare", combine="and"):
            return any(null_without(catalog, each, entry) for each in condition.tests)
        case tree.Const():
            return condition.value is None or condition.value.startswith("f")
        case _:
            return null_without(catalog, condition, entry)


def is_value(expr: tree.Expr) -> bool:
    """Whether the expression is a constant that is not NULL."""
    while isinstance(expr, tree.Cast) and expr.method in ("binary", "length"):
        expr = expr.operand
    return isinstance(expr, tree.Const) and expr.value is not None


def reduced(
    catalog: Catalog, node: tree.FromNode, above: Sequence[tree.Expr], present: int = 0
) -> tree.FromNode:
    """The node with those outer joins made inner ones whose extended rows the conditions `above` do
    not let through, or which have no row of the entry `present`."""
    if isinstance(node, tree.FromLeaf):
        return node

    def is_there(side: tree.FromNode) -> bool:
        return any(
            id(each) == present or any(rejects(catalog, part, id(each)) for part in above)
            for each in entries_of(side)
        )

    kind = node.kind
    if kind in ("left", "full") and is_there(node.right):
        kind = "inner" if kind == "left" else "right"
    if kind in ("right", "full") and is_there(node.left):
        kind = "inner" if kind == "right" else "left"
    here = (*above, *conjuncts(node.condition))
    left = reduced(catalog, node.left, here if kind in ("inner", "right") else above, present)
    right = reduced(catalog, node.right, here if kind in ("inner", "left") else above, present)
    return replace(node, kind=kind, left=left, right=right)


def _any(catalog: Catalog, exprs: Sequence[tree.Expr], entry: int) -> bool:
    return any(null_without(catalog, each, entry) for each in exprs)


def _is_strict(catalog: Catalog, function: int) -> bool:
    found = catalog.get_function(function)
    return found is not None and found.strict
