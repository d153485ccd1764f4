"""Where PostgreSQL says that a constraint is: what an error of it names."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis.violations.constraints import declared
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.naming import make_object_name
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Constraint, Relation, Type
from sqlwright.patterns import pattern

_NUMBERS = pattern(r"(_?[0-9]+)+$")

Place = tuple[str, str, str | None, str | None]
"""A schema, a table or domain in it, and a constraint or, of one that is NOT NULL, the column."""


def places_of(catalog: Catalog, of: Relation | Type, constraint: Constraint) -> Iterator[Place]:
    """On its table, on the partitions and children that have it too; or on its domain."""
    if isinstance(of, Type):
        yield of.schema, of.name, None if constraint.kind == "not null" else constraint.name, None
        return
    for table in (of, *descendants_of(catalog, of.oid)):
        for each in table.constraints:
            if declared(catalog, table, each)[1] is constraint:
                named = each.kind != "not null"
                column = None if named else each.columns[0]
                yield table.schema, table.name, each.name if named else None, column


def place_of_parts(catalog: Catalog, of: Relation | Type, constraint: Constraint) -> Place | None:
    """Where PostgreSQL says that a foreign key which refers to a partitioned table is violated, but
    for numbers: it has a part for each partition, of its name and a number; up to PostgreSQL 17 of
    the name that it would give to such a key. None if another key may be called so."""
    if constraint.kind != "foreign key" or isinstance(of, Type):
        return None
    if catalog.relation(constraint.referenced).kind != "partitioned table":
        return None
    stem = _stem(catalog, of, constraint)
    others = {without_numbers(own.name) for own in of.constraints if own is not constraint}
    others |= {_stem(catalog, of, own) for own in of.constraints if own is not constraint}
    return (of.schema, of.name, stem, None) if stem not in others else None


def without_numbers(name: str) -> str:
    """The name of a constraint without the numbers at its end."""
    return _NUMBERS.sub("", name)


def _stem(catalog: Catalog, table: Relation, key: Constraint) -> str:
    if key.kind == "foreign key" and catalog.builtin.major < 18:
        return without_numbers(make_object_name(table.name, "_".join(key.columns), "fkey"))
    return without_numbers(key.name)


def constraints_declared(catalog: Catalog) -> Iterator[tuple[Relation | Type, Constraint]]:
    """All of a schema in order, but those that partitions and children have of their parents."""
    for table in sorted(catalog.relations(), key=_rank):
        for each in table.constraints:
            if declared(catalog, table, each)[1] is each:
                yield table, each
    for domain in sorted((each for each in catalog.types() if each.constraints), key=_rank):
        yield from ((domain, each) for each in domain.constraints)


def _rank(item: Relation | Type) -> tuple[bool, str, str]:
    return item.schema != "public", item.schema, item.name
