"""What a predicate's outcome says of NULLs, in Kleene's three-valued logic (manual 9.1).

`true_facts(p)` are the keys of expressions that cannot be NULL in a row where p is true,
`false_facts(p)` likewise where p is false; a NULL outcome says nothing. `strict_keys(e)` are the
keys whose being NULL forces e to be NULL, so that e being non-null makes them facts. The key of a
whole row stands for the row being there at all, not null-extended by an outer join.
"""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import (
    NOTHING,
    Facts,
    Keys,
    finite_key,
    intersection,
    union,
    var_key,
)
from sqlwright.analysis.nullability.logic import subqueries
from sqlwright.analysis.nullability.logic.constants import is_constant
from sqlwright.analysis.nullability.logic.counts import (
    counted,
    kept_keys,
    least_counted,
    may_count,
)
from sqlwright.analysis.nullability.logic.stand_ins import passed_over
from sqlwright.analysis.nullability.logic.subqueries import (
    existence_facts,
    join_facts_of,
    result_facts,
)
from sqlwright.analysis.nullability.logic.truth_tests import (
    all_true,
    array_facts,
    boolean_test,
    case_facts,
    distinct_facts,
    not_all_null,
    present,
)
from sqlwright.analysis.premises.constants import is_null
from sqlwright.analysis.premises.current import current_function
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function
from sqlwright.catalog.model import Function, Operator
from sqlwright.dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Logic:
    """The three functions over a catalog, which tells the strict operators and functions."""

    catalog: Catalog
    keys: Keys = field(init=False)
    # By the identity of the entry, which is kept so that it stays its own: the conditions of a
    # query in FROM are asked for by every query around it.
    _rows: dict[int, tuple[Facts, tree.RangeTableEntry]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    # The same of conditions, of which each reason asks again.
    _true: dict[int, tuple[Facts, tree.Expr]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", Keys(self.catalog))

    def true_facts(self, predicate: tree.Expr | None) -> Facts:
        """Keys that are not NULL in every row where the predicate is true."""
        if predicate is None:
            return NOTHING
        known = self._true.get(id(predicate))
        if known is None:
            known = self._true[id(predicate)] = (self._true_facts(predicate), predicate)
        return known[0]

    def _true_facts(self, predicate: tree.Expr) -> Facts:
        match predicate:
            case tree.OpCall(kind="plain"):
                return self._compared_facts(predicate, outcome=True)
            case tree.BoolExpr(op="and"):
                return union([self.true_facts(arg) for arg in predicate.args])
            case tree.BoolExpr(op="or"):
                possible = (arg for arg in predicate.args if not is_constant(arg, "f", None))
                return intersection(self.true_facts(arg) for arg in possible)
            case tree.BoolExpr():
                return self.false_facts(predicate.args[0])
            case tree.NullTest(negated=True):
                return present(self, predicate)
            case tree.NullTest():
                return NOTHING
            case tree.BooleanTest():
                return boolean_test(self, predicate, outcome=True)
            case tree.ArrayOp():
                return array_facts(self, predicate, decided=predicate.use_or)
            case tree.SubLink(kind="any"):
                made = union(map(self.strict_keys, all_true(predicate)))
                return made | existence_facts(self, predicate.query)
            case tree.SubLink(kind="exists"):
                return existence_facts(self, predicate.query)
            case tree.OpCall(kind="distinct"):
                return distinct_facts(self, predicate, distinct=True)
            case tree.Coalesce() if all(is_constant(arg, "f") for arg in predicate.args[1:]):
                return self.true_facts(predicate.args[0])
            case tree.Case():
                return case_facts(self, predicate)
            case _:
                return self._compared_facts(predicate, outcome=True)

    def false_facts(self, predicate: tree.Expr) -> Facts:
        """Keys that are not NULL in every row where the predicate is false."""
        match predicate:
            case tree.BoolExpr(op="and"):
                possible = (arg for arg in predicate.args if not is_constant(arg, "t", None))
                return intersection(self.false_facts(arg) for arg in possible)
            case tree.BoolExpr(op="or"):
                return union(self.false_facts(arg) for arg in predicate.args)
            case tree.BoolExpr():
                return self.true_facts(predicate.args[0])
            case tree.NullTest(negated=False):
                return not_all_null(self, predicate)
            case tree.NullTest():
                return NOTHING
            case tree.BooleanTest():
                return boolean_test(self, predicate, outcome=False)
            case tree.ArrayOp():
                return array_facts(self, predicate, decided=not predicate.use_or)
            case tree.SubLink(kind="all"):
                once = (
                    self.strict_keys(predicate.tests[0]) if len(predicate.tests) == 1 else NOTHING
                )
                return once | existence_facts(self, predicate.query)
            case tree.SubLink():
                return NOTHING
            case tree.OpCall(kind="distinct"):
                return distinct_facts(self, predicate, distinct=False)
            case tree.Coalesce() if all(is_constant(arg, "t") for arg in predicate.args[1:]):
                return self.false_facts(predicate.args[0])
            case tree.Coalesce():
                return NOTHING
            case _:
                return self._compared_facts(predicate, outcome=False)

    def strict_keys(self, expr: tree.Expr) -> Facts:
        """Keys that are not NULL whenever the expression is not NULL, its own included."""
        own = self.keys.of(expr)
        inner = self._operand_keys(expr)
        return inner if own is None else inner | {own}

    def _operand_keys(self, expr: tree.Expr) -> Facts:
        match expr:
            case tree.Var():
                return self._row_keys(expr)
            case tree.FuncCall() | tree.OpCall():
                return self._call_keys(expr)
            case tree.SubLink(kind="scalar"):
                return existence_facts(self, expr.query) | result_facts(self, expr.query)
            case tree.Cast() if expr.method != "row":
                strict = expr.function is None or self.runs_strictly(expr.function)
                return self.strict_keys(expr.operand) if strict else NOTHING
            case tree.Collate() | tree.FieldSelect() | tree.CaseTest():
                return self.strict_keys(expr.operand)
            case tree.Subscript():
                bounds = [bound for pair in expr.subscripts for bound in pair if bound is not None]
                return union(map(self.strict_keys, (expr.container, *bounds)))
            case tree.BoolExpr(op="not"):
                return self.strict_keys(expr.args[0])
            case tree.ArrayOp() if self.is_strict(expr.operator):
                return self.strict_keys(expr.array)
            case tree.Coalesce() | tree.MinMax():
                return intersection(map(self.strict_keys, expr.args))
            case tree.Case():
                results = [branch.result for branch in expr.branches]
                if expr.default is not None:
                    results.append(expr.default)
                return intersection(self.strict_keys(item) for item in results if not is_null(item))
            case tree.JsonQueryExpr():
                return self.strict_keys(expr.context) | self.strict_keys(expr.path)
            case tree.RowCompare():
                # Later columns are not looked at once an earlier one decides.
                return self.strict_keys(expr.left[0]) | self.strict_keys(expr.right[0])
            case _:
                return NOTHING

    def _call_keys(self, expr: tree.FuncCall | tree.OpCall) -> Facts:
        if isinstance(expr, tree.FuncCall):
            strict = self.runs_strictly(expr.function) and not expr.variadic
        elif expr.kind == "nullif":
            return self.strict_keys(expr.args[0])
        else:
            strict = expr.kind == "plain" and self.is_strict(expr.operator)
        return union(map(self.strict_keys, expr.args)) if strict else NOTHING

    def row_facts(self, entry: tree.RangeTableEntry) -> Facts:
        """Keys that are not NULL where the entry has a row, of what that row is made from."""
        known = self._rows.get(id(entry))
        if known is None:
            known = self._rows[id(entry)] = (subqueries.row_facts(self, entry), entry)
        return known[0]

    def runs_strictly(self, function: Function) -> bool:
        """Whether a call of the function gives NULL for any argument that is NULL."""
        return current_function(self.catalog, function).strict

    def is_strict(self, operator: Operator) -> bool:
        """Whether the operator's function yields NULL for any NULL operand."""
        function = self.catalog.get_function(operator.function)
        return function is not None and function.strict

    def _row_keys(self, var: tree.Var) -> Facts:
        """With a column, its row is there. A column of a named join is one of the joined relations'
        columns, or made of two."""
        variables = var.entry.join_vars
        if 0 < var.number <= len(variables):
            return self.strict_keys(variables[var.number - 1])
        return frozenset({var_key(var.entry, 0, var.returning)})

    def _compared_facts(self, predicate: tree.Expr, *, outcome: bool) -> Facts:
        made = self.strict_keys(predicate) | passed_over(self, predicate, outcome=outcome)
        if outcome and isinstance(predicate, tree.FuncCall):
            made |= self._finite_facts(predicate)
        if not may_count(predicate):
            return made
        made |= kept_keys(self.keys, predicate, outcome=outcome)
        for count in least_counted(predicate, outcome=outcome):
            made |= self._counted_facts(count)
        return made

    def _finite_facts(self, call: tree.FuncCall) -> Facts:
        """What `isfinite(x)` says: that functions which give NULL for infinity do not for x."""
        key = self.keys.of(call.args[0]) if call.args else None
        if key is None or not is_function(call.function, "isfinite"):
            return NOTHING
        return frozenset({finite_key(key)})

    def _counted_facts(self, count: tree.Expr) -> Facts:
        """What a count()'s not being 0 says: of other aggregates over the same rows, or, if it is a
        subquery's, of the row around it."""
        if isinstance(count, tree.Aggregate):
            return counted(self.keys, count, self.true_facts(count.filter))
        if not isinstance(count, tree.SubLink):
            return NOTHING
        query = count.query
        inner = query.output[0].expr
        kept = self.true_facts(inner.filter) if isinstance(inner, tree.Aggregate) else NOTHING
        return join_facts_of(self, query) | kept
