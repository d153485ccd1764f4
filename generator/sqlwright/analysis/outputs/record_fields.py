"""The fields of anonymous rows: what a value of type `record` holds where the query tells it.

PostgreSQL itself knows of such a value only the type `record`; each row travels with the types of
its fields. What they are follows from the row constructor, subquery or call that the value comes
from (manual 4.2.13, 8.16).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.facts import NULL_TYPE, RecordField
from sqlwright.analysis.names.rowtypes import get_expr_result_type
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.outputs.array_dimensions import array_dimensions
from sqlwright.analysis.premises.shown_columns import column_origin
from sqlwright.catalog import oids
from sqlwright.catalog.identity import is_function, is_own
from sqlwright.dataclass import dataclass, replace

Fields = tuple[RecordField, ...]


def record_fields(judge: Judge, expr: tree.Expr, scope: Scope) -> Fields | None:
    """The fields of the rows in a value of type `record` or `record[]`; None if nothing tells
    them, or the value is none."""
    if expr.type not in (oids.RECORD, oids.RECORD_ARRAY):
        return None
    return _Records(judge).of(expr, scope)


@dataclass(frozen=True, slots=True)
class _Records:
    judge: Judge

    def of(self, expr: tree.Expr, scope: Scope) -> Fields | None:
        match expr:
            case tree.RowExpr():
                verdicts = self.judge.verdicts(expr.items, scope)
                names = expr.names or expr.labels or ("",) * len(expr.items)
                parts = zip(names, expr.items, verdicts, strict=False)
                return tuple(self._field(*part, scope) for part in parts)
            case tree.Var(number=0):
                return self._whole_row(expr.entry, scope)
            case tree.Var():
                return self._column(expr.entry, expr.number, scope)
            case tree.SubLink(kind="array" | "scalar", query=query):
                return self._output(query, 0, scope)
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
            case tree.Cast(operand=inner) if _holds_records(inner):
                return self.of(inner, scope)
            case tree.FuncCall() | tree.OpCall():
                return self._call(expr, scope)
        return None

    def _call(self, call: tree.FuncCall | tree.OpCall, scope: Scope) -> Fields | None:
        """The OUT arguments of a function; what hands on rows that it is given has theirs."""
        columns = get_expr_result_type(self.judge.catalog, call).columns
        if columns is not None:
            return tuple(_unproved(column) for column in columns)
        own = call.function if isinstance(call, tree.FuncCall) else call.operator
        if not is_own(own):
            return None
        return self._shared([arg for arg in call.args if _holds_records(arg)], scope)

    def _whole_row(self, entry: tree.RangeTableEntry, scope: Scope) -> Fields | None:
        owner = scope.owner(entry)
        if owner is None:
            return tuple(_unproved(column) for column in entry.columns)
        return tuple(
            self._field(
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

    def _column(self, entry: tree.RangeTableEntry, number: int, scope: Scope) -> Fields | None:
        owner = scope.owner(entry)
        if owner is None:
            return None
        if entry.kind == "join" and entry.join_vars:
            return self.of(entry.join_vars[number - 1], owner)
        if entry.kind == "values":
            return self._shared([row[number - 1] for row in entry.values], owner)
        if entry.kind == "function" and len(entry.functions) == 1:
            return self.of(entry.functions[0].call, owner)
        if entry.subquery is not None:
            return self._output(entry.subquery, number - 1, owner)
        if entry.cte is not None and entry.cte.query is not None and not entry.cte.recursive:
            return self._output(entry.cte.query, number - 1, owner.level(entry.cte.depth))
        return None

    def _output(self, query: tree.Query, at: int, around: Scope) -> Fields | None:
        """Those of a query's output column."""
        if query.set_operation is not None:
            return _alike(self._arms(query.set_operation, at, around))
        inner = self.judge.outputs.inside(query, around)
        if query.values:
            return self._shared([row[at] for row in query.values], inner)
        return self.of(query.output[at].expr, inner) if at < len(query.output) else None

    def _arms(
        self, operation: tree.SetOperation, at: int, around: Scope
    ) -> Iterable[Fields | None]:
        for arm in (operation.left, operation.right):
            if isinstance(arm, tree.SetOperation):
                yield from self._arms(arm, at, around)
            else:
                yield self._output(arm, at, around)

    def _shared(self, exprs: Sequence[tree.Expr], scope: Scope) -> Fields | None:
        """What several values have in common; constants are NULL or empty arrays."""
        return _alike(self.of(each, scope) for each in exprs if not isinstance(each, tree.Const))

    def _field(self, name: str, expr: tree.Expr, verdict: Verdict, scope: Scope) -> RecordField:
        dimensions = array_dimensions(self.judge.catalog, expr)
        origin = column_origin(expr)
        return RecordField(
            name=name,
            type=NULL_TYPE if _is_null(expr) else expr.type,
            nullable=verdict.nullable,
            element_nullable=bool(dimensions) and verdict.elements,
            dimensions=dimensions,
            relation=origin.relation if origin is not None else 0,
            relation_column=origin.column if origin is not None else None,
            fields=self.of(expr, scope) if _holds_records(expr) else None,
        )


def _unproved(column: tree.EntryColumn) -> RecordField:
    return RecordField(column.name, column.type)


def _alike(found: Iterable[Fields | None]) -> Fields | None:
    """What rows of several origins share: the same fields by type, NULL where one may be; those
    that have a name have the same one, or none is told."""
    known = list(found)
    if not known or any(fields is None for fields in known):
        return None
    all_fields = [fields for fields in known if fields is not None]
    if len({len(fields) for fields in all_fields}) > 1:
        return None
    columns = list(zip(*all_fields, strict=True))
    types = [_common_type(fields) for fields in columns]
    if any(type_ is None for type_ in types):
        return None
    return tuple(
        _either(fields, type_)
        for fields, type_ in zip(columns, types, strict=True)
        if type_ is not None
    )


def _common_type(fields: Sequence[RecordField]) -> int | None:
    """The type that values of one field all have. NULL has any, and a literal in a row that nothing
    gives a type to travels as its text."""
    types = {field.type for field in fields} - {NULL_TYPE}
    if oids.TEXT in types:
        types -= {oids.UNKNOWN}
    if not types:
        return NULL_TYPE
    return types.pop() if len(types) == 1 else None


def _either(fields: Sequence[RecordField], type_: int) -> RecordField:
    shown = next(field for field in fields if field.type == type_)
    every, fields = fields, [field for field in fields if field.type != NULL_TYPE] or fields
    names = {field.name for field in every} - {""}
    origins = {(field.relation, field.relation_column) for field in fields}
    relation, column = origins.pop() if len(origins) == 1 else (0, None)
    dimensions = sorted({each for field in fields for each in field.dimensions})
    inner = [field.fields for field in fields]
    return replace(
        shown,
        name=names.pop() if len(names) == 1 else "",
        relation=relation,
        relation_column=column,
        nullable=any(field.nullable for field in every),
        element_nullable=any(field.element_nullable for field in fields),
        dimensions=tuple(dimensions),
        fields=_alike(inner),
    )


def _holds_records(expr: tree.Expr) -> bool:
    return expr.type in (oids.RECORD, oids.RECORD_ARRAY)


def _is_null(expr: tree.Expr) -> bool:
    return isinstance(expr, tree.Const) and expr.value is None and expr.type == oids.UNKNOWN
