"""The way into parse analysis: from a statement's syntax tree to its analysed query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.calls import aggregates, written
from sqlwright.analysis.expressions import (
    casts,
    column_refs,
    comparisons,
    conditionals,
    indirection,
    json_constructors,
    json_queries,
    membership,
    rows,
    special_values,
    sublinks,
    xml,
)
from sqlwright.analysis.literals import constants
from sqlwright.analysis.state.dispatch import transform_expr, transform_statement
from sqlwright.analysis.state.parameter_checks import check_variable_parameters
from sqlwright.analysis.statements import maintenance, merge, modify, select, utility
from sqlwright.analysis.statements.rewrite import check_rewrite
from sqlwright.analysis.statements.rules import rewritten_output
from sqlwright.dataclass import replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis import tree
    from sqlwright.analysis.state.parse_state import ParseState

__all__ = ["TOPICS", "analyse_statement", "transform_expr", "transform_statement"]

TOPICS = (
    aggregates,
    casts,
    column_refs,
    comparisons,
    conditionals,
    constants,
    indirection,
    json_constructors,
    json_queries,
    maintenance,
    membership,
    merge,
    modify,
    rows,
    select,
    special_values,
    sublinks,
    utility,
    written,
    xml,
)
"""The modules whose transforms are in force: imported here, they are known to `dispatch`."""


def analyse_statement(state: ParseState, statement: nodes.Statement) -> tree.Query:
    """Analyse a statement at the outermost level, settle its parameters, and check what PostgreSQL
    checks as it rewrites it.
    """
    state.collates = "collate" in state.source.text[statement.start : statement.end].lower()
    query = transform_statement(state, _select_into_as_create(statement))
    check_variable_parameters(state, query)
    check_rewrite(state, query)
    return rewritten_output(query)


def _select_into_as_create(statement: nodes.Statement) -> nodes.Statement:
    """SELECT ... INTO at the top of a statement is CREATE TABLE AS."""
    if isinstance(statement, nodes.Explain):
        return replace(statement, statement=_select_into_as_create(statement.statement))
    if not isinstance(statement, nodes.Select):
        return statement
    path = [statement]
    while path[-1].left is not None:
        path.append(path[-1].left)
    into = path[-1].into
    if into is None:
        return statement
    query = replace(path.pop(), into=None)
    while path:
        query = replace(path.pop(), left=query)
    return nodes.CreateTableAs(
        relation=into.relation,
        columns=(),
        query=query,
        start=statement.start,
        end=statement.end,
    )
