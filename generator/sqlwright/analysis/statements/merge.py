"""MERGE: source, join condition, RETURNING, then each WHEN with what it may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.collations import assign_query_collations
from sqlwright.analysis.clauses.row_clauses import transform_where_clause
from sqlwright.analysis.expressions.targets import transform_expression_list
from sqlwright.analysis.from_clause.items import set_target_table, transform_from_clause
from sqlwright.analysis.names.scope import add_ns_item_to_query
from sqlwright.analysis.state.dispatch import transform_expr, transforms_statements
from sqlwright.analysis.statements.assignments import check_insert_targets, transform_insert_row
from sqlwright.analysis.statements.ctes import transform_with_clause
from sqlwright.analysis.statements.returning import transform_returning_clause
from sqlwright.analysis.statements.updates import transform_update_target_list
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState


@transforms_statements(nodes.Merge)
def transform_merge_statement(state: ParseState, merge: nodes.Merge) -> tree.Query:
    """Analyse a MERGE statement."""
    if merge.with_ is not None and merge.with_.recursive:
        state.error(
            "invalid-recursion",
            "WITH RECURSIVE is not supported for MERGE statement",
            merge,
            sqlstate="42601",
        )
    transform_with_clause(state, merge.with_)
    _check_reachable(state, merge)
    target = set_target_table(state, merge.relation, also_source=False)
    _check_target(state, merge, target)
    transform_from_clause(state, (merge.source,))
    source = state.namespace[-1]
    _check_names(state, merge, source, target)
    add_ns_item_to_query(state, target)
    condition = transform_expr(state, merge.on, "join on")
    returning = transform_returning_clause(state, merge.returning, "merge returning")
    branches = tuple(_transform_when(state, when, source, target) for when in merge.branches)
    query = tree.Query(
        command="merge",
        depth=state.depth,
        ctes=tuple(state.ctes),
        entries=tuple(state.entries),
        from_nodes=tuple(state.from_nodes),
        target_entry=target.entry,
        merge_on=condition,
        merge_branches=branches,
        returning=returning,
        start=merge.start,
        end=merge.end,
    )
    assign_query_collations(state, query)
    return query


def _check_reachable(state: ParseState, merge: nodes.Merge) -> None:
    unconditional: set[str] = set()
    for when in merge.branches:
        if when.match in unconditional:
            state.error(
                "unreachable-when",
                "unreachable WHEN clause specified after unconditional WHEN clause",
                when,
                sqlstate="42601",
            )
        if when.condition is None:
            unconditional.add(when.match)


def _check_names(
    state: ParseState, merge: nodes.Merge, source: NamespaceItem, target: NamespaceItem
) -> None:
    if source.name == target.name and source.relation_visible:
        state.error(
            "duplicate-alias",
            f'name "{target.name}" specified more than once',
            merge.source,
            sqlstate="42712",
            detail="The name is used both as MERGE target table and data source.",
        )


_KINDS = {
    "materialized view": "materialized views",
    "foreign table": "foreign tables",
    "sequence": "sequences",
}


def _check_target(state: ParseState, merge: nodes.Merge, target: NamespaceItem) -> None:
    relation = target.entry.relation
    assert relation is not None
    if relation.kind in ("table", "partitioned table", "view"):
        return
    state.error(
        "wrong-object-type",
        f'cannot execute MERGE on relation "{relation.name}"',
        merge.relation,
        sqlstate="0A000",
        detail=f"This operation is not supported for {_KINDS.get(relation.kind, relation.kind)}.",
    )


def _transform_when(
    state: ParseState, when: nodes.MergeWhen, source: NamespaceItem, target: NamespaceItem
) -> tree.MergeBranch:
    """A WHEN sees source and target only as far as there is a row of each."""
    _set_visible(source, when.match != "not matched by source")
    _set_visible(target, when.match != "not matched by target")
    condition = transform_where_clause(state, when.condition, "merge when", "WHEN")
    assignments: tuple[tree.TargetAssignment, ...] = ()
    if when.action == "insert":
        assignments = _transform_insert(state, when)
    elif when.action == "update":
        assignments = transform_update_target_list(state, when.assignments)
    return tree.MergeBranch(
        match=when.match,
        action=when.action,
        condition=condition,
        assignments=assignments,
        overriding=when.overriding,
    )


def _set_visible(item: NamespaceItem, visible: bool) -> None:
    item.relation_visible = visible
    item.columns_visible = visible


def _transform_insert(
    state: ParseState, when: nodes.MergeWhen
) -> tuple[tree.TargetAssignment, ...]:
    targets = check_insert_targets(state, when.columns)
    if when.values is None:
        return ()
    exprs = transform_expression_list(state, when.values, "values single", allow_default=True)
    row = transform_insert_row(state, exprs, when.columns, targets)
    return tuple(
        tree.TargetAssignment(column=target.column, value=value, whole=not target.steps)
        for target, value in zip(targets, row, strict=False)
    )
