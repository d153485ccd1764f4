"""WHERE, LIMIT, ORDER BY, DISTINCT: clauses over a query's rows and its target list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.literals.constants import negated_literal
from sqlwright.analysis.names.scope import col_name_to_var
from sqlwright.analysis.operators.operators import compatible_oper
from sqlwright.analysis.operators.sorting import get_sort_group_operators, is_ordering_operator
from sqlwright.analysis.resolution.coerce import (
    coerce_to_boolean,
    coerce_to_specific_type,
    coerce_type,
)
from sqlwright.analysis.state.dispatch import transform_expr
from sqlwright.analysis.tree.equality import equal, likeness
from sqlwright.analysis.tree.traversal import contains_vars_of_depth, not_into_queries, walk
from sqlwright.catalog import oids
from sqlwright.dataclass import replace
from sqlwright.diagnostics.wording import counted
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlwright.analysis.names.columns import Where
    from sqlwright.analysis.state.parse_state import ExprKind, ParseState

Targets = list[tree.TargetEntry]


def transform_where_clause(
    state: ParseState, clause: nodes.Expr | None, kind: ExprKind, name: str
) -> tree.Expr | None:
    """A condition: WHERE, HAVING, ON, FILTER and the like, which `name` names in errors."""
    if clause is None:
        return None
    return coerce_to_boolean(state, transform_expr(state, clause, kind), name)


def transform_limit_clause(
    state: ParseState,
    clause: nodes.Expr | None,
    kind: ExprKind,
    name: str,
    with_ties: bool = False,
) -> tree.Expr | None:
    """LIMIT or OFFSET: a bigint that may not depend on the query's own rows."""
    if clause is None:
        return None
    expr = transform_expr(state, clause, kind)
    expr = coerce_to_specific_type(state, expr, oids.INT8, name)
    check_expr_is_var_free(state, expr, name)
    if with_ties and isinstance(clause, nodes.Const) and clause.kind == "null":
        state.error(
            "invalid-limit",
            "row count cannot be null in FETCH FIRST ... WITH TIES clause",
            clause,
            sqlstate="2201W",
        )
    return expr


def check_expr_is_var_free(state: ParseState, expr: tree.Expr, name: str) -> None:
    """Refuse columns of this query level where a clause is evaluated once for the whole query."""
    if contains_vars_of_depth(expr, state.depth):
        state.error(
            "variable-not-allowed",
            f"argument of {name} must not contain variables",
            expr,
            sqlstate="42P10",
        )


# Finding what ORDER BY, GROUP BY and DISTINCT name in the target list


def find_target_list_entry_sql92(
    state: ParseState,
    node: nodes.Expr,
    targets: Targets,
    kind: ExprKind,
) -> int:
    """Index of the target a clause item means by SQL-92 rules: an output name, an output number,
    else any expression. GROUP BY prefers a column of FROM to an output name (manual, SELECT).
    """
    if isinstance(node, nodes.ColumnRef) and len(node.fields) == 1 and not node.star:
        found = _find_by_name(state, node, targets, kind)
        if found is not None:
            return found
    literal = negated_literal(node) or node
    if isinstance(literal, nodes.Const):
        return _find_by_number(state, literal, targets, kind)
    return find_target_list_entry_sql99(state, node, targets, kind)


def _clause_name(kind: ExprKind) -> str:
    return {
        "group by": "GROUP BY",
        "order by": "ORDER BY",
        "distinct on": "DISTINCT ON",
        "window partition": "PARTITION BY",
        "window order": "window ORDER BY",
    }[kind]


def _find_by_name(
    state: ParseState, node: nodes.ColumnRef, targets: Targets, kind: ExprKind
) -> int | None:
    name = node.fields[0]
    if kind == "group by" and col_name_to_var(state, name, True, node) is not None:
        return None
    found: int | None = None
    for at, target in enumerate(targets):
        if target.junk or target.name != name:
            continue
        if found is None:
            found = at
        elif not equal(targets[found].expr, target.expr):
            state.error(
                "ambiguous-column",
                f'{_clause_name(kind)} "{name}" is ambiguous',
                node,
                sqlstate="42702",
            )
    if found is not None:
        _check_target_list_entry(state, targets[found], kind)
    return found


def _find_by_number(state: ParseState, node: nodes.Const, targets: Targets, kind: ExprKind) -> int:
    name = _clause_name(kind)
    if node.kind != "integer":
        state.error(
            "invalid-position",
            f"non-integer constant in {name}",
            node,
            sqlstate="42601",
        )
    position = (
        int(node.value, 0) if node.value.lower()[:2] in ("0x", "0o", "0b") else int(node.value)
    )
    visible = [at for at, target in enumerate(targets) if not target.junk]
    if not 1 <= position <= len(visible):
        state.error(
            "invalid-position",
            f"{name} position {position} is not in select list",
            node,
            sqlstate="42P10",
            help=f"the select list has {counted(len(visible), 'column')}",
        )
    found = visible[position - 1]
    _check_target_list_entry(state, targets[found], kind)
    return found


def _check_target_list_entry(state: ParseState, target: tree.TargetEntry, kind: ExprKind) -> None:
    """GROUP BY may not name an output column that holds an aggregate or window function."""
    if kind != "group by":
        return
    for part in walk(target.expr):
        if isinstance(part, tree.Aggregate | tree.Grouping) and part.depth == state.depth:
            state.error(
                "misplaced-aggregate",
                "aggregate functions are not allowed in GROUP BY",
                part,
                sqlstate="42803",
            )
    for part in walk(target.expr, not_into_queries):
        if isinstance(part, tree.WindowCall):
            state.error(
                "misplaced-window-function",
                "window functions are not allowed in GROUP BY",
                part,
                sqlstate="42P20",
            )


def find_target_list_entry_sql99(
    state: ParseState, node: nodes.Expr, targets: Targets, kind: ExprKind
) -> int:
    """Index of the target equal to an expression, appended as a junk target if there is none."""
    expr = transform_expr(state, node, kind)
    stripped = strip_implicit_coercions(expr)
    wanted = likeness(stripped)
    for at, target in enumerate(targets):
        other = strip_implicit_coercions(target.expr)
        if type(other) is not type(stripped):
            continue
        if likeness(other) == wanted and equal(stripped, other):
            return at
    targets.append(tree.TargetEntry(expr=expr, name="", junk=True, start=node.start, end=node.end))
    return len(targets) - 1


def strip_implicit_coercions(expr: tree.Expr) -> tree.Expr:
    """An expression without the conversions that analysis put around it."""
    while True:
        if isinstance(expr, tree.Cast) and not expr.explicit:
            expr = expr.operand
        elif isinstance(expr, tree.FuncCall) and expr.syntax == "implicit":
            expr = expr.args[0]
        else:
            return expr


# Sort and group items


def assign_sort_group_ref(targets: Targets, at: int) -> int:
    """The key of a target, given one now if it has none."""
    if not targets[at].key:
        highest = max((target.key for target in targets), default=0)
        targets[at] = replace(targets[at], key=highest + 1)
    return targets[at].key


def resolve_unknown_target(state: ParseState, targets: Targets, at: int) -> None:
    """A target that is sorted or grouped by cannot stay unknown; it becomes text."""
    target = targets[at]
    if target.expr.type == oids.UNKNOWN:
        expr = coerce_type(
            state, target.expr, oids.UNKNOWN, oids.TEXT, -1, "implicit", False, target.expr
        )
        targets[at] = replace(target, expr=expr)


def transform_sort_clause(
    state: ParseState,
    items: Sequence[nodes.SortBy],
    targets: Targets,
    kind: ExprKind = "order by",
    use_sql99: bool = False,
) -> list[int]:
    """ORDER BY: the keys of the targets sorted by, duplicates left out."""
    find = find_target_list_entry_sql99 if use_sql99 else find_target_list_entry_sql92
    keys: list[int] = []
    for item in items:
        at = find(state, item.expr, targets, kind)
        add_target_to_sort_list(state, at, keys, targets, item)
    return keys


def add_target_to_sort_list(
    state: ParseState, at: int, keys: list[int], targets: Targets, item: nodes.SortBy
) -> None:
    """Sort by a target; refuses types without ordering, and USING with a non-ordering operator."""
    resolve_unknown_target(state, targets, at)
    expr = targets[at].expr
    where: Where = item.expr
    if item.direction == "using" and item.operator is not None:
        _check_ordering_operator(state, item, expr)
    else:
        get_sort_group_operators(state, expr.type, need_less=True, need_equal=True, where=where)
    key = assign_sort_group_ref(targets, at)
    if key not in keys:
        keys.append(key)


def _check_ordering_operator(state: ParseState, item: nodes.SortBy, expr: tree.Expr) -> None:
    assert item.operator is not None
    operator = compatible_oper(state, item.operator, expr.type, expr.type, item)
    if not is_ordering_operator(state.catalog, operator):
        state.error(
            "no-ordering-operator",
            f"operator {item.operator[-1]} is not a valid ordering operator",
            item,
            sqlstate="42809",
            hint='Ordering operators must be "<" or ">" members of btree operator families.',
        )


def target_index(targets: Sequence[tree.TargetEntry], key: int) -> int:
    """Where the target with a key stands."""
    return next(at for at, target in enumerate(targets) if target.key == key)


def keyed_exprs(targets: Sequence[tree.TargetEntry], keys: Sequence[int]) -> tuple[tree.Expr, ...]:
    """The expressions of the targets with these keys."""
    by_key = {target.key: target.expr for target in targets}
    return tuple(by_key[key] for key in keys)


# DISTINCT


def transform_distinct_clause(
    state: ParseState, targets: Targets, sort_keys: list[int]
) -> list[int]:
    """SELECT DISTINCT: every output column is a key; ORDER BY may use no others (42P10)."""
    for key in sort_keys:
        target = targets[target_index(targets, key)]
        if target.junk:
            state.error(
                "order-by-not-selected",
                "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
                (target.start, target.end),
                sqlstate="42P10",
            )
    keys = list(sort_keys)
    for at in range(len(targets)):
        if not targets[at].junk:
            keys = add_target_to_group_list(state, at, keys, targets)
    if not keys:
        state.error(
            "empty-distinct",
            "SELECT DISTINCT must have at least one column",
            None,
            sqlstate="42601",
        )
    return keys


def transform_distinct_on_clause(
    state: ParseState,
    items: Sequence[nodes.Expr],
    targets: Targets,
    sort_keys: list[int],
) -> list[int]:
    """DISTINCT ON: its expressions must be the first that ORDER BY sorts by (42P10)."""
    found: list[int] = []
    for item in items:
        at = find_target_list_entry_sql92(state, item, targets, "distinct on")
        key = assign_sort_group_ref(targets, at)
        found.append(key)
    keys: list[int] = []
    skipped = False
    for key in sort_keys:
        if key not in found:
            skipped = True
        elif skipped:
            _error_distinct_on(state, items, items[found.index(key)])
        else:
            keys.append(key)
    for key, item in zip(found, items, strict=True):
        if key in keys:
            continue
        if skipped:
            _error_distinct_on(state, items, item)
        keys = add_target_to_group_list(state, target_index(targets, key), keys, targets, item)
    return keys


def _error_distinct_on(state: ParseState, items: Iterable[nodes.Expr], where: nodes.Expr) -> None:
    first = ", ".join(state.source.text[item.start : item.end] for item in items)
    state.error(
        "distinct-on-order",
        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
        where,
        sqlstate="42P10",
        help=f"the rows of a group have to follow each other: `ORDER BY {first}, ...`",
    )


def add_target_to_group_list(
    state: ParseState, at: int, keys: list[int], targets: Targets, where: nodes.Expr | None = None
) -> list[int]:
    """Group by a target; refuses types that cannot be compared for equality (42883). `where` is
    what names the target, if it does not stand for itself."""
    resolve_unknown_target(state, targets, at)
    if targets[at].key and targets[at].key in keys:
        return keys
    get_sort_group_operators(
        state,
        targets[at].expr.type,
        need_less=False,
        need_equal=True,
        where=where or targets[at].expr,
    )
    return [*keys, assign_sort_group_ref(targets, at)]
