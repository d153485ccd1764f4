"""The reports on values that have no form in Python, or cannot travel there."""

from __future__ import annotations

import re

from sqlwright.analysis.facts import Parameter, ResultColumn
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Type
from sqlwright.codegen.types.carriage import Obstacle
from sqlwright.codegen.types.carriers import Way, has_row
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.patterns import pattern

_ONE_OPERAND = pattern(r"[\w.$@\"]+(\[.*\]|\(.*\))?(::[\w.\" ]+(\[\])*)*", re.DOTALL)
"""What a cast that follows belongs to as a whole."""
MOST_ROWS = 100
"""How deeply rows may lie within each other. Each level is a class, whose reader calls the next."""

_VERBS = {"read": "read", "send": "send", "copy": "copy"}


def unsupported_type(catalog: Catalog, item: Type) -> Diagnostic:
    """The report on a type that has no Python form here, with the override to write."""
    shown = catalog.contract_type(item.oid)
    return Diagnostic(
        "unsupported-type",
        "error",
        f"no Python type is known for {shown}",
        notes=("asyncpg exchanges such a value as its text unless a codec is set for it",),
        help=(
            "say what it is under `overrides` in the configuration, with "
            f'`type = "{shown}"` and `python = "str"`'
        ),
    )


def rows_too_deep(item: ResultColumn, query: str) -> Diagnostic | None:
    """The report on a result whose rows lie within each other more deeply than classes are made
    for."""
    depth, fields = 0, item.fields or ()
    while fields:
        depth += 1
        fields = tuple(part for each in fields for part in each.fields or ())
    if depth <= MOST_ROWS:
        return None
    return Diagnostic(
        "unsupported-type",
        "error",
        f"{item.name} has rows within rows to {depth} levels",
        () if item.span is None else (Label(item.span),),
        notes=(f"there are classes for {MOST_ROWS} levels at most",),
        help="select the parts that are needed, or json of the whole: `to_jsonb(…)`",
        query=query,
    )


def not_carried(
    catalog: Catalog, item: ResultColumn | Parameter, way: Way, obstacle: Obstacle
) -> Diagnostic:
    """The report on a value that asyncpg cannot read, send or copy, with what to write instead."""
    shown = catalog.contract_type(obstacle.type)
    return Diagnostic(
        "not-carried",
        "error",
        f"asyncpg cannot {_VERBS[way]} {_what(shown, obstacle)}",
        notes=tuple(_reasons(shown, obstacle)),
        help=_rewrite(catalog, item, way, obstacle),
    )


def _what(shown: str, obstacle: Obstacle) -> str:
    words = obstacle.place.split()
    if "field" in words:
        return f"a row with a field of type {shown}"
    if "record" in words or "record," in words:
        return f"a row with a field of type {shown}"
    if "range" in words or "multirange" in words:
        return f"a range over {shown}"
    if "array" in words:
        return f"an array of {shown}"
    if "texts" in words:
        return f"an array of {shown} safely"
    return f"a value of type {shown}"


def _reasons(shown: str, obstacle: Obstacle) -> list[str]:
    where = " of ".join(reversed(obstacle.path))
    if obstacle.place in ("send", "copy") and not obstacle.path:
        found = f"asyncpg cannot make the binary form of {shown}"
    elif "texts" in obstacle.place:
        found = "it comes as text, in which an empty element shifts the others and can end Python"
    elif any(word in obstacle.place for word in ("field", "record", "range", "copy")):
        found = f"in there values travel in binary, and asyncpg has {shown} as text only"
    else:
        return []
    return [f"{where}: {found}" if where else found]


def _rewrite(
    catalog: Catalog, item: ResultColumn | Parameter, way: Way, obstacle: Obstacle
) -> str | None:
    if isinstance(item, ResultColumn):
        return _read_instead(item, obstacle)
    marker = f"@{item.name}"
    if way == "copy":
        column = catalog.display_type(item.type)
        return (
            f"insert from arrays instead, as in `INSERT INTO … SELECT k, v::{column} FROM "
            f"unnest(@keys::bigint[], {marker}::text[]) AS u (k, v)`, or use `:batchexec`"
        )
    kind = catalog.type(item.type)
    if "field" in obstacle.place and _is_true_array(kind):
        row = catalog.display_type(kind.element)
        return (
            "take an array of each field: "
            f"`ARRAY(SELECT ROW(a, b)::{row} FROM unnest(@a, @b) AS u (a, b))`"
        )
    if kind.oid in (oids.RECORD, oids.RECORD_ARRAY):
        return "take the fields as parameters of their own: `ROW(@a::integer, @b::text)`"
    if kind.kind == "composite":
        return f"take the fields as parameters of their own: `ROW(@a, @b)::{kind.name}`"
    if "range" in obstacle.place:
        return f"take the bounds as parameters: `{kind.name}(@lower, @upper)`"
    text = "text[]" if _is_true_array(kind) else "text"
    return f"send text: `{marker}::{text}::{catalog.display_type(item.type)}`"


def _read_instead(item: ResultColumn, obstacle: Obstacle) -> str:
    written = _written(item)
    if "record" in obstacle.place:
        return "cast the field where the row is made, as in `ROW(id, field::text)`"
    if "field" in obstacle.place:
        return "make a row of what is needed, as in `ROW(id, field::text)`, or select the columns"
    if "range" in obstacle.place:
        return f"select the bounds, `lower({written})` and `upper({written})`"
    if not _ONE_OPERAND.fullmatch(written):
        written = f"({written})"
    if "array" in obstacle.place or "texts" in obstacle.place:
        said = "read texts" if item.embed is None else "select columns instead, and read texts"
        return f"{said}: `{written}::text[] AS {item.name}`"
    return f"read its text: `{written}::text AS {item.name}`"


def _written(item: ResultColumn) -> str:
    """A result as the query has it, or its column's name where that is one of several written as
    one (`*`, `sqlc.embed`) or too long to be shown."""
    written = item.span.text if item.span is not None else item.name
    embedded = item.embed is not None
    return item.name if embedded or re.search(r"\*|\n", written) or len(written) > 40 else written


def _is_true_array(item: Type) -> bool:
    return item.is_array and not has_row(item.name)
