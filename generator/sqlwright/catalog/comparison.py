"""Which operators compare the values of a type: default operator classes and their families.

Sorting, grouping, DISTINCT, set operations, row comparison and RANGE frames all ask for these
(manual 36.16). The special cases are those of PostgreSQL's type cache: an array, a range or a row
can be compared only if what is in it can.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from sqlwright.catalog import oids
from sqlwright.catalog.lookup import Lookup
from sqlwright.catalog.model import Operator
from sqlwright.catalog.operator_families import OperatorClass, OperatorClassMember, SupportFunction

T = TypeVar("T")

BTREE_LESS, BTREE_EQUAL, BTREE_GREATER = 1, 3, 5
HASH_EQUAL = 1
BTREE_COMPARE, BTREE_IN_RANGE = 1, 3
HASH_FUNCTION = 1

_ANY = frozenset((oids.ANY, oids.ANYELEMENT, oids.ANYCOMPATIBLE))
_ANY_ARRAY = frozenset((oids.ANYARRAY, oids.ANYCOMPATIBLEARRAY))
_ANY_NONARRAY = frozenset((oids.ANYNONARRAY, oids.ANYCOMPATIBLENONARRAY))
_ANY_OF_KIND = {
    oids.ANYENUM: "enum",
    oids.ANYRANGE: "range",
    oids.ANYCOMPATIBLERANGE: "range",
    oids.ANYMULTIRANGE: "multirange",
    oids.ANYCOMPATIBLEMULTIRANGE: "multirange",
    oids.RECORD: "composite",
}


def is_binary_coercible(catalog: Lookup, source: int, target: int) -> bool:
    """Whether a value of one type is one of the other as it stands: the same type, a pseudo-type
    that takes it, or an implicit cast that converts nothing.
    """
    if source == target or target in _ANY:
        return True
    source = catalog.base_type(source)
    if source == target:
        return True
    if target in _ANY_ARRAY:
        return catalog.element_type(source) != 0
    if target in _ANY_NONARRAY:
        return catalog.element_type(source) == 0
    kind = _ANY_OF_KIND.get(target)
    if kind is not None and catalog.type(source).kind == kind:
        return True
    if target == oids.RECORD_ARRAY and catalog.is_composite(catalog.element_type(source)):
        return True
    cast = catalog.cast(source, target)
    return cast is not None and cast.method == "binary" and cast.context == "implicit"


def default_operator_class(catalog: Lookup, oid: int, method: str) -> OperatorClass | None:
    """The class for exactly this type or, failing that, the one for a type it is binary
    coercible to, if that is unique, preferred types of its category first.
    """
    return catalog.memo.once(
        ("default class", oid, method),
        lambda: _default_operator_class(catalog, catalog.base_type(oid), method),
    )


def _default_operator_class(catalog: Lookup, oid: int, method: str) -> OperatorClass | None:
    if catalog.get_type(oid) is None:
        return None
    exact = catalog.default_operator_classes_of(method, oid)
    if exact:
        return exact[0] if len(exact) == 1 else None
    defaults = catalog.default_operator_classes(method)
    category = catalog.type_category(oid)
    compatible = [each for each in defaults if is_binary_coercible(catalog, oid, each.type)]
    preferred = [each for each in compatible if _is_preferred_in(catalog, each.type, category)]
    chosen = preferred or compatible
    return chosen[0] if len(chosen) == 1 else None


def _is_preferred_in(catalog: Lookup, oid: int, category: str) -> bool:
    found = catalog.type(oid)
    return found.preferred and found.category == category


def family_member(
    catalog: Lookup, family: int, left: int, right: int, strategy: int
) -> OperatorClassMember | None:
    """The row of pg_amop for a strategy."""
    slot = (family, left, right, strategy)
    return catalog.user_members.get(slot) or catalog.builtin.members.get(slot)


def family_support(
    catalog: Lookup, family: int, left: int, right: int, number: int
) -> SupportFunction | None:
    """The row of pg_amproc for a support function."""
    slot = (family, left, right, number)
    return catalog.user_support.get(slot) or catalog.builtin.support.get(slot)


def _all_members(catalog: Lookup) -> Iterator[OperatorClassMember]:
    yield from catalog.builtin.members.values()
    yield from catalog.user_members.values()


def members_of_operator(catalog: Lookup, operator: int) -> tuple[OperatorClassMember, ...]:
    """Every row of pg_amop in which an operator stands."""
    by_operator = catalog.memo.once("members", lambda: _members_by_operator(catalog))
    return tuple(by_operator.get(operator, ()))


def _members_by_operator(catalog: Lookup) -> dict[int, list[OperatorClassMember]]:
    found: dict[int, list[OperatorClassMember]] = {}
    for each in _all_members(catalog):
        found.setdefault(each.operator, []).append(each)
    return found


def family_operator(
    catalog: Lookup, family: int, left: int, right: int, strategy: int
) -> Operator | None:
    """The operator that plays a strategy for two types in a btree or hash family."""
    found = family_member(catalog, family, left, right, strategy)
    return None if found is None else catalog.operator(found.operator)


def _class_operator(catalog: Lookup, oid: int, method: str, strategy: int) -> Operator | None:
    found = default_operator_class(catalog, oid, method)
    if found is None:
        return None
    return family_operator(catalog, found.family, found.type, found.type, strategy)


def _class_type(catalog: Lookup, oid: int, method: str) -> int:
    found = default_operator_class(catalog, oid, method)
    return 0 if found is None else found.type


def _contents(catalog: Lookup, oid: int, compared_as: int) -> tuple[int, ...]:
    """The types inside a value that is compared by comparing what is in it."""
    base = catalog.base_type(oid)
    if compared_as == oids.ANYARRAY:
        return (catalog.element_type(base),)
    if compared_as == oids.RECORD:
        relation = catalog.relation_of_type(base)
        # What is in an anonymous record shows only when the query runs.
        return () if relation is None else tuple(column.type for column in relation.columns)
    if compared_as == oids.ANYRANGE:
        return (catalog.range_subtype(base),)
    if compared_as == oids.ANYMULTIRANGE:
        return (catalog.range_subtype(catalog.range_of(base)),)
    return ()


_CHECKED_WHEN_COMPARED = frozenset((oids.ANYARRAY, oids.RECORD))
"""A range's bounds are always comparable, so nothing is asked of them."""


def equality_operator(catalog: Lookup, oid: int) -> Operator | None:
    """The default equality operator of a type: of its btree class, else of its hash class."""
    return catalog.memo.once(("=", oid), lambda: _equality_operator(catalog, oid))


def _equality_operator(catalog: Lookup, oid: int) -> Operator | None:
    found = _class_operator(catalog, oid, "btree", BTREE_EQUAL)
    compared_as = _class_type(catalog, oid, "btree")
    if found is None:
        found = _class_operator(catalog, oid, "hash", HASH_EQUAL)
        compared_as = _class_type(catalog, oid, "hash")
    if found is None or compared_as not in _CHECKED_WHEN_COMPARED:
        return found
    inside = _contents(catalog, oid, compared_as)
    return found if all(equality_operator(catalog, each) for each in inside) else None


def _btree_operator(catalog: Lookup, oid: int, strategy: int) -> Operator | None:
    found = _class_operator(catalog, oid, "btree", strategy)
    compared_as = _class_type(catalog, oid, "btree")
    if found is None or compared_as not in _CHECKED_WHEN_COMPARED:
        return found
    return (
        found
        if all(_orders(catalog, each) for each in _contents(catalog, oid, compared_as))
        else None
    )


def _orders(catalog: Lookup, oid: int) -> bool:
    found = default_operator_class(catalog, oid, "btree")
    if found is None:
        return False
    if found.type not in _CHECKED_WHEN_COMPARED:
        return (
            family_support(catalog, found.family, found.type, found.type, BTREE_COMPARE) is not None
        )
    return all(_orders(catalog, each) for each in _contents(catalog, oid, found.type))


def ordering_operator(catalog: Lookup, oid: int) -> Operator | None:
    """The default `<` of a type."""
    return catalog.memo.once(("<", oid), lambda: _btree_operator(catalog, oid, BTREE_LESS))


def descending_operator(catalog: Lookup, oid: int) -> Operator | None:
    """The default `>` of a type."""
    return catalog.memo.once((">", oid), lambda: _btree_operator(catalog, oid, BTREE_GREATER))


def is_hashable(catalog: Lookup, oid: int) -> bool:
    """Whether the type's default hash class can hash it; never so for an anonymous record."""
    return catalog.memo.once(("hash", oid), lambda: _is_hashable(catalog, oid))


def _is_hashable(catalog: Lookup, oid: int) -> bool:
    found = default_operator_class(catalog, oid, "hash")
    if found is None or catalog.base_type(oid) == oids.RECORD:
        return False
    support = family_support(catalog, found.family, found.type, found.type, HASH_FUNCTION)
    inside = _contents(catalog, oid, found.type)
    return support is not None and all(is_hashable(catalog, each) for each in inside)


def sorted_as(catalog: Lookup, oid: int) -> int:
    """The type that a type's default btree class is for, the type itself if it has none."""
    found = default_operator_class(catalog, oid, "btree")
    return oid if found is None else found.type


def in_range_functions(catalog: Lookup, oid: int) -> tuple[SupportFunction, ...]:
    """The in_range functions of the type's default btree family, for this type on the left."""
    found = default_operator_class(catalog, oid, "btree")
    if found is None:
        return ()
    return tuple(
        each
        for each in (*catalog.builtin.support.values(), *catalog.user_support.values())
        if each.family == found.family
        and each.left == found.type
        and each.number == BTREE_IN_RANGE
        and each.method == "btree"
    )
