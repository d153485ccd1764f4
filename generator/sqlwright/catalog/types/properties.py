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


def is_enum(catalog: Catalog, oid: int) -> bool:
    """Whether a type is an enum (a domain over one is not)."""
    return bool(oid) and catalog.type(oid).kind == "enum"


def is_composite_array(catalog: Catalog, oid: int) -> bool:
    """Whether a type is an array of a named row type."""
    element = catalog.element_type(oid)
    return bool(element) and catalog.is_composite(element)
