"""Which arrays hold no NULL, by what the schema says of their type or column (manual 8.15, 8.18).

A CHECK that finds none among the elements says so. Elements of a domain that is NOT NULL may be
NULL all the same (CREATE DOMAIN, notes): those between an element that an UPDATE sets and the
others, and those that an outer join or a subquery gave. But no NULL is made a value of the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlwright.analysis import tree
from sqlwright.analysis.premises.constants import is_null
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function, is_operator
from sqlwright.catalog.model import Column, Constraint, Relation

Subject = Callable[[tree.Expr], bool]
"""Whether an expression is the array that a CHECK is about."""


def type_forbids_null_elements(catalog: Catalog, oid: int) -> bool:
    """Whether no array of a type, or of what a domain is over, holds NULL."""
    while (found := catalog.get_type(oid)) is not None and found.kind == "domain":
        if any(_check_forbids(check, _is_value) for check in found.constraints):
            return True
        oid = found.base
    return False


def type_refuses_null_elements(catalog: Catalog, oid: int) -> bool:
    """Whether no NULL is taken among the elements where an array is given, or made, as one of this
    type."""
    element = catalog.base_element_type(oid)
    forbids = element != 0 and catalog.forbids_null(element)
    return forbids or type_forbids_null_elements(catalog, oid)


def column_check(table: Relation, column: Column) -> Constraint | None:
    """The CHECK by which no array of a table's column holds NULL, if there is one."""

    def is_column(expr: tree.Expr) -> bool:
        if not isinstance(expr, tree.Var) or expr.number <= 0 or expr.entry.relation is None:
            return False
        source = expr.entry.columns[expr.number - 1].source
        own = expr.entry.relation.oid == table.oid
        return own and source is not None and source.number == column.number

    if table.kind == "foreign table":
        return None
    found = (check for check in table.constraints if _check_forbids(check, is_column))
    return next(found, None)


def tables_forbid_null_elements(tables: Iterable[Relation], name: str) -> bool:
    """Whether by a CHECK of each of several tables, one of which inherits from the next, no array
    in the column of this name holds NULL."""
    return all(
        any(check.kind == "check" for check in table.constraints)
        and any(own.name == name and column_check(table, own) is not None for own in table.columns)
        for table in tables
    )


def condition_forbids_null_elements(condition: tree.Expr, subject: Subject) -> bool:
    """Whether no array that passes the condition holds NULL; `subject` tells the array."""
    return _proves(condition, subject)


def _is_value(expr: tree.Expr) -> bool:
    """VALUE in the CHECK of a domain."""
    return isinstance(expr, tree.Param) and expr.number == 0


def _check_forbids(check: Constraint, subject: Subject) -> bool:
    expr = check.expression
    if check.kind != "check" or not check.validated or not isinstance(expr, tree.Expr):
        return False
    return _proves(expr, subject)


def _proves(expr: tree.Expr, subject: Subject) -> bool:
    """Whether a condition that is true or NULL leaves no NULL in an array that is there."""
    match expr:
        case tree.BoolExpr(op="and", args=args):
            return any(_proves(arg, subject) for arg in args)
        case tree.BoolExpr(op="or", args=args):
            return all(_is_absence(arg, subject) or _proves(arg, subject) for arg in args)
        case tree.BoolExpr(op="not", args=(tree.NullTest(negated=True, operand=operand),)):
            return _looks_for_null(operand, "array_position", subject)
        case tree.NullTest(negated=False, operand=operand):
            return _looks_for_null(operand, "array_position", subject)
        case tree.OpCall(kind="plain", args=(left, right)) if is_operator(expr.operator, "="):
            return any(
                subject(_bare(one)) and _looks_for_null(other, "array_remove", subject)
                for one, other in ((left, right), (right, left))
            )
    return False


def _is_absence(expr: tree.Expr, subject: Subject) -> bool:
    return (
        isinstance(expr, tree.NullTest) and not expr.negated and subject(_bare(expr.operand))
    ) or (isinstance(expr, tree.Const) and (expr.value or "t")[:1] == "f")


def _looks_for_null(expr: tree.Expr, name: str, subject: Subject) -> bool:
    call = _bare(expr)
    return (
        isinstance(call, tree.FuncCall)
        and is_function(call.function, name)
        and len(call.args) == 2
        and subject(_bare(call.args[0]))
        and is_null(call.args[1])
    )


def _bare(expr: tree.Expr) -> tree.Expr:
    while isinstance(expr, tree.Cast | tree.Collate):
        expr = expr.operand
    return expr
