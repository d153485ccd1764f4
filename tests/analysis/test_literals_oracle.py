"""Texts read as values of a type, and spoilt ones: what PostgreSQL accepts must be accepted.

`tests/cases/literals` has a file for each type with one text a line.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from sqlwright.analysis.literals import invalid_literal
from sqlwright.catalog.catalog import Catalog, initial_catalog

TEXTS = {
    file.stem: file.read_text().splitlines()
    for file in sorted((Path(__file__).parents[1] / "cases" / "literals").glob("*.txt"))
}
LETTERS = "0123456789-+:/., ()[]{}\"'\\abefnTZxyPMBCu_é$@*&|!<>"
SEED = 11
SPOILT = 60
LEFT_TO_THE_SERVER = {
    # A day and month may stand in either order, and a year may have two digits: DateStyle tells.
    "date": 8,
    "daterange": 10,
    "tstzrange": 4,
    "timestamp": 6,
    "timestamptz": 6,
    "time": 6,
    "timetz": 6,
    # The currency symbol is that of the server's locale.
    "money": 40,
    # Numbers that C reads and Python does not.
    "macaddr": 12,
    "inet": 4,
    "cidr": 8,
    "pg_snapshot": 6,
    # Indexes of the system; regular expressions and escapes inside a path.
    "regclass": 6,
    "jsonpath": 16,
    "interval": 4,
}
"""How many refusals of PostgreSQL may be missed, by type; none for the others."""


@dataclass(frozen=True)
class Reading:
    """A text with PostgreSQL's refusal of it and ours, None where it was accepted."""

    text: str
    theirs: str | None
    ours: str | None


def spoil(random_source: random.Random, texts: list[str]) -> str:
    """A text with a few letters lost, added or taken from another."""
    text = random_source.choice(texts)
    for _ in range(random_source.choice([1, 1, 2, 3])):
        at = random_source.randint(0, len(text))
        kind = random_source.choice(["lose", "add", "add", "replace", "join"])
        if kind == "join":
            other = random_source.choice(texts)
            text = text[:at] + other[random_source.randint(0, len(other)) :]
        else:
            added = "" if kind == "lose" else random_source.choice(LETTERS)
            text = text[:at] + added + text[at + (kind != "add") :]
    return text


async def read(
    connection: asyncpg.Connection, catalog: Catalog, type_oid: int, name: str, text: str
) -> Reading:
    """What both sides say of one text."""
    refused = None
    try:
        await connection.prepare(f"SELECT '{text.replace(chr(39), chr(39) * 2)}'::{name}")
    except asyncpg.PostgresError as error:
        refused = f"{error.sqlstate} {error.message}"
    mine = invalid_literal(catalog, type_oid, -1, text)
    return Reading(text, refused, None if mine is None else f"{mine.sqlstate} {mine.message}")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return initial_catalog()


@pytest.mark.parametrize("name", TEXTS)
async def test_texts_are_read_as_postgres_reads_them(
    name: str, catalog: Catalog, database: str, seed: int
) -> None:
    element = catalog.find_type(("pg_catalog", name.removesuffix("[]")))
    assert element is not None
    type_oid = element.array if name.endswith("[]") else element.oid
    written = f'"{name}"' if name == "char" else name
    source = random.Random(f"{seed} {name}")
    texts = [*TEXTS[name], *(spoil(source, TEXTS[name]) for _ in range(SPOILT))]
    connection = await asyncpg.connect(database, statement_cache_size=0)
    try:
        readings = [await read(connection, catalog, type_oid, written, text) for text in texts]
    finally:
        await connection.close()
    refused_wrongly = [each for each in readings if each.ours and not each.theirs]
    missed = [each for each in readings if each.theirs and not each.ours]
    alike = sum(each.ours == each.theirs for each in readings)
    refused = sum(each.theirs is not None for each in readings)
    print(f"{name}: {alike} of {len(readings)} alike, {refused} refused, {len(missed)} missed")
    assert not refused_wrongly
    assert len(missed) <= LEFT_TO_THE_SERVER.get(name, 0), missed
    assert len(readings) - alike - len(missed) <= len(readings) / 10
