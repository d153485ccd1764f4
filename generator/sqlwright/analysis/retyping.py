"""What becomes of a stored expression when a column that it is over gets another type.

PostgreSQL writes the expression out and analyses the text once more (manual, ALTER TABLE: SET DATA
TYPE). Conversions stand in that text as casts, those too that nobody wrote, so that what is above
one stays as it is; operators right above the column are chosen anew.
"""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.operators.errors import no_operator_hint, operator_signature
from sqlwright.analysis.operators.operators import select_operator
from sqlwright.analysis.state.parse_state import ParseState
from sqlwright.analysis.tree.traversal import children
from sqlwright.catalog import oids
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import Operator
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.sql import nodes


def type_as_written(expr: tree.Expr) -> int:
    """The type of an expression without the conversions at its top that nobody wrote."""
    while isinstance(expr, tree.Cast) and not expr.explicit:
        expr = expr.operand
    return expr.type


def check_retyped(
    state: ParseState, expr: tree.Expr, number: int, oid: int, place: nodes.Node
) -> int:
    """The type of an expression once a column of its relation is of another type. Raises 42883
    where an operator does not take that."""
    if isinstance(expr, tree.Var):
        source = expr.entry.columns[expr.number - 1].source if expr.number > 0 else None
        return oid if source is not None and source.number == number else expr.type
    parts = [each for each in children(expr) if isinstance(each, tree.Expr)]
    types = [check_retyped(state, each, number, oid, place) for each in parts]
    if types == [each.type for each in parts]:
        return expr.type
    if isinstance(expr, tree.OpCall):
        left = types[0] if len(types) == 2 else 0
        found = _operator(state, expr.operator, (left, types[-1]), place)
        return expr.type if is_polymorphic(found.result) else found.result
    if isinstance(expr, tree.ArrayOp):
        array = state.catalog.get_type(types[1])
        element = array.element if array is not None and array.element else oids.UNKNOWN
        _operator(state, expr.operator, (types[0], element), place)
    return expr.type


def _operator(
    state: ParseState, known: Operator, inputs: tuple[int, int], place: nodes.Node
) -> Operator:
    """The operator of the name of a known one for other types."""
    names = (known.name,) if is_own(known) else (known.schema, known.name)
    types = inputs if inputs[0] else inputs[1:]
    found, _ = select_operator(state.catalog, names, types)
    if found is None:
        state.error(
            "unknown-operator",
            f"operator does not exist: {operator_signature(state.catalog, names, types)}",
            place,
            sqlstate="42883",
            hint=no_operator_hint(len(types)),
        )
    return found
