"""Assigning values to columns: conversions, subscripts and fields of a target, column lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.indirection import (
    transform_container_subscripts,
    transform_container_type,
)
from sqlwright.analysis.names.columns import SYSTEM_COLUMNS, Where, place
from sqlwright.analysis.names.rowtypes import composite_columns
from sqlwright.analysis.resolution.cast_advice import cast_help
from sqlwright.analysis.resolution.coerce import coerce_to_target_type
from sqlwright.analysis.state.parameters import refuse_conflicting_use
from sqlwright.catalog.similar_names import Advice, declared_here, similar_column
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Label
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlwright.analysis.state.parse_state import ExprKind, ParseState
    from sqlwright.catalog.model import Column, Relation

Step = nodes.SubscriptStep | nodes.FieldStep | nodes.StarStep
_REWRITE = "You will need to rewrite or cast the expression."


@dataclass(frozen=True, slots=True)
class InsertTarget:
    """A column that INSERT writes, with the subscripts and fields written after its name."""

    column: Column
    steps: tuple[Step, ...] = ()
    node: nodes.InsertColumn | None = None

    @property
    def where(self) -> Where:
        return self.node


def target_relation(state: ParseState) -> Relation:
    """The relation that the statement under analysis writes to."""
    assert state.target_item is not None
    relation = state.target_item.entry.relation
    assert relation is not None
    return relation


def find_column(relation: Relation, name: str) -> Column | None:
    """A relation's column by name; system columns are not among them."""
    return next((column for column in relation.columns if column.name == name), None)


def check_insert_targets(
    state: ParseState, written: tuple[nodes.InsertColumn, ...]
) -> list[InsertTarget]:
    """The columns an INSERT writes: those named, or all of them. A column may be named once, or
    several times with subscripts or fields.
    """
    relation = target_relation(state)
    if not written:
        return [InsertTarget(column) for column in relation.columns]
    targets: list[InsertTarget] = []
    whole: set[str] = set()
    partial: set[str] = set()
    for node in written:
        column = find_column(relation, node.name)
        if column is None:
            error_no_such_target(state, relation, node.name, node)
        if node.name in whole or (not node.steps and node.name in partial):
            state.error(
                "duplicate-column",
                f'column "{node.name}" specified more than once',
                node,
                sqlstate="42701",
                labels=_earlier(state, targets, node.name),
            )
        (partial if node.steps else whole).add(node.name)
        targets.append(InsertTarget(column, node.steps, node))
    return targets


def _earlier(state: ParseState, targets: list[InsertTarget], name: str) -> tuple[Label, ...]:
    place = next((each.node for each in targets if each.node and each.node.name == name), None)
    return (Label(state.span(place), "first named here"),) if place is not None else ()


def error_no_such_target(
    state: ParseState, relation: Relation, name: str, where: Where, *, qualified: bool = False
) -> NoReturn:
    """Refuse a target column that the relation does not have; `qualified` where the name before the
    dot is that of the relation itself.
    """
    advice = similar_column(relation, name)
    if qualified:
        advice = Advice("leave out the qualifier: SET says which table it is")
    state.error(
        "unknown-column",
        f'column "{name}" of relation "{relation.name}" does not exist',
        where,
        sqlstate="42703",
        hint="SET target columns cannot be qualified with the relation name."
        if qualified
        else None,
        help=advice.help,
        labels=advice.labels,
        cause=state.catalog.failure("column", relation.name, name),
    )


def transform_assigned_expr(
    state: ParseState,
    expr: tree.Expr,
    kind: ExprKind,
    column: Column,
    steps: Sequence[Step],
    where: Where,
) -> tree.Expr:
    """Convert a value to the type of the column, or of the part of it, that it is assigned to."""
    saved = state.expr_kind
    state.expr_kind = kind
    if isinstance(expr, tree.SetToDefault):
        if steps:
            what = "an array element" if isinstance(steps[0], nodes.SubscriptStep) else "a subfield"
            state.error("invalid-default", f"cannot set {what} to DEFAULT", where, sqlstate="0A000")
        result: tree.Expr = tree.SetToDefault(
            type=column.type, modifier=column.modifier, start=expr.start, end=expr.end
        )
    elif steps:
        result = transform_assignment_indirection(
            state, column.name, False, (column.type, column.modifier), steps, expr, where
        )
    else:
        result = _assign_whole(state, expr, column)
    state.expr_kind = saved
    return result


def _assign_whole(state: ParseState, expr: tree.Expr, column: Column) -> tree.Expr:
    result = coerce_to_target_type(
        state, expr, expr.type, column.type, column.modifier, "assignment", False, expr
    )
    if result is None:
        refuse_conflicting_use(state, (expr,), (column.type,))
        display = state.catalog.display_type
        state.error(
            "assignment-type-mismatch",
            f'column "{column.name}" is of type {display(column.type)} but expression is of type '
            f"{display(expr.type)}",
            expr,
            sqlstate="42804",
            hint=_REWRITE,
            help=cast_help(state, expr, column.type),
            labels=declared_here(column),
        )
    return result


def transform_assignment_indirection(
    state: ParseState,
    name: str,
    is_subscript: bool,
    target: tuple[int, int],
    steps: Sequence[Step],
    value: tree.Expr,
    where: Where,
) -> tree.Expr:
    """Convert a value to what the subscripts and fields lead to, and wrap it in their stores.

    `target` is type and modifier of what the steps start from.
    """
    leading = 0
    while leading < len(steps) and isinstance(steps[leading], nodes.SubscriptStep):
        leading += 1
    if leading:
        return _assign_subscripts(state, name, target, steps, leading, value, where)
    if steps:
        return _assign_field(state, name, target, steps, value, where)
    return _assign_part(state, name, is_subscript, target, value, where)


def _assign_part(
    state: ParseState,
    name: str,
    is_subscript: bool,
    target: tuple[int, int],
    value: tree.Expr,
    where: Where,
) -> tree.Expr:
    type_oid, modifier = target
    result = coerce_to_target_type(
        state, value, value.type, type_oid, modifier, "assignment", False, value
    )
    if result is None:
        wanted = state.catalog.display_type(type_oid)
        given = state.catalog.display_type(value.type)
        message = (
            f'subscripted assignment to "{name}" requires type {wanted} but expression is of '
            f"type {given}"
            if is_subscript
            else f'subfield "{name}" is of type {wanted} but expression is of type {given}'
        )
        state.error("assignment-type-mismatch", message, where, sqlstate="42804", hint=_REWRITE)
    return result


def _assign_field(
    state: ParseState,
    name: str,
    target: tuple[int, int],
    steps: Sequence[Step],
    value: tree.Expr,
    where: Where,
) -> tree.Expr:
    step = steps[0]
    assert isinstance(step, nodes.FieldStep)
    field = _field(state, name, target[0], step.name, where)
    inner = transform_assignment_indirection(
        state, step.name, False, (field.type, field.modifier), steps[1:], value, where
    )
    return tree.Store(
        type=target[0],
        modifier=target[1],
        value=inner,
        field=step.name,
        start=value.start,
        end=value.end,
    )


def _field(
    state: ParseState, name: str, type_oid: int, field_name: str, where: Where
) -> tree.EntryColumn:
    """The field of a composite column that is assigned to."""
    columns = composite_columns(state.catalog, type_oid)
    prefix = f'cannot assign to field "{field_name}" of column "{name}" because'
    shown = state.catalog.display_type(type_oid)
    if columns is None:
        state.error(
            "not-composite",
            f"{prefix} its type {shown} is not a composite type",
            where,
            sqlstate="42804",
        )
    found = next((column for column in columns if column.name == field_name), None)
    if found is None and field_name in SYSTEM_COLUMNS:
        state.error(
            "system-column",
            f'cannot assign to system column "{field_name}"',
            where,
            sqlstate="42703",
        )
    if found is None:
        state.error(
            "unknown-column",
            f"{prefix} there is no such column in data type {shown}",
            where,
            sqlstate="42703",
        )
    return found


def _assign_subscripts(
    state: ParseState,
    name: str,
    target: tuple[int, int],
    steps: Sequence[Step],
    count: int,
    value: tree.Expr,
    where: Where,
) -> tree.Expr:
    container, modifier = transform_container_type(state, *target)
    start, end = place(where)
    stand_in = tree.Const(type=container, modifier=modifier, value=None, start=start, end=end)
    subscripts = [step for step in steps[:count] if isinstance(step, nodes.SubscriptStep)]
    reference = transform_container_subscripts(
        state, stand_in, container, modifier, subscripts, True
    )
    inner = transform_assignment_indirection(
        state, name, True, (reference.type, reference.modifier), steps[count:], value, where
    )
    bounds = [bound for pair in reference.subscripts for bound in pair if bound is not None]
    return tree.Store(
        type=target[0],
        modifier=target[1],
        value=inner,
        subscripts=tuple(bounds),
        start=value.start,
        end=value.end,
    )


def transform_insert_row(
    state: ParseState,
    exprs: Sequence[tree.Expr],
    written: tuple[nodes.InsertColumn, ...],
    targets: Sequence[InsertTarget],
) -> list[tree.Expr]:
    """Convert one row of values to the target columns; there may be fewer values than columns only
    where no columns were written.
    """
    if len(exprs) > len(targets):
        state.error(
            "insert-too-many-values",
            "INSERT has more expressions than target columns",
            exprs[len(targets)],
            sqlstate="42601",
            help=f"it has values for {', '.join(each.column.name for each in targets)} already",
        )
    if written and len(exprs) < len(targets):
        column = targets[len(exprs)].column.name
        state.error(
            "insert-too-few-values",
            "INSERT has more target columns than expressions",
            targets[len(exprs)].where,
            sqlstate="42601",
            help=f"give a value for {column}, or take it out of the list of columns",
            hint=_extra_parentheses_hint(exprs, len(targets)),
        )
    return [
        transform_assigned_expr(
            state, expr, "insert target", target.column, target.steps, target.where
        )
        for expr, target in zip(exprs, targets, strict=False)
    ]


def _extra_parentheses_hint(exprs: Sequence[tree.Expr], wanted: int) -> str | None:
    if len(exprs) == 1 and _row_width(exprs[0]) == wanted:
        return (
            "The insertion source is a row expression containing the same number of columns "
            "expected by the INSERT. Did you accidentally use extra parentheses?"
        )
    return None


def _row_width(expr: tree.Expr) -> int | None:
    if isinstance(expr, tree.RowExpr):
        return len(expr.items)
    if isinstance(expr, tree.Var) and expr.number == 0:
        return len(expr.entry.columns)
    if isinstance(expr, tree.Var) and expr.entry.subquery is not None:
        return _row_width(expr.entry.subquery.output[expr.number - 1].expr)
    return None
