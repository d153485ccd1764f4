"""Python types that a user wrote, in the configuration or in a comment, as values."""

from __future__ import annotations

from sqlwright.codegen.imports import PublicNames
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
    imported,
    of_module,
    union,
)

_NO_ELEMENTS = PythonType("()", is_class=False)
"""The argument of the type of an empty tuple."""


def written_type(text: str, public: PublicNames) -> PythonType:
    """The type that `text` describes; names with dots are of the module before the last dot. What
    has the name of something public is imported under another one.

    Raises TypeTextError for text that is no type.
    """
    return _type(parse_type(text), public).named_for(public)


def _type(written: TypeExpression, public: PublicNames) -> PythonType:
    if isinstance(written, TypeName):
        return _named(written, public)
    if isinstance(written, Subscripted):
        arguments = [_type(each, public) for each in written.arguments]
        return _type(written.outer, public).of(*arguments or [_NO_ELEMENTS])
    if isinstance(written, Constant):
        known = {"None": NO_VALUE, "...": ELLIPSIS}
        return known.get(written.text) or PythonType(written.text, is_class=False)
    return union(*(_type(each, public) for each in written.members))


def _named(written: TypeName, public: PublicNames) -> PythonType:
    if written.module:
        return of_module(written.module, written.name)
    if written.name in public.names:
        return imported("builtins", written.name)
    return builtin(written.name)
