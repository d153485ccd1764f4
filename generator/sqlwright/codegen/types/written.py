"""Python types that a user wrote, in the configuration or in a comment, as values."""

from __future__ import annotations

from sqlwright.codegen.types.expressions import (
    Constant,
    Subscripted,
    TypeExpression,
    TypeName,
    parse_type,
)
from sqlwright.codegen.types.python_type import (
    ELLIPSIS,
    NO_VALUE,
    PythonType,
    builtin,
    of_module,
    union,
)

_NO_ELEMENTS = PythonType("()", is_class=False)
"""The argument of the type of an empty tuple."""


def written_type(text: str) -> PythonType:
    """The type that `text` describes; names with dots are of the module before the last dot.

    Raises TypeTextError for text that is no type.
    """
    return _type(parse_type(text))


def _type(written: TypeExpression) -> PythonType:
    if isinstance(written, TypeName):
        return of_module(written.module, written.name) if written.module else builtin(written.name)
    if isinstance(written, Subscripted):
        empty = (PythonType("()", is_class=False),)
        return _type(written.outer).of(
            *map(_type, written.arguments) if written.arguments else empty
        )
    if isinstance(written, Constant):
        known = {"None": NO_VALUE, "...": ELLIPSIS}
        return known.get(written.text) or PythonType(written.text, is_class=False)
    return union(*map(_type, written.members))
