"""Which collation an expression has, and which one a comparison goes by (manual 23.2.2).

As PostgreSQL's `assign_collations_walker` derives them. A collation is named with its schema; ""
is none. What cannot be told, or contradicts itself, is `UNKNOWN`, which is no collation's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import Part, children
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.collations import DEFAULT, type_collation
from sqlwright.dataclass import dataclass

UNKNOWN = "?"

NONE, IMPLICIT, CONFLICT, EXPLICIT = range(4)


@dataclass(frozen=True, slots=True)
class Derived:
    """A collation, how it came to be, and the expression that brought it; in a conflict also the
    one that it met."""

    collation: str = ""
    strength: int = NONE
    origin: tree.Expr | None = None
    met: Derived | None = None

    def implicit(self) -> Derived:
        """What a column or a subquery passes on of it: a conflict leaves no collation at all."""
        if self.strength in (NONE, CONFLICT):
            return NOTHING
        return Derived(self.collation, IMPLICIT, self.origin)


NOTHING = Derived()

Known = dict[tuple[object, int], Derived]
"""What was found of columns, by the entry and the number, and of the operands of CASE."""


def is_exact(catalog: Catalog, collation: str) -> bool:
    """Whether the collation holds only texts of the same bytes equal, as all do that are not
    nondeterministic (manual 23.2.2.4)."""
    return collation != UNKNOWN and collation.partition(".")[2] not in catalog.nondeterministic


def compared_by(catalog: Catalog, operands: Iterable[tree.Expr]) -> str:
    """The collation by which an operator or function goes that has these operands."""
    if not catalog.nondeterministic:
        return DEFAULT
    collations = Collations(catalog)
    found = collations.merged(collations.derived(each) for each in operands)
    return UNKNOWN if found.strength == CONFLICT else found.collation


def derived_collation(catalog: Catalog, expr: tree.Expr) -> str:
    """The collation that an expression has."""
    return compared_by(catalog, (expr,))


def output_collation(catalog: Catalog, expr: tree.Expr) -> str:
    """The collation that a column of a relation made by a query has of its own, "" if that of its
    type holds."""
    own = type_collation(catalog, expr.type)
    found = Collations(catalog).derived(expr) if own else NOTHING
    if found.strength in (NONE, CONFLICT) or found.collation == own:
        return ""
    return found.collation


def lacks_collation(catalog: Catalog, expr: tree.Expr) -> bool:
    """Whether an expression should have a collation and several meet in it."""
    if not type_collation(catalog, expr.type):
        return False
    return Collations(catalog).derived(expr).implicit().strength == NONE


def uncollated(catalog: Catalog, query: tree.Query) -> frozenset[int]:
    """The places, from 0, of columns of a result that should have a collation and have none."""
    collations = Collations(catalog)
    return frozenset(
        at
        for at, target in enumerate(query.output)
        if type_collation(catalog, target.expr.type)
        and collations.of_output(query, at).strength == NONE
    )


class Collations:
    """Derives the collations of expressions. `checks`: all parts are looked at, those too whose
    collations have no say in that of the whole."""

    def __init__(
        self, catalog: Catalog, known: Known | None = None, *, checks: bool = False
    ) -> None:
        self.checks = checks
        self._catalog = catalog
        self._known: Known = {} if known is None else known

    def contradicted(self, first: Derived, second: Derived) -> Derived:
        """What two written collations come to that differ."""
        return Derived(UNKNOWN, EXPLICIT, first.origin or second.origin)

    def apart(self, parts: Iterable[Part]) -> None:
        """Parts that have no say in the collation of the whole."""

    def aggregate(self, call: tree.Aggregate) -> Derived:
        """An aggregate, whose collation is that of its arguments."""
        met = [*call.direct_args, *(call.args if merges_its_order(call) else ())]
        return self.of_parts(call, met)

    def merged(self, met: Iterable[Derived]) -> Derived:
        """What collations that meet come to: a written one wins, then any but the default."""
        found = NOTHING
        for other in met:
            if other.strength > found.strength:
                found = other
            elif other.strength == found.strength and other.collation != found.collation:
                found = self._of_two(found, other)
        return found

    def _of_two(self, first: Derived, second: Derived) -> Derived:
        if first.strength == EXPLICIT:
            return self.contradicted(first, second)
        if first.strength == CONFLICT or second.collation == DEFAULT:
            return first
        if first.collation == DEFAULT:
            return second
        if UNKNOWN in (first.collation, second.collation):
            return Derived(UNKNOWN, IMPLICIT, first.origin)
        return Derived(first.collation, CONFLICT, first.origin, second)

    def derived(self, expr: tree.Expr) -> Derived:
        """The collation that an expression passes on."""
        match expr:
            case tree.Collate():
                self.apart((expr.operand,))
                return Derived(expr.collation, EXPLICIT, expr)
            case tree.Var():
                return self._of_column(expr)
            case tree.Const() | tree.Param() | tree.SqlValue() | tree.SubLinkColumn():
                return self._own(expr)
            case tree.CaseTest():
                return self._tested(expr)
            case tree.RowExpr() | tree.RowCompare():
                self._of_rows(expr)
                return NOTHING
            case tree.FieldSelect():
                self.apart((expr.operand,))
                return self._of_field(expr)
            case tree.SubLink():
                return self._of_subquery(expr)
            case tree.Aggregate():
                return self.aggregate(expr)
            case tree.Cast(method="domain"):
                found = self.of_parts(expr, (expr.operand,))
                own = self._own(expr)
                return found if own.collation in ("", DEFAULT) else own
            case _:
                return self._of_others(expr)

    def _of_others(self, expr: tree.Expr) -> Derived:
        meeting, others = split(expr)
        self.apart(others)
        return self.of_parts(expr, meeting)

    def of_parts(self, expr: tree.Expr, meeting: Iterable[tree.Expr]) -> Derived:
        """The collation of an expression in which those of some parts meet."""
        own = self._own(expr)
        if own is NOTHING and not self.checks:
            return NOTHING
        found = self.merged(self.derived(each) for each in meeting)
        if own is NOTHING:
            return NOTHING
        return found if found.strength > NONE else own

    def _own(self, expr: tree.Expr) -> Derived:
        collation = type_collation(self._catalog, expr.type)
        return Derived(collation, IMPLICIT, expr) if collation else NOTHING

    def _of_rows(self, expr: tree.RowExpr | tree.RowCompare) -> None:
        if isinstance(expr, tree.RowExpr):
            self.apart(expr.items)
        elif self.checks:
            for pair in zip(expr.left, expr.right, strict=True):
                self.merged(self.derived(each) for each in pair)

    def _tested(self, expr: tree.CaseTest) -> Derived:
        key = (expr.operand, 0)
        if key not in self._known:
            self._known[key] = Collations(self._catalog, self._known).derived(expr.operand)
        return self._known[key].implicit()

    def _of_field(self, expr: tree.FieldSelect) -> Derived:
        own = self._own(expr)
        if own is NOTHING:
            return NOTHING
        given = self._of_attribute(expr.operand.type, expr.number)
        if given is not None:
            return Derived(given, IMPLICIT, expr) if given else own
        if isinstance(expr.operand, tree.RowExpr):
            item = expr.operand.items[expr.number - 1]
            found = Collations(self._catalog, self._known).derived(item).implicit()
            return Derived(found.collation, IMPLICIT, expr) if found.strength else NOTHING
        return Derived(UNKNOWN, IMPLICIT, expr)

    def _of_attribute(self, row_type: int, number: int) -> str | None:
        """The collation that a field of a row type is declared with, None if the type has none."""
        relation = self._catalog.relation_of_type(self._catalog.base_type(row_type))
        if relation is None:
            return None
        found = (each.collation for each in relation.columns if each.number == number)
        return next(found, "")

    def _of_subquery(self, expr: tree.SubLink) -> Derived:
        self.apart(expr.tests)
        own = self._own(expr)
        if own is NOTHING or expr.kind not in ("scalar", "array") or not expr.query.output:
            return own
        return Derived(self.of_output(expr.query, 0).collation, IMPLICIT, expr)

    # Columns

    def _of_column(self, var: tree.Var) -> Derived:
        own = self._own(var)
        if own is NOTHING or var.number <= 0:
            return own
        key = (var.entry, var.number)
        if key not in self._known:
            self._known[key] = Collations(self._catalog, self._known).source_of(var, own)
        found = self._known[key]
        return Derived(found.collation, IMPLICIT, var) if found.strength else NOTHING

    def source_of(self, var: tree.Var, own: Derived) -> Derived:
        """The collation of a column where it comes from; `own` is that of its type."""
        entry, at = var.entry, var.number - 1
        if entry.join_vars:
            return self.derived(entry.join_vars[at]).implicit()
        if entry.kind == "relation":
            source = entry.columns[at].source
            return own if source is None or not source.collation else _named(source.collation)
        if entry.cte is not None and entry.cte.recursive:
            known = entry.cte.collations
            return _named(known[at] if at < len(known) else UNKNOWN)
        query = entry.subquery if entry.cte is None else entry.cte.query
        if query is not None:
            return self.of_output(query, at)
        if entry.kind == "values":
            return self.merged(self.derived(row[at]) for row in entry.values).implicit()
        if entry.kind == "function":
            return self._of_function(var, own)
        return own if entry.kind in ("xmltable", "jsontable") else _named(UNKNOWN)

    def _of_function(self, var: tree.Var, own: Derived) -> Derived:
        first = 1
        for item in var.entry.functions:
            if var.number < first + item.columns:
                if item.columns == 1 and item.call.type == var.type:
                    return self.derived(item.call).implicit()
                given = self._of_attribute(item.call.type, var.number - first + 1)
                return _named(UNKNOWN if given is None else given) if given != "" else own
            first += item.columns
        return own

    def of_output(self, query: tree.Query, at: int) -> Derived:
        """The collation of a column of a query's result."""
        return self.of_side(query.set_operation or query, at).implicit()

    def of_side(self, side: tree.SetOperation | tree.Query, at: int) -> Derived:
        """The collation of a column of one side of a set operation."""
        if isinstance(side, tree.SetOperation):
            return self.merged(self.of_side(each, at) for each in (side.left, side.right))
        if side.set_operation is not None:
            return self.of_output(side, at)
        if side.values:
            return self.merged(self.derived(row[at]) for row in side.values).implicit()
        if at >= len(side.output):
            return _named(UNKNOWN)  # a column that SEARCH or CYCLE adds
        return self.derived(side.output[at].expr)


def _named(collation: str) -> Derived:
    return Derived(collation, IMPLICIT) if collation else NOTHING


def split(expr: tree.Expr) -> tuple[Sequence[tree.Expr], Sequence[Part]]:
    """The parts of an expression whose collations meet in it, and the others."""
    match expr:
        case tree.Case():
            results = [branch.result for branch in expr.branches]
            conditions = [branch.condition for branch in expr.branches]
            return results if expr.default is None else [*results, expr.default], conditions
        case tree.WindowCall():
            return expr.args, () if expr.filter is None else (expr.filter,)
        case tree.Subscript():
            bounds = [each for pair in expr.subscripts for each in pair if each is not None]
            return (expr.container,), bounds
        case tree.JsonQueryExpr():
            return (), children(expr)
        case _:
            parts = children(expr)
            meeting = [part for part in parts if isinstance(part, tree.Expr)]
            return meeting, [part for part in parts if not isinstance(part, tree.Expr)]


def merges_its_order(call: tree.Aggregate) -> bool:
    """Whether the arguments that an aggregate is given have a say in its collation: those after
    WITHIN GROUP only if there is no more than one."""
    aggregate = call.function.aggregate
    if aggregate is None or aggregate.kind == "normal":
        return True
    return len(call.args) == 1 and not call.function.variadic
