"""Expressions in definitions nest as deep as those of queries, and what goes deeper is refused."""

from __future__ import annotations

import pytest
from sqlwright.analysis.outputs.stored_columns import stored_columns
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile

DEEP, TOO_DEEP = 3000, 30_000
DEFINITIONS = {
    "a default": "CREATE TABLE a (id int DEFAULT {});",
    "a check": "CREATE TABLE a (id int CHECK (id > {}));",
    "a generated column": "CREATE TABLE a (id int, b int GENERATED ALWAYS AS ({}) STORED);",
    "a domain": "CREATE DOMAIN a AS int CHECK (VALUE > {});",
    "an index": "CREATE TABLE a (id int); CREATE INDEX ON a ((id + {}));",
    "a view": "CREATE VIEW a AS SELECT {} AS id;",
    "a function": "CREATE FUNCTION a() RETURNS int LANGUAGE sql RETURN {};",
    "a policy": "CREATE TABLE a (id int); CREATE POLICY p ON a USING (id > {});",
}


def built(definition: str, depth: int) -> tuple[Catalog, list[Diagnostic]]:
    found: list[Diagnostic] = []
    text = definition.format("abs(" * depth + "1" + ")" * depth)
    catalog = build_catalog(initial_catalog(), [SourceFile("s.sql", text)], analyser, found)
    return catalog, found


@pytest.mark.parametrize("what", DEFINITIONS)
def test_definitions_nest_as_queries_do(what: str) -> None:
    catalog, found = built(DEFINITIONS[what], DEEP)
    assert found == []
    relation = catalog.find_relation(("a",))
    columns = stored_columns(catalog, relation) if relation is not None else ()
    print(what, columns)
    assert bool(columns) == (what not in ("a domain", "a function"))


@pytest.mark.long
def test_too_deep_is_a_refusal() -> None:
    _, found = built(DEFINITIONS["a view"], TOO_DEEP)
    print([(each.sqlstate, each.message) for each in found])
    assert [each.sqlstate for each in found] == ["54001"]
