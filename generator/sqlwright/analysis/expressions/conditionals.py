"""AND, OR, NOT, tests, CASE, COALESCE, GREATEST, LEAST, NULLIF (manual 9.1, 9.2, 9.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.collations import assign_expr_collations
from sqlwright.analysis.operators.operators import make_op
from sqlwright.analysis.resolution.coerce import (
    coerce_to_boolean,
    coerce_to_common_type,
    select_common_type,
)
from sqlwright.analysis.state.dispatch import common_modifier, transform_expr_recurse, transforms
from sqlwright.analysis.state.parameters import open_places, put_off
from sqlwright.analysis.state.set_returning import refuse_set_returning_inside
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.dataclass import replace
from sqlwright.diagnostics import DiagnosticError
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState


@transforms(nodes.BoolOperation)
def transform_bool_expr(state: ParseState, node: nodes.BoolOperation) -> tree.BoolExpr:
    """AND, OR, NOT over operands that must be boolean."""
    construct = node.op.upper()
    args: list[tree.Expr] = []
    for written in node.operands:
        before = open_places(state)
        try:
            found = transform_expr_recurse(state, written)
            args.append(coerce_to_boolean(state, found, construct))
        except DiagnosticError as error:
            if not put_off(state, error, before):
                raise
            null = making.Const(type=oids.BOOL, value=None, start=node.start, end=node.end)
            args.append(null)
    return making.BoolExpr(
        type=oids.BOOL, op=node.op, args=tuple(args), start=node.start, end=node.end
    )


def make_bool_expr(op: str, args: tuple[tree.Expr, ...], where: tuple[int, int]) -> tree.BoolExpr:
    """A logical combination that no operand needs coercing for."""
    assert op in ("and", "or", "not")
    return making.BoolExpr(
        type=oids.BOOL,
        op=op,  # type: ignore[arg-type]
        args=args,
        start=where[0],
        end=where[1],
    )


@transforms(nodes.NullTest)
def transform_null_test(state: ParseState, node: nodes.NullTest) -> tree.NullTest:
    """IS [NOT] NULL, which looks into a row (9.2)."""
    operand = transform_expr_recurse(state, node.operand)
    row = operand.type == oids.RECORD or state.catalog.is_composite(operand.type)
    return making.NullTest(
        type=oids.BOOL,
        operand=operand,
        negated=node.negated,
        row=row,
        start=node.start,
        end=node.end,
    )


@transforms(nodes.BooleanTest)
def transform_boolean_test(state: ParseState, node: nodes.BooleanTest) -> tree.BooleanTest:
    """IS [NOT] TRUE, FALSE, UNKNOWN."""
    construct = f"IS {'NOT ' if node.negated else ''}{node.value.upper()}"
    operand = coerce_to_boolean(state, transform_expr_recurse(state, node.operand), construct)
    return tree.BooleanTest(
        type=oids.BOOL,
        operand=operand,
        value=node.value,
        negated=node.negated,
        start=node.start,
        end=node.end,
    )


@transforms(nodes.Case)
def transform_case_expr(state: ParseState, node: nodes.Case) -> tree.Case:
    """CASE. Its type is the common type of the results, with ELSE considered first."""
    last_set_returning = state.last_set_returning
    operand = None if node.operand is None else _case_operand(state, node.operand)
    branches = [_case_branch(state, operand, branch) for branch in node.branches]
    null = nodes.Const(kind="null", value="", start=-1, end=-1)
    default = transform_expr_recurse(state, node.default or null)
    results = [default, *(result for _, result in branches)]
    common = select_common_type(state, results, "CASE")
    default = coerce_to_common_type(state, default, common, "CASE/ELSE")
    made = tuple(
        tree.CaseBranch(
            condition=condition, result=coerce_to_common_type(state, result, common, "CASE/WHEN")
        )
        for condition, result in branches
    )
    refuse_set_returning_inside(state, last_set_returning, "CASE")
    return tree.Case(
        type=common,
        modifier=common_modifier([default, *(branch.result for branch in made)], common),
        operand=operand,
        branches=made,
        default=None if node.default is None else default,
        start=node.start,
        end=node.end,
    )


def _case_operand(state: ParseState, node: nodes.Expr) -> tree.Expr:
    operand = transform_expr_recurse(state, node)
    if operand.type == oids.UNKNOWN:
        operand = coerce_to_common_type(state, operand, oids.TEXT, "CASE")
    assign_expr_collations(state, (operand,))
    return operand


def _case_branch(
    state: ParseState, operand: tree.Expr | None, branch: nodes.CaseBranch
) -> tuple[tree.Expr, tree.Expr]:
    condition = transform_expr_recurse(state, branch.condition)
    if operand is not None:
        tested = tree.CaseTest(
            type=operand.type,
            modifier=operand.modifier,
            operand=operand,
            start=operand.start,
            end=operand.end,
        )
        place = (branch.start, branch.end)
        condition = replace(
            make_op(state, ("=",), tested, condition, place),
            start=branch.condition.start,
            end=branch.condition.end,
        )
    condition = coerce_to_boolean(state, condition, "CASE/WHEN")
    return condition, transform_expr_recurse(state, branch.result)


@transforms(nodes.Coalesce)
def transform_coalesce_expr(state: ParseState, node: nodes.Coalesce) -> tree.Coalesce:
    """COALESCE, of the common type of its arguments."""
    last_set_returning = state.last_set_returning
    common, args = _commonly_typed(state, node.args, "COALESCE")
    refuse_set_returning_inside(state, last_set_returning, "COALESCE")
    return tree.Coalesce(
        type=common,
        modifier=common_modifier(args, common),
        args=args,
        start=node.start,
        end=node.end,
    )


@transforms(nodes.MinMax)
def transform_min_max_expr(state: ParseState, node: nodes.MinMax) -> tree.MinMax:
    """GREATEST and LEAST, of the common type of their arguments."""
    common, args = _commonly_typed(state, node.args, node.op.upper())
    return tree.MinMax(
        type=common,
        modifier=common_modifier(args, common),
        op=node.op,
        args=args,
        start=node.start,
        end=node.end,
    )


def _commonly_typed(
    state: ParseState, written: tuple[nodes.Expr, ...], construct: str
) -> tuple[int, tuple[tree.Expr, ...]]:
    found = [transform_expr_recurse(state, arg) for arg in written]
    common = select_common_type(state, found, construct)
    args = tuple(coerce_to_common_type(state, arg, common, construct) for arg in found)
    return common, args


@transforms(nodes.NullIf)
def transform_null_if(state: ParseState, node: nodes.NullIf) -> tree.Expr:
    """NULLIF: an `=` comparison that yields its left operand, as converted for the comparison."""
    left = transform_expr_recurse(state, node.left)
    right = transform_expr_recurse(state, node.right)
    comparison = make_op(state, ("=",), left, right, (node.start, node.end))
    assert isinstance(comparison, tree.OpCall)
    require_boolean_operator(state, comparison, "NULLIF", node)
    first = comparison.args[0]
    return replace(
        comparison,
        type=first.type,
        modifier=first.modifier,
        kind="nullif",
        start=node.start,
        end=node.end,
    )


def require_boolean_operator(
    state: ParseState, comparison: tree.OpCall, construct: str, where: nodes.Expr
) -> None:
    """Refuse an equality operator that is no proper one (42804)."""
    if comparison.type != oids.BOOL:
        state.error(
            "type-mismatch",
            f"{construct} requires = operator to yield boolean",
            where,
            sqlstate="42804",
        )
    if state.catalog.function(comparison.operator.function).returns_set:
        state.error("type-mismatch", f"{construct} must not return a set", where, sqlstate="42804")
