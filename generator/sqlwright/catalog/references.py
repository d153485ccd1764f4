"""The objects that types and analysed expressions rest on, as dependencies record them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.extraction import FIRST_USER_OID
from sqlwright.catalog.model import Type


def type_addresses(catalog: Catalog, oid: int) -> tuple[Address, ...]:
    """What resting on a type means: nothing for a built-in one, the element for an array, the
    relation for a row type.
    """
    found = catalog.get_type(oid)
    if found is None or oid < FIRST_USER_OID:
        return ()
    if found.is_array:
        return type_addresses(catalog, found.element)
    return (type_address(found),)


def type_address(found: Type) -> Address:
    """The address of a type; a row type's is its relation's."""
    if found.kind == "composite" and found.relation:
        return Address("relation", found.relation)
    if found.kind == "multirange":
        return Address("type", found.range)
    return Address("type", found.oid)


def known_references(catalog: Catalog, references: Iterable[Address]) -> tuple[Address, ...]:
    """What an expression rests on as far as it is worth remembering: no built-in objects, and for
    a type the object that it goes with.
    """
    found: dict[Address, None] = {}
    for address in references:
        if address.kind == "type":
            found.update(dict.fromkeys(type_addresses(catalog, address.oid)))
        elif address.oid >= FIRST_USER_OID or address.key:
            found[address] = None
    return tuple(found)
