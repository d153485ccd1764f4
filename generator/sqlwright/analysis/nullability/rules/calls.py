"""Calls of functions and operators: strict ones by their arguments, others by what is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, all_of, any_of, maybe, never
from sqlwright.analysis.nullability.judging import Judge, judges
from sqlwright.analysis.nullability.rules import elements, user_functions
from sqlwright.analysis.nullability.rules.infinity import may_be_infinite
from sqlwright.analysis.premises.allowed_values import TEXTS
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.tree.traversal import not_into_queries, walk
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_function, is_own
from sqlwright.catalog.model import Function
from sqlwright.catalog.nulls import FunctionNulls, function_nulls
from sqlwright.source import Span


def may_return_null(catalog: Catalog, function: int) -> bool:
    """Whether the function may yield NULL though no argument is NULL, nor infinite."""
    found = function_nulls(catalog, function)
    return found.when == "maybe" or bool(found.blank)


def gives_null_for_infinity(judge: Judge, function: int, arg: tree.Expr, scope: Scope) -> bool:
    """Whether the function may yield NULL for the argument since that may be infinite."""
    nulls = function_nulls(judge.catalog, function)
    return nulls.infinite and may_be_infinite(judge, arg, scope)


@judges(tree.FuncCall)
def function_call(judge: Judge, expr: tree.FuncCall, scope: Scope) -> Verdict:
    """The verdict on a call written as a function."""
    span = span_of(expr, scope)
    what = f"{expr.function.name}()"
    if not is_own(expr.function):
        told = user_functions.result_of(judge, expr, scope, what, span)
        if told is not None:
            return told
    return call(
        judge,
        expr.function,
        expr.args,
        scope,
        what,
        span,
        variadic=expr.variadic,
        places=expr.positions,
    )


def call(
    judge: Judge,
    function: Function,
    args: Sequence[tree.Expr],
    scope: Scope,
    what: str,
    span: Span | None,
    *,
    variadic: bool = False,
    places: Sequence[int] = (),
) -> Verdict:
    """The verdict on the result of a function, however it is called; `places` are the declared
    positions of the arguments where those were given by name."""
    by_place = dict(zip(places or range(len(args)), args, strict=False))
    found = _call(judge, function, args, scope, what, span, by_place, variadic=variadic)
    return found.with_elements(elements.of_call(judge, function, by_place, scope))


def _call(
    judge: Judge,
    function: Function,
    args: Sequence[tree.Expr],
    scope: Scope,
    what: str,
    span: Span | None,
    by_place: Mapping[int, tree.Expr],
    *,
    variadic: bool,
) -> Verdict:
    nulls = function_nulls(judge.catalog, function.oid)
    if nulls.when == "maybe":
        return maybe(f"{what} may yield NULL", span)
    sensitive = nulls.infinite and not _is_one_of(args[0], nulls.fields_of_infinity)
    if sensitive and any(may_be_infinite(judge, each, scope) for each in args):
        return maybe(f"{what} of infinity may yield NULL", span)
    if any(at in by_place and not _has_text(by_place[at]) for at in nulls.blank):
        return maybe(f"{what} of an empty text is NULL", span)
    if not is_own(function) and not by_place.keys() >= set(nulls.positions):
        return maybe(f"{what} is given defaults that may be NULL", span)
    parts = judge.verdicts([by_place[at] for at in nulls.positions if at in by_place], scope)
    if variadic and not isinstance(args[-1], tree.ArrayExpr):
        # VARIADIC NULL passes no array at all, which gives NULL whatever the function.
        array = judge.verdict(args[-1], scope)
        if array.nullable:
            return maybe(f"{what}: the VARIADIC array may be NULL", span, array)
    if nulls.when == "never":
        return never(proof_rules.NEVER_NULL, f"{what} never yields NULL", span)
    return _by_arguments(nulls, what, span, parts)


def _by_arguments(
    nulls: FunctionNulls, what: str, span: Span | None, parts: Sequence[Verdict]
) -> Verdict:
    if nulls.when == "arguments":
        return all_of(proof_rules.STRICT, what, span, parts)
    return any_of(proof_rules.ONE_ARGUMENT, what, span, parts)


def _is_one_of(expr: tree.Expr, words: Collection[str]) -> bool:
    return isinstance(expr, tree.Const) and (expr.value or "").lower() in words


def _has_text(expr: tree.Expr) -> bool:
    """Whether the expression is a text that is written out, and not an empty one. As `char(n)`
    blanks would be none."""
    while isinstance(expr, tree.Cast) and {expr.type, expr.operand.type} <= TEXTS:
        expr = expr.operand
    return isinstance(expr, tree.Const) and bool(expr.value)


@judges(tree.SetReturning)
def set_returning(judge: Judge, expr: tree.SetReturning, scope: Scope) -> Verdict:
    """A set-returning call in a select list, or in VALUES of a new row. Several of them run in
    step, and the shorter ones are padded with NULL."""
    span = span_of(expr, scope)
    exprs = [target.expr for target in scope.query.targets]
    if scope.query.command == "insert":
        exprs += [item.value for item in scope.query.assignments]
    in_step = [
        part
        for each in exprs
        for part in walk(each, not_into_queries)
        if isinstance(part, tree.SetReturning)
    ]
    if len(in_step) > 1 and not are_level(judge, in_step):
        return maybe("set-returning calls side by side are padded with NULL", span)
    return row_of(judge, expr.call, scope, span)


def are_level(judge: Judge, calls: Sequence[tree.SetReturning | tree.FunctionInFrom]) -> bool:
    """Whether calls side by side all unnest parameters whose arrays have one length."""
    return bool(judge.level) and all(_unnested(each.call) in judge.level for each in calls)


def _unnested(call_: tree.Expr) -> int:
    """The number of the parameter that a call unnests; 0 for any other."""
    while isinstance(call_, tree.SetReturning | tree.Cast | tree.Collate | tree.FuncCall):
        if isinstance(call_, tree.SetReturning):
            call_ = call_.call
        elif not isinstance(call_, tree.FuncCall):
            call_ = call_.operand
        elif is_function(call_.function, "unnest") and len(call_.args) == 1:
            call_ = call_.args[0]
        else:
            return 0
    return call_.number if isinstance(call_, tree.Param) else 0


def row_of(judge: Judge, call_: tree.Expr, scope: Scope, span: Span | None) -> Verdict:
    """One value out of a set-returning call."""
    if not isinstance(call_, tree.FuncCall):
        return maybe("a row of a set may be NULL", span)
    function = current_function(judge.catalog, call_.function)
    if not is_own(function):
        told = user_functions.result_of(judge, call_, scope, f"{function.name}()", span)
        if told is not None:
            return told
    if is_function(function, "unnest") and len(call_.args) == 1:
        array = judge.verdict(call_.args[0], scope)
        # A multirange has no NULL among its ranges.
        if array.elements and judge.catalog.base_element_type(call_.args[0].type):
            return maybe("an element of the array may be NULL", span, array)
        return never(proof_rules.UNNESTED, "no element of the array is NULL", span, array)
    nulls = function_nulls(judge.catalog, function.oid)
    if nulls.when == "maybe":
        return maybe(f"{function.name}() may yield NULL", span)
    if nulls.when != "never" and not function.strict:
        parts = judge.verdicts(call_.args, scope)
        return _by_arguments(nulls, f"a row of {function.name}()", span, parts)
    return never(proof_rules.ROWS_OF_VALUES, f"the rows of {function.name}() are not NULL", span)


def field_of(
    judge: Judge, call_: tree.Expr, number: int, count: int, scope: Scope
) -> Verdict | None:
    """Column `number` of a function in FROM that gives `count` of them; None if nothing is known
    of it. A strict function that returns no set gives a row of NULLs for a NULL argument."""
    inner = call_.call if isinstance(call_, tree.SetReturning) else call_
    if not isinstance(inner, tree.FuncCall):
        return None
    if not is_own(inner.function):
        told = user_functions.column_of(judge, inner, scope, number, count)
        if told is not None:
            return told
    function = current_function(judge.catalog, inner.function)
    if number - 1 not in function_nulls(judge.catalog, function.oid).never_null_fields:
        return None
    if not (function.returns_set and function.strict):
        given = judge.verdicts(inner.args, scope)
        if any(each.nullable for each in given):
            return None
    return never(proof_rules.ROWS_OF_VALUES, f"this column of {function.name}() is never NULL")
