"""What a row's coming out of a query says of the columns that it is made from."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts, union
from sqlwright.analysis.nullability.logic.joins import join_facts
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.analysis.premises.stored_conditions import checked_values
from sqlwright.analysis.tree.traversal import not_into_queries, walk


def existence_facts(logic: Learning, query: tree.Query) -> Facts:
    """A row came out of the subquery, so its conditions were true for some inner row, and what
    that says of outer columns holds. An ungrouped aggregate yields a row in any case and
    proves nothing."""
    if query.command != "select" or query.set_operation or yields_empty_group(query):
        return NOTHING
    return join_facts_of(logic, query) | select_list_facts(logic, query)


def result_facts(logic: Learning, query: tree.Query) -> Facts:
    """What a subquery's value not being NULL says, where it is made of a single row."""
    if query.command != "select" or query.set_operation or query.values:
        return NOTHING
    if query.has_aggregates or query.group_by or query.grouping_sets or query.having:
        return NOTHING
    return logic.strict_keys(query.output[0].expr)


def select_list_facts(logic: Learning, query: tree.Query) -> Facts:
    """What a row's coming out says, where the select list has a single set-returning call."""
    if not query.has_set_returning:
        return NOTHING
    calls = [
        part
        for target in query.targets
        for part in walk(target.expr, not_into_queries)
        if isinstance(part, tree.SetReturning)
    ]
    return set_facts(logic, calls[0]) if len(calls) == 1 else NOTHING


def row_facts(logic: Learning, entry: tree.RangeTableEntry) -> Facts:
    """What an entry's having a row says of the columns that it is made from: the conditions of
    a LATERAL subquery, the CHECK constraints of a table, and the arguments of a strict function
    that returns a set, which returns none for NULL."""
    if entry.kind == "relation":
        values = checked_values(logic.catalog, entry)
        return union(logic.strict_keys(value) for _, value in values)
    if entry.kind == "subquery" and entry.subquery is not None:
        return existence_facts(logic, entry.subquery)
    if entry.kind == "jsontable" and isinstance(entry.arguments[0], tree.JsonQueryExpr):
        return logic.strict_keys(entry.arguments[0].context)
    if entry.kind == "function" and len(entry.functions) == 1:
        return set_facts(logic, entry.functions[0].call)
    return NOTHING


def set_facts(logic: Learning, call: tree.Expr) -> Facts:
    """What a set-returning call's giving a row says of its arguments."""
    inner = call.call if isinstance(call, tree.SetReturning) else call
    if not isinstance(inner, tree.FuncCall) or inner.variadic:
        return NOTHING
    if not (inner.function.returns_set and logic.runs_strictly(inner.function)):
        return NOTHING
    return union(map(logic.strict_keys, inner.args))


def join_facts_of(logic: Learning, query: tree.Query) -> Facts:
    """What holds of every row of a query's FROM that its conditions let through."""
    return join_facts(logic, query.from_nodes, logic.true_facts(query.where)).facts


def yields_empty_group(query: tree.Query) -> bool:
    """Whether the query aggregates into a group that exists even where no row came in."""
    if query.grouping_sets:
        return any(not group for group in query.grouping_sets)
    return not query.group_by and (query.has_aggregates or query.having is not None)
