"""The ways in which an expression can come to be NULL."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.rules import calls

Case = tuple[tree.Expr, ...]
"""Columns, and other expressions of which no more is known, that are NULL together."""


def null_cases(judge: Judge, expr: tree.Expr, scope: Scope) -> list[Case]:
    """The ways in which an expression can come to be NULL, each as columns that are; an empty one
    where it can be NULL without any."""
    match expr:
        case tree.Var() if expr.number > 0 and expr.entry.join_vars:
            return null_cases(judge, expr.entry.join_vars[expr.number - 1], scope)
        case tree.Var() if expr.number > 0 and expr.returning is None:
            owner = scope.owner(expr.entry)
            reads = owner is not None and owner.query.command == "select"
            return [(expr,)] if reads else [()]
        case tree.Coalesce() | tree.MinMax():
            found = [_nullable_cases(judge, arg, scope) for arg in expr.args]
            return [tuple(x for part in parts for x in part) for parts in product(*found)]
        case tree.Collate():
            return null_cases(judge, expr.operand, scope)
        case tree.Cast() if expr.method == "binary" or expr.function is None:
            return null_cases(judge, expr.operand, scope)
        case tree.Cast(method="function") if expr.function is not None:
            return _strict_cases(judge, expr, expr.function.oid, (expr.operand,), scope)
        case tree.FuncCall() if not expr.variadic:
            return _strict_cases(judge, expr, expr.function.oid, expr.args, scope)
        case tree.OpCall(kind="plain"):
            return _strict_cases(judge, expr, expr.operator.function, expr.args, scope)
        case tree.Const() | tree.Var():
            return [()]
        case _:
            return _as_it_stands(judge, expr)


def _as_it_stands(judge: Judge, expr: tree.Expr) -> list[Case]:
    return [()] if judge.logic.keys.of(expr) is None else [(expr,)]


def _nullable_cases(judge: Judge, expr: tree.Expr, scope: Scope) -> list[Case]:
    if not judge.verdict(expr, scope).nullable:
        return []
    return null_cases(judge, expr, scope)


def _strict_cases(
    judge: Judge, expr: tree.Expr, function: int, args: Sequence[tree.Expr], scope: Scope
) -> list[Case]:
    """A strict operation that makes no NULL of its own is NULL where an operand is."""
    known = judge.catalog.get_function(function)
    if known is None or not known.strict or calls.may_return_null(judge.catalog, function):
        return _as_it_stands(judge, expr)
    if any(calls.gives_null_for_infinity(judge, function, arg, scope) for arg in args):
        return _as_it_stands(judge, expr)
    return [case for arg in args for case in _nullable_cases(judge, arg, scope)]


def columns_of(case: Case) -> list[tree.Var]:
    """The columns among what is NULL together."""
    return [each for each in case if isinstance(each, tree.Var)]
