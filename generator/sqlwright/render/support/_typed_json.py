"""json columns whose contents have a type, checked on the way in and on the way out."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import json
import types
import typing
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, TypeVar, overload

T = TypeVar("T")


class JsonTypeError(ValueError):
    """A json value that is not of the type it should have; `path` says where in it."""

    def __init__(self, path: str, expected: str, value: object) -> None:
        super().__init__(f"{path}: expected {expected}, found {value!r}")
        self.path = path


@overload
def decode_typed_json(value: Any, kind: type[T]) -> T: ...


@overload
def decode_typed_json(value: Any, kind: Any) -> Any: ...


def decode_typed_json(value: Any, kind: Any) -> Any:
    """The object that a json text describes, or a value that the connection decoded."""
    return _codec(kind).decode(value)


def encode_typed_json(value: Any, kind: Any) -> str:
    """The json text of an object of the type."""
    return _codec(kind).encode(value)


@dataclasses.dataclass(frozen=True)
class _Codec:
    decode: Callable[[Any], Any]
    encode: Callable[[Any], str]


@cache
def _codec(kind: Any) -> _Codec:
    """The library that a type comes from checks it; other types are checked here."""
    if hasattr(kind, "model_validate_json"):
        return _pydantic_codec(kind)
    if hasattr(kind, "__struct_fields__"):
        return _msgspec_codec(kind)
    return _Codec(
        lambda value: _read(
            json.loads(value) if type(value) is str else value, kind, "$"
        ),
        lambda value: json.dumps(_written(value, kind)),
    )


def _pydantic_codec(kind: Any) -> _Codec:
    def decode(value: Any) -> Any:
        if type(value) is str:
            return kind.model_validate_json(value)
        return kind.model_validate(value)

    def encode(value: Any) -> str:
        text: str = kind.model_validate(value).model_dump_json(by_alias=True)
        # An object that was changed since it was made has not been checked again.
        kind.model_validate_json(text)
        return text

    return _Codec(decode, encode)


def _msgspec_codec(kind: Any) -> _Codec:
    # By name, so that type checkers do not miss it where no type is one of msgspec's.
    msgspec: Any = import_module("msgspec")

    def decode(value: Any) -> Any:
        if type(value) is str:
            return msgspec.json.decode(value, type=kind)
        return msgspec.convert(value, kind)

    def encode(value: Any) -> str:
        data: bytes = msgspec.json.encode(value)
        # An object checks neither what it is made of nor what it is changed to.
        msgspec.json.decode(data, type=kind)
        return data.decode()

    return _Codec(decode, encode)


def _written(value: Any, kind: Any) -> Any:
    """The plain json value of an object, from which it can be read back."""
    plain = _plain(value)
    _read(plain, kind, "$")
    return plain


def _plain(value: Any) -> Any:
    kind: Any = value.__class__
    if hasattr(kind, "model_validate_json") or hasattr(kind, "__struct_fields__"):
        return json.loads(_codec(kind).encode(value))
    if dataclasses.is_dataclass(kind):
        fields = dataclasses.fields(value)
        return {field.name: _plain(getattr(value, field.name)) for field in fields}
    if _is_a(value, enum.Enum):
        return _plain(value.value)
    if _is_a(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if _is_a(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if _is_a(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if _is_a(value, (uuid.UUID, decimal.Decimal)):
        return str(value)
    return value


_TEXTS: dict[Any, Callable[[str], Any]] = {
    datetime.datetime: datetime.datetime.fromisoformat,
    datetime.date: datetime.date.fromisoformat,
    datetime.time: datetime.time.fromisoformat,
    uuid.UUID: uuid.UUID,
    decimal.Decimal: decimal.Decimal,
}


def _read(value: Any, kind: Any, path: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any or kind is object:
        return value
    if origin in (typing.Union, types.UnionType):
        return _read_union(value, arguments, path)
    if origin is typing.Literal:
        return _checked(value, value in arguments, f"one of {arguments}", path)
    if origin in (typing.Annotated, typing.Required, typing.NotRequired):
        return _read(value, arguments[0], path)
    if hasattr(kind, "model_validate_json") or hasattr(kind, "__struct_fields__"):
        return _codec(kind).decode(json.dumps(value))
    if _is_typed_dict(kind) or dataclasses.is_dataclass(kind):
        return _read_fields(value, kind, path)
    return _read_simple(value, kind, origin or kind, arguments, path)


def _read_union(value: Any, kinds: Sequence[Any], path: str) -> Any:
    failure: JsonTypeError | None = None
    for kind in kinds:
        try:
            return _read(value, kind, path)
        except JsonTypeError as error:
            # The alternative that fits best is the one that got furthest.
            if failure is None or len(error.path) > len(failure.path):
                failure = error
    assert failure is not None
    raise failure


def _read_fields(value: Any, kind: Any, path: str) -> Any:
    _checked(value, _is_a(value, dict), f"an object ({kind.__name__})", path)
    hints = typing.get_type_hints(kind, include_extras=True)
    for name in _required(kind, hints) - value.keys():
        raise JsonTypeError(path, f"a field {name!r} of {kind.__name__}", value)
    for name in value.keys() - hints.keys():
        raise JsonTypeError(
            f"{path}.{name}", f"no such field in {kind.__name__}", value
        )
    read = {
        name: _read(item, hints[name], f"{path}.{name}") for name, item in value.items()
    }
    return read if _is_typed_dict(kind) else kind(**read)


def _is_typed_dict(kind: Any) -> bool:
    """Also of typing_extensions, whose TypedDict is another one."""
    return hasattr(kind, "__required_keys__")


def _is_a(value: object, kind: Any) -> bool:
    """isinstance, of which checkers would conclude too little where anything goes."""
    return isinstance(value, kind)


def _required(kind: Any, hints: Mapping[str, Any]) -> frozenset[str]:
    if _is_typed_dict(kind):
        return frozenset(
            name
            for name, hint in hints.items()
            # With postponed annotations the class itself does not know of NotRequired.
            if typing.get_origin(hint) is typing.Required
            or (
                name in kind.__required_keys__
                and typing.get_origin(hint) is not typing.NotRequired
            )
        )
    return frozenset(
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    )


def _read_simple(
    value: Any, kind: Any, outer: Any, arguments: tuple[Any, ...], path: str
) -> Any:
    if kind is None or kind is type(None):
        return _checked(value, value is None, "null", path)
    if outer in (list, Sequence):
        _checked(value, _is_a(value, list), "a list", path)
        inner = arguments[0] if arguments else Any
        return [_read(item, inner, f"{path}[{at}]") for at, item in enumerate(value)]
    if outer is tuple:
        return _read_tuple(value, arguments, path)
    if outer in (dict, Mapping):
        _checked(value, _is_a(value, dict), "an object", path)
        inner = arguments[1] if arguments else Any
        return {
            name: _read(item, inner, f"{path}.{name}") for name, item in value.items()
        }
    if kind in _TEXTS or _is_a(kind, enum.EnumMeta):
        return _read_text(value, kind, path)
    if kind is float:
        number = _is_a(value, (int, float)) and not _is_a(value, bool)
        return float(_checked(value, number, "a number", path))
    fits = _is_a(value, kind) and (kind is bool or not _is_a(value, bool))
    return _checked(value, fits, getattr(kind, "__name__", str(kind)), path)


def _read_tuple(value: Any, arguments: tuple[Any, ...], path: str) -> Any:
    _checked(value, _is_a(value, list), "a list", path)
    if len(arguments) == 2 and arguments[1] is ...:
        arguments = (arguments[0],) * len(value)
    _checked(value, len(value) == len(arguments), f"{len(arguments)} items", path)
    pairs = zip(value, arguments, strict=True)
    return tuple(
        _read(item, kind, f"{path}[{at}]") for at, (item, kind) in enumerate(pairs)
    )


def _read_text(value: Any, kind: Any, path: str) -> Any:
    try:
        return _TEXTS[kind](value) if kind in _TEXTS else kind(value)
    except (ValueError, TypeError, ArithmeticError):
        raise JsonTypeError(path, kind.__name__, value) from None


def _checked(value: Any, fits: bool, expected: str, path: str) -> Any:
    if not fits:
        raise JsonTypeError(path, expected, value)
    return value
