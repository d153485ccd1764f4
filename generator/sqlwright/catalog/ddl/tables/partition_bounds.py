"""Partitions may not overlap, as far as constants tell (manual 5.12, CREATE TABLE: PARTITION OF).

Compared are numbers, dates and times in ISO form, and for lists other values as written; a
partition whose bounds are anything else is compared with none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context, Place
from sqlwright.catalog.inheritance import children_of
from sqlwright.catalog.model import BoundKey, PartitionBounds, Relation
from sqlwright.patterns import pattern
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_NUMBERS = (oids.INT2, oids.INT4, oids.INT8, oids.NUMERIC)
_DAY = pattern(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = pattern(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?", re.ASCII)
_BARE = {
    oids.INT4: pattern(r"\d+", re.ASCII),
    oids.NUMERIC: pattern(r"[\d.eE]*[.eE][\d.eE+-]*", re.ASCII),
}
_LOWEST: BoundKey = (-1, "")
_HIGHEST: BoundKey = (1, "")
_NULL: BoundKey = (0, None)


def bounds_of(
    context: Context, parent: Relation, bound: ddl.PartitionBound
) -> PartitionBounds | None:
    """The bounds in a form that can be compared, None if they cannot be."""
    if bound.kind in ("default", "hash"):
        return PartitionBounds(bound.kind, modulus=bound.modulus, remainder=bound.remainder)
    types = [_key_type(context, parent, key) for key in parent.partition_key]
    if bound.kind == "list":
        values = [_key(types[0], value, ordered=False) for value in bound.values]
        known = tuple(each for each in values if each is not None)
        return PartitionBounds("list", values=known) if len(known) == len(values) else None
    sides: list[tuple[BoundKey, ...]] = []
    for side in (bound.lower, bound.upper):
        keys = [_key(oid, value, ordered=True) for oid, value in zip(types, side, strict=False)]
        known = tuple(each for each in keys if each is not None)
        if len(known) != len(keys):
            return None
        sides.append(known)
    return PartitionBounds("range", lower=sides[0], upper=sides[1])


def _key_type(context: Context, parent: Relation, key: str) -> int:
    column = next((each for each in parent.columns if each.name == key), None)
    return context.catalog.base_type(column.type) if column is not None else 0


def is_null(value: nodes.Expr) -> bool:
    """Whether a bound is NULL, as it is written."""
    value = _without_casts(value)
    return isinstance(value, nodes.Const) and value.kind == "null"


def _without_casts(value: nodes.Expr) -> nodes.Expr:
    while isinstance(value, nodes.TypeCast):
        value = value.operand
    return value


def _key(type_oid: int, value: nodes.Expr, *, ordered: bool) -> BoundKey | None:
    value = _without_casts(value)
    if isinstance(value, nodes.ColumnRef):
        return {"minvalue": _LOWEST, "maxvalue": _HIGHEST}.get(".".join(value.fields))
    if not isinstance(value, nodes.Const):
        return None
    if value.kind == "null":
        return _NULL
    text = value.value.strip()
    if type_oid in _NUMBERS:
        return _number(text)
    if type_oid == oids.DATE:
        return (0, text) if _DAY.fullmatch(text) else None
    if type_oid in (oids.TIMESTAMP, oids.TIMESTAMPTZ):
        match = _MOMENT.fullmatch(text)
        return (0, f"{match[1]} {(match[2] or '').ljust(8, '0')}") if match else None
    return None if ordered or not type_oid else (0, value.value)


def _number(text: str) -> BoundKey | None:
    from decimal import Decimal, InvalidOperation

    try:
        return (0, Decimal(text))
    except InvalidOperation:
        return None


def check_overlap(
    context: Context,
    parent: Relation,
    name: str,
    bound: ddl.PartitionBound,
    bounds: PartitionBounds,
) -> None:
    """Refuse a partition that would share rows with another, or have none (42P17)."""
    siblings = [
        (each, each.bounds)
        for each in children_of(context.catalog, parent.oid)
        if each.bounds is not None
    ]
    if bounds.kind == "default":
        for sibling, other in siblings:
            if other.kind == "default":
                message = (
                    f'partition "{name}" conflicts with existing default partition "{sibling.name}"'
                )
                context.refuse("invalid-object-definition", message, bound, sqlstate="42P17")
        return
    same = [(each.name, other) for each, other in siblings if other.kind == bounds.kind]
    if bounds.kind == "list":
        _check_list(context, name, bound, bounds, same)
    elif bounds.kind == "range":
        _check_not_empty(context, parent, name, bound, bounds)
        _check_range(context, name, bound, bounds, same)
    else:
        _check_hash(context, name, bound, bounds, same)


_Siblings = list[tuple[str, PartitionBounds]]


def _overlap(context: Context, name: str, other: str, place: Place) -> None:
    message = f'partition "{name}" would overlap partition "{other}"'
    context.refuse("invalid-object-definition", message, place, sqlstate="42P17")


def _check_list(
    context: Context,
    name: str,
    bound: ddl.PartitionBound,
    bounds: PartitionBounds,
    siblings: _Siblings,
) -> None:
    for value, place in zip(bounds.values, bound.values, strict=True):
        for other, theirs in siblings:
            if value in theirs.values:
                _overlap(context, name, other, place)


def _check_range(
    context: Context,
    name: str,
    bound: ddl.PartitionBound,
    bounds: PartitionBounds,
    siblings: _Siblings,
) -> None:
    ordered = sorted(siblings, key=lambda each: each[1].lower)
    for other, theirs in ordered:
        if theirs.lower <= bounds.lower < theirs.upper:
            at = _first_difference(bounds.lower, theirs.lower)
            _overlap(context, name, other, bound.lower[at])
    for other, theirs in ordered:
        if bounds.lower < theirs.lower < bounds.upper:
            at = _first_difference(bounds.upper, theirs.lower)
            _overlap(context, name, other, bound.upper[at])


def _first_difference(first: tuple[BoundKey, ...], second: tuple[BoundKey, ...]) -> int:
    pairs = enumerate(zip(first, second, strict=True))
    return next((at for at, (mine, other) in pairs if mine != other), 0)


def _check_not_empty(
    context: Context,
    parent: Relation,
    name: str,
    bound: ddl.PartitionBound,
    bounds: PartitionBounds,
) -> None:
    if bounds.lower < bounds.upper:
        return
    types = [_key_type(context, parent, key) for key in parent.partition_key]
    lower, upper = _shown(types, bound.lower), _shown(types, bound.upper)
    context.refuse(
        "invalid-object-definition",
        f'empty range bound specified for partition "{name}"',
        bound.lower[_first_difference(bounds.lower, bounds.upper)],
        sqlstate="42P17",
        detail=f"Specified lower bound {lower} is greater than or equal to upper bound {upper}.",
    )


def _shown(types: list[int], values: Iterable[nodes.Expr]) -> str:
    """A bound as PostgreSQL prints it: quoted but for what reads as a value of the same type."""
    texts = []
    for type_oid, value in zip(types, values, strict=True):
        value = _without_casts(value)
        if isinstance(value, nodes.ColumnRef):
            texts.append(value.fields[0].upper())
        elif isinstance(value, nodes.Const):
            text = value.value
            bare = _BARE.get(type_oid)
            texts.append(text if bare is not None and bare.fullmatch(text) else f"'{text}'")
    return f"({', '.join(texts)})"


def _check_hash(
    context: Context,
    name: str,
    bound: ddl.PartitionBound,
    bounds: PartitionBounds,
    siblings: _Siblings,
) -> None:
    ordered = sorted(siblings, key=lambda each: (each[1].modulus, each[1].remainder))
    mine = (bounds.modulus, bounds.remainder)
    smaller = [each for each in ordered if (each[1].modulus, each[1].remainder) <= mine]
    larger = ordered[len(smaller) :]
    detail = ""
    if smaller and bounds.modulus % smaller[-1][1].modulus:
        detail = _unfit("is not divisible by", bounds.modulus, smaller[-1])
    elif larger and larger[0][1].modulus % bounds.modulus:
        detail = _unfit("is not a factor of", bounds.modulus, larger[0])
    if detail:
        context.refuse(
            "invalid-object-definition",
            "every hash partition modulus must be a factor of the next larger modulus",
            bound,
            sqlstate="42P17",
            detail=detail,
        )
    for other, theirs in ordered:
        modulus = min(bounds.modulus, theirs.modulus)
        if bounds.remainder % modulus == theirs.remainder % modulus:
            _overlap(context, name, other, bound)


def _unfit(relation: str, modulus: int, other: tuple[str, PartitionBounds]) -> str:
    name, bounds = other
    return (
        f"The new modulus {modulus} {relation} {bounds.modulus}, the modulus of existing "
        f'partition "{name}".'
    )
