"""A small project for these tests: schema and queries as text, a database that has the schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
from sqlwright.analysis.column_constants import column_constants
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import analysed_query, infer_query
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
    compared: dict[tuple[int, str], list[str]]


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
        statements, found = read_queries(SourceFile("queries.sql", queries))
        assert not found, found
        compared: dict[tuple[int, str], list[str]] = defaultdict(list)
        inferred = []
        for statement in statements:
            facts, found = infer_query(catalog, statement)
            assert facts is not None, found
            inferred.append(facts)
            for origin, text in column_constants(analysed_query(catalog, statement)):
                compared[origin.relation, origin.column].append(text)
        yield Project(connection, catalog, inferred, compared)
    finally:
        await connection.close()
