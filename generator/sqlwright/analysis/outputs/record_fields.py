"""The fields of anonymous rows: what a value of type `record` holds where the query tells it.

PostgreSQL itself knows of such a value only the type `record`; each row travels with the types of
its fields. What they are follows from the row constructor, subquery or call that the value comes
from (manual 4.2.13, 8.16).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.facts import NULL_TYPE, Reason, RecordField
from sqlwright.analysis.names.rowtypes import get_expr_result_type
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.outputs.array_dimensions import array_dimensions
from sqlwright.analysis.outputs.common_fields import Fields, alike
from sqlwright.analysis.outputs.shown_values import Shown, ShownValues
from sqlwright.analysis.outputs.table_rows import (
    fields_of_shown,
    fields_of_type,
    row_relation,
    why_no_rows,
)
from sqlwright.analysis.premises.shown_columns import column_origin
from sqlwright.catalog import oids
from sqlwright.catalog.identity import is_function, is_own
from sqlwright.dataclass import dataclass


def record_fields(judge: Judge, query: tree.Query, at: int, scope: Scope) -> Fields | None:
    """The fields of the rows in an output column of type `record` or `record[]` of the query whose
    scope this is, and of values of a table's row type that need not be rows of the table; None if
    nothing tells them, or the column holds none."""
    expr = query.output[at].expr
    if holds_records(expr):
        return RowFields(judge).common(ShownValues(judge).of_own(query, at, scope))
    if row_relation(judge.catalog, expr.type) is None:
        return None
    return fields_of_shown(judge, expr.type, ShownValues(judge).of_own(query, at, scope))


def rows_reason(judge: Judge, query: tree.Query, at: int, scope: Scope) -> Reason | None:
    """Why the values in an output column that is of a table's row type need not be rows of it."""
    oid = query.output[at].expr.type
    if row_relation(judge.catalog, oid) is None:
        return None
    return why_no_rows(judge, oid, ShownValues(judge).of_own(query, at, scope))


@dataclass(frozen=True, slots=True)
class RowFields:
    """The fields of rows; what a field is said of may differ."""

    judge: Judge

    @property
    def values(self) -> ShownValues:
        return ShownValues(self.judge)

    def names(self, row: tree.RowExpr) -> tuple[str, ...]:
        """What the fields of a row constructor are called."""
        return row.names or row.labels or ("",) * len(row.items)

    def field(self, name: str, expr: tree.Expr, verdict: Verdict, scope: Scope) -> RecordField:
        """One that holds the value of an expression."""
        dimensions = array_dimensions(self.judge.catalog, expr)
        origin = column_origin(expr)
        return RecordField(
            name=name,
            type=NULL_TYPE if is_null(expr) else expr.type,
            nullable=verdict.nullable,
            element_nullable=bool(dimensions) and verdict.elements,
            dimensions=dimensions,
            relation=origin.relation if origin is not None else 0,
            relation_column=origin.column if origin is not None else None,
            fields=self._inner(expr, scope),
        )

    def _inner(self, expr: tree.Expr, scope: Scope) -> Fields | None:
        """Those of rows in a field."""
        if holds_records(expr):
            return self.of(expr, scope)
        return fields_of_shown(self.judge, expr.type, ((expr, scope),))

    def unproved(self, column: tree.EntryColumn) -> RecordField:
        """One of which only the type is known."""
        inner = fields_of_type(self.judge.catalog, column.type)
        return RecordField(column.name, column.type, fields=inner)

    def of(self, expr: tree.Expr, scope: Scope) -> Fields | None:
        """Those of the rows in a value; None if nothing tells them."""
        match expr:
            case tree.RowExpr():
                verdicts = self.judge.verdicts(expr.items, scope)
                parts = zip(self.names(expr), expr.items, verdicts, strict=False)
                # A generator, or a call with `*`, would be a level of C's stack for each row within
                # a row, of which Python 3.12 allows fewer than of its own.
                return tuple([self.field(name, item, each, scope) for name, item, each in parts])
            case tree.Var(number=0):
                return self._whole_row(expr.entry, scope)
            case tree.Var():
                return self.common(self.values.of_column(expr.entry, expr.number, scope))
            case tree.SubLink(kind="array" | "scalar", query=query):
                return self.common(self.values.of_output(query, 0, scope))
            case tree.Aggregate(function=function, args=(inner,)):
                facts = self.judge.logic.true_facts(expr.filter)
                rows = scope.level(expr.depth).before_grouping(expr.filter, facts)
                same = is_function(function, "array_agg", "any_value", "min", "max")
                return self.of(inner, rows) if same else None
            case tree.ArrayExpr(items=items) | tree.Coalesce(args=items):
                return self._shared(items, scope)
            case tree.MinMax(args=items):
                return self._shared(items, scope)
            case tree.Case(branches=branches, default=default):
                results = [each.result for each in branches]
                return self._shared([*results, *([default] if default else [])], scope)
            case tree.SetReturning(call=inner) | tree.Subscript(container=inner):
                return self.of(inner, scope)
            case tree.Cast(operand=inner) if holds_records(inner):
                return self.of(inner, scope)
            case tree.FuncCall() | tree.OpCall():
                return self._call(expr, scope)
        return None

    def _call(self, call: tree.FuncCall | tree.OpCall, scope: Scope) -> Fields | None:
        """The OUT arguments of a function; what hands on rows that it is given has theirs."""
        columns = get_expr_result_type(self.judge.catalog, call).columns
        if columns is not None:
            return tuple(self.unproved(column) for column in columns)
        own = call.function if isinstance(call, tree.FuncCall) else call.operator
        if not is_own(own):
            return None
        return self._shared([arg for arg in call.args if holds_records(arg)], scope)

    def _whole_row(self, entry: tree.RangeTableEntry, scope: Scope) -> Fields | None:
        owner = scope.owner(entry)
        if owner is None:
            return tuple(self.unproved(column) for column in entry.columns)
        return tuple(
            self.field(
                column.name,
                tree.Var(
                    type=column.type,
                    modifier=column.modifier,
                    entry=entry,
                    number=number,
                    name=column.name,
                ),
                self.judge.outputs.entry_column(entry, number, owner),
                owner,
            )
            for number, column in enumerate(entry.columns, 1)
        )

    def common(self, shown: Shown | None) -> Fields | None:
        """What several values in scopes of their own have in common."""
        if shown is None:
            return None
        return alike(self.of(*each) for each in shown if not isinstance(each[0], tree.Const))

    def _shared(self, exprs: Sequence[tree.Expr], scope: Scope) -> Fields | None:
        """What several values have in common; constants are NULL or empty arrays."""
        return alike(self.of(each, scope) for each in exprs if not isinstance(each, tree.Const))


def holds_records(expr: tree.Expr) -> bool:
    """Whether it is an anonymous row, or an array of such."""
    return expr.type in (oids.RECORD, oids.RECORD_ARRAY)


def is_null(expr: tree.Expr) -> bool:
    """Whether it is the constant NULL, of no type."""
    return isinstance(expr, tree.Const) and expr.value is None and expr.type == oids.UNKNOWN
