"""How values are written where COPY takes their text: columns of types without a binary form."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.types.base_types import AS_SHOWN, base_type
from sqlwright.codegen.types.codec import Conversion
from sqlwright.codegen.types.json_types import is_json


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
    row = base_type(item.schema, item.name)
    writer = row.written if row is not None else ""
    if item.kind == "enum" or is_json(item):
        writer = AS_SHOWN
    if not writer:
        return None
    name, needed = public.imported(modules.COPY_TEXT, writer)
    return Conversion(name, frozenset({needed}), takes_none=True)
