"""Queries find rows, wrong claims find witnesses, and slow queries are given up."""

from __future__ import annotations

import pytest
from project import project
from sqlwright.analysis.facts import ResultColumn
from sqlwright.dataclass import replace
from sqlwright.verification.densities import Density
from sqlwright.verification.refutation import Effort, refute

SCHEMA = """
CREATE TYPE state AS ENUM ('queued', 'running', 'done');
CREATE TABLE tenants (id uuid PRIMARY KEY, slug text NOT NULL);
CREATE TABLE jobs (
    tenant uuid NOT NULL REFERENCES tenants,
    id bigint NOT NULL,
    state state NOT NULL,
    kind text NOT NULL,
    note text,
    args jsonb NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE TABLE results (
    tenant uuid NOT NULL,
    job bigint NOT NULL,
    score int,
    FOREIGN KEY (tenant, job) REFERENCES jobs
);
"""

FINDS_ROWS = {
    "several columns of one row": """
        SELECT note FROM jobs
        WHERE tenant = @tenant AND id = @id AND state = @state AND kind = @kind;
    """,
    "constants that the query names": """
        SELECT note FROM jobs WHERE kind = 'nightly' AND args->>'origin' = 'a';
    """,
    "a row of each of two tables": """
        SELECT r.score FROM jobs j JOIN results r ON r.tenant = j.tenant AND r.job = j.id
        JOIN tenants t ON t.id = j.tenant WHERE t.slug = @slug AND j.kind = @kind;
    """,
    "arrays in step": """
        SELECT j.note FROM unnest(@tenants::uuid[], @ids::bigint[]) AS wanted (tenant, id)
        JOIN jobs j USING (tenant, id);
    """,
    "a limit that must not be negative": """
        SELECT note FROM jobs ORDER BY id LIMIT @most OFFSET @skipped;
    """,
    "labels read out of text": """
        SELECT note FROM jobs WHERE state = ANY (@states::text[]::state[]);
    """,
    "keys of a table that is not named": """
        INSERT INTO results (tenant, job, score)
        SELECT unnest(@tenants::uuid[]), @job::bigint, sqlc.narg('score')::int
        RETURNING score;
    """,
    "a new row": """
        INSERT INTO jobs (tenant, id, state, kind, note, args)
        VALUES (@tenant, @id, @state, @kind, sqlc.narg('note'), @args) RETURNING note;
    """,
}


@pytest.mark.parametrize("query", FINDS_ROWS.values(), ids=FINDS_ROWS)
async def test_rows_and_nulls_are_found(database: str, query: str) -> None:
    async with project(database, SCHEMA, f"-- name: Q :many\n{query}") as made:
        effort = Effort(compared=made.compared)
        seen = await refute(made.connection, made.catalog, made.queries, effort)
        assert seen["Q"].rows > 0, seen["Q"]
        assert seen["Q"].nulls[0] > 0, seen["Q"]
        assert not seen["Q"].witnesses


async def test_the_same_seed_finds_the_same(database: str) -> None:
    queries = "\n".join(
        f"-- name: Q{at} :many\n{query}\n".replace("\n        ", "\n")
        for at, query in enumerate(FINDS_ROWS.values())
    )
    async with project(database, SCHEMA, queries) as made:
        effort = Effort(seed=5, densities=(Density(3, 0.3, variety=2),), more=())
        first, second = [
            await refute(made.connection, made.catalog, made.queries, effort) for _ in range(2)
        ]
        assert first == second
        other = await refute(made.connection, made.catalog, made.queries, replace(effort, seed=6))
        assert other != first


async def test_a_witness_can_be_seen_again(database: str) -> None:
    """Its INSERTs, run on an empty database, and its arguments lead to the row; no row too many."""
    query = """-- name: Q :many
-- @nonnull score
SELECT j.kind, r.score FROM jobs j
LEFT JOIN results r ON r.tenant = j.tenant AND r.job = j.id WHERE j.kind = @kind;
"""
    async with project(database, SCHEMA, query) as made:
        facts = replace(made.queries[0], columns=_claimed(made.queries[0].columns))
        (witness,) = (await refute(made.connection, made.catalog, [facts]))["Q"].witnesses
        assert witness.claim == "column score is NOT NULL"
        assert dict(witness.row)["score"] is None
        assert [text.split('"')[3] for text in witness.inserts] == ["tenants", "jobs"]
        assert await made.connection.fetchval("SELECT count(*) FROM jobs") == 0
        for text in witness.inserts:
            await made.connection.execute(text)
        rows = await made.connection.fetch(facts.sql, *witness.arguments)
        assert [row["score"] for row in rows] == [None]


def _claimed(columns: tuple[ResultColumn, ...]) -> tuple[ResultColumn, ...]:
    return tuple(replace(column, nullable=False) for column in columns)


async def test_too_many_rows_are_a_witness(database: str) -> None:
    query = "-- name: Q :many\nSELECT kind FROM jobs WHERE id = @id;"
    async with project(database, SCHEMA, query) as made:
        facts = replace(made.queries[0], rows="at-most-one")
        (witness,) = (await refute(made.connection, made.catalog, [facts]))["Q"].witnesses
        assert (witness.claim, witness.came) == ("at most one row comes", 2)
        assert len([text for text in witness.inserts if '"jobs"' in text]) == 2


async def test_a_slow_query_is_given_up(database: str) -> None:
    query = "-- name: Q :many\nSELECT note, pg_sleep(60) FROM jobs;\n"
    async with project(database, SCHEMA, query) as made:
        effort = Effort(seconds=0.2)
        seen = (await refute(made.connection, made.catalog, made.queries, effort))["Q"]
        assert seen.timeouts == 3
        assert "statement timeout" in str(seen.last_failure)


async def test_a_long_result_is_not_read_to_its_end(database: str) -> None:
    query = "-- name: Q :many\nSELECT generate_series(1, 100000) AS n;\n"
    async with project(database, SCHEMA, query) as made:
        seen = (await refute(made.connection, made.catalog, made.queries))["Q"]
        assert seen.rows == 1000 * seen.runs > 0


async def test_nothing_is_left_behind(database: str) -> None:
    async with project(database, SCHEMA, "-- name: Q :exec\nDELETE FROM results;\n") as made:
        await refute(made.connection, made.catalog, made.queries)
        for table in ("tenants", "jobs", "results"):
            assert await made.connection.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_arrays_of_rows_have_one_length(database: str) -> None:
    """Columns of an unnest are NOT NULL where they are arrays of rows, and are never padded."""
    queries = """
-- name: Pairs :many
-- @rows
SELECT u.a, u.b, u.c FROM unnest(@a::int[], @b::text[], @c::date[]) AS u (a, b, c);
-- name: Listed :many
-- @rows
SELECT unnest(@a::int[]) AS a, unnest(@b::text[]) AS b;
"""
    async with project(database, "CREATE TABLE t (id int);", queries) as made:
        assert [[column.nullable for column in facts.columns] for facts in made.queries] == [
            [False] * 3,
            [False] * 2,
        ]
        effort = Effort(compared=made.compared)
        seen = await refute(made.connection, made.catalog, made.queries, effort)
        assert {name: found.rows > 0 for name, found in seen.items()} == {
            "Pairs": True,
            "Listed": True,
        }
        assert not [found.witnesses for found in seen.values() if found.witnesses]
