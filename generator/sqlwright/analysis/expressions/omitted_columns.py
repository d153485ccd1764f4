"""Stars without the columns that `-- @omit` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.expressions.stars import NamedExpr, write_out_star
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.omission import Omission, OmittedName
    from sqlwright.analysis.state.parse_state import ParseState


def write_out(
    state: ParseState, node: nodes.Expr, columns: list[NamedExpr], before: int
) -> list[NamedExpr]:
    """Have a star of the result written out, and give the columns that stay in it. `before` is how
    many the result has in front of it. Raises DiagnosticError where one is to be left out and the
    star cannot be written out, or has no other."""
    omission = state.omission
    if omission is None:
        write_out_star(state, node, columns)
        return columns
    omission.columns += (name for name, _ in columns)
    left_out = {at for at, column in enumerate(columns) if _is_left_out(state, omission, column)}
    kept = [column for at, column in enumerate(columns) if at not in left_out]
    if left_out:
        first = before + min(left_out)
        omission.before = first if omission.before is None else min(first, omission.before)
    if not omission.applied:
        return columns
    if not kept:
        _refuse(state, node, "nothing is left of this star", "leave it out of the select list")
    if not write_out_star(state, node, kept) and left_out:
        message = "the columns of this star cannot be named one by one, so that all come"
        if isinstance(node, nodes.Indirection):
            message = "a column can be left out of the rows in FROM, and not of a value"
        _refuse(state, node, message, "list what is wanted of it")
    return kept


def _is_left_out(state: ParseState, omission: Omission, column: NamedExpr) -> bool:
    found = {at for at, named in enumerate(omission.names) if _means(state, named, *column)}
    omission.met |= found
    return bool(found)


def _means(state: ParseState, named: OmittedName, name: str, expr: tree.Expr) -> bool:
    if not named.table:
        return name == named.column
    return isinstance(expr, tree.Var) and any(
        column.name == named.column
        and item.shows(number, expr)
        and item.returning == expr.returning
        for item in state.namespace
        if item.name == named.table and item.relation_visible
        for number, column in enumerate(item.columns, 1)
    )


def _refuse(state: ParseState, node: nodes.Expr, message: str, help: str) -> None:
    label = Label(state.span(node))
    raise DiagnosticError(Diagnostic("invalid-omit", "error", message, (label,), help=help))
