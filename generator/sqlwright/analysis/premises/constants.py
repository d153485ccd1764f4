"""Values that are written out: NULL, whole numbers, labels."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.literals.numbers import read_integer
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog

INTEGERS = (oids.INT2, oids.INT4, oids.INT8)
_NUMBERS = (*INTEGERS, oids.NUMERIC)
_BITS = 64


def is_null(expr: tree.Expr) -> bool:
    """Whether the expression is the constant NULL, of whatever type. A cast by a function that is
    called on NULL may make a value of it."""
    while isinstance(expr, tree.Cast | tree.Collate):
        if isinstance(expr, tree.Cast) and expr.function is not None and not expr.function.strict:
            return False
        expr = expr.operand
    return isinstance(expr, tree.Const) and expr.value is None


def whole_number(expr: tree.Expr) -> int | None:
    """The integer that an expression is written as, None if it is not known to be one. A cast to
    another size keeps it, or is an error; one to `numeric(3, -1)` rounds, one to `bit(3)` cuts."""
    while isinstance(expr, tree.Cast) and _keeps_numbers(expr):
        expr = expr.operand
    return integer_of(expr) if isinstance(expr, tree.Const) else None


def integer_of(const: tree.Const) -> int | None:
    """The integer that a constant is."""
    if const.type not in INTEGERS or const.value is None:
        return None
    return read_integer("bigint", _BITS, const.value)


def is_renamed(catalog: Catalog, const: tree.Const) -> bool:
    """Whether a label of an enum is written, or an array of such, that has been renamed. Views and
    constraints that were made before keep the value, which has another label now (manual, ALTER
    TYPE); what is written afterwards with the old label means another value."""
    renamed = catalog.type(catalog.base_element_type(const.type) or const.type).renamed
    return bool(renamed) and (const.value in renamed or catalog.is_array(const.type))


def _keeps_numbers(cast: tree.Cast) -> bool:
    return (
        cast.method == "function"
        and cast.modifier == -1
        and cast.type in _NUMBERS
        and cast.operand.type in _NUMBERS
    )
