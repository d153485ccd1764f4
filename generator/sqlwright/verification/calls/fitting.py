"""Whether a value is what its annotation says, all the way down."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import Enum
from functools import cache
from typing import Any

_ALTERNATIVES = (typing.Union, types.UnionType)


def misfit(value: Any, annotation: Any, path: str = "") -> str | None:
    """Where and how a value is not of an annotation's type; None if it is."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation in (Any, object) or isinstance(annotation, typing.TypeVar):
        return None
    if annotation in (None, type(None)):
        return None if value is None else _told(value, "None", path)
    if isinstance(annotation, typing.NewType):
        return misfit(value, annotation.__supertype__, path)
    if origin in _ALTERNATIVES:
        return _of_alternatives(value, annotation, arguments, path)
    if origin is typing.Literal:
        same = any(value == item and type(value) is type(item) for item in arguments)
        return None if same else _told(value, named(annotation), path)
    if origin in (typing.Annotated, typing.Required, typing.NotRequired):
        return misfit(value, arguments[0], path)
    if origin is not None:
        return _of_generic(value, annotation, origin, arguments, path)
    return _of_class(value, annotation, path)


def named(annotation: Any) -> str:
    """An annotation as people write it."""
    if annotation is type(None):
        return "None"
    if typing.get_origin(annotation) in _ALTERNATIVES:
        return " | ".join(named(item) for item in typing.get_args(annotation))
    if typing.get_origin(annotation) is None and isinstance(annotation, type):
        return annotation.__name__
    return str(annotation).replace("typing.", "").replace("collections.abc.", "")


def fields_of(annotation: Any) -> dict[str, Any] | None:
    """The fields of a class with annotated ones, and their types: of a dataclass, a named tuple, a
    TypedDict, a class of attrs, pydantic or msgspec. None for any other."""
    return _fields_of_class(annotation) if isinstance(annotation, type) else None


@cache
def _fields_of_class(annotation: type) -> dict[str, Any] | None:
    if hasattr(annotation, "__required_keys__"):
        return typing.get_type_hints(annotation)
    if issubclass(annotation, tuple) and hasattr(annotation, "_fields"):
        names: Iterable[str] = annotation._fields
    elif hasattr(annotation, "__dataclass_fields__"):
        names = [item.name for item in annotation.__dataclass_fields__.values() if item.init]
    elif hasattr(annotation, "__attrs_attrs__"):
        names = [item.name for item in annotation.__attrs_attrs__]
    elif hasattr(annotation, "__struct_fields__"):
        names = annotation.__struct_fields__
    elif (of_pydantic := getattr(annotation, "model_fields", None)) is not None:
        names = list(of_pydantic)
    else:
        return None
    hints = typing.get_type_hints(annotation)
    return {name: hints.get(name, Any) for name in names}


def _told(value: Any, expected: str, path: str) -> str:
    shown = repr(value)
    shown = shown if len(shown) <= 80 else f"{shown[:79]}…"
    return f"{path.lstrip('.') or 'it'} is {shown}, not {expected}"


def _of_alternatives(
    value: Any, annotation: Any, alternatives: Sequence[Any], path: str
) -> str | None:
    deepest = ""
    for item in alternatives:
        found = misfit(value, item, path)
        if found is None:
            return None
        # The alternative that the value is nearest to has the most to say.
        if not found.startswith(_told(value, "", path).rstrip()):
            deepest = found
    return deepest or _told(value, named(annotation), path)


def _of_generic(
    value: Any, annotation: Any, origin: Any, arguments: tuple[Any, ...], path: str
) -> str | None:
    if not isinstance(value, origin) or isinstance(value, (str, bytes)):
        return _told(value, named(annotation), path)
    if origin is tuple:
        return _of_tuple(value, annotation, arguments, path)
    if isinstance(value, Mapping):
        pairs = [(f"{path}[{key!r}]", item, arguments[1]) for key, item in value.items()]
        return _first(pairs)
    if isinstance(value, (Sequence, Set)):
        return _first([(f"{path}[{at}]", item, arguments[0]) for at, item in enumerate(value)])
    if hasattr(value, "lower_inc"):
        bounds = (("lower", value.lower), ("upper", value.upper))
        return _first(
            [(f"{path}.{name}", item, arguments[0]) for name, item in bounds if item is not None]
        )
    return None


def _of_tuple(value: Any, annotation: Any, arguments: tuple[Any, ...], path: str) -> str | None:
    if len(arguments) == 2 and arguments[1] is ...:
        arguments = (arguments[0],) * len(value)
    if arguments == ((),):
        arguments = ()
    if len(value) != len(arguments):
        return _told(value, named(annotation), path)
    pairs = enumerate(zip(value, arguments, strict=True))
    return _first([(f"{path}[{at}]", item, inner) for at, (item, inner) in pairs])


def _first(parts: Iterable[tuple[str, Any, Any]]) -> str | None:
    for path, item, annotation in parts:
        found = misfit(item, annotation, path)
        if found is not None:
            return found
    return None


def _of_class(value: Any, annotation: Any, path: str) -> str | None:
    if not isinstance(annotation, type):
        return None
    fields = fields_of(annotation)
    if hasattr(annotation, "__required_keys__"):
        return _of_typed_dict(value, annotation, fields or {}, path)
    if not _is_instance(value, annotation):
        return _told(value, named(annotation), path)
    if not fields:
        return None
    return _first([(f"{path}.{name}", getattr(value, name), of) for name, of in fields.items()])


def _of_typed_dict(value: Any, annotation: Any, fields: dict[str, Any], path: str) -> str | None:
    if not isinstance(value, dict) or not annotation.__required_keys__ <= set(value) <= set(fields):
        return _told(value, named(annotation), path)
    return _first([(f"{path}[{name!r}]", item, fields[name]) for name, item in value.items()])


def _is_instance(value: Any, annotation: type) -> bool:
    """isinstance, without the kinships of Python's classes that PostgreSQL's types do not have: a
    boolean is no number, a time stamp no date, a label no text."""
    if annotation in (int, float):
        return isinstance(value, annotation) and not isinstance(value, (bool, Enum))
    if annotation is str or annotation.__name__ == "date":
        return type(value) is annotation
    try:
        return isinstance(value, annotation)
    except TypeError:
        return True  # a protocol without a check at run time
