"""INSERT, UPDATE and DELETE, each in the order PostgreSQL analyses its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.collations import assign_query_collations
from sqlwright.analysis.clauses.row_clauses import transform_where_clause
from sqlwright.analysis.expressions.targets import transform_expression_list
from sqlwright.analysis.from_clause.items import set_target_table, transform_from_clause
from sqlwright.analysis.names.relations import add_range_table_entry_for_subquery
from sqlwright.analysis.names.scope import add_ns_item_to_query
from sqlwright.analysis.state.dispatch import transforms_statements
from sqlwright.analysis.statements.assignments import (
    InsertTarget,
    check_insert_targets,
    transform_insert_row,
)
from sqlwright.analysis.statements.conflicts import transform_on_conflict_clause
from sqlwright.analysis.statements.ctes import transform_with_clause
from sqlwright.analysis.statements.returning import transform_returning_clause
from sqlwright.analysis.statements.select import check_value_row_lengths, transform_select
from sqlwright.analysis.statements.updates import transform_update_target_list
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

Rows = tuple[tuple[tree.Expr, ...], ...]


@transforms_statements(nodes.Insert, nodes.Update, nodes.Delete)
def transform_modification(
    state: ParseState, statement: nodes.Insert | nodes.Update | nodes.Delete
) -> tree.Query:
    """Analyse a statement that writes to one relation."""
    if isinstance(statement, nodes.Insert):
        return transform_insert_statement(state, statement)
    if isinstance(statement, nodes.Update):
        return transform_update_statement(state, statement)
    return transform_delete_statement(state, statement)


# INSERT


def transform_insert_statement(state: ParseState, insert: nodes.Insert) -> tree.Query:
    """INSERT: its source, then ON CONFLICT, then RETURNING."""
    transform_with_clause(state, insert.with_)
    target = set_target_table(state, insert.relation, also_source=False)
    targets = check_insert_targets(state, insert.columns)
    rows, source = _transform_source(state, insert, targets)
    state.namespace = []
    add_ns_item_to_query(state, target, relation_visible=True)
    on_conflict = None
    if insert.on_conflict is not None:
        on_conflict = transform_on_conflict_clause(state, insert.on_conflict)
    returning = transform_returning_clause(state, insert.returning)
    query = making.Query(
        command="insert",
        depth=state.depth,
        ctes=tuple(state.ctes),
        entries=tuple(state.entries),
        target_entry=target.entry,
        assignments=_assignments(targets, rows[0]) if rows else (),
        insert_rows=rows if source is None else (),
        source=source,
        overriding=insert.overriding,
        on_conflict=on_conflict,
        returning=returning,
        start=insert.start,
        end=insert.end,
    )
    assign_query_collations(state, query)
    return query


def _assignments(
    targets: list[InsertTarget], row: tuple[tree.Expr, ...]
) -> tuple[tree.TargetAssignment, ...]:
    return tuple(
        making.TargetAssignment(column=target.column, value=value, whole=not target.steps)
        for target, value in zip(targets, row, strict=False)
    )


def _transform_source(
    state: ParseState, insert: nodes.Insert, targets: list[InsertTarget]
) -> tuple[Rows, tree.Query | None]:
    """The rows of values an INSERT writes or, for a query, one row of its columns and the query."""
    select = insert.source
    if select is None:
        return (), None
    decorated = select.order_by or select.limit or select.offset or select.with_ or select.locking
    if not select.values or decorated:
        return _transform_query_source(state, insert, select, targets)
    if len(select.values) == 1:
        row = transform_expression_list(
            state, select.values[0], "values single", allow_default=True
        )
        return (tuple(transform_insert_row(state, row, insert.columns, targets)),), None
    rows: list[tuple[tree.Expr, ...]] = []
    first = 0
    for written in select.values:
        exprs = transform_expression_list(state, written, "values", allow_default=True)
        first = first or len(exprs)
        if len(exprs) != first:
            check_value_row_lengths(state, [[exprs[0]] * first, exprs])
        rows.append(tuple(transform_insert_row(state, exprs, insert.columns, targets)))
    return tuple(rows), None


def _transform_query_source(
    state: ParseState,
    insert: nodes.Insert,
    select: nodes.Select,
    targets: list[InsertTarget],
) -> tuple[Rows, tree.Query]:
    """INSERT ... SELECT: literals and parameters that are still unknown take the column's type."""
    child = state.child()
    child.resolve_unknowns = False
    query = transform_select(child, select)
    alias = nodes.Alias(name="*SELECT*", start=select.start, end=select.end)
    item = add_range_table_entry_for_subquery(state, query, alias, False)
    exprs: list[tree.Expr] = []
    for number, output in enumerate(query.output, 1):
        expr = output.expr
        if expr.type == oids.UNKNOWN and isinstance(expr, tree.Const | tree.Param):
            exprs.append(expr)
            continue
        exprs.append(
            making.Var(
                type=expr.type,
                modifier=expr.modifier,
                entry=item.entry,
                number=number,
                name=output.name,
                start=expr.start,
                end=expr.end,
            )
        )
    row = transform_insert_row(state, exprs, insert.columns, targets)
    return (tuple(row),), query


# UPDATE and DELETE


def transform_update_statement(state: ParseState, update: nodes.Update) -> tree.Query:
    """UPDATE: FROM, WHERE and RETURNING come before the SET list."""
    transform_with_clause(state, update.with_)
    target = set_target_table(state, update.relation, also_source=True)
    target.lateral_only, target.lateral_ok = True, False
    transform_from_clause(state, update.from_)
    target.lateral_only, target.lateral_ok = False, True
    where = transform_where_clause(state, update.where, "where", "WHERE")
    returning = transform_returning_clause(state, update.returning)
    assignments = transform_update_target_list(state, update.assignments)
    query = making.Query(
        command="update",
        depth=state.depth,
        ctes=tuple(state.ctes),
        entries=tuple(state.entries),
        from_nodes=tuple(state.from_nodes),
        target_entry=target.entry,
        where=where,
        assignments=assignments,
        returning=returning,
        start=update.start,
        end=update.end,
    )
    assign_query_collations(state, query)
    return query


def transform_delete_statement(state: ParseState, delete: nodes.Delete) -> tree.Query:
    """DELETE: USING, WHERE, RETURNING."""
    transform_with_clause(state, delete.with_)
    target = set_target_table(state, delete.relation, also_source=True)
    target.lateral_only, target.lateral_ok = True, False
    transform_from_clause(state, delete.using)
    target.lateral_only, target.lateral_ok = False, True
    where = transform_where_clause(state, delete.where, "where", "WHERE")
    returning = transform_returning_clause(state, delete.returning)
    query = making.Query(
        command="delete",
        depth=state.depth,
        ctes=tuple(state.ctes),
        entries=tuple(state.entries),
        from_nodes=tuple(state.from_nodes),
        target_entry=target.entry,
        where=where,
        returning=returning,
        start=delete.start,
        end=delete.end,
    )
    assign_query_collations(state, query)
    return query
