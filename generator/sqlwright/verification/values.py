"""Values of a type as texts, found by asking the server which candidates it reads."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import asyncpg

from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Type
from sqlwright.patterns import pattern
from sqlwright.verification.quoting import element, quoted

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
    "x@example.org", "https://example.org/", "$12.50", "pg_class", "int4", "now", "yesterday",
    "tomorrow", "1 second", "-1 hour",
)  # fmt: skip

_STRING = pattern(r"'((?:[^']|'')*)'")
_NUMBER = pattern(r"(?<![\w.'])-?\d+(?:\.\d+)?(?![\w.'])")
_ELEMENTS = 6
_KEYS = 40


def literals_in(sql: str) -> Iterator[str]:
    """The texts of the string and number constants of a piece of SQL, roughly."""
    for match in _STRING.finditer(sql):
        yield match[1].replace("''", "'")
    for match in _NUMBER.finditer(_STRING.sub("", sql)):
        yield match[0]


class ValuePool:
    """The candidates that the server reads as values of each type, asked for once.

    `more` are candidates beside the usual ones, such as constants of the queries: `favoured`.
    """

    def __init__(self, connection: Any, catalog: Catalog, more: Iterable[str] = ()) -> None:
        self.catalog = catalog
        self.favoured = tuple(dict.fromkeys(more))
        self._documents = tuple(_documents(self.favoured))
        self._asked_for = frozenset((*self.favoured, *self._documents))
        self._connection = connection
        self._known: dict[tuple[int, int], tuple[str, ...]] = {}
        self._read: dict[int, dict[str, bool]] = defaultdict(dict)

    def is_asked_for(self, text: str) -> bool:
        """Whether a text is a constant of the queries, or a document with keys that they name."""
        return text in self._asked_for

    async def of_type(self, oid: int, modifier: int = -1) -> tuple[str, ...]:
        """Texts that the type reads."""
        key = (oid, modifier)
        if key not in self._known:
            # Set first: a composite type may hold an array of itself.
            self._known[key] = ()
            own = await self._own(self.catalog.type(oid))
            bits = _of_length(modifier) if oid == oids.BIT else ()
            texts = [*own, *bits, *CANDIDATES, *self.favoured]
            name = self.catalog.display_type(oid, modifier)
            self._known[key] = await self.accepted(name, tuple(dict.fromkeys(texts)))
        return self._known[key]

    async def readable(self, oid: int, texts: Iterable[str]) -> tuple[str, ...]:
        """Those of the texts that the type reads, which may be no candidates of its own."""
        given = tuple(dict.fromkeys(texts))
        known = self._read[oid]
        new = [text for text in given if text not in known]
        if new:
            taken = set(await self.accepted(self.catalog.display_type(oid), new))
            known.update((text, text in taken) for text in new)
        return tuple(text for text in given if known[text])

    async def accepted(self, type_name: str, texts: Sequence[str]) -> tuple[str, ...]:
        """Those of the texts that the server reads as values of the type."""
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
        try:
            async with self._connection.transaction():
                await self._connection.execute(f"SELECT {quoted(text)}::{type_name}")
        except asyncpg.PostgresError:
            return False
        return True

    async def _own(self, type_: Type) -> list[str]:
        """Candidates made for the type: labels, arrays of element values, rows of field values,
        documents with the keys that the queries name."""
        if type_.is_array:
            items = (await self.of_type(type_.element))[:_ELEMENTS]
            shown = [element(item) for item in items]
            alone = [f"{{{item}}}" for item in shown]
            all_of_them, one_missing = (
                type_.delimiter.join(each) for each in (shown, ["NULL", *shown[:1]])
            )
            return [*alone, "{}", f"{{{all_of_them}}}", f"{{{one_missing}}}"]
        if type_.kind == "composite" and type_.relation:
            columns = self.catalog.relation(type_.relation).columns
            fields = [(await self.of_type(item.type, item.modifier))[:1] for item in columns]
            filled = ",".join(element(field[0]) if field else "" for field in fields)
            return [f"({filled})", f"({',' * (len(columns) - 1)})"]
        if type_.kind == "domain":
            return list(await self.of_type(type_.base, type_.base_modifier))
        if type_.oid in (oids.JSON, oids.JSONB):
            return list(self._documents)
        return list(type_.labels)


def _of_length(bits: int) -> tuple[str, ...]:
    """Texts of a type that takes no others than those of just so many bits."""
    return "0" * bits, "1" * bits, ("10" * bits)[:bits]


def _documents(constants: Iterable[str]) -> Iterator[str]:
    """JSON objects that have a value of one kind or another at every key the constants may be."""
    keys = [text for text in constants if text.isidentifier()][:_KEYS]
    for value in ("1", '"a"', '"2024-02-29"', "true", "null", "[]", '{"a": "b"}') if keys else ():
        yield "{" + ", ".join(f"{json.dumps(key)}: {value}" for key in keys) + "}"


def holds_null_element(text: str) -> bool:
    """Whether the text of an array has a NULL among its elements."""
    return bool(re.search(r"[{,]\s*NULL\s*[,}]", text, re.IGNORECASE))
