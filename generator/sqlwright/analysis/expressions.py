"""Expressions: the entry points for the rest of the analysis (PostgreSQL's transformExpr).

Every kind of syntax node has its transform in a module of its topic; importing them here makes
them known to `dispatch`.
"""

from __future__ import annotations

from sqlwright.analysis import (
    aggregates,
    calls,
    casts,
    column_refs,
    comparisons,
    conditionals,
    constants,
    indirection,
    json_constructors,
    json_queries,
    membership,
    rows,
    special_values,
    sublinks,
    xml_expressions,
)
from sqlwright.analysis.dispatch import (
    transform_expr,
    transform_expr_list,
    transform_expr_recurse,
)

TOPICS = (
    aggregates,
    calls,
    casts,
    column_refs,
    comparisons,
    conditionals,
    constants,
    indirection,
    json_constructors,
    json_queries,
    membership,
    rows,
    special_values,
    sublinks,
    xml_expressions,
)
"""The modules whose transforms are in force."""

__all__ = ["TOPICS", "transform_expr", "transform_expr_list", "transform_expr_recurse"]
