"""Functions written in SQL, judged by what their last query yields (manual 36.5)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict
from sqlwright.analysis.nullability.judging import Columns, Judge
from sqlwright.analysis.premises.current import current_function
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Function, Operator


def columns_of_body(judge: Judge, call: tree.FuncCall, scope: Scope) -> Columns | None:
    """The output columns of the body, its parameters being as the arguments are. One that is a
    whole row is no list of columns."""
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
    inner = judge.for_body(
        function.oid,
        query,
        optional=[at for at in numbers if at not in given or given[at].nullable],
        holding=[at for at in numbers if at not in given or given[at].elements],
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
