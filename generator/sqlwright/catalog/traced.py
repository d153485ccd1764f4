"""A catalog that is changed on trial: what is looked up in it is noted, and what becomes of it.

What statements do to a catalog follows from their text, the `SETTINGS` and the answers to what they
look up. To a catalog of the same settings that answers the same they do the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.dependencies import Dependencies
from sqlwright.catalog.persistent import K, Objects, PersistentMap, Removed, V
from sqlwright.dataclass import dataclass, fields, replace

SETTINGS = (
    *("schemas", "search_path", "session_path", "check_bodies", "nondeterministic"),
    *("materialized", "loading"),
)
"""What counts as looked up by every statement, and is changed as a whole."""

APART = ("builtin", "next_oid", "numbers", "memo")
"""What no statement can change, what others see to, and what is worked out anew."""

Place = tuple[str, object]
"""A part of a catalog, and a key there: under which something is looked up, or has become another;
of what looks through all of a part see `whole`."""

Settings = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of a part: what was set, under which keys there is nothing more, and what was
    put behind what stood there, which was not looked at."""

    items: dict[Any, Any]
    removed: tuple[Any, ...]
    more: dict[Any, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What has become of a catalog: the settings afterwards, and the changes of parts by name."""

    settings: Settings
    parts: dict[str, Change]

    def written(self) -> Iterator[Place]:
        """The places where something else stands, whatever was there."""
        for name, change in self.parts.items():
            for key in (*change.items, *change.removed):
                yield name, key

    def extended(self) -> Iterator[Place]:
        """The places where more stands than before."""
        for name, change in self.parts.items():
            for key in change.more:
                yield name, key

    def value(self, place: Place) -> object:
        """What was put at a place; None where nothing stands there now."""
        name, key = place
        change = self.parts[name]
        return change.more.get(key) or change.items.get(key)

    def made_to(self, catalog: Catalog, next_oid: int) -> Catalog:
        """Another catalog with the same changes."""
        settings: dict[str, Any] = dict(zip(SETTINGS, self.settings, strict=True))
        if (
            not self.parts
            and next_oid == catalog.next_oid
            and self.settings == settings_of(catalog)
        ):
            return catalog
        changed = {
            name: _changed(found, self.parts[name])
            for name, found in _maps(catalog)
            if name in self.parts
        }
        return replace(_with_maps(catalog, changed), next_oid=next_oid, **settings)


def _changed(found: PersistentMap[Any, Any], change: Change) -> PersistentMap[Any, Any]:
    if change.items or change.removed:
        found = found.changed(change.items, change.removed)
    return found.extended(change.more) if change.more else found


def whole(part: str) -> Place:
    """All of a part, as something that is looked up."""
    return f"{part}, all of it", None


def settings_of(catalog: Catalog) -> Settings:
    return tuple(getattr(catalog, name) for name in SETTINGS)


def traced(catalog: Catalog, looked_up: dict[Place, None]) -> Catalog:
    """The catalog, of which it will be noted what is looked up in it and in all that becomes of
    it."""
    return _with_maps(
        catalog,
        {name: _TracedMap(name, found, looked_up, {}, {}) for name, found in _maps(catalog)},
    )


def changes_of(catalog: Catalog) -> Changes:
    """What has become of a traced catalog."""
    parts = {
        name: found.change()
        for name, found in _maps(catalog)
        if isinstance(found, _TracedMap) and found.is_changed
    }
    return Changes(settings_of(catalog), parts)


def _maps(catalog: Catalog) -> Iterator[tuple[str, PersistentMap[Any, Any]]]:
    """Everything that is kept by keys, by name."""
    for name in _PARTS:
        value = getattr(catalog, name)
        if isinstance(value, PersistentMap):
            yield name, value
        else:
            for part in _GROUPS[type(value)]:
                yield f"{name}.{part}", getattr(value, part)


def _with_maps(catalog: Catalog, maps: Mapping[str, PersistentMap[Any, Any]]) -> Catalog:
    """The catalog with these in place of those of the same names."""
    given: dict[str, Any] = {}
    for name in _PARTS:
        if name in maps:
            given[name] = maps[name]
            continue
        value = getattr(catalog, name)
        names = _GROUPS.get(type(value), ())
        parts = {part: maps[f"{name}.{part}"] for part in names if f"{name}.{part}" in maps}
        if parts:
            given[name] = replace(value, **parts)
    return replace(catalog, **given)


_OTHERS = frozenset(SETTINGS + APART)
_PARTS = tuple(part for part in (each.name for each in fields(Catalog)) if part not in _OTHERS)
_GROUPS: dict[type[Any], tuple[str, ...]] = {
    kind: tuple(each.name for each in fields(kind)) for kind in (Objects, Dependencies)
}


class _TracedMap(PersistentMap[K, V]):
    """A mapping over another one, which stays as it is."""

    __slots__ = ("_looked_up", "_map", "_more", "_name", "_own")

    def __init__(
        self,
        name: str,
        map: PersistentMap[K, V],
        looked_up: dict[Place, None],
        own: Mapping[K, V | Removed],
        more: Mapping[K, tuple[Any, ...]],
    ) -> None:
        self._name, self._map, self._looked_up = name, map, looked_up
        self._own, self._more = own, more

    @property
    def is_changed(self) -> bool:
        return bool(self._own or self._more)

    def change(self) -> Change:
        items = {key: value for key, value in self._own.items() if not isinstance(value, Removed)}
        removed = tuple(key for key, value in self._own.items() if isinstance(value, Removed))
        return Change(items, removed, dict(self._more))

    def get(self, key: K) -> V | None:
        found = self._own.get(key)
        if found is not None:
            return None if isinstance(found, Removed) else found
        self._looked_up[self._name, key] = None
        known: Any = self._map.get(key)
        if key in self._more:
            known = (*(known or ()), *self._more[key])
        return known  # type: ignore[no-any-return]

    def __contains__(self, key: K) -> bool:
        return self.get(key) is not None

    def __iter__(self) -> Iterator[K]:
        self._looked_up[whole(self._name)] = None
        own = self._own
        for key in self._map:
            if not isinstance(own.get(key), Removed):
                yield key
        for key in (*own, *self._more):
            if key not in self._map and not isinstance(own.get(key), Removed):
                yield key

    def __reduce__(self) -> tuple[type[PersistentMap[K, V]], tuple[object, object]]:
        raise TypeError("what is changed on trial is not kept")

    def extended(self, more: Mapping[K, tuple[Any, ...]]) -> PersistentMap[K, V]:
        """The map with more behind what stands there, at which nobody has looked for that."""
        own: dict[K, Any] = {**self._own}
        added = {**self._more}
        for key, each in more.items():
            known = own.get(key)
            if known is None:
                added[key] = (*added.get(key, ()), *each)
            else:
                own[key] = each if isinstance(known, Removed) else (*known, *each)
        return _TracedMap(self._name, self._map, self._looked_up, own, added)

    def _overlaid(self, changes: Mapping[K, V | Removed]) -> PersistentMap[K, V]:
        own = {**self._own, **changes}
        more = {key: each for key, each in self._more.items() if key not in changes}
        return _TracedMap(self._name, self._map, self._looked_up, own, more)
