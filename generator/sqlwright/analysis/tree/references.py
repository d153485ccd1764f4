"""Which catalog objects an analysed query or expression rests on."""

from __future__ import annotations

from collections.abc import Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import Part, walk
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.dependencies import Address

_TYPED = (tree.Const, tree.Param, tree.Cast, tree.RowExpr, tree.ArrayExpr)


def references_of(catalog: Catalog, part: Part) -> frozenset[Address]:
    """Relations, the columns of them, functions, operators, types and keys that a part rests on.

    Of the columns of a join only those count that something refers to.
    """
    return frozenset(
        found for each in walk(part, _not_into_joins) for found in _direct(catalog, each)
    )


def _not_into_joins(part: Part) -> bool:
    return not (isinstance(part, tree.RangeTableEntry) and part.kind == "join")


def _direct(catalog: Catalog, part: Part) -> Iterator[Address]:
    if isinstance(part, _TYPED) and part.type:
        yield Address("type", part.type)
    if isinstance(part, tree.Const) and part.type == oids.REGCLASS and part.value is not None:
        yield Address("relation", key=("regclass", part.value))
    if isinstance(part, tree.Var):
        yield from _column(catalog, part)
    elif isinstance(part, tree.FieldSelect):
        composite = catalog.type_below_domains(part.operand.type)
        if composite is not None and composite.relation:
            yield Address("relation", composite.relation, part.number)
    elif isinstance(part, tree.Query):
        yield from (Address("constraint", each) for each in part.determining)
        target = part.target_entry.relation if part.target_entry is not None else None
        if target is not None:
            written = (each.column.number for each in part.assignments)
            yield from (Address("relation", target.oid, number) for number in written)
    elif isinstance(part, tree.RangeTableEntry):
        if part.relation is not None:
            yield Address("relation", part.relation.oid)
    elif isinstance(part, tree.FuncCall | tree.Aggregate | tree.WindowCall):
        yield Address("function", part.function.oid)
    elif isinstance(part, tree.OpCall | tree.ArrayOp):
        yield Address("operator", part.operator.oid)
    elif isinstance(part, tree.Cast) and part.function is not None:
        yield Address("function", part.function.oid)


def _column(catalog: Catalog, var: tree.Var) -> Iterator[Address]:
    if var.entry.kind == "join" and var.number > 0:
        yield from references_of(catalog, var.entry.join_vars[var.number - 1])
        return
    relation = var.entry.relation
    if relation is None:
        return
    if var.number > 0:
        source = var.entry.columns[var.number - 1].source
        if source is not None:
            yield Address("relation", relation.oid, source.number)
    else:
        yield Address("relation", relation.oid)
