"""Aggregates: NULL over no rows, over no values, or more often (manual 9.21)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, maybe, never
from sqlwright.analysis.nullability.judging import Judge, judges
from sqlwright.analysis.nullability.logic.counts import rows_key, values_key
from sqlwright.analysis.nullability.rules.elements import of_call
from sqlwright.catalog.identity import is_function
from sqlwright.catalog.nulls import aggregate_nulls, aggregate_value_positions


@judges(tree.Aggregate)
def aggregate(judge: Judge, expr: tree.Aggregate, scope: Scope) -> Verdict:
    """The verdict on an aggregate call, by the group it is computed over."""
    span = span_of(expr, scope)
    name = expr.function.name
    level = scope.level(expr.depth)
    facts = judge.logic.true_facts(expr.filter)
    rows = level.before_grouping(expr.filter, facts)
    # Direct arguments are those of the group, in which a grouping set may have left a key out.
    direct = judge.verdicts(expr.direct_args, level)
    elements = (
        _of_percentiles(judge, expr, direct, rows)
        if is_function(expr.function, "percentile_cont", "percentile_disc")
        else collected_elements(judge, expr, rows)
    )
    when = aggregate_nulls(judge.catalog, expr.function.oid)
    if when == "never":
        return never(proof_rules.NEVER_NULL, f"{name}() never yields NULL", span)
    if when == "maybe":
        return maybe(f"{name}() may yield NULL", span).with_elements(elements)
    counted = rows_key(judge.logic.keys, expr.filter, expr.depth)
    if counted is None or not scope.knows(counted):
        if level.empty_group:
            return maybe(f"{name}() over no rows is NULL", span).with_elements(elements)
        if expr.filter is not None:
            text = f"{name}() is NULL when its FILTER drops every row"
            return maybe(text, span).with_elements(elements)
    for found in direct:
        if found.nullable:
            text = f"{name}(): a direct argument may be NULL"
            return maybe(text, span, found).with_elements(elements)
    lacking = []
    for arg in _deciding(judge, expr, when):
        found = judge.verdict(arg, rows)
        if found.nullable:
            lacking.append((arg, found))
    for arg, found in lacking:
        value = values_key(judge.logic.keys, arg, expr.filter, expr.depth)
        # Of two arguments, each may be there in another row: a row counts that has both.
        if value is None or len(lacking) > 1 or not scope.knows(value):
            text = f"{name}() over only NULLs is NULL"
            return maybe(text, span, found).with_elements(elements)
    text = f"{name}() over a group, which has rows"
    return never(proof_rules.GROUP_OF_VALUES, text, span).with_elements(elements)


def _deciding(judge: Judge, expr: tree.Aggregate, when: str) -> tuple[tree.Expr, ...]:
    """The arguments that make a row count, and must not be NULL in all of them."""
    if when != "no values":
        return ()
    listed = (*expr.direct_args, *expr.args)
    positions = aggregate_value_positions(judge.catalog, expr.function.oid)
    first = len(expr.direct_args)
    return tuple(listed[at] for at in positions if first <= at < len(listed)) or expr.args


def collected_elements(judge: Judge, expr: tree.Aggregate | tree.WindowCall, rows: Scope) -> bool:
    """Whether elements of the aggregate's result may be NULL: array_agg collects its argument as it
    is, NULLs included; of arrays it makes one array of them all, min and max give one of them."""
    return of_call(judge, expr.function, dict(enumerate(expr.args)), rows)


def _of_percentiles(
    judge: Judge, expr: tree.Aggregate, direct: Sequence[Verdict], rows: Scope
) -> bool:
    """The same of percentiles: there is one for each fraction asked for, NULL for NULL, and each is
    one of the values, or between two."""
    given = zip(
        (*expr.direct_args, *expr.args), (*direct, *judge.verdicts(expr.args, rows)), strict=True
    )
    return any(found.elements for arg, found in given if judge.catalog.is_array(arg.type))
