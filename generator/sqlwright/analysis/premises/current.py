"""Relations, columns and functions as they are now.

An entry of a view's stored query holds its relation as it was when the view was created, a call its
function; what holds of the rows, and of what is called, is said by the schema as it ended up.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import Part, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Column, Function, Relation


def current_relation(catalog: Catalog, entry: tree.RangeTableEntry) -> Relation | None:
    """The relation an entry names, None if it is none or is gone."""
    return catalog.get_relation(entry.relation.oid) if entry.relation is not None else None


def current_column(catalog: Catalog, entry: tree.RangeTableEntry, number: int) -> Column | None:
    """The column that column `number` of the entry shows; None if it shows none."""
    relation = current_relation(catalog, entry)
    source = entry.columns[number - 1].source if 0 < number <= len(entry.columns) else None
    if relation is None or source is None:
        return None
    return column_numbered(relation, source.number)


def column_numbered(relation: Relation, number: int) -> Column | None:
    """The column of a relation that has this number, None if it has none."""
    columns = relation.columns
    if 0 < number <= len(columns) and columns[number - 1].number == number:
        return columns[number - 1]  # where it stands unless some were dropped
    return next((each for each in columns if each.number == number), None)


def walk_with_views(catalog: Catalog, part: Part) -> Iterator[Part]:
    """All parts of a query or an expression, and those of the views that it reads."""
    waiting, seen = [part], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        for each in walk(current):
            yield each
            if isinstance(each, tree.RangeTableEntry):
                relation = current_relation(catalog, each)
                if relation is not None and isinstance(relation.stored, tree.Query):
                    waiting.append(relation.stored)


def current_function(catalog: Catalog, function: Function) -> Function:
    """The function as it is now: CREATE OR REPLACE keeps what calls it."""
    return catalog.get_function(function.oid) or function


def numbers_of(
    entry: tree.RangeTableEntry, relation: Relation, names: tuple[str, ...]
) -> list[int]:
    """Where the entry has the relation's columns of these names; those it lacks are left out."""
    wanted = [each.number for each in relation.columns if each.name in names]
    return [
        at
        for at, column in enumerate(entry.columns, 1)
        if column.source is not None and column.source.number in wanted
    ]


def tables_read(catalog: Catalog, entry: tree.RangeTableEntry) -> Iterator[Relation]:
    """The relation of the entry, and those that inherit from it unless ONLY was written."""
    relation = current_relation(catalog, entry)
    if relation is None:
        return
    yield relation
    if not entry.only:
        yield from descendants_of(catalog, relation.oid)


def is_not_null(relation: Relation, column: Column) -> bool:
    """Whether NOT NULL or a CHECK keeps NULL out of a column of a table. PostgreSQL holds a foreign
    table to neither (manual, CREATE FOREIGN TABLE)."""
    if relation.kind not in ("table", "partitioned table"):
        return False
    return column.not_null or any(
        each.kind == "check" and each.validated and column.name in each.not_null_columns
        for each in relation.constraints
    )
