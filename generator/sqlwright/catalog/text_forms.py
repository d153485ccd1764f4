"""How values become text and are read from it: whether a setting has a say in that.

A type's own functions for that are those between it and `cstring`; enums, arrays, rows and ranges
share theirs, which are declared for the pseudo-type that stands for all of them (manual 36.2.5).
"""

from __future__ import annotations

from typing import Literal

from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Function, Type

Direction = Literal["in", "out"]

_SHARED = {
    "enum": oids.ANYENUM,
    "composite": oids.RECORD,
    "range": oids.ANYRANGE,
    "multirange": oids.ANYMULTIRANGE,
}


def has_immutable_text(catalog: Catalog, oid: int, direction: Direction) -> bool:
    """Whether the text of a value, or the value that a text means, depends on nothing else."""
    found = catalog.type_below_domains(oid)
    if found is None:
        return False
    known = catalog.builtin.memo.once(("text forms",), _own_functions, catalog)
    functions = known.get((found.oid, direction)) or [
        each for each in catalog.functions() if _text_form(each) == (found.oid, direction)
    ]
    if functions:
        # Of `bytea` there are two that look like the one it is read by.
        return any(each.volatility == "immutable" for each in functions)
    shared = known.get((_shared_type(found), direction), [])
    return bool(shared) and all(each.volatility == "immutable" for each in shared)


def _shared_type(found: Type) -> int:
    return oids.ANYARRAY if found.is_array else _SHARED.get(found.kind, 0)


def _own_functions(catalog: Catalog) -> dict[tuple[int, Direction], list[Function]]:
    """PostgreSQL's own functions between types and their text."""
    found: dict[tuple[int, Direction], list[Function]] = {}
    for each in catalog.builtin.functions:
        key = _text_form(each)
        if key is not None:
            found.setdefault(key, []).append(each)
    return found


def _text_form(function: Function) -> tuple[int, Direction] | None:
    """The type that a function reads from text or writes as text, None of any other one."""
    if function.result == oids.CSTRING and len(function.arguments) == 1:
        return function.arguments[0], "out"
    if function.arguments[:1] == (oids.CSTRING,):
        return function.result, "in"
    return None
