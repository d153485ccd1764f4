"""Time zones by name, as dates and times mention them (manual 8.5.3, appendix B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog


def zone_names(catalog: Catalog) -> frozenset[str]:
    """All names and abbreviations of time zones, in lower case."""
    known: frozenset[str] | None = catalog.memo.get("zone names")
    if known is None:
        known = frozenset(
            name.lower()
            for name in (
                *catalog.names_of_kind("time zone"),
                *catalog.names_of_kind("time zone abbreviation"),
            )
        )
        catalog.memo["zone names"] = known
    return known


def may_be_zone(catalog: Catalog, name: str) -> bool:
    """Whether a name is a time zone's, or may be one that spells its own rules (`xyz+3`)."""
    return name in zone_names(catalog) or any(letter.isdigit() for letter in name)
