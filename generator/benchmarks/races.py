"""The races: reading rows, streaming, writing in bulk, importing."""

from __future__ import annotations

import re
import resource
import statistics
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
from sqlwright.codegen.options import ModelName

from benchmarks import choices, database, nesting, others, peers, raising
from benchmarks.commands import with_byte_code
from benchmarks.measure import Contestant, Result, race, ratio
from benchmarks.report import Report

FLOOR = "asyncpg: Record"
SHAPE = "sqlc-gen-better-python's shape"
RAISING = "a write of one row with classes of errors"
NESTED = "200 rows with 100 rows each within them"


@dataclass(frozen=True)
class Table:
    """One of the tables, with what reads it."""

    name: str
    sql: str
    one: str
    fields: tuple[tuple[str, Any], ...]
    classes: dict[str, Any]


TABLES = (
    Table("steps", peers.STEPS, peers.ONE_STEP, peers.STEP_FIELDS, peers.STEP),
    Table("points", peers.POINTS, peers.ONE_POINT, peers.POINT_FIELDS, peers.POINT),
)


async def run(uri: str, folder: Path, rounds: int, only: re.Pattern[str], report: Report) -> None:
    """Run the races in whose names `only` is found."""
    packages = {
        "dataclass": database.package(folder, "dataclass"),
        "dataclass, frozen": database.package(folder, "dataclass", frozen=True),
        "msgspec": database.package(folder, "msgspec"),
        "attrs": database.package(folder, "attrs"),
        "namedtuple": database.package(folder, "namedtuple"),
        "typeddict": database.package(folder, "typeddict"),
        "pydantic": database.package(folder, "pydantic"),
    }
    async with _connections(uri) as (conn, further):
        for table in TABLES:
            for count in (1, 100, 10_000):
                title = f"{count} row{'s' * (count > 1)} of {len(table.fields)} columns"
                if only.search(title):
                    contestants = _readers(conn, further, table, count, packages)
                    repeats = max(1, 2000 // count)
                    report.race(title, await race(contestants, FLOOR, rounds, repeats))
        if only.search("streaming"):
            await _streaming(conn, packages["dataclass"], rounds, report)
        if only.search("bulk writes"):
            await _writing(conn, packages["dataclass"], rounds, report)
        if only.search("bulk writes with RETURNING"):
            await _writing_rows(conn, packages["dataclass"], rounds, report)
        if only.search(RAISING):
            await _raising(conn, folder, packages["dataclass"], rounds, report)
        if only.search(NESTED):
            report.race(NESTED, await nesting.run(conn, packages["dataclass"], rounds))
        async for title, results in choices.run(conn, packages["dataclass"], rounds, only):
            report.race(title, results)
    if only.search("import"):
        _importing(folder, rounds, report)


@asynccontextmanager
async def _connections(uri: str) -> AsyncIterator[tuple[Any, list[dict[str, Any]]]]:
    conn = await asyncpg.connect(uri)
    async with others.sqlalchemy(uri) as core, others.psycopg(uri) as psycopg:
        yield conn, [core, psycopg, others.aiosql(conn)]
    await conn.close()


def _readers(
    conn: Any,
    further: list[dict[str, Any]],
    table: Table,
    count: int,
    packages: dict[str, ModuleType],
) -> dict[str, Contestant]:
    many = count > 1
    found: dict[str, Contestant] = {}
    if many:
        found[FLOOR] = partial(conn.fetch, table.sql, count)
    else:
        found[FLOOR] = partial(conn.fetchrow, table.one, count)
    found["by hand: by name to a dataclass"] = partial(_by_hand, conn, table, count)
    for kind, package in packages.items():
        function = getattr(package, table.name if many else f"one_{table.name[:-1]}")
        argument = "most" if many else table.fields[0][0] if table.name == "points" else ""
        keyword = {argument or "step_number": count}
        found[f"sqlwright: {kind}"] = partial(function, conn, **keyword)
    for kind, made in table.classes.items():
        found[f"{SHAPE}: {kind}"] = partial(_better_python, conn, made, table, count)
    for library in further:
        for name, (fetch, fetch_one) in library.get(table.name, {}).items():
            found[name] = partial(fetch if many else fetch_one, count)
    return found


async def _by_hand(conn: Any, table: Table, count: int) -> object:
    construct = peers.by_name(table.classes["dataclass"], table.fields)
    if count == 1:
        return construct(await conn.fetchrow(table.one, count))
    return [construct(row) for row in await conn.fetch(table.sql, count)]


async def _better_python(conn: Any, made: type, table: Table, count: int) -> object:
    if count == 1:
        row = await conn.fetchrow(table.one, count)
        return peers.by_keyword(made, table.fields)(row)
    return await peers.better_python(conn, made, table.fields, table.sql, count)


async def _raising(conn: Any, folder: Path, plain: ModuleType, rounds: int, report: Report) -> None:
    package = database.package(folder, "dataclass", exceptions=True)
    report.race(RAISING, await raising.succeeding(conn, plain, package, rounds))
    results = await raising.without_server(plain, package, rounds)
    report.race(f"{RAISING}, without a server", results)
    results = await raising.failing(conn, plain, package, rounds)
    report.race(f"{RAISING}, which fails", results)


async def _streaming(conn: Any, package: ModuleType, rounds: int, report: Report) -> None:
    most = database.STREAMED
    kind = peers.POINT["dataclass"]

    async def fetched() -> int:
        return len([kind(*row) for row in await conn.fetch(peers.POINTS, most)])

    async def generated() -> int:
        return len([None async for _ in package.stream_points(conn, most=most)])

    async def better_python() -> int:
        rows = peers.better_python(conn, kind, peers.POINT_FIELDS, peers.POINTS, most)
        async with conn.transaction():
            return len([None async for _ in rows])

    contestants: dict[str, Contestant] = {
        "asyncpg: fetch all, to a dataclass": fetched,
        "sqlwright: :stream": generated,
        f"{SHAPE}: async for": better_python,
    }
    results = await race(contestants, "asyncpg: fetch all, to a dataclass", rounds, 1)
    report.race(f"streaming {most} rows of 3 columns", results)
    before = _peak()
    await generated()
    report.say("memory at its peak while sqlwright streamed again", f"{_peak() - before} KiB more")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def _writing(conn: Any, package: ModuleType, rounds: int, report: Report) -> None:
    await conn.execute("CREATE TEMPORARY TABLE points (LIKE public.points)")
    values = [(number, f"point {number}", number / 3) for number in range(10_000)]
    copied = [package.CopyPointsParams(id=a, name=b, weight=c) for a, b, c in values]
    inserted = [package.InsertPointsParams(id=a, name=b, weight=c) for a, b, c in values]
    insert = "INSERT INTO points (id, name, weight) VALUES ($1, $2, $3)"
    columns = ["id", "name", "weight"]
    contestants: dict[str, Contestant] = {
        "asyncpg: copy_records_to_table": lambda: conn.copy_records_to_table(
            "points", columns=columns, records=values
        ),
        "asyncpg: executemany": lambda: conn.executemany(insert, values),
        "sqlwright: :copyfrom": lambda: package.copy_points(conn, copied),
        "sqlwright: :batchexec": lambda: package.insert_points(conn, inserted),
    }
    results = await race(contestants, "asyncpg: executemany", rounds, 1)
    report.race("bulk writes of 10000 rows of 3 columns", results)
    await conn.execute("DROP TABLE points")


async def _writing_rows(conn: Any, package: ModuleType, rounds: int, report: Report) -> None:
    await conn.execute("CREATE TEMPORARY TABLE points (LIKE public.points)")
    values = [(number, f"point {number}", number / 3) for number in range(5_000)]
    rows = [package.AddPointsParams(id=a, name=b, weight=c) for a, b, c in values]
    sets = [package.AddEachPointParams(id=a, name=b, weight=c) for a, b, c in values]
    insert = (
        "INSERT INTO points (id, name, weight) SELECT u.id, u.name, u.weight "
        "FROM unnest($1::int[], $2::text[], $3::float8[]) AS u (id, name, weight) RETURNING id"
    )

    async def by_hand() -> object:
        arrays = [item.id for item in rows], [item.name for item in rows]
        found = await conn.fetch(insert, *arrays, [item.weight for item in rows])
        return [row[0] for row in found]

    contestants: dict[str, Contestant] = {
        "by hand: unnest": by_hand,
        "sqlwright: @rows": lambda: package.add_points(conn, rows),
        "sqlwright: @rows, chunk=1000": lambda: package.add_points(conn, rows, chunk=1000),
        "sqlwright: :batchone": lambda: package.add_each_point(conn, sets),
    }
    results = await race(contestants, "by hand: unnest", rounds, 1)
    report.race("bulk writes with RETURNING of 5000 rows of 3 columns", results)
    await conn.execute("DROP TABLE points")


IMPORT = """
import sys, time, dataclasses, datetime, uuid, typing, decimal, enum, collections.abc, contextlib
import msgspec, attrs, pydantic
sys.path.insert(0, {folder!r})
start = time.process_time()
import {name}
print(time.process_time() - start)
"""


KINDS: tuple[ModelName, ...] = ("dataclass", "msgspec", "namedtuple", "attrs", "pydantic")
BETTER_PYTHON = "better_python"


def _importing(folder: Path, rounds: int, report: Report) -> None:
    """Import a package of 600 queries and 150 models in a new process each time: the processor's
    time beyond that of the libraries it needs."""
    for kind in KINDS:
        database.large_package(folder, kind)
    peers.write_large_package(folder / f"large_{BETTER_PYTHON}", database.WIDTHS)
    times: dict[str, list[float]] = {}
    for _ in range(rounds + 1):
        for name in (*KINDS, BETTER_PYTHON):
            code = IMPORT.format(folder=str(folder), name=f"large_{name}")
            done = subprocess.run(
                [sys.executable, "-c", code],
                env=with_byte_code(),
                capture_output=True,
                text=True,
                check=True,
            )
            times.setdefault(name, []).append(float(done.stdout))
    floor = times[BETTER_PYTHON][1:]  # The first round compiled the modules.
    results = []
    for name, found in times.items():
        shown = (
            f"sqlwright: {name}" if name in KINDS else "sqlc-gen-better-python's shape: dataclass"
        )
        results.append(Result(shown, ratio(found[1:], floor), statistics.median(found[1:]) * 1000))
    report.race("import of 600 queries and 150 models (goal: dataclass <= 25 ms)", results)
