"""What the resolution rules ask of a type beyond what the catalog answers itself.

Everything is read by OID; nothing here knows of expressions. Manual: 10.1 (categories), 36.2.5
(polymorphic types), 8.15 (arrays), 8.18 (domains).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.catalog import oids

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

STRING_CATEGORY = "S"

FAMILY_1 = frozenset(
    {
        oids.ANYELEMENT,
        oids.ANYARRAY,
        oids.ANYNONARRAY,
        oids.ANYENUM,
        oids.ANYRANGE,
        oids.ANYMULTIRANGE,
    }
)
"""The "simple" polymorphic family: every argument stands for one and the same actual type."""

FAMILY_2 = frozenset(
    {
        oids.ANYCOMPATIBLE,
        oids.ANYCOMPATIBLEARRAY,
        oids.ANYCOMPATIBLENONARRAY,
        oids.ANYCOMPATIBLERANGE,
        oids.ANYCOMPATIBLEMULTIRANGE,
    }
)
"""The "common" polymorphic family: the arguments are converted to a common type."""


def is_polymorphic(oid: int) -> bool:
    """Whether a declared type stands for whatever the call brings."""
    return oid in FAMILY_1 or oid in FAMILY_2


def base_type(catalog: Catalog, oid: int) -> int:
    """The type under a domain, through domains over domains; any other type is its own base."""
    return catalog.base_type(oid)


def base_element_type(catalog: Catalog, oid: int) -> int:
    """The element type of an array or of a domain over one, else 0."""
    return catalog.base_element_type(oid)


def is_enum(catalog: Catalog, oid: int) -> bool:
    """Whether a type is an enum (a domain over one is not)."""
    return bool(oid) and catalog.type(oid).kind == "enum"


def is_composite_array(catalog: Catalog, oid: int) -> bool:
    """Whether a type is an array of a named row type."""
    element = catalog.element_type(oid)
    return bool(element) and catalog.is_composite(element)


def base_type_and_modifier(catalog: Catalog, oid: int, modifier: int) -> tuple[int, int]:
    """`base_type` with the modifier that a domain prescribes; `modifier` where it is no domain."""
    return catalog.base_type_and_modifier(oid, modifier)


def element_type(catalog: Catalog, oid: int) -> int:
    """The element type of a true array, 0 for anything else (a domain over an array included)."""
    return catalog.element_type(oid)


def is_composite(catalog: Catalog, oid: int) -> bool:
    """Whether a type is a named row type or a domain over one; `record` is not."""
    return catalog.is_composite(oid)


def is_collatable(catalog: Catalog, oid: int) -> bool:
    """Whether values of a type take a collation (manual 23.2)."""
    return catalog.type(oid).collatable
