"""Calls of generated functions from tests that are not async themselves."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg


class Server:
    """Calls functions on a connection to a database that holds nothing but what `sql` makes."""

    def __init__(self, uri: str, sql: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.connection: Any = self.run(asyncpg.connect(uri))
        self.run(self.connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        self.run(self.connection.execute(sql))

    def run(self, awaitable: Any) -> Any:
        return self.loop.run_until_complete(awaitable)

    def call(self, function: Any, **arguments: Any) -> Any:
        return self.run(function(self.connection, **arguments))

    def all(self, function: Any, **arguments: Any) -> list[Any]:
        """The rows of a stream."""

        async def read() -> list[Any]:
            return [row async for row in function(self.connection, **arguments)]

        rows: list[Any] = self.run(read())
        return rows

    def close(self) -> None:
        self.run(self.connection.close())
        self.loop.close()
