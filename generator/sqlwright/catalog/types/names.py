"""How types are written: in PostgreSQL's messages, and in what `inspect` prints."""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.catalog import oids
from sqlwright.catalog.lookup import Lookup
from sqlwright.catalog.model import Type
from sqlwright.catalog.types.modifiers import length_of, precision_and_scale
from sqlwright.patterns import pattern
from sqlwright.sql.lexing.keywords import quote_identifier

_PLAIN = pattern(r"[a-z_][a-z0-9_]*\Z")

_INTERVAL_FIELDS = (
    (1 << 2, "year"),
    (1 << 1, "month"),
    (1 << 3, "day"),
    (1 << 10, "hour"),
    (1 << 11, "minute"),
    (1 << 12, "second"),
)
"""The bits of an interval modifier's upper half, coarse to fine."""

_ALL_INTERVAL_FIELDS = 0x7FFF
_FULL_PRECISION = 0xFFFF


def _length(modifier: int) -> str:
    known = length_of(modifier)
    return f"({known})" if known is not None else ""


def _no_modifier(modifier: int) -> str:
    return ""


def _bits(modifier: int) -> str:
    return f"({modifier})" if modifier >= 0 else ""


def _precision_and_scale(modifier: int) -> str:
    known = precision_and_scale(modifier)
    return f"({known[0]},{known[1]})" if known is not None else ""


def _interval(modifier: int) -> str:
    if modifier < 0:
        return ""
    fields, precision = (modifier >> 16) & 0x7FFF, modifier & 0xFFFF
    text = ""
    if fields != _ALL_INTERVAL_FIELDS:
        named = [name for bit, name in _INTERVAL_FIELDS if fields & bit]
        text = " " + (named[0] if len(named) == 1 else f"{named[0]} to {named[-1]}")
    return text + (f"({precision})" if precision != _FULL_PRECISION else "")


_SPELLED: dict[int, tuple[str, str, Callable[[int], str]]] = {
    oids.BIT: ("bit", "", _bits),
    oids.BOOL: ("boolean", "", _no_modifier),
    oids.BPCHAR: ("character", "", _length),
    oids.FLOAT4: ("real", "", _no_modifier),
    oids.FLOAT8: ("double precision", "", _no_modifier),
    oids.INT2: ("smallint", "", _no_modifier),
    oids.INT4: ("integer", "", _no_modifier),
    oids.INT8: ("bigint", "", _no_modifier),
    oids.INTERVAL: ("interval", "", _interval),
    oids.JSON: ("json", "", _no_modifier),
    oids.NUMERIC: ("numeric", "", _precision_and_scale),
    oids.TIME: ("time", " without time zone", _bits),
    oids.TIMETZ: ("time", " with time zone", _bits),
    oids.TIMESTAMP: ("timestamp", " without time zone", _bits),
    oids.TIMESTAMPTZ: ("timestamp", " with time zone", _bits),
    oids.VARBIT: ("bit varying", "", _bits),
    oids.VARCHAR: ("character varying", "", _length),
}
"""The types that SQL spells its own way: what stands before and after the modifier."""


def display_type(catalog: Lookup, oid: int, modifier: int = -1) -> str:
    """A type as format_type() writes it (manual 9.27.4): SQL's spelling where there is one, else
    its name, with the schema where the search path does not find it.
    """
    found = catalog.get_type(oid)
    if found is None:
        return "-" if oid == 0 else "???"
    suffix = ""
    element = catalog.get_type(found.element) if found.is_array else None
    if element is not None and element.array == oid:
        found, suffix = element, "[]"
    return _spelled(catalog, found, modifier) + suffix


def _spelled(catalog: Lookup, found: Type, modifier: int) -> str:
    spelling = _SPELLED.get(found.oid)
    if spelling is None:
        name = quote_identifier(found.name)
        if not catalog.type_is_visible(found.oid):
            name = f"{quote_identifier(found.schema)}.{name}"
        return name + (f"({modifier})" if modifier >= 0 else "")
    before, after, written = spelling
    return before + written(modifier) + after


def contract_type(catalog: Lookup, oid: int) -> str:
    """A type by its name in pg_type, `pg_catalog.` left out, `[]` after an array's element."""
    found = catalog.type(oid)
    if found.is_array and found.element:
        element = catalog.type(found.element)
        if element.array == oid:
            return contract_type(catalog, found.element) + "[]"
    return found.name if found.schema == "pg_catalog" else f"{found.schema}.{found.name}"
