"""What values are in json, and what makes of them what asyncpg gives for the same value.

json has numbers, texts, true and false. Every other type is its text there (manual 9.16.1,
to_json): that of dates and times in ISO 8601 whatever DateStyle is, that of numbers that are none
`"NaN"` and the like.
"""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import own_name
from sqlwright.catalog.model import Type
from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.types.base_types import base_type
from sqlwright.codegen.types.codec import Conversion
from sqlwright.codegen.types.python_type import STR

_AS_THEY_ARE = frozenset({"bool", "int2", "int4", "int8", "int2vector"})
_BUILT_IN = {"float8": "float", "oid": "int", "xid": "int", "xid8": "int", "cid": "int"}
_OF_MODULES = {
    "uuid": ("uuid", "UUID"),
    "time": ("datetime", "time.fromisoformat"),
    "timetz": ("datetime", "time.fromisoformat"),
    "cidr": ("ipaddress", "ip_network"),
    "bit": ("asyncpg", "BitString"),
    "varbit": ("asyncpg", "BitString"),
}
_SUPPORTED = {
    "numeric": "decode_numeric",
    "float4": "decode_float4",
    "date": "decode_date",
    "timestamp": "decode_timestamp",
    "timestamptz": "decode_timestamptz",
    "bytea": "decode_bytes",
    "inet": "decode_inet",
}


def is_carried(catalog: Catalog, oid: int) -> bool:
    """Whether json has all that there is to a value of a type, so that it can be made again."""
    item = catalog.type(catalog.base_type(oid))
    if item.is_array and item.element and own_name(item) not in _AS_THEY_ARE:
        element = catalog.type(catalog.base_type(item.element))
        return not element.is_array and is_carried(catalog, element.oid)
    return item.kind == "enum" or is_text(item) or own_name(item) in _KNOWN


def is_text(item: Type) -> bool:
    """Whether a value is a text in Python too, the same as in json."""
    row = base_type(item.schema, item.name)
    return row is not None and row.python == STR


def reader(catalog: Catalog, oid: int, public: PublicNames) -> Conversion | None:
    """What makes of json what asyncpg gives for a value of a type that is carried."""
    item = catalog.type(catalog.base_type(oid))
    if item.is_array and item.element and own_name(item) not in _AS_THEY_ARE:
        inner = reader(catalog, item.element, public)
        if inner is None:
            return None
        name, needed = public.imported(modules.CONVERT, "decode_array")
        return Conversion(name, inner.imports | {needed}, (inner.as_function(),))
    return _of_name(own_name(item), public)


def _of_name(name: str, public: PublicNames) -> Conversion | None:
    if name in _BUILT_IN:
        return Conversion(_BUILT_IN[name])
    if name in _OF_MODULES:
        module, function = _OF_MODULES[name]
        local, needed = public.module(module)
        return Conversion(f"{local}.{function}", frozenset({needed}))
    if name in _SUPPORTED:
        local, needed = public.imported(modules.JSON_VALUES, _SUPPORTED[name])
        return Conversion(local, frozenset({needed}))
    return None


_KNOWN = frozenset((*_AS_THEY_ARE, *_BUILT_IN, *_OF_MODULES, *_SUPPORTED))
