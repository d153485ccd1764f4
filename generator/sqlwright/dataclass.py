"""Data classes that cost little to define and little to make.

The program has some four hundred. The standard library compiles up to five functions for each of
them at every start, and each value of a frozen one pays for that as it is made. Here all classes
with as many fields share one compiled constructor under names of their own, and being frozen is for
type checkers, who take these names for the standard library's. What else a class may ask for (an
order, no slots) is left to the standard library.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, Field, field, fields, is_dataclass
from functools import cache
from inspect import get_annotations
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field", "fields", "is_dataclass", "replace"]

Fields = tuple[Field[Any], ...]


def _dataclass(cls: type | None = None, /, **asked: bool) -> Any:
    """`dataclasses.dataclass`."""
    if cls is None:
        return lambda cls: _dataclass(cls, **asked)
    if asked.get("order") or not asked.get("slots"):
        return dataclasses.dataclass(**asked)(cls)
    own = _own_fields(cls, asked.get("kw_only", False))
    every = {name: item for base in cls.__mro__[:0:-1] for name, item in _fields_of(base).items()}
    slots = tuple(name for name in own if name not in every)
    every |= own
    # Those that are given by name alone stand last, as they do among a constructor's parameters.
    given = tuple(sorted((item for item in every.values() if item.init), key=_by_name_alone))
    made: Any = _with_slots(cls, slots, tuple(item.name for item in given if not item.kw_only))
    made.__dataclass_fields__ = every
    _add_constructor(made, tuple(every.values()))
    _add_methods(made, tuple(every.values()), asked.get("eq", True), asked.get("frozen", False))
    if not hasattr(made, "__post_init__"):
        names = tuple(item.name for item in given)
        anew = tuple(item for item in every.values() if not item.init)
        made.__replacing__ = _copier(names), frozenset(names), anew
    return made


def _replace(value: Any, /, **changes: Any) -> Any:
    """`dataclasses.replace`."""
    kind = value.__class__
    if (replacing := getattr(kind, "__replacing__", None)) is None:
        return dataclasses.replace(value, **changes)
    copy_into, names, anew = replacing
    made = object.__new__(kind)
    copy_into(made, value)
    for item in anew:
        default = item.default if item.default_factory is MISSING else item.default_factory()
        setattr(made, item.name, default)
    for name, changed in changes.items():
        if name not in names:
            raise TypeError(f"{kind.__qualname__} has no field {name!r}")
        setattr(made, name, changed)
    return made


if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:
    dataclass, replace = _dataclass, _replace


def _by_name_alone(item: Field[Any]) -> bool:
    return bool(item.kw_only)


def _own_fields(cls: type, kw_only: bool) -> dict[str, Field[Any]]:
    """The fields that the class itself declares, as the standard library keeps them."""
    found: dict[str, Field[Any]] = {}
    for name, annotation in get_annotations(cls).items():
        given = cls.__dict__.get(name, MISSING)
        item: Any = given if isinstance(given, Field) else field(default=given)
        item.name, item.type = name, annotation
        item.kw_only = kw_only if item.kw_only is MISSING else item.kw_only
        item._field_type = dataclasses._FIELD  # type: ignore[attr-defined]  # what `fields` asks
        found[name] = item
    return found


def _fields_of(cls: type) -> dict[str, Field[Any]]:
    found: dict[str, Field[Any]] = cls.__dict__.get("__dataclass_fields__", {})
    return found


def _with_slots(cls: type, slots: tuple[str, ...], matched: tuple[str, ...]) -> type:
    """The class over, since slots have to be there as a class is made, without its defaults."""
    left_out = {"__dict__", "__weakref__", *get_annotations(cls)}
    namespace = {name: value for name, value in cls.__dict__.items() if name not in left_out}
    namespace |= {"__slots__": slots, "__match_args__": matched}
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    made.__qualname__ = cls.__qualname__
    return made


def _add_constructor(cls: Any, every: Fields) -> None:
    """`__init__`, with the fields that are given by name alone behind the others."""
    placed = [item for item in every if item.init and not item.kw_only]
    named = [item for item in every if item.init and item.kw_only]
    if hasattr(cls, "__post_init__") or any(_is_special(item) for item in every):
        cls.__init__ = _special_constructor(cls, every, placed, named)
        return
    names = tuple(item.name for item in (*placed, *named))
    code = _constructor(len(names)).replace(
        co_varnames=("self", *names),
        co_names=names,
        co_argcount=1 + len(placed),
        co_kwonlyargcount=len(named),
        co_qualname=f"{cls.__qualname__}.__init__",
    )
    defaults = tuple(item.default for item in placed if item.default is not MISSING)
    made = FunctionType(code, {}, "__init__", defaults)
    made.__kwdefaults__ = {
        item.name: item.default for item in named if item.default is not MISSING
    } or None
    cls.__init__ = made


def _copier(names: tuple[str, ...]) -> FunctionType:
    """What gives one value all that another has in the fields of these names."""
    return FunctionType(_copying(len(names)).replace(co_names=names), {})


@cache
def _copying(count: int) -> CodeType:
    """The code of a copier of so many fields, whose names are yet to be set."""
    lines = [f"made.f{at} = value.f{at}" for at in range(count)] or ["pass"]
    names: dict[str, Any] = {}
    exec("def copy_into(made, value):\n " + "\n ".join(lines), names)
    code: CodeType = names["copy_into"].__code__
    return code


@cache
def _constructor(count: int) -> CodeType:
    """The code of a constructor with so many fields, whose names are yet to be set."""
    parameters = ", ".join(("self", *(f"p{at}" for at in range(count))))
    lines = [f"self.f{at} = p{at}" for at in range(count)] or ["pass"]
    names: dict[str, Any] = {}
    exec(f"def __init__({parameters}):\n " + "\n ".join(lines), names)
    code: CodeType = names["__init__"].__code__
    return code


def _is_special(item: Field[Any]) -> bool:
    return item.default_factory is not MISSING or not item.init


def _special_constructor(
    cls: Any, every: Fields, placed: list[Field[Any]], named: list[Field[Any]]
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
    for item in every:
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


def _add_methods(cls: Any, every: Fields, eq: bool, frozen: bool) -> None:
    shown = tuple(item.name for item in every if item.repr)

    def shown_as(self: Any) -> str:
        parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({parts})"

    cls.__repr__ = shown_as
    if not eq:
        return
    compared = _values_of(tuple(item for item in every if item.compare))

    def equals(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or compared(self) == compared(other)

    def hashed(self: Any) -> int:
        return hash(compared(self))

    cls.__eq__ = cls.__dict__.get("__eq__", equals)
    # A value that may change cannot be looked up; one that says how it is, is.
    if cls.__dict__.get("__hash__") is None:
        cls.__hash__ = hashed if frozen else None


def _values_of(items: Fields) -> Any:
    """What reads the values of the fields from an object, as a tuple."""
    names = tuple(item.name for item in items)
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda value: ()
    read = attrgetter(*names)
    return lambda value: (read(value),)
