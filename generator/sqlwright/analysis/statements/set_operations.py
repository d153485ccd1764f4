"""UNION, INTERSECT, EXCEPT: arms, the types their columns agree on, ORDER BY over the result.

Types are settled pair by pair, from the left (manual 10.5). An arm's literals and parameters stay
unknown until the other arm is there to say what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.collations import (
    assign_query_collations,
    collation_of,
    common_collation,
)
from sqlwright.analysis.clauses.locking import clause_name
from sqlwright.analysis.clauses.row_clauses import (
    keyed_exprs,
    transform_limit_clause,
    transform_sort_clause,
)
from sqlwright.analysis.names.relations import add_range_table_entry_for_subquery, build_ns_item
from sqlwright.analysis.operators.sorting import get_sort_group_operators
from sqlwright.analysis.resolution.coerce import (
    coerce_to_common_type,
    find_common_type,
    select_common_typmod,
)
from sqlwright.analysis.state.dispatch import parse_sub_analyze
from sqlwright.analysis.statements.ctes import analyse_cte_target_list, transform_with_clause
from sqlwright.analysis.tree import making
from sqlwright.analysis.tree.collations import EXPLICIT, Derived
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog import oids
from sqlwright.catalog.collations import DEFAULT
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics.wording import counted
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState


@dataclass(slots=True)
class _Leaf:
    """An arm that is a query of its own; `columns` may still get their types from other arms."""

    query: tree.Query
    columns: list[tree.TargetEntry]

    def collation(self, state: ParseState, at: int) -> Derived:
        return collation_of(state, self.columns[at].expr)

    def settled(self) -> tree.Query:
        changed = iter(self.columns)
        targets = tuple(target if target.junk else next(changed) for target in self.query.targets)
        return replace(self.query, targets=targets)


@dataclass(slots=True)
class _Branch:
    """A set operation over two arms; `columns` stand for its result."""

    node: nodes.Select
    left: _Arm
    right: _Arm
    columns: list[tree.TargetEntry]
    collations: list[Derived]

    def collation(self, state: ParseState, at: int) -> Derived:
        return self.collations[at]

    def settled(self) -> tree.SetOperation:
        assert self.node.set_op is not None
        return tree.SetOperation(
            op=self.node.set_op,
            all=self.node.all,
            left=self.left.settled(),
            right=self.right.settled(),
            types=tuple(column.expr.type for column in self.columns),
            modifiers=tuple(column.expr.modifier for column in self.columns),
        )


_Arm = _Leaf | _Branch


def transform_set_operation_statement(state: ParseState, select: nodes.Select) -> tree.Query:
    """A whole set operation with what is written around it."""
    leftmost = select
    while leftmost.left is not None:
        leftmost = leftmost.left
    if leftmost.into is not None:
        state.error(
            "misplaced-into",
            "SELECT ... INTO is not allowed here",
            leftmost.into,
            sqlstate="42601",
        )
    _check_no_locking(state, select)
    transform_with_clause(state, select.with_)
    arm = _transform_branch(state, select, top=True)
    operation = arm.settled()
    targets = _output_targets(state, operation, arm.columns)
    order = _transform_order(state, select, targets)
    offset = transform_limit_clause(state, select.offset, "offset", "OFFSET")
    limit = transform_limit_clause(
        state, select.limit, "limit", "LIMIT", with_ties=select.with_ties
    )
    query = making.Query(
        command="select",
        depth=state.depth,
        ctes=tuple(state.ctes),
        targets=tuple(targets),
        order_by=keyed_exprs(targets, order),
        limit=limit,
        offset=offset,
        with_ties=select.with_ties,
        set_operation=operation,
        start=select.start,
        end=select.end,
    )
    assign_query_collations(state, query)
    return query


def _check_no_locking(state: ParseState, select: nodes.Select) -> None:
    for locking in select.locking:
        state.error(
            "invalid-locking",
            f"{clause_name(locking)} is not allowed with UNION/INTERSECT/EXCEPT",
            locking,
            sqlstate="0A000",
        )


def _output_targets(
    state: ParseState, operation: tree.SetOperation, columns: list[tree.TargetEntry]
) -> list[tree.TargetEntry]:
    """The output columns: named by the leftmost arm, which they are shown as variables of."""
    leftmost: tree.SetOperation | tree.Query = operation
    while isinstance(leftmost, tree.SetOperation):
        leftmost = leftmost.left
    entry = making.RangeTableEntry(
        kind="subquery",
        name="*SELECT* 1",
        columns=tuple(
            making.EntryColumn(name=target.name, type=target.expr.type)
            for target in leftmost.output
        ),
        depth=state.depth,
        subquery=leftmost,
    )
    return [
        making.TargetEntry(
            expr=making.Var(
                type=column.expr.type,
                modifier=column.expr.modifier,
                entry=entry,
                number=number,
                name=target.name,
                start=target.expr.start,
                end=target.expr.end,
            ),
            name=target.name,
            embed=target.embed,
            start=target.start,
            end=target.end,
        )
        for number, (target, column) in enumerate(zip(leftmost.output, columns, strict=True), 1)
    ]


def _transform_order(
    state: ParseState, select: nodes.Select, targets: list[tree.TargetEntry]
) -> list[int]:
    """ORDER BY over a set operation sees the output columns and nothing else."""
    columns = tuple(
        making.EntryColumn(name=target.name, type=target.expr.type, modifier=target.expr.modifier)
        for target in targets
    )
    stand_in = making.RangeTableEntry(
        kind="join", name="*SELECT*", columns=columns, depth=state.depth
    )
    item = build_ns_item(stand_in)
    item.relation_visible = False
    item.variables = [target.expr for target in targets if isinstance(target.expr, tree.Var)]
    assert len(item.variables) == len(targets)
    saved, state.namespace = state.namespace, [item]
    count = len(targets)
    keys = transform_sort_clause(state, select.order_by, targets)
    state.namespace = saved
    if len(targets) != count:
        added = targets[count]
        state.error(
            "invalid-set-operation-order",
            "invalid UNION/INTERSECT/EXCEPT ORDER BY clause",
            (added.start, added.end),
            sqlstate="0A000",
            detail="Only result column names can be used, not expressions or functions.",
            hint="Add the expression/function to every SELECT, or move the UNION into a FROM "
            "clause.",
        )
    return keys


# Arms


def _transform_arm(state: ParseState, select: nodes.Select) -> _Arm:
    if select.into is not None:
        state.error(
            "misplaced-into",
            "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT",
            select.into,
            sqlstate="42601",
        )
    _check_no_locking(state, select)
    decorated = select.order_by or select.limit or select.offset or select.with_
    if select.set_op is None or decorated:
        return _transform_leaf(state, select)
    return _transform_branch(state, select)


def _transform_leaf(state: ParseState, select: nodes.Select) -> _Leaf:
    query = parse_sub_analyze(
        state, select, resolve_unknowns=False, expand_stars=state.expand_stars
    )
    if state.namespace and any(
        isinstance(part, tree.Var) and part.entry.depth == state.depth for part in walk(query)
    ):
        state.error(
            "invalid-column-reference",
            "UNION/INTERSECT/EXCEPT member statement cannot refer to other relations of same "
            "query level",
            select,
            sqlstate="42P10",
        )
    # The arms count among the places a misspelt or misplaced column may have been meant for.
    alias = nodes.Alias(
        name=f"*SELECT* {len(state.entries) + 1}", start=select.start, end=select.end
    )
    add_range_table_entry_for_subquery(state, query, alias, False)
    return _Leaf(query, list(query.output))


def _transform_branch(state: ParseState, select: nodes.Select, top: bool = False) -> _Branch:
    assert select.left is not None
    assert select.right is not None
    assert select.set_op is not None
    name = select.set_op.upper()
    left = _transform_arm(state, select.left)
    recursive = top and state.parent_cte is not None and state.parent_cte.recursive
    if recursive:
        _determine_recursive_types(state, left)
    right = _transform_arm(state, select.right)
    if len(left.columns) != len(right.columns):
        first = right.columns[0] if right.columns else None
        state.error(
            "set-operation-width",
            f"each {name} query must have the same number of columns",
            (first.start, first.end) if first is not None else select.right,
            sqlstate="42601",
            help=f"the first has {counted(len(left.columns), 'column')} and this one has "
            f"{len(right.columns)}",
        )
    branch = _Branch(select, left, right, [], [])
    for at in range(len(left.columns)):
        branch.columns.append(_merge_column(state, select, branch, at))
    return branch


def _determine_recursive_types(state: ParseState, left: _Arm) -> None:
    """The non-recursive term fixes what the recursive one sees of the query."""
    assert state.parent_cte is not None
    leftmost = left
    while isinstance(leftmost, _Branch):
        leftmost = leftmost.left
    targets = [
        replace(column, name=named.name)
        for column, named in zip(left.columns, leftmost.columns, strict=True)
    ]
    analyse_cte_target_list(state, state.parent_cte, targets)
    state.parent_cte.collations = tuple(
        [_first_collation(state, left, at) for at in range(len(left.columns))]
    )


def _first_collation(state: ParseState, left: _Arm, at: int) -> str:
    """A text without a type has the default collation unless COLLATE gives it another."""
    found = left.collation(state, at)
    if left.columns[at].expr.type == oids.UNKNOWN and found.strength != EXPLICIT:
        return DEFAULT
    return found.implicit().collation


def _merge_column(
    state: ParseState, select: nodes.Select, branch: _Branch, at: int
) -> tree.TargetEntry:
    """The common type of a column of both arms; literals and parameters are converted in place."""
    assert select.set_op is not None
    context = select.set_op.upper()
    left, right = branch.left, branch.right
    pair = [left.columns[at].expr, right.columns[at].expr]
    found = find_common_type(state, pair, context)
    assert found is not None
    converted = [_converted(state, arm, at, found.type, context) for arm in (left, right)]
    modifier = select_common_typmod(converted, found.type)
    best = pair[found.index] if found.index is not None else pair[0]
    is_sorted = select.set_op != "union" or not select.all
    met = [arm.collation(state, at) for arm in (left, right)]
    found_collation = common_collation(state, met, conflict_allowed=not is_sorted)
    branch.collations.append(found_collation.implicit())
    if is_sorted:
        get_sort_group_operators(state, found.type, need_less=False, need_equal=True, where=best)
    stand_in = making.SetToDefault(
        type=found.type, modifier=modifier, start=best.start, end=best.end
    )
    return replace(left.columns[at], expr=stand_in)


def _converted(state: ParseState, arm: _Arm, at: int, type_oid: int, context: str) -> tree.Expr:
    column = arm.columns[at]
    expr = column.expr
    if expr.type != oids.UNKNOWN:
        return coerce_to_common_type(state, expr, type_oid, context)
    if isinstance(expr, tree.Const | tree.Param):
        expr = coerce_to_common_type(state, expr, type_oid, context)
        arm.columns[at] = replace(column, expr=expr)
    return expr
