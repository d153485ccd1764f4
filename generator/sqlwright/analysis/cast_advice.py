"""Words on how a cast would mend a type mismatch, for the help of a diagnostic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.overloads import can_coerce_type
from sqlwright.catalog import oids

if TYPE_CHECKING:
    from sqlwright.analysis.state import ParseState
    from sqlwright.analysis.tree import Expr

_LONGEST_QUOTED = 40


def quoted_source(state: ParseState, expr: Expr) -> str | None:
    """The text of an expression if it is short enough to be quoted, in parentheses if needed."""
    if expr.start < 0 or expr.end - expr.start > _LONGEST_QUOTED:
        return None
    text = state.source.text[expr.start : expr.end]
    if not text or "\n" in text:
        return None
    simple = all(letter.isalnum() or letter in "_.$\"'" for letter in text)
    return text if simple else f"({text})"


def written_cast(state: ParseState, expr: Expr, target: int) -> str | None:
    """The cast of an expression to a type as one would write it, None where none exists."""
    if expr.type == oids.UNKNOWN:
        return None
    if not can_coerce_type(state.catalog, (expr.type,), (target,), "explicit"):
        return None
    text = quoted_source(state, expr)
    return None if text is None else f"{text}::{state.catalog.display_type(target)}"


def cast_help(state: ParseState, expr: Expr, target: int) -> str | None:
    """Advice to cast an expression, None where no cast would do."""
    cast = written_cast(state, expr, target)
    return None if cast is None else f"write an explicit cast: {cast}"
