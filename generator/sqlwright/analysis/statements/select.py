"""SELECT and VALUES: the clauses of a query level, in the order PostgreSQL analyses them.

The order matters: a parameter takes its type from the first clause that needs one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.collations import (
    assign_expr_collations,
    assign_query_collations,
    collation_of,
    common_collation,
)
from sqlwright.analysis.clauses.grouping import GroupClause, transform_group_clause
from sqlwright.analysis.clauses.grouping_check import parse_check_aggregates
from sqlwright.analysis.clauses.locking import clause_name, transform_locking_clause
from sqlwright.analysis.clauses.row_clauses import (
    Targets,
    keyed_exprs,
    transform_distinct_clause,
    transform_distinct_on_clause,
    transform_limit_clause,
    transform_sort_clause,
    transform_where_clause,
)
from sqlwright.analysis.clauses.windows import declare_windows, transform_window_definitions
from sqlwright.analysis.expressions.targets import (
    resolve_target_list_unknowns,
    transform_expression_list,
    transform_target_list,
)
from sqlwright.analysis.from_clause.items import transform_from_clause
from sqlwright.analysis.names.columns import expand_ns_item_vars
from sqlwright.analysis.names.relations import add_range_table_entry_for_values
from sqlwright.analysis.names.scope import add_ns_item_to_query
from sqlwright.analysis.resolution.coerce import (
    coerce_to_common_type,
    select_common_type,
    select_common_typmod,
)
from sqlwright.analysis.state.dispatch import transforms_statements
from sqlwright.analysis.statements.ctes import transform_with_clause
from sqlwright.analysis.statements.set_operations import transform_set_operation_statement
from sqlwright.analysis.tree import making
from sqlwright.analysis.tree.traversal import contains_vars_of_depth
from sqlwright.dataclass import dataclass, field, replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState


@dataclass(slots=True)
class _Keys:
    """What ORDER BY, GROUP BY and DISTINCT refer to in the target list, by key."""

    order: list[int] = field(default_factory=list)
    group: GroupClause = field(default_factory=lambda: GroupClause(()))
    distinct: list[int] = field(default_factory=list)


@transforms_statements(nodes.Select)
def transform_select(state: ParseState, select: nodes.Select) -> tree.Query:
    """Any form of SELECT: plain, VALUES, or a set operation."""
    if select.set_op is not None:
        return transform_set_operation_statement(state, select)
    if select.values:
        return transform_values_clause(state, select)
    return transform_select_statement(state, select)


def transform_select_statement(state: ParseState, select: nodes.Select) -> tree.Query:
    """A plain SELECT."""
    transform_with_clause(state, select.with_)
    if select.into is not None:
        state.error(
            "misplaced-into",
            "SELECT ... INTO is not allowed here",
            select.into,
            sqlstate="42601",
        )
    state.locking = list(select.locking)
    declare_windows(state, select.windows)
    transform_from_clause(state, select.from_)
    targets = transform_target_list(state, select.targets, "select target")
    state.output_names = tuple(target.name for target in targets)
    where = transform_where_clause(state, select.where, "where", "WHERE")
    having = transform_where_clause(state, select.having, "having", "HAVING")
    keys = _transform_keys(state, select, targets)
    offset = transform_limit_clause(state, select.offset, "offset", "OFFSET")
    limit = transform_limit_clause(
        state, select.limit, "limit", "LIMIT", with_ties=select.with_ties
    )
    transform_window_definitions(state, targets)
    if state.resolve_unknowns:
        targets = resolve_target_list_unknowns(state, targets)
    query = _build(state, select, targets, keys, (where, having, offset, limit))
    for locking in state.locking:
        transform_locking_clause(state, query, locking)
    assign_query_collations(state, query)
    return check_aggregates(state, query)


def _transform_keys(state: ParseState, select: nodes.Select, targets: Targets) -> _Keys:
    keys = _Keys()
    keys.order = transform_sort_clause(state, select.order_by, targets)
    keys.group = transform_group_clause(state, select.group_by, targets)
    if select.distinct == ():
        keys.distinct = transform_distinct_clause(state, targets, keys.order)
    elif select.distinct is not None:
        keys.distinct = transform_distinct_on_clause(state, select.distinct, targets, keys.order)
    return keys


def _build(
    state: ParseState,
    select: nodes.Select,
    targets: Targets,
    keys: _Keys,
    parts: tuple[tree.Expr | None, tree.Expr | None, tree.Expr | None, tree.Expr | None],
) -> tree.Query:
    where, having, offset, limit = parts
    return making.Query(
        command="select",
        depth=state.depth,
        ctes=tuple(state.ctes),
        entries=tuple(state.entries),
        from_nodes=tuple(state.from_nodes),
        targets=tuple(targets),
        where=where,
        group_by=keyed_exprs(targets, keys.group.keys),
        grouping_sets=tuple(keyed_exprs(targets, each) for each in keys.group.sets),
        having=having,
        distinct=select.distinct == (),
        distinct_on=keyed_exprs(targets, keys.distinct) if select.distinct else (),
        order_by=keyed_exprs(targets, keys.order),
        limit=limit,
        offset=offset,
        with_ties=select.with_ties,
        windows=tuple(state.resolved_windows),
        has_aggregates=state.has_aggregates,
        has_set_returning=state.has_set_returning,
        locking=bool(select.locking),
        start=select.start,
        end=select.end,
    )


def check_aggregates(state: ParseState, query: tree.Query) -> tree.Query:
    """Refuse columns that are neither grouped by nor aggregated, where that is asked for."""
    if not (state.has_aggregates or query.group_by or query.grouping_sets or query.having):
        return query
    determining = parse_check_aggregates(state, query)
    return replace(query, determining=determining) if determining else query


# VALUES


def transform_values_clause(state: ParseState, select: nodes.Select) -> tree.Query:
    """VALUES as a query; each column gets the common type of its values (manual 10.5)."""
    transform_with_clause(state, select.with_)
    rows = [transform_expression_list(state, row, "values") for row in select.values]
    check_value_row_lengths(state, rows)
    columns = [_values_column(state, list(column)) for column in zip(*rows, strict=True)]
    types = [type_oid for _, type_oid, _ in columns]
    modifiers = [modifier for _, _, modifier in columns]
    values = tuple(zip(*(column for column, _, _ in columns), strict=True))
    lateral = bool(state.entries) and any(
        contains_vars_of_depth(expr, state.depth) for row in values for expr in row
    )
    item = add_range_table_entry_for_values(state, values, types, modifiers, lateral=lateral)
    add_ns_item_to_query(state, item)
    state.from_nodes.append(making.FromLeaf(entry=item.entry))
    targets = [
        making.TargetEntry(expr=var, name=name) for name, var in expand_ns_item_vars(item, select)
    ]
    keys = _Keys(order=transform_sort_clause(state, select.order_by, targets))
    offset = transform_limit_clause(state, select.offset, "offset", "OFFSET")
    limit = transform_limit_clause(
        state, select.limit, "limit", "LIMIT", with_ties=select.with_ties
    )
    for locking in select.locking:
        state.error(
            "invalid-locking",
            f"{clause_name(locking)} cannot be applied to VALUES",
            locking,
            sqlstate="0A000",
        )
    query = _build(state, select, targets, keys, (None, None, offset, limit))
    assign_query_collations(state, query)
    return replace(query, values=values)


def check_value_row_lengths(state: ParseState, rows: list[list[tree.Expr]]) -> None:
    """All rows of a VALUES list must have as many values as the first (42601)."""
    for row in rows:
        if len(row) != len(rows[0]):
            state.error(
                "row-length-mismatch",
                "VALUES lists must all be the same length",
                row[0] if row else None,
                sqlstate="42601",
            )


def _values_column(state: ParseState, column: list[tree.Expr]) -> tuple[list[tree.Expr], int, int]:
    common = select_common_type(state, column, "VALUES")
    converted = [coerce_to_common_type(state, expr, common, "VALUES") for expr in column]
    if state.collates:
        assign_expr_collations(state, converted)
        met = [collation_of(state, expr) for expr in converted]
        common_collation(state, met, conflict_allowed=True)
    return converted, common, select_common_typmod(converted, common)
