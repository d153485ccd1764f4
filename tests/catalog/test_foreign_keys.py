"""Which foreign keys refer to a table, against a look through all tables."""

from __future__ import annotations

import pytest
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.catalog.foreign_keys import keys_to
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile

assert infer_query.__module__  # with all that analyses expressions

TABLES = """
CREATE TABLE people (id int PRIMARY KEY, code text UNIQUE, boss int REFERENCES people);
CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE notes (
    id int, person int REFERENCES people ON DELETE CASCADE, code text REFERENCES people (code),
    a int, b int, FOREIGN KEY (a, b) REFERENCES pairs
);
CREATE TABLE kept (at date, id int, person int REFERENCES people, PRIMARY KEY (at, id))
    PARTITION BY RANGE (at);
CREATE TABLE kept_now PARTITION OF kept FOR VALUES FROM ('2020-01-01') TO ('2030-01-01');
CREATE TABLE seen (at date, id int, FOREIGN KEY (at, id) REFERENCES kept);
"""
CHANGES = (
    "",
    "ALTER TABLE notes DROP COLUMN person;",
    "ALTER TABLE people RENAME COLUMN id TO number;",
    "ALTER TABLE people RENAME TO persons; ALTER TABLE notes RENAME TO remarks;",
    "ALTER TABLE notes ADD FOREIGN KEY (id) REFERENCES people NOT VALID;",
    "ALTER TABLE people ALTER COLUMN id TYPE bigint;",
    "DROP TABLE pairs CASCADE;",
    "ALTER TABLE kept DETACH PARTITION kept_now;",
    "CREATE TABLE kept_old PARTITION OF kept FOR VALUES FROM ('2010-01-01') TO ('2020-01-01');",
    "CREATE TABLE like_notes (LIKE notes INCLUDING ALL);",
    "CREATE TABLE below () INHERITS (notes);",
)


@pytest.mark.parametrize("change", CHANGES)
def test_every_key_is_found_from_its_table(change: str) -> None:
    source = SourceFile("schema.sql", TABLES + change)
    refused: list[Diagnostic] = []
    catalog = build_catalog(initial_catalog(), [source], analyser, refused)
    assert [item.message for item in refused] == []
    compared = 0
    for table in catalog.relations():
        every = [
            (holder, each)
            for holder in sorted(catalog.relations(), key=lambda each: each.oid)
            for each in holder.constraints
            if each.kind == "foreign key" and each.referenced == table.oid and not each.inherited
        ]
        assert keys_to(catalog, table.oid) == every
        compared += len(every)
    print(f"{compared} foreign keys")
    assert compared > 4
