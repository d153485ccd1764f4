"""Values on their way from and to the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

E = TypeVar("E", bound=StrEnum)


class _Labels(dict[str, E], Generic[E]):
    def __init__(self, enum: type[E]) -> None:
        super().__init__({member.value: member for member in enum})
        self.enum = enum

    def __missing__(self, label: str) -> E:
        raise ValueError(
            f"{label!r} is a label that {self.enum.__name__} does not have; "
            "generate again from the schema that has it"
        )


def label_decoder(enum: type[E]) -> Callable[[str], E]:
    """A fast look-up of the member for a label, ValueError for a label unknown here."""
    return _Labels(enum).__getitem__


def decode_array(values: Sequence[Any], decode: Callable[[Any], object]) -> list[Any]:
    """An array of any dimensions with its elements decoded; NULL is None."""
    return [
        None
        if value is None
        else decode_array(value, decode)
        if _is_nested(value)
        else decode(value)
        for value in values
    ]


def encode_array(values: Sequence[Any], encode: Callable[[Any], object]) -> list[Any]:
    """An array of any dimensions with its elements encoded; None is NULL."""
    return [
        None
        if value is None
        else encode_array(value, encode)
        if _is_nested(value)
        else encode(value)
        for value in values
    ]


def _is_nested(value: object) -> bool:
    """Whether an element is a further dimension; a named tuple is a composite value."""
    return type(value) in (list, tuple)


def decode_items(values: Sequence[Any], decode: Callable[[Any], object]) -> list[Any]:
    """An array of one dimension, whose elements may be lists themselves, decoded."""
    return [None if value is None else decode(value) for value in values]


def encode_items(values: Sequence[Any], encode: Callable[[Any], object]) -> list[Any]:
    """An array of one dimension, whose elements may be lists themselves, encoded."""
    return [None if value is None else encode(value) for value in values]


def encode_values(values: Sequence[Any], encode: Callable[[Any], object]) -> list[Any]:
    """As `encode_items`, where None is a value that has a text, not NULL."""
    return [encode(value) for value in values]


def decode_fields(
    values: Sequence[Any], *decoders: Callable[[Any], object] | None
) -> tuple[Any, ...]:
    """An anonymous row with its fields decoded; NULL is None."""
    return tuple(
        value if value is None or decode is None else decode(value)
        for value, decode in zip(values, decoders, strict=True)
    )


def decode_range(value: Any, decode: Callable[[Any], object]) -> Any:
    """A range with its bounds decoded."""
    return _with_bounds(value, decode)


def encode_range(value: Any, encode: Callable[[Any], object]) -> Any:
    """A range with its bounds encoded."""
    return _with_bounds(value, encode)


def _with_bounds(value: Any, convert: Callable[[Any], object]) -> Any:
    return type(value)(
        None if value.lower is None else convert(value.lower),
        None if value.upper is None else convert(value.upper),
        lower_inc=value.lower_inc,
        upper_inc=value.upper_inc,
        empty=value.isempty,
    )
