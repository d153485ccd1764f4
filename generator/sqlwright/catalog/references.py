"""The objects that types and analysed expressions rest on, as dependencies record them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.identity import is_own_oid
from sqlwright.patterns import pattern


def type_addresses(catalog: Catalog, oid: int) -> tuple[Address, ...]:
    """What resting on a type means: nothing for a built-in one."""
    if is_own_oid(oid) or catalog.get_type(oid) is None:
        return ()
    return (Address("type", oid),)


def known_references(catalog: Catalog, references: Iterable[Address]) -> tuple[Address, ...]:
    """What an expression rests on as far as it is worth remembering: no built-in objects. A
    constant of type regclass names a relation, as in `nextval('numbers')`.
    """
    found: list[Address] = []
    for each in references:
        if each.key[:1] == ("regclass",):
            relation = catalog.find_relation(split_name(each.key[1]))
            if relation is None:
                continue
            each = Address("relation", relation.oid)
        if not is_own_oid(each.oid) or each.key:
            found.append(each)
    return tuple(found)


def split_name(text: str) -> tuple[str, ...]:
    """A qualified name in a string, as regclass reads it."""
    parts = _PART.findall(text)
    return tuple(
        part[1:-1].replace('""', '"') if part.startswith('"') else part.lower() for part in parts
    )


_PART = pattern(r'"(?:[^"]|"")*"|[^."\s]+')
