"""The nodes that convert a value along a known path, and their type modifiers.

Only the catalog and typed expressions; nothing here refuses anything. Manual 10.4 (storage of a
value under a modifier), 8.18 (domains).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.resolution.coercion_paths import (
    CoercionContext,
    CoercionPath,
    find_coercion_pathway,
    find_typmod_coercion_function,
)
from sqlwright.analysis.tree import making
from sqlwright.dataclass import replace

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog


def relabel(expr: tree.Expr, type_oid: int, modifier: int, explicit: bool) -> tree.Expr:
    """The same value under another type or modifier; a constant simply takes them on."""
    if expr.type == type_oid and expr.modifier == modifier:
        return expr
    if isinstance(expr, tree.Const):
        return replace(expr, type=type_oid, modifier=modifier)
    return making.Cast(
        type=type_oid,
        modifier=modifier,
        operand=expr,
        method="binary",
        explicit=explicit,
        start=expr.start,
        end=expr.end,
    )


def follow_path(
    catalog: Catalog,
    expr: tree.Expr,
    path: CoercionPath,
    targettype: int,
    targetmod: int,
    context: CoercionContext,
    explicit: bool,
) -> tree.Expr:
    base, modifier = catalog.base_type_and_modifier(targettype, targetmod)
    if path.kind == "relabel":
        result = coerce_to_domain(catalog, expr, base, modifier, targettype, explicit)
        return relabel(expr, targettype, -1, explicit) if result is expr else result
    result = _build_coercion(catalog, expr, path, base, modifier, context, explicit)
    return coerce_to_domain(catalog, result, base, modifier, targettype, explicit)


def _build_coercion(
    catalog: Catalog,
    expr: tree.Expr,
    path: CoercionPath,
    type_oid: int,
    modifier: int,
    context: CoercionContext,
    explicit: bool,
) -> tree.Expr:
    """The node for a path. A cast function that takes a modifier applies it; text does not."""
    if path.kind == "function":
        function = catalog.function(path.function)
        applied = modifier if len(function.arguments) > 1 else -1
        length = expr.type == type_oid
        return making.Cast(
            type=type_oid,
            modifier=applied,
            operand=expr,
            method="length" if length else "function",
            function=function,
            explicit=explicit,
            start=expr.start,
            end=expr.end,
        )
    if path.kind == "array":
        applied = _element_modifier(catalog, expr, type_oid, modifier, context)
        return making.Cast(
            type=type_oid,
            modifier=applied,
            operand=expr,
            method="array",
            explicit=explicit,
            start=expr.start,
            end=expr.end,
        )
    return making.Cast(
        type=type_oid,
        operand=expr,
        method="io",
        explicit=explicit,
        start=expr.start,
        end=expr.end,
    )


def _element_modifier(
    catalog: Catalog, expr: tree.Expr, type_oid: int, modifier: int, context: CoercionContext
) -> int:
    """The modifier that the elements of a converted array end up with."""
    source, source_modifier = catalog.base_type_and_modifier(expr.type, expr.modifier)
    element = catalog.element_type(type_oid)
    from_element = catalog.element_type(source)
    sample = making.Const(type=from_element, modifier=source_modifier, value=None)
    path = find_coercion_pathway(catalog, element, from_element, context)
    converted: tree.Expr = sample
    if path is not None and element != from_element:
        converted = follow_path(catalog, sample, path, element, modifier, context, False)
    return coerce_type_typmod(catalog, converted, element, modifier, context, False).modifier


def coerce_to_domain(
    catalog: Catalog,
    expr: tree.Expr,
    base: int,
    modifier: int,
    domain: int,
    explicit: bool,
) -> tree.Expr:
    """Wrap a value of the base type into a domain, after fitting it to the domain's modifier."""
    if base == domain:
        return expr
    fitted = coerce_type_typmod(catalog, expr, base, modifier, "implicit", False)
    return making.Cast(
        type=domain,
        operand=fitted,
        method="domain",
        explicit=explicit,
        start=expr.start,
        end=expr.end,
    )


def coerce_type_typmod(
    catalog: Catalog,
    expr: tree.Expr,
    targettype: int,
    targetmod: int,
    context: CoercionContext,
    explicit: bool,
) -> tree.Expr:
    """Make a value that is of the right type fit a modifier (manual 10.4 step 3)."""
    if targetmod == expr.modifier:
        return expr
    path = find_typmod_coercion_function(catalog, targettype) if targetmod >= 0 else None
    if path is None:
        return relabel(expr, targettype, targetmod, explicit)
    return _build_coercion(catalog, expr, path, targettype, targetmod, context, explicit)
