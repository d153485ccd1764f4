"""Which reader judges the text of which type."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from sqlwright.analysis.literals import (
    dates,
    geometry,
    names,
    numbers,
    signatures,
    text_search,
    words,
)
from sqlwright.analysis.literals.arrays import read_array
from sqlwright.analysis.literals.bounds import bound_values, check_discrete, enum_values
from sqlwright.analysis.literals.errors import CODE, refuse
from sqlwright.analysis.literals.intervals import read_interval
from sqlwright.analysis.literals.json_text import read_json, read_jsonb
from sqlwright.analysis.literals.jsonpath import read_jsonpath
from sqlwright.analysis.literals.ranges import Subtype, read_multirange, read_range
from sqlwright.analysis.literals.rows import read_record
from sqlwright.analysis.state.refusal import RefusalError
from sqlwright.catalog import oids
from sqlwright.catalog.similar_names import similar_label
from sqlwright.patterns import pattern

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Type

Reader = Callable[[str], None]

_READERS: dict[int, Reader] = {
    oids.BOOL: numbers.read_boolean,
    oids.INT2: numbers.integer_reader("smallint", 16),
    oids.INT4: numbers.integer_reader("integer", 32),
    oids.INT8: numbers.integer_reader("bigint", 64),
    oids.OID: numbers.unsigned_reader("oid", 32),
    oids.XID: numbers.unsigned_reader("xid", 32),
    oids.CID: numbers.unsigned_reader("cid", 32),
    oids.XID8: numbers.unsigned_reader("xid8", 64),
    oids.FLOAT4: numbers.float_reader("real", single=True),
    oids.FLOAT8: numbers.float_reader("double precision", single=False),
    oids.NUMERIC: numbers.read_numeric,
    oids.MONEY: numbers.read_money,
    oids.BIT: numbers.read_bits,
    oids.VARBIT: numbers.read_bits,
    oids.UUID: words.read_uuid,
    oids.BYTEA: words.read_bytea,
    oids.PG_LSN: words.read_pg_lsn,
    oids.TID: words.read_tid,
    oids.INET: words.network_reader("inet"),
    oids.CIDR: words.network_reader("cidr"),
    oids.MACADDR: words.read_macaddr,
    oids.MACADDR8: words.read_macaddr8,
    oids.POINT: geometry.read_point,
    oids.LSEG: geometry.read_lseg,
    oids.BOX: geometry.read_box,
    oids.LINE: geometry.read_line,
    oids.PATH: geometry.read_path,
    oids.POLYGON: geometry.read_polygon,
    oids.CIRCLE: geometry.read_circle,
    oids.INT2VECTOR: words.read_int2vector,
    oids.OIDVECTOR: words.read_oidvector,
    oids.PG_SNAPSHOT: words.read_snapshot,
    oids.TXID_SNAPSHOT: words.read_snapshot,
    oids.TSQUERY: text_search.read_tsquery,
    oids.TSVECTOR: text_search.read_tsvector,
    oids.JSON: read_json,
    oids.JSONB: read_jsonb,
    oids.JSONPATH: read_jsonpath,
}

_CATALOG_READERS: dict[int, Callable[[Catalog, str], None]] = {
    oids.DATE: dates.date_reader("date", last_year=dates.LAST_DATE),
    oids.TIMESTAMP: dates.date_reader("timestamp"),
    oids.TIMESTAMPTZ: dates.date_reader("timestamp with time zone"),
    oids.TIME: dates.date_reader("time", time_only=True),
    oids.TIMETZ: dates.date_reader("time with time zone", time_only=True),
    oids.REGCLASS: names.read_regclass,
    oids.REGTYPE: names.read_regtype,
    oids.REGPROC: names.read_regproc,
    oids.REGPROCEDURE: signatures.read_regprocedure,
    oids.REGOPER: names.read_regoper,
    oids.REGOPERATOR: signatures.read_regoperator,
    oids.REGNAMESPACE: names.read_regnamespace,
    oids.REGROLE: names.read_regrole,
    oids.REGCOLLATION: names.read_regcollation,
    oids.REGCONFIG: names.read_regconfig,
    oids.REGDICTIONARY: names.read_regdictionary,
}


_INTERNAL_CATEGORY = "Z"


def _has_no_text(found: Type) -> bool:
    """Whether values of a base type can be shown but not written."""
    internal = found.category == _INTERNAL_CATEGORY and found.oid != oids.CHAR
    return internal or found.oid == oids.GTSVECTOR


def invalid_literal(
    catalog: Catalog, type_oid: int, modifier: int, text: str | None
) -> RefusalError | None:
    """Why a text is no value of a type, None if it is one or nothing is known against it.

    `type_oid` is no domain; `modifier` matters to intervals alone. `text` None is NULL, which some
    pseudo-types refuse too.
    """
    found = catalog.type(type_oid)
    if text is None and found.kind != "pseudo":
        return None
    try:
        _read(catalog, found, text, modifier)
    except RefusalError as refusal:
        if text is not None and text[:1] in ("@", ":", "$") and text[1:].isidentifier():
            refusal.help = f"a parameter is written without quotes: `@{text[1:]}`"
        elif text is not None and _MARKER.search(text) and refusal.help is None:
            refusal.help = (
                "there are no parameters within text: join it with `||` and cast the whole"
            )
        elif text is not None and type_oid in (oids.JSON, oids.JSONB) and _WORDS.fullmatch(text):
            refusal.help = f"a text of json stands in double quotes: `'\"{text}\"'`"
        elif text is not None and type_oid in _MOMENTS and _is_interval(text):
            refusal.help = f"write a stretch of time as an interval: `interval '{text}'`"
        return refusal
    return None


_MOMENTS = (oids.TIMESTAMP, oids.TIMESTAMPTZ, oids.DATE)
_MARKER = pattern(r"(?<![\w@])@[A-Za-z_]\w*")
_WORDS = pattern(r"[A-Za-z_][\w -]*")
_STRETCH = pattern(r"[+-]?\d+ *(second|minute|hour|day|week|month|year|decade)s?", re.IGNORECASE)


def _is_interval(text: str) -> bool:
    return _STRETCH.fullmatch(text.strip()) is not None


def _read(catalog: Catalog, found: Type, text: str | None, modifier: int = -1) -> None:
    if found.kind == "pseudo" and not (found.is_array and text is not None):
        _read_pseudo(catalog, found, text)
    elif text is None:
        return
    elif _has_no_text(found):
        refuse(f"cannot accept a value of type {found.name}", "0A000")
    elif found.oid == oids.INTERVAL:
        read_interval(text, modifier)
    elif found.oid in _READERS:
        _READERS[found.oid](text)
    elif found.oid in _CATALOG_READERS:
        _CATALOG_READERS[found.oid](catalog, text)
    else:
        _read_composed(catalog, found, text)


def _read_composed(catalog: Catalog, found: Type, text: str) -> None:
    if found.kind == "enum":
        _read_enum(catalog, found, text)
    elif found.kind == "range":
        read_range(text, _subtype(catalog, found))
    elif found.kind == "multirange":
        read_multirange(text, _subtype(catalog, catalog.type(found.range)))
    elif found.kind == "composite" and found.relation:
        columns = catalog.relation(found.relation).columns
        read_record(text, [_part_reader(catalog, column.type) for column in columns])
    elif found.is_array:
        element = catalog.type(found.element)
        read_array(text, element.delimiter, _part_reader(catalog, found.element))


def _part_reader(catalog: Catalog, type_oid: int) -> Reader:
    """A reader of the values inside a container; a domain is read as its base type."""
    return partial(_read, catalog, catalog.type(catalog.base_type(type_oid)))


_DISCRETE = (oids.INT4RANGE, oids.INT8RANGE, oids.DATERANGE)


def _subtype(catalog: Catalog, ranges: Type) -> Subtype:
    """What is known of the bounds of a range type."""
    subtype = catalog.type(catalog.base_type(ranges.subtype))
    values = enum_values(subtype.labels) if subtype.kind == "enum" else None

    def check(low: str | None, high: str | None, low_open: bool, high_closed: bool) -> None:
        if ranges.oid in _DISCRETE:
            check_discrete(subtype.oid, low, high, lower_open=low_open, upper_closed=high_closed)

    return Subtype(
        _part_reader(catalog, ranges.subtype), values or partial(bound_values, subtype.oid), check
    )


def _read_enum(catalog: Catalog, found: Type, text: str) -> None:
    if text in found.labels:
        return
    shown = catalog.display_type(found.oid)
    advice = similar_label(found, text)
    raise RefusalError(
        CODE,
        f'invalid input value for enum {shown}: "{text}"',
        sqlstate="22P02",
        help=advice.help,
        labels=advice.labels,
    )


def _read_pseudo(catalog: Catalog, found: Type, text: str | None) -> None:
    """Values of pseudo-types cannot be written; some refuse even NULL."""
    if found.oid in (oids.CSTRING, oids.VOID, oids.UNKNOWN):
        return
    if text is None:
        inputs = catalog.functions_named(("pg_catalog", f"{found.name}_in"))
        if not inputs or inputs[0].strict:
            return
    if found.oid == oids.RECORD:
        refuse("input of anonymous composite types is not implemented", "0A000")
    refuse(f"cannot accept a value of type {found.name}", "0A000")
