"""Names in the body of an SQL function that mean its arguments (manual 36.5.1).

A column of that name comes first. `argument` may have the function's name before it and a field of
its row after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.calls.functions import parse_func_or_column

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.sql import nodes


def argument_reference(
    state: ParseState, ref: nodes.ColumnRef, names: tuple[str, ...]
) -> tree.Expr | None:
    """The argument, or the field of one, that the names (without a star) mean; None if none."""
    if not state.arguments or len(names) > 3:
        return None
    function = state.function_name
    if len(names) == 3:
        return _field(state, ref, names[1], names[2]) if names[0] == function else None
    if len(names) == 1:
        return _argument(state, ref, names[0])
    if names[0] == function:
        found = _argument(state, ref, names[1])
        if found is not None:
            return found
    return _field(state, ref, names[0], names[1])


def _argument(state: ParseState, ref: nodes.ColumnRef, name: str) -> tree.Expr | None:
    number = state.arguments.get(name)
    if number is None:
        return None
    return tree.Param(
        type=state.parameters.type_of(number), number=number, start=ref.start, end=ref.end
    )


def _field(state: ParseState, ref: nodes.ColumnRef, argument: str, name: str) -> tree.Expr | None:
    value = _argument(state, ref, argument)
    if value is None:
        return None
    return parse_func_or_column(state, (name,), [value], [None], None, False, ref)
