"""Columns of which a CHECK lists the values: annotated with a `Literal` of them, on request."""

from __future__ import annotations

from sqlwright.analysis.premises.allowed_values import (
    NUMBERS,
    TEXTS,
    Values,
    allowed_values,
    storable_values,
)
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.literals import text_literal
from sqlwright.codegen.types.codec import Codec
from sqlwright.codegen.types.python_type import PythonType

_Column = tuple[int, str]
"""The OID of a relation, and a name."""


def literal_codec(
    catalog: Catalog, public: PublicNames, oid: int, column: _Column | None, *, stored: bool
) -> Codec | None:
    """How a value of a type looks that a column shows, or that is `stored` there; None if nothing
    lists the values, or the type is of another kind than the column's."""
    base = catalog.base_type(oid)
    if column is None or base not in TEXTS | NUMBERS:
        return None
    values = catalog.memo.once(
        ("allowed values", column, stored), lambda: _values(catalog, column, stored)
    )
    if not values or isinstance(values[0], str) != (base in TEXTS):
        return None
    name, needed = public.imported("typing", "Literal")
    listed = (PythonType(_written(value), is_class=False) for value in values)
    python = PythonType(name, needed, tuple(listed), is_class=False)
    return Codec(python, python)


def _values(catalog: Catalog, place: _Column, stored: bool) -> Values | None:
    oid, name = place
    relation = catalog.relation(oid)
    column = next((each for each in relation.columns if each.name == name), None)
    if column is None:
        return None
    return (storable_values if stored else allowed_values)(catalog, relation, column)


def _written(value: str | int) -> str:
    return text_literal(value) if isinstance(value, str) else str(value)
