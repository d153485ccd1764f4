"""What was inferred of a query, against rows that it returned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlwright.analysis.facts import QueryFacts, ResultColumn
from sqlwright.catalog import oids
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A claim that a result contradicts: with the row that does, or by how many rows came."""

    claim: str
    row: tuple[Any, ...] | None = None
    came: int | None = None


def contradictions(facts: QueryFacts, rows: Sequence[Any]) -> Iterator[Contradiction]:
    """The claims that a result contradicts, each once."""
    for at, column in enumerate(facts.columns):
        for row in rows:
            if is_null(column, row[at]):
                if not column.nullable:
                    yield Contradiction(f"column {column.name} is NOT NULL", tuple(row))
                    break
            elif not column.element_nullable and None in _elements(row[at]):
                yield Contradiction(f"no element of column {column.name} is NULL", tuple(row))
                break
    if facts.rows == "exactly-one" and len(rows) != 1:
        yield Contradiction("exactly one row comes", came=len(rows))
    if facts.rows == "at-most-one" and len(rows) > 1:
        yield Contradiction("at most one row comes", came=len(rows))


def is_null(column: ResultColumn, value: object) -> bool:
    """Whether a value is NULL; asyncpg has None for one of type void, too."""
    return value is None and column.type != oids.VOID


def _elements(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _elements(item) if isinstance(item, list) else (item,)
