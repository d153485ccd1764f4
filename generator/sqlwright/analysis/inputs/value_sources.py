"""What the columns of FROM are made of: the expressions behind a column of a subquery, a CTE,
VALUES, a join or a function, and of EXCLUDED."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlwright.analysis import tree
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog.identity import is_function

Proposed = Mapping[int, tree.Query]
"""INSERTs by the identity of the entry that is their EXCLUDED."""


def may_be_given(expr: tree.Expr) -> bool:
    """Whether what is given for a parameter can come to stand in a value: one is written in it, or
    a column that is made of expressions."""
    for part in walk(expr):
        if isinstance(part, tree.Param):
            return True
        if isinstance(part, tree.Var) and (part.entry.kind != "relation" or part.entry.is_excluded):
            return True
    return False


def sources(var: tree.Var, proposed: Proposed) -> Iterator[tuple[tree.Expr, bool]]:
    """The expressions that a column of FROM shows, and whether it shows their elements."""
    entry, number = var.entry, var.number
    if number <= 0:
        return
    if (query := proposed.get(id(entry))) is not None:
        yield from ((each, False) for each in _proposed_values(query, var))
    elif entry.kind == "subquery" and entry.subquery is not None:
        yield from ((each, False) for each in outputs(entry.subquery, number))
    elif entry.kind == "cte" and entry.cte is not None and entry.cte.query is not None:
        yield from ((each, False) for each in outputs(entry.cte.query, number))
    elif entry.kind == "values":
        yield from ((row[number - 1], False) for row in entry.values)
    elif entry.kind == "join" and number <= len(entry.join_vars):
        yield entry.join_vars[number - 1], False
    elif entry.kind == "function":
        yield from _of_function(entry, number)


def _of_function(entry: tree.RangeTableEntry, number: int) -> Iterator[tuple[tree.Expr, bool]]:
    before = 0
    for item in entry.functions:
        if before < number <= before + item.columns:
            call = item.call.call if isinstance(item.call, tree.SetReturning) else item.call
            whole = item.columns == 1
            if not isinstance(call, tree.FuncCall) or not call.function.returns_set:
                if whole:
                    yield call, False
            elif is_function(call.function, "unnest") and whole:
                yield call.args[0], True
        before += item.columns


def outputs(query: tree.Query | tree.SetOperation, number: int) -> Iterator[tree.Expr]:
    """The expressions that an output column of a query comes from."""
    if isinstance(query, tree.SetOperation):
        yield from outputs(query.left, number)
        if query.op != "except":
            yield from outputs(query.right, number)
    elif query.set_operation is not None:
        yield from outputs(query.set_operation, number)
    elif query.values:
        yield from (row[number - 1] for row in query.values if number <= len(row))
    elif number <= len(query.output):
        yield query.output[number - 1].expr


def _proposed_values(query: tree.Query, var: tree.Var) -> Iterator[tree.Expr]:
    """What EXCLUDED shows of a column: what was to be inserted."""
    for at, item in enumerate(query.assignments):
        source = var.entry.columns[var.number - 1].source
        if source is not None and source.number == item.column.number and item.whole:
            yield from [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
