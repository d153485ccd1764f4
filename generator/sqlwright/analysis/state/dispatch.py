"""From a kind of syntax node to the function that analyses it.

Expressions hold queries and queries hold expressions. So that the modules of one topic each need
not import each other in circles, they enter their functions here, and what they need analysed they
ask for here. `analyse` brings them all together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlwright.analysis import tree
from sqlwright.analysis.state.parameters import open_places, put_off
from sqlwright.analysis.state.parse_state import ExprKind, ParseState
from sqlwright.catalog import oids
from sqlwright.dataclass import replace
from sqlwright.diagnostics import DiagnosticError
from sqlwright.sql import nodes

Transform = Callable[[ParseState, Any], tree.Expr]
StatementTransform = Callable[[ParseState, Any], tree.Query]
_T = TypeVar("_T", bound=Transform)
_S = TypeVar("_S", bound=StatementTransform)

_TRANSFORMS: dict[type[nodes.Expr], Transform] = {}
_STATEMENT_TRANSFORMS: dict[type[nodes.Statement], StatementTransform] = {}


def transforms(*kinds: type[nodes.Expr]) -> Callable[[_T], _T]:
    """Mark a function as the one that analyses these kinds of expression."""

    def enter(transform: _T) -> _T:
        _TRANSFORMS.update(dict.fromkeys(kinds, transform))
        return transform

    return enter


def transforms_statements(*kinds: type[nodes.Statement]) -> Callable[[_S], _S]:
    """Mark a function as the one that analyses these kinds of statement."""

    def enter(transform: _S) -> _S:
        _STATEMENT_TRANSFORMS.update(dict.fromkeys(kinds, transform))
        return transform

    return enter


def transform_statement(state: ParseState, statement: nodes.Statement) -> tree.Query:
    """Resolve names and types in a statement or subquery."""
    return _STATEMENT_TRANSFORMS[type(statement)](state, statement)


def transform_expr(state: ParseState, node: nodes.Expr, kind: ExprKind) -> tree.Expr:
    """Resolve names and types in an expression that stands at a place of this kind."""
    outer = state.expr_kind
    state.expr_kind = kind
    before = open_places(state)
    try:
        return transform_expr_recurse(state, node)
    except DiagnosticError as error:
        if not put_off(state, error, before):
            raise
        # What stands in FROM needs a type to be a column of.
        type_oid = oids.TEXT if kind == "from function" else oids.UNKNOWN
        return tree.Const(type=type_oid, value=None, start=node.start, end=node.end)
    finally:
        state.expr_kind = outer


def transform_expr_recurse(state: ParseState, node: nodes.Expr) -> tree.Expr:
    """Resolve names and types in a part of an expression, at the place its whole stands at."""
    expr = _TRANSFORMS[type(node)](state, node)
    if expr.start < 0:
        expr = replace(expr, start=node.start, end=node.end)
    return expr


def common_modifier(exprs: Iterable[tree.Expr], type_oid: int) -> int:
    """The type modifier that all alternatives share, -1 if they differ in type or modifier."""
    modifiers = {expr.modifier if expr.type == type_oid else -1 for expr in exprs}
    return modifiers.pop() if len(modifiers) == 1 else -1


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
