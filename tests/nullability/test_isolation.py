"""Foreign keys in transactions that keep one snapshot, while a second connection writes.

PostgreSQL checks a key to a partitioned table against rows that were committed after the snapshot,
so that a row may refer to one that its own transaction does not see. What it checks as rows are
deleted, and for unique keys, are the rows of now in any case, which `docs/inference.md` says.
"""

from __future__ import annotations

import asyncpg
import pytest
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = """
CREATE TABLE whole (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE parted (id integer PRIMARY KEY, name text NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (100);
CREATE TABLE between_them (
    parted_id integer NOT NULL REFERENCES parted,
    id integer NOT NULL,
    PRIMARY KEY (parted_id, id)
);
CREATE TABLE children (
    id integer PRIMARY KEY,
    whole_id integer NOT NULL REFERENCES whole,
    part_id integer NOT NULL REFERENCES part,
    parted_id integer NOT NULL REFERENCES parted,
    between_id integer NOT NULL,
    FOREIGN KEY (parted_id, between_id) REFERENCES between_them (parted_id, id)
);
CREATE TABLE lines (id integer PRIMARY KEY, parted_id integer NOT NULL REFERENCES parted);
"""

QUERIES = """
-- name: ToTable :many
SELECT w.name FROM children c LEFT JOIN whole w ON w.id = c.whole_id;

-- name: ToPartition :many
SELECT p.name FROM children c LEFT JOIN part p ON p.id = c.part_id;

-- name: ToItself :many
SELECT p.id, (SELECT o.name FROM parted o WHERE o.id = p.id) AS name FROM parted p;

-- name: ToPartitioned :many
SELECT p.name FROM lines l LEFT JOIN parted p ON p.id = l.parted_id;

-- name: LookedUp :many
SELECT (SELECT p.name FROM parted p WHERE p.id = l.parted_id) AS name FROM lines l;

-- name: ToPartitionedThrough :many
SELECT p.name FROM children c LEFT JOIN parted p ON p.id = c.parted_id;
"""

NULLABLE = {"ToPartitioned", "LookedUp", "ToPartitionedThrough"}


def _inferred() -> dict[str, QueryFacts]:
    catalog = build_catalog(initial_catalog(), [SourceFile("schema.sql", SCHEMA)], analyser, [])
    statements, _ = read_queries(SourceFile("queries.sql", QUERIES))
    found = [infer_query(catalog, each)[0] for each in statements]
    return {facts.name: facts for facts in found if facts is not None}


def test_a_key_to_a_partitioned_table_proves_no_match() -> None:
    found = _inferred()
    nullable = {name for name, facts in found.items() if any(c.nullable for c in facts.columns)}
    assert len(found) == 6
    assert nullable == NULLABLE


@pytest.mark.parametrize("isolation", ["repeatable_read", "serializable"])
async def test_postgres_agrees(database: str, isolation: str) -> None:
    first, second = [await asyncpg.connect(database) for _ in range(2)]
    try:
        await first.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}")
        await first.execute("INSERT INTO whole VALUES (1, 'a'); INSERT INTO parted VALUES (1, 'a')")
        async with first.transaction(isolation=isolation):
            await first.fetch("SELECT FROM parted")
            await second.execute("INSERT INTO whole VALUES (2, 'b')")
            await second.execute("INSERT INTO parted VALUES (2, 'b')")
            await first.execute("INSERT INTO between_them VALUES (2, 1)")
            await first.execute("INSERT INTO children VALUES (1, 1, 1, 2, 1)")
            await first.execute("INSERT INTO lines VALUES (1, 2)")
            for parent in ("whole", "part"):
                unseen = {"whole": "(2, 2, 1, 2, 1)", "part": "(2, 1, 2, 2, 1)"}[parent]
                with pytest.raises(asyncpg.ForeignKeyViolationError):
                    async with first.transaction():
                        await first.execute(f"INSERT INTO children VALUES {unseen}")
            for name, facts in _inferred().items():
                rows = await first.fetch(facts.sql)
                assert rows
                assert any(None in row.values() for row in rows) == (name in NULLABLE), name
    finally:
        await first.close()
        await second.close()


@pytest.mark.parametrize("isolation", ["read_committed", "repeatable_read", "serializable"])
async def test_keys_are_those_of_now(database: str, isolation: str) -> None:
    first, second = [await asyncpg.connect(database) for _ in range(2)]
    join = "SELECT w.name FROM refs r LEFT JOIN whole w ON w.id = r.whole_id"
    try:
        await first.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}")
        await first.execute("CREATE TABLE refs (whole_id integer NOT NULL REFERENCES whole)")
        await first.execute("INSERT INTO whole VALUES (1, 'a'), (2, 'b')")
        await first.execute("INSERT INTO refs VALUES (1)")
        async with first.transaction(isolation=isolation):
            await first.fetch("SELECT FROM whole")
            await second.execute("DELETE FROM refs; DELETE FROM whole WHERE id = 2")
            await first.execute("DELETE FROM whole WHERE id = 1")
            await first.execute("INSERT INTO whole VALUES (2, 'c')")
            found = await first.fetch(join), await first.fetch("SELECT FROM whole WHERE id = 2")
            seen = [row["name"] for row in found[0]], len(found[1])
            assert seen == (([], 1) if isolation == "read_committed" else ([None], 2))
    finally:
        await first.close()
        await second.close()
