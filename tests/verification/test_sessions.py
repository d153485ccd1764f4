"""A query that waits for another transaction sees what that did, and claims are put to that."""

from __future__ import annotations

from random import Random

from project import project
from sqlwright.dataclass import replace
from sqlwright.verification.filling import Filler
from sqlwright.verification.refutation import Seen
from sqlwright.verification.rows import RowMaker
from sqlwright.verification.sessions import refute_waiting
from sqlwright.verification.values import ValuePool

SCHEMA = """
CREATE TABLE owners (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE pets (id int PRIMARY KEY, owner int NOT NULL REFERENCES owners, nick text);
"""
QUERIES = """
-- name: Lock :many
SELECT p.nick FROM pets p WHERE p.nick IS NOT NULL FOR UPDATE;
-- name: Rename :many
UPDATE pets SET nick = coalesce(nick, 'x')
RETURNING (SELECT name FROM owners WHERE id = owner) AS name;
"""
ROWS = [
    "INSERT INTO owners VALUES (1, 'a'), (2, 'b')",
    "INSERT INTO pets VALUES (1, 1, 'n'), (2, 2, 'm')",
]


async def test_a_claim_that_only_another_session_refutes(database: str) -> None:
    """What is true of every snapshot need not be of rows that are looked at again."""
    async with project(database, SCHEMA, QUERIES) as made:
        wrong = [
            replace(facts, columns=tuple(replace(item, nullable=False) for item in facts.columns))
            for facts in made.queries
        ]
        random = Random(1)
        pool = ValuePool(made.connection, made.catalog)
        maker = RowMaker(made.connection, made.catalog, pool, random)
        filler = Filler(made.connection, made.catalog, maker, random)
        seen = {facts.name: Seen(nulls=[0]) for facts in wrong}
        waits = await refute_waiting(made.connection, database, filler, wrong, seen, [ROWS] * 4)
        print(
            waits, [(item.claim, item.beside) for each in seen.values() for item in each.witnesses]
        )
        assert waits > 0
        [witness] = seen["Rename"].witnesses
        assert witness.claim == "column name is NOT NULL"
        assert witness.beside.startswith('INSERT INTO "public"."owners"')
        assert '; UPDATE ONLY "public"."pets" SET "owner" = ' in witness.beside
        assert not seen["Lock"].witnesses, "the condition is looked at again, too"
