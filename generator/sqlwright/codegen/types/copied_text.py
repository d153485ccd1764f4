"""How values are written where COPY takes their text: columns of types without a binary form."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import own_name
from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.types.base_types import base_type
from sqlwright.codegen.types.codec import Conversion
from sqlwright.codegen.types.json_types import is_json
from sqlwright.codegen.types.python_type import STR

_AS_SHOWN = [
    "bool",
    "int2",
    "int4",
    "int8",
    "oid",
    "xid",
    "xid8",
    "float4",
    "float8",
    "numeric",
    "uuid",
    "inet",
    "cidr",
    "time",
    "timetz",
]
_WRITERS = dict.fromkeys(_AS_SHOWN, "text_of") | {
    "bytea": "text_of_bytes",
    "date": "text_of_date",
    "timestamp": "text_of_timestamp",
    "timestamptz": "text_of_timestamptz",
    "interval": "text_of_interval",
}
"""The functions of the package that write values of PostgreSQL's own types as PostgreSQL reads
them. What is text in Python is written as it is."""


def text_writer(catalog: Catalog, oid: int, public: PublicNames) -> Conversion | None:
    """The conversion of what asyncpg would be given for a type into its text; None if there is
    none."""
    item = catalog.type(catalog.base_type(oid))
    if item.is_array and item.element and base_type(item.schema, item.name) is None:
        inner = text_writer(catalog, item.element, public)
        if inner is None:
            return None
        name, needed = public.imported(modules.COPY_TEXT, "text_of_array")
        return Conversion(name, inner.imports | {needed}, (inner.as_function(),), takes_none=True)
    writer = _WRITERS.get(own_name(item), "")
    row = base_type(item.schema, item.name)
    if item.kind == "enum" or is_json(item) or (row is not None and row.python == STR):
        writer = "text_of"
    if not writer:
        return None
    name, needed = public.imported(modules.COPY_TEXT, writer)
    return Conversion(name, frozenset({needed}), takes_none=True)
