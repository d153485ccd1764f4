"""How values of a type are stored: what types must share to be cast without a function."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlwright.resources import resource

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

Layout = tuple[int, bool, str]
"""Length (-1 of what varies), whether values are passed as such, and their alignment."""

_PLAIN = "p"

_FILE = resource("catalog", "data", "layouts.tsv")
_ENUM: Layout = (4, True, "i")


def layout_of(catalog: Catalog, oid: int) -> Layout | None:
    """The layout of a type; None where it is not known, as of an extension's."""
    found = catalog.type(catalog.base_type(oid))
    known = _built_in().get(found.oid)
    if known is not None:
        return known
    if found.kind == "enum":
        return _ENUM
    if found.kind == "composite":
        return (-1, False, "d")
    inner = found.element if found.is_array else found.subtype
    if not inner:
        return None
    part = layout_of(catalog, inner)
    return None if part is None else (-1, False, "d" if part[2] == "d" else "i")


def is_stored_plain(catalog: Catalog, oid: int) -> bool:
    """Whether values of a type are stored as they are, never compressed nor put elsewhere; False
    where that is not known."""
    found = catalog.type(catalog.base_type(oid))
    if found.kind == "enum":
        return True
    return _storage().get(found.oid) == _PLAIN


@cache
def _rows() -> list[list[str]]:
    return [line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines()[1:]]


@cache
def _built_in() -> dict[int, Layout]:
    return {int(each[0]): (int(each[2]), each[3] == "t", each[4]) for each in _rows()}


@cache
def _storage() -> dict[int, str]:
    return {int(each[0]): each[5] for each in _rows()}
