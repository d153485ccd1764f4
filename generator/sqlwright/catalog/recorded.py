"""A catalog as others see it, with a record of what they have looked up in it.

What is worked out by way of such a view follows from its other inputs and from the answers to what
the record names, also where the answer was that there is no such object. There is no other way into
the catalog: whatever it holds is recorded as it is asked for, is one of the few `SETTINGS` that
count as always asked for, or is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Literal, TypeVar

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.dependencies import Dependencies
from sqlwright.catalog.memo import Memo
from sqlwright.catalog.persistent import K, NamedObject, Obj, Objects, PersistentMap, V
from sqlwright.dataclass import fields

T = TypeVar("T")

LookUp = tuple[str, Literal["get", "named", "all"], Any]
"""Where something was looked up, how, and by what; by nothing where all was looked through."""

SETTINGS = ("schemas", "search_path", "session_path", "nondeterministic")
"""What every look-up by name rests on."""
ALWAYS: LookUp = ("settings", "all", None)

_FOR_DEFINITIONS = frozenset(
    ("check_bodies", "constraint_names", "materialized", "next_oid", "loading", "numbers", "memo")
)
"""What only changes to a catalog need, and what has been worked out from all of it."""


class Record:
    """What has been looked up since a piece of work began."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: dict[LookUp, None] = {}

    def add(self, looked_up: Iterable[LookUp]) -> None:
        """Note what was looked up another time, as if it were done again."""
        self.found.update(dict.fromkeys(looked_up))

    def during(self, work: Callable[..., T], *given: object) -> tuple[T, tuple[LookUp, ...]]:
        """What the work comes to of what is given, and what was looked up for it."""
        before, self.found = self.found, {}
        try:
            done = work(*given)
            return done, (ALWAYS, *self.found)
        finally:
            before.update(self.found)
            self.found = before


def recorded(catalog: Catalog, record: Record) -> Catalog:
    """The catalog, of which the record will have what is looked up in it. It cannot be changed."""
    views: dict[str, Any] = {"builtin": catalog.builtin}
    for name in (each.name for each in fields(Catalog)):
        value = getattr(catalog, name)
        if name in SETTINGS:
            views[name] = value
        elif isinstance(value, Dependencies):
            parts = {each.name: getattr(value, each.name) for each in fields(Dependencies)}
            views[name] = Dependencies(
                **{part: _RecordedMap(part, each, record) for part, each in parts.items()}
            )
        elif name not in views and name not in _FOR_DEFINITIONS:
            views[name] = _view(name, value, record)
    seen = Catalog(**views)
    object.__setattr__(seen, "memo", _RecordedMemo(record))
    return seen


def _view(name: str, value: object, record: Record) -> object:
    if isinstance(value, Objects):
        return _RecordedObjects(name, value, record)
    if isinstance(value, PersistentMap):
        return _RecordedMap(name, value, record)
    raise TypeError(f"nothing says how to record what is looked up in {name}")


def answer(catalog: Catalog, look_up: LookUp) -> Any:
    """What a catalog says to a look-up."""
    name, how, what = look_up
    if look_up == ALWAYS:
        return (catalog.builtin.major, *(getattr(catalog, each) for each in SETTINGS))
    part: Any = getattr(catalog if hasattr(catalog, name) else catalog.dependencies, name)
    if how == "get":
        return part.get(what)
    if how == "named":
        return part.named(*what)
    return tuple(part) if isinstance(part, Objects) else tuple((key, part.get(key)) for key in part)


class _Answers(dict[Any, tuple[LookUp, Any]]):
    """What a part of a catalog holds under each key, with the look-up: one query asks for the same
    many times, and each after it does."""

    def __init__(self, name: str, get: Callable[[Any], object]) -> None:
        self._name, self._get = name, get

    def __missing__(self, key: object) -> tuple[LookUp, Any]:
        known = self[key] = (self._name, "get", key), self._get(key)
        return known


class _RecordedObjects(Objects[Obj]):
    """Objects without those methods that change them."""

    __slots__ = ("_answers", "_name", "_objects", "_record")

    def __init__(self, name: str, objects: Objects[Obj], record: Record) -> None:
        self._name, self._objects, self._record = name, objects, record
        self._answers = _Answers(name, objects.get)

    def get(self, oid: int) -> Obj | None:
        look_up, found = self._answers[oid]
        self._record.found[look_up] = None
        return found  # type: ignore[no-any-return]

    def named(self, schema: str, name: str) -> tuple[Obj, ...]:
        self._record.found[self._name, "named", (schema, name)] = None
        return self._objects.named(schema, name)

    def __iter__(self) -> Iterator[Obj]:
        self._record.found[self._name, "all", None] = None
        return iter(self._objects)

    def __len__(self) -> int:
        return len(list(self))

    def add(self, objects: Iterable[NamedObject]) -> Objects[Obj]:
        raise TypeError("what is looked up in is not for changes")

    def remove(self, oid: int) -> Objects[Obj]:
        raise TypeError("what is looked up in is not for changes")


class _RecordedMap(PersistentMap[K, V]):
    """A mapping without those methods that change it."""

    __slots__ = ("_answers", "_map", "_name", "_record")

    def __init__(self, name: str, map: PersistentMap[K, V], record: Record) -> None:
        self._name, self._map, self._record = name, map, record
        self._answers = _Answers(name, map.get)

    def get(self, key: K) -> V | None:
        look_up, found = self._answers[key]
        self._record.found[look_up] = None
        return found  # type: ignore[no-any-return]

    def __contains__(self, key: K) -> bool:
        return self.get(key) is not None

    def __iter__(self) -> Iterator[K]:
        self._record.found[self._name, "all", None] = None
        return iter(self._map)

    def _overlaid(self, changes: object) -> PersistentMap[K, V]:
        raise TypeError("what is looked up in is not for changes")


class _RecordedMemo(Memo):
    """Values with what was looked up to make them, which whoever takes one has looked up too; often
    that is nothing but what counts as always asked for, which is left out."""

    __slots__ = ("_record",)
    is_recorded: ClassVar[bool] = True

    def __init__(self, record: Record) -> None:
        self._record = record

    def get(self, key: object, default: Any = None) -> Any:
        known = super().get(key)
        if known is None:
            return default
        self._record.found.update(known[1])
        return known[0]

    def once(self, key: object, make: Callable[..., T], *given: object) -> T:
        try:
            known: tuple[T, dict[LookUp, None]] = self[key]
        except KeyError:
            pass
        else:
            if known[1]:
                self._record.found.update(known[1])
            return known[0]
        made, (_, *looked_up) = self._record.during(make, *given)
        dict.__setitem__(self, key, (made, dict.fromkeys(looked_up)))
        return made

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None
