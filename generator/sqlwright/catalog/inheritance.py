"""Which row types stand for rows of which others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog


def type_inherits_from(catalog: Catalog, subtype: int, supertype: int) -> bool:
    """Whether the first is the row type, or a domain over it, of a table that inherits, at any
    distance, from the table of the second. A type does not inherit from itself.
    """
    child = catalog.relation_of_type(subtype)
    ancestor = catalog.type(supertype)
    if child is None or ancestor.kind != "composite":
        return False
    pending = list(child.parents)
    seen: set[int] = set()
    while pending:
        oid = pending.pop()
        if oid == ancestor.relation:
            return True
        if oid not in seen:
            seen.add(oid)
            pending.extend(catalog.relation(oid).parents)
    return False
