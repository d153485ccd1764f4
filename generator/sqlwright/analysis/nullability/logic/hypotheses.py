"""What a condition comes to, in Kleene's three-valued logic, where some values are supposed to be
NULL and others are known.

The answer is a set of the outcomes that remain possible: True, False, None. It may hold too many,
never too few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import Key, var_key
from sqlwright.analysis.nullability.logic.comparisons import (
    COMPARED,
    compared_constants,
    same_constant,
)
from sqlwright.analysis.nullability.logic.folding import folded
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.analysis.nullability.logic.outcomes import (
    ANY,
    DECIDED,
    FALSE,
    TRUE,
    UNKNOWN,
    Outcomes,
    joined,
    null_of,
    tested,
    with_null,
)
from sqlwright.analysis.premises.constants import INTEGERS, integer_of
from sqlwright.analysis.premises.current import current_function
from sqlwright.catalog import oids
from sqlwright.catalog.identity import own_name
from sqlwright.catalog.model import Function, Operator
from sqlwright.catalog.nulls import function_nulls
from sqlwright.dataclass import dataclass, field

_COUNTING = {"num_nulls": True, "num_nonnulls": False}


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A row as it is supposed to be.

    `nulls` are keys of values that are NULL, `absent` entries that an outer join has extended with
    NULLs, `values` constants that columns are equal to, `excluded` those that they are not.
    `is_there` tells whether an expression is not NULL by all that is known otherwise. `places`
    gives, for the entries of expressions stored in the schema, the columns of the query that theirs
    are.
    """

    logic: Learning
    is_there: Callable[[tree.Expr], bool]
    nulls: frozenset[Key] = frozenset()
    absent: frozenset[int] = frozenset()
    values: Mapping[Key, tree.Const] = field(default_factory=dict)
    places: Mapping[int, Callable[[tree.Var], tree.Var | None]] = field(default_factory=dict)
    excluded: Mapping[Key, tuple[tree.Const, ...]] = field(default_factory=dict)

    def outcomes(self, expr: tree.Expr) -> Outcomes:
        """The truth values that a boolean expression can still have."""
        match expr:
            case tree.BoolExpr():
                return self._logic(expr)
            case tree.NullTest():
                return self._null_test(expr)
            case tree.BooleanTest():
                return tested(self.outcomes(expr.operand), expr)
            case tree.OpCall(kind="distinct"):
                return self._distinct(*expr.args)
            case tree.OpCall(kind="plain"):
                return self._operator(expr)
            case tree.ArrayOp():
                return self._array_op(expr)
            case tree.Coalesce():
                return self._coalesce(expr)
            case tree.Case():
                return self._case(expr)
            case tree.SubLink(kind="exists"):
                return DECIDED
            case tree.SubLink():
                return ANY
            case _:
                return self._plain(expr)

    def null(self, expr: tree.Expr) -> bool | None:
        """Whether the expression is NULL; None if that is open."""
        if not isinstance(expr, tree.Var | tree.Const) and self.logic.keys.of(expr) in self.nulls:
            return True
        match expr:
            case tree.Const():
                return expr.value is None
            case tree.Var():
                return self._null_column(expr)
            case tree.Collate() | tree.CaseTest():
                return self.null(expr.operand)
            case tree.Coalesce() | tree.MinMax():
                parts = [self.null(each) for each in expr.args]
                return False if False in parts else True if all(parts) else None
            case tree.Cast() if expr.method != "row":
                function = expr.function if expr.method == "function" else None
                return self._strict(function, (expr.operand,))
            case tree.FuncCall() if not expr.variadic:
                return self._call(expr)
            case tree.OpCall(kind="plain"):
                function = self.logic.catalog.get_function(expr.operator.function)
                return None if function is None else self._strict(function, expr.args)
            case tree.BoolExpr() | tree.NullTest() | tree.BooleanTest():
                return null_of(self.outcomes(expr))
            case tree.FieldSelect() if self.null(expr.operand):
                return True
            case tree.SubLink() | tree.Case():
                return None
            case _:
                return False if self.is_there(expr) else None

    def _call(self, call: tree.FuncCall) -> bool | None:
        function = current_function(self.logic.catalog, call.function)
        if function.strict:
            return self._strict(function, call.args)
        return False if self.is_there(call) else None

    # Columns

    def _placed(self, var: tree.Var) -> tree.Var | None:
        """The column of the query that a column of a stored expression is; itself otherwise."""
        place = self.places.get(id(var.entry))
        return var if place is None else place(var)

    def _null_column(self, written: tree.Var) -> bool | None:
        var = self._placed(written)
        if var is None:
            return None
        if var.number > 0 and var.entry.join_vars:
            return self.null(var.entry.join_vars[var.number - 1])
        if var_key(var.entry, var.number, var.returning) in self.nulls:
            return True
        if id(var.entry) in self.absent:
            return True
        return False if self.is_there(var) else None

    def _value(self, expr: tree.Expr) -> tree.Const | None:
        """The constant that an expression is known to be."""
        match expr:
            case tree.Const():
                return expr if expr.value is not None else None
            case tree.Cast(method="binary") | tree.Collate() | tree.CaseTest():
                return self._value(expr.operand)
            case tree.Var():
                var = self._placed(expr)
                key = None if var is None else var_key(var.entry, var.number, var.returning)
                return self.values.get(key) if key is not None else None
            case tree.Coalesce():
                return self._first_value(expr.args)
            case tree.Case():
                return self._taken_value(expr)
            case tree.FuncCall() if len(expr.args) == 1:
                return folded(expr, self._value(expr.args[0]))
            case _:
                return None

    def _first_value(self, args: Sequence[tree.Expr]) -> tree.Const | None:
        for arg in args:
            null = self.null(arg)
            if null is None:
                return None
            if not null:
                return self._value(arg)
        return None

    def _taken_value(self, case: tree.Case) -> tree.Const | None:
        for branch in case.branches:
            taken = self.outcomes(branch.condition)
            if taken == TRUE:
                return self._value(branch.result)
            if True in taken:
                return None
        return None if case.default is None else self._value(case.default)

    def _numbers(self, expr: tree.Expr) -> range | None:
        """The integers that an expression can be, None if that is not known."""
        value = self._value(expr)
        if value is not None and value.type in INTEGERS:
            number = integer_of(value)
            return None if number is None else range(number, number + 1)
        if not isinstance(expr, tree.FuncCall):
            return None
        counted = _COUNTING.get(own_name(expr.function))
        if counted is None or expr.variadic:
            return None
        parts = [self.null(each) for each in expr.args]
        least = parts.count(counted)
        return range(least, least + parts.count(None) + 1)

    # Tests

    def _plain(self, expr: tree.Expr) -> Outcomes:
        value = self._value(expr)
        if value is not None and value.type == oids.BOOL:
            return TRUE if (value.value or "f")[:1] == "t" else FALSE
        return with_null(DECIDED, self.null(expr))

    def _logic(self, expr: tree.BoolExpr) -> Outcomes:
        parts = [self.outcomes(each) for each in expr.args]
        if expr.op == "not":
            return frozenset(None if each is None else not each for each in parts[0])
        return joined(parts, decides=expr.op == "or")

    def _null_test(self, test: tree.NullTest) -> Outcomes:
        null = self.null(test.operand)
        if test.row and null is not True:
            # Of a row that is there, the fields decide.
            return DECIDED
        if null is None:
            return DECIDED
        return TRUE if null != test.negated else FALSE

    def _distinct(self, left: tree.Expr, right: tree.Expr) -> Outcomes:
        nulls = self.null(left), self.null(right)
        if None in nulls:
            return DECIDED
        if nulls[0] != nulls[1]:
            return TRUE
        if nulls[0]:
            return FALSE
        same = same_constant(self.logic.catalog, self._value(left), self._value(right))
        return DECIDED if same is None else FALSE if same else TRUE

    def _operator(self, call: tree.OpCall) -> Outcomes:
        function = self.logic.catalog.get_function(call.operator.function)
        if function is None:
            return ANY
        return self._compared(call.operator, call.args, self._strict(function, call.args))

    def _compared(
        self, operator: Operator, args: Sequence[tree.Expr], null: bool | None
    ) -> Outcomes:
        """The outcomes of an operation of which is known whether it is NULL."""
        if null is True:
            return UNKNOWN
        name = own_name(operator)
        if not name or len(args) != 2:
            return with_null(DECIDED, null)
        left, right = args
        if left.type == right.type == oids.BOOL and name in ("=", "<>"):
            return self._equal_truths(left, right, equal=name == "=")
        numbers = self._numbers(left), self._numbers(right)
        if numbers[0] and numbers[1] and name in COMPARED:
            compare = COMPARED[name]
            return frozenset(compare(a, b) for a, b in product(numbers[0], numbers[1]))
        found = compared_constants(self.logic.catalog, name, self._value(left), self._value(right))
        if found is None and self._is_excluded(left, right):
            found = {"=": False, "<>": True}.get(name)
        return with_null(DECIDED if found is None else frozenset({found}), null)

    def _is_excluded(self, left: tree.Expr, right: tree.Expr) -> bool:
        """Whether one is a column that is known not to be the constant that the other is."""
        for this, other in ((left, right), (right, left)):
            column = (
                this.operand if isinstance(this, tree.Cast) and this.method == "binary" else this
            )
            var = self._placed(column) if isinstance(column, tree.Var) else None
            if var is None or not isinstance(other, tree.Const):
                continue
            constants = self.excluded.get(var_key(var.entry, var.number, var.returning), ())
            if any(same_constant(self.logic.catalog, each, other) for each in constants):
                return True
        return False

    def _equal_truths(self, left: tree.Expr, right: tree.Expr, *, equal: bool) -> Outcomes:
        pairs = product(self.outcomes(left), self.outcomes(right))
        return frozenset(None if None in pair else (pair[0] == pair[1]) == equal for pair in pairs)

    def _array_op(self, test: tree.ArrayOp) -> Outcomes:
        """A list is compared item by item; of an array there may be no items."""
        if not isinstance(test.array, tree.ArrayExpr) or test.array.multidimensional:
            return ANY
        function = self.logic.catalog.get_function(test.operator.function)
        if function is None:
            return joined([ANY for _ in test.array.items], decides=test.use_or)
        left, items = self.null(test.left), test.array.items
        nulls = [self._strict_over(function, (left, self.null(item))) for item in items]
        compared = (
            self._compared(test.operator, (test.left, item), null)
            for item, null in zip(items, nulls, strict=True)
        )
        return joined(compared, decides=test.use_or)

    def _coalesce(self, expr: tree.Coalesce) -> Outcomes:
        found: set[bool | None] = set()
        for arg in expr.args:
            outcomes = self.outcomes(arg)
            found |= outcomes - UNKNOWN
            if None not in outcomes:
                return frozenset(found)
        return frozenset(found | UNKNOWN)

    def _case(self, expr: tree.Case) -> Outcomes:
        found: set[bool | None] = set()
        for branch in expr.branches:
            taken = self.outcomes(branch.condition)
            if True in taken:
                found |= self.outcomes(branch.result)
            if taken == TRUE:
                return frozenset(found)
        found |= UNKNOWN if expr.default is None else self.outcomes(expr.default)
        return frozenset(found)

    def _strict(self, function: Function | None, args: Sequence[tree.Expr]) -> bool | None:
        """Whether a strict operation gives NULL; without a function it changes nothing but form."""
        return self._strict_over(function, [self.null(each) for each in args])

    def _strict_over(self, function: Function | None, parts: Sequence[bool | None]) -> bool | None:
        """The same of operands that are NULL, or not, as `parts` tell."""
        if function is not None and not current_function(self.logic.catalog, function).strict:
            return None
        if True in parts:
            return True
        if None in parts:
            return None
        if function is None:
            return False
        found = function_nulls(self.logic.catalog, function.oid)
        return None if found.when == "maybe" or found.infinite or found.blank else False
