"""What has held of a materialized view's columns ever since it was made.

Its rows are those of its last refresh, of which nobody here knows the day: ALTER TABLE changes none
of them.
"""

from __future__ import annotations

import re
from typing import Literal

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.judge import CatalogJudge
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import replace
from sqlwright.patterns import pattern

_WEAKENS = pattern(
    r"\b(drop|replace|inherit|attach|detach|disable|enforced|deferrable|alter\s+(function|routine)"
    r"|rule|trigger|security|materialized)\b",
    re.IGNORECASE,
)
"""Words of statements that make a materialized view, or after which less may hold than before."""

_LASTING: tuple[Literal["value", "elements"], ...] = ("value", "elements")


def with_lasting_columns(catalog: Catalog, statement: str) -> Catalog:
    """The catalog after a statement, in which `Column.lasting` of a materialized view's columns is
    what could be proved of them after every statement since the view was made."""
    if not catalog.materialized or not _WEAKENS.search(statement):
        return catalog
    for oid in catalog.materialized:
        relation = catalog.get_relation(oid)
        if relation is not None:
            catalog = _with_lasting(catalog, relation)
    return catalog


def _with_lasting(catalog: Catalog, relation: Relation) -> Catalog:
    query = relation.stored
    if not isinstance(query, tree.Query) or all(each.lasting == () for each in relation.columns):
        return catalog
    verdicts = CatalogJudge(catalog, ()).outputs.of_view_query(query)
    columns = []
    for column, verdict in zip(relation.columns, verdicts, strict=True):
        now = {"value": not verdict.nullable, "elements": not verdict.elements}
        before = column.lasting if column.lasting is not None else _LASTING
        columns.append(replace(column, lasting=tuple(each for each in before if now[each])))
    if tuple(columns) == relation.columns:
        return catalog
    return catalog.with_relation(replace(relation, columns=tuple(columns)))
