"""How many dimensions an array has where the query says so: its type does not (manual 8.15)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from sqlwright.analysis import tree
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass

_LITERAL = re.compile(r"\s*(?:(?:\[[^\]]*\]\s*)+=\s*)?((?:\{\s*)*)")

_POLYMORPHIC = (oids.ANYARRAY, oids.ANYCOMPATIBLEARRAY, oids.ANYELEMENT, oids.ANYCOMPATIBLE)

_Call = tree.FuncCall | tree.Aggregate | tree.WindowCall


def array_dimensions(catalog: Catalog, expr: tree.Expr) -> int:
    """The dimensions of an expression's value as far as they can be told: 0 if it is no array, 1 if
    nothing says that there are more.

    A column has those it is declared with, which PostgreSQL keeps without enforcing them.
    """
    return _Dimensions(catalog).of(expr)


@dataclass(frozen=True, slots=True)
class _Dimensions:
    catalog: Catalog

    def of(self, expr: tree.Expr) -> int:
        if not self.catalog.type(self.catalog.base_type(expr.type)).is_array:
            return 0
        return max(1, self._told(expr))

    def _told(self, expr: tree.Expr) -> int:
        match expr:
            case tree.Var():
                return self._of_column(expr.entry, expr.number)
            case tree.Const(value=str() as text):
                return _of_literal(text)
            case tree.ArrayExpr(multidimensional=True, items=items):
                return 1 + self._shared(items)
            case tree.SubLink(kind="array", query=query):
                return 1 + self._of_output(query, 1)
            case tree.SubLink(kind="scalar", query=query):
                return self._of_output(query, 1)
            case (
                tree.Subscript(is_slice=True, container=inner)
                | tree.Cast(operand=inner)
                | tree.Collate(operand=inner)
                | tree.FuncCall(syntax="cast" | "implicit", args=(inner, *_))
                | tree.OpCall(kind="nullif", args=(inner, *_))
                | tree.SetReturning(call=inner)
            ):
                return self.of(inner)
            case tree.Coalesce(args=args) | tree.MinMax(args=args):
                return self._shared(args)
            case tree.Case(branches=branches, default=default):
                ends = (default,) if default is not None else ()
                return self._shared((*(each.result for each in branches), *ends))
            case tree.OpCall(operator=operator, args=args):
                declared = tuple(side for side in (operator.left, operator.right) if side)
                return self._of_call(operator.result, declared, args)
            case tree.FuncCall() | tree.Aggregate() | tree.WindowCall():
                return self._of_function(expr)
        return 1

    def _of_function(self, call: _Call) -> int:
        function = call.function
        if function.schema != "pg_catalog":
            return 1
        if function.name == "array_agg":
            # Arrays are stacked, anything else is lined up (manual 9.21).
            return 1 + self.of(call.args[0])
        return self._of_call(function.result, function.arguments, call.args)

    def _of_call(self, result: int, declared: tuple[int, ...], args: tuple[tree.Expr, ...]) -> int:
        """PostgreSQL's own functions that give back an array like one they take keep its
        dimensions; of two put together the one of more has its way (manual 9.19)."""
        if result not in _POLYMORPHIC:
            return 1
        alike = (arg for kind, arg in zip(declared, args, strict=False) if kind == result)
        return max(map(self.of, alike), default=1)

    def _shared(self, exprs: Iterable[tree.Expr]) -> int:
        """What all of several values have; NULLs have no say."""
        known = {self.of(each) for each in exprs if not _is_null(each)}
        return known.pop() if len(known) == 1 else 1

    def _of_column(self, entry: tree.RangeTableEntry, number: int) -> int:
        if number <= 0:
            return 1
        at = number - 1
        if entry.relation is not None:
            source = entry.columns[at].source
            return source.dimensions if source is not None else 1
        if entry.kind == "join" and entry.join_vars:
            return self.of(entry.join_vars[at])
        if entry.kind == "values":
            return self._shared(row[at] for row in entry.values)
        if entry.cte is not None and entry.cte.query is not None:
            return self._of_output(entry.cte.query, number, recursive=entry.cte.recursive)
        return self._of_output(entry.subquery, number) if entry.subquery is not None else 1

    def _of_output(self, query: tree.Query, number: int, *, recursive: bool = False) -> int:
        """Those of a query's output column. The non-recursive term speaks for a recursive query."""
        operation = query.set_operation
        if operation is not None:
            arms = (operation.left,) if recursive else (operation.left, operation.right)
            known = {self._of_arm(arm, number) for arm in arms}
            return known.pop() if len(known) == 1 else 1
        if query.values:
            return self._shared(row[number - 1] for row in query.values)
        outputs = query.output
        return self.of(outputs[number - 1].expr) if number <= len(outputs) else 1

    def _of_arm(self, arm: tree.SetOperation | tree.Query, number: int) -> int:
        if isinstance(arm, tree.Query):
            return self._of_output(arm, number)
        known = set(map(partial(self._of_arm, number=number), (arm.left, arm.right)))
        return known.pop() if len(known) == 1 else 1


def _is_null(expr: tree.Expr) -> bool:
    return isinstance(expr, tree.Const) and expr.value is None


def _of_literal(text: str) -> int:
    found = _LITERAL.match(text)
    return found[1].count("{") if found is not None else 1
