"""From a kind of syntax node to the function that analyses it.

The modules of one topic each enter theirs here; `expressions` brings them all together and is
what the rest of the analysis uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from sqlwright.analysis import tree
from sqlwright.analysis.parameters import or_stand_in
from sqlwright.analysis.state import ExprKind, ParseState
from sqlwright.catalog import oids
from sqlwright.sql import nodes

Transform = Callable[[ParseState, Any], tree.Expr]
_T = TypeVar("_T", bound=Transform)

_TRANSFORMS: dict[type[nodes.Expr], Transform] = {}


def transforms(*kinds: type[nodes.Expr]) -> Callable[[_T], _T]:
    """Mark a function as the one that analyses these kinds of syntax node."""

    def enter(transform: _T) -> _T:
        for kind in kinds:
            _TRANSFORMS[kind] = transform
        return transform

    return enter


def transform_expr(state: ParseState, node: nodes.Expr, kind: ExprKind) -> tree.Expr:
    """Resolve names and types in an expression that stands at a place of this kind."""
    outer = state.expr_kind
    state.expr_kind = kind
    try:
        # What stands in FROM needs a type to be a column of.
        type_oid = oids.TEXT if kind == "from function" else oids.UNKNOWN
        stand_in = tree.Const(type=type_oid, value=None, start=node.start, end=node.end)
        return or_stand_in(state, lambda: transform_expr_recurse(state, node), stand_in)
    finally:
        state.expr_kind = outer


def transform_expr_recurse(state: ParseState, node: nodes.Expr) -> tree.Expr:
    """Resolve names and types in a part of an expression, at the place its whole stands at."""
    expr = _TRANSFORMS[type(node)](state, node)
    if expr.start < 0:
        expr = replace(expr, start=node.start, end=node.end)
    return expr


def transform_expr_list(
    state: ParseState, written: Iterable[nodes.Expr], kind: ExprKind
) -> list[tree.Expr]:
    """`transform_expr` over several expressions, in order."""
    return [transform_expr(state, node, kind) for node in written]


def common_modifier(exprs: Iterable[tree.Expr], type_oid: int) -> int:
    """The type modifier that all alternatives share, -1 if they differ in type or modifier."""
    modifiers = {expr.modifier if expr.type == type_oid else -1 for expr in exprs}
    return modifiers.pop() if len(modifiers) == 1 else -1
