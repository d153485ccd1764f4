"""Which foreign keys refer to a table."""

from __future__ import annotations

from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.lookup import Lookup
from sqlwright.catalog.model import Constraint, Relation


def keys_to(catalog: Lookup, oid: int) -> list[tuple[Relation, Constraint]]:
    """The foreign keys that refer to a table, oldest tables first; what a partition has of its
    table's key is a part of that. They rest on the columns of the table, so that no others have to
    be looked through."""
    table = catalog.get_relation(oid)
    if table is None:
        return []
    rests = catalog.dependencies
    places = [Address("relation", oid, each.number) for each in table.columns]
    found = {edge.dependent for place in places for edge in rests.of(place)}
    keys = {each.oid: each for each in found if each.kind == "constraint"}
    holders = {
        on.oid for each in keys.values() for on, _ in rests.on(each) if on.kind == "relation"
    }
    tables = (catalog.get_relation(each) for each in sorted(holders))
    return [
        (holder, each)
        for holder in tables
        if holder is not None
        for each in holder.constraints
        if each.kind == "foreign key" and each.oid in keys and not each.inherited
        if each.referenced == oid
    ]
