"""Elements of arrays that functions give back: NULL only if one that went in may be (manual 9.19).

Every rule is about the elements of an array that is there.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.premises.constants import is_null
from sqlwright.catalog import oids
from sqlwright.catalog.identity import is_function, is_own, own_name
from sqlwright.catalog.model import Function

_ARRAYS = (oids.ANYARRAY, oids.ANYCOMPATIBLEARRAY)
_ELEMENTS = {
    oids.ANYARRAY: (oids.ANYELEMENT, oids.ANYNONARRAY),
    oids.ANYCOMPATIBLEARRAY: (oids.ANYCOMPATIBLE, oids.ANYCOMPATIBLENONARRAY),
}
_ALIKE = (*_ARRAYS, oids.ANYELEMENT, oids.ANYCOMPATIBLE)

_SOUGHT = {"array_remove": 1, "array_replace": 1}
"""Where a function has an element that is looked for, and does not go into the result."""

_NEVER = (
    "array_positions",
    "current_schemas",
    "enum_range",
    "parse_ident",
    "pg_blocking_pids",
    "pg_safe_snapshot_blocking_pids",
    "regexp_split_to_array",
    "ts_lexize",
    "tsvector_to_array",
    "xpath",
)
"""Functions that make an array of what they find, which is never NULL."""


def of_call(judge: Judge, function: Function, args: Mapping[int, tree.Expr], scope: Scope) -> bool:
    """Whether elements of what a function gives back may be NULL; `args` by declared position."""
    if not is_own(function):
        return True
    if is_function(function, *_NEVER):
        return False
    if is_function(function, "string_to_array"):
        # The text that stands for NULL is the third argument.
        return 2 in args and not is_null(args[2])
    if function.result not in _ALIKE:
        return True
    if is_function(function, "array_remove") and 1 in args and is_null(args[1]):
        return False
    sought = _SOUGHT.get(own_name(function))
    return any(
        _goes_in(judge, function, at, expr, scope) for at, expr in args.items() if at != sought
    )


def _goes_in(judge: Judge, function: Function, at: int, expr: tree.Expr, scope: Scope) -> bool:
    """Whether an argument may bring NULL among the elements of the result."""
    declared = function.arguments[at] if at < len(function.arguments) else 0
    if declared == function.result:
        return judge.verdict(expr, scope).elements
    if declared in _ELEMENTS.get(function.result, ()):
        return judge.verdict(expr, scope).nullable
    return False
