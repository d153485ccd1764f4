"""Literals before anything asks a type of them (manual 4.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.state.dispatch import transforms
from sqlwright.analysis.tree import making
from sqlwright.catalog import oids
from sqlwright.patterns import pattern
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

_INTEGER = pattern(r"-?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[0-9]+)")
_INT4 = range(-(2**31), 2**31)
_INT8 = range(-(2**63), 2**63)
_MOST_DIGITS = 66
"""As many as an int8 has in binary notation. Python reads no number of thousands of digits."""


@transforms(nodes.Const)
def make_const(state: ParseState, node: nodes.Const) -> tree.Const:
    """A literal with the type its form gives it: strings and NULL stay unknown, integers are of
    the smallest of int4, int8 and numeric that holds them.
    """
    value: str | None = node.value
    if node.kind == "null":
        type_oid, value = oids.UNKNOWN, None
    elif node.kind == "string":
        type_oid = oids.UNKNOWN
    elif node.kind == "boolean":
        type_oid = oids.BOOL
    elif node.kind in ("bit", "hexbit"):
        type_oid = oids.BIT
        _check_bits(state, node)
    else:
        type_oid = _number_type(node.value)
    return making.Const(type=type_oid, value=value, start=node.start, end=node.end)


def integer_value(text: str) -> int:
    """The value of an integer literal in any of its notations; leading zeros mean nothing."""
    digits = text.lstrip("-")
    value = int(digits, 0) if digits[1:2].isalpha() else int(digits)
    return -value if text.startswith("-") else value


def _number_type(text: str) -> int:
    if not _INTEGER.fullmatch(text) or len(text.lstrip("-").lstrip("0")) > _MOST_DIGITS:
        return oids.NUMERIC
    value = integer_value(text)
    if value in _INT4:
        return oids.INT4
    return oids.INT8 if value in _INT8 else oids.NUMERIC


def _check_bits(state: ParseState, node: nodes.Const) -> None:
    digits, kind = ("01", "binary") if node.kind == "bit" else ("0123456789abcdef", "hexadecimal")
    for digit in node.value:
        if digit.lower() not in digits:
            state.error(
                "invalid-literal",
                f'"{digit}" is not a valid {kind} digit',
                node,
                sqlstate="22P02",
            )


def negated_literal(node: nodes.Expr) -> nodes.Const | None:
    """The literal that a minus sign and a numeric literal are together, None for anything else."""
    if not isinstance(node, nodes.Operation) or node.left is not None or node.name != ("-",):
        return None
    operand = negated_literal(node.right) or node.right
    if not isinstance(operand, nodes.Const) or operand.kind not in ("integer", "float"):
        return None
    text = operand.value.removeprefix("-") if operand.value.startswith("-") else f"-{operand.value}"
    return nodes.Const(kind=operand.kind, value=text, start=node.start, end=node.end)


def is_null_constant(node: nodes.Expr) -> bool:
    """Whether an expression is a bare NULL."""
    return isinstance(node, nodes.Const) and node.kind == "null"
