"""Where the elements of a parameter's array end up, and whether NULL may be among them there.

What is stored is followed back to the parameters it is made of: through `unnest`, subqueries, CTEs
and FROM, through functions that yield NULL for NULL, and through those that build arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.inputs.places import base_column, column_refuses_null
from sqlwright.analysis.inputs.value_sources import may_be_given, outputs, sources
from sqlwright.analysis.premises.array_elements import (
    tables_forbid_null_elements,
    type_refuses_null_elements,
)
from sqlwright.analysis.tree.traversal import Part
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function, is_operator, is_own
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Column, Function, Relation
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.source import Span

_ARRAYS = (oids.ANYARRAY, oids.ANYCOMPATIBLEARRAY)
_ELEMENTS = (oids.ANYELEMENT, oids.ANYNONARRAY, oids.ANYCOMPATIBLE, oids.ANYCOMPATIBLENONARRAY)
_COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class ElementUse:
    """One place that elements of a parameter reach: what it is, and whether it takes NULL."""

    text: str
    nullable: bool
    span: Span | None = None


def element_uses(catalog: Catalog, parts: Iterable[Part]) -> dict[int, list[ElementUse]]:
    """Where elements of each parameter's array are stored, or compared as they are, by number, in
    the parts of a query."""
    flow = _Flow(catalog)
    for part in parts:
        kind = type(part)
        if kind is tree.Query:
            flow.statement(part)  # type: ignore[arg-type]
        elif kind is tree.OpCall:
            flow.comparison(part)  # type: ignore[arg-type]
    return {number: list(uses) for number, uses in flow.found.items()}


def word_on_elements(catalog: Catalog, oid: int, uses: Sequence[ElementUse]) -> tuple[bool, Reason]:
    """Whether None may be among the elements of a parameter that is an array of a type, and why: it
    is of use there if they are stored somewhere, and taken if they are stored nowhere that refuses
    NULL."""
    if type_refuses_null_elements(catalog, oid):
        return False, Reason(f"type {catalog.display_type(oid)} lets no NULL in")
    deciding = next((use for use in uses if not use.nullable), next(iter(uses), None))
    if deciding is None:
        said = "its elements are stored nowhere, so that NULL has no use among them"
        return False, Reason(said)
    return deciding.nullable, Reason(deciding.text, deciding.span)


@dataclass(slots=True)
class _Flow:
    catalog: Catalog
    found: dict[int, dict[ElementUse, None]] = field(default_factory=dict)
    _seen: set[tuple[int, bool, ElementUse]] = field(default_factory=set)
    _proposed: dict[int, tree.Query] = field(default_factory=dict)

    # Places

    def statement(self, query: tree.Query) -> None:
        """What a statement writes."""
        entry = query.target_entry
        if entry is None or entry.relation is None:
            return
        relation, conflict = entry.relation, query.on_conflict
        if conflict is not None and conflict.excluded is not None:
            self._proposed[id(conflict.excluded)] = query
        for at, item in enumerate(query.assignments):
            values = [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
            for value in values:
                self._stored(relation, item.column, value)
        branches = (branch.assignments for branch in query.merge_branches)
        updates = conflict.assignments if conflict is not None else ()
        for assignments in (updates, *branches):
            for item in assignments:
                self._stored(relation, item.column, item.value)

    def _stored(self, relation: Relation, column: Column, value: tree.Expr) -> None:
        if not may_be_given(value):
            return
        relation, column = base_column(self.catalog, relation, column)
        name = f"{relation.name}.{column.name}"
        while isinstance(value, tree.Cast):
            value = value.operand
        of_arrays = self._is_array(column.type)
        if isinstance(value, tree.Param) and not of_arrays:
            return  # as in most places, where a parameter is no array
        part = isinstance(value, tree.Store)
        if of_arrays and not (part and not self._is_array(value.type)):
            use = self._array_use(relation, column)
            self._elements(value.value if isinstance(value, tree.Store) else value, use)
        elif isinstance(value, tree.Store):
            self._value(value.value, ElementUse(f"a part of column {name}", True, column.declared))
        else:
            refuses = column_refuses_null(self.catalog, relation, column)
            said = "is NOT NULL" if refuses else "may be NULL"
            self._value(value, ElementUse(f"column {name} {said}", not refuses, column.declared))

    def comparison(self, call: tree.OpCall) -> None:
        """Arrays are the same, or one before the other, by their elements, of which NULL is like
        NULL (manual 9.19)."""
        if len(call.args) != 2 or not all(self._is_array(arg.type) for arg in call.args):
            return
        if call.kind == "nullif" or not is_operator(call.operator, *_COMPARISONS):
            return
        for this, other in (call.args, call.args[::-1]):
            column = _column_of(other)
            if column is not None:
                use = self._array_use(*column)
                if use.nullable:
                    self._elements(this, use)

    def _array_use(self, relation: Relation, column: Column) -> ElementUse:
        name = f"{relation.name}.{column.name}"
        tables = (relation, *descendants_of(self.catalog, relation.oid))
        if type_refuses_null_elements(self.catalog, column.type) or tables_forbid_null_elements(
            tables, column.name
        ):
            text = f"no array in column {name} holds NULL"
            return ElementUse(text, False, column.declared)
        return ElementUse(f"arrays in column {name} may hold NULL", True, column.declared)

    def _is_array(self, oid: int) -> bool:
        return self.catalog.is_array(oid)

    # The way back

    def _first_visit(self, expr: tree.Expr, elements: bool, use: ElementUse) -> bool:
        key = (id(expr), elements, use)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _value(self, expr: tree.Expr, use: ElementUse) -> None:
        """A value that goes to the place as it is, or of which NULL becomes NULL there."""
        if not self._first_visit(expr, False, use):
            return
        match expr:
            case tree.Var():
                for source, as_element in sources(expr, self._proposed):
                    (self._elements if as_element else self._value)(source, use)
            case tree.Cast(operand=operand):
                self._value(operand, self._converted(expr, use, self.catalog.forbids_null))
            case tree.Collate(operand=operand) | tree.SetReturning(call=operand):
                self._value(operand, use)
            case tree.Coalesce(args=args):
                # Only where all the others are NULL, NULL in the last gets through.
                self._values(args[:-1], replace(use, nullable=True, text=_DEFAULTED))
                self._value(args[-1], use)
            case tree.Case() | tree.MinMax():
                self._values(_outcomes(expr), use)
            case tree.SubLink(kind="scalar", query=query):
                self._values(outputs(query, 1), use)
            case tree.RecordPlaceholder():
                self._values(outputs(expr.sublink.query, expr.number), use)
            case tree.RowExpr(items=items):
                inner = ElementUse("a field of a composite value", True)
                for item in items:
                    (self._elements if self._is_array(item.type) else self._value)(item, inner)
            case _:
                self._called_value(expr, use)

    def _called_value(self, expr: tree.Expr, use: ElementUse) -> None:
        match expr:
            case tree.Subscript(container=container, is_slice=False):
                self._elements(container, use)
            case tree.FuncCall() if is_function(expr.function, "unnest") and len(expr.args) == 1:
                self._elements(expr.args[0], use)
            case tree.FuncCall(function=function, args=args) if function.strict:
                self._values(() if function.returns_set else args, use)
            case tree.OpCall(kind="plain", args=args) if self._is_strict(expr.operator.function):
                self._values(args, use)
            case tree.OpCall(kind="nullif", args=(first, *_)):
                self._value(first, use)

    def _elements(self, expr: tree.Expr, use: ElementUse) -> None:
        """An array whose elements go to the place."""
        if not self._first_visit(expr, True, use):
            return
        match expr:
            case tree.Param(number=number):
                self.found.setdefault(number, {})[use] = None
            case tree.Var():
                for source, as_element in sources(expr, self._proposed):
                    if not as_element:
                        self._elements(source, use)
            case tree.Cast(operand=operand):
                self._elements(operand, self._converted(expr, use, self._forbids_elements))
            case tree.ArrayExpr(items=items, multidimensional=nested):
                for item in items:
                    (self._elements if nested else self._value)(item, use)
            case tree.SubLink(kind="array", query=query):
                nested = self._is_array(query.output[0].expr.type)
                for each in outputs(query, 1):
                    (self._elements if nested else self._value)(each, use)
            case tree.OpCall(kind="plain", args=args):
                function = self.catalog.function(expr.operator.function)
                self._built(function, tuple(enumerate(args)), use)
            case tree.FuncCall(syntax="call") | tree.Aggregate() | tree.WindowCall():
                positions = expr.positions if isinstance(expr, tree.FuncCall) else ()
                places = positions or range(len(expr.args))
                self._built(expr.function, tuple(zip(places, expr.args, strict=False)), use)
            case _:
                for each in _passed_on(expr):
                    self._elements(each, use)

    def _built(
        self, function: Function, args: Sequence[tuple[int, tree.Expr]], use: ElementUse
    ) -> None:
        """What PostgreSQL's own functions put into the array that they give back."""
        if not is_own(function):
            return
        for at, arg in args:
            declared = function.arguments[at] if at < len(function.arguments) else 0
            sought = at == 1 and is_function(function, "array_remove", "array_replace")
            if declared in _ARRAYS:
                self._elements(arg, use)
            elif declared in _ELEMENTS and not sought:
                (self._elements if self._is_array(arg.type) else self._value)(arg, use)

    def _values(self, exprs: Sequence[tree.Expr] | Iterator[tree.Expr], use: ElementUse) -> None:
        for each in exprs:
            self._value(each, use)

    def _converted(
        self, cast: tree.Cast, use: ElementUse, refuses: Callable[[int], bool]
    ) -> ElementUse:
        """The place, or the conversion on the way there that lets no NULL through."""
        if not use.nullable or not refuses(cast.type):
            return use
        return ElementUse(f"type {self.catalog.display_type(cast.type)} lets no NULL in", False)

    def _forbids_elements(self, oid: int) -> bool:
        return type_refuses_null_elements(self.catalog, oid)

    def _is_strict(self, oid: int) -> bool:
        function = self.catalog.get_function(oid)
        return function is not None and function.strict


_DEFAULTED = "NULL is replaced before it is stored"


def _passed_on(expr: tree.Expr) -> Iterator[tree.Expr]:
    """The arrays that an expression gives back, whole or in part."""
    match expr:
        case tree.Collate(operand=operand) | tree.Subscript(container=operand, is_slice=True):
            yield operand
        case tree.OpCall(args=(first, *_)) | tree.FuncCall(args=(first, *_)):
            yield first
        case tree.Coalesce() | tree.Case() | tree.MinMax():
            yield from _outcomes(expr)
        case tree.SubLink(kind="scalar", query=query):
            yield from outputs(query, 1)
        case tree.RecordPlaceholder():
            yield from outputs(expr.sublink.query, expr.number)


def _outcomes(expr: tree.Case | tree.MinMax | tree.Coalesce) -> Sequence[tree.Expr]:
    if not isinstance(expr, tree.Case):
        return expr.args
    ends = () if expr.default is None else (expr.default,)
    return (*(branch.result for branch in expr.branches), *ends)


def _column_of(expr: tree.Expr) -> tuple[Relation, Column] | None:
    while isinstance(expr, tree.Cast | tree.Collate):
        expr = expr.operand
    if not isinstance(expr, tree.Var) or expr.number <= 0 or expr.entry.relation is None:
        return None
    source = expr.entry.columns[expr.number - 1].source
    return None if source is None else (expr.entry.relation, source)
