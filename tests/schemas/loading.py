"""Loading schemas of the tests into a catalog and into a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import asyncpg
from catalog_objects import catalog_objects
from server_objects import server_objects
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.splitting import Stretch, split_statements
from sqlwright.sql.schema.files import read_schema_sources

HERE = Path(__file__).parent


def load(paths: Iterable[Path]) -> tuple[Catalog, list[Diagnostic]]:
    """The catalog of schema files or folders, as the program itself reads them."""
    sources, diagnostics = read_schema_sources([str(each) for each in paths])
    return build_catalog(initial_catalog(), sources, analyser, diagnostics), diagnostics


def statements(source: SourceFile) -> Iterator[Stretch]:
    """The statements of a plain SQL file."""
    for stretch in split_statements(tokenize(source), 0, len(source.text)):
        if stretch.tokens:
            yield stretch


def sql_of(source: SourceFile, stretch: Stretch) -> str:
    """The text of one statement."""
    return source.text[stretch.tokens[0].start : stretch.tokens[-1].end]


class Server:
    """A database of its own on the server, thrown away afterwards."""

    def __init__(self, uri: str, name: str) -> None:
        self.uri = uri
        self.name = name

    async def __aenter__(self) -> asyncpg.Connection:
        admin = await asyncpg.connect(self.uri)
        try:
            await admin.execute(f'CREATE DATABASE "{self.name}"')
        finally:
            await admin.close()
        self.connection = await asyncpg.connect(self.uri, database=self.name)
        return self.connection

    async def __aexit__(self, *_: object) -> None:
        await self.connection.close(timeout=5)
        admin = await asyncpg.connect(self.uri)
        try:
            await admin.execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')
        finally:
            await admin.close()


async def compare(connection: asyncpg.Connection, catalog: Catalog, what: str) -> int:
    """Assert that both hold the same objects; prints how many of each kind, gives the sum."""
    theirs = await server_objects(connection)
    ours = catalog_objects(catalog)
    differences = [
        f"{kind} {sign} {each}"
        for kind in theirs
        for sign, found in (
            ("only in PostgreSQL:", theirs[kind] - ours[kind]),
            ("only in sqlwright:", ours[kind] - theirs[kind]),
        )
        for each in sorted(found)
    ]
    counts = ", ".join(f"{len(found)} {kind}" for kind, found in theirs.items() if found)
    print(f"{what}: {counts}")
    assert not differences, "\n".join([what, *differences])
    return sum(len(found) for found in theirs.values())
