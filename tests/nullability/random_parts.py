"""What random queries are made of: tables, constants, and what each level of a query shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

TABLES: dict[str, dict[str, str]] = {
    "people": {"id": "int", "name": "text", "nick": "text", "boss_id": "int", "active": "bool"},
    "teams": {"id": "int", "title": "text", "lead_id": "int", "deputy_id": "int", "mascot": "text"},
    "members": {"team_id": "int", "person_id": "int"},
    "tasks": {"id": "int", "team_id": "int", "title": "text", "body": "text", "points": "int",
              "done": "bool", "parent_id": "int"},
    "notes": {"task_id": "int", "author_id": "int", "line": "text", "stars": "int"},
    "bookings": {"id": "int", "person_id": "int", "team_id": "int", "state": "text",
                 "phone": "text", "mail": "text", "since": "int", "until": "int", "paid": "bool",
                 "receipt": "text"},
    "counters": {"id": "int", "value": "int", "label": "text", "doubled": "int", "safe": "int"},
    "nicked_people": {"id": "int", "name": "text", "nick": "text"},
    "team_heads": {"id": "int", "title": "text", "head": "text", "deputy": "text"},
    "team_points": {"team_id": "int", "tasks": "int", "points": "int"},
}  # fmt: skip

CONSTANTS = {
    "int": ("0", "1", "2", "3", "NULL::int", "sqlc.narg(n)::int", "sqlc.arg(m)::int"),
    "text": ("'a'::text", "''::text", "'abc'::text", "NULL::text", "sqlc.narg(s)::text",
             "'done'::text"),
    "bool": ("true", "false", "NULL::bool"),
}  # fmt: skip
TYPES = ("int", "text", "bool")


@dataclass(frozen=True)
class Column:
    """Something that can be referred to, of a type."""

    sql: str
    type: str


@dataclass(frozen=True)
class Item:
    """Something in FROM and its columns."""

    sql: str
    columns: tuple[Column, ...]
    name: str


@dataclass(frozen=True)
class Select:
    sql: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Level:
    """What expressions of a query level see; `grouped` are its keys where it has groups."""

    columns: tuple[Column, ...]
    outer: tuple[Column, ...]
    depth: int
    grouped: Sequence[Column] | None = field(default=None)
    windowed: bool = False

    @property
    def grouped_at_all(self) -> bool:
        return self.grouped is not None

    @property
    def visible(self) -> tuple[Column, ...]:
        own = self.columns if self.grouped is None else tuple(self.grouped)
        return (*own, *self.outer)
