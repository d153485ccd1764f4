"""Values of a type as texts, found by asking the server which candidates it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Type

# Texts that, between them, some type or other reads as a value: ordinary ones, edges, the empty.
CANDIDATES: tuple[str, ...] = (
    "0", "1", "2", "3", "-1", "7", "100", "1.5", "-0.25", "NaN", "t", "f", "a", "b", "", "abc",
    "A b", "2024-02-29", "2000-01-01", "2024-02-29 12:30:00", "2000-01-01 00:00:00+00", "12:30:00",
    "1 day", "2 months 3 days", "00000000-0000-0000-0000-000000000001",
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "{}", "[]", "null", '{"a": 1}', '{"a": null, "b": "x"}',
    '[1, "x", null]', '"text"', "true", "[1,5)", "empty", "(,)", "[2000-01-01,2024-02-29)",
    "{[1,3),[5,8)}", "127.0.0.1", "10.0.0.0/8", "::1", "08:00:2b:01:02:03",
    "08:00:2b:01:02:03:04:05", "(1,2)", "((0,0),(1,1))", "<(1,2),3>", "{1,2,3}", "[(0,0),(1,1)]",
    "101", "\\x00ff", "a => 1", "a.b", "[1,2,3]", "<a>x</a>", "$.a", "a & b", "0/16B3748",
    "x@example.org", "https://example.org/", "$12.50", "pg_class", "int4",
)  # fmt: skip

_STRING = re.compile(r"'((?:[^']|'')*)'")
_NUMBER = re.compile(r"(?<![\w.'])-?\d+(?:\.\d+)?(?![\w.'])")
_ELEMENTS = 6


def quoted(value: str | None) -> str:
    """A literal of any type: quoted text, or NULL."""
    if value is None:
        return "NULL"
    escaped = value.replace("'", "''")
    return f"E'{escaped.replace(chr(92), chr(92) * 2)}'" if "\\" in value else f"'{escaped}'"


def literals_in(sql: str) -> Iterator[str]:
    """The texts of the string and number constants of a piece of SQL, roughly."""
    for match in _STRING.finditer(sql):
        yield match[1].replace("''", "'")
    for match in _NUMBER.finditer(_STRING.sub("", sql)):
        yield match[0]


class ValuePool:
    """The candidates that the server reads as values of each type, asked for once.

    `more` are candidates beside the usual ones, such as constants of the queries.
    """

    def __init__(self, connection: Any, catalog: Catalog, more: Iterable[str] = ()) -> None:
        self._connection = connection
        self._catalog = catalog
        self._more = tuple(dict.fromkeys(more))
        self._known: dict[tuple[int, int], tuple[str, ...]] = {}

    async def of_type(self, oid: int, modifier: int = -1) -> tuple[str, ...]:
        """Texts that the type reads."""
        key = (oid, modifier)
        if key not in self._known:
            # Set first: a composite type may hold an array of itself.
            self._known[key] = ()
            texts = [*await self._own(self._catalog.type(oid)), *CANDIDATES, *self._more]
            name = self._catalog.display_type(oid, modifier)
            self._known[key] = await self.accepted(name, tuple(dict.fromkeys(texts)))
        return self._known[key]

    async def accepted(self, type_name: str, texts: Sequence[str]) -> tuple[str, ...]:
        """Those of the texts that the server reads as values of the type."""
        import asyncpg

        listed = ", ".join(map(quoted, texts))
        question = (
            f"SELECT t FROM unnest(ARRAY[{listed}]::text[]) WITH ORDINALITY AS u(t, n) "
            f"WHERE pg_input_is_valid(t, {quoted(type_name)}) ORDER BY n"
        )
        try:
            async with self._connection.transaction():
                rows = await self._connection.fetch(question)
        except asyncpg.PostgresError:
            # Before PostgreSQL 16, and for types that refuse a text by an error of their own.
            return tuple([text for text in texts if await self._reads(type_name, text)])
        return tuple(row[0] for row in rows)

    async def _reads(self, type_name: str, text: str) -> bool:
        import asyncpg

        try:
            async with self._connection.transaction():
                await self._connection.execute(f"SELECT {quoted(text)}::{type_name}")
        except asyncpg.PostgresError:
            return False
        return True

    async def _own(self, type_: Type) -> list[str]:
        """Candidates made for the type: labels, arrays of element values, rows of field values."""
        if type_.is_array:
            items = (await self.of_type(type_.element))[:_ELEMENTS]
            shown = [_element(item) for item in items]
            alone = [f"{{{item}}}" for item in shown]
            return [*alone, "{}", f"{{{','.join(shown)}}}", f"{{NULL,{','.join(shown[:1])}}}"]
        if type_.kind == "composite" and type_.relation:
            columns = self._catalog.relation(type_.relation).columns
            fields = [(await self.of_type(item.type, item.modifier))[:1] for item in columns]
            filled = ",".join(_element(field[0]) if field else "" for field in fields)
            return [f"({filled})", f"({',' * (len(columns) - 1)})"]
        if type_.kind == "domain":
            return list(await self.of_type(type_.base, type_.base_modifier))
        return list(type_.labels)


def holds_null_element(text: str) -> bool:
    """Whether the text of an array has a NULL among its elements."""
    return bool(re.search(r"[{,]\s*NULL\s*[,}]", text, re.IGNORECASE))


def _element(text: str) -> str:
    """A value's text inside that of an array or a row."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
