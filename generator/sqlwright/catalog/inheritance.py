"""Which row types stand for rows of which others."""

from __future__ import annotations

from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.lookup import Lookup
from sqlwright.catalog.model import Constraint, Relation


def type_inherits_from(catalog: Lookup, subtype: int, supertype: int) -> bool:
    """Whether the first is the row type, or a domain over it, of a table that inherits, at any
    distance, from the table of the second. A type does not inherit from itself.
    """
    ancestor = catalog.type(supertype)
    if ancestor.kind != "composite":
        return False
    child = catalog.relation_of_type(subtype)
    if child is None:
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


def children_of(catalog: Lookup, oid: int) -> tuple[Relation, ...]:
    """The relations that inherit directly from one, oldest first; only user tables have any."""
    edges = catalog.dependencies.of(Address("relation", oid))
    if not edges:
        return ()
    found = (
        catalog.get_relation(edge.dependent.oid)
        for edge in edges
        if edge.dependent.kind == "relation" and not edge.dependent.part
    )
    children = {each.oid: each for each in found if each is not None and oid in each.parents}
    return tuple(children[each] for each in sorted(children))


def descendants_of(catalog: Lookup, oid: int) -> tuple[Relation, ...]:
    """The relations that inherit from one at any distance, each once."""
    return catalog.memo.once(("descendants", oid), lambda: _descendants(catalog, oid))


def _descendants(catalog: Lookup, oid: int) -> tuple[Relation, ...]:
    found: dict[int, Relation] = {}
    pending = [oid]
    while pending:
        for child in children_of(catalog, pending.pop(0)):
            if child.oid not in found:
                found[child.oid] = child
                pending.append(child.oid)
    return tuple(found.values())


def inherits_from_another(
    catalog: Lookup, child: Relation, parent: int, constraint: Constraint
) -> bool:
    """Whether a child has a constraint from a parent besides the one that no longer gives it."""
    others = (catalog.relation(each) for each in child.parents if each != parent)
    return any(
        each.kind == constraint.kind
        and not each.no_inherit
        and (each.kind == "not null" or each.name == constraint.name)
        and each.columns == constraint.columns
        for other in others
        for each in other.constraints
    )
