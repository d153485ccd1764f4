"""Rows for tables whose foreign keys lead back to them: they can only be inserted together."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Constraint, Relation
from sqlwright.verification.rows import Filling, Row, RowMaker


async def rows_for_cycle(
    catalog: Catalog, start: Relation, maker: RowMaker, state: Filling
) -> list[tuple[Relation, Row]]:
    """A row for each table of a circle of foreign keys through `start`, pointing to each other, for
    one statement; foreign keys are checked at its end (manual, SET CONSTRAINTS). Empty where there
    is no circle."""
    circle = _circle(catalog, start)
    rows = [(relation, await maker.propose(relation, state)) for relation, _ in circle]
    for at, (_, key) in enumerate(circle):
        row, (parent, parents_row) = rows[at][1], rows[(at + 1) % len(rows)]
        columns = {column.name: column for column in parent.columns}
        for name, referenced in zip(key.columns, key.referenced_columns, strict=True):
            if parents_row.get(referenced) is None:
                parents_row[referenced] = await state.palette.draw(columns[referenced].type)
            row[name] = parents_row[referenced]
    return rows


def _circle(catalog: Catalog, start: Relation) -> list[tuple[Relation, Constraint]]:
    """The shortest way along foreign keys from a table to itself over others."""
    ways: list[list[tuple[Relation, Constraint]]] = [[]]
    reached: set[int] = set()
    for way in ways:
        relation = start
        if way:
            following = catalog.get_relation(way[-1][1].referenced)
            if following is None:
                continue
            relation = following
        for key in relation.constraints:
            if key.kind != "foreign key" or key.referenced == relation.oid:
                continue
            longer = [*way, (relation, key)]
            if key.referenced == start.oid:
                return longer
            if key.referenced not in reached:
                reached.add(key.referenced)
                ways.append(longer)
    return []
