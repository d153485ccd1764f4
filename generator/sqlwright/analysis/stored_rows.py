"""What rows that were stored earlier still say.

A CHECK, an index, a generated column or a materialized view was computed as a row was written or
the view refreshed, by the functions and under the constraints of that time. CREATE OR REPLACE
FUNCTION changes none of those rows (manual, CREATE FUNCTION), nor does ALTER TABLE those of a
materialized view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from sqlwright.analysis import tree
from sqlwright.analysis.row_counts.current import current_function
from sqlwright.analysis.tree.traversal import Part, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.facts.extraction import FIRST_USER_OID
from sqlwright.catalog.model import Function, Relation
from sqlwright.dataclass import replace

_WEAKENS = re.compile(
    r"\b(drop|replace|inherit|attach|detach|disable|enforced|deferrable|alter\s+(function|routine)"
    r"|rule|trigger|security|materialized)\b",
    re.IGNORECASE,
)
"""Words of statements that make a materialized view, or after which less may hold than before."""

_LASTING: tuple[Literal["value", "elements"], ...] = ("value", "elements")


def is_settled(catalog: Catalog, part: Part) -> bool:
    """Whether a stored expression has always meant what it means now: no function that it calls has
    been replaced, or reads tables."""
    return all(_is_settled(catalog, each, frozenset()) for each in _functions_of(catalog, part))


def _is_settled(catalog: Catalog, function: Function, inside: frozenset[int]) -> bool:
    if function.oid < FIRST_USER_OID or function.oid in inside:
        return True
    now = current_function(catalog, function)
    if now.replaced:
        return False
    if not isinstance(now.stored, tree.Query):
        return True
    if any(isinstance(each, tree.RangeTableEntry) and each.relation for each in walk(now.stored)):
        return False
    within = inside | {function.oid}
    return all(_is_settled(catalog, each, within) for each in _functions_of(catalog, now.stored))


def _functions_of(catalog: Catalog, part: Part) -> Iterator[Function]:
    for each in walk(part):
        match each:
            case tree.FuncCall() | tree.Aggregate() | tree.WindowCall():
                yield each.function
            case tree.Cast() if each.function is not None:
                yield each.function
            case tree.OpCall() | tree.ArrayOp():
                yield from _of_operators(catalog, (each.operator.function,))
            case tree.RowCompare():
                yield from _of_operators(catalog, [item.function for item in each.operators])
            case _:
                pass


def _of_operators(catalog: Catalog, oids: tuple[int, ...] | list[int]) -> Iterator[Function]:
    for oid in oids:
        function = catalog.get_function(oid)
        if function is not None:
            yield function


# Materialized views


def with_lasting_columns(catalog: Catalog, statement: str) -> Catalog:
    """The catalog after a statement, in which `Column.lasting` of a materialized view's columns is
    what could be proved of them after every statement since the view was made."""
    if not _WEAKENS.search(statement):
        return catalog
    for relation in list(catalog.relations()):
        if relation.kind == "materialized view":
            catalog = _with_lasting(catalog, relation)
    return catalog


def _with_lasting(catalog: Catalog, relation: Relation) -> Catalog:
    from sqlwright.analysis.nullability.judge import Judge

    query = relation.stored
    if not isinstance(query, tree.Query) or all(each.lasting == () for each in relation.columns):
        return catalog
    verdicts = Judge(catalog, ()).outputs.of_view_query(query)
    columns = []
    for column, verdict in zip(relation.columns, verdicts, strict=True):
        now = {"value": not verdict.nullable, "elements": not verdict.elements}
        before = column.lasting if column.lasting is not None else _LASTING
        columns.append(replace(column, lasting=tuple(each for each in before if now[each])))
    if tuple(columns) == relation.columns:
        return catalog
    return catalog.with_relation(replace(relation, columns=tuple(columns)))
