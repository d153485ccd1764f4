"""Values of a type as literals, found by asking the server which candidate texts it takes."""

from __future__ import annotations

from typing import Any

# Texts that, between them, some type or other reads as a value: ordinary ones, edges, the empty.
CANDIDATES: tuple[str, ...] = (
    "0", "1", "2", "3", "-1", "7", "100", "1.5", "-0.25", "t", "f", "a", "b", "", "abc", "A b",
    "2024-02-29", "2000-01-01", "2024-02-29 12:30:00", "2000-01-01 00:00:00+00", "12:30:00",
    "1 day", "2 months 3 days", "00000000-0000-0000-0000-000000000001",
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "{}", "[]", "null", '{"a": 1}', '{"a": null, "b": "x"}',
    '[1, "x", null]', '"text"', "{1,2}", "{NULL,1}", "{a,b}", "{NULL}", "{t,f}",
    "{2024-02-29}", "[1,5)", "empty", "(,)", "[2000-01-01,2024-02-29)", "{[1,3),[5,8)}",
    "127.0.0.1", "10.0.0.0/8", "::1", "08:00:2b:01:02:03", "08:00:2b:01:02:03:04:05", "(1,2)",
    "((0,0),(1,1))", "<(1,2),3>", "{1,2,3}", "[(0,0),(1,1)]", "101", "\\x00ff", "a => 1", "a.b",
    "[1,2,3]", "<a>x</a>", "$.a", "a & b", "0/16B3748", "(1,a)", "(,)", "x@example.org",
    "https://example.org/", "$12.50", "pg_class", "int4",
)  # fmt: skip


def quoted(value: str | None) -> str:
    """A literal of any type: quoted text, or NULL."""
    if value is None:
        return "NULL"
    escaped = value.replace("'", "''")
    return f"E'{escaped.replace(chr(92), chr(92) * 2)}'" if "\\" in value else f"'{escaped}'"


class ValuePool:
    """The candidates that a server reads as values of each type, asked for once."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._known: dict[str, tuple[str, ...]] = {}

    async def of_type(self, type_name: str, labels: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Texts that the type reads; `labels` of an enum are tried first."""
        if type_name not in self._known:
            accepted = [
                text for text in (*labels, *CANDIDATES) if await self._accepts(type_name, text)
            ]
            self._known[type_name] = tuple(accepted)
        return self._known[type_name]

    async def _accepts(self, type_name: str, text: str) -> bool:
        import asyncpg

        try:
            async with self._connection.transaction():
                await self._connection.execute(f"SELECT {quoted(text)}::{type_name}")
        except asyncpg.PostgresError:
            return False
        return True
