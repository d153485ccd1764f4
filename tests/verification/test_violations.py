"""Queries violate what they are said to, and what they are not said to is refuted."""

from __future__ import annotations

import asyncpg
import pytest
from project import Project, project
from sqlwright.dataclass import replace
from sqlwright.verification.refutation import Effort, Seen, refute
from sqlwright.verification.report import report
from sqlwright.verification.run import Verified
from sqlwright.verification.violations import expected, never_violated

SCHEMA = """
CREATE DOMAIN price AS int CONSTRAINT not_free CHECK (VALUE > 0);
CREATE TABLE teams (id int PRIMARY KEY, name text NOT NULL UNIQUE, boss text);
CREATE TABLE users (
    id int PRIMARY KEY, team int NOT NULL REFERENCES teams ON DELETE CASCADE,
    CONSTRAINT small CHECK (id < 1000)
);
CREATE TABLE seats (id int PRIMARY KEY, who int CONSTRAINT taken REFERENCES users, cost price);
CREATE TABLE late (
    id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, team int UNIQUE DEFERRABLE, key int UNIQUE,
    boss int REFERENCES late (key) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE spans (id int, kind int, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE TABLE spans_1 PARTITION OF spans FOR VALUES IN (1);
CREATE TABLE marks (
    id int PRIMARY KEY, span int, kind int,
    CONSTRAINT in_span FOREIGN KEY (span, kind) REFERENCES spans
);
"""
QUERIES = """
-- name: AddTeam :exec
INSERT INTO teams (id, name) VALUES (@id, @name);
-- name: KeepTeam :exec
INSERT INTO teams (id, name) VALUES (@id, @name)
ON CONFLICT (id) DO UPDATE SET name = excluded.name;
-- name: NameTeam :exec
UPDATE teams SET name = boss WHERE id = @id;
-- name: DropTeam :exec
DELETE FROM teams WHERE id = @id;
-- name: AddUser :exec
INSERT INTO users (id, team) VALUES (@id, @team);
-- name: AddSeat :exec
INSERT INTO seats (id, who, cost) VALUES (@id, @who, @cost);
-- name: AddLate :exec
INSERT INTO late (id, team, boss) VALUES (@id, @team, @boss);
-- name: DropLate :exec
DELETE FROM late WHERE key = @key;
-- name: DropSpan :exec
DELETE FROM spans WHERE id = @id AND kind = @kind;
-- name: ReadTeams :many
SELECT * FROM teams;
"""
VIOLATED = {
    "AddTeam": {"teams_pkey", "teams_name_key"},
    "KeepTeam": {"teams_name_key"},
    "NameTeam": {"teams_name_key", "teams_name_not_null"},
    "DropTeam": {"taken"},
    "AddUser": {"users_pkey", "users_team_fkey", "small"},
    "AddSeat": {"seats_pkey", "taken", "not_free"},
    "AddLate": {"late_pkey", "late_team_key", "late_boss_fkey"},
    "DropLate": {"late_boss_fkey"},
    "DropSpan": {"in_span"},
    "ReadTeams": set(),
}
ASKING = Effort(violations=True)


async def refuted(made: Project) -> dict[str, Seen]:
    return await refute(made.connection, made.catalog, made.queries, ASKING)


async def test_everything_that_can_be_violated_is(database: str) -> None:
    async with project(database, SCHEMA, QUERIES) as made:
        seen = await refuted(made)
    for facts in made.queries:
        said = {each.constraint for each in expected(facts).values()}
        shown = {constraint for _, _, constraint in seen[facts.name].violated}
        print(f"{facts.name}: said {sorted(said)}, seen {sorted(shown)}")
        assert said == shown == VIOLATED[facts.name]
        assert seen[facts.name].witnesses == []


@pytest.mark.parametrize(
    ("query", "constraint"),
    [(query, each) for query, names in VIOLATED.items() for each in sorted(names)],
)
async def test_a_set_that_is_too_small_is_refuted(
    database: str, query: str, constraint: str
) -> None:
    """The rows and arguments of the witness, on an empty database, violate the constraint."""
    async with project(database, SCHEMA, QUERIES) as made:
        (facts,) = [each for each in made.queries if each.name == query]
        left = tuple(each for each in facts.violable or () if each.constraint != constraint)
        wrong = replace(facts, violable=left)
        seen = (await refute(made.connection, made.catalog, [wrong], ASKING))[query]
        (witness,) = seen.witnesses
        print(witness.claim, witness.arguments, witness.inserts)
        assert f" {constraint} of " in witness.claim
        assert witness.claim.endswith(" is not violated")
        for text in witness.inserts:
            await made.connection.execute(text)
        types = [made.catalog.display_type(item.type) for item in facts.parameters]
        given = [
            text if text is None or kind == "text" else int(text)
            for text, kind in zip(witness.arguments, types, strict=True)
        ]
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await made.connection.execute(facts.sql, *given)  # outside of a transaction


async def test_a_trigger_may_violate_what_it_likes(database: str) -> None:
    schema = (
        SCHEMA
        + """
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO seats (id) VALUES (1), (1);
            RETURN NEW;
        END $$;
        CREATE TRIGGER noting AFTER INSERT ON teams FOR EACH ROW EXECUTE FUNCTION note();
    """
    )
    async with project(database, schema, QUERIES) as made:
        seen = (await refuted(made))["AddTeam"]
        seats = made.catalog.find_relation(("public", "seats"))
        assert seats is not None
        assert (False, seats.oid, "seats_pkey") in seen.violated
        assert seen.witnesses == []


async def test_the_report_counts_them(database: str) -> None:
    async with project(database, SCHEMA, QUERIES) as made:
        seen = await refuted(made)
    seen["AddSeat"].violated.clear()
    lines = list(report(Verified(ran=True, raises=True, seen=seen), made.queries, verbose=True))
    assert "AddSeat: never violated: seats_pkey, taken, not_free" in lines
    assert "14 of 17 constraints that can be violated were" in lines
    assert sum(len(never_violated(f, seen[f.name].violated)) for f in made.queries) == 3
    silent = list(report(Verified(ran=True, seen=seen), made.queries, verbose=True))
    assert not any("violated" in line for line in silent)
