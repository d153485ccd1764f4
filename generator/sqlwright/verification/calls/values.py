"""Values that an annotation admits, ordinary ones first, then the edges."""

from __future__ import annotations

import datetime
import decimal
import types
import typing
import uuid
from collections import UserList
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import Enum
from itertools import pairwise
from typing import Any

from sqlwright.dataclass import dataclass, field
from sqlwright.verification.calls.fitting import fields_of, misfit
from sqlwright.verification.calls.messages import Shape

MOST = 14
"""How many values there are for one place."""

_DEEPEST = 6
_SHARED = 5
_ALTERNATIVES = (typing.Union, types.UnionType)
_TEXTS = ("a", "", "A b", 'it\'s "x"', "\\", "{}", "NULL", "é☃")
_UTC = datetime.UTC

_PLAIN: dict[Any, tuple[Any, ...]] = {
    int: (1, 0, -1, 2**31),
    float: (1.5, 0.0, -1.0),
    bool: (True, False),
    str: _TEXTS,
    bytes: (b"a", b"", b"\x00\xff"),
    decimal.Decimal: (decimal.Decimal("1.5"), decimal.Decimal(0)),
    uuid.UUID: (uuid.UUID(int=1), uuid.UUID(int=0)),
    datetime.datetime: (datetime.datetime(2024, 2, 29, 12, 30, tzinfo=_UTC),),
    datetime.date: (datetime.date(2024, 2, 29),),
    datetime.time: (datetime.time(12, 30),),
    datetime.timedelta: (datetime.timedelta(days=1), datetime.timedelta(0)),
    type(None): (None,),
    Any: ("a", 1, None, [1, "x", None], {"a": {"b": None}}, True),
    object: ("a", 1, None),
}
"""What there is without a PostgreSQL type to say more."""


class NoValueError(Exception):
    """No value of an annotation is known."""


@dataclass(slots=True)
class Values:
    """Makes values. `decoded` are those of scalars, by the type and text they were read from, and
    `met` those that calls returned, by class: of a class that is not known they are all there is.
    """

    decoded: Mapping[tuple[str, str], Any]
    met: dict[type, list[Any]] = field(default_factory=dict)
    _deep: int = 0

    def of(self, annotation: Any, shape: Shape | None) -> list[Any]:
        """Values for a place, which holds values of the shape if that is known. Raises
        NoValueError."""
        self._deep += 1
        try:
            found = self._of(annotation, shape) if self._deep <= _DEEPEST else []
        finally:
            self._deep -= 1
        if not found:
            raise NoValueError(annotation)
        return found[:MOST]

    def _of(self, annotation: Any, shape: Shape | None) -> list[Any]:
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if isinstance(annotation, typing.NewType):
            return self.of(annotation.__supertype__, shape)
        if origin in (typing.Annotated, typing.Required, typing.NotRequired):
            return self.of(arguments[0], shape)
        if origin in _ALTERNATIVES:
            return self._of_alternatives(annotation, arguments, shape)
        if origin is typing.Literal:
            return list(arguments)
        if origin is not None and hasattr(origin, "lower_inc"):
            return self._ranges(origin, arguments[0], shape)
        if origin is tuple:
            return self._tuples(arguments, shape)
        if origin is not None and issubclass(origin, Mapping):
            items = self.of(arguments[1], None)
            return [{"a": items[0]}, {}, {f"k{at}": item for at, item in enumerate(items)}]
        if origin is not None:
            return self._sequences(origin, arguments[0], shape)
        return self._of_class(annotation, shape)

    def _of_alternatives(
        self, annotation: Any, alternatives: Sequence[Any], shape: Shape | None
    ) -> list[Any]:
        nothing = [None] if type(None) in alternatives else []
        others = [item for item in alternatives if item is not type(None)]
        if shape is not None and shape.kind == "scalar":
            read = self._read(annotation, shape)
            if read:
                return [*read[: MOST - len(nothing)], *nothing]
        found = []
        for item in others:
            try:
                found.append(self.of(item, shape))
            except NoValueError:
                continue
        # One of each alternative, then the second of each, and so on.
        deepest = max((len(items) for items in found), default=0)
        mixed = [items[at] for at in range(deepest) for items in found if at < len(items)]
        return [*mixed[: MOST - len(nothing)], *nothing]

    def _read(self, annotation: Any, shape: Shape) -> list[Any]:
        """The values of a scalar that the annotation admits, and the texts that they were read from
        where it wants text in their place."""
        read = [text for text in shape.texts if (shape.type, text) in self.decoded]
        values = [self.decoded[shape.type, text] for text in read]
        admitted = [value for value in values if misfit(value, annotation) is None]
        return read if annotation is str and not admitted else admitted

    def _of_class(self, annotation: Any, shape: Shape | None) -> list[Any]:
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return list(annotation)
        if shape is not None and shape.kind in ("scalar", "json"):
            read = self._read(annotation, shape)
            if read:
                return read
        elif shape is not None and annotation is str and shape.texts:
            return list(shape.texts)
        if annotation in (bytearray, memoryview):
            return [annotation(item) for item in self.of(bytes, shape)]
        if isinstance(annotation, type) and (fields := fields_of(annotation)) is not None:
            return self._objects(annotation, fields, shape)
        if annotation in _PLAIN:
            return list(_PLAIN[annotation])
        if annotation in (list, tuple):
            return [annotation(item) for item in ([], ["a"])]
        if annotation is dict:
            return [{}, {"a": 1}]
        return list(self.met.get(annotation, ())) or self._of_the_users_own(annotation, shape)

    def _of_the_users_own(self, annotation: Any, shape: Shape | None) -> list[Any]:
        """Objects of a class of the user's, which may be made of what they stand for."""
        if shape is None or not isinstance(annotation, type):
            return []
        found = []
        for value in self._read(object, shape):
            # A class may refuse a value with any error that it likes.
            with suppress(Exception):
                found.append(annotation(value))
        return found

    # Of several values

    def _objects(self, annotation: Any, fields: dict[str, Any], shape: Shape | None) -> list[Any]:
        """Objects of a class with fields, in each of which every field has another value."""
        inner: Sequence[Shape | None] = [None] * len(fields)
        if shape is not None and shape.kind == "composite" and len(shape.inner) == len(fields):
            inner = shape.inner
        pairs = zip(fields.items(), inner, strict=True)
        lists = {name: self.of(item, each) for (name, item), each in pairs}
        longest = max((len(items) for items in lists.values()), default=1)
        rows = [
            {name: items[at % len(items)] for name, items in lists.items()}
            for at in range(min(longest, MOST))
        ]
        if all(None in items for items in lists.values()) and lists:
            rows.append(dict.fromkeys(lists))
        return [_made(annotation, row) for row in rows]

    def _sequences(self, origin: Any, element: Any, shape: Shape | None) -> list[Any]:
        items = self.of(element, _of_element(element, shape))
        nested = _is_sequence(element)
        found: list[list[Any]] = [items[:2], items[:1], []]
        if nested:
            # Rows of an array have one length.
            found = [*([item, item] for item in items[:3] if item), []]
        else:
            found += [[item] for item in items[1 : _SHARED + 1]]
            found += [[None], [None, items[0]]] if None in items else []
            found.append(items)
        if origin in (list, set, frozenset):
            return [origin(item) for item in found]
        others: list[Any] = [tuple(found[0]), UserList(found[0])]
        return [*found[: MOST - 2], *(others if shape is None or not nested else ())]

    def _tuples(self, arguments: Sequence[Any], shape: Shape | None) -> list[Any]:
        if len(arguments) == 2 and arguments[1] is ...:
            return [tuple(item) for item in self._sequences(list, arguments[0], shape)]
        if shape is not None and shape.kind == "scalar":
            read = self._read(tuple[tuple(arguments)], shape)  # type: ignore[misc]
            if read:
                return read
        lists = [self.of(item, None) for item in arguments]
        longest = max((len(items) for items in lists), default=1)
        return [tuple(items[at % len(items)] for items in lists) for at in range(longest)]

    def _ranges(self, origin: Any, bound: Any, shape: Shape | None) -> list[Any]:
        inner = shape.inner[0] if shape is not None and shape.inner else None
        bounds = [item for item in self.of(bound, inner) if item is not None and item == item]
        found = [origin(bounds[0], None), origin(empty=True), origin(None, None)]
        for low, high in pairwise(bounds):
            try:
                pair = (low, high) if low <= high else (high, low)
            except TypeError:
                continue  # with a time zone and without, as infinity is
            found.insert(0, origin(*pair))
        return [*found, origin(None, bounds[0])]


def _of_element(element: Any, shape: Shape | None) -> Shape | None:
    """The shape of what a sequence holds. An array has as many dimensions as one likes."""
    if shape is None or shape.kind not in ("array", "multirange"):
        return None
    inner = shape.inner[0]
    if shape.kind == "multirange":
        return Shape("range", inner=shape.inner)
    return shape if _is_sequence(element) and inner.kind in ("scalar", "enum") else inner


def _is_sequence(annotation: Any) -> bool:
    origin = typing.get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, Sequence)


def _made(annotation: Any, row: dict[str, Any]) -> Any:
    if hasattr(annotation, "__required_keys__"):
        return row
    try:
        return annotation(**row)
    except (TypeError, ValueError):
        pass
    # attrs leaves out the underscores that names begin with.
    try:
        return annotation(**{name.lstrip("_"): value for name, value in row.items()})
    except (TypeError, ValueError) as error:
        raise NoValueError(annotation) from error
