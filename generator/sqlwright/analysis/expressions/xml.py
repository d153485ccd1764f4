"""XML constructors and predicates (manual 9.15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.types import typename_type_id_and_mod
from sqlwright.analysis.resolution.coerce import (
    coerce_to_boolean,
    coerce_to_specific_type,
    coerce_to_target_type,
)
from sqlwright.analysis.state.dispatch import transform_expr_recurse, transforms
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

_ARGUMENT_TYPES = {
    "concat": (oids.XML,),
    "forest": (oids.XML,),
    "parse": (oids.TEXT, oids.BOOL),
    "pi": (oids.TEXT,),
    "root": (oids.XML, oids.TEXT, oids.INT4),
    "document": (oids.XML,),
    "serialize": (oids.XML,),
}
"""Types of the arguments in order; the last one counts for all that follow."""


@transforms(nodes.XmlCall)
def transform_xml_expr(state: ParseState, node: nodes.XmlCall) -> tree.Expr:
    """xmlelement and its like, IS DOCUMENT, xmlserialize."""
    named = tuple(_named_arg(state, node, target) for target in node.named_args)
    _check_attribute_names(state, node)
    args = tuple(_argument(state, node, at, arg) for at, arg in enumerate(node.args))
    type_oid = {"document": oids.BOOL, "serialize": oids.TEXT}.get(node.op, oids.XML)
    made = tree.XmlExpr(
        type=type_oid,
        op=node.op,
        named_args=named,
        args=args,
        start=node.start,
        end=node.end,
    )
    return _serialized(state, node, made) if node.op == "serialize" else made


def _named_arg(state: ParseState, node: nodes.XmlCall, target: nodes.Target) -> tree.Expr:
    expr = transform_expr_recurse(state, target.expr)
    if target.name is None and not isinstance(target.expr, nodes.ColumnRef):
        what = "attribute" if node.op == "element" else "element"
        state.error(
            "syntax-error",
            f"unnamed XML {what} value must be a column reference",
            target,
            sqlstate="42601",
        )
    return expr


def _check_attribute_names(state: ParseState, node: nodes.XmlCall) -> None:
    if node.op != "element":
        return
    seen: set[str] = set()
    for target in node.named_args:
        name = target.name
        if name is None and isinstance(target.expr, nodes.ColumnRef):
            name = target.expr.fields[-1]
        assert name is not None
        if name in seen:
            state.error(
                "syntax-error",
                f'XML attribute name "{name}" appears more than once',
                target,
                sqlstate="42601",
            )
        seen.add(name)


def _argument(state: ParseState, node: nodes.XmlCall, at: int, arg: nodes.Expr) -> tree.Expr:
    expr = transform_expr_recurse(state, arg)
    types = _ARGUMENT_TYPES.get(node.op)
    if types is None:
        return expr
    construct = "IS DOCUMENT" if node.op == "document" else f"XML{node.op.upper()}"
    wanted = types[min(at, len(types) - 1)]
    if wanted == oids.BOOL:
        return coerce_to_boolean(state, expr, construct)
    return coerce_to_specific_type(state, expr, wanted, construct)


def _serialized(state: ParseState, node: nodes.XmlCall, made: tree.XmlExpr) -> tree.Expr:
    """xmlserialize gives text, converted to the type asked for if that needs no explicit cast."""
    assert node.type_name is not None
    target, modifier = typename_type_id_and_mod(state, node.type_name)
    result = coerce_to_target_type(
        state, made, oids.TEXT, target, modifier, "implicit", False, None
    )
    if result is None:
        state.error(
            "cannot-cast",
            f"cannot cast XMLSERIALIZE result to {state.catalog.display_type(target)}",
            node,
            sqlstate="42846",
        )
    return result
