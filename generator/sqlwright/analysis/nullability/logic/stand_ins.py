"""What a comparison says of constants that COALESCE or CASE puts in the place of NULL (manual
9.18).

`coalesce(note, '') <> ''` is false where the constant stands in, so that `note` is there where it
is true; so are `length(coalesce(note, '')) > 0`, `coalesce(note, '') LIKE 'a%'` and
`coalesce(points, 0) + 1 > 1`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from itertools import product

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts, intersection
from sqlwright.analysis.nullability.logic.comparisons import COMPARED, compared_constants
from sqlwright.analysis.nullability.logic.folding import folded
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.analysis.nullability.logic.text_patterns import MATCHING, matched_constants
from sqlwright.analysis.premises.constants import INTEGERS, integer_of, is_null
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import own_name
from sqlwright.dataclass import replace

_STAND_IN = (tree.Coalesce, tree.Case, tree.FuncCall, tree.OpCall)
"""What may put a constant in the place of NULL, or be made of what does."""

_COUNTED: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_MOST_ALTERNATIVES = 8
_EXACT = 2**53
"""Up to this one, whole numbers stay apart in every type."""

_Alternative = tuple[Facts, tree.Const | None]

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
    if not (name in COMPARED or name in MATCHING) or not logic.is_strict(predicate.operator):
        return NOTHING
    left, right = map(_bare, predicate.args)
    found: Facts = NOTHING
    for this, other, swapped in ((left, right, False), (right, left, True)):
        if type(this) not in _STAND_IN:
            continue  # as most are columns and constants
        known, taken = _constant(other), []
        for facts, constant in _alternatives(logic, this):
            pair = (known, constant) if swapped else (constant, known)
            if _outcome(catalog, name, *pair) is not (not outcome):
                taken.append(facts)
        found |= intersection(taken)
    return found


def _outcome(
    catalog: Catalog, name: str, left: tree.Const | None, right: tree.Const | None
) -> bool | None:
    if name in MATCHING:
        return matched_constants(catalog, name, left, right)
    return compared_constants(catalog, name, left, right)


def _alternatives(logic: Learning, expr: tree.Expr) -> Iterator[_Alternative]:
    """The values, NULL apart, that an expression may have taken: what holds if it has taken each,
    and the constant that it then is, as far as that is known."""
    match _bare(expr):
        case tree.Coalesce(args=args):
            for arg in args:
                if not is_null(arg):
                    yield logic.strict_keys(arg), _constant(arg)
        case tree.Case() as case:
            yield from _of_branches(logic, case)
        case tree.FuncCall(args=(arg,)) as call if logic.runs_strictly(call.function):
            for facts, constant in _alternatives(logic, arg):
                yield facts, folded(call, constant)
        case tree.OpCall(kind="plain", args=(left, right)) as call:
            yield from _of_operation(logic, call, left, right)


def _of_operation(
    logic: Learning, call: tree.OpCall, left: tree.Expr, right: tree.Expr
) -> Iterator[_Alternative]:
    """What a sum, difference or product of whole numbers comes to for each value that its operands
    may have taken; nothing if none of them is a stand-in."""
    count = _COUNTED.get(own_name(call.operator))
    if count is None or not logic.is_strict(call.operator):
        return
    if not any(type(_bare(each)) in _STAND_IN for each in (left, right)):
        return
    sides = [list(_alternatives(logic, each)) or [_as_it_is(logic, each)] for each in (left, right)]
    if len(sides[0]) * len(sides[1]) > _MOST_ALTERNATIVES:
        return
    for (facts, one), (more, other) in product(*sides):
        yield facts | more, _counted(count, one, other)


def _as_it_is(logic: Learning, expr: tree.Expr) -> _Alternative:
    return logic.strict_keys(expr), _constant(expr)


def _counted(
    count: Callable[[int, int], int], left: tree.Const | None, right: tree.Const | None
) -> tree.Const | None:
    first = None if left is None else integer_of(left)
    second = None if right is None else integer_of(right)
    if first is None or second is None:
        return None
    found = count(first, second)
    return tree.Const(type=oids.INT8, value=str(found)) if abs(found) < _EXACT else None


def _of_branches(logic: Learning, case: tree.Case) -> Iterator[_Alternative]:
    """The branch before was not taken: its condition was false, if it is one that is never NULL."""
    before: Facts = NOTHING
    for branch in case.branches:
        if not is_null(branch.result):
            taken = logic.true_facts(branch.condition) | logic.strict_keys(branch.result)
            yield before | taken, _constant(branch.result)
        if _is_test(branch.condition):
            before |= logic.false_facts(branch.condition)
    if case.default is not None and not is_null(case.default):
        yield before | logic.strict_keys(case.default), _constant(case.default)


def _is_test(condition: tree.Expr) -> bool:
    """Whether a condition is true or false, and never NULL."""
    match condition:
        case tree.BoolExpr(args=args):
            return all(map(_is_test, args))
        case tree.NullTest() | tree.BooleanTest() | tree.OpCall(kind="distinct"):
            return True
        case _:
            return isinstance(condition, tree.SubLink) and condition.kind == "exists"


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
