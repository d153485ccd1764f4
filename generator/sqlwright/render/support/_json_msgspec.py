"""json and jsonb as Python objects, on connections with a codec for them or without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec

if TYPE_CHECKING:
    JsonValue: TypeAlias = (
        dict[str, "JsonValue"] | list["JsonValue"] | str | int | float | bool | None
    )
    JsonInput: TypeAlias = (
        Mapping[str, "JsonInput"]
        | Sequence["JsonInput"]
        | str
        | int
        | float
        | bool
        | None
    )
else:
    # Libraries that read annotations at run time take no alias that refers to itself.
    JsonValue = dict[str, Any] | list[Any] | str | int | float | bool | None
    JsonInput = Mapping[str, Any] | Sequence[Any] | str | int | float | bool | None


class JsonNull(Enum):
    """JSON's own null in a place that may also be NULL, which is None there."""

    JSON_NULL = "null"

    def __bool__(self) -> bool:
        return False


JSON_NULL: Final = JsonNull.JSON_NULL

_decoder = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder()


def decode_json(value: Any) -> JsonValue:
    """The value of a text; what a codec of the connection has decoded already stays."""
    decoded: JsonValue = _decoder.decode(value) if type(value) is str else value
    return decoded


def decode_nullable_json(value: Any) -> JsonValue | JsonNull:
    """As `decode_json`, telling JSON's null from NULL."""
    if value is None:
        return None
    decoded = decode_json(value)
    return JSON_NULL if decoded is None else decoded


def encode_json(value: JsonInput | JsonNull) -> str:
    """The text of a value; None is JSON's null."""
    return "null" if value is JSON_NULL else _encoder.encode(value).decode()


def encode_nullable_json(value: JsonInput | JsonNull) -> str | None:
    """The text of a value; None is NULL."""
    return None if value is None else encode_json(value)


def load_json(value: Any) -> Any:
    """As `decode_json`, for what is made of the value."""
    return decode_json(value)


def dump_json(value: Any) -> str:
    """As `encode_json`, of a value whose type is known elsewhere."""
    return encode_json(value)
