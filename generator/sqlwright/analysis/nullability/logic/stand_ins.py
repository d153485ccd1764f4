"""What a comparison says of COALESCE with constants that stand in for NULL (manual 9.18.2).

`coalesce(note, '') <> ''` is false where the constant stands in, so that `note` is there where it
is true.
"""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts, intersection
from sqlwright.analysis.nullability.logic.comparisons import INTEGERS, compared_constants
from sqlwright.analysis.nullability.logic.constants import is_null
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.catalog import oids
from sqlwright.catalog.identity import own_name
from sqlwright.dataclass import replace

_TEXTS = (oids.TEXT, oids.VARCHAR)
_WIDER = (oids.INT8, oids.NUMERIC, oids.FLOAT8)
"""What every integer constant is the same number in."""


def passed_over(logic: Learning, predicate: tree.Expr, *, outcome: bool) -> Facts:
    """Keys that are not NULL where the predicate has this outcome, since with a constant in their
    place it would have another one."""
    if not isinstance(predicate, tree.OpCall) or predicate.kind != "plain":
        return NOTHING
    if len(predicate.args) != 2:
        return NOTHING
    left, right = map(_bare, predicate.args)
    found: Facts = NOTHING
    for side in (left, right):
        if isinstance(side, tree.Coalesce):
            parts = [
                arg
                for arg in side.args
                if not is_null(arg)
                and _compared(
                    logic,
                    predicate,
                    arg if side is left else left,
                    arg if side is right else right,
                )
                is not (not outcome)
            ]
            found |= intersection(map(logic.strict_keys, parts))
    return found


def _compared(logic: Learning, call: tree.OpCall, left: tree.Expr, right: tree.Expr) -> bool | None:
    """What a comparison of constants comes to, None if it is none or that is not known."""
    name = own_name(call.operator)
    return compared_constants(logic.catalog, name, _constant(left), _constant(right))


def _bare(expr: tree.Expr) -> tree.Expr:
    """Without what makes no other value of it."""
    while isinstance(expr, tree.Collate) or (
        isinstance(expr, tree.Cast) and expr.method == "binary"
    ):
        expr = expr.operand
    return expr


def _constant(expr: tree.Expr) -> tree.Const | None:
    """The constant that is written, as text or an integer where it comes to that."""
    bare = _bare(expr)
    if isinstance(bare, tree.Cast) and bare.type in _WIDER and bare.method == "function":
        inner = _constant(bare.operand)
        return inner if inner is not None and inner.type in INTEGERS else None
    if not isinstance(bare, tree.Const) or bare.value is None:
        return None
    return replace(bare, type=oids.TEXT) if bare.type in _TEXTS else bare
