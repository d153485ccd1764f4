"""Keywords that stand for values: current_date and its like, DEFAULT, CURRENT OF, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.state.dispatch import transforms
from sqlwright.analysis.state.parameters import transform_param_ref
from sqlwright.catalog import oids
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

_TYPES = {
    "current_date": oids.DATE,
    "current_time": oids.TIMETZ,
    "current_timestamp": oids.TIMESTAMPTZ,
    "localtime": oids.TIME,
    "localtimestamp": oids.TIMESTAMP,
}
_MOST_DIGITS = 6


@transforms(nodes.ParamRef)
def transform_param(state: ParseState, node: nodes.ParamRef) -> tree.Param:
    """`$n`."""
    return transform_param_ref(state, node)


@transforms(nodes.SqlValue)
def transform_sql_value_function(state: ParseState, node: nodes.SqlValue) -> tree.SqlValue:
    """current_date, current_user and so on (manual 9.9.5, 9.27); the names are of type name."""
    modifier = -1 if node.precision is None else min(node.precision, _MOST_DIGITS)
    return tree.SqlValue(
        type=_TYPES.get(node.name, oids.NAME),
        modifier=modifier,
        name=node.name,
        start=node.start,
        end=node.end,
    )


@transforms(nodes.CurrentOf)
def transform_current_of(state: ParseState, node: nodes.CurrentOf) -> tree.CurrentOf:
    """WHERE CURRENT OF, which the grammar allows in UPDATE and DELETE only."""
    return tree.CurrentOf(type=oids.BOOL, cursor=node.cursor, start=node.start, end=node.end)


@transforms(nodes.SetToDefault)
def refuse_set_to_default(state: ParseState, node: nodes.SetToDefault) -> NoReturn:
    """DEFAULT anywhere but as a whole value to be stored."""
    state.error("syntax-error", "DEFAULT is not allowed in this context", node, sqlstate="42601")


@transforms(nodes.MergeAction)
def transform_merge_support_func(state: ParseState, node: nodes.MergeAction) -> tree.MergeAction:
    """merge_action(), in RETURNING of a MERGE or a subquery there (9.28)."""
    level: ParseState | None = state
    while level is not None and level.expr_kind != "merge returning":
        level = level.parent
    if level is None:
        state.error(
            "syntax-error",
            "MERGE_ACTION() can only be used in the RETURNING list of a MERGE command",
            node,
            sqlstate="42601",
        )
    return tree.MergeAction(type=oids.TEXT, start=node.start, end=node.end)


@transforms(nodes.Embed)
def refuse_embed(state: ParseState, node: nodes.Embed) -> NoReturn:
    """sqlc.embed anywhere but as an item of a select list or RETURNING."""
    state.error(
        "misplaced-embed",
        "sqlc.embed can only be an item of a select list",
        node,
        sqlstate="42601",
    )
