"""Domains whose constraints a statement can violate: of values that it converts to them, that it is
given, and that its functions yield (manual 8.18)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.premises.current import walk_with_views
from sqlwright.analysis.tree.traversal import Part
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint, Type

_CONVERTED = (
    tree.Cast,
    tree.Param,
    tree.FuncCall,
    tree.JsonConstructor,
    tree.JsonQueryExpr,
)
"""What makes a value of a domain that was none before."""


def domain_constraints(
    catalog: Catalog, part: Part, optional: Collection[int]
) -> Iterator[tuple[Type, Constraint]]:
    """The constraints of domains that values in a query or an expression may violate, those that
    the views it reads convert among them. `optional` are the numbers of parameters that may be
    NULL."""
    for each in walk_with_views(catalog, part):
        if isinstance(each, _CONVERTED):
            yield from _of_value(catalog, each, optional)
        elif isinstance(each, tree.RangeTableEntry) and each.relation is None:
            for column in each.columns if _converts(catalog, each) else ():
                yield from constraints_within(catalog, column.type)
        elif isinstance(each, tree.TargetAssignment) and not each.whole:
            yield from _around_parts(catalog, each.column.type)


def _of_value(
    catalog: Catalog, value: tree.Expr, optional: Collection[int]
) -> Iterator[tuple[Type, Constraint]]:
    there = _is_given(value, optional)
    for domain, constraint in constraints_within(catalog, value.type):
        own = catalog.base_type(domain.oid) == catalog.base_type(value.type)
        if not (there and own and constraint.kind == "not null"):
            yield domain, constraint


def _is_given(value: tree.Expr, optional: Collection[int]) -> bool:
    """Whether a value is a constant or a parameter that is not NULL."""
    while isinstance(value, tree.Cast):
        value = value.operand
    if isinstance(value, tree.Param):
        return value.number not in optional
    return isinstance(value, tree.Const) and value.value is not None


def _converts(catalog: Catalog, entry: tree.RangeTableEntry) -> bool:
    """Whether columns of an entry get the types that are written for them there, as those of
    JSON_TABLE, XMLTABLE and functions that return `record` do."""
    return entry.kind in ("jsontable", "xmltable") or any(
        item.call.type == oids.RECORD for item in entry.functions
    )


def _around_parts(catalog: Catalog, oid: int) -> Iterator[tuple[Type, Constraint]]:
    """The constraints of domains over what has parts, which look at the whole again when a part of
    it is assigned. It is not NULL then."""
    for domain, constraint in constraints_within(catalog, oid):
        base = catalog.get_type(catalog.base_type(domain.oid))
        parted = base is not None and (base.subscriptable or base.kind == "composite")
        if constraint.kind != "not null" and parted:
            yield domain, constraint


def of_default(catalog: Catalog, oid: int) -> Iterator[tuple[Type, Constraint]]:
    """The constraints that the default of a domain may violate, if it has one."""
    if catalog.has_default(oid):
        yield from (item for item in constraints_within(catalog, oid) if item[1].kind != "not null")


def constraints_within(catalog: Catalog, oid: int) -> Iterator[tuple[Type, Constraint]]:
    """The constraints of a domain and of those below it, and of the domains of what is inside a
    value: elements, fields, bounds."""
    waiting, seen = [oid], set[int]()
    while waiting:
        found = catalog.get_type(waiting.pop())
        if found is None or found.oid in seen:
            continue
        seen.add(found.oid)
        if found.kind == "domain":
            yield from ((found, each) for each in found.constraints)
            waiting.append(found.base)
        elif found.is_array:
            waiting.append(found.element)
        elif found.kind in ("range", "multirange"):
            waiting.append(found.subtype)
        elif (relation := catalog.relation_of_type(found.oid)) is not None:
            waiting += [column.type for column in relation.columns]
