"""Whether conditions imply another one, as PostgreSQL's planner proves it of the predicate of a
partial index (predtest.c; manual 11.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.premises.constants import may_change
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.tree.collations import compared_by
from sqlwright.analysis.tree.equality import equal
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_operator
from sqlwright.catalog.model import Function
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

Truths = frozenset[bool | None]
"""Outcomes that a boolean value may have."""

_ALL: Truths = frozenset({True, False, None})
_TRUE: Truths = frozenset({True})
_NUMBERS = (oids.INT2, oids.INT4, oids.INT8, oids.NUMERIC)
_TEXTS = (oids.TEXT, oids.VARCHAR)

_LESS, _LESS_EQUAL, _EQUAL, _GREATER_EQUAL, _GREATER, _DIFFERENT = 1, 2, 3, 4, 5, 6

_IMPLIED: dict[int, dict[int, tuple[int, ...]]] = {
    # What `x op c` says of `x op d`, by how c compares with d: less, equal, greater.
    _EQUAL: {
        _LESS: (-1,),
        _LESS_EQUAL: (-1, 0),
        _EQUAL: (0,),
        _GREATER_EQUAL: (0, 1),
        _GREATER: (1,),
        _DIFFERENT: (-1, 1),
    },
    _LESS: {_LESS: (-1, 0), _LESS_EQUAL: (-1, 0), _DIFFERENT: (-1, 0)},
    _LESS_EQUAL: {_LESS: (-1,), _LESS_EQUAL: (-1, 0), _DIFFERENT: (-1,)},
    _GREATER: {_GREATER: (0, 1), _GREATER_EQUAL: (0, 1), _DIFFERENT: (0, 1)},
    _GREATER_EQUAL: {_GREATER: (1,), _GREATER_EQUAL: (0, 1), _DIFFERENT: (1,)},
    _DIFFERENT: {_DIFFERENT: (0,)},
}


@dataclass(frozen=True, slots=True)
class _Compared:
    """`expr op constant`, by the strategy of a btree family; 6 is its `<>`."""

    expr: tree.Expr
    strategy: int
    family: int
    constant: tree.Const
    collation: str


@dataclass(frozen=True, slots=True)
class Implication:
    """What conditions that are all true prove. `is_not_null` tells expressions that the schema
    keeps from being NULL."""

    catalog: Catalog
    conditions: tuple[tree.Expr, ...]
    is_not_null: Callable[[tree.Expr], bool]

    def proves(self, wanted: tree.Expr) -> bool:
        """Whether `wanted` is true too."""
        match wanted:
            case tree.BoolExpr(op="and"):
                return all(map(self.proves, wanted.args))
            case tree.BoolExpr(op="or") if any(map(self.proves, wanted.args)):
                return True
        if any(self._implies(condition, wanted) for condition in self.conditions):
            return True
        if isinstance(wanted, tree.ArrayOp):
            return any(map(self.proves, _alternatives(wanted)))
        return (
            isinstance(wanted, tree.NullTest)
            and wanted.negated
            and not wanted.row
            and self.is_not_null(wanted.operand)
        )

    def _implies(self, condition: tree.Expr, wanted: tree.Expr) -> bool:
        if equal(condition, wanted):
            return True
        match condition:
            case tree.BoolExpr(op="and"):
                return any(self._implies(each, wanted) for each in condition.args)
            case tree.BoolExpr(op="or"):
                return all(self._proved_by(each, wanted) for each in condition.args)
        alternatives = _alternatives(condition)
        if alternatives:
            return all(self._proved_by(each, wanted) for each in alternatives)
        return (
            self._by_truth(condition, wanted)
            or self._by_order(condition, wanted)
            or self._by_strictness(condition, wanted)
        )

    def _proved_by(self, condition: tree.Expr, wanted: tree.Expr) -> bool:
        """One of several cases, which may prove any part of what is wanted."""
        return Implication(self.catalog, (condition,), self.is_not_null).proves(wanted)

    # Truth values

    def _by_truth(self, condition: tree.Expr, wanted: tree.Expr) -> bool:
        """Of one boolean: `deleted = false`, `NOT deleted`, `deleted IS NOT TRUE`."""
        of, truths = _truths(condition, _TRUE)
        other, allowed = _truths(wanted, _TRUE)
        if of is condition and other is wanted:
            return False
        if not equal(of, other):
            return False
        possible = truths - {None} if self.is_not_null(of) else truths
        return possible <= allowed

    # Comparisons with constants

    def _by_order(self, condition: tree.Expr, wanted: tree.Expr) -> bool:
        for given in self._compared(condition):
            for sought in self._compared(wanted):
                if not equal(given.expr, sought.expr):
                    continue
                if (given.family, given.collation) != (sought.family, sought.collation):
                    continue
                allowed = _IMPLIED[given.strategy].get(sought.strategy, ())
                found = self._order(given.constant, sought.constant)
                if found is not None and found <= set(allowed):
                    return True
        return False

    def _order(self, left: tree.Const, right: tree.Const) -> set[int] | None:
        """How two constants may compare: less, equal, greater; None if that is not known."""
        first, second = _number(left), _number(right)
        if first is not None and second is not None:
            return {(first > second) - (first < second)}
        if left.type != right.type or left.value is None or right.value is None:
            return None
        if may_change(self.catalog, left) or may_change(self.catalog, right):
            return None
        if left.value == right.value:
            return {0}
        found = self.catalog.type(left.type)
        if found.kind == "enum":
            labels = found.labels
            if left.value in labels and right.value in labels:
                at, other = labels.index(left.value), labels.index(right.value)
                return {(at > other) - (at < other)}
            return None
        if left.type in _TEXTS and not self.catalog.nondeterministic:
            return {-1, 1}
        return None

    def _compared(self, expr: tree.Expr) -> Iterator[_Compared]:
        negated = False
        while isinstance(expr, tree.BoolExpr) and expr.op == "not":
            expr, negated = expr.args[0], not negated
        if not isinstance(expr, tree.OpCall) or len(expr.args) != 2:
            return
        if expr.kind == "nullif" or (expr.kind == "distinct" and not negated):
            return
        operator = expr.operator.oid
        if expr.kind == "distinct":
            negated = False
        left, right = expr.args
        if isinstance(left, tree.Const):
            left, right = right, left
            operator = expr.operator.commutator
        if negated:
            known = self.catalog.get_operator(operator)
            operator = known.negator if known is not None else 0
        if not isinstance(right, tree.Const) or right.value is None or not operator:
            return
        collation = compared_by(self.catalog, expr.args)
        for strategy, family in self._strategies(operator):
            yield _Compared(left, strategy, family, right, collation)

    def _strategies(self, operator: int) -> Iterator[tuple[int, int]]:
        members = [each for each in self.catalog.family_members(operator) if each.method == "btree"]
        for member in members:
            yield member.strategy, member.family
        known = self.catalog.get_operator(operator)
        if members or known is None or not known.negator:
            return
        for member in self.catalog.family_members(known.negator):
            if member.method == "btree" and member.strategy == _EQUAL:
                yield _DIFFERENT, member.family

    # IS NOT NULL

    def _by_strictness(self, condition: tree.Expr, wanted: tree.Expr) -> bool:
        if not isinstance(wanted, tree.NullTest) or not wanted.negated or wanted.row:
            return False
        if isinstance(condition, tree.NullTest):
            return condition.negated and self._is_strict_for(condition.operand, wanted.operand)
        return self._is_strict_for(condition, wanted.operand)

    def _is_strict_for(self, expr: tree.Expr, operand: tree.Expr, *, top: bool = True) -> bool:
        """Whether the expression is NULL where the operand is; at the top, not true is enough."""
        if equal(expr, operand):
            return True
        match expr:
            case tree.OpCall(kind="plain") if self._runs_on_values(expr.operator.function):
                parts = expr.args
            case tree.FuncCall() if self._is_strict(expr.function) and not expr.variadic:
                parts = expr.args
            case tree.ArrayOp(use_or=True) if top:
                parts = (expr.left,) if self._runs_on_values(expr.operator.function) else ()
            case tree.Cast() if expr.method != "row":
                strict = expr.function is None or self._is_strict(expr.function)
                parts = (expr.operand,) if strict else ()
            case tree.Collate() | tree.BooleanTest(negated=False, value="true" | "false"):
                parts = (expr.operand,) if top or isinstance(expr, tree.Collate) else ()
            case tree.BoolExpr(op="not"):
                parts = expr.args
            case _:
                parts = ()
        return any(self._is_strict_for(each, operand, top=False) for each in parts)

    def _is_strict(self, function: Function) -> bool:
        return current_function(self.catalog, function).strict

    def _runs_on_values(self, function: int) -> bool:
        found = self.catalog.get_function(function)
        return found is not None and found.strict


def _alternatives(expr: tree.Expr) -> list[tree.Expr]:
    """`x IN (a, b)` as `x = a`, `x = b`."""
    if not isinstance(expr, tree.ArrayOp) or not expr.use_or:
        return []
    array = expr.array
    if not isinstance(array, tree.ArrayExpr) or array.multidimensional:
        return []
    return [
        tree.OpCall(type=oids.BOOL, operator=expr.operator, args=(expr.left, item))
        for item in array.items
    ]


def _truths(expr: tree.Expr, wanted: Truths) -> tuple[tree.Expr, Truths]:
    """The boolean that an expression tests, and what that may be where the expression comes out as
    one of those wanted."""
    match expr:
        case tree.BoolExpr(op="not"):
            swapped = frozenset(None if each is None else not each for each in wanted)
            return _truths(expr.args[0], swapped)
        case tree.BooleanTest():
            of = {"true": True, "false": False, "unknown": None}[expr.value]
            passing = frozenset({of}) if not expr.negated else _ALL - {of}
            return _truths(expr.operand, _either(passing, wanted))
        case tree.NullTest() if expr.operand.type == oids.BOOL:
            passing = _ALL - {None} if expr.negated else frozenset({None})
            return _truths(expr.operand, _either(passing, wanted))
        case tree.OpCall() if expr.kind != "nullif":
            return _compared_truths(expr, wanted)
        case tree.Coalesce(args=(operand, tree.Const() as other)) if operand.type == oids.BOOL:
            of = _truth(other)
            kept = frozenset({True, False}) & wanted
            return _truths(operand, kept | ({None} if of in wanted else frozenset()))
        case _:
            return expr, wanted


def _either(passing: Truths, wanted: Truths) -> Truths:
    """What passes a test that is never NULL, or does not, as is wanted of the test."""
    found: Truths = frozenset()
    if True in wanted:
        found |= passing
    if False in wanted:
        found |= _ALL - passing
    return found


def _compared_truths(expr: tree.OpCall, wanted: Truths) -> tuple[tree.Expr, Truths]:
    if len(expr.args) != 2:
        return expr, wanted
    left, right = expr.args
    if isinstance(left, tree.Const):
        left, right = right, left
    builtin = is_operator(expr.operator, "=", "<>")
    if not isinstance(right, tree.Const) or not builtin:
        return expr, wanted
    if left.type != oids.BOOL or right.type != oids.BOOL or right.value is None:
        return expr, wanted
    constant = _truth(right)
    if expr.kind == "distinct":
        return _truths(left, _either(_ALL - {constant}, wanted))
    equal_to = is_operator(expr.operator, "=")
    outcomes = {each: None if each is None else (each == constant) == equal_to for each in _ALL}
    return _truths(left, frozenset(each for each in _ALL if outcomes[each] in wanted))


def _truth(const: tree.Const) -> bool | None:
    if const.value is None:
        return None
    return const.value.startswith("t")


def _number(const: tree.Const) -> Decimal | None:
    if const.type not in _NUMBERS or const.value is None:
        return None
    from decimal import Decimal, InvalidOperation

    try:
        found = Decimal(const.value.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
