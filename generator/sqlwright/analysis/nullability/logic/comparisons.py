"""What two constants come to when they are compared."""

from __future__ import annotations

import operator
from collections.abc import Callable

from sqlwright.analysis import tree
from sqlwright.analysis.premises.constants import INTEGERS, integer_of, may_change
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog

COMPARED: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def compared_constants(
    catalog: Catalog, name: str, left: tree.Const | None, right: tree.Const | None
) -> bool | None:
    """The outcome of a comparison of two constants, None if it is not known."""
    if left is None or right is None or name not in COMPARED:
        return None
    if left.type in INTEGERS and right.type in INTEGERS:
        first, second = integer_of(left), integer_of(right)
        return None if first is None or second is None else COMPARED[name](first, second)
    same = same_constant(catalog, left, right)
    if same is None:
        return None
    if same:
        return COMPARED[name](0, 0)
    return {"=": False, "<>": True}.get(name)


def same_constant(
    catalog: Catalog, left: tree.Const | None, right: tree.Const | None
) -> bool | None:
    """Whether two constants are the same value, None if that is not known. Text that differs
    may be the same to a collation of the user's."""
    if left is None or right is None or left.type != right.type:
        return None
    if may_change(catalog, left) or may_change(catalog, right):
        return None
    if left.type in INTEGERS:
        first, second = integer_of(left), integer_of(right)
        return None if first is None or second is None else first == second
    if left.value == right.value:
        return True
    if left.type == oids.BOOL:
        return (left.value or "")[:1] == (right.value or "")[:1]
    if left.type in (oids.TEXT, oids.VARCHAR):
        return None if catalog.nondeterministic else False
    if left.type == oids.CHAR:
        # Of a longer text the type keeps the first character, or what it spells in octal.
        return False if len(left.value or "") == len(right.value or "") == 1 else None
    return False if catalog.type(left.type).kind == "enum" else None
