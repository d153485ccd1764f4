"""What a comparison says of COALESCE with constants that stand in for NULL (manual 9.18.2).

`coalesce(note, '') <> ''` is false where the constant stands in, so that `note` is there where it
is true.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts, intersection
from sqlwright.analysis.nullability.logic.comparisons import compared_constants
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.analysis.premises.constants import INTEGERS, is_null
from sqlwright.catalog import oids
from sqlwright.catalog.identity import own_name
from sqlwright.dataclass import replace

_TEXTS = (oids.TEXT, oids.VARCHAR)
_WIDER = {
    oids.INT8: INTEGERS,
    oids.NUMERIC: INTEGERS,
    oids.FLOAT8: (oids.INT2, oids.INT4),
}
"""The types whose integers stay apart in a wider one: some of int8 are one in float8."""


def passed_over(logic: Learning, predicate: tree.Expr, *, outcome: bool) -> Facts:
    """Keys that are not NULL where the predicate has this outcome, since with a constant in their
    place it would have another one."""
    if not isinstance(predicate, tree.OpCall) or predicate.kind != "plain":
        return NOTHING
    if len(predicate.args) != 2:
        return NOTHING
    catalog, name = logic.catalog, own_name(predicate.operator)
    left, right = map(_bare, predicate.args)
    found: Facts = NOTHING
    if isinstance(left, tree.Coalesce):
        other = _constant(right)
        came = [compared_constants(catalog, name, _constant(arg), other) for arg in left.args]
        found |= _of_others(logic, left, came, outcome)
    if isinstance(right, tree.Coalesce):
        other = _constant(left)
        came = [compared_constants(catalog, name, other, _constant(arg)) for arg in right.args]
        found |= _of_others(logic, right, came, outcome)
    return found


def _of_others(
    logic: Learning, expr: tree.Coalesce, came: Sequence[bool | None], outcome: bool
) -> Facts:
    """Keys that are not NULL where one of the arguments was taken whose comparison, of those that
    are known, `came` out so."""
    others = [
        logic.strict_keys(arg)
        for arg, known in zip(expr.args, came, strict=True)
        if not is_null(arg) and known is not (not outcome)
    ]
    return intersection(others)


def _bare(expr: tree.Expr) -> tree.Expr:
    """Without what makes no other value of it: elsewhere a value that stays the same in binary is
    compared in another way, as that of `char(n)` without blanks at its end."""
    while isinstance(expr, tree.Collate) or (
        isinstance(expr, tree.Cast)
        and expr.method == "binary"
        and expr.type in _TEXTS
        and expr.operand.type in _TEXTS
    ):
        expr = expr.operand
    return expr


def _constant(expr: tree.Expr) -> tree.Const | None:
    """The constant that is written, as text or an integer where it comes to that."""
    bare = _bare(expr)
    if isinstance(bare, tree.Cast) and bare.type in _WIDER and bare.method == "function":
        inner = _constant(bare.operand)
        return inner if inner is not None and inner.type in _WIDER[bare.type] else None
    if not isinstance(bare, tree.Const) or bare.value is None:
        return None
    return replace(bare, type=oids.TEXT) if bare.type in _TEXTS else bare
