"""Parents with their children: rows within rows next to a flat join, two queries and JSON."""

from __future__ import annotations

import datetime
import decimal
import json
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from benchmarks.measure import Contestant, Result, race

FLOOR = "by hand: flat join, grouped in Python"
_FLAT = """
SELECT s.id, s.name, v.id, v.title, v.price, v.bought
FROM shelves s LEFT JOIN volumes v ON v.shelf_id = s.id ORDER BY s.id, v.id
"""
_JSON = """
SELECT s.id, s.name, coalesce((
    SELECT json_agg({}(v.id, v.title, v.price::text, v.bought) ORDER BY v.id)
    FROM volumes v WHERE v.shelf_id = s.id
), '[]')
FROM shelves s ORDER BY s.id
"""
_LISTS = _JSON.format("json_build_array")
_OBJECTS = _JSON.format("json_build_object").replace(
    "(v.id, v.title, v.price::text, v.bought)",
    "('id', v.id, 'title', v.title, 'price', v.price::text, 'bought', v.bought)",
)


@dataclass(slots=True)
class Volume:
    """A child."""

    id: int
    title: str
    price: decimal.Decimal
    bought: datetime.datetime


@dataclass(slots=True)
class Shelf:
    """A parent."""

    id: int
    name: str
    volumes: list[Volume]


async def run(conn: Any, package: ModuleType, rounds: int) -> list[Result]:
    """Read all shelves with their volumes in each way, after a look whether all give the same."""
    contestants: dict[str, Contestant] = {
        FLOOR: lambda: _grouped(conn),
        "sqlwright: ARRAY(SELECT v)": lambda: package.shelves_of_tables(conn),
        "sqlwright: ARRAY(SELECT ROW(...))": lambda: package.shelves_of_rows(conn),
        "sqlwright: two queries, put together in Python": lambda: _two(conn, package),
        "sqlwright: json_agg of objects": lambda: package.shelves_of_objects(conn),
        "by hand: json_agg of objects, to the same classes": lambda: _from_objects(conn),
        "by hand: json_agg of lists, to the same classes": lambda: _from_lists(conn),
    }
    shown = {name: _shown(await contestant()) for name, contestant in contestants.items()}
    assert all(found == shown[FLOOR] for found in shown.values())
    return await race(contestants, FLOOR, rounds, 3)


def _shown(shelves: Any) -> list[tuple[Any, ...]]:
    return [
        (shelf.id, volume.id, volume.title, volume.price, volume.bought)
        for shelf in shelves
        for volume in shelf.volumes
    ]


async def _grouped(conn: Any) -> list[Shelf]:
    found: dict[int, Shelf] = {}
    for number, name, *volume in await conn.fetch(_FLAT):
        shelf = found.get(number)
        if shelf is None:
            shelf = found[number] = Shelf(number, name, [])
        if volume[0] is not None:
            shelf.volumes.append(Volume(*volume))
    return [*found.values()]


async def _two(conn: Any, package: ModuleType) -> list[Shelf]:
    shelves = {row.id: Shelf(row.id, row.name, []) for row in await package.shelves(conn)}
    for volume in await package.volumes(conn, shelves=[*shelves]):
        shelves[volume.shelf_id].volumes.append(volume)
    return [*shelves.values()]


async def _from_lists(conn: Any) -> list[Shelf]:
    return [
        Shelf(number, name, [_volume(*volume) for volume in json.loads(volumes)])
        for number, name, volumes in await conn.fetch(_LISTS)
    ]


async def _from_objects(conn: Any) -> list[Shelf]:
    return [
        Shelf(number, name, [_volume(**volume) for volume in json.loads(volumes)])
        for number, name, volumes in await conn.fetch(_OBJECTS)
    ]


def _volume(id: int, title: str, price: str, bought: str) -> Volume:
    return Volume(id, title, decimal.Decimal(price), datetime.datetime.fromisoformat(bought))
