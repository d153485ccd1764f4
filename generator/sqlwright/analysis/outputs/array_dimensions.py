"""How many dimensions arrays have where schema and query say so: types do not (manual 8.15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from sqlwright.analysis import tree
from sqlwright.analysis.names.rowtypes import row_columns
from sqlwright.analysis.tree.traversal import Part
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function
from sqlwright.catalog.model import Function, Relation
from sqlwright.dataclass import dataclass, field
from sqlwright.patterns import pattern

Dimensions = tuple[int, ...]
"""The numbers of dimensions that an array may have, ascending; none for what is no array."""

_LITERAL = pattern(r"\s*(?:(?:\[[^\]]*\]\s*)+=\s*)?((?:\{\s*)*)(\})?")

_ARRAYS = (oids.ANYARRAY, oids.ANYCOMPATIBLEARRAY)
_POLYMORPHIC = (*_ARRAYS, oids.ANYELEMENT, oids.ANYCOMPATIBLE)

_Call = tree.FuncCall | tree.Aggregate | tree.WindowCall
_Known = frozenset[int]

_ANY: _Known = frozenset()
"""Of NULL and of empty arrays, which have as many dimensions as any."""


def array_dimensions(catalog: Catalog, expr: tree.Expr) -> Dimensions:
    """The dimensions that an expression's value may have as far as they can be told: 1 if nothing
    says anything, several if it is made of one array or another.

    A column has those it is declared with, which PostgreSQL keeps without enforcing them.
    """
    return _Reader(catalog).dimensions(expr)


def column_dimensions(catalog: Catalog, relation: Relation) -> tuple[Dimensions, ...]:
    """The same of the columns of a table, view or composite type, in order."""
    reader = _Reader(catalog)
    return tuple(reader.of_relation(relation, at) for at in range(len(relation.columns)))


def query_dimensions(catalog: Catalog, query: tree.Query) -> tuple[Dimensions, ...]:
    """The same of the output columns of a query."""
    return tuple(
        output_dimensions(catalog, query, number) if _is_array(catalog, target.expr.type) else ()
        for number, target in enumerate(query.output, 1)
    )


def output_dimensions(catalog: Catalog, query: tree.Query, number: int) -> Dimensions:
    """The same of an output column of a query that is an array."""
    return tuple(sorted(_Reader(catalog).output(query, number) or {1}))


def given_dimensions(
    catalog: Catalog, parts: Iterable[Part], columns: Mapping[int, Iterable[tuple[int, str]]]
) -> dict[int, int]:
    """The dimensions of the arrays that parameters among the parts of a query are, by number: of
    the casts written on them, of the functions' arguments that they are, and of the `columns` that
    they go to or are compared with.
    """
    found: dict[int, int] = {}

    def note(number: int, dimensions: int) -> None:
        found[number] = max(dimensions, found.get(number, 0))

    for part in parts:
        kind = type(part)
        if kind is not tree.Param and kind is not tree.FuncCall:
            continue
        if isinstance(part, tree.Param):
            if part.dimensions or _is_array(catalog, part.type):
                note(part.number, max(part.dimensions, domain_dimensions(catalog, part.type)))
                for oid, name in columns.get(part.number, ()):
                    note(part.number, _declared(catalog, oid, name, part.type))
        elif isinstance(part, tree.FuncCall) and part.function.dimensions:
            for arg, dimensions in _arguments(part):
                note(arg.number, dimensions)
    return found


def _declared(catalog: Catalog, oid: int, name: str, type_oid: int) -> int:
    """Those of a column, if a parameter's values are like its own."""
    base = catalog.base_type(type_oid)
    return max(
        (
            max(column.dimensions, domain_dimensions(catalog, column.type))
            for column in catalog.relation(oid).columns
            if column.name == name and catalog.base_type(column.type) == base
        ),
        default=0,
    )


def _arguments(call: tree.FuncCall) -> Iterator[tuple[tree.Param, int]]:
    """The parameters among a call's arguments, with the dimensions that those are declared with."""
    function = call.function
    modes = function.modes or ("in",) * len(function.dimensions)
    inputs = [
        dimensions
        for dimensions, mode in zip(function.dimensions, modes, strict=True)
        if mode in ("in", "inout", "variadic")
    ]
    for at, arg in zip(call.positions or range(len(call.args)), call.args, strict=False):
        while isinstance(arg, tree.Cast):
            arg = arg.operand
        if isinstance(arg, tree.Param) and at < len(inputs):
            yield arg, inputs[at]


def domain_dimensions(catalog: Catalog, oid: int) -> int:
    """Those of the array that a domain is declared over."""
    most = 0
    while (found := catalog.type(oid)).kind == "domain":
        most, oid = max(most, found.domain_dimensions), found.base
    return most


def _is_array(catalog: Catalog, oid: int) -> bool:
    return catalog.is_array(oid)


@dataclass(slots=True)
class _Reader:
    catalog: Catalog
    # Recursive queries whose own rows are being asked for.
    _open: set[tuple[int, int]] = field(default_factory=set)

    def dimensions(self, expr: tree.Expr) -> Dimensions:
        if not _is_array(self.catalog, expr.type):
            return ()
        return tuple(sorted(self.of(expr) or {1}))

    def of_relation(self, relation: Relation, at: int) -> Dimensions:
        column = relation.columns[at]
        if not _is_array(self.catalog, column.type):
            return ()
        return tuple(sorted(self._of_stored(relation, at) or {1}))

    def of(self, expr: tree.Expr) -> _Known:
        """Those of an array, empty if it has no say."""
        if not _is_array(self.catalog, expr.type):
            return frozenset({0})
        if (written := max(expr.dimensions, domain_dimensions(self.catalog, expr.type))) > 1:
            return frozenset({written})
        match expr:
            case tree.Var():
                return self._of_column(expr.entry, expr.number)
            case tree.Const(value=value):
                return _ANY if value is None else _of_literal(value)
            case tree.ArrayExpr(items=items, multidimensional=nested):
                if not items:
                    return _ANY
                return _more(self._any_of(items)) if nested else frozenset({1})
            case tree.SubLink(kind="array", query=query):
                return _more(self.output(query, 1))
            case tree.SubLink(kind="scalar", query=query):
                return self.output(query, 1)
            case tree.FieldSelect():
                return self._of_field(expr)
        return self._of_made(expr)

    def _of_made(self, expr: tree.Expr) -> _Known:
        match expr:
            case (
                tree.Subscript(is_slice=True, container=inner)
                | tree.Cast(operand=inner)
                | tree.Collate(operand=inner)
                | tree.FuncCall(syntax="cast" | "implicit", args=(inner, *_))
                | tree.OpCall(kind="nullif", args=(inner, *_))
                | tree.SetReturning(call=inner)
            ) if _is_array(self.catalog, inner.type):
                return self.of(inner)
            case tree.Coalesce(args=args) | tree.MinMax(args=args):
                return self._any_of(args)
            case tree.Case(branches=branches, default=default):
                ends = (default,) if default is not None else ()
                return self._any_of((*(each.result for each in branches), *ends))
            case tree.OpCall(operator=operator, args=args):
                return self._of_call(self.catalog.function(operator.function), args)
            case tree.FuncCall() | tree.Aggregate() | tree.WindowCall():
                return self._of_function(expr)
        return frozenset({1})

    def _of_field(self, expr: tree.FieldSelect) -> _Known:
        operand = expr.operand
        if isinstance(operand, tree.RowExpr) and expr.number <= len(operand.items):
            return self.of(operand.items[expr.number - 1])
        columns = row_columns(self.catalog, operand) or ()
        told = columns[expr.number - 1].dimensions if expr.number <= len(columns) else 0
        return frozenset({max(1, told)})

    def _of_function(self, call: _Call) -> _Known:
        function = call.function
        if is_function(function, "array_agg"):
            # Arrays are stacked, anything else is lined up (manual 9.21).
            return _more(self.of(call.args[0]))
        if is_function(function, "array_fill") and isinstance(call.args[1], tree.ArrayExpr):
            return frozenset({len(call.args[1].items)})
        return self._of_call(function, call.args)

    def _of_call(self, function: Function, args: tuple[tree.Expr, ...]) -> _Known:
        """PostgreSQL's own functions that give back an array like one they take keep its
        dimensions; of two put together the one of more has its way (manual 9.19)."""
        if not is_function(function, function.name):
            return frozenset({max(1, function.result_dimensions)})
        if function.result not in _POLYMORPHIC:
            return frozenset({1})
        pairs = zip(function.arguments, args, strict=False)
        alike = [self.of(arg) for kind, arg in pairs if kind == function.result]
        told = [known for known in alike if known]
        return frozenset(max(each) for each in product(*told)) if told else _ANY

    def _any_of(self, exprs: Iterable[tree.Expr]) -> _Known:
        return _ANY.union(*map(self.of, exprs))

    def _of_column(self, entry: tree.RangeTableEntry, number: int) -> _Known:
        if number <= 0:
            return frozenset({1})
        at = number - 1
        column = entry.columns[at]
        if entry.relation is not None:
            relation = self.catalog.get_relation(entry.relation.oid) or entry.relation
            source = column.source
            numbers = [each.number for each in relation.columns]
            if source is None or source.number not in numbers:
                return frozenset({1})
            return self._of_stored(relation, numbers.index(source.number))
        if entry.kind == "join" and entry.join_vars:
            return self.of(entry.join_vars[at])
        if entry.kind == "values":
            return self._any_of(row[at] for row in entry.values)
        if entry.cte is not None and entry.cte.query is not None:
            return self.output(entry.cte.query, number)
        if entry.subquery is not None:
            return self.output(entry.subquery, number)
        calls = [item.call for item in entry.functions]
        if len(calls) == 1 and calls[0].type == column.type:
            return self.of(calls[0])
        return frozenset({max(1, column.dimensions)})

    def _of_stored(self, relation: Relation, at: int) -> _Known:
        """A column of a relation: as declared, or as a view's query has it."""
        column, query = relation.columns[at], relation.stored
        if isinstance(query, tree.Query):
            return self.output(query, at + 1)
        written = max(column.dimensions, domain_dimensions(self.catalog, column.type))
        return frozenset({max(1, written)})

    def output(self, query: tree.Query, number: int) -> _Known:
        """Those of a query's output column. A recursive query's own rows add nothing new to it."""
        place = (id(query), number)
        if place in self._open:
            return _ANY
        self._open.add(place)
        try:
            return self._output(query, number)
        finally:
            self._open.discard(place)

    def _output(self, query: tree.Query, number: int) -> _Known:
        if query.set_operation is not None:
            return self._of_arm(query.set_operation, number)
        if query.values:
            return self._any_of(row[number - 1] for row in query.values)
        outputs = query.output
        return self.of(outputs[number - 1].expr) if number <= len(outputs) else frozenset({1})

    def _of_arm(self, arm: tree.SetOperation | tree.Query, number: int) -> _Known:
        if isinstance(arm, tree.Query):
            return self.output(arm, number)
        left = self._of_arm(arm.left, number)
        return left if arm.op == "except" else left | self._of_arm(arm.right, number)


def _more(known: _Known) -> _Known:
    """Of an array of such arrays, or of something that is none."""
    return frozenset(each + 1 for each in known or {1})


def _of_literal(text: str) -> _Known:
    found = _LITERAL.match(text)
    if found is None or not found[1]:
        return frozenset({1})
    return _ANY if found[2] and found[1].count("{") == 1 else frozenset({found[1].count("{")})
