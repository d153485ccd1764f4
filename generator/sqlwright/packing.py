"""Values as bytes, for the store or another process, without what there will be already when they
are read."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from copyreg import __newobj__, dispatch_table  # type: ignore[attr-defined]
from functools import cache
from operator import attrgetter
from typing import Any

from sqlwright.dataclass import packed_by, unpacked_by

try:
    # What `pickle` takes these from, with the same in Python beside it.
    from _pickle import Pickler, Unpickler, UnpicklingError
except ImportError:  # an implementation of Python that has it elsewhere
    from pickle import Pickler, Unpickler, UnpicklingError

Name = str | tuple[str | int, ...]
"""What stands for an object that is left out."""
Names = Mapping[type[Any], Callable[[Any], Name | None]]

PROTOCOL = 5
PLAIN = {("builtins", "frozenset"), ("builtins", "set"), ("decimal", "Decimal")}
"""What values consist of besides our own classes."""
PLAIN |= {("pathlib", name) for name in ("PosixPath", "WindowsPath", "PurePosixPath")}


class Packer:
    """Makes bytes of values without the objects of some classes for which the class's function has
    a name. What `others` make of objects of some classes is as in `copyreg.dispatch_table`."""

    def __init__(
        self, left_out: Names, others: Mapping[type[Any], Callable[[Any], Any]] | None = None
    ) -> None:
        self._table = _Reducers(dispatch_table)
        self._table |= {kind: _reduced(kind, name_of) for kind, name_of in left_out.items()}
        self._table |= others or {}

    def pack(self, value: object) -> bytes | None:
        """The bytes of a value; None if it nests too deeply."""
        stream = io.BytesIO()
        pickler = Pickler(stream, PROTOCOL)
        pickler.dispatch_table = self._table
        try:
            pickler.dump(value)
        except RecursionError:
            return None
        return stream.getvalue()


class _Reducers(dict[type[Any], Callable[[Any], Any]]):
    """What packs values by their classes; ours are entered as they are asked for."""

    def __missing__(self, kind: type[Any]) -> Callable[[Any], Any]:
        reducer = packed_by(kind)
        if reducer is None:
            raise KeyError(kind)
        self[kind] = reducer
        return reducer


def pack(value: object, left_out: Names) -> bytes | None:
    """A value without the objects of some classes for which the class's function has a name; None
    if it nests too deeply."""
    return (Packer(left_out) if left_out else _WHOLE).pack(value)


_WHOLE = Packer({})


def _nothing(name: object) -> object:
    raise LookupError(name)


def unpack(packed: bytes, found: Callable[[Any], object] = _nothing) -> Any:
    """The value that was packed, with what is `found` under the names of the objects that were left
    out; None if that fails.

    Only values of our own classes are made, and of those that values consist of; it must be what
    `pack` has made of this very program all the same.
    """
    try:
        return _Unpickler(io.BytesIO(packed), found).load()
    except Exception:  # whatever is wrong with it, it is of no use
        return None


def _left_out(name: Name) -> object:
    """Stands in what is packed for the objects that are left out."""
    raise LookupError(name)


def _absent() -> None:
    """Stands there for those that nobody will ask for."""


def no_longer(value: object) -> tuple[Callable[[], None], tuple[()]]:
    """Among the `others` of a packer: None stands in place of such objects."""
    return _absent, ()


def _reduced(kind: Any, name_of: Callable[[Any], Name | None]) -> Callable[[Any], Any]:
    whole = packed_by(kind)

    def reduced(value: Any) -> Any:
        name = name_of(value)
        if name is not None:
            return _left_out, (name,)
        return value.__reduce_ex__(PROTOCOL) if whole is None else whole(value)

    return reduced


def in_part(names: Iterable[str]) -> Callable[[Any], Any]:
    """Among the `others` of a packer: these fields of such objects alone count. What is packed so
    is for telling values apart, not for reading them again."""
    part = attrgetter(*names)

    def reduced(value: Any) -> Any:
        return __newobj__, (value.__class__,), part(value)

    return reduced


ABSENT = __name__, _absent.__name__


class _Unpickler(Unpickler):
    def __init__(self, stream: io.BytesIO, found: Callable[[Any], object]) -> None:
        super().__init__(stream)
        self._found = found

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, _left_out.__name__):
            return self._found
        return _absent if (module, name) == ABSENT else _maker(module, name)


@cache
def _maker(module: str, name: str) -> Callable[..., Any]:
    return unpacked_by(_class(module, name))


def _class(module: str, name: str) -> type:
    """A class of ours, or one of those of which plain values consist."""
    ours = module.startswith("sqlwright.") and "." not in name
    if not ours and (module, name) not in PLAIN:
        raise UnpicklingError(f"{module}.{name} is no class of ours")
    if module not in sys.modules:
        __import__(module)
    found = getattr(sys.modules[module], name)
    if not isinstance(found, type) or found.__module__ != module:
        raise UnpicklingError(f"{module}.{name} is no class of ours")
    return found
