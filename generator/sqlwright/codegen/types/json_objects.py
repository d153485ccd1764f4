"""Json of which the query tells what it is made of: objects of classes, lists of such, values.

A value is first made what asyncpg gives for one of its type, and from there on is read as it is
everywhere else, by the same rules and classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlwright.analysis.facts import NULL_TYPE, JsonForm, RecordField, ResultColumn
from sqlwright.analysis.outputs.json_of_types import JSON_TYPES
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation, Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.options import Override, PackageOptions
from sqlwright.codegen.types.codec import Codec, Conversion, Uses, converter, one_after_other
from sqlwright.codegen.types.json_types import VALUE, typed_json_codec
from sqlwright.codegen.types.json_values import is_carried, is_text, reader
from sqlwright.codegen.types.python_type import NO_VALUE, STR, PythonType, builtin, list_of
from sqlwright.codegen.types.records import RecordNames, object_codec, tuple_codec
from sqlwright.codegen.types.written import written_type
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError


class Types(Protocol):
    """What is asked of the types of a package."""

    @property
    def catalog(self) -> Catalog: ...
    @property
    def options(self) -> PackageOptions: ...
    @property
    def public(self) -> PublicNames: ...

    def of_field_of_rows(self, item: RecordField, names: RecordNames | None = None) -> Codec:
        """How a field looks."""

    def model_of(self, fields: Sequence[RecordField]) -> Relation | None:
        """The relation whose model objects of these fields are of."""

    def model_type(self, relation: Relation) -> PythonType:
        """The model of a relation."""

    def new_type(self, item: Type) -> str | None:
        """The name of a domain that is a type of its own."""

    def rules_on(self, item: RecordField) -> tuple[Override, ...]:
        """The rules of the configuration on values of a field, that of its place first."""

    def json_rule(self, item: RecordField) -> str | None:
        """The type that the configuration gives to the contents of a column of json."""


def json_column(types: Types, column: ResultColumn, names: RecordNames | None) -> Codec:
    """How a column looks that is not NULL. Raises DiagnosticError `untold-json` where json does not
    have all of a value."""
    form = column.json
    assert form is not None
    field = RecordField(column.name, column.type, False, fields=column.fields, json=form)
    _check(types, field, (column.name,))
    codec = json_field(types, field, names)
    exact = modules.JSON_VALUES, "load_exact_json"
    load, needed = types.public.imported(
        *(exact if _is_exact(types, form) else (modules.JSON, "load_json"))
    )
    takes_none = codec.decode is not None and codec.decode.takes_none
    loaded = Conversion(load, frozenset({needed}), takes_none=takes_none, gives_any=True)
    return replace(codec, decode=one_after_other(loaded, codec.decode))


def _is_exact(types: Types, form: JsonForm) -> bool:
    """Whether numbers are read as they are written, which the text of json needs too."""
    return form.exact or types.options.json.form == "text"


def json_field(types: Types, field: RecordField, names: RecordNames | None) -> Codec:
    """How a value in json looks that has been loaded."""
    form = field.json
    assert form is not None
    codec = _inside(types, field, form, names)
    for level in reversed(form.around):
        codec = _level(level.kind, codec.or_null() if level.nullable else codec, types.public)
    return codec.or_null() if field.nullable else codec


def json_model(types: Types, fields: Sequence[RecordField]) -> Relation | None:
    """The relation whose model objects of these fields in json are of."""
    relation = types.model_of(fields)
    fits = relation is not None and all(_as_outside(types, field) for field in fields)
    return relation if fits else None


def _as_outside(types: Types, field: RecordField) -> bool:
    """Whether a value is in json what it is as a field of a model."""
    if field.fields is not None:
        return json_model(types, field.fields) is not None
    item = field.json.item if field.json is not None else None
    if item is None or item.type not in JSON_TYPES:
        return True
    found = types.catalog.type(types.catalog.base_type(field.type))
    element = found.element if found.is_array and found.element else found.oid
    return types.catalog.base_type(element) in JSON_TYPES


def _inside(types: Types, field: RecordField, form: JsonForm, names: RecordNames | None) -> Codec:
    if field.fields is None:
        return _value(types, form.item or replace(field, json=None), _is_exact(types, form))
    inner = names.inner if names is not None else (None,) * len(field.fields)
    pairs = zip(field.fields, inner, strict=True)
    fields = [types.of_field_of_rows(*each) for each in pairs]
    if form.kind == "tuple" or names is None or not names.name:
        made = replace(tuple_codec(fields, types.public), may_be_list=False)
        return replace(made, decode=made.decode or Conversion("tuple"))
    made = object_codec(names, fields, may_be_list=True)
    if (relation := json_model(types, field.fields)) is None:
        return made
    python = types.model_type(relation)
    uses = made.uses | Uses(frozenset({relation.oid}))
    return replace(made, result=python, parameter=python, uses=uses)


def _value(types: Types, item: RecordField, exact: bool) -> Codec:
    if item.type == NULL_TYPE:
        return Codec(NO_VALUE, NO_VALUE)
    if types.catalog.base_type(item.type) in JSON_TYPES:
        return _any_json(types, item, exact)
    codec = types.of_field_of_rows(replace(item, nullable=False))
    read = reader(types.catalog, item.type, types.public)
    if read is None:
        return codec
    if codec.decode is None and _is_new_type(types, item.type):
        made = Conversion(codec.result.annotation, codec.result.imports)
        return replace(codec, decode=one_after_other(read, made))
    return _read_first(codec, read)


def _is_new_type(types: Types, oid: int) -> bool:
    found = types.catalog.type(oid)
    return found.kind == "domain" and types.new_type(found) is not None


def _read_first(codec: Codec, read: Conversion) -> Codec:
    """The codec of a value that is made by `read`."""
    nullable = codec.nullable_form
    return replace(
        codec,
        decode=one_after_other(read, codec.decode),
        nullable_form=None if nullable is None else _read_first(nullable, read),
    )


def _any_json(types: Types, item: RecordField, exact: bool) -> Codec:
    """Json of which nothing is told; its null and NULL are both None."""
    plain = _supported("plain_json", types.public) if exact else None
    if (python := types.json_rule(item)) is not None:
        codec = typed_json_codec(written_type(python, types.public), types.public)
        return replace(
            codec, decode=one_after_other(_supported("json_text", types.public), codec.decode)
        )
    for rule in types.rules_on(item)[:1]:
        python_type = written_type(rule.python, types.public)
        decode = one_after_other(plain, converter(rule.from_db, types.public))
        return Codec(python_type, python_type, decode)
    if types.options.json.form == "text":
        return Codec(STR, STR, _supported("json_text", types.public))
    value = VALUE.named_for(types.public)
    codec = Codec(value, value, plain)
    return replace(codec, nullable_form=codec)


def _supported(function: str, public: PublicNames) -> Conversion:
    name, needed = public.imported(modules.JSON_VALUES, function)
    return Conversion(name, frozenset({needed}), takes_none=function == "plain_json")


def _level(kind: str, inner: Codec, public: PublicNames) -> Codec:
    python = list_of(inner.result) if kind == "list" else builtin("dict", STR, inner.result)
    decode = None
    if inner.decode is not None:
        function, module = ("decode_items", modules.CONVERT)
        if kind == "dict":
            function, module = ("decode_dict", modules.JSON_VALUES)
        name, needed = public.imported(module, function)
        decode = Conversion(name, inner.decode.imports | {needed}, (inner.decode.as_function(),))
    return Codec(python, python, decode, uses=inner.uses)


# What json does not have


def _check(types: Types, field: RecordField, path: tuple[str, ...]) -> None:
    """Raises DiagnosticError where a value could not be made again of what json has of it."""
    for at, inner in enumerate(field.fields or (), 1):
        _check(types, inner, (*path, inner.name or f"value {at}"))
    item = field.json.item if field.json is not None and field.json.item is not None else field
    if field.fields is not None and types.rules_on(field):
        raise DiagnosticError(_of_rows(types.catalog.contract_type(field.type), path))
    if field.fields is not None or item.type == NULL_TYPE:
        return
    catalog = types.catalog
    base = catalog.type(catalog.base_type(item.type))
    if base.oid in JSON_TYPES:
        return
    shown = catalog.contract_type(item.type)
    if not is_carried(catalog, base.oid):
        raise DiagnosticError(_not_carried(shown, path))
    if any(not rule.from_db for rule in types.rules_on(item)) and not is_text(base):
        raise DiagnosticError(_not_converted(shown, path))


def _not_carried(shown: str, path: tuple[str, ...]) -> Diagnostic:
    return _refusal(
        f"{_named(path)} is {shown}, which json has as a text that cannot surely be read back",
        "cast it where it goes into json, as in `value::text`, or make rows instead: "
        "`ARRAY(SELECT ROW(...))`, in which values arrive as they do alone",
    )


def _not_converted(shown: str, path: tuple[str, ...]) -> Diagnostic:
    return _refusal(
        f"{_named(path)} is {shown}, of which an override does not say how it is made of a value",
        "give the override a `from-db`, or make rows instead: `ARRAY(SELECT ROW(...))`",
    )


def _of_rows(shown: str, path: tuple[str, ...]) -> Diagnostic:
    return _refusal(
        f"{_named(path)} is {shown}, of which an override makes what json is not made into",
        "make rows instead, `ARRAY(SELECT ROW(...))`, or give the object its keys one by one",
    )


def _named(path: tuple[str, ...]) -> str:
    return " of ".join(f'"{step}"' for step in reversed(path))


def _refusal(message: str, help: str) -> Diagnostic:
    return Diagnostic("untold-json", "error", message, help=help)
