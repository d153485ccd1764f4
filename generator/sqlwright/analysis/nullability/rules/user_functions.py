"""Calls of functions written in SQL, by what their last query yields (manual 36.5)."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict, all_of, as_found, maybe
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.premises.current import current_function
from sqlwright.catalog.model import Function
from sqlwright.source import Span


def result_of(
    judge: Judge, call: tree.FuncCall, scope: Scope, what: str, span: Span | None
) -> Verdict | None:
    """The verdict on a call that gives one value; None if the body does not tell."""
    columns = judge.outputs.of_body(call, scope)
    if columns is None or len(columns) != 1:
        return None
    function = current_function(judge.catalog, call.function)
    if not function.returns_set:
        if function.strict:
            given = all_of(proof_rules.STRICT, what, span, judge.verdicts(call.args, scope))
            if given.nullable:
                return given
        if not _surely_one_row(judge, function):
            return maybe(f"{what}: its query may find no row", span)
    return as_found(proof_rules.SQL_FUNCTION, f"{what} is what its query yields", span, columns[0])


def column_of(
    judge: Judge, call: tree.FuncCall, scope: Scope, number: int, count: int
) -> Verdict | None:
    """The verdict on column `number` of the `count` that a call in FROM offers; None if the body
    does not tell. A function that returns no set gives a row of NULLs where its query finds none,
    and a strict one for a NULL argument."""
    function = current_function(judge.catalog, call.function)
    columns = judge.outputs.of_body(call, scope)
    if columns is None or len(columns) != count:
        return None
    if not function.returns_set:
        given = judge.verdicts(call.args, scope) if function.strict else []
        if not _surely_one_row(judge, function) or any(each.nullable for each in given):
            return None
    return columns[number - 1]


def _surely_one_row(judge: Judge, function: Function) -> bool:
    return isinstance(function.stored, tree.Query) and judge.rows.surely_one_row(function.stored)
