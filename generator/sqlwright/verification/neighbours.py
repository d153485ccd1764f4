"""Rows that almost violate the constraints of their tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from sqlwright.catalog.model import Column, Relation
from sqlwright.dataclass import dataclass
from sqlwright.verification.contents import only
from sqlwright.verification.quoting import identifier
from sqlwright.verification.rows import Filling, Row, insert_of

_ROWS = 2
_COLUMNS = 12
_OWN = ("primary key", "unique")


@dataclass(slots=True)
class Neighbours:
    """Adds copies of rows that differ in one column, and as little as can be: what a key, its
    collation or its condition tells apart, and what a CHECK just lets through. `insert` says
    whether the table took a row."""

    connection: Any
    insert: Callable[[Relation, str], Awaitable[bool]]

    async def add(self, relation: Relation, state: Filling) -> None:
        """Try neighbours of the first rows of a table."""
        columns = [column for column in relation.columns if column.generated is None]
        if not columns:
            return
        listed = ", ".join(f"{identifier(column.name)}::text" for column in columns)
        rows = await self.connection.fetch(
            f"SELECT {listed} FROM {only(relation)} ORDER BY ctid LIMIT {_ROWS}"
        )
        names = [column.name for column in columns]
        for row in rows:
            there = dict(zip(names, row, strict=True))
            alike = await self._beside(relation, there, state)
            await self.insert(relation, insert_of(relation, alike))
            for column in columns[:_COLUMNS]:
                for value in variants(there[column.name], column):
                    near = await self._beside(relation, there, state)
                    near[column.name] = value
                    if not await self.insert(relation, insert_of(relation, near)):
                        for apart in self._apart(relation, there, column):
                            await self.insert(relation, insert_of(relation, near | apart))

    def _apart(self, relation: Relation, row: Row, varied: Column) -> Iterator[Row]:
        """Another value for one column or another of each key of several, which no copy would
        violate then."""
        columns = {column.name: column for column in relation.columns}
        keys = [
            [name for name in item.columns if name != varied.name and name in row]
            for item in relation.constraints
            if item.kind in _OWN and len(item.columns) > 1
        ]
        for at in range(max(map(len, keys), default=0)):
            chosen = {names[at % len(names)] for names in keys if names}
            yield {
                name: _another(row[name], columns[name], varied.number) for name in sorted(chosen)
            }

    async def _beside(self, relation: Relation, row: Row, state: Filling) -> Row:
        """The row with other values of keys of a single column, which every copy would violate."""
        near = dict(row)
        alone = {
            item.columns[0]
            for item in relation.constraints
            if item.kind in _OWN and len(item.columns) == 1 and not item.partial
        }
        for column in relation.columns:
            if column.name in alone or column.identity is not None:
                near.pop(column.name, None)
                if column.identity is None:
                    value = await state.palette.draw(column.type, column.modifier, wide=True)
                    near[column.name] = value
        return near


def _another(text: str | None, column: Column, step: int) -> str | None:
    if text is not None and _is_integer(text):
        # The next one is taken by the copy that differs in this column.
        return str(int(text) + 1 + step)
    return next((item for item in variants(text, column) if item not in (text, None)), text)


def _is_integer(text: str) -> bool:
    return text.lstrip("-").isdecimal()


def variants(text: str | None, column: Column) -> Iterator[str | None]:
    """Values that are next to a value."""
    if text is None:
        return
    if not column.not_null:
        yield None
    if _is_integer(text):
        yield str(int(text) + 1)
    elif text in ("t", "f", "true", "false"):
        yield "f" if text.startswith("t") else "t"
    else:
        # Equal under a collation that ignores case, accents or the form that they are written in.
        yield text.swapcase()
        yield unicodedata.normalize("NFD", f"{text}é")
        yield unicodedata.normalize("NFC", f"{text}é")
