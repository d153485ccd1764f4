"""Comparisons with NULL, which PostgreSQL takes and nobody means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.names.columns import place
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.source import Span

if TYPE_CHECKING:
    from sqlwright.analysis.names.columns import Where
    from sqlwright.analysis.state.parse_state import ParseState

_TESTS = {"=": "IS NULL", "<>": "IS NOT NULL", "!=": "IS NOT NULL"}


def _is_null(side: tree.Expr) -> bool:
    return type(side) is tree.Const and side.value is None


def warn_of_null(state: ParseState, left: tree.Expr, right: tree.Expr, where: Where) -> None:
    """Warn of `x = NULL` as it is written: it gives NULL (manual 9.2), so WHERE lets nothing
    through. What a shorter form stands for, such as IN, is left alone.
    """
    if not (_is_null(left) or _is_null(right)) or left.start < 0 or right.start < 0:
        return
    text = state.source.text
    test = _TESTS.get(text[left.end : right.start].strip())
    if test is None:
        return
    sides = (text[left.start : left.end], text[right.start : right.end])
    nulls = [side.upper() == "NULL" for side in sides]
    if sum(nulls) != 1:
        return
    other = sides[nulls.index(False)]
    state.warnings.append(
        Diagnostic(
            "comparison-with-null",
            "warning",
            "a comparison with NULL is neither true nor false",
            (Label(Span(state.source, *place(where))),),
            help=f"write `{other} {test}`" if "\n" not in other else f"write {test}",
        )
    )
