"""What is said of a result column by its type alone."""

from __future__ import annotations

from sqlwright.analysis.outputs.table_rows import row_relation
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ColumnType:
    """The type and the modifier that PostgreSQL reports, and whether the type is that of arrays, of
    a table's rows, and of anonymous ones."""

    reported: int
    modifier: int
    is_array: bool
    has_table: bool
    holds_records: bool


def column_type(catalog: Catalog, oid: int, modifier: int) -> ColumnType:
    """That of columns of a type with a modifier."""
    return catalog.memo.once(("column type", oid, modifier), _made, catalog, oid, modifier)


def _made(catalog: Catalog, oid: int, modifier: int) -> ColumnType:
    reported, written = catalog.base_type_and_modifier(oid, modifier)
    return ColumnType(
        reported,
        written,
        is_array=catalog.type(reported).is_array,
        has_table=row_relation(catalog, oid) is not None,
        holds_records=oid in (oids.RECORD, oids.RECORD_ARRAY),
    )
