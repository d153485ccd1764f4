"""Data classes with slots that take a tenth of the usual time to define.

They are the standard library's to all that use them, but share the methods that it
compiles for each class at every start, and what it tells of fields is worked out when
somebody asks.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]


def _dataclass(
    *, slots: bool, kw_only: bool = False, frozen: bool = False
) -> Callable[[type[Any]], Any]:
    """`dataclasses.dataclass`."""
    if frozen or not slots:
        return dataclasses.dataclass(slots=slots, kw_only=kw_only, frozen=frozen)

    def made(cls: type[Any]) -> Any:
        names = tuple(cls.__annotations__)
        namespace = dict(vars(cls))
        given = {name: namespace.pop(name) for name in names if name in namespace}
        del namespace["__dict__"], namespace["__weakref__"]
        namespace |= {
            **_methods(names),
            "__init__": _constructor(cls, names, given, kw_only),
            "__qualname__": cls.__qualname__,
            "__slots__": names,
            "__match_args__": () if kw_only else names,
            "__dataclass_fields__": _Fields(given, kw_only),
            "__dataclass_params__": _params(kw_only),
        }
        return type(cls.__name__, cls.__bases__, namespace)

    return made


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


class _Fields:
    """The fields of a class, which the library makes when they are first asked for."""

    def __init__(self, given: Mapping[str, object], kw_only: bool) -> None:
        self._given, self._kw_only = given, kw_only

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, instance: object, cls: type[Any] | None = None) -> Any:
        owner = self._owner
        own = {"__annotations__": owner.__annotations__, "__module__": owner.__module__}
        plain = _plain(self._kw_only)(type(owner.__name__, (), {**self._given, **own}))
        found = plain.__dataclass_fields__
        setattr(owner, self._name, found)
        return found


def _plain(kw_only: bool) -> Callable[[type[Any]], Any]:
    return dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only)


@cache
def _params(kw_only: bool) -> Any:
    """What the library keeps of how it was asked for a class."""
    asked: Any = dataclasses.dataclass(slots=True, kw_only=kw_only)(type("Row", (), {}))
    return asked.__dataclass_params__


def _methods(names: tuple[str, ...]) -> dict[str, Any]:
    values = attrgetter(*names, "__class__")

    @recursive_repr()
    def shown(self: object) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({', '.join(parts)})"

    def equals(self: object, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return {
        "__repr__": shown,
        "__eq__": equals,
        "__hash__": None,
        "__replace__": dataclasses.replace,
    }


def _constructor(
    cls: type[Any], names: tuple[str, ...], given: dict[str, Any], kw_only: bool
) -> FunctionType:
    code = _assigning(len(names)).replace(
        co_varnames=("__dataclass_self__" if "self" in names else "self", *names),
        co_names=names,
        co_argcount=1 if kw_only else 1 + len(names),
        co_kwonlyargcount=len(names) if kw_only else 0,
        co_qualname=f"{cls.__qualname__}.__init__",
    )
    defaults = () if kw_only else tuple(given.values())
    made = FunctionType(code, vars(sys.modules[cls.__module__]), "__init__", defaults)
    made.__kwdefaults__ = given if kw_only else {}
    made.__annotations__ = {**cls.__annotations__, "return": None}
    return made


@cache
def _assigning(count: int) -> CodeType:
    """The code of a constructor of so many fields, which are yet to be named."""
    parameters = ", ".join(("self", *(f"p{at}" for at in range(count))))
    lines = [f"self.f{at} = p{at}" for at in range(count)] or ["pass"]
    names: dict[str, Any] = {}
    exec(f"def __init__({parameters}):\n " + "\n ".join(lines), names)
    code: CodeType = names["__init__"].__code__
    return code
