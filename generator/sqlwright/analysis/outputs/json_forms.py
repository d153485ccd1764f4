"""What json is made of where the query tells it: `json_agg`, `jsonb_build_object`, `row_to_json`
and their like over known expressions (manual 9.16.1, 9.21).

A value becomes json by its type: numbers, texts, `true`; arrays are lists, rows are objects with
the names of their columns, NULL is null. What is json already stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from sqlwright.analysis import tree
from sqlwright.analysis.facts import NULL_TYPE, JsonForm, JsonLevel, RecordField
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.outputs.array_dimensions import array_dimensions
from sqlwright.analysis.outputs.common_fields import ANY_JSON, Fields, either
from sqlwright.analysis.outputs.json_of_types import JSON_TYPES, VALUE, JsonOfTypes
from sqlwright.analysis.outputs.record_fields import RowFields, holds_records, is_null
from sqlwright.analysis.outputs.shown_values import ShownValues
from sqlwright.analysis.premises.shown_columns import column_origin
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function, is_operator
from sqlwright.catalog.model import Relation, Type
from sqlwright.dataclass import dataclass, replace
from sqlwright.source import Span

_NOTHING = RecordField("", NULL_TYPE, nullable=False)
_EMPTY = {"[]": "list", "{}": "dict"}
_LISTS = ("json_agg", "jsonb_agg", "json_agg_strict", "jsonb_agg_strict")
_DICTS = (
    *("json_object_agg", "json_object_agg_strict", "json_object_agg_unique"),
    *("json_object_agg_unique_strict", "jsonb_object_agg", "jsonb_object_agg_strict"),
    *("jsonb_object_agg_unique", "jsonb_object_agg_unique_strict"),
)
_WITHOUT_NULLS = tuple(each for each in (*_LISTS, *_DICTS) if each.endswith("_strict"))
_OBJECTS = ("json_build_object", "jsonb_build_object")
_TUPLES = ("json_build_array", "jsonb_build_array")
_WHOLES = ("to_json", "to_jsonb", "row_to_json", "array_to_json")


@dataclass(frozen=True, slots=True)
class Untold:
    """Why nothing tells what json is made of."""

    text: str
    span: Span | None = None


Told = RecordField | Untold


def json_form(
    judge: Judge, query: tree.Query, at: int, scope: Scope, *, exact: bool = False
) -> Told:
    """What an output column of type json or jsonb is made of, as a field of no name, of the query
    whose scope this is. With `exact` numbers are to be read as they are written, as they have to be
    where one is a `numeric`."""
    shown = ShownValues(judge).of_own(query, at, scope)
    found = _Json(judge).one_of(query.output[at].expr, shown, scope)
    if isinstance(found, Untold):
        return found
    return _exact(found) if exact or _holds_numerics(judge.catalog, found) else found


def _exact(field: RecordField) -> RecordField:
    assert field.json is not None
    fields = None if field.fields is None else tuple(map(_exact, field.fields))
    return replace(field, fields=fields, json=replace(field.json, exact=True))


def _holds_numerics(catalog: Catalog, field: RecordField) -> bool:
    if field.fields is not None:
        return any(_holds_numerics(catalog, each) for each in field.fields)
    item = field.json.item if field.json is not None and field.json.item is not None else field
    if item.type == NULL_TYPE:
        return False
    base = catalog.type(catalog.base_type(item.type))
    element = catalog.base_type(base.element) if base.is_array and base.element else base.oid
    return element == oids.NUMERIC


@dataclass(frozen=True, slots=True)
class _JsonRows(RowFields):
    """The fields of rows that become objects."""

    def names(self, row: tree.RowExpr) -> tuple[str, ...]:
        return row.names or tuple(f"f{at}" for at in range(1, len(row.items) + 1))

    def field(self, name: str, expr: tree.Expr, verdict: Verdict, scope: Scope) -> RecordField:
        return _Json(self.judge).written(name, expr, verdict, scope)

    def of(self, expr: tree.Expr, scope: Scope) -> Fields | None:
        # A cast to a type with names of its own may change what is in the fields.
        if isinstance(expr, tree.Cast) and not holds_records(expr):
            return None
        # Explicitly, since the class is made anew for its slots.
        return RowFields.of(self, expr, scope)

    def unproved(self, column: tree.EntryColumn) -> RecordField:
        shown = RecordField(column.name, column.type, dimensions=(1,))
        return JsonOfTypes(self.judge.catalog).written(shown)


@dataclass(frozen=True, slots=True)
class _Json:
    judge: Judge

    def of(self, expr: tree.Expr, scope: Scope) -> Told:
        """What json that an expression gives is made of."""
        match expr:
            case tree.Const(value=str(text)):
                return self._constant(expr, text, scope)
            case (
                tree.Cast(operand=inner)
                | tree.FuncCall(syntax="cast" | "implicit", args=(inner, *_))
            ) if inner.type in JSON_TYPES:
                found = self.of(inner, scope)
                return found if isinstance(found, Untold) else replace(found, type=expr.type)
            case tree.Coalesce(args=items):
                return self.one_of(expr, [(each, scope) for each in items], scope)
            case tree.OpCall(kind="nullif", args=(inner, *_)):
                return self.of(inner, scope)
            case tree.Case(branches=branches, default=default):
                ends = [each.result for each in branches] + ([default] if default else [])
                return self.one_of(expr, [(each, scope) for each in ends], scope)
            case tree.SubLink(kind="scalar", query=query):
                return self.one_of(expr, ShownValues(self.judge).of_output(query, 0, scope), scope)
            case tree.Var(number=number) if number > 0:
                shown = ShownValues(self.judge).of_column(expr.entry, number, scope)
                return self.one_of(expr, shown, scope)
        return self._of_made(expr, scope)

    def _of_made(self, expr: tree.Expr, scope: Scope) -> Told:
        """What json is made of that a call makes."""
        match expr:
            case tree.Aggregate():
                facts = self.judge.logic.true_facts(expr.filter)
                rows = scope.level(expr.depth).before_grouping(expr.filter, facts)
                return self._aggregate(expr, rows, scope)
            case tree.WindowCall():
                return self._aggregate(expr, scope, scope)
            case tree.FuncCall(syntax="call"):
                return self._call(expr, scope)
            case tree.JsonConstructor():
                return self._constructor(expr, scope)
            case tree.OpCall(operator=operator, args=(left, right)):
                if is_operator(operator, "||"):
                    return self._put_together(expr, left, right, scope)
                if is_operator(operator, "-"):
                    return self._without(expr, left, right, scope)
        return self._untold(expr, scope)

    def _untold(self, expr: tree.Expr, scope: Scope, text: str = "") -> Untold:
        said = text or "this is no json that the query puts together itself"
        return Untold(said, span_of(expr, scope))

    def one_of(
        self, expr: tree.Expr, shown: Sequence[tuple[tree.Expr, Scope]] | None, scope: Scope
    ) -> Told:
        """What an expression is made of that has the value of one of several, of which NULL tells
        nothing."""
        told = [self.of(*each) for each in shown or () if not _is_no_value(each[0])]
        if not told:
            return self._untold(expr, scope)
        for each in told:
            if isinstance(each, Untold):
                return each
        found = either([each for each in told if not isinstance(each, Untold)])
        if found is None or found.json == ANY_JSON:
            return self._untold(expr, scope, "one of these is made of something else than another")
        return found

    def _constant(self, expr: tree.Const, text: str, scope: Scope) -> Told:
        kind = _EMPTY.get("".join(text.split()))
        if kind is None:
            return self._untold(expr, scope, "of constants only `[]` and `{}` tell what they are")
        level = JsonLevel("list" if kind == "list" else "dict", False)
        return RecordField(
            "", expr.type, nullable=False, json=JsonForm("value", (level,), item=_NOTHING)
        )

    def _aggregate(self, call: tree.Aggregate | tree.WindowCall, rows: Scope, scope: Scope) -> Told:
        """What a call makes of the rows that it sees."""
        of_lists = is_function(call.function, *_LISTS)
        if is_function(call.function, "any_value"):
            return self.of(call.args[0], rows)
        if not of_lists and not is_function(call.function, *_DICTS):
            return self._untold(call, scope)
        value = call.args[0 if of_lists else 1]
        [verdict] = self.judge.verdicts([value], rows)
        inner = self.written("", value, verdict, rows)
        if is_function(call.function, *_WITHOUT_NULLS):
            inner = replace(inner, nullable=False)
        return _within("list" if of_lists else "dict", inner, call.type)

    def _call(self, call: tree.FuncCall, scope: Scope) -> Told:
        if is_function(call.function, *_WHOLES):
            return self._value(call.args[0], call.type, scope)
        if call.variadic:
            return self._untold(call, scope, "the parts come in an array")
        if is_function(call.function, *_OBJECTS):
            return self._object(call, call.args, scope)
        if is_function(call.function, *_TUPLES):
            return self._tuple(call, call.args, scope)
        if call.args and call.args[0].type in JSON_TYPES and call.type in JSON_TYPES:
            name = call.function.name
            return self._untold(call, scope, f"{name}() may leave out or change what is in json")
        return self._untold(call, scope)

    def _value(self, expr: tree.Expr, type_: int, scope: Scope) -> Told:
        """What a value becomes that is json by itself, as NULL is not."""
        [verdict] = self.judge.verdicts([expr], scope)
        found = self.written("", expr, verdict, scope)
        if found.json == ANY_JSON:
            return self._any_value(expr, scope)
        form = found.json
        if form == VALUE:
            form = JsonForm("value", item=replace(found, nullable=False, json=None))
        return replace(found, type=type_, nullable=False, json=form, dimensions=())

    def _any_value(self, expr: tree.Expr, scope: Scope) -> Told:
        """Why nothing tells what a value becomes."""
        if self.judge.catalog.base_type(expr.type) in JSON_TYPES:
            return self.of(expr, scope)
        fields = _JsonRows(self.judge).of(expr, scope) if holds_records(expr) else None
        problem = wrong_names(fields) if fields is not None else None
        return self._untold(expr, scope, problem or "nothing tells what is in this value")

    def _put_together(
        self, expr: tree.Expr, left: tree.Expr, right: tree.Expr, scope: Scope
    ) -> Told:
        """`a || b`: of two objects the keys of both, and what the right one has under them, or a
        list of what is in two lists (manual 9.16.1)."""
        first, second = self.of(left, scope), self.of(right, scope)
        if isinstance(first, Untold):
            return first
        if isinstance(second, Untold):
            return second
        if _is_object(first) and _is_object(second):
            fields = {each.name: each for each in (*(first.fields or ()), *(second.fields or ()))}
            return _made("object", expr.type, fields.values())
        if _is_list(first) and _is_list(second):
            return self.one_of(expr, ((left, scope), (right, scope)), scope)
        return self._untold(expr, scope, "these are not two objects, nor two lists of one kind")

    def _without(self, expr: tree.Expr, left: tree.Expr, right: tree.Expr, scope: Scope) -> Told:
        """`a - 'key'`."""
        found, key = self.of(left, scope), _text(right)
        if isinstance(found, Untold):
            return found
        fields = [each for each in found.fields or () if each.name != key]
        if not _is_object(found) or key is None or not fields:
            return self._untold(expr, scope, "nothing tells what stays of this")
        return _made("object", expr.type, fields)

    def _constructor(self, expr: tree.JsonConstructor, scope: Scope) -> Told:
        if expr.op == "object" and not expr.absent_on_null:
            return self._object(expr, expr.args, scope)
        if expr.op == "array":
            if expr.absent_on_null and any(
                verdict.nullable for verdict in self.judge.verdicts(expr.args, scope)
            ):
                return self._untold(expr, scope, "values that are NULL are left out")
            return self._tuple(expr, expr.args, scope)
        if expr.op == "scalar":
            return self._value(expr.args[0], expr.type, scope)
        if expr.op == "object":
            return self._untold(expr, scope, "keys whose values are NULL are left out")
        return self._untold(expr, scope)

    def _object(self, expr: tree.Expr, args: Sequence[tree.Expr], scope: Scope) -> Told:
        keys, values = args[::2], args[1::2]
        if len(keys) != len(values):
            return self._untold(expr, scope, "the last key has no value")
        verdicts = self.judge.verdicts(values, scope)
        fields = []
        for key, value, verdict in zip(keys, values, verdicts, strict=True):
            if (name := _text(key)) is None:
                return self._untold(key, scope, "this key is no text that is written here")
            fields.append(self.written(name, value, verdict, scope))
        if not fields:
            return self._untold(expr, scope, "an object without keys has no fields")
        if problem := wrong_names(fields):
            return self._untold(expr, scope, problem)
        return _made("object", expr.type, fields)

    def _tuple(self, expr: tree.Expr, args: Sequence[tree.Expr], scope: Scope) -> Told:
        if not args:
            return self._untold(expr, scope, "a list without values has no fields")
        verdicts = self.judge.verdicts(args, scope)
        pairs = zip(args, verdicts, strict=True)
        return _made("tuple", expr.type, [self.written("", *pair, scope) for pair in pairs])

    def written(self, name: str, expr: tree.Expr, verdict: Verdict, scope: Scope) -> RecordField:
        """A value in json that is made of what an expression gives."""
        catalog = self.judge.catalog
        origin = column_origin(expr)
        dimensions = array_dimensions(catalog, expr)
        field = RecordField(
            name,
            NULL_TYPE if is_null(expr) else oids.TEXT if expr.type == oids.UNKNOWN else expr.type,
            verdict.nullable,
            bool(dimensions) and verdict.elements,
            dimensions,
            origin.relation if origin is not None else 0,
            origin.column if origin is not None else None,
        )
        base = catalog.base_type(expr.type)
        if base in JSON_TYPES:
            found = self.of(expr, scope)
            if isinstance(found, Untold):
                return replace(field, json=ANY_JSON)
            return replace(field, fields=found.fields, json=found.json)
        return self._rows(field, expr, scope) or JsonOfTypes(catalog).written(field)

    def _rows(self, field: RecordField, expr: tree.Expr, scope: Scope) -> RecordField | None:
        """Rows of which the query tells the fields; None for anything else."""
        catalog = self.judge.catalog
        kind = catalog.type(catalog.base_type(expr.type))
        of_array = kind.is_array and bool(kind.element)
        element = catalog.type(catalog.base_type(kind.element)) if of_array else kind
        if kind.oid == oids.RECORD_ARRAY:
            of_array, element = True, catalog.type(oids.RECORD)
        if element.oid != oids.RECORD and not self._is_of_table(element):
            return None
        fields = _JsonRows(self.judge).of(expr, scope) if field.dimensions in ((), (1,)) else None
        if element.kind == "composite":
            fields = _named(fields, catalog.relation(element.relation))
        elif fields is not None and wrong_names(fields):
            fields = None
        if fields is None:
            return None
        around = (JsonLevel("list", field.element_nullable),) if of_array else ()
        return replace(field, fields=fields, json=JsonForm("object", around))

    def _is_of_table(self, item: Type) -> bool:
        """Whether rows of a type may be those of a table or view, whose constraints hold for them;
        of other types all that is known is in the type."""
        if item.kind != "composite":
            return False
        return self.judge.catalog.relation(item.relation).kind != "composite type"


def _named(fields: Fields | None, relation: Relation) -> Fields | None:
    """The fields of rows of a relation, by its names for them, whatever they are called in a query;
    None if they are not those of its columns."""
    columns = relation.columns
    if fields is None or [field.type for field in fields] != [each.type for each in columns]:
        return None
    pairs = zip(fields, columns, strict=True)
    return tuple(replace(field, name=column.name) for field, column in pairs)


def wrong_names(fields: Sequence[RecordField]) -> str | None:
    """Why these cannot be the fields of an object."""
    names = [field.name for field in fields]
    if "" in names:
        return "a key is empty"
    twice = next((name for name in names if names.count(name) > 1), None)
    return f'the key "{twice}" is there twice' if twice is not None else None


def _made(
    kind: Literal["object", "tuple"], type_: int, fields: Iterable[RecordField]
) -> RecordField:
    return RecordField("", type_, nullable=False, fields=tuple(fields), json=JsonForm(kind))


def _within(kind: Literal["list", "dict"], inner: RecordField, type_: int) -> RecordField:
    """A list of such values, or an object that has them under keys."""
    form = inner.json
    assert form is not None
    around = (JsonLevel(kind, inner.nullable), *form.around)
    item = form.item
    if form.kind == "value" and item is None:
        item = replace(inner, json=None)
    made = replace(form, around=around, item=item)
    return RecordField("", type_, nullable=False, fields=inner.fields, json=made)


def _is_object(found: RecordField) -> bool:
    return found.json is not None and found.json.kind == "object" and not found.json.around


def _is_list(found: RecordField) -> bool:
    form = found.json
    return form is not None and bool(form.around) and form.around[0].kind == "list"


def _text(expr: tree.Expr) -> str | None:
    """The text that an expression is a literal of."""
    inner = expr.operand if isinstance(expr, tree.Cast) else expr
    texts = (oids.TEXT, oids.UNKNOWN, oids.VARCHAR)
    return inner.value if isinstance(inner, tree.Const) and inner.type in texts else None


def _is_no_value(expr: tree.Expr) -> bool:
    return isinstance(expr, tree.Const) and expr.value is None
