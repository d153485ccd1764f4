"""Data classes that cost little to define and little to make.

The program has some five hundred. The standard library compiles up to five functions for each of
them at every start, and each value of a frozen one pays for that as it is made. Here a class gets
its methods as they are first called, which many never are; all classes with as many fields share
one compiled constructor under names of their own; and being frozen is for type checkers, who take
these names for the standard library's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, field
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from sqlwright import constructors

__all__ = [
    "dataclass",
    "field",
    "fields",
    "is_dataclass",
    "maker",
    "packed_by",
    "replace",
    "shown",
    "unpacked_by",
]

P = ParamSpec("P")
T = TypeVar("T")

Fields = dict[str, Field[Any]]
Shared = Literal["constructor", "making", "copying"]

_FIELD = dataclasses._FIELD  # type: ignore[attr-defined]
"""The kind of a field, by which `fields` knows it."""


def _dataclass(cls: type | None = None, /, **asked: bool) -> Any:
    """`dataclasses.dataclass`."""
    if cls is None:
        return lambda cls: _dataclass(cls, **asked)
    namespace = dict(cls.__dict__)
    every = _inherited(cls)
    slots = []
    for name, annotation in cls.__annotations__.items():
        if name not in every:
            slots.append(name)
        item = _declared(namespace.pop(name, MISSING), asked.get("kw_only", False))
        item.name, item.type, item._field_type = name, annotation, _FIELD
        every[name] = item
    as_usual = getattr(cls, "__reduce__", None) is object.__reduce__
    given = {
        "__dataclass_fields__": every,
        "__match_args__": tuple(
            [name for name, item in every.items() if item.init and not item.kw_only]
        ),
        "__replacing__": None,
        # Not so where a value may change, since a circle can lead through it: such a one has to be
        # there before what it holds.
        "__packed_by_fields__": bool(asked.get("frozen") and asked.get("slots") and as_usual),
        **_methods(namespace, asked),
    }
    if not asked.get("slots"):
        for name in cls.__annotations__.keys() & cls.__dict__.keys():
            delattr(cls, name)  # its default
        for name, value in given.items():
            setattr(cls, name, value)
        return cls
    # The class over, since slots have to be there as a class is made, without its defaults.
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    namespace |= given
    namespace["__slots__"] = tuple(slots)
    namespace["__qualname__"] = cls.__qualname__
    return type(cls)(cls.__name__, cls.__bases__, namespace)


def _replace(value: Any, /, **changes: Any) -> Any:
    """`dataclasses.replace`."""
    kind = value.__class__
    replacing = getattr(kind, "__replacing__", None)
    if replacing is None:
        if hasattr(kind, "__written_out__"):
            made = value.__copied__()
            for name in changes:
                setattr(made, name, changes[name])
            return made
        if hasattr(kind, "__post_init__"):
            return dataclasses.replace(value, **changes)
        replacing = kind.__replacing__ = _replacing(kind)
    copied, names, anew = replacing
    made = copied(kind, value)
    if anew:
        for item in anew:
            default = item.default if item.default_factory is MISSING else item.default_factory()
            setattr(made, item.name, default)
    for name in changes:
        if name not in names:
            raise TypeError(f"{kind.__qualname__} has no field {name!r}")
        setattr(made, name, changes[name])
    return made


def maker(kind: Callable[P, T]) -> Callable[P, T]:
    """A function that does what calling a class does, in less time: what a class is given by name
    travels in a dict, and from there on to its constructor. Of a class that is no data class, the
    constructor must do nothing but keep each value under its parameter's name.
    """
    cls: Any = kind
    if hasattr(cls, "__written_out__"):
        return kind
    every = getattr(cls, "__dataclass_fields__", {}).values()
    if hasattr(cls, "__post_init__") or any(_is_special(item) for item in every):
        return kind
    constructor = _constructor_of(cls) if every else cls.__init__
    names = constructor.__code__.co_varnames[1:]
    code = _code("making", len(names)).replace(
        co_varnames=(*names, "made"),
        co_names=("new", "kind", *names),
        co_argcount=constructor.__code__.co_argcount - 1,
        co_kwonlyargcount=constructor.__code__.co_kwonlyargcount,
        co_name=cls.__name__,
        co_qualname=cls.__qualname__,
    )
    names_in_use = {"new": object.__new__, "kind": cls}
    make: Any = FunctionType(code, names_in_use, cls.__name__, constructor.__defaults__)
    make.__kwdefaults__ = constructor.__kwdefaults__
    return make  # type: ignore[no-any-return]


def packed_by(kind: Any) -> Callable[[Any], Any] | None:
    """What packs values of a class for `pickle`: by what stands in their fields, without the names
    of these, which takes less time and room. None where `pickle` knows best."""
    if hasattr(kind, "__written_out__"):
        return kind.__reduce__  # type: ignore[no-any-return]
    if hasattr(kind, "_fields"):  # a named tuple
        return lambda value: (kind, tuple(value))
    if not kind.__dict__.get("__packed_by_fields__"):
        return None
    values = _reader(list(kind.__dataclass_fields__))
    return lambda value: (kind, values(value))


def unpacked_by(kind: Any) -> Callable[..., Any]:
    """What makes a value of a class from what `packed_by` has packed."""
    if not kind.__dict__.get("__packed_by_fields__"):
        return kind  # type: ignore[no-any-return]
    names = tuple(kind.__dataclass_fields__)
    code = _code("making", len(names)).replace(
        co_varnames=(*names, "made"), co_names=("new", "kind", *names), co_name=kind.__name__
    )
    return FunctionType(code, {"new": object.__new__, "kind": kind})


def _fields(value: Any) -> tuple[Field[Any], ...]:
    """`dataclasses.fields`."""
    kind = value if isinstance(value, type) else value.__class__
    if hasattr(kind, "__written_out__"):
        return _fields_written_out(kind)
    return dataclasses.fields(kind)


def _is_dataclass(value: Any) -> bool:
    """`dataclasses.is_dataclass`."""
    return hasattr(value, "__written_out__") or dataclasses.is_dataclass(value)


def shown(value: object, names: tuple[str, ...]) -> str:
    """A value with those of its fields."""
    parts = ", ".join([f"{name}={getattr(value, name)!r}" for name in names])
    return f"{value.__class__.__qualname__}({parts})"


if TYPE_CHECKING:
    from dataclasses import dataclass, fields, is_dataclass, replace
else:
    dataclass, replace = _dataclass, _replace
    fields, is_dataclass = _fields, _is_dataclass


@cache
def _fields_written_out(kind: Any) -> tuple[Field[Any], ...]:
    """The fields of a class that has been compiled, which knows their names and types."""
    made = []
    for name, annotation in kind.__written_out__:
        item: Field[Any] = field()
        item.name, item.type = name, annotation
        made.append(item)
    return tuple(made)


def _inherited(cls: type) -> Fields:
    every: Fields = {}
    for base in cls.__mro__[:0:-1]:
        every |= base.__dict__.get("__dataclass_fields__", {})
    return every


def _declared(given: Any, kw_only: bool) -> Any:
    """The field of which this was said in the class, which may be nothing."""
    if isinstance(given, Field):
        given.kw_only = kw_only if given.kw_only is MISSING else given.kw_only
        return given
    return field(default=given, kw_only=kw_only)


def _methods(own: dict[str, Any], asked: dict[str, bool]) -> dict[str, Any]:
    """The methods that a class is given, besides its own."""
    methods: dict[str, Any] = {"__init__": _INIT, "__repr__": _REPR}
    if asked.get("eq", True):
        methods["__eq__"] = own.get("__eq__", _EQ)
        # A value that may change cannot be looked up; one that says how it is, is.
        methods["__hash__"] = own.get("__hash__") or (_HASH if asked.get("frozen") else None)
    if asked.get("order"):
        methods["__lt__"] = _LT
    return methods


def _later(name: str, method_of: Callable[[Any], Any]) -> Any:
    """A method that is made for a class, and put in place of this one, as it is first called."""

    def first(self: Any, /, *args: Any, **named: Any) -> Any:
        owner = next(each for each in type(self).__mro__ if each.__dict__.get(name) is first)
        made = method_of(owner)
        setattr(owner, name, made)
        return made(self, *args, **named)

    return first


def _constructor_of(cls: Any) -> FunctionType:
    """`__init__`, with the fields that are given by name alone behind the others."""
    every = cls.__dataclass_fields__.values()
    placed = [item for item in every if item.init and not item.kw_only]
    named = [item for item in every if item.init and item.kw_only]
    if hasattr(cls, "__post_init__") or any(_is_special(item) for item in every):
        return _special_constructor(cls, placed, named)
    names = tuple(item.name for item in (*placed, *named))
    code = _code("constructor", len(names)).replace(
        co_varnames=("self", *names),
        co_names=names,
        co_name="__init__",
        co_argcount=1 + len(placed),
        co_kwonlyargcount=len(named),
        co_qualname=f"{cls.__qualname__}.__init__",
    )
    defaults = tuple(item.default for item in placed if item.default is not MISSING)
    made = FunctionType(code, {}, "__init__", defaults)
    made.__kwdefaults__ = {
        item.name: item.default for item in named if item.default is not MISSING
    } or None
    return made


def _replacing(cls: Any) -> tuple[FunctionType, frozenset[str], tuple[Field[Any], ...]]:
    """What makes a value of a class with all that another has in the fields of these names, and
    the fields that are made anew."""
    every = cls.__dataclass_fields__.values()
    # Those that are given by name alone stand last, as they do among a constructor's parameters.
    given = sorted((item for item in every if item.init), key=lambda item: bool(item.kw_only))
    names = tuple(item.name for item in given)
    code = _code("copying", len(names)).replace(co_names=("new", *names))
    copier = FunctionType(code, {"new": object.__new__})
    return copier, frozenset(names), tuple(item for item in every if not item.init)


@cache
def _code(kind: Shared, count: int) -> CodeType:
    """The code for values of so many fields, whose names are yet to be set: from a module that has
    been compiled with the others, or compiled now where that does not go so far."""
    name = f"{kind}_{count}"
    known = vars(constructors)
    if name not in known:
        exec(written(kind, count), known := {})
    code: CodeType = known[name].__code__
    return code


def written(kind: Shared, count: int) -> str:
    """The source of a function for values of so many fields: a constructor, one that makes such a
    value, or one that copies it."""
    given = [f"p{at}" for at in range(count)]
    if kind == "copying":
        given = ["kind", "value"]
        lines = [f"made.f{at} = value.f{at}" for at in range(count)]
    elif kind == "making":
        lines = [f"made.f{at} = p{at}" for at in range(count)]
    else:
        lines = [f"self.f{at} = p{at}" for at in range(count)] or ["pass"]
        given = ["self", *given]
    if kind != "constructor":
        lines = ["made = new(kind)", *lines, "return made"]
    return f"def {kind}_{count}({', '.join(given)}):\n    " + "\n    ".join(lines)


def _is_special(item: Field[Any]) -> bool:
    return item.default_factory is not MISSING or not item.init


def _special_constructor(
    cls: Any, placed: list[Field[Any]], named: list[Field[Any]]
) -> FunctionType:
    """A constructor compiled for one class: some field's value is made anew for each value."""
    names: dict[str, Any] = {"_made": object()}
    parameters, lines = ["self"], []
    for at, item in enumerate((*placed, *named)):
        if at == len(placed):
            parameters.append("*")
        if item.default_factory is not MISSING:
            parameters.append(f"{item.name}=_made")
        elif item.default is not MISSING:
            names[f"_default_{item.name}"] = item.default
            parameters.append(f"{item.name}=_default_{item.name}")
        else:
            parameters.append(item.name)
    for item in cls.__dataclass_fields__.values():
        value = item.name
        if item.default_factory is not MISSING:
            names[f"_new_{item.name}"] = item.default_factory
            value = f"_new_{item.name}()"
            if item.init:
                value += f" if {item.name} is _made else {item.name}"
        elif not item.init:
            names[f"_default_{item.name}"] = item.default
            value = f"_default_{item.name}"
        lines.append(f"self.{item.name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines), names)
    made: FunctionType = names["__init__"]
    return made


def _shown_of(cls: Any) -> Callable[[Any], str]:
    names = tuple(item.name for item in cls.__dataclass_fields__.values() if item.repr)
    return lambda self: shown(self, names)


def _equality_of(cls: Any) -> Callable[[Any, object], Any]:
    compared = _values_of(cls)

    def equals(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or compared(self) == compared(other)

    return equals


def _hash_of(cls: Any) -> Callable[[Any], int]:
    compared = _values_of(cls)
    return lambda self: hash(compared(self))


def _order_of(cls: Any) -> Callable[[Any, object], Any]:
    compared = _values_of(cls)

    def is_less(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compared(self) < compared(other)

    return is_less


def _values_of(cls: Any) -> Callable[[Any], tuple[Any, ...]]:
    """What reads the values from an object that tell it from others."""
    return _reader([item.name for item in cls.__dataclass_fields__.values() if item.compare])


def _reader(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda value: ()
    read = attrgetter(*names)
    return lambda value: (read(value),)


_INIT = _later("__init__", _constructor_of)
_REPR = _later("__repr__", _shown_of)
_EQ = _later("__eq__", _equality_of)
_HASH = _later("__hash__", _hash_of)
_LT = _later("__lt__", _order_of)
