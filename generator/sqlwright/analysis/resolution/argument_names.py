"""Why a call that names arguments does not reach a function of that name (manual 4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.resolution.function_candidates import CallShape, parameter_names
from sqlwright.diagnostics.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlwright.catalog.model import Function


def misuse_of_names(function: Function, shape: CallShape) -> str | None:
    """What stands against the names of a call; None where it has none, or that is elsewhere."""
    parameters = parameter_names(function, shape.include_out)
    if not shape.names or shape.count > len(parameters):
        return None
    if any(name not in parameters for name in shape.names):
        return _known(parameters)
    if function.variadic and shape.expand_variadic:
        return "where arguments are named, the last one takes VARIADIC and an array"
    by_position = parameters[: shape.count - len(shape.names)]
    for name in shape.names:
        if name in by_position:
            return f"its argument {name} is given twice"
    needed = parameters[: len(parameters) - function.defaults]
    given = {*by_position, *shape.names}
    left_out = [name for name in needed if name not in given]
    return f"it needs {', '.join(left_out)} as well" if left_out else None


def _known(parameters: list[str]) -> str:
    known = [name for name in parameters if name]
    if not known:
        return "its arguments have no names"
    return f"its argument{'s are' if len(known) > 1 else ' is'} {', '.join(known)}"


def meant_name(functions: Iterable[Function], shape: CallShape) -> tuple[str, str] | None:
    """The one name that no function has for an argument, and the one that may have been meant."""
    known = {name for each in functions for name in parameter_names(each, shape.include_out)}
    known.discard("")
    wrong = [name for name in shape.names if name not in known]
    if len(wrong) != 1:
        return None
    near = nearest(wrong[0], sorted(known.difference(shape.names)))
    return (wrong[0], near[0]) if near else None
