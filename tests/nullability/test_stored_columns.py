"""Models promise no more than any query that reads the table, and what one finds that reads all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlwright.analysis.outputs.stored_columns import StoredColumn, stored_columns
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from stated import SCHEMA, catalog_of


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


def relations(catalog: Catalog) -> list[Relation]:
    kinds = ("table", "partitioned table", "view", "materialized view")
    source = SCHEMA.read_text(encoding="utf-8")
    found = [catalog.find_relation(("public", name)) for name in _names(source)]
    return [each for each in found if each is not None and each.kind in kinds]


def _names(source: str) -> list[str]:
    words = source.replace("(", " ").split()
    return [name.strip(";") for word, name in pairwise(words) if word in ("TABLE", "VIEW")]


def read(catalog: Catalog, relation: Relation, query: str) -> list[StoredColumn]:
    text = f"-- name: Q :many\n{query.format(relation.name)};"
    (statement,), problems = read_queries(SourceFile("q.sql", text))
    assert not problems
    facts, found = infer_query(catalog, statement)
    assert facts is not None, found
    return [
        StoredColumn(each.nullable, each.element_nullable, each.dimensions)
        for each in facts.columns
    ]


def test_models_say_what_a_query_of_all_rows_finds(catalog: Catalog) -> None:
    compared, weaker = 0, []
    for relation in relations(catalog):
        model = stored_columns(catalog, relation)
        plain = read(catalog, relation, "SELECT * FROM {}")
        for column, said, found in zip(relation.columns, model, plain, strict=True):
            compared += 1
            assert said.dimensions == found.dimensions, (relation.name, column.name)
            assert said.nullable or not found.nullable, (relation.name, column.name)
            if found.dimensions:
                assert said.element_nullable or not found.element_nullable, column.name
            if said.nullable and not found.nullable:
                weaker.append(f"{relation.name}.{column.name}")
    print(f"{compared} columns of {len(relations(catalog))} relations; weaker: {weaker}")
    assert compared > 150
    # Only what rests on foreign keys, which a statement that locks rows cannot rely on.
    assert weaker == ["staff_with_boss.boss"]


def test_models_promise_no_more_than_locked_rows_hold(catalog: Catalog) -> None:
    for relation in relations(catalog):
        if relation.kind == "materialized view":
            continue
        model = stored_columns(catalog, relation)
        try:
            locked = read(catalog, relation, "SELECT * FROM {} FOR UPDATE")
        except AssertionError:
            assert relation.kind == "view"  # one that groups rows cannot lock them
            continue
        for column, said, found in zip(relation.columns, model, locked, strict=True):
            assert said.nullable or not found.nullable, (relation.name, column.name)
