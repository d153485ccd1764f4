"""From PostgreSQL types to Python: annotations, conversions, and the classes they use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlwright.analysis.facts import Parameter, ResultColumn
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.classes import ClassNames, class_names
from sqlwright.codegen.codecs import Codec, Conversion, PythonType
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.model import Import
from sqlwright.codegen.names import snake_case
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.scalars import ADDRESSES, EXTENSION_SCALARS, JSON, SCALARS, Scalar
from sqlwright.diagnostics import Diagnostic, DiagnosticError

_DOTTED = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")


@dataclass(frozen=True, eq=False)
class TypeMap:
    """The Python side of a catalog's types under some options. It remembers what it worked out."""

    catalog: Catalog
    options: PackageOptions
    classes: ClassNames
    public: PublicNames
    _known: dict[int, Codec] = field(default_factory=dict, repr=False)

    def codec(self, oid: int) -> Codec:
        """How a not null value of a type looks.

        Raises DiagnosticError `unsupported-type`, with the override to write, for a type of which
        neither asyncpg's form nor a class is known.
        """
        if (known := self._known.get(oid)) is None:
            known = self._known[oid] = self._codec(self.catalog.type(oid))
        return known

    def of_column(self, column: ResultColumn) -> Codec:
        """How a result column looks."""
        oid = column.declared_type if self.options.domain_types else column.type
        codec = self._element_aware(oid, column.element_nullable)
        return codec.or_null() if column.nullable else codec

    def of_parameter(self, parameter: Parameter) -> Codec:
        """How a parameter looks."""
        codec = self._element_aware(parameter.type, parameter.element_nullable)
        return codec.or_null() if parameter.nullable else codec

    def of_field(self, oid: int, not_null: bool) -> Codec:
        """How a column of a table or composite type looks."""
        codec = self.codec(oid)
        return codec if not_null else codec.or_null()

    def row_function(self, name: str) -> tuple[str, Import]:
        """The function that makes a model object of a row, and where to import it from."""
        return self.public.imported(modules.MODELS, f"{snake_case(name)}_from_row")

    def _element_aware(self, oid: int, element_nullable: bool) -> Codec:
        item = self.catalog.type(oid)
        if item.is_array and item.element:
            return self._array(item, element_nullable)
        return self.codec(oid)

    def _codec(self, item: Type) -> Codec:
        if item.is_array and item.element:
            return self._array(item, True)
        if item.kind == "domain":
            return self._domain(item)
        if item.kind == "enum":
            return self._enum(item)
        if item.kind == "composite":
            return self._composite(item)
        if item.kind == "range":
            return self._range(item)
        if item.kind == "multirange":
            return self._multirange(item)
        return self._base(item)

    def _base(self, item: Type) -> Codec:
        if item.schema == "pg_catalog":
            if item.name in JSON:
                return self._json(item)
            if item.name in ADDRESSES:
                name, needed = self.public.imported(modules.TYPES, ADDRESSES[item.name])
                address = PythonType(name, frozenset({needed}))
                return Codec(address, address)
            scalar = SCALARS.get(item.name)
        else:
            scalar = EXTENSION_SCALARS.get(item.name)
        if scalar is None:
            raise DiagnosticError(unsupported_type(self.catalog, item))
        return _scalar_codec(scalar)

    def _json(self, item: Type) -> Codec:
        if self.options.json.form == "text":
            text = PythonType("str")
            return Codec(text, text, sent_as="text")
        value = self._support(modules.JSON, "JsonValue")
        given = self._support(modules.JSON, "JsonInput")
        null = self._support(modules.JSON, "JsonNull")
        return Codec(
            value,
            given,
            self._conversion(modules.JSON, "decode_json", takes_none=True),
            self._conversion(modules.JSON, "encode_json", takes_none=True),
            sent_as="text",
            nullable_form=Codec(
                _union(value, null).optional(),
                _union(given, null).optional(),
                self._conversion(modules.JSON, "decode_nullable_json", takes_none=True),
                self._conversion(modules.JSON, "encode_nullable_json", takes_none=True),
                sent_as="text",
                optional=True,
            ),
        )

    def _domain(self, item: Type) -> Codec:
        return self.codec(item.base)

    def _enum(self, item: Type) -> Codec:
        name = self.classes.types[item.oid]
        annotation = self._model(name)
        lookup, needed = self.public.imported(modules.MODELS, f"decode_{snake_case(name)}")
        return Codec(
            annotation,
            annotation,
            Conversion(lookup, frozenset({needed})),
            uses=frozenset({item.oid}),
        )

    def _composite(self, item: Type) -> Codec:
        relation = self.catalog.relation(item.relation)
        name = self.classes.relations.get(relation.oid)
        if name is None:
            raise DiagnosticError(unsupported_type(self.catalog, item))
        annotation = self._model(name)
        decode, from_row = self.row_function(name)
        encode, to_row = self.public.imported(modules.MODELS, f"{snake_case(name)}_to_row")
        return Codec(
            annotation,
            annotation,
            Conversion(decode, frozenset({from_row})),
            Conversion(encode, frozenset({to_row})),
            uses=frozenset({relation.oid}),
        )

    def _array(self, item: Type, element_nullable: bool) -> Codec:
        element = self.codec(item.element)
        if element_nullable:
            element = element.or_null()
        sequence, needed = self.public.imported("collections.abc", "Sequence")
        parameter = element.parameter.inside(sequence)
        return Codec(
            element.result.inside("list"),
            PythonType(parameter.annotation, parameter.imports | {needed}),
            self._each(element.decode, "decode_array"),
            self._each(element.encode, "encode_array"),
            sent_as=f"{element.sent_as}[]" if element.sent_as else "",
            uses=element.uses,
        )

    def _range(self, item: Type) -> Codec:
        bound = self.codec(item.subtype)
        imports = frozenset({Import("asyncpg")})
        result = bound.result.inside("asyncpg.Range")
        parameter = bound.parameter.inside("asyncpg.Range")
        return Codec(
            PythonType(result.annotation, result.imports | imports),
            PythonType(parameter.annotation, parameter.imports | imports),
            self._each(bound.decode, "decode_range"),
            self._each(bound.encode, "encode_range"),
            uses=bound.uses,
        )

    def _multirange(self, item: Type) -> Codec:
        ranges = self.codec(item.range)
        sequence, needed = self.public.imported("collections.abc", "Sequence")
        parameter = ranges.parameter.inside(sequence)
        return Codec(
            ranges.result.inside("list"),
            PythonType(parameter.annotation, parameter.imports | {needed}),
            self._each(ranges.decode, "decode_array"),
            self._each(ranges.encode, "encode_array"),
            uses=ranges.uses,
        )

    def _each(self, inner: Conversion | None, function: str) -> Conversion | None:
        """The conversion of a container whose parts go through `inner`."""
        if inner is None:
            return None
        name, needed = self.public.imported(modules.CONVERT, function)
        part = inner.function
        if inner.more:
            part = f"lambda item: {inner.function}(item, {', '.join(inner.more)})"
        return Conversion(name, inner.imports | {needed}, (part,))

    def _support(self, module: str, name: str) -> PythonType:
        local, needed = self.public.imported(module, name)
        return PythonType(local, frozenset({needed}))

    def _model(self, name: str) -> PythonType:
        return PythonType(name, frozenset({Import(modules.MODELS, name)}))

    def _conversion(self, module: str, name: str, *, takes_none: bool = False) -> Conversion:
        local, needed = self.public.imported(module, name)
        return Conversion(local, frozenset({needed}), takes_none=takes_none)


def type_map(
    catalog: Catalog, options: PackageOptions, public: frozenset[str] = frozenset()
) -> TypeMap:
    """The types of a catalog; `public` are further names that imports must keep clear of."""
    classes = class_names(catalog, options)
    return TypeMap(catalog, options, classes, PublicNames(public | frozenset(classes.all())))


def column_type(catalog: Catalog, column: ResultColumn, options: PackageOptions) -> PythonType:
    """The annotation of a result column. Raises DiagnosticError as `TypeMap.codec`."""
    return type_map(catalog, options).of_column(column).result


def parameter_type(catalog: Catalog, parameter: Parameter, options: PackageOptions) -> PythonType:
    """The annotation of a parameter. Raises DiagnosticError as `TypeMap.codec`."""
    return type_map(catalog, options).of_parameter(parameter).parameter


def unsupported_type(catalog: Catalog, item: Type) -> Diagnostic:
    """The report on a type that has no Python form here, with the override to write."""
    shown = catalog.contract_type(item.oid)
    return Diagnostic(
        "unsupported-type",
        "error",
        f"no Python type is known for {shown}",
        notes=("asyncpg exchanges such a value as its text unless a codec is set for it",),
        help=(
            "say what it is: `[[tool.sqlwright.overrides]]` with "
            f'`type = "{shown}"` and `python = "str"`'
        ),
    )


def _scalar_codec(scalar: Scalar) -> Codec:
    result = python_annotation(scalar.result)
    parameter = python_annotation(scalar.parameter) if scalar.parameter else result
    return Codec(result, parameter)


def python_annotation(text: str) -> PythonType:
    """An annotation whose dotted names are imported by their modules."""
    found = {match.group().rstrip(".") for match in _DOTTED.finditer(text)}
    return PythonType(text, frozenset(Import(name) for name in found))


def _union(*parts: PythonType) -> PythonType:
    imports = frozenset[Import]().union(*(part.imports for part in parts))
    return PythonType(" | ".join(part.annotation for part in parts), imports)
