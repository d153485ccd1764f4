"""The way into parse analysis: from a statement's syntax tree to its analysed query."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis import tree
    from sqlwright.analysis.state import ParseState


def analyse_statement(state: ParseState, statement: nodes.Statement) -> tree.Query:
    """Analyse a statement at the outermost level, settle its parameters, and check what PostgreSQL
    checks as it rewrites it.
    """
    from sqlwright.analysis.collations import assign_query_collations
    from sqlwright.analysis.parameters import check_variable_parameters
    from sqlwright.analysis.rewrite import check_rewrite

    query = transform_statement(state, _select_into_as_create(statement))
    assign_query_collations(state, query, state.source.text[statement.start : statement.end])
    check_variable_parameters(state, query)
    check_rewrite(state, query)
    return query


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


def transform_statement(state: ParseState, statement: nodes.Statement) -> tree.Query:
    """Resolve names and types in a statement or subquery."""
    if isinstance(statement, nodes.Select):
        from sqlwright.analysis.select import transform_select

        return transform_select(state, statement)
    if isinstance(statement, nodes.Insert | nodes.Update | nodes.Delete):
        from sqlwright.analysis.modify import transform_modification

        return transform_modification(state, statement)
    if isinstance(statement, nodes.Merge):
        from sqlwright.analysis.merge import transform_merge_statement

        return transform_merge_statement(state, statement)
    from sqlwright.analysis.utility import transform_utility

    return transform_utility(state, statement)


def parse_sub_analyze(
    state: ParseState,
    statement: nodes.Statement,
    parent_cte: tree.CommonTable | None = None,
    *,
    locked_from_parent: bool = False,
    resolve_unknowns: bool = True,
    expand_stars: bool = False,
) -> tree.Query:
    """Analyse a subquery, at a level of its own below `state`."""
    child = state.child()
    child.parent_cte = parent_cte
    child.locked_from_parent = locked_from_parent
    child.resolve_unknowns = resolve_unknowns
    child.expand_stars = expand_stars
    return transform_statement(child, statement)
