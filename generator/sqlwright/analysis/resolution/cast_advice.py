"""Words on how a cast would mend a type mismatch, for the help of a diagnostic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis.resolution.overloads import can_coerce_type
from sqlwright.analysis.tree import Aggregate, Expr, FuncCall
from sqlwright.catalog import oids

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState

_LONGEST_QUOTED = 40
_USUAL = (oids.INT4, oids.TIMESTAMPTZ, oids.TEXT, oids.DATE, oids.NUMERIC, oids.INT8, oids.JSONB)


def quoted_source(state: ParseState, expr: Expr) -> str | None:
    """The text of an expression if it is short enough to be quoted, in parentheses if needed."""
    if expr.start < 0 or expr.end - expr.start > _LONGEST_QUOTED:
        return None
    text = state.source.text[expr.start : expr.end]
    if not text or "\n" in text:
        return None
    simple = all(letter.isalnum() or letter in "_.$@\"'" for letter in text)
    if isinstance(expr, FuncCall | Aggregate) and text.endswith(")"):
        simple = True
    return text if simple else f"({text})"


def written_cast(state: ParseState, expr: Expr, target: int) -> str | None:
    """The cast of an expression to a type as one would write it, None where none exists."""
    if expr.type == oids.UNKNOWN:
        return None
    if not can_coerce_type(state.catalog, (expr.type,), (target,), "explicit"):
        return None
    text = quoted_source(state, expr)
    return None if text is None else f"{text}::{state.catalog.display_type(target)}"


def literal_cast_help(
    state: ParseState, args: Sequence[Expr], candidates: Sequence[Sequence[int]]
) -> str | None:
    """Advice to say what the first argument of unknown type is, as some candidate takes it."""
    for at, arg in enumerate(args):
        if arg.type != oids.UNKNOWN:
            continue
        offered = [each[at] for each in candidates if at < len(each)]
        offered = [each for each in offered if state.catalog.type(each).kind != "pseudo"]
        if not offered:
            continue
        wanted = min(offered, key=lambda each: _USUAL.index(each) if each in _USUAL else 99)
        shown, text = state.catalog.display_type(wanted), quoted_source(state, arg)
        what = f"{text}::{shown}" if text else f"::{shown} after it"
        return f"say what type it is meant to have, for example {what}"
    return None


def cast_help(state: ParseState, expr: Expr, target: int) -> str | None:
    """Advice to cast an expression, None where no cast would do."""
    cast = written_cast(state, expr, target)
    if target == oids.BOOL and state.catalog.type_category(expr.type) == "S":
        return None
    return None if cast is None else f"write an explicit cast: {cast}"
