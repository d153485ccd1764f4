"""Types made of others: arrays, ranges and multiranges."""

from __future__ import annotations

from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.types.base_types import RANGE
from sqlwright.codegen.types.codec import Codec, Conversion
from sqlwright.codegen.types.python_type import PythonType, list_of


def array_codec(element: Codec, public: PublicNames, dimensions: int = 1) -> Codec:
    """An array: lists of lists where it comes back, sequences where it is sent."""
    name, needed = public.imported("collections.abc", "Sequence")
    sequence = PythonType(name, needed)
    result, parameter = element.result, element.parameter
    for _ in range(dimensions):
        result, parameter = list_of(result), sequence.of(parameter)
    flat = dimensions == 1 and (element.may_be_list or element.sent_as)
    return Codec(
        result,
        parameter,
        _each(element.decode, "decode_items" if flat else "decode_array", public),
        _each(element.encode, "encode_items" if flat else "encode_array", public),
        sent_as=f"{element.sent_as}[]" if element.sent_as else "",
        uses=element.uses,
    )


def range_codec(bound: Codec, public: PublicNames) -> Codec:
    """A range of what its bounds are."""
    return Codec(
        RANGE.of(bound.result),
        RANGE.of(bound.parameter),
        _each(bound.decode, "decode_range", public),
        _each(bound.encode, "encode_range", public),
        uses=bound.uses,
    )


def _each(inner: Conversion | None, function: str, public: PublicNames) -> Conversion | None:
    """The conversion of a container whose parts go through `inner`."""
    if inner is None:
        return None
    name, needed = public.imported(modules.CONVERT, function)
    return Conversion(name, inner.imports | {needed}, (inner.as_function(),))
