"""Where PostgreSQL says that a constraint is: what an error of it names."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis.violations.constraints import declared
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Constraint, Relation, Type

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
