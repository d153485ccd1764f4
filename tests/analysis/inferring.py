"""What is inferred of a query with words in its comment."""

from __future__ import annotations

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries


def catalog_of(schema: str) -> Catalog:
    found: list[Diagnostic] = []
    made = build_catalog(initial_catalog(), [SourceFile("s.sql", schema)], analyser, found)
    assert not found
    return made


def inferred(catalog: Catalog, said: str, sql: str) -> tuple[QueryFacts | None, list[Diagnostic]]:
    """The facts of a `:many`, if it has some, and all that is reported of it."""
    text = f"-- name: Q :many\n-- {said}\n{sql};\n"
    [statement], found = read_queries(SourceFile("q.sql", text))
    facts, problems = infer_query(catalog, statement)
    return facts, [*found, *problems]
