"""Types made of others: arrays, ranges and multiranges."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import PublicNames
from sqlwright.codegen.types.base_types import RANGE
from sqlwright.codegen.types.codec import Codec, Conversion
from sqlwright.codegen.types.python_type import PythonType, list_of, union

MOST_DIMENSIONS = 6


def array_codec(element: Codec, public: PublicNames, dimensions: Sequence[int] = (1,)) -> Codec:
    """An array of one of these numbers of dimensions: lists of lists where it comes back, sequences
    where it is sent. PostgreSQL makes none of more than six, whatever an expression says
    (MAXDIM, manual 8.15)."""
    dimensions = tuple(dict.fromkeys(min(each, MOST_DIMENSIONS) for each in dimensions))
    name, needed = public.imported("collections.abc", "Sequence")
    sequence = PythonType(name, needed)
    # Where an element may be a list itself, only one number of them can be read.
    depths = dimensions[:1] if element.may_be_list else dimensions
    result = union(*(_nested(element.result, list_of, depth) for depth in depths))
    parameter = union(*(_nested(element.parameter, sequence.of, depth) for depth in depths))
    held = union(*(_nested(element.held or element.result, sequence.of, depth) for depth in depths))
    return Codec(
        result,
        parameter,
        _decode(element, depths, public),
        _encode(element, depths[0], public),
        sent_as=f"{element.sent_as}[]" if element.sent_as else "",
        uses=element.uses,
        held=held,
    )


def _decode(element: Codec, depths: Sequence[int], public: PublicNames) -> Conversion | None:
    """Json comes as text, so that what is a list is a dimension, but for a codec of the connection;
    in one dimension nothing has to be told from elements."""
    if not element.may_be_list and (tuple(depths) != (1,) or not element.sent_as):
        return _each(element.decode, "decode_array", public)
    decode = element.decode
    for _ in range(depths[0]):
        decode = _each(decode, "decode_items", public)
    return decode


def _encode(element: Codec, depth: int, public: PublicNames) -> Conversion | None:
    """A list may be an element where it is a value of json, and None too where NULL may not be.
    asyncpg takes no tuple for a further dimension, so that one of several is made of lists."""
    encode = element.encode
    if depth == 1 and not (element.may_be_list or element.sent_as):
        return _each(encode, "encode_array", public)
    if encode is None:
        encode = Conversion("list") if depth > 1 else None
    else:
        none_is_value = encode.takes_none and not element.optional
        encode = _each(encode, "encode_values" if none_is_value else "encode_items", public)
    for _ in range(depth - 1):
        encode = _each(encode, "encode_items", public)
    return encode


def _nested(inner: PythonType, outer: Callable[[PythonType], PythonType], depth: int) -> PythonType:
    for _ in range(depth):
        inner = outer(inner)
    return inner


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
