"""Tables get rows that almost violate their constraints, and rows from an earlier schema."""

from __future__ import annotations

from random import Random

from project import project
from sqlwright.verification.densities import Density
from sqlwright.verification.filling import Filler
from sqlwright.verification.rows import RowMaker
from sqlwright.verification.values import ValuePool

SCHEMA = """
CREATE TABLE docs (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    place text NOT NULL,
    version int NOT NULL,
    deleted boolean NOT NULL,
    UNIQUE (place, version)
);
CREATE UNIQUE INDEX ON docs (place) WHERE NOT deleted;
"""

FUNCTIONS = """
CREATE FUNCTION tidy(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS 'SELECT lower($1)';
CREATE TABLE names (
    name text,
    place text NOT NULL,
    tidied text GENERATED ALWAYS AS (tidy(name)) STORED
);
CREATE MATERIALIZED VIEW seen AS SELECT name, place FROM names;
ALTER TABLE names ALTER name SET NOT NULL;
CREATE MATERIALIZED VIEW since AS SELECT name FROM names;
"""


async def test_rows_differ_in_what_a_key_tells_apart(database: str) -> None:
    """Of a key of two columns each alone comes twice, and outside of its condition a partial one
    comes twice as well, in letters of either case."""
    async with project(database, SCHEMA) as made:
        counted = {}
        for near in (False, True):
            filler = _filler(made)
            async with made.connection.transaction():
                await filler.fill(Density(2, 0.0, near=near))
                rows = await made.connection.fetch("SELECT place, version, deleted FROM docs")
            await made.connection.execute("TRUNCATE docs")
            pairs = [(a, b) for at, a in enumerate(rows) for b in rows[:at]]
            counted[near] = [
                any(a["place"] == b["place"] for a, b in pairs),
                any(a["version"] == b["version"] for a, b in pairs),
                any(a["place"] == b["place"] and a["deleted"] != b["deleted"] for a, b in pairs),
                any(
                    a["place"] != b["place"] and a["place"].lower() == b["place"].lower()
                    for a, b in pairs
                ),
            ]
        print(counted)
        assert counted[True] == [True, True, True, True]
        assert counted[False] != counted[True]


async def test_rows_are_older_than_the_schema(database: str) -> None:
    """A stored column keeps what a function gave that was replaced since, and a view a NULL from
    before NOT NULL, but none that its column never let in; the schema is afterwards what it was."""
    async with project(database, FUNCTIONS) as made:
        before = await made.connection.fetchval("SELECT pg_get_functiondef('tidy'::regproc)")
        found = [0, 0, 0]
        for seed in range(5):
            transaction = made.connection.transaction()
            await transaction.start()
            await _filler(made, seed).fill(Density(3, 0.0, old=True))
            found[0] += await made.connection.fetchval(
                "SELECT count(*) FROM names WHERE name IS NOT NULL AND tidied IS NULL"
            )
            found[1] += await made.connection.fetchval(
                "SELECT count(*) FROM seen WHERE name IS NULL"
            )
            found[2] += await made.connection.fetchval(
                "SELECT (SELECT count(*) FROM names WHERE name IS NULL)"
                " + (SELECT count(*) FROM since WHERE name IS NULL)"
                " + (SELECT count(*) FROM seen WHERE place IS NULL)"
            )
            assert await made.connection.fetchval("SELECT count(*) FROM since") > 0
            after = await made.connection.fetchval("SELECT pg_get_functiondef('tidy'::regproc)")
            assert after == before
            await transaction.rollback()
        print(found)
        assert found[0] > 0
        assert found[1] > 0
        assert found[2] == 0


def _filler(made: object, seed: int = 0) -> Filler:
    connection, catalog = made.connection, made.catalog  # type: ignore[attr-defined]
    random = Random(seed)
    maker = RowMaker(connection, catalog, ValuePool(connection, catalog), random)
    return Filler(connection, catalog, maker, random)
