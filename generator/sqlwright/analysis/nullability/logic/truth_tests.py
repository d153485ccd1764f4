"""What tests of a value say of it: for NULL, for truth, for being distinct, of the elements of an
array."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts, intersection, union, var_key
from sqlwright.analysis.nullability.logic.constants import is_constant
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.analysis.premises.constants import is_null


def present(logic: Learning, test: tree.NullTest) -> Facts:
    """IS NOT NULL came out true; of a row that means every column (manual 9.2)."""
    operand = test.operand
    if not test.row:
        return logic.strict_keys(operand)
    if isinstance(operand, tree.RowExpr):
        return union(map(logic.strict_keys, operand.items))
    if isinstance(operand, tree.Var) and operand.number == 0:
        columns = range(len(operand.entry.columns) + 1)
        return frozenset(var_key(operand.entry, at, operand.returning) for at in columns)
    return logic.strict_keys(operand)


def not_all_null(logic: Learning, test: tree.NullTest) -> Facts:
    """IS NULL came out false: the value is there, though columns of a row may be NULL."""
    operand = test.operand
    return NOTHING if isinstance(operand, tree.RowExpr) else logic.strict_keys(operand)


def array_facts(logic: Learning, test: tree.ArrayOp, *, decided: bool) -> Facts:
    """`decided`: one comparison decided the outcome, so it was made. Otherwise the outcome may
    be that of an empty array (`x = ANY ('{}')` is false and `x <> ALL ('{}')` true for any x,
    NULL too), unless the array is written out with items; all of those were compared then."""
    if not logic.is_strict(test.operator):
        return NOTHING
    array = logic.strict_keys(test.array)
    if decided:
        return array | logic.strict_keys(test.left)
    if isinstance(test.array, tree.ArrayExpr) and not test.array.multidimensional:
        items = union(map(logic.strict_keys, test.array.items))
        return array | items | (logic.strict_keys(test.left) if test.array.items else NOTHING)
    return array


def case_facts(logic: Learning, case: tree.Case) -> Facts:
    """A branch whose result is true was taken: its condition was true as well."""
    taken = [
        logic.true_facts(branch.condition) | logic.true_facts(branch.result)
        for branch in case.branches
        if not is_constant(branch.result, "f", None)
    ]
    if case.default is not None and not is_constant(case.default, "f", None):
        taken.append(logic.true_facts(case.default))
    return logic.strict_keys(case) | intersection(taken)


def boolean_test(logic: Learning, test: tree.BooleanTest, *, outcome: bool) -> Facts:
    """IS [NOT] TRUE, FALSE or UNKNOWN came out this way."""
    if test.value == "unknown":
        known = test.negated == outcome
        return logic.strict_keys(test.operand) if known else NOTHING
    if test.negated == outcome:
        # IS NOT TRUE being true, or IS TRUE being false, leaves NULL possible.
        return NOTHING
    source: Callable[[tree.Expr], Facts] = (
        logic.true_facts if test.value == "true" else logic.false_facts
    )
    return source(test.operand)


def distinct_facts(logic: Learning, test: tree.OpCall, *, distinct: bool) -> Facts:
    """`x IS DISTINCT FROM NULL` says x is not NULL; so does being the same as a constant."""
    for this, other in (test.args, test.args[::-1]):
        if distinct and is_null(other):
            return logic.strict_keys(this)
        if not distinct and isinstance(other, tree.Const) and other.value is not None:
            return logic.strict_keys(this)
    return NOTHING


def all_true(link: tree.SubLink) -> tuple[tree.Expr, ...]:
    """The comparisons that were all made, and not NULL, where the row test came out true: every
    one joined by AND, the first of an order comparison of rows, a single one."""
    if link.combine == "row":
        return link.tests[:1]
    return link.tests if link.combine == "and" or len(link.tests) == 1 else ()
