"""Many rows or parameter sets in one call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from ._driver import Connection


class BulkConnection(Connection, Protocol):
    """A connection or pool that also takes many rows or parameter sets at once."""

    async def executemany(
        self, command: str, args: Iterable[Sequence[Any]], /
    ) -> None: ...

    async def fetchmany(
        self, query: str, args: Iterable[Sequence[Any]], /
    ) -> list[Any]: ...

    async def copy_records_to_table(
        self,
        table_name: str,
        /,
        *,
        records: Iterable[Sequence[Any]],
        columns: Sequence[str] | None = None,
        schema_name: str | None = None,
    ) -> str: ...


async def takes_json_text(conn: Connection) -> bool:
    """Whether json travels as text: the connection has no codec of its own for it."""
    return bool(await conn.fetchval("SELECT '\"\"'::jsonb") == '""')


def copied_json(sent: str | Sequence[Any] | None, plain: bool) -> object:
    """A json text, or an array of them, as COPY has to be given it, which unlike a
    query cannot cast it."""
    if plain or sent is None:
        return sent
    if not isinstance(sent, str):
        return [_element(item) for item in sent]
    value: object = json.loads(sent)
    if value is None:
        raise ValueError(
            "JSON's null cannot be copied over a connection with a json codec of its "
            "own, which would make it NULL"
        )
    return value


def _element(sent: str | Sequence[Any] | None) -> object:
    """An element of an array, in which asyncpg takes a list for a further dimension."""
    value = copied_json(sent, plain=False)
    if isinstance(sent, str) and isinstance(value, list):
        raise ValueError(
            "a list cannot be copied in an array of json over a connection with a json "
            "codec of its own, which would make it a dimension"
        )
    return value
