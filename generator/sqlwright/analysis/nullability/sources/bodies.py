"""Functions written in SQL, judged by what their last query yields (manual 36.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.verdicts import Verdict, all_of, maybe, never
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Function, Operator
from sqlwright.source import Span

if TYPE_CHECKING:
    from sqlwright.analysis.nullability.ground.scopes import Scope
    from sqlwright.analysis.nullability.judge import Judge

Columns = tuple[Verdict, ...]


def result_of(
    judge: Judge, call: tree.FuncCall, scope: Scope, what: str, span: Span | None
) -> Verdict | None:
    """The verdict on a call that gives one value; None if the body does not tell."""
    columns = _columns(judge, call, scope)
    if columns is None or len(columns) != 1:
        return None
    function = current_function(judge.catalog, call.function)
    if not function.returns_set:
        if function.strict:
            given = all_of(what, span, judge.verdicts(call.args, scope))
            if given.nullable:
                return given
        if not _surely_one_row(judge, function):
            return maybe(f"{what}: its query may find no row", span)
    found = columns[0]
    shown = maybe if found.nullable else never
    return shown(f"{what} is what its query yields", span, found).with_elements(found.elements)


def column_of(
    judge: Judge, call: tree.FuncCall, scope: Scope, number: int, count: int
) -> Verdict | None:
    """The verdict on column `number` of the `count` that a call in FROM offers; None if the body
    does not tell. A function that returns no set gives a row of NULLs where its query finds none,
    and a strict one for a NULL argument."""
    function = current_function(judge.catalog, call.function)
    columns = _columns(judge, call, scope)
    if columns is None or len(columns) != count:
        return None
    if not function.returns_set:
        given = judge.verdicts(call.args, scope) if function.strict else []
        if not _surely_one_row(judge, function) or any(each.nullable for each in given):
            return None
    return columns[number - 1]


def _columns(judge: Judge, call: tree.FuncCall, scope: Scope) -> Columns | None:
    """The output columns of the body, its parameters being as the arguments are. One that is a
    whole row is no list of columns."""
    from sqlwright.analysis.nullability.judge import Judge

    function = current_function(judge.catalog, call.function)
    query = function.stored
    if not isinstance(query, tree.Query) or function.oid in judge.calling:
        return None
    if function.body is not None and not _still_means(judge.catalog, function, query):
        return None
    if function.result == oids.VOID or any(
        judge.catalog.is_composite(target.expr.type) for target in query.output
    ):
        return None
    given = _given(judge, call, scope)
    numbers = range(1, len(function.arguments) + 1)
    inner = Judge(
        judge.catalog,
        optional=[at for at in numbers if at not in given or given[at].nullable],
        calling=judge.calling | {function.oid},
        holding=[at for at in numbers if at not in given or given[at].elements],
        amid_writes=judge.amid_writes or judge.writes,
        writes=query.writes,
    )
    return inner.outputs.of_view_query(query)


def _still_means(catalog: Catalog, function: Function, query: tree.Query) -> bool:
    """Whether the names in a body that is a string, which is read anew for each call, still find
    what they found: no function or operator of such a name has been made since."""
    for part in walk(query):
        known: Sequence[Function | Operator] = ()
        if isinstance(part, tree.FuncCall | tree.Aggregate | tree.WindowCall):
            known = catalog.functions_named((part.function.name,))
        elif isinstance(part, tree.OpCall | tree.ArrayOp):
            known = catalog.operators_named((part.operator.name,))
        if any(each.oid > function.oid for each in known):
            return False
    return True


def _given(judge: Judge, call: tree.FuncCall, scope: Scope) -> dict[int, Verdict]:
    """The verdicts on what the parameters are given, by their numbers; one left out has a default,
    of which nothing is known."""
    positions = call.positions or range(len(call.args))
    return {
        at + 1: judge.verdict(arg, scope) for at, arg in zip(positions, call.args, strict=False)
    }


def _surely_one_row(judge: Judge, function: Function) -> bool:
    return isinstance(function.stored, tree.Query) and judge.rows.surely_one_row(function.stored)
