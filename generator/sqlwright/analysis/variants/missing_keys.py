"""What an order lacks to be total, for whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.tree.from_items import entries_of
from sqlwright.catalog.catalog import Catalog
from sqlwright.sql import nodes
from sqlwright.sql.lexing.keywords import quote_identifier

Single = Callable[[Sequence[nodes.Expr]], bool]
"""Tells whether one row at most has a position and meets further conditions."""


def missing_keys(catalog: Catalog, query: tree.Query, single: Single, number: int) -> str:
    """The advice: keys of tables that make the order total, or where they are to be found. Numbers
    of parameters from `number` on are free."""
    if query.group_by:
        return "end it in all that is grouped by"
    if query.distinct:
        return "end it in all columns of the select list"
    found = [list(_keys(catalog, entry)) for node in query.from_nodes for entry in entries_of(node)]
    alone = [key for keys in found for key in keys]
    together = [key for keys in found for key in keys[:1]]
    for names in (*alone, [name for key in together for name in key]):
        if names and single([_fixed(name, number + at) for at, name in enumerate(names)]):
            listed = ", ".join(".".join(map(quote_identifier, name)) for name in names)
            return f"end it in {listed}"
    return "end it in columns that are unique together, and NOT NULL"


def _keys(catalog: Catalog, entry: tree.RangeTableEntry) -> Iterator[list[tuple[str, str]]]:
    """The primary key of a table and its other unique keys, as they are written in the query."""
    relation = catalog.get_relation(entry.relation.oid) if entry.relation is not None else None
    if relation is None:
        return
    kinds = ("primary key", "unique")
    constraints = [each for each in relation.constraints if each.kind in kinds and each.columns]
    pairs = zip(relation.columns, entry.columns, strict=True)
    written = {column.name: shown.name for column, shown in pairs}
    for constraint in sorted(constraints, key=lambda each: kinds.index(each.kind)):
        yield [(entry.alias or entry.name, written[name]) for name in constraint.columns]


def _fixed(name: tuple[str, str], number: int) -> nodes.Expr:
    return nodes.Operation(
        name=("=",),
        left=nodes.ColumnRef(fields=name, start=-1, end=-1),
        right=nodes.ParamRef(number=number, start=-1, end=-1),
        operator_start=-1,
        operator_end=-1,
        start=-1,
        end=-1,
    )
