"""What is known of the values in a table's or view's columns, whatever query reads them."""

from __future__ import annotations

from sqlwright.analysis.array_dimensions import Dimensions, column_dimensions
from sqlwright.analysis.array_elements import type_forbids_null_elements
from sqlwright.analysis.nullability.judge import Judge
from sqlwright.analysis.nullability.outputs import Columns
from sqlwright.analysis.nullability.tables import stored_column
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """Whether values of a column may be NULL, and elements of arrays in it, and the dimensions that
    those may have."""

    nullable: bool
    element_nullable: bool
    dimensions: Dimensions


def stored_columns(catalog: Catalog, relation: Relation) -> tuple[StoredColumn, ...]:
    """The columns of a relation in order, as a query finds them that reads all of its rows. The
    fields of a composite type have no constraints but those of their types."""
    return tuple(
        StoredColumn(
            verdict.nullable and not column.not_null,
            verdict.elements and not type_forbids_null_elements(catalog, column.type),
            dimensions,
        )
        for column, verdict, dimensions in zip(
            relation.columns,
            _verdicts(catalog, relation),
            column_dimensions(catalog, relation),
            strict=True,
        )
    )


def _verdicts(catalog: Catalog, relation: Relation) -> Columns:
    judge = Judge(catalog, optional=())
    if relation.kind in ("view", "materialized view"):
        return judge.outputs.of_view(relation)
    return tuple(stored_column(judge, relation, column) for column in relation.columns)
