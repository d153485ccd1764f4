"""Arrays: constructors, elements, slices, and comparisons with elements (manual 8.15, 9.25)."""

from __future__ import annotations

from sqlwright.analysis import proof_rules, tree
from sqlwright.analysis.nullability.ground.scopes import Scope, span_of
from sqlwright.analysis.nullability.ground.verdicts import Verdict, all_of, maybe, never
from sqlwright.analysis.nullability.judging import Judge, judges
from sqlwright.analysis.nullability.rules import calls
from sqlwright.catalog.identity import is_function


@judges(tree.ArrayOp)
def array_op(judge: Judge, expr: tree.ArrayOp, scope: Scope) -> Verdict:
    """The verdict on a comparison with the elements of an array."""
    span = span_of(expr, scope)
    left = judge.verdict(expr.left, scope)
    array = judge.verdict(expr.array, scope)
    name = expr.operator.name
    if not judge.logic.is_strict(expr.operator) or calls.may_return_null(
        judge.catalog, expr.operator.function
    ):
        return maybe(f"operator {name} may yield NULL", span)
    if array.elements and not array.nullable:
        return maybe("the array may hold NULL elements", span, array)
    text = f"comparison {name} with the elements of an array"
    return all_of(proof_rules.COMPARED_WITH_EACH, text, span, [left, array])


@judges(tree.Subscript)
def subscript(judge: Judge, expr: tree.Subscript, scope: Scope) -> Verdict:
    """The verdict on an element or a slice of an array."""
    span = span_of(expr, scope)
    if not expr.is_slice:
        found = _element(judge, expr, scope)
        return found or maybe("a subscript may be out of bounds", span)
    container = judge.verdict(expr.container, scope)
    bounds = [bound for pair in expr.subscripts for bound in pair if bound is not None]
    found = all_of(
        proof_rules.SLICE, "array slice", span, [container, *judge.verdicts(bounds, scope)]
    )
    return found.with_elements(container.elements)


def _element(judge: Judge, expr: tree.Subscript, scope: Scope) -> Verdict | None:
    """The element of an array whose first ones are surely there; None if it may not be."""
    bounds = [bound for pair in expr.subscripts for bound in pair if bound is not None]
    number = bounds[0] if len(bounds) == 1 else None
    if not isinstance(number, tree.Const) or not (number.value or "").isdecimal():
        return None
    at = int(number.value or "0")
    container = expr.container
    span = span_of(expr, scope)
    if isinstance(container, tree.ArrayExpr) and not container.multidimensional:
        if not 1 <= at <= len(container.items):
            return None
        item = judge.verdict(container.items[at - 1], scope)
        text = f"item {at} of the array"
        if item.nullable:
            return maybe(text, span, item)
        return never(proof_rules.SUBSCRIPT, text, span, item)
    if at == 1 and _has_an_element(judge, container):
        array = judge.verdict(container, scope)
        text = "the first element of an array that has one"
        if array.nullable or array.elements:
            return maybe(text, span, array)
        return never(proof_rules.SUBSCRIPT, text, span, array)
    return None


def _has_an_element(judge: Judge, container: tree.Expr) -> bool:
    """Whether an array, if it is not NULL, has an element 1: what array_agg() collected, or text
    that a pattern cuts."""
    if isinstance(container, tree.Aggregate) and is_function(container.function, "array_agg"):
        collected = judge.catalog.base_type(container.args[0].type)
        return not judge.catalog.type(collected).is_array
    return isinstance(container, tree.FuncCall) and is_function(
        container.function, "regexp_split_to_array"
    )


@judges(tree.ArrayExpr)
def array(judge: Judge, expr: tree.ArrayExpr, scope: Scope) -> Verdict:
    """The verdict on ARRAY[...]."""
    items = judge.verdicts(expr.items, scope)
    elements = any(item.elements if expr.multidimensional else item.nullable for item in items)
    return never(
        proof_rules.CONSTRUCTED, "an array constructor", span_of(expr, scope)
    ).with_elements(elements)
