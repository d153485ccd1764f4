"""Columns of range table entries by themselves, the joins of the query left aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.keys import var_key
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict, as_found, maybe, never
from sqlwright.analysis.nullability.judging import NOTHING_GIVEN, Given, Judge
from sqlwright.analysis.nullability.logic.outcomes import TRUE
from sqlwright.analysis.nullability.logic.passed import passed_on
from sqlwright.analysis.nullability.rules import calls
from sqlwright.analysis.nullability.sources.tables import (
    constrained_column,
    plain_column,
    table_column,
)
from sqlwright.analysis.premises.current import current_relation
from sqlwright.analysis.premises.origins import query_behind
from sqlwright.analysis.tree.traversal import columns_in, walk
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import replace

_OF_SEVERAL_ROWS = (tree.Aggregate, tree.WindowCall, tree.Grouping, tree.SetReturning)


def entry_column(judge: Judge, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
    """A column of an entry by itself, joins left aside; `number` 0 is the whole row."""
    if number <= 0:
        return never(proof_rules.ROW_THERE, "a row, or a system column")
    rule = _BY_KIND.get(entry.kind)
    return rule(judge, entry, number, owner) if rule else maybe("nothing is known of this column")


def _relation_column(
    judge: Judge, entry: tree.RangeTableEntry, number: int, owner: Scope
) -> Verdict:
    known = constrained_column(judge, entry, number)
    if known is not None:
        return known
    relation = current_relation(judge.catalog, entry)
    if relation is None or relation.kind not in ("view", "materialized view"):
        source = entry.columns[number - 1].source
        generated = source is not None and source.generated is not None
        if generated:
            return table_column(judge, entry, number, _given(judge, entry, owner).numbers)
        return plain_column(judge, entry, number)
    materialized = relation.kind == "materialized view"
    given = NOTHING_GIVEN if materialized else _given_of_view(judge, entry, relation, owner)
    columns = judge.outputs.of_view(relation, given, rechecked=owner.rechecked)
    source = entry.columns[number - 1].source
    at = next((i for i, each in enumerate(relation.columns) if each.number == number), None)
    if source is None or at is None or at >= len(columns):
        return maybe("nothing is known of this column")
    column, found = relation.columns[at], columns[at]
    if materialized and not found.nullable and "value" not in (column.lasting or ()):
        found = maybe("the view may hold rows from before", column.declared, found)
    if materialized and "elements" not in (column.lasting or ()):
        found = found.with_elements(True)
    text = f"column {relation.name}.{column.name} of the view"
    return as_found(proof_rules.VIEW_COLUMN, text, column.declared, found)


def _subquery_column(
    judge: Judge, entry: tree.RangeTableEntry, number: int, owner: Scope
) -> Verdict:
    if entry.subquery is None:
        return maybe("nothing is known of this subquery")
    return judge.outputs.of_query(entry.subquery, owner, _given(judge, entry, owner))[number - 1]


def _given_of_view(
    judge: Judge, entry: tree.RangeTableEntry, relation: Relation, owner: Scope
) -> Given:
    """What is known of the rows in question, by the columns of a view's query."""
    given = _given(judge, entry, owner)
    sources = {entry.columns[at - 1].source for at in given.numbers}
    numbers = {source.number for source in sources if source is not None}
    places = enumerate(relation.columns, 1)
    return replace(given, numbers=frozenset(at for at, each in places if each.number in numbers))


def _values_column(judge: Judge, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
    return alternatives(judge, [row[number - 1] for row in entry.values], owner)


def _cte_column(judge: Judge, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
    if entry.cte is None or entry.cte.query is None:
        return maybe("nothing is known of this query")
    columns = judge.outputs.of_cte(entry.cte, entry.cte.query, owner, _given(judge, entry, owner))
    if number > len(columns):
        return _search_column(judge, entry.cte, number, owner)
    return columns[number - 1]


def _search_column(judge: Judge, cte: tree.CommonTable, number: int, owner: Scope) -> Verdict:
    """A column that SEARCH or CYCLE adds; the mark, last but one, is one of two values, and the
    others are rows or arrays of them."""
    if cte.mark_values and number == len(cte.columns) - 1:
        return alternatives(judge, cte.mark_values, owner)
    return never(proof_rules.SEARCH_MARK, "a SEARCH or CYCLE column").with_elements(False)


def _merged_column(judge: Judge, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
    """A column of a named join, or one that USING merged. FULL JOIN has a row of one side at
    least, whose column it then is."""
    expr = entry.join_vars[number - 1]
    if entry.join_kind == "full" and isinstance(expr, tree.Coalesce):
        before = _before_join(entry, owner)
        sides = judge.verdicts(expr.args, before)
        if not any(side.nullable for side in sides):
            return never(proof_rules.ONE_SIDE, "FULL JOIN has one side at least", None, *sides)
    return judge.verdict(expr, owner)


def _function_column(
    judge: Judge, entry: tree.RangeTableEntry, number: int, owner: Scope
) -> Verdict:
    total = sum(item.columns for item in entry.functions)
    if entry.ordinality and number == total + 1:
        return never(proof_rules.ORDINALITY, "WITH ORDINALITY counts the rows")
    if len(entry.functions) != 1 and not calls.are_level(judge, entry.functions):
        return maybe("functions side by side in FROM are padded with NULL")
    only, number = _function_of(entry, number)
    call = only.call.call if isinstance(only.call, tree.SetReturning) else only.call
    if only.columns != 1 or judge.catalog.is_composite(call.type):
        known = calls.field_of(judge, call, number, only.columns, owner)
        return known or maybe("columns of a function's result have no NOT NULL constraint")
    if isinstance(call, tree.FuncCall) and call.function.returns_set:
        return calls.row_of(judge, call, owner, None)
    return judge.verdict(call, owner)


def _function_of(entry: tree.RangeTableEntry, number: int) -> tuple[tree.FunctionInFrom, int]:
    """The function that has a column of the entry, and the column's number among its own."""
    for item in entry.functions:
        if number <= item.columns:
            return item, number
        number -= item.columns
    return entry.functions[-1], number


def _table_column(judge: Judge, entry: tree.RangeTableEntry, number: int, owner: Scope) -> Verdict:
    if number > len(entry.table_columns):
        return maybe("nothing is known of this column")
    column = entry.table_columns[number - 1]
    if column.kind == "ordinality" and not column.nested:
        return never(proof_rules.ORDINALITY, "FOR ORDINALITY counts the rows")
    if column.kind == "exists" and column.not_null and not column.nested:
        return never(proof_rules.JSON, "EXISTS finds something or nothing")
    if column.kind != "exists" and column.not_null:
        return never(proof_rules.NOT_NULL, "declared NOT NULL, which is checked at run time")
    return maybe("the path may find nothing")


def alternatives(judge: Judge, exprs: Sequence[tree.Expr], scope: Scope) -> Verdict:
    """The verdict on a value that is one of several."""
    found = judge.verdicts(exprs, scope)
    nullable = next((item for item in found if item.nullable), found[0])
    return nullable.with_elements(any(item.elements for item in found))


def _given(judge: Judge, entry: tree.RangeTableEntry, owner: Scope) -> Given:
    """What is known of the rows of an entry in question: columns that are not NULL, and, if it
    stands for a query, conditions on its columns alone."""

    def known() -> Given:
        numbers = range(1, len(entry.columns) + 1)
        there = frozenset([at for at in numbers if owner.knows_itself(var_key(entry, at))])
        if entry.kind == "relation" and query_behind(judge.catalog, entry) is None:
            return Given(there)
        conditions = tuple(
            expr
            for _, expr, outcomes in passed_on(owner)
            if outcomes == TRUE and _is_about(entry, expr)
        )
        return Given(there, conditions, entry if conditions else None)

    return judge.once(owner, ("given", id(entry)), known)


def _is_about(entry: tree.RangeTableEntry, condition: tree.Expr) -> bool:
    """Whether a condition is about a row of the entry, and nothing else."""
    columns = columns_in(condition)
    return (
        bool(columns)
        and all(each.entry is entry and each.number > 0 for each in columns)
        and not any(isinstance(part, _OF_SEVERAL_ROWS) for part in walk(condition))
    )


def _before_join(entry: tree.RangeTableEntry, scope: Scope) -> Scope:
    """The scope in which a join has not nulled either side, nor asked for its condition."""
    nullings = {
        key: tuple(each for each in found if each.join.entry is not entry)
        for key, found in scope.nullings.items()
    }
    return replace(scope, nullings=nullings, plain=True)


_BY_KIND: dict[str, Callable[[Judge, tree.RangeTableEntry, int, Scope], Verdict]] = {
    "relation": _relation_column,
    "subquery": _subquery_column,
    "values": _values_column,
    "cte": _cte_column,
    "join": _merged_column,
    "function": _function_column,
    "xmltable": _table_column,
    "jsontable": _table_column,
}
