"""Whether a value may be infinite, of which some functions of dates and times give NULL (manual
9.9.1: extract of infinity).

A column is taken to be so where something says it (`infinite_columns`). A parameter always is:
asyncpg sends the largest and the smallest `datetime` and `date` as infinity.
"""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import finite_key
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.premises.current import current_column, current_function, tables_read
from sqlwright.analysis.premises.infinite_columns import can_be_infinite, says_infinity
from sqlwright.analysis.tree.traversal import children
from sqlwright.catalog import oids
from sqlwright.catalog.identity import is_function, is_own

_TEXTS = (oids.TEXT, oids.VARCHAR, oids.BPCHAR, oids.NAME, oids.UNKNOWN, oids.JSON, oids.JSONB)


def may_be_infinite(judge: Judge, expr: tree.Expr, scope: Scope | None) -> bool:
    """Whether a value may be infinity, minus infinity, or hold one of them. `scope` tells of which
    it is known that they are not (`isfinite`); None for expressions of another query."""
    return _Search(judge).expr(expr, scope)


def output_may_be_infinite(judge: Judge, query: tree.Query, number: int) -> bool:
    """The same of an output column of a query that stands by itself."""
    return _Search(judge).output(query, number)


class _Search:
    """One question; what is being looked into is not looked into again (recursive queries)."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._catalog = judge.catalog
        self._inside: set[tuple[int, int]] = set()

    def expr(self, expr: tree.Expr, scope: Scope | None) -> bool:
        if not can_be_infinite(self._catalog, expr.type) or self._is_finite(expr, scope):
            return False
        match expr:
            case tree.Const():
                return expr.value is not None and says_infinity(expr.value)
            case tree.Param():
                # The longest timedelta is an interval like any other.
                return self._catalog.base_type(expr.type) != oids.INTERVAL
            case tree.Var():
                return self._column(expr, scope)
            case tree.SqlValue():
                return False
            case tree.Cast():
                return self._cast(expr, scope)
            case tree.SubLink():
                return self._query(expr.query, 1)
            case tree.FuncCall() if not is_own(expr.function):
                return self._call(expr, scope)
            case tree.FieldSelect():
                return False
            case tree.JsonQueryExpr() | tree.XmlExpr():
                return True
            case _:
                return self._parts(expr, scope)

    def _is_finite(self, expr: tree.Expr, scope: Scope | None) -> bool:
        key = self._judge.logic.keys.of(expr) if scope is not None else None
        return key is not None and scope is not None and scope.knows(finite_key(key))

    def _parts(self, expr: tree.Expr, scope: Scope | None) -> bool:
        inner = expr.call if isinstance(expr, tree.SetReturning) else expr
        return any(
            self.expr(each, scope) if isinstance(each, tree.Expr) else self._branch(each, scope)
            for each in children(inner)
        )

    def _branch(self, part: object, scope: Scope | None) -> bool:
        return isinstance(part, tree.CaseBranch) and self.expr(part.result, scope)

    def _cast(self, cast: tree.Cast, scope: Scope | None) -> bool:
        """Text may spell infinity, and nothing is known of other texts than constants."""
        if self._catalog.type(cast.type).infinite:
            return True
        operand = cast.operand
        while isinstance(operand, tree.Cast) and operand.type in _TEXTS:
            operand = operand.operand
        if isinstance(operand, tree.Const):
            return operand.value is not None and says_infinity(operand.value)
        return operand.type in _TEXTS or self.expr(operand, scope)

    def _call(self, call: tree.FuncCall, scope: Scope | None) -> bool:
        """A function of the user's, by what its last query yields and what its text says."""
        function = current_function(self._catalog, call.function)
        if says_infinity(function.body or "") or self._parts(call, scope):
            return True
        query = function.stored
        return isinstance(query, tree.Query) and any(
            self.output(query, at) for at in range(1, len(query.output) + 1)
        )

    def _query(self, query: tree.Query, number: int) -> bool:
        asked = id(query), number
        if asked in self._inside:
            return False
        self._inside.add(asked)
        return self.output(query, number)

    def output(self, query: tree.Query, number: int) -> bool:
        """Whether output column `number` of a query may be infinite."""
        if query.set_operation is not None:
            return self._side(query.set_operation, number)
        if query.values:
            return any(self.expr(row[number - 1], None) for row in query.values)
        if number > len(query.output):
            return False
        expr = query.output[number - 1].expr
        # Of the parameters of a function, the arguments of the call tell.
        scope = self._judge.outputs.open(query, None, None) if query.command == "select" else None
        return self.expr(expr, scope)

    def _side(self, side: tree.SetOperation | tree.Query, number: int) -> bool:
        if isinstance(side, tree.Query):
            return self._query(side, number)
        return self._side(side.left, number) or self._side(side.right, number)

    def _column(self, var: tree.Var, scope: Scope | None) -> bool:
        entry = var.entry
        if var.number <= 0:
            return False
        if entry.join_vars:
            return self.expr(entry.join_vars[var.number - 1], scope)
        if entry.kind == "relation":
            return self._of_relation(entry, var.number)
        if entry.subquery is not None:
            return self._query(entry.subquery, var.number)
        if entry.cte is not None:
            return entry.cte.query is not None and self._query(entry.cte.query, var.number)
        if entry.kind == "values":
            return any(self.expr(row[var.number - 1], scope) for row in entry.values)
        if entry.kind == "function":
            return any(self._of_function(each.call, scope) for each in entry.functions)
        return True

    def _of_function(self, call: tree.Expr, scope: Scope | None) -> bool:
        inner = call.call if isinstance(call, tree.SetReturning) else call
        if not isinstance(inner, tree.FuncCall):
            return True
        if is_own(inner.function):
            # A series from or to infinity never comes to its end.
            return not is_function(inner.function, "generate_series") and self._parts(inner, scope)
        return self._call(inner, scope)

    def _of_relation(self, entry: tree.RangeTableEntry, number: int) -> bool:
        column = current_column(self._catalog, entry, number)
        if column is None:
            return False
        for table in tables_read(self._catalog, entry):
            if isinstance(table.stored, tree.Query):
                at = [each.number for each in table.columns].index(column.number) + 1
                return self._query(table.stored, at)
            own = next((each for each in table.columns if each.name == column.name), column)
            if own.infinite or self._catalog.type(own.type).infinite:
                return True
        return False
