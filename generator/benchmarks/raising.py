"""What it costs that errors of constraints have classes of their own: a write that succeeds, one
that does not, and what the function takes where the server takes no time."""

from __future__ import annotations

from contextlib import suppress
from types import ModuleType
from typing import Any

import asyncpg

from benchmarks.measure import Contestant, Result, race

FLOOR = "sqlwright: without exceptions"
WITH = "sqlwright: exceptions = true"


class NoServer:
    """A connection that takes no time."""

    async def execute(self, query: str, /, *args: Any) -> str:
        return "UPDATE 1"


async def succeeding(
    conn: Any, plain: ModuleType, raising: ModuleType, rounds: int
) -> list[Result]:
    """An UPDATE of one row, in a transaction that is rolled back in the end."""
    async with conn.transaction():
        return await race(_moves(conn, plain, raising, 7), FLOOR, rounds, 300)


async def without_server(plain: ModuleType, raising: ModuleType, rounds: int) -> list[Result]:
    """The same function on a connection that takes no time."""
    return await race(_moves(NoServer(), plain, raising, 7), FLOOR, rounds, 20_000)


async def failing(conn: Any, plain: ModuleType, raising: ModuleType, rounds: int) -> list[Result]:
    """An UPDATE that violates a foreign key."""
    return await race(_moves(conn, plain, raising, 0), FLOOR, rounds, 300)


def _moves(conn: Any, plain: ModuleType, raising: ModuleType, shelf: int) -> dict[str, Contestant]:
    def contestant(package: ModuleType) -> Contestant:
        async def move() -> None:
            with suppress(asyncpg.ForeignKeyViolationError):
                await package.move_volume(conn, shelf_id=shelf, title="moved", id=7)

        return move

    return {FLOOR: contestant(plain), WITH: contestant(raising)}
