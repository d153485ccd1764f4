"""What is known of the values in a table's or view's columns, whatever query reads them."""

from __future__ import annotations

from functools import partial

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.judge import CatalogJudge
from sqlwright.analysis.outputs.array_dimensions import Dimensions, column_dimensions
from sqlwright.analysis.tree import making
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass
from sqlwright.depth import with_room


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """Whether values of a column may be NULL, and elements of arrays in it, and the dimensions that
    those may have."""

    nullable: bool
    element_nullable: bool
    dimensions: Dimensions


def stored_columns(catalog: Catalog, relation: Relation) -> tuple[StoredColumn, ...]:
    """The columns of a relation in order, as a query finds them that reads all of its rows, and one
    that locks or writes them too. The fields of a composite type have no constraints but those of
    their types."""
    # The packages over one schema ask the same; the relation is kept, so that its identity is.
    return catalog.memo.once(("stored columns", id(relation)), _of_relation, catalog, relation)[1]


def _of_relation(catalog: Catalog, relation: Relation) -> tuple[Relation, tuple[StoredColumn, ...]]:
    return relation, with_room(partial(_judged, catalog, relation))  # expressions in it may be deep


def _judged(catalog: Catalog, relation: Relation) -> tuple[StoredColumn, ...]:
    judge = CatalogJudge(catalog, optional=())
    verdicts = judge.outputs.of_view_query(_everything(relation), rechecked=True)
    return tuple(
        StoredColumn(verdict.nullable, bool(dimensions) and verdict.elements, dimensions)
        for verdict, dimensions in zip(verdicts, column_dimensions(catalog, relation), strict=True)
    )


def _everything(relation: Relation) -> tree.Query:
    """`SELECT * FROM relation`."""
    columns = tuple(
        making.EntryColumn(name=each.name, type=each.type, modifier=each.modifier, source=each)
        for each in relation.columns
    )
    entry = making.RangeTableEntry(
        kind="relation", name=relation.name, columns=columns, depth=0, relation=relation
    )
    targets = tuple(
        making.TargetEntry(
            expr=making.Var(type=each.type, entry=entry, number=at, name=each.name), name=each.name
        )
        for at, each in enumerate(columns, 1)
    )
    leaf = making.FromLeaf(entry=entry)
    return making.Query(command="select", entries=(entry,), from_nodes=(leaf,), targets=targets)
