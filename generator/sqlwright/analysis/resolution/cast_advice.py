"""Words on how a cast would mend a type mismatch, for the help of a diagnostic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.literals import invalid_literal
from sqlwright.analysis.resolution.overloads import can_coerce_type
from sqlwright.analysis.tree import Aggregate, Expr, FuncCall
from sqlwright.catalog import oids
from sqlwright.catalog.identity import is_operator
from sqlwright.catalog.types.properties import is_polymorphic

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
    return text if _stands_alone(expr, text) else f"({text})"


def _stands_alone(expr: Expr, text: str) -> bool:
    """Whether a cast written behind a text is one of all of it."""
    if isinstance(expr, FuncCall | Aggregate | tree.Coalesce | tree.MinMax) and text[-1] == ")":
        return True
    if isinstance(expr, tree.SubLink) and text[0] == "(":
        return True
    return all(letter.isalnum() or letter in "_.$@\"'" for letter in text)


def written_cast(state: ParseState, expr: Expr, target: int) -> str | None:
    """The cast of an expression to a type as one would write it, None where none exists. Where
    nothing in the expression says what type it has, it is the parameter that is cast.
    """
    if expr.type == oids.UNKNOWN:
        return None
    undecided = undecided_parameter(state, expr, target)
    if undecided is not None:
        return f"{state.source.text[undecided.start : undecided.end]}::{_shown(state, target)}"
    if not can_coerce_type(state.catalog, (expr.type,), (target,), "explicit"):
        return None
    text = quoted_source(state, expr)
    return None if text is None else f"{text}::{_shown(state, target)}"


def _shown(state: ParseState, target: int) -> str:
    return state.catalog.display_type(target)


def undecided_parameter(state: ParseState, expr: Expr, target: int) -> tree.Param | None:
    """The first parameter of a conditional over parameters and literals alone, which is text for
    want of anything better; None if a literal is no value of the type that is wanted.
    """
    values = _values(expr)
    if expr.type != oids.TEXT or not values:
        return None
    text = state.source.text
    for value in values:
        if isinstance(value, tree.Const) and value.value is not None:
            if text[value.start : value.start + 1] != "'" or text[value.end - 1] != "'":
                return None
            if not _is_written(state, target, value.value):
                return None
        elif not isinstance(value, tree.Param | tree.Const):
            return None
    return next((each for each in values if isinstance(each, tree.Param)), None)


def _is_written(state: ParseState, target: int, text: str) -> bool:
    base, modifier = state.catalog.base_type_and_modifier(target, -1)
    return invalid_literal(state.catalog, base, modifier, text) is None


def _values(expr: Expr) -> tuple[Expr, ...]:
    """What a conditional may come to."""
    if isinstance(expr, tree.Coalesce | tree.MinMax):
        return expr.args
    if isinstance(expr, tree.Case):
        default = () if expr.default is None else (expr.default,)
        return (*(each.result for each in expr.branches), *default)
    return ()


def literal_cast_help(
    state: ParseState, args: Sequence[Expr], candidates: Sequence[Sequence[int]]
) -> str | None:
    """Advice to say what the first argument of unknown type is, as some candidate takes it; one
    that takes the constants beside it, if there is any."""
    candidates = [each for each in candidates if _takes_constants(state, args, each)] or candidates
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


def _takes_constants(state: ParseState, args: Sequence[Expr], wanted: Sequence[int]) -> bool:
    return all(
        _is_written(state, target, arg.value)
        for arg, target in zip(args, wanted, strict=False)
        if isinstance(arg, tree.Const) and arg.type == oids.UNKNOWN and arg.value is not None
    )


_ARRAYS = (oids.ANYARRAY, oids.ANYCOMPATIBLEARRAY)


def polymorphic_cast_help(
    state: ParseState, args: Sequence[Expr], declared: Sequence[int]
) -> str | None:
    """Advice to say what the arguments are where none says of what type a polymorphic one is."""
    settling = [pair for pair in zip(args, declared, strict=False) if is_polymorphic(pair[1])]
    if not settling or any(arg.type != oids.UNKNOWN for arg, _ in settling):
        return None
    arg, wanted = settling[0]
    text, cast = quoted_source(state, arg), "text[]" if wanted in _ARRAYS else "text"
    return f"say what it is with a cast, as in {text}::{cast}" if text else None


def cast_help(state: ParseState, expr: Expr, target: int) -> str | None:
    """Advice to cast an expression, None where no cast would do."""
    cast = written_cast(state, expr, target)
    if target == oids.BOOL and state.catalog.type_category(expr.type) == "S":
        return None
    return None if cast is None else f"write an explicit cast: {cast}"


def is_out_of_json(expr: Expr) -> bool:
    """Whether a text has been taken out of a JSON value, where it may have been anything."""
    return isinstance(expr, tree.OpCall) and is_operator(expr.operator, "->>", "#>>")
