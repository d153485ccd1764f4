"""Columns that values are written to: the table's behind a view, and whether it takes NULL."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.premises.current import column_numbered
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Column, Relation


def base_column(catalog: Catalog, relation: Relation, column: Column) -> tuple[Relation, Column]:
    """The column of a table that a view's column shows unchanged, and so writes to (manual
    CREATE VIEW, Updatable Views); of anything else the column itself."""
    relation = catalog.get_relation(relation.oid) or relation
    column = column_numbered(relation, column.number) or column
    query = relation.stored
    if relation.kind != "view" or not isinstance(query, tree.Query):
        return relation, column
    if any(trigger.timing == "instead of" for trigger in relation.triggers) or relation.rules:
        return relation, column
    at = next((at for at, each in enumerate(relation.columns) if each.number == column.number), -1)
    shown = query.output[at].expr if 0 <= at < len(query.output) else None
    if not isinstance(shown, tree.Var) or shown.number <= 0 or shown.entry.relation is None:
        return relation, column
    source = shown.entry.columns[shown.number - 1].source
    if source is None:
        return relation, column
    return base_column(catalog, shown.entry.relation, source)


def column_refuses_null(catalog: Catalog, relation: Relation, column: Column) -> bool:
    """Whether NULL cannot be stored in a column, by NOT NULL, its type or a CHECK."""
    if column.not_null or catalog.forbids_null(column.type):
        return True
    return relation.kind != "foreign table" and any(
        check.kind == "check" and column.name in check.not_null_columns
        for check in relation.constraints
    )
