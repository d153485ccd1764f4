"""Column references: `a`, `t.a`, `s.t.a`, and what else such a name can mean.

A name that is no column may be a FROM item taken as a whole row, or a function applied to that row
(manual 4.2.1, 8.16.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.calls.body_arguments import argument_reference
from sqlwright.analysis.calls.functions import parse_func_or_column
from sqlwright.analysis.names.columns import scan_ns_item_for_column, transform_whole_row_ref
from sqlwright.analysis.names.scope import (
    col_name_to_var,
    error_missing_column,
    error_missing_rte,
    refname_namespace_item,
)
from sqlwright.analysis.state.dispatch import transforms
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ExprKind, ParseState

_NO_COLUMNS_HERE: dict[ExprKind, str] = {
    "column default": "cannot use column reference in DEFAULT expression",
    "partition bound": "cannot use column reference in partition bound expression",
}


@transforms(nodes.ColumnRef)
def transform_column_ref(state: ParseState, ref: nodes.ColumnRef) -> tree.Expr:
    """What a name in an expression refers to. Raises 42703 for an unknown column, 42P01 for an
    unknown qualifier, 42702 for an ambiguous name.
    """
    if state.expr_kind in _NO_COLUMNS_HERE:
        state.error(
            "feature-not-supported",
            _NO_COLUMNS_HERE[state.expr_kind],
            ref,
            sqlstate="0A000",
        )
    names = (*ref.fields, "*") if ref.star else ref.fields
    count = len(names)
    if count == 1:
        return _unqualified(state, ref, names[0])
    if count > 4:
        state.error(
            "improper-name",
            f"improper qualified name (too many dotted names): {'.'.join(names)}",
            ref,
            sqlstate="42601",
        )
    if count == 4:
        state.error(
            "cross-database-reference",
            f"cross-database references are not implemented: {'.'.join(names)}",
            ref,
            sqlstate="0A000",
        )
    return _qualified(state, ref, names)


def _unqualified(state: ParseState, ref: nodes.ColumnRef, name: str) -> tree.Expr:
    if name == "value" and state.domain_value is not None:
        type_oid, modifier = state.domain_value
        return tree.Param(type=type_oid, modifier=modifier, number=0, start=ref.start, end=ref.end)
    var = col_name_to_var(state, name, False, ref)
    if var is not None:
        return var
    argument = argument_reference(state, ref, (name,))
    if argument is not None:
        return argument
    item = refname_namespace_item(state, None, name, ref)
    if item is None:
        error_missing_column(state, None, name, ref)
    return transform_whole_row_ref(state, item, ref)


def _qualified(state: ParseState, ref: nodes.ColumnRef, names: tuple[str, ...]) -> tree.Expr:
    schema = names[-3] if len(names) > 2 else None
    relation, name = names[-2:]
    item = refname_namespace_item(state, schema, relation, ref)
    if item is None:
        argument = argument_reference(state, ref, ref.fields)
        if argument is not None:
            return argument
        error_missing_rte(state, names[:-1], ref)
    if ref.star:
        return transform_whole_row_ref(state, item, ref)
    return scan_ns_item_for_column(state, item, name, ref) or _function_of_row(
        state, ref, transform_whole_row_ref(state, item, ref), relation, name
    )


def _function_of_row(
    state: ParseState, ref: nodes.ColumnRef, row: tree.Expr, relation: str, name: str
) -> tree.Expr:
    found = parse_func_or_column(state, (name,), [row], [None], None, False, ref)
    if found is None:
        error_missing_column(state, relation, name, ref)
    return found
