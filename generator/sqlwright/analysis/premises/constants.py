"""Values that are written out: NULL, whole numbers, labels."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.literals.numbers import read_integer
from sqlwright.analysis.state.refusal import RefusalError
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.patterns import pattern

INTEGERS = (oids.INT2, oids.INT4, oids.INT8)
_NUMBERS = (*INTEGERS, oids.NUMERIC)
_BITS = 64

_DAY = r"\d{4}-\d\d-\d\d"
_HOUR = r"\d\d:\d\d(:\d\d(\.\d+)?)?"
_ZONE = r"( ?[+-]\d\d(:?\d\d)?|Z)"
_INFINITY = r"-?infinity"
_PLAIN = {
    oids.DATE: pattern(rf"{_DAY}|{_INFINITY}"),
    oids.TIME: pattern(_HOUR),
    oids.TIMESTAMP: pattern(rf"{_DAY}([ T]{_HOUR})?|{_INFINITY}"),
    oids.TIMESTAMPTZ: pattern(rf"{_DAY}[ T]{_HOUR}{_ZONE}|{_INFINITY}"),
    oids.INTERVAL: pattern(r"(\d+ ?[a-z]+ ?)+"),
    oids.OID: pattern(r"\d+"),
}
"""Texts that mean the same under every setting, of types of which others do not (manual 8.5). An
OID may be that of what is named."""


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
    """The integer that a constant is. `'authors'::regclass::integer` is written as a name."""
    if const.type not in INTEGERS or const.value is None:
        return None
    try:
        return read_integer("bigint", _BITS, const.value)
    except RefusalError:
        return None


def is_renamed(catalog: Catalog, const: tree.Const) -> bool:
    """Whether a label of an enum is written, or an array of such, that has been renamed. Views and
    constraints that were made before keep the value, which has another label now (manual, ALTER
    TYPE); what is written afterwards with the old label means another value."""
    renamed = catalog.type(catalog.base_element_type(const.type) or const.type).renamed
    return bool(renamed) and (const.value in renamed or catalog.is_array(const.type))


def may_change(catalog: Catalog, const: tree.Const) -> bool:
    """Whether the same text may mean another value elsewhere in the schema or the queries: a label
    that has been renamed, or what the day, or a setting such as TimeZone, decides as it is read."""
    if const.value is None or const.type == oids.UNKNOWN:
        return False
    if is_renamed(catalog, const):
        return True
    plain = _PLAIN.get(catalog.base_type(const.type))
    if plain is not None:
        return plain.fullmatch(const.value) is None
    return not catalog.memo.once(("read alike", const.type), _is_read_alike, catalog, const.type)


def _is_read_alike(catalog: Catalog, oid: int) -> bool:
    """Whether nothing but the text decides which value of a type it is: the function that reads
    it is immutable (manual, CREATE TYPE), or those of its parts."""
    found = catalog.type(oid)
    if found.kind == "enum":
        return True
    inner = catalog.base_element_type(oid) or found.subtype or found.base
    if inner:
        return _is_read_alike(catalog, inner)
    return any(
        function.volatility == "immutable"
        for name in (f"{found.name}in", f"{found.name}_in")
        for function in catalog.functions_named((found.schema, name))
        if function.result == oid
    )


def _keeps_numbers(cast: tree.Cast) -> bool:
    return (
        cast.method == "function"
        and cast.modifier == -1
        and cast.type in _NUMBERS
        and cast.operand.type in _NUMBERS
    )
