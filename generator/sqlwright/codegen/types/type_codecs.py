"""How the values of a PostgreSQL type look in Python wherever they are: by the rules of the
configuration for types, or else by what kind of type it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlwright.analysis.premises.array_elements import type_forbids_null_elements
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.classes import ClassNames
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.model import Import
from sqlwright.codegen.options import Override, PackageOptions
from sqlwright.codegen.types.base_types import BaseType, base_type
from sqlwright.codegen.types.codec import (
    Codec,
    Conversion,
    Uses,
    converter,
    null_as_none,
    one_after_other,
)
from sqlwright.codegen.types.containers import array_codec, range_codec
from sqlwright.codegen.types.json_types import SENT_AS, any_json, is_json, json_codec
from sqlwright.codegen.types.python_type import PythonType, imported
from sqlwright.codegen.types.refusals import unsupported_type
from sqlwright.codegen.types.type_overrides import override_of_type
from sqlwright.codegen.types.written import written_type
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import DiagnosticError

T = TypeVar("T")
_TypeRules = tuple[Override | None, Override | None]


@dataclass(frozen=True, eq=False)
class TypeCodecs:
    """The Python side of a catalog's types under some options, where no rule is about their
    place. `class_names` are all that `classes` has."""

    catalog: Catalog
    options: PackageOptions
    classes: ClassNames
    public: PublicNames
    class_names: frozenset[str] = frozenset()

    def once(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        """What was worked out once under a key; the catalog notes what that follows from."""
        return self.catalog.memo.once((self, *key), work)

    def codec(self, oid: int) -> Codec:
        """How a not null value of a type looks where no rule is about its place.

        Raises DiagnosticError `unsupported-type`, with the override to write, for a type of which
        neither asyncpg's form nor a class is known.
        """
        return self.once(("codec", oid), lambda: self._ruled(self.catalog.type(oid)))

    def elementwise(
        self,
        oid: int,
        element_nullable: bool,
        dimensions: Sequence[int] = (),
        innermost: Callable[[], Codec] | None = None,
    ) -> Codec:
        """How a value of a type looks of which it is known whether elements may be NULL and how
        many dimensions it has, if it is an array; `innermost` is what it or its elements look like,
        unless a rule or a class of their own says so."""
        item = self.catalog.type(oid)
        if (array := self._array_under(item)) is not None:
            element = self.elementwise(array.element, False, (), innermost)
            if element_nullable:
                element = element.or_null()
            return self.array_of(element, dimensions or (1,))
        if innermost is not None and not self.has_rule(item):
            return innermost()
        return self.codec(oid)

    def _array_under(self, item: Type) -> Type | None:
        """The array that values of a type are, also where it is a domain, unless a rule or a class
        of its own says how they look."""
        if self.has_rule(item):
            return None
        if item.kind == "domain" and self.new_type(item) is None:
            return self._array_under(self.catalog.type(item.base))
        return item if _is_array(item) else None

    def has_rule(self, item: Type) -> bool:
        """Whether a rule is about the type."""
        return any(self.rules_of(item))

    def rules_of(self, item: Type) -> _TypeRules:
        """The rules for a type in places that may not be NULL and in those that may."""
        return self.once(
            ("rules", item.oid),
            lambda: (
                override_of_type(self.catalog, self.options, item, False),
                override_of_type(self.catalog, self.options, item, True),
            ),
        )

    def _ruled(self, item: Type) -> Codec:
        """A type under the rules for types, which may differ for places that may be NULL."""
        rule, nullable_rule = self.rules_of(item)
        if nullable_rule is None:
            return self.overridden(item, rule) if rule else self._codec(item)
        nullable = self.overridden(item, nullable_rule).or_null()
        codec = self.overridden(item, rule) if rule else self._codec(item)
        return replace(codec, nullable_form=nullable)

    def overridden(self, item: Type, rule: Override) -> Codec:
        """The Python type of a rule; converters stand between it and what asyncpg exchanges, or
        for json what it is decoded to."""
        python = written_type(rule.python, self.public)
        decode = converter(rule.from_db, self.public)
        if decode is not None and rule.from_db != rule.python:
            decode = replace(decode, gives_any=True)
        encode = converter(rule.to_db, self.public)
        if not self.is_json(item):
            return Codec(python, python, decode, encode, may_be_list=True)
        load, dump = any_json(self.options.json.form, self.public)
        read, sent = one_after_other(load, decode), one_after_other(encode, dump)
        return null_as_none(Codec(python, python, read, sent, sent_as=SENT_AS))

    def is_json(self, item: Type) -> bool:
        """Whether the values are json, also where the type is a domain."""
        return is_json(self.catalog.type(self.catalog.base_type(item.oid)))

    def _codec(self, item: Type) -> Codec:
        if _is_array(item):
            element = self.codec(item.element)
            whole = type_forbids_null_elements(self.catalog, item.oid)
            return self.array_of(element if whole else element.or_null())
        if item.kind == "domain":
            return self._domain(item)
        if item.kind == "enum":
            return self._enum(item)
        if item.kind == "composite":
            return self._composite(item)
        if item.kind == "range":
            return range_codec(self.codec(item.subtype), self.public)
        if item.kind == "multirange":
            return self.array_of(self.codec(item.range))
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
        return self.elementwise(item.base, not whole, (max(1, item.domain_dimensions),))

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
        return self._objects(name, relation.oid)

    def values_of(self, row_type: int) -> Codec:
        """How values of a relation's row type look that need not be rows of it: columns hold
        them."""
        name = self.classes.values.get(row_type)
        return self.codec(row_type) if name is None else self._objects(name, row_type)

    def _objects(self, name: str, oid: int) -> Codec:
        """Composite values that are objects of a class in `models.py`, which the OID stands for."""
        annotation = _model(name)
        decode, from_row = self.row_function(name)
        encode, to_row = self.public.imported(modules.MODELS, self.classes.to_row(name))
        return Codec(
            annotation,
            annotation,
            Conversion(decode, frozenset({from_row})),
            Conversion(encode, frozenset({to_row})),
            uses=Uses(frozenset({oid}), frozenset({oid})),
        )

    def array_of(self, element: Codec, dimensions: Sequence[int] = (1,)) -> Codec:
        """An array of such elements, of any of these numbers of dimensions."""
        return array_codec(element, self.public, dimensions)

    def row_function(self, name: str) -> tuple[str, Import]:
        """The function that makes a model object of a row, and where to import it from."""
        return self.public.imported(modules.MODELS, self.classes.from_row(name))


def _is_array(item: Type) -> bool:
    """Whether the values are arrays with elements that may be NULL; those of int2vector and
    oidvector may not, though it can be subscripted like an array."""
    is_array = item.kind in ("base", "pseudo") and item.is_array and item.element != 0
    return is_array and base_type(item.schema, item.name) is None


def _model(name: str) -> PythonType:
    return imported(modules.MODELS, name)
