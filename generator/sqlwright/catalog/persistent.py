"""Persistent collections: every change gives a new value that shares what did not change."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar

from sqlwright.dataclass import dataclass, field

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_OVERLAY_LIMIT = 64


class Removed:
    """Marks a key that the overlay takes out of the base."""


_REMOVED = Removed()


class PersistentMap(Generic[K, V]):
    """An immutable mapping that is cheap to change a little.

    Changes collect in a small overlay that is copied each time; when it grows past a limit it is
    merged into a new base. Iteration is in order of insertion into the base, then the overlay.
    """

    __slots__ = ("_base", "_overlay")

    def __init__(
        self, base: Mapping[K, V] | None = None, overlay: Mapping[K, V | Removed] | None = None
    ) -> None:
        self._base: Mapping[K, V] = {} if base is None else base
        self._overlay: Mapping[K, V | Removed] = {} if overlay is None else overlay

    def __reduce__(self) -> tuple[type[PersistentMap[K, V]], tuple[object, object]]:
        return PersistentMap, (self._base, self._overlay)

    def get(self, key: K) -> V | None:
        """The value of a key, None if there is none."""
        found = self._overlay.get(key)
        if found is None:
            return self._base.get(key)
        return None if isinstance(found, Removed) else found

    def __contains__(self, key: K) -> bool:
        found = self._overlay.get(key)
        if found is None:
            return key in self._base
        return not isinstance(found, Removed)

    def set(self, key: K, value: V) -> PersistentMap[K, V]:
        """The map with one key set."""
        return self._overlaid({key: value})

    def update(self, items: Mapping[K, V]) -> PersistentMap[K, V]:
        """The map with several keys set."""
        return self._overlaid(items)

    def changed(self, items: Mapping[K, V], removed: Iterable[K]) -> PersistentMap[K, V]:
        """The map with several keys set, and without others."""
        return self._overlaid({**items, **dict.fromkeys(removed, _REMOVED)})

    def extended(self, more: Mapping[K, tuple[Any, ...]]) -> PersistentMap[K, V]:
        """The map, of tuples, with more behind what stands under some keys."""
        items: dict[K, Any] = {}
        for key, added in more.items():
            known: Any = self.get(key)
            items[key] = (*known, *added) if known else added
        return self._overlaid(items)

    def remove(self, key: K) -> PersistentMap[K, V]:
        """The map without a key; the same map if it had none."""
        return self._overlaid({key: _REMOVED}) if key in self else self

    def _overlaid(self, changes: Mapping[K, V | Removed]) -> PersistentMap[K, V]:
        overlay = {**self._overlay, **changes}
        if len(overlay) <= _OVERLAY_LIMIT:
            return PersistentMap(self._base, overlay)
        merged = dict(self._base)
        for key, value in overlay.items():
            if isinstance(value, Removed):
                merged.pop(key, None)
            else:
                merged[key] = value
        return PersistentMap(merged)

    def __iter__(self) -> Iterator[K]:
        for key in self._base:
            if not isinstance(self._overlay.get(key), Removed):
                yield key
        for key, value in self._overlay.items():
            if key not in self._base and not isinstance(value, Removed):
                yield key

    def values(self) -> Iterator[V]:
        """The values, in the order of the keys."""
        for key in self:
            value = self.get(key)
            if value is not None:
                yield value

    def __len__(self) -> int:
        return sum(1 for _ in self)


class NamedObject(Protocol):
    """What an object needs to be found by OID and by qualified name."""

    @property
    def oid(self) -> int: ...
    @property
    def schema(self) -> str: ...
    @property
    def name(self) -> str: ...


Obj = TypeVar("Obj", bound=NamedObject)
ObjOut = TypeVar("ObjOut", covariant=True)


class ObjectSource(Protocol[ObjOut]):
    """Objects of one kind, found by OID or by schema and name."""

    def get(self, oid: int) -> ObjOut | None: ...
    def named(self, schema: str, name: str) -> tuple[ObjOut, ...]: ...


def _no_objects() -> PersistentMap[int, Obj]:
    return PersistentMap()


def _no_names() -> PersistentMap[tuple[str, str], tuple[int, ...]]:
    return PersistentMap()


@dataclass(frozen=True, slots=True)
class Objects(Generic[Obj]):
    """A persistent set of objects of one kind, indexed by OID and by (schema, name)."""

    by_oid: PersistentMap[int, Obj] = field(default_factory=_no_objects)
    by_name: PersistentMap[tuple[str, str], tuple[int, ...]] = field(default_factory=_no_names)

    def get(self, oid: int) -> Obj | None:
        return self.by_oid.get(oid)

    def named(self, schema: str, name: str) -> tuple[Obj, ...]:
        """The objects of that name in that schema, oldest first."""
        oids = self.by_name.get((schema, name))
        if not oids:
            return ()
        found = map(self.by_oid.get, oids)
        return tuple([each for each in found if each is not None])

    def add(self, objects: Iterable[Obj]) -> Objects[Obj]:
        """With these objects; one that has a known OID replaces it, under its new name if any."""
        added: dict[int, Obj] = {}
        names: dict[tuple[str, str], tuple[int, ...]] = {}
        by_name = self.by_name
        for each in objects:
            old = added.get(each.oid) or self.by_oid.get(each.oid)
            key = (each.schema, each.name)
            added[each.oid] = each
            if old is not None:
                old_key = (old.schema, old.name)
                if old_key == key:
                    continue
                rest = names[old_key] if old_key in names else by_name.get(old_key) or ()
                names[old_key] = tuple(oid for oid in rest if oid != each.oid)
            known = names[key] if key in names else by_name.get(key) or ()
            names[key] = (*known, each.oid)
        return Objects(self.by_oid.update(added), by_name.update(names) if names else by_name)

    def remove(self, oid: int) -> Objects[Obj]:
        """Without the object of that OID."""
        old = self.by_oid.get(oid)
        if old is None:
            return self
        key = (old.schema, old.name)
        rest = tuple(each for each in self.by_name.get(key) or () if each != oid)
        by_name = self.by_name.set(key, rest) if rest else self.by_name.remove(key)
        return Objects(self.by_oid.remove(oid), by_name)

    def __iter__(self) -> Iterator[Obj]:
        return self.by_oid.values()

    def __len__(self) -> int:
        return len(self.by_oid)
