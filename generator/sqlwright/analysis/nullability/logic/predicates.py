"""What a predicate's outcome says of NULLs, in Kleene's three-valued logic (manual 9.1).

`true_facts(p)` are the keys of expressions that cannot be NULL in a row where p is true,
`false_facts(p)` likewise where p is false; a NULL outcome says nothing. `strict_keys(e)` are the
keys whose being NULL forces e to be NULL, so that e being non-null makes them facts. The key of a
whole row stands for the row being there at all, not null-extended by an outer join.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import Key, Keys, var_key
from sqlwright.analysis.nullability.logic.counts import counted, kept_keys, least_counted
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.tree.traversal import not_into_queries, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.facts.extraction import FIRST_USER_OID
from sqlwright.catalog.model import Function, Operator
from sqlwright.dataclass import dataclass, field

Facts = frozenset[Key]
NOTHING: Facts = frozenset()


@dataclass(frozen=True, slots=True)
class Logic:
    """The three functions over a catalog, which tells the strict operators and functions."""

    catalog: Catalog
    keys: Keys = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", Keys(self.catalog))

    def true_facts(self, predicate: tree.Expr | None) -> Facts:
        """Keys that are not NULL in every row where the predicate is true."""
        match predicate:
            case None:
                return NOTHING
            case tree.BoolExpr(op="and"):
                return _union(self.true_facts(arg) for arg in predicate.args)
            case tree.BoolExpr(op="or"):
                possible = (arg for arg in predicate.args if not _is_constant(arg, "f", None))
                return _intersection(self.true_facts(arg) for arg in possible)
            case tree.BoolExpr():
                return self.false_facts(predicate.args[0])
            case tree.NullTest(negated=True):
                return self._present(predicate)
            case tree.NullTest():
                return NOTHING
            case tree.BooleanTest():
                return self._boolean_test(predicate, outcome=True)
            case tree.ArrayOp():
                return self._array_facts(predicate, decided=predicate.use_or)
            case tree.SubLink(kind="any"):
                made = _union(map(self.strict_keys, _all_true(predicate)))
                return made | self._existence_facts(predicate.query)
            case tree.SubLink(kind="exists"):
                return self._existence_facts(predicate.query)
            case tree.OpCall(kind="distinct"):
                return self._distinct_facts(predicate, distinct=True)
            case tree.Coalesce() if all(_is_constant(arg, "f") for arg in predicate.args[1:]):
                return self.true_facts(predicate.args[0])
            case tree.Case():
                return self._case_facts(predicate)
            case _:
                return self._compared_facts(predicate, outcome=True)

    def false_facts(self, predicate: tree.Expr) -> Facts:
        """Keys that are not NULL in every row where the predicate is false."""
        match predicate:
            case tree.BoolExpr(op="and"):
                possible = (arg for arg in predicate.args if not _is_constant(arg, "t", None))
                return _intersection(self.false_facts(arg) for arg in possible)
            case tree.BoolExpr(op="or"):
                return _union(self.false_facts(arg) for arg in predicate.args)
            case tree.BoolExpr():
                return self.true_facts(predicate.args[0])
            case tree.NullTest(negated=False):
                return self._not_all_null(predicate)
            case tree.NullTest():
                return NOTHING
            case tree.BooleanTest():
                return self._boolean_test(predicate, outcome=False)
            case tree.ArrayOp():
                return self._array_facts(predicate, decided=not predicate.use_or)
            case tree.SubLink(kind="all"):
                once = (
                    self.strict_keys(predicate.tests[0]) if len(predicate.tests) == 1 else NOTHING
                )
                return once | self._existence_facts(predicate.query)
            case tree.SubLink():
                return NOTHING
            case tree.OpCall(kind="distinct"):
                return self._distinct_facts(predicate, distinct=False)
            case tree.Coalesce() if all(_is_constant(arg, "t") for arg in predicate.args[1:]):
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
                return self._existence_facts(expr.query) | self._result_facts(expr.query)
            case tree.Cast() if expr.method != "row":
                strict = expr.function is None or self._runs_strictly(expr.function)
                return self.strict_keys(expr.operand) if strict else NOTHING
            case tree.Collate() | tree.FieldSelect() | tree.CaseTest():
                return self.strict_keys(expr.operand)
            case tree.Subscript():
                bounds = [bound for pair in expr.subscripts for bound in pair if bound is not None]
                return _union(map(self.strict_keys, (expr.container, *bounds)))
            case tree.BoolExpr(op="not"):
                return self.strict_keys(expr.args[0])
            case tree.ArrayOp() if self.is_strict(expr.operator):
                return self.strict_keys(expr.array)
            case tree.Coalesce() | tree.MinMax():
                return _intersection(map(self.strict_keys, expr.args))
            case tree.Case():
                results = [branch.result for branch in expr.branches]
                if expr.default is not None:
                    results.append(expr.default)
                return _intersection(
                    self.strict_keys(item) for item in results if not is_null(item)
                )
            case tree.JsonQueryExpr():
                return self.strict_keys(expr.context) | self.strict_keys(expr.path)
            case tree.RowCompare():
                # Later columns are not looked at once an earlier one decides.
                return self.strict_keys(expr.left[0]) | self.strict_keys(expr.right[0])
            case _:
                return NOTHING

    def _call_keys(self, expr: tree.FuncCall | tree.OpCall) -> Facts:
        if isinstance(expr, tree.FuncCall):
            strict = self._runs_strictly(expr.function) and not expr.variadic
        elif expr.kind == "nullif":
            return self.strict_keys(expr.args[0])
        else:
            strict = expr.kind == "plain" and self.is_strict(expr.operator)
        return _union(map(self.strict_keys, expr.args)) if strict else NOTHING

    def row_facts(self, entry: tree.RangeTableEntry) -> Facts:
        """What an entry's having a row says of the columns that it is made from: the conditions of
        a LATERAL subquery, and the arguments of a strict function that returns a set, which
        returns none for NULL."""
        if entry.kind == "subquery" and entry.subquery is not None:
            return self._existence_facts(entry.subquery)
        if entry.kind == "jsontable" and isinstance(entry.arguments[0], tree.JsonQueryExpr):
            return self.strict_keys(entry.arguments[0].context)
        if entry.kind == "function" and len(entry.functions) == 1:
            return self.set_facts(entry.functions[0].call)
        return NOTHING

    def set_facts(self, call: tree.Expr) -> Facts:
        """What a set-returning call's giving a row says of its arguments."""
        inner = call.call if isinstance(call, tree.SetReturning) else call
        if not isinstance(inner, tree.FuncCall) or inner.variadic:
            return NOTHING
        if not (inner.function.returns_set and self._runs_strictly(inner.function)):
            return NOTHING
        return _union(map(self.strict_keys, inner.args))

    def _runs_strictly(self, function: Function) -> bool:
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

    def _present(self, test: tree.NullTest) -> Facts:
        """IS NOT NULL came out true; of a row that means every column (manual 9.2)."""
        operand = test.operand
        if not test.row:
            return self.strict_keys(operand)
        if isinstance(operand, tree.RowExpr):
            return _union(map(self.strict_keys, operand.items))
        if isinstance(operand, tree.Var) and operand.number == 0:
            columns = range(len(operand.entry.columns) + 1)
            return frozenset(var_key(operand.entry, at, operand.returning) for at in columns)
        return self.strict_keys(operand)

    def _not_all_null(self, test: tree.NullTest) -> Facts:
        """IS NULL came out false: the value is there, though columns of a row may be NULL."""
        operand = test.operand
        return NOTHING if isinstance(operand, tree.RowExpr) else self.strict_keys(operand)

    def _array_facts(self, test: tree.ArrayOp, *, decided: bool) -> Facts:
        """`decided`: one comparison decided the outcome, so it was made. Otherwise the outcome may
        be that of an empty array (`x = ANY ('{}')` is false and `x <> ALL ('{}')` true for any x,
        NULL too), unless the array is written out with items; all of those were compared then."""
        if not self.is_strict(test.operator):
            return NOTHING
        array = self.strict_keys(test.array)
        if decided:
            return array | self.strict_keys(test.left)
        if isinstance(test.array, tree.ArrayExpr) and not test.array.multidimensional:
            items = _union(map(self.strict_keys, test.array.items))
            return array | items | (self.strict_keys(test.left) if test.array.items else NOTHING)
        return array

    def _case_facts(self, case: tree.Case) -> Facts:
        """A branch whose result is true was taken: its condition was true as well."""
        taken = [
            self.true_facts(branch.condition) | self.true_facts(branch.result)
            for branch in case.branches
            if not _is_constant(branch.result, "f", None)
        ]
        if case.default is not None and not _is_constant(case.default, "f", None):
            taken.append(self.true_facts(case.default))
        return self.strict_keys(case) | _intersection(taken)

    def _compared_facts(self, predicate: tree.Expr, *, outcome: bool) -> Facts:
        made = self.strict_keys(predicate)
        made |= kept_keys(self.keys, predicate, outcome=outcome)
        if outcome and isinstance(predicate, tree.FuncCall):
            made |= self._finite_facts(predicate)
        for count in least_counted(predicate, outcome=outcome):
            made |= self._counted_facts(count)
        return made

    def _finite_facts(self, call: tree.FuncCall) -> Facts:
        """What `isfinite(x)` says: that functions which give NULL for infinity do not for x."""
        key = self.keys.of(call.args[0]) if call.args else None
        if key is None or call.function.oid >= FIRST_USER_OID or call.function.name != "isfinite":
            return NOTHING
        return frozenset({("finite", key)})

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

    def _boolean_test(self, test: tree.BooleanTest, *, outcome: bool) -> Facts:
        if test.value == "unknown":
            known = test.negated == outcome
            return self.strict_keys(test.operand) if known else NOTHING
        if test.negated == outcome:
            # IS NOT TRUE being true, or IS TRUE being false, leaves NULL possible.
            return NOTHING
        source: Callable[[tree.Expr], Facts] = (
            self.true_facts if test.value == "true" else self.false_facts
        )
        return source(test.operand)

    def _distinct_facts(self, test: tree.OpCall, *, distinct: bool) -> Facts:
        """`x IS DISTINCT FROM NULL` says x is not NULL; so does being the same as a constant."""
        for this, other in (test.args, test.args[::-1]):
            if distinct and is_null(other):
                return self.strict_keys(this)
            if not distinct and isinstance(other, tree.Const) and other.value is not None:
                return self.strict_keys(this)
        return NOTHING

    def _existence_facts(self, query: tree.Query) -> Facts:
        """A row came out of the subquery, so its conditions were true for some inner row, and what
        that says of outer columns holds. An ungrouped aggregate yields a row in any case and
        proves nothing."""
        if query.command != "select" or query.set_operation or yields_empty_group(query):
            return NOTHING
        return join_facts_of(self, query) | self.select_list_facts(query)

    def _result_facts(self, query: tree.Query) -> Facts:
        """What a subquery's value not being NULL says, where it is made of a single row."""
        if query.command != "select" or query.set_operation or query.values:
            return NOTHING
        if query.has_aggregates or query.group_by or query.grouping_sets or query.having:
            return NOTHING
        return self.strict_keys(query.output[0].expr)

    def select_list_facts(self, query: tree.Query) -> Facts:
        """What a row's coming out says, where the select list has a single set-returning call."""
        if not query.has_set_returning:
            return NOTHING
        calls = [
            part
            for target in query.targets
            for part in walk(target.expr, not_into_queries)
            if isinstance(part, tree.SetReturning)
        ]
        return self.set_facts(calls[0]) if len(calls) == 1 else NOTHING


def join_facts_of(logic: Logic, query: tree.Query) -> Facts:
    """What holds of every row of a query's FROM that its conditions let through."""
    from sqlwright.analysis.nullability.logic.joins import join_facts

    return join_facts(logic, query.from_nodes, logic.true_facts(query.where)).facts


def is_null(expr: tree.Expr) -> bool:
    """Whether the expression is the constant NULL, of whatever type."""
    if isinstance(expr, tree.Cast):
        return is_null(expr.operand)
    return isinstance(expr, tree.Const) and expr.value is None


def is_true(condition: tree.Expr | None) -> bool:
    """Whether a condition holds always: none at all, or the constant true."""
    return condition is None or _is_constant(condition, "t")


def yields_empty_group(query: tree.Query) -> bool:
    """Whether the query aggregates into a group that exists even where no row came in."""
    if query.grouping_sets:
        return any(not group for group in query.grouping_sets)
    return not query.group_by and (query.has_aggregates or query.having is not None)


def _all_true(link: tree.SubLink) -> tuple[tree.Expr, ...]:
    """The comparisons that were all made, and not NULL, where the row test came out true: every
    one joined by AND, the first of an order comparison of rows, a single one."""
    if link.combine == "row":
        return link.tests[:1]
    return link.tests if link.combine == "and" or len(link.tests) == 1 else ()


def _is_constant(expr: tree.Expr, *values: str | None) -> bool:
    """Whether the expression is a boolean constant out of `values`: t, f, or None for NULL."""
    if not isinstance(expr, tree.Const):
        return False
    return (expr.value[:1] if expr.value else None) in values


def _union(sets: Iterable[Facts]) -> Facts:
    return frozenset().union(*sets)


def _intersection(sets: Iterable[Facts]) -> Facts:
    listed = list(sets)
    return reduce(frozenset.intersection, listed) if listed else NOTHING
