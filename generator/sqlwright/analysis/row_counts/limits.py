"""How many rows come out by the form of a query alone, whatever the schema says: LIMIT and OFFSET,
aggregates, values."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.premises.constants import is_null, whole_number
from sqlwright.catalog.model import Relation


def all_pass(query: tree.Query) -> bool:
    """Whether LIMIT and OFFSET leave a first row alone; LIMIT ALL is NULL."""
    limit = query.limit
    if limit is not None and not is_null(limit) and not _is_integer(limit, at_least=1):
        return False
    return query.offset is None or _is_integer(query.offset, at_least=0, at_most=0)


def limited_to_one(query: tree.Query) -> bool:
    """Whether LIMIT lets one row through at most."""
    return (
        query.limit is not None
        and not query.with_ties
        and _is_integer(query.limit, at_least=0, at_most=1)
    )


def _is_integer(expr: tree.Expr, *, at_least: int, at_most: int | None = None) -> bool:
    value = whole_number(expr)
    if value is None:
        return False
    return value >= at_least and (at_most is None or value <= at_most)


def one_by_form(query: tree.Query) -> bool:
    """Whether exactly one row comes out of a query of nothing but values, or of aggregates without
    GROUP BY, which no change to the schema makes another number."""
    if query.command != "select" or query.set_operation is not None or not all_pass(query):
        return False
    if query.values:
        return len(query.values) == 1
    if query.has_set_returning or query.having is not None or query.group_by:
        return False
    if query.grouping_sets:
        return query.grouping_sets == ((),)
    return query.has_aggregates or (not query.from_nodes and query.where is None)


def one_by_form_when_stored(relation: Relation) -> bool:
    """Whether a materialized view holds one row, of whatever day. One that holds no data yet cannot
    be read."""
    stored = relation.stored
    return (
        relation.kind == "materialized view"
        and isinstance(stored, tree.Query)
        and one_by_form(stored)
    )
