"""Rows are found for tables that make it hard."""

from __future__ import annotations

from random import Random

import pytest
from project import project
from sqlwright.verification.calls.states import states
from sqlwright.verification.densities import DENSITIES, Density
from sqlwright.verification.filling import Filler
from sqlwright.verification.partitions import add_default_partitions
from sqlwright.verification.rows import RowMaker
from sqlwright.verification.values import ValuePool

SEED = 1
TABLES = {
    "a parent that is required, itself": """
        CREATE TABLE nodes (id int PRIMARY KEY, parent int NOT NULL REFERENCES nodes);
    """,
    "a circle of required keys": """
        CREATE TABLE heads (id int PRIMARY KEY, body int NOT NULL);
        CREATE TABLE bodies (id int PRIMARY KEY, head int NOT NULL REFERENCES heads);
        ALTER TABLE heads ADD FOREIGN KEY (body) REFERENCES bodies;
        CREATE TABLE hats (id int PRIMARY KEY, head int NOT NULL REFERENCES heads);
    """,
    "keys that share a column": """
        CREATE TABLE tenants (id int PRIMARY KEY);
        CREATE TABLE users (tenant int REFERENCES tenants, id int, PRIMARY KEY (tenant, id));
        CREATE TABLE teams (tenant int REFERENCES tenants, id int, PRIMARY KEY (tenant, id));
        CREATE TABLE members (
            tenant int NOT NULL REFERENCES tenants, team int NOT NULL, member int NOT NULL,
            FOREIGN KEY (tenant, team) REFERENCES teams,
            FOREIGN KEY (tenant, member) REFERENCES users
        );
    """,
    "partitions of partitions": """
        CREATE TABLE readings (at date NOT NULL, region text NOT NULL, value int)
            PARTITION BY RANGE (at);
        CREATE TABLE readings_1987 PARTITION OF readings
            FOR VALUES FROM ('1987-01-01') TO ('1988-01-01') PARTITION BY LIST (region);
        CREATE TABLE readings_1987_here PARTITION OF readings_1987 FOR VALUES IN ('here');
    """,
    "no partition yet": """
        CREATE TABLE jobs (id int, kind text) PARTITION BY LIST (kind);
        CREATE TABLE events (id int) PARTITION BY HASH (id);
    """,
    "checks, a domain and an enum": """
        CREATE DOMAIN grade AS int CHECK (VALUE BETWEEN 5100 AND 5200);
        CREATE TYPE mood AS ENUM ('calm', 'wild');
        CREATE TABLE pupils (
            id int GENERATED ALWAYS AS IDENTITY, grade grade NOT NULL, mood mood NOT NULL,
            state text NOT NULL CHECK (state IN ('enrolled', 'graduated')),
            doubled int GENERATED ALWAYS AS (id * 2) STORED
        );
    """,
    "exclusion": """
        CREATE TABLE stays (during int4range NOT NULL, EXCLUDE USING gist (during WITH &&));
    """,
    "a trigger that lets no row in": """
        CREATE TABLE guarded (id int);
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'no'; END $$;
        CREATE TRIGGER refusing BEFORE INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION refuse();
    """,
    "a rule that lets no row in": """
        CREATE TABLE ruled (id int);
        CREATE RULE nothing AS ON INSERT TO ruled DO INSTEAD NOTHING;
    """,
    "types of a certain length": """
        CREATE TABLE masks (
            mask bit(4) NOT NULL, flag bit NOT NULL, up_to bit varying(2) NOT NULL,
            letter char(1) NOT NULL, word varchar(1) NOT NULL
        );
    """,
    "inheritance": """
        CREATE TABLE places (name text NOT NULL);
        CREATE TABLE capitals (state text NOT NULL) INHERITS (places);
    """,
}


@pytest.mark.parametrize("schema", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("density", [DENSITIES[1], Density(4, 0.3, variety=2), DENSITIES[-1]])
async def test_every_table_gets_rows(
    database: str, schema: str, density: Density, seed: int
) -> None:
    async with project(database, schema) as made:
        connection, random = made.connection, Random(seed)
        maker = RowMaker(connection, made.catalog, ValuePool(connection, made.catalog), random)
        transaction = connection.transaction()
        await transaction.start()
        await add_default_partitions(connection, made.catalog)
        await Filler(connection, made.catalog, maker, random).fill(density)
        tables = [item for item in made.catalog.relations() if "table" in item.kind]
        empty = [
            item.name
            for item in tables
            if not await connection.fetchval(f"SELECT count(*) FROM ONLY {item.name}")
            and item.kind == "table"
        ]
        assert not empty
        for item in tables:
            assert await connection.fetchval(f"SELECT count(*) FROM {item.name}"), item.name
        await transaction.rollback()


async def test_arrays_have_the_dimensions_they_were_declared_with(database: str) -> None:
    async with project(
        database, "CREATE TABLE t (flat int[] NOT NULL, m int[][] NOT NULL);"
    ) as made:
        random = Random(SEED)
        pool = ValuePool(made.connection, made.catalog)
        maker = RowMaker(made.connection, made.catalog, pool, random)
        async with made.connection.transaction():
            await Filler(made.connection, made.catalog, maker, random).fill(Density(12, 0.0))
            rows = await made.connection.fetch("SELECT array_ndims(flat), array_ndims(m) FROM t")
        assert {row[0] for row in rows} <= {1, None}
        assert 2 in {row[1] for row in rows} <= {2, None}


async def test_infinity_is_where_the_schema_speaks_of_it(database: str) -> None:
    """Of other columns it is taken for granted that they have none (`docs/inference.md`)."""
    schema = "CREATE TABLE leases (since date NOT NULL, until date NOT NULL DEFAULT 'infinity');"
    async with project(database, schema) as made:
        connection, pool = made.connection, ValuePool(made.connection, made.catalog)
        maker = RowMaker(connection, made.catalog, pool, Random(SEED))
        filler = Filler(connection, made.catalog, maker, Random(SEED))
        async with connection.transaction():
            found = await states(connection, made.catalog, filler, pool)
        for text in found[-1]:
            await connection.execute(text)
        endless = await connection.fetchrow(
            "SELECT count(*) FILTER (WHERE NOT isfinite(since)) AS since,"
            " count(*) FILTER (WHERE NOT isfinite(until)) AS until FROM leases"
        )
    assert endless["since"] == 0
    assert endless["until"] > 0
