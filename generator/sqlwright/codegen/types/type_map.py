"""From PostgreSQL types to Python: annotations, conversions, and the classes they use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from sqlwright.analysis.facts import NULL_TYPE, Parameter, QueryFacts, RecordField, ResultColumn
from sqlwright.analysis.outputs.stored_columns import StoredColumn, stored_columns
from sqlwright.analysis.premises.array_elements import type_forbids_null_elements
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Relation, Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.classes import ClassNames, class_names
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.model import Import
from sqlwright.codegen.options import Override, PackageOptions
from sqlwright.codegen.types.base_types import BaseType, base_type
from sqlwright.codegen.types.carriage import Carriage, Obstacle
from sqlwright.codegen.types.carriers import Way
from sqlwright.codegen.types.checked_literals import literal_codec
from sqlwright.codegen.types.codec import (
    Codec,
    Conversion,
    Uses,
    converter,
    one_after_other,
)
from sqlwright.codegen.types.containers import array_codec, range_codec
from sqlwright.codegen.types.copied_text import text_writer
from sqlwright.codegen.types.json_types import SENT_AS, is_json, json_codec, typed_json_codec
from sqlwright.codegen.types.python_type import NO_VALUE, PythonType, imported
from sqlwright.codegen.types.records import RecordNames, object_codec, tuple_codec
from sqlwright.codegen.types.refusals import not_carried, unsupported_type
from sqlwright.codegen.types.type_overrides import (
    NOWHERE,
    Place,
    override_at,
    override_of_type,
    typed_json_at,
)
from sqlwright.codegen.types.whole_rows import WholeRows
from sqlwright.codegen.types.written import written_type
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import DiagnosticError, Label
from sqlwright.source import Span

Item = TypeVar("Item")
Where = TypeVar("Where")
T = TypeVar("T")
Columns = dict[int, StoredColumn]
"""What is known of the columns of a relation, by their numbers."""

_TypeRules = tuple[Override | None, Override | None]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Anonymous rows: their fields, and what their class is called if they have one."""

    fields: Sequence[RecordField]
    names: RecordNames | None


@dataclass(frozen=True, eq=False)
class TypeMap:
    """The Python side of a catalog's types under some options. What is `remembered` of a relation
    need not be found out."""

    catalog: Catalog
    options: PackageOptions
    classes: ClassNames
    public: PublicNames
    remembered: Callable[[int, Callable[[], Columns]], Columns] = lambda _, find: find()

    def _once(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        """What was worked out once under a key; the catalog notes what that follows from."""
        return self.catalog.memo.once((self, *key), work)

    def codec(self, oid: int) -> Codec:
        """How a not null value of a type looks where no rule is about its place.

        Raises DiagnosticError `unsupported-type`, with the override to write, for a type of which
        neither asyncpg's form nor a class is known.
        """
        return self._once(("codec", oid), lambda: self._ruled(self.catalog.type(oid)))

    def of_column(
        self,
        column: ResultColumn,
        query: QueryFacts | None = None,
        names: RecordNames | None = None,
    ) -> Codec:
        """How a column of a result looks; `names` are those of the anonymous rows in it."""
        if names is not None:
            return self._of_column(column, query, names)
        return self._of(self._of_column, column, query)

    def _of_column(
        self, column: ResultColumn, query: QueryFacts | None, names: RecordNames | None = None
    ) -> Codec:
        origin = column.relation_column
        place = Place((column.relation, origin) if origin else None, query, column.name)
        oid = column.declared_type if self.options.domain_types else column.type
        with _reported_at(column.span, query):
            rows = None if column.fields is None else _Rows(column.fields, names)
            codec = self._at(oid, column.element_nullable, place, column.dimensions, rows)
            self._check_read(column, place)
        return codec.or_null() if column.nullable else codec

    def of_parameter(self, parameter: Parameter, query: QueryFacts | None = None) -> Codec:
        """How a parameter looks. What is compared with or put into a column looks like it, also
        where there are many of them in an array."""
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
                self._check_sent(parameter, query, place)
        codec = codec.or_null() if parameter.nullable or parameter.absent == "none" else codec
        if query is not None and query.command == "copyfrom" and self.copies_text(query):
            return self._written(codec, parameter)
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
        return self._of(self._of_field, column, relation)

    def _of(self, work: Callable[[Item, Where], Codec], item: Item, where: Where) -> Codec:
        # By the identities of what is asked about, which is kept so that they stay its own.
        return self._once((id(item), id(where)), lambda: (work(item, where), item, where))[0]

    def _of_field(self, column: Column, relation: Relation) -> Codec:
        with _reported_at(column.declared):
            place = Place((relation.oid, column.name))
            known = self.stored(relation, column)
            codec = self._at(column.type, known.element_nullable, place, known.dimensions)
        if relation.kind == "composite type":
            codec = codec.as_field()
        return codec.or_null() if known.nullable else codec

    def stored(self, relation: Relation, column: Column) -> StoredColumn:
        """What is known of the values in a column of a table, view or composite type."""

        def find() -> Columns:
            numbers = (each.number for each in relation.columns)
            return dict(zip(numbers, stored_columns(self.catalog, relation), strict=True))

        known = self._once(("stored", relation.oid), lambda: self.remembered(relation.oid, find))
        return known[column.number]

    def row_function(self, name: str) -> tuple[str, Import]:
        """The function that makes a model object of a row, and where to import it from."""
        return self.public.imported(modules.MODELS, self.classes.from_row(name))

    # What the driver can do

    def types_to_know(self, query: QueryFacts) -> tuple[str, ...]:
        """The types, as SQL names them, that a connection has to know to read the query's rows: of
        fields of anonymous rows it asks no one."""
        found = {
            oid
            for column in query.columns
            if column.fields is not None
            for oid in self.carriage.to_be_known(column.fields)
        }
        return tuple(sorted(self.catalog.display_type(oid) for oid in found))

    @property
    def carriage(self) -> Carriage:
        """What travels, with codecs of the user's own for the types that a rule says so of."""
        return Carriage(self.catalog, self._has_own_codec)

    def _has_own_codec(self, item: Type) -> bool:
        return any(rule is not None and _promises_codec(rule) for rule in self._rules_of(item))

    def _obstacle(self, oid: int, way: Way) -> Obstacle | None:
        return self._once(("obstacle", oid, way), lambda: self.carriage.obstacle(oid, way))

    def _check_read(self, column: ResultColumn, place: Place) -> None:
        rule = override_at(self.catalog, self.options, place)
        if rule is not None and _promises_codec(rule):
            return
        if column.fields is not None:
            obstacle = self.carriage.obstacle_in_record(column.fields)
        else:
            obstacle = self._obstacle(column.declared_type, "read")
        if obstacle is not None:
            raise DiagnosticError(not_carried(self.catalog, column, "read", obstacle))

    def copies_text(self, query: QueryFacts) -> bool:
        """Whether a `:copyfrom` sends the text of its values: there are columns of which asyncpg
        has no binary form, and of every column the text is known."""
        return any(self._obstacle(item.type, "copy") for item in query.parameters) and all(
            text_writer(self.catalog, item.type, self.public) for item in query.parameters
        )

    def _written(self, codec: Codec, parameter: Parameter) -> Codec:
        """A parameter whose text is sent instead of its value."""
        writer = text_writer(self.catalog, parameter.type, self.public)
        made = one_after_other(codec.encode, writer)
        if made is not None and codec.encode is not None:
            made = replace(made, takes_none=codec.encode.takes_none)
        return replace(codec, encode=made, sent_as="", nullable_form=None)

    def _check_sent(self, parameter: Parameter, query: QueryFacts | None, place: Place) -> None:
        rule = override_at(self.catalog, self.options, place)
        if rule is not None and _promises_codec(rule):
            return
        way: Way = "copy" if query and query.command == "copyfrom" else "send"
        obstacle = self._obstacle(parameter.type, way)
        if obstacle is None or (query and way == "copy" and self.copies_text(query)):
            return
        raise DiagnosticError(not_carried(self.catalog, parameter, way, obstacle))

    # Rules of the configuration

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
            if self._is_json(item) and (python := typed_json_at(self.catalog, self.options, place)):
                return typed_json_codec(written_type(python).named_for(self.public), self.public)
            if rule := override_at(self.catalog, self.options, place):
                return self._ruled_at(item, rule, place, element_nullable)
            if (literal := self._literal_at(item, place)) is not None:
                return literal
        if (array := self._array_under(item)) is not None:
            element = self._at(array.element, False, NOWHERE, (), rows)
            if element_nullable:
                element = element.or_null()
            return self._array_of(element, dimensions or (1,))
        if rows is not None and not self._has_rule(item):
            return self._of_rows(rows)
        return self.codec(oid)

    def _literal_at(self, item: Type, place: Place) -> Codec | None:
        """A value of a column of which a CHECK lists the values, where no rule or class of its own
        says how it looks. What is only compared with one may be anything."""
        if not self.options.check_literals or self._has_rule(item):
            return None
        if item.kind == "domain" and self.new_type(item) is not None:
            return None
        column = place.stored_in if place.sent else place.column
        return literal_codec(self.catalog, self.public, item.oid, column, stored=place.sent)

    def _array_under(self, item: Type) -> Type | None:
        """The array that values of a type are, also where it is a domain, unless a rule or a class
        of its own says how they look."""
        if self._has_rule(item):
            return None
        if item.kind == "domain" and self.new_type(item) is None:
            return self._array_under(self.catalog.type(item.base))
        return item if _is_array(item) else None

    def _of_rows(self, rows: _Rows) -> Codec:
        names = rows.names
        if names is not None and names.name and (relation := self.model_of(rows.fields)):
            # asyncpg makes tuples of anonymous rows, as it does not of composite values.
            return replace(self.codec(relation.row_type), may_be_list=True)
        inner = names.inner if names is not None else (None,) * len(rows.fields)
        fields = [self.of_field_of_rows(*each) for each in zip(rows.fields, inner, strict=True)]
        if names is not None and names.name:
            return object_codec(names, fields)
        return tuple_codec(fields, self.public)

    def of_field_of_rows(self, item: RecordField, names: RecordNames | None = None) -> Codec:
        """How a field of anonymous rows looks; `names` are those of the rows in it."""
        if item.type == NULL_TYPE:
            return Codec(NO_VALUE, NO_VALUE)
        origin = item.relation_column
        place = Place((item.relation, origin)) if origin else NOWHERE
        rows = None if item.fields is None else _Rows(item.fields, names)
        codec = self._at(item.type, item.element_nullable, place, item.dimensions, rows)
        return codec.or_null() if item.nullable else codec

    def model_of(self, fields: Sequence[RecordField]) -> Relation | None:
        """The relation whose model anonymous rows of these fields are objects of."""
        relation = self.whole_rows.relation_of(fields)
        if relation is None or self._has_rule(self.catalog.type(relation.row_type)):
            return None
        return relation

    @property
    def whole_rows(self) -> WholeRows:
        """What finds the relations whose models are the classes of rows."""
        return WholeRows(self.catalog, self.classes.relations, self.stored)

    def _has_rule(self, item: Type) -> bool:
        return any(self._rules_of(item))

    def _rules_of(self, item: Type) -> _TypeRules:
        """The rules for a type in places that may not be NULL and in those that may."""
        return self._once(
            ("rules", item.oid),
            lambda: (
                override_of_type(self.catalog, self.options, item, False),
                override_of_type(self.catalog, self.options, item, True),
            ),
        )

    def _ruled_at(self, item: Type, rule: Override, place: Place, element_nullable: bool) -> Codec:
        """A rule for a column holds for an array of its values too, element by element."""
        codec = self._overridden(item, rule)
        if place.column is None or rule.query is not None or not item.is_array:
            return codec
        relation = self.catalog.relation(place.column[0])
        column = next((c for c in relation.columns if c.name == place.column[1]), None)
        if column is None or self.catalog.type(column.type).is_array:
            return codec
        element = self._overridden(self.catalog.type(item.element), rule)
        return self._array_of(element.or_null() if element_nullable else element)

    def _ruled(self, item: Type) -> Codec:
        """A type under the rules for types, which may differ for places that may be NULL."""
        rule, nullable_rule = self._rules_of(item)
        if nullable_rule is None:
            return self._overridden(item, rule) if rule else self._codec(item)
        nullable = self._overridden(item, nullable_rule).or_null()
        codec = self._overridden(item, rule) if rule else self._codec(item)
        return replace(codec, nullable_form=nullable)

    def _overridden(self, item: Type, rule: Override) -> Codec:
        """The Python type of a rule; converters stand between it and what asyncpg exchanges, or
        for json what it is decoded to."""
        python = written_type(rule.python).named_for(self.public)
        decode = converter(rule.from_db, self.public)
        encode = converter(rule.to_db, self.public)
        if not self._is_json(item):
            return Codec(python, python, decode, encode, may_be_list=True)
        plain = json_codec(self.options.json.form, self.public)
        return Codec(
            python,
            python,
            one_after_other(plain.decode, decode),
            one_after_other(encode, plain.encode),
            sent_as=SENT_AS,
        )

    def _is_json(self, item: Type) -> bool:
        return is_json(self.catalog.type(self.catalog.base_type(item.oid)))

    # Kinds of types

    def _codec(self, item: Type) -> Codec:
        if _is_array(item):
            element = self.codec(item.element)
            whole = type_forbids_null_elements(self.catalog, item.oid)
            return self._array_of(element if whole else element.or_null())
        if item.kind == "domain":
            return self._domain(item)
        if item.kind == "enum":
            return self._enum(item)
        if item.kind == "composite":
            return self._composite(item)
        if item.kind == "range":
            return range_codec(self.codec(item.subtype), self.public)
        if item.kind == "multirange":
            return self._array_of(self.codec(item.range))
        return self._base(item)

    def _base(self, item: Type) -> Codec:
        if is_json(item):
            return json_codec(self.options.json.form, self.public)
        row = base_type(item.schema, item.name)
        if row is None:
            raise DiagnosticError(unsupported_type(self.catalog, item))
        return self._of_row(row)

    def _of_row(self, row: BaseType) -> Codec:
        return Codec(
            row.python.named_for(self.public),
            row.parameter.named_for(self.public),
            self._supported(row, row.decode),
            self._supported(row, row.encode),
        )

    def _supported(self, row: BaseType, function: str) -> Conversion | None:
        """The conversion by a function of the module that a row's class is in."""
        if not function or row.python.needed is None:
            return None
        name, needed = self.public.imported(row.python.needed.module, function)
        return Conversion(name, frozenset({needed}))

    def _domain(self, item: Type) -> Codec:
        base = self.under(item)
        if (name := self.new_type(item)) is None:
            return base
        annotation = replace(
            _model(name),
            known_to_pydantic=base.result.checked_by_pydantic,
            is_decimal=base.result.holds_decimals,
        )
        decode = base.decode
        if decode is not None:
            decode = one_after_other(decode, Conversion(name, annotation.imports))
        return replace(
            base,
            result=annotation,
            parameter=annotation,
            held=None,
            decode=decode,
            uses=base.uses | Uses(frozenset({item.oid})),
            nullable_form=None,
        )

    def under(self, item: Type) -> Codec:
        """How the type that a domain is over looks where its values are the domain's."""
        whole = type_forbids_null_elements(self.catalog, item.oid)
        return self._at(item.base, not whole, NOWHERE, (max(1, item.domain_dimensions),))

    def new_type(self, item: Type) -> str | None:
        """The name of a domain's NewType, which only a class can be the base of."""
        if not self.codec(item.base).result.is_class:
            return None
        if self.catalog.is_composite(self.catalog.base_type(item.oid)):
            return None
        return self.classes.types.get(item.oid)

    def _enum(self, item: Type) -> Codec:
        name = self.classes.types[item.oid]
        annotation = _model(name)
        lookup, needed = self.public.imported(modules.MODELS, self.classes.from_label(name))
        return Codec(
            annotation,
            annotation,
            Conversion(lookup, frozenset({needed})),
            uses=Uses(frozenset({item.oid})),
        )

    def _composite(self, item: Type) -> Codec:
        relation = self.catalog.relation(item.relation)
        name = self.classes.relations.get(relation.oid)
        if name is None:
            raise DiagnosticError(unsupported_type(self.catalog, item))
        annotation = _model(name)
        decode, from_row = self.row_function(name)
        encode, to_row = self.public.imported(modules.MODELS, self.classes.to_row(name))
        return Codec(
            annotation,
            annotation,
            Conversion(decode, frozenset({from_row})),
            Conversion(encode, frozenset({to_row})),
            uses=Uses(frozenset({relation.oid}), frozenset({relation.oid})),
        )

    def _array_of(self, element: Codec, dimensions: Sequence[int] = (1,)) -> Codec:
        return array_codec(element, self.public, dimensions)


def type_map(
    catalog: Catalog, options: PackageOptions, public: frozenset[str] = frozenset()
) -> TypeMap:
    """The types of a catalog; `public` are further names that imports must keep clear of."""
    classes = class_names(catalog, options, public)
    return TypeMap(catalog, options, classes, PublicNames(public | frozenset(classes.all())))


def _promises_codec(rule: Override) -> bool:
    """Whether a rule means that connections have a codec for the type: it names a class that
    asyncpg does not make of a value by itself, and no function that would."""
    return rule.python != "str" and not rule.from_db and not rule.to_db


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


def _is_array(item: Type) -> bool:
    """Whether the values are arrays with elements that may be NULL; those of int2vector and
    oidvector may not, though it can be subscripted like an array."""
    is_array = item.kind in ("base", "pseudo") and item.is_array and item.element != 0
    return is_array and base_type(item.schema, item.name) is None


def _model(name: str) -> PythonType:
    return imported(modules.MODELS, name)
