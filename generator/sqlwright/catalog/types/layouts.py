"""How values of a type are stored: what types must share to be cast without a function."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlwright.resources import resource

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

Layout = tuple[int, bool, str]
"""Length (-1 of what varies), whether values are passed as such, and their alignment."""

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


@cache
def _built_in() -> dict[int, Layout]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    fields = (line.split("\t") for line in lines)
    return {int(each[0]): (int(each[2]), each[3] == "t", each[4]) for each in fields}
