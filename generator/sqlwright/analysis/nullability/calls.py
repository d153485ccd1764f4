"""Calls of functions and operators: strict ones by their arguments, others by what is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.verdicts import Verdict, all_of, any_of, maybe, never
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Function
from sqlwright.catalog.nulls import function_nulls
from sqlwright.source import Span

if TYPE_CHECKING:
    from sqlwright.analysis.nullability.judge import Judge
    from sqlwright.analysis.nullability.scopes import Scope


FIRST_USER_OID = 16384


def may_return_null(catalog: Catalog, function: int) -> bool:
    """Whether the function may yield NULL though no argument is NULL."""
    return function_nulls(catalog, function).when == "maybe"


def call(
    judge: Judge,
    function: Function,
    args: Sequence[tree.Expr],
    scope: Scope,
    what: str,
    span: Span | None,
    *,
    variadic: bool = False,
) -> Verdict:
    """The verdict on a call's result."""
    nulls = function_nulls(judge.catalog, function.oid)
    if nulls.when == "never":
        return never(f"{what} never yields NULL", span)
    if nulls.when == "maybe":
        return maybe(f"{what} may yield NULL", span)
    parts = judge.verdicts([args[at] for at in nulls.positions if at < len(args)], scope)
    if variadic and function.variadic and len(args) - 1 in nulls.positions:
        parts.append(judge.verdict(args[-1], scope))
    found = all_of(what, span, parts) if nulls.when == "arguments" else any_of(what, span, parts)
    return found.with_elements(_elements(function, args))


def _elements(function: Function, args: Sequence[tree.Expr]) -> bool:
    """Whether elements of an array result may be NULL. Text cut into pieces has none, unless a
    third argument names the text that stands for NULL."""
    cutting = function.oid < FIRST_USER_OID and function.result == oids.TEXT_ARRAY
    if cutting and function.name == "regexp_split_to_array":
        return False
    return not (cutting and function.name == "string_to_array" and len(args) == 2)


def set_returning(judge: Judge, expr: tree.SetReturning, scope: Scope) -> Verdict:
    """A set-returning call in a select list. Several of them run in step, and the shorter ones are
    padded with NULL."""
    from sqlwright.analysis.nullability.judge import span_of

    span = span_of(expr, scope)
    in_step = sum(isinstance(target.expr, tree.SetReturning) for target in scope.query.targets)
    if in_step > 1:
        return maybe("set-returning calls side by side are padded with NULL", span)
    return row_of(judge, expr.call, scope, span)


def row_of(judge: Judge, call_: tree.Expr, scope: Scope, span: Span | None) -> Verdict:
    """One value out of a set-returning call."""
    if not isinstance(call_, tree.FuncCall):
        return maybe("a row of a set may be NULL", span)
    function = call_.function
    if function.name == "unnest" and function.oid < FIRST_USER_OID and len(call_.args) == 1:
        array = judge.verdict(call_.args[0], scope)
        if array.elements:
            return maybe("an element of the array may be NULL", span, array)
        return never("no element of the array is NULL", span, array)
    nulls = function_nulls(judge.catalog, function.oid)
    if nulls.when == "maybe":
        return maybe(f"{function.name}() may yield NULL", span)
    return never(f"the rows of {function.name}() are not NULL", span)
