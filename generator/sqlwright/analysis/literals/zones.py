"""Time zones by name, as dates and times mention them (manual 8.5.3, appendix B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog


def zone_names(catalog: Catalog) -> frozenset[str]:
    """All names and abbreviations of time zones, in lower case."""
    return catalog.memo.once("zone names", _zone_names, catalog)


def _zone_names(catalog: Catalog) -> frozenset[str]:
    names = catalog.names_of_kind("time zone"), catalog.names_of_kind("time zone abbreviation")
    return frozenset(name.lower() for each in names for name in each)


def may_be_zone(catalog: Catalog, name: str) -> bool:
    """Whether a name is a time zone's, or may be one that spells its own rules (`xyz+3`)."""
    return name in zone_names(catalog) or any(letter.isdigit() for letter in name)
