"""The classes of anonymous rows, those of the rows within them first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlwright.analysis.facts import RecordField, ResultColumn
from sqlwright.codegen.imports import NONE, Imports
from sqlwright.codegen.model import Function, RowClass
from sqlwright.codegen.rows import RowColumn, row_class, row_function
from sqlwright.codegen.types.records import RecordNames
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class RecordClasses:
    """Classes with the functions that make their objects of rows."""

    classes: tuple[RowClass, ...] = ()
    converters: tuple[Function, ...] = ()
    imports: Imports = NONE


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
        tuple(made for made, _, _ in found),
        tuple(function for _, function, _ in found),
        NONE.union(*(imports for _, _, imports in found)),
    )


def _of_rows(
    types: TypeMap, fields: Sequence[RecordField], names: RecordNames
) -> Iterator[tuple[RowClass, Function, Imports]]:
    for field, inner in zip(fields, names.inner, strict=True):
        if inner is not None and field.fields is not None:
            yield from _of_rows(types, field.fields, inner)
    if not names.name or types.model_of(fields) is not None:
        return
    parts = [
        RowColumn(field.name, types.of_field_of_rows(field, inner))
        for field, inner in zip(fields, names.inner, strict=True)
    ]
    made, imports = row_class(names.name, parts, (), types.options, types.public)
    function, needed = row_function(names.converter, names.name, parts, types.options, types.public)
    yield made, function, imports | needed
