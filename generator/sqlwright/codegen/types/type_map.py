"""From PostgreSQL types to Python: annotations, conversions, and the classes they use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TypeVar

from sqlwright.analysis.facts import NULL_TYPE, Parameter, QueryFacts, RecordField, ResultColumn
from sqlwright.analysis.outputs.stored_columns import StoredColumn, stored_columns
from sqlwright.analysis.outputs.table_rows import fields_of_type, row_relation, values_in_columns
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Relation, Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.classes import class_names
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.options import Override, PackageOptions
from sqlwright.codegen.types.carriage import is_anonymous
from sqlwright.codegen.types.carriers import Way
from sqlwright.codegen.types.checked_literals import literal_codec
from sqlwright.codegen.types.codec import Codec
from sqlwright.codegen.types.json_objects import json_column, json_field
from sqlwright.codegen.types.json_types import typed_json_codec
from sqlwright.codegen.types.python_type import NO_VALUE, PythonType, imported
from sqlwright.codegen.types.records import RecordNames, object_codec, tuple_codec
from sqlwright.codegen.types.travel import check_read, check_sent, copies_text, obstacle, written
from sqlwright.codegen.types.type_codecs import TypeCodecs
from sqlwright.codegen.types.type_overrides import NOWHERE, Place, override_at, typed_json_at
from sqlwright.codegen.types.whole_rows import WholeRows
from sqlwright.codegen.types.written import written_type
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import DiagnosticError, Label
from sqlwright.source import Span

Item = TypeVar("Item")
Where = TypeVar("Where")
Columns = dict[int, StoredColumn]
"""What is known of the columns of a relation, by their numbers."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Anonymous rows, and values of a `row_type` that need not be rows of its table: their fields,
    and what their class is called if the query has one for them."""

    fields: Sequence[RecordField]
    names: RecordNames | None
    row_type: int


_Form = tuple[int, bool, Sequence[int], bool]
"""A type with what is known of its values in one place: whether elements may be NULL, how many
dimensions there may be, and whether the value may be NULL."""


@dataclass(frozen=True, eq=False)
class TypeMap(TypeCodecs):
    """The Python side of a catalog's types in their places: columns of results and of tables,
    parameters, fields of anonymous rows. What is `remembered` of a relation need not be found
    out."""

    remembered: Callable[[int, Callable[[], Columns]], Columns] = lambda _, find: find()

    def of_column(
        self,
        column: ResultColumn,
        query: QueryFacts | None = None,
        names: RecordNames | None = None,
    ) -> Codec:
        """How a column of a result looks; `names` are those of the anonymous rows in it."""
        if names is not None:
            return self._of_column(column, query, names)
        oid = column.declared_type if self.options.domain_types else column.type
        form = oid, column.element_nullable, column.dimensions, column.nullable
        if column.fields is None and (codec := self._plain(form, query, column.declared_type)):
            return codec
        return self._of(self._of_column, column, query)

    def _of_column(
        self, column: ResultColumn, query: QueryFacts | None, names: RecordNames | None = None
    ) -> Codec:
        origin = column.relation_column
        place = Place((column.relation, origin) if origin else None, query, column.name)
        oid = column.declared_type if self.options.domain_types else column.type
        with _reported_at(column.span, query):
            if column.json is not None:
                codec = json_column(self, column, names)
            else:
                rows = self._rows_in(column, names)
                codec = self._at(oid, column.element_nullable, place, column.dimensions, rows)
                check_read(self, column, place)
        return codec.or_null() if column.nullable else codec

    def of_parameter(self, parameter: Parameter, query: QueryFacts | None = None) -> Codec:
        """How a parameter looks. What is compared with or put into a column looks like it, also
        where there are many of them in an array."""
        form = (
            self._domain_of(parameter),
            parameter.element_nullable,
            (max(1, parameter.dimensions),),
            parameter.nullable or parameter.absent == "none",
        )
        copied = query is not None and query.command == "copyfrom"
        if not copied and (codec := self._plain(form, query, parameter.type, "send")):
            return codec
        return self._of(self._of_parameter, parameter, query)

    def _of_parameter(self, parameter: Parameter, query: QueryFacts | None) -> Codec:
        place = Place(
            parameter.column, query, parameter.name, sent=True, stored_in=parameter.stored_in
        )
        with _reported_at(parameter.span, query):
            oid = self._domain_of(parameter)
            dimensions = (max(1, parameter.dimensions),)
            codec = self._at(oid, parameter.element_nullable, place, dimensions)
            if not codec.sent_as:
                check_sent(self, parameter, query, place)
        codec = codec.or_null() if parameter.nullable or parameter.absent == "none" else codec
        if query is not None and query.command == "copyfrom" and copies_text(self, query):
            return written(self, codec, parameter)
        return codec

    def _domain_of(self, parameter: Parameter) -> int:
        """The domain of the column that a parameter has to do with, where domains are types of
        their own; PostgreSQL itself compares such a column as its base type."""
        if not self.options.domain_types or parameter.column is None:
            return parameter.type
        oid, name = parameter.column
        types = [
            column.type for column in self.catalog.relation(oid).columns if column.name == name
        ]
        same = (found for found in types if self.catalog.base_type(found) == parameter.type)
        return next(same, parameter.type)

    def of_field(self, relation: Relation, column: Column) -> Codec:
        """How a column of a table or composite type looks."""
        if self._values_in(relation).get(column.number):
            return self._of(self._of_field, column, relation)
        if relation.kind != "composite type":
            known = self.stored(relation)[column.number]
            form = column.type, known.element_nullable, known.dimensions, known.nullable
            if codec := self._plain(form):
                return codec
        return self._of(self._of_field, column, relation)

    @cached_property
    def _rules_for_places(self) -> bool:
        """Whether the configuration says something of places, beside what it says of types."""
        options = self.options
        rules = any(each.query or each.column for each in options.overrides)
        return rules or bool(options.json.columns) or options.check_literals

    def has_rules_for_places(self, query: QueryFacts | None) -> bool:
        """Whether anything is said of places rather than of types that may be in a query."""
        return self._rules_for_places or (query is not None and bool(query.json_types))

    def _plain(
        self,
        form: _Form,
        query: QueryFacts | None = None,
        carried: int | None = None,
        way: Way = "read",
    ) -> Codec | None:
        """How a value of a form looks wherever it is, as nearly all do; None where that depends on
        the place, and where there is something to report of it."""
        if self._rules_for_places or (query is not None and query.json_types):
            return None
        key = self, form, carried, way
        return self.catalog.memo.once(key, self._anywhere, form, carried, way)

    def _anywhere(self, form: _Form, carried: int | None, way: Way) -> Codec | None:
        oid, element_nullable, dimensions, nullable = form
        try:
            codec = self.elementwise(oid, element_nullable, dimensions)
        except DiagnosticError:
            return None
        if way == "send" and codec.sent_as:
            carried = None  # as it is, but as another type
        if carried is not None and obstacle(self, carried, way) is not None:
            return None
        return codec.or_null() if nullable else codec

    def _of(self, work: Callable[[Item, Where], Codec], item: Item, where: Where) -> Codec:
        # By the identities of what is asked about, which is kept so that they stay its own.
        return self.once((id(item), id(where)), lambda: (work(item, where), item, where))[0]

    def _of_field(self, column: Column, relation: Relation) -> Codec:
        with _reported_at(column.declared):
            place = Place((relation.oid, column.name))
            known = self.stored(relation)[column.number]
            rows = self._values_in(relation).get(column.number)
            codec = self._at(column.type, known.element_nullable, place, known.dimensions, rows)
        if relation.kind == "composite type":
            codec = codec.as_field()
        return codec.or_null() if known.nullable else codec

    def _values_in(self, relation: Relation) -> dict[int, _Rows]:
        """The values of row types in the columns of a relation, by number, that need not be rows
        of tables."""

        def find() -> dict[int, _Rows]:
            fields = values_in_columns(self.catalog, relation)
            return {
                column.number: _Rows(each, None, row.row_type)
                for column, each in zip(relation.columns, fields, strict=True)
                if each is not None and (row := row_relation(self.catalog, column.type))
            }

        return self.once(("values in", relation.oid), find)

    def value_fields(self, row_type: int) -> tuple[tuple[str, Codec], ...]:
        """The fields of objects for values of a row type, by name."""
        return tuple(
            (field.name, self.of_field_of_rows(field).as_field())
            for field in fields_of_type(self.catalog, row_type) or ()
        )

    def stored(self, relation: Relation) -> Columns:
        """What is known of the values in the columns of a table, view or composite type."""
        find = partial(_stored, self.catalog, relation)
        return self.once(("stored", relation.oid), lambda: self.remembered(relation.oid, find))

    def _at(
        self,
        oid: int,
        element_nullable: bool,
        place: Place,
        dimensions: Sequence[int],
        rows: _Rows | None = None,
    ) -> Codec:
        item = self.catalog.type(oid)
        if place is not NOWHERE:
            if self.is_json(item) and (python := typed_json_at(self.catalog, self.options, place)):
                return typed_json_codec(written_type(python, self.public), self.public)
            if rule := override_at(self.catalog, self.options, place):
                return self._ruled_at(item, rule, place, element_nullable)
            if (literal := self._literal_at(item, place)) is not None:
                return literal
        of_rows = None if rows is None else lambda: self._of_rows(rows)
        if of_rows is not None and not self.has_rule(item):
            oid = self.catalog.base_type(oid)
        return self.elementwise(oid, element_nullable, dimensions, of_rows)

    def _literal_at(self, item: Type, place: Place) -> Codec | None:
        """A value of a column of which a CHECK lists the values, where no rule or class of its own
        says how it looks. What is only compared with one may be anything."""
        if not self.options.check_literals or self.has_rule(item):
            return None
        if item.kind == "domain" and self.new_type(item) is not None:
            return None
        column = place.stored_in if place.sent else place.column
        return literal_codec(self.catalog, self.public, item.oid, column, stored=place.sent)

    def _ruled_at(self, item: Type, rule: Override, place: Place, element_nullable: bool) -> Codec:
        """A rule for a column holds for an array of its values too, element by element."""
        codec = self.overridden(item, rule)
        if place.column is None or rule.query is not None or not item.is_array:
            return codec
        relation = self.catalog.relation(place.column[0])
        column = next((c for c in relation.columns if c.name == place.column[1]), None)
        if column is None or self.catalog.type(column.type).is_array:
            return codec
        element = self.overridden(self.catalog.type(item.element), rule)
        return self.array_of(element.or_null() if element_nullable else element)

    def _rows_in(self, item: ResultColumn | RecordField, names: RecordNames | None) -> _Rows | None:
        """Those in a value, or in the elements of an array."""
        if item.fields is None:
            return None
        relation = None if is_anonymous(item) else row_relation(self.catalog, item.type)
        return _Rows(item.fields, names, relation.row_type if relation is not None else 0)

    def _of_rows(self, rows: _Rows) -> Codec:
        names = rows.names
        if rows.row_type and names is None:
            return self.values_of(rows.row_type)
        if names is not None and names.name and (relation := self.model_of(rows.fields)):
            # asyncpg makes tuples of anonymous rows, as it does not of composite values.
            return replace(self.codec(relation.row_type), may_be_list=not rows.row_type)
        inner = names.inner if names is not None else (None,) * len(rows.fields)
        fields = [self.of_field_of_rows(*each) for each in zip(rows.fields, inner, strict=True)]
        if names is not None and names.name:
            return object_codec(names, fields, may_be_list=not rows.row_type)
        return tuple_codec(fields, self.public)

    def of_field_of_rows(self, item: RecordField, names: RecordNames | None = None) -> Codec:
        """How a field of anonymous rows looks; `names` are those of the rows in it."""
        if item.json is not None:
            return json_field(self, item, names)
        if item.type == NULL_TYPE:
            return Codec(NO_VALUE, NO_VALUE)
        place = _place_of(item)
        rows = self._rows_in(item, names)
        codec = self._at(item.type, item.element_nullable, place, item.dimensions, rows)
        return codec.or_null() if item.nullable else codec

    def model_of(self, fields: Sequence[RecordField]) -> Relation | None:
        """The relation whose model anonymous rows of these fields are objects of."""
        relation = self.whole_rows.relation_of(fields)
        if relation is None or self.has_rule(self.catalog.type(relation.row_type)):
            return None
        return relation

    def model_type(self, relation: Relation) -> PythonType:
        """The model of a relation that has one."""
        return imported(modules.MODELS, self.classes.relations[relation.oid])

    def rules_on(self, item: RecordField) -> tuple[Override, ...]:
        """The rules on values of a field and on elements of arrays in it, that of its place
        first."""
        found = [override_at(self.catalog, self.options, _place_of(item))]
        kind: Type | None = self.catalog.type(item.type)
        while kind is not None:
            found += self.rules_of(kind)
            under = kind.base if kind.kind == "domain" else kind.element if kind.is_array else 0
            kind = self.catalog.type(under) if under else None
        return tuple(rule for rule in found if rule is not None)

    def json_rule(self, item: RecordField) -> str | None:
        """The type that the configuration gives to the contents of a column of json."""
        return typed_json_at(self.catalog, self.options, _place_of(item))

    @property
    def whole_rows(self) -> WholeRows:
        """What finds the relations whose models are the classes of rows."""
        return WholeRows(self.catalog, self.classes.relations, self.stored)


def type_map(
    catalog: Catalog, options: PackageOptions, public: frozenset[str] = frozenset()
) -> TypeMap:
    """The types of a catalog; `public` are further names that imports must keep clear of."""
    classes = class_names(catalog, options, public)
    names = frozenset(classes.all())
    return TypeMap(catalog, options, classes, PublicNames(public | names), names)


def _stored(catalog: Catalog, relation: Relation) -> Columns:
    numbers = (each.number for each in relation.columns)
    return dict(zip(numbers, stored_columns(catalog, relation), strict=True))


def _place_of(item: RecordField) -> Place:
    origin = item.relation_column
    return Place((item.relation, origin)) if origin else NOWHERE


@contextmanager
def _reported_at(span: Span | None, query: QueryFacts | None = None) -> Iterator[None]:
    """Say of an error where the type is that it is about, unless that is known already."""
    try:
        yield
    except DiagnosticError as error:
        found = error.diagnostic
        labels = found.labels or ((Label(span),) if span else ())
        name = found.query or (query.name if query else None)
        raise DiagnosticError(replace(found, labels=labels, query=name)) from None
