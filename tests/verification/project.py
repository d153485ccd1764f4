"""A small project for these tests: schema and queries as text, a database that has the schema."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from sqlwright.verification.loading import load_schema


@dataclass(frozen=True)
class Project:
    """What was inferred of the texts, and a connection to a database with the schema."""

    connection: Any
    catalog: Catalog
    queries: list[QueryFacts]


@asynccontextmanager
async def project(database: str, schema: str, queries: str = "") -> AsyncIterator[Project]:
    """A project whose schema lives in the database while the context lasts."""
    source = SourceFile("schema.sql", schema)
    found: list[Diagnostic] = []
    catalog = build_catalog(initial_catalog(), [source], analyser, found)
    assert not [item for item in found if item.severity == "error"], found
    connection = await asyncpg.connect(database, statement_cache_size=0)
    try:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        problems = await load_schema(connection, [source])
        assert not problems, problems
        yield Project(connection, catalog, _inferred(catalog, queries))
    finally:
        await connection.close()


def _inferred(catalog: Catalog, text: str) -> list[QueryFacts]:
    statements, problems = read_queries(SourceFile("queries.sql", text))
    assert not problems, problems
    inferred = []
    for statement in statements:
        facts, diagnostics = infer_query(catalog, statement)
        assert facts is not None, diagnostics
        inferred.append(facts)
    return inferred
