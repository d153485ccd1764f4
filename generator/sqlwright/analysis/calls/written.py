"""Function calls as written: their arguments, WITHIN GROUP, named notation (manual 4.2.6, 4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.calls.functions import parse_func_or_column
from sqlwright.analysis.state.dispatch import transform_expr, transform_expr_recurse, transforms
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState


@transforms(nodes.FuncCall)
def transform_func_call(state: ParseState, node: nodes.FuncCall) -> tree.Expr:
    """A call of a function, aggregate or window function.

    The ORDER BY expressions of WITHIN GROUP are further arguments.
    """
    last_set_returning = state.last_set_returning
    args: list[tree.Expr] = []
    names: list[str | None] = []
    for written in node.args:
        value = written.value if isinstance(written, nodes.NamedArg) else written
        args.append(transform_expr_recurse(state, value))
        names.append(written.name if isinstance(written, nodes.NamedArg) else None)
    if node.within_group:
        for item in node.order:
            args.append(transform_expr(state, item.expr, "order by"))
            names.append(None)
    made = parse_func_or_column(
        state,
        node.name,
        args,
        names,
        node,
        False,
        node,
        last_set_returning=last_set_returning,
    )
    assert made is not None
    return made
