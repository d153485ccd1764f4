"""Which values in catalogs are the same to all who look them up.

Of what is analysed, where it stands in a file counts for reports about that file alone: what a
catalog keeps of it is not reported about.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlwright.analysis import tree
from sqlwright.dataclass import fields, is_dataclass
from sqlwright.packing import in_part

PLACE = ("start", "end")
"""The fields of nodes that say where they stand."""


def without_places() -> dict[type[Any], Callable[[Any], Any]]:
    """What packs nodes as if they stood nowhere, to tell values from others; see `Packer`."""
    return {
        kind: in_part([each.name for each in fields(kind) if each.name not in PLACE])
        for kind in _placed_kinds()
    }


@cache
def _placed_kinds() -> frozenset[type[Any]]:
    """The nodes that say where they stand."""
    kinds = [kind for kind in vars(tree).values() if isinstance(kind, type) and is_dataclass(kind)]
    return frozenset(kind for kind in kinds if "start" in {each.name for each in fields(kind)})


def are_alike(value: object, other: object) -> bool:
    """Whether two values are the same, whichever parts of each are the same objects."""
    waiting: list[tuple[Any, Any]] = [(value, other)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        one, two = waiting.pop()
        if one is two:
            continue
        kind = type(one)
        if type(two) is not kind:
            return False
        names = _COUNTING[kind]
        if names is not None:
            pair = id(one), id(two)
            if pair not in seen:
                seen.add(pair)
                waiting += [(getattr(one, name), getattr(two, name)) for name in names]
        elif kind is tuple:
            if len(one) != len(two):
                return False
            waiting += zip(one, two, strict=True)
        elif kind is dict:
            if [*one] != [*two]:
                return False
            waiting += zip(one.values(), two.values(), strict=True)
        elif one != two:
            return False
    return True


class _Counting(dict[type[Any], tuple[str, ...] | None]):
    """By class, the fields that count of a data class; None of any other class."""

    def __missing__(self, kind: type[Any]) -> tuple[str, ...] | None:
        found: tuple[str, ...] | None = None
        if is_dataclass(kind):
            left_out = PLACE if kind in _placed_kinds() else ()
            found = tuple(each.name for each in fields(kind) if each.name not in left_out)
        self[kind] = found
        return found


_COUNTING = _Counting()
