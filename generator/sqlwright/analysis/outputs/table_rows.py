"""Values of the row type of a table: which of them are rows of the table, and what the others hold.

PostgreSQL holds the rows of a table to its constraints, and values of its row type to none of them:
`ROW(NULL, 'x')::pets` is one, and a function that finds no row gives one of NULLs to FROM, even
where a domain forbids NULL (manual 8.16.1, 8.16.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason, RecordField
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict
from sqlwright.analysis.nullability.judge import CatalogJudge
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.outputs.common_fields import Fields
from sqlwright.analysis.outputs.shown_values import Shown, ShownValues
from sqlwright.analysis.outputs.stored_columns import StoredColumn, stored_columns
from sqlwright.analysis.premises.array_elements import type_forbids_null_elements
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function, is_own
from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import dataclass, replace

_MADE_OF_JSON = (
    *("json_populate_record", "jsonb_populate_record"),
    *("json_populate_recordset", "jsonb_populate_recordset"),
)
"""What PostgreSQL's own functions change in the values that they are given."""


def row_relation(catalog: Catalog, oid: int) -> Relation | None:
    """The table or view whose row type a type is, or that of the elements of its arrays; None also
    for what CREATE TYPE makes, whose values have no constraints to miss."""
    return catalog.memo.once(("row type", oid), _row_relation, catalog, oid)


def _row_relation(catalog: Catalog, oid: int) -> Relation | None:
    item = catalog.type(catalog.base_type(oid))
    while item.is_array and item.element:
        item = catalog.type(catalog.base_type(item.element))
    if item.kind != "composite":
        return None
    relation = catalog.relation(item.relation)
    return None if relation.kind == "composite type" else relation


def fields_of_values(catalog: Catalog, relation: Relation) -> Fields | None:
    """What any value of the row type may hold; None where rows of the relation may hold it too."""
    stored = stored_columns(catalog, relation)
    fields = loose_fields(catalog, relation)
    promised = any(
        not known.nullable or (field.element_nullable and not known.element_nullable)
        for field, known in zip(fields, stored, strict=True)
    )
    checked = any(each.kind == "check" for each in relation.constraints)
    return fields if promised or checked or any(field.fields for field in fields) else None


def loose_fields(catalog: Catalog, relation: Relation) -> Fields:
    """What a value of the row type may hold that is no row of the relation."""
    stored = stored_columns(catalog, relation)
    return tuple(
        _field(catalog, column, known)
        for column, known in zip(relation.columns, stored, strict=True)
    )


def _field(catalog: Catalog, column: Column, known: StoredColumn) -> RecordField:
    """Of no column of the table's: what is said of that, as by a CHECK, does not hold here."""
    return RecordField(
        column.name,
        column.type,
        element_nullable=bool(known.dimensions)
        and not type_forbids_null_elements(catalog, column.type),
        dimensions=known.dimensions,
        fields=fields_of_type(catalog, column.type),
    )


def fields_of_type(catalog: Catalog, oid: int) -> Fields | None:
    """What values of a type, or the elements of its arrays, may hold if it is a row type."""
    relation = row_relation(catalog, oid)
    return None if relation is None else fields_of_values(catalog, relation)


def values_in_columns(catalog: Catalog, relation: Relation) -> tuple[Fields | None, ...]:
    """What the columns of a relation may hold that are of a row type, and store other values than
    rows; a view shows what its query does."""
    if not any(row_relation(catalog, each.type) for each in relation.columns):
        return (None,) * len(relation.columns)
    view = relation.stored if relation.kind == "view" else None
    if not isinstance(view, tree.Query):
        return tuple(fields_of_type(catalog, each.type) for each in relation.columns)
    judge = CatalogJudge(catalog, optional=())
    inside = judge.outputs.open(view, None, None)
    return tuple(
        fields_of_shown(judge, each.type, ShownValues(judge).of_own(view, at, inside))
        for at, each in enumerate(relation.columns)
    )


def row_types_in(catalog: Catalog, oid: int, fields: Fields | None) -> Iterator[int]:
    """The row types of values in a type that may hold these fields, those within too."""
    relation = row_relation(catalog, oid)
    if relation is None or fields is None:
        return
    yield relation.row_type
    for field in fields:
        yield from row_types_in(catalog, field.type, field.fields)


def fields_of_shown(judge: Judge, oid: int, shown: Shown | None) -> Fields | None:
    """What values of a row type hold where not all of them are rows of the relation; None where
    they are, so that its model is their class."""
    relation = row_relation(judge.catalog, oid)
    if relation is None or (shown is not None and TableRows(judge, relation).are_all(shown)):
        return None
    fields = fields_of_values(judge.catalog, relation)
    return fields if fields is None or shown is None else _as_given(judge, fields, shown)


def _as_given(judge: Judge, fields: Fields, shown: Shown) -> Fields:
    """The fields of rows that functions give to FROM, which are NULL where the columns may be."""
    found: list[list[Verdict]] = []
    for expr, scope in shown:
        if not isinstance(expr, tree.Var) or expr.number or expr.entry.kind != "function":
            return fields
        owner = scope.owner(expr.entry)
        if owner is None:
            return fields
        numbers = range(1, len(fields) + 1)
        found.append([judge.outputs.entry_column(expr.entry, at, owner) for at in numbers])
    return tuple(
        replace(
            field,
            nullable=any(each.nullable for each in verdicts),
            element_nullable=field.element_nullable and any(each.elements for each in verdicts),
        )
        for field, *verdicts in zip(fields, *found, strict=True)
    )


def why_no_rows(judge: Judge, oid: int, shown: Shown | None) -> Reason | None:
    """Why values of a row type need not be rows of the relation; None where they are."""
    relation = row_relation(judge.catalog, oid)
    if relation is None or fields_of_values(judge.catalog, relation) is None:
        return None
    found = None if shown is None else TableRows(judge, relation).first_other(shown)
    if shown is not None and found is None:
        return None
    what = f"this need not be a row of {relation.name}"
    text = f"{what}, and other values of its row type are held to no constraint"
    return Reason(text, None if found is None else span_of(*found))


@dataclass(frozen=True, slots=True)
class TableRows:
    """Tells rows of a relation from other values of its row type."""

    judge: Judge
    relation: Relation

    def are_all(self, shown: Shown) -> bool:
        """Whether each of several values, or each element of it, is NULL or a row of the
        relation."""
        return self.first_other(shown) is None

    def first_other(self, shown: Shown) -> tuple[tree.Expr, Scope] | None:
        """The first of several values that need be none."""
        return next((each for each in shown if not self.are(*each)), None)

    def are(self, expr: tree.Expr, scope: Scope) -> bool:
        """Whether the value of an expression is NULL or a row of the relation, or an array of
        such."""
        if isinstance(expr, tree.Const):
            return expr.value is None or expr.value == "{}"
        if not self._has_type(expr):
            return False
        match expr:
            case tree.Param():
                # Whoever calls gives an object of the model.
                return True
            case tree.Var(number=0):
                return self._is_whole(expr, scope)
            case tree.Var():
                shown = self._column(expr.entry, expr.number, scope)
                return shown is not None and self.are_all(shown)
            case tree.SubLink(kind="array" | "scalar", query=query):
                shown = ShownValues(self.judge).of_output(query, 0, scope)
                return shown is not None and self.are_all(shown)
            case tree.ArrayExpr(items=items) | tree.Coalesce(args=items) | tree.MinMax(args=items):
                return self._each(items, scope)
            case tree.Case(branches=branches, default=default):
                results = [each.result for each in branches]
                return self._each([*results, *([default] if default else [])], scope)
            case tree.SetReturning(call=inner) | tree.Subscript(container=inner):
                return self.are(inner, scope)
            case tree.Cast(operand=inner):
                return self.are(inner, scope)
        return self._call(expr, scope)

    def _call(self, expr: tree.Expr, scope: Scope) -> bool:
        """What PostgreSQL's own functions make of rows that they are given are rows: they put them
        into arrays, choose among them, or take them out."""
        match expr:
            case tree.Aggregate(function=function, args=args):
                facts = self.judge.logic.true_facts(expr.filter)
                rows = scope.level(expr.depth).before_grouping(expr.filter, facts)
                return is_own(function) and self._given(args, rows)
            case tree.WindowCall(function=function, args=args):
                return is_own(function) and self._given(args, scope)
            case tree.FuncCall(function=function, args=args):
                changed = is_function(function, *_MADE_OF_JSON)
                return is_own(function) and not changed and self._given(args, scope)
            case tree.OpCall(operator=operator, args=args):
                return is_own(operator) and self._given(args, scope)
        return False

    def _given(self, args: Iterable[tree.Expr], scope: Scope) -> bool:
        """Whether those of a call's arguments that have the type are rows, and there are any."""
        typed = [each for each in args if self._has_type(each)]
        return bool(typed) and self._each(typed, scope)

    def _each(self, exprs: Iterable[tree.Expr], scope: Scope) -> bool:
        return all(self.are(each, scope) for each in exprs)

    def _has_type(self, expr: tree.Expr) -> bool:
        found = row_relation(self.judge.catalog, expr.type)
        return found is not None and found.oid == self.relation.oid

    def _is_whole(self, expr: tree.Var, scope: Scope) -> bool:
        """Whether the rows of an entry are rows of the relation. FROM makes rows of NULLs of NULL
        in what a function gives."""
        entry, owner = expr.entry, scope.owner(expr.entry)
        if entry.kind == "relation":
            written = owner is not None and entry is owner.query.target_entry
            same = entry.relation is not None and entry.relation.oid == self.relation.oid
            return same and (not written or self._is_shown(expr, scope))
        if owner is None or len(entry.functions) != 1:
            return False
        call = entry.functions[0].call
        inner = call.call if isinstance(call, tree.SetReturning) else call
        if not isinstance(inner, tree.FuncCall) or not is_function(inner.function, "unnest"):
            return False
        [array] = inner.args
        return self.are(array, owner) and not self.judge.verdict(array, owner).elements

    def _is_shown(self, expr: tree.Var, scope: Scope) -> bool:
        """Whether a row that was written is as the relation shows its rows: what is written
        through a view need not be among them."""
        if self.relation.kind != "view":
            return True
        stored = stored_columns(self.judge.catalog, self.relation)
        columns = [
            replace(expr, number=at, type=each.type, modifier=each.modifier, name=each.name)
            for at, each in enumerate(expr.entry.columns, 1)
        ]
        verdicts = self.judge.verdicts(columns, scope)
        return not any(
            (found.nullable and not known.nullable)
            or (known.dimensions and found.elements and not known.element_nullable)
            for known, found in zip(stored, verdicts, strict=True)
        )

    def _column(self, entry: tree.RangeTableEntry, number: int, scope: Scope) -> Shown | None:
        """What a column shows, also one of a view."""
        view = entry.relation
        if view is None or view.kind != "view" or not isinstance(view.stored, tree.Query):
            return ShownValues(self.judge).of_column(entry, number, scope)
        source = entry.columns[number - 1].source
        at = next(
            (at for at, each in enumerate(view.columns) if source and source.name == each.name),
            None,
        )
        if at is None:
            return None
        inside = self.judge.outputs.open(view.stored, None, None)
        return ShownValues(self.judge).of_own(view.stored, at, inside)
