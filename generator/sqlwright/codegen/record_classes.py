"""The classes of anonymous rows, those of the rows within them first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlwright.analysis.facts import RecordField, ResultColumn
from sqlwright.codegen.imports import NONE, Imports
from sqlwright.codegen.model import Function, RowClass
from sqlwright.codegen.rows import RowColumn, field_names, object_function, row_class, row_function
from sqlwright.codegen.types.json_objects import json_model
from sqlwright.codegen.types.records import RecordNames
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class RecordClasses:
    """Functions that make objects of rows, each with its class unless that is a model."""

    made: tuple[tuple[RowClass | None, Function], ...] = ()
    imports: Imports = NONE

    @property
    def classes(self) -> tuple[RowClass, ...]:
        return tuple(made for made, _ in self.made if made is not None)

    @property
    def converters(self) -> tuple[Function, ...]:
        return tuple(function for _, function in self.made)


def record_classes(
    types: TypeMap, columns: Iterable[ResultColumn], names: Sequence[RecordNames | None]
) -> RecordClasses:
    """Those that the columns of a result need; rows that are objects of a model need none."""
    found = [
        made
        for column, named in zip(columns, names, strict=True)
        if named is not None and column.fields is not None
        for made in _of_rows(types, column.fields, named)
    ]
    return RecordClasses(
        tuple((made, function) for made, function, _ in found),
        NONE.union(*(imports for _, _, imports in found)),
    )


def _of_rows(
    types: TypeMap, fields: Sequence[RecordField], names: RecordNames
) -> Iterator[tuple[RowClass | None, Function, Imports]]:
    in_json = any(field.json is not None for field in fields)
    if names.name and not in_json and types.model_of(fields) is not None:
        return
    for field, inner in zip(fields, names.inner, strict=True):
        if inner is not None and field.fields is not None:
            yield from _of_rows(types, field.fields, inner)
    if not names.name:
        return
    if in_json:
        yield _of_objects(types, fields, names)
        return
    parts = _parts(types, fields, names)
    made, imports = row_class(names.name, parts, (), types.options, types.public)
    function, needed = row_function(names.converter, names.name, parts, types.options, types.public)
    yield made, function, imports | needed


def _of_objects(
    types: TypeMap, fields: Sequence[RecordField], names: RecordNames
) -> tuple[RowClass | None, Function, Imports]:
    """Of objects in json, which may be those of a model."""
    parts = _parts(types, fields, names)
    model = json_model(types, fields)
    if model is not None:
        python = types.model_type(model)
        columns = [RowColumn(each.name, types.of_field(model, each)) for each in model.columns]
        called = field_names(columns, types.options)
        function, needed = object_function(
            names.converter, python.name, parts, types.options, types.public, called
        )
        return None, function, needed | python.imports
    made, imports = row_class(names.name, parts, (), types.options, types.public)
    called = field_names(parts, types.options)
    function, needed = object_function(
        names.converter, names.name, parts, types.options, types.public, called
    )
    return made, function, imports | needed


def _parts(types: TypeMap, fields: Sequence[RecordField], names: RecordNames) -> list[RowColumn]:
    return [
        RowColumn(field.name, types.of_field_of_rows(field, inner))
        for field, inner in zip(fields, names.inner, strict=True)
    ]
