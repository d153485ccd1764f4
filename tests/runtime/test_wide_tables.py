"""Rows of more columns than type checkers follow in a tuple."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from connections import connected
from packages import build

COLUMNS = [f"c{number}" for number in range(300)]
SCHEMA = f"CREATE TABLE wide ({', '.join(f'{name} int NOT NULL' for name in COLUMNS)});"
INSERT = f"""INSERT INTO wide ({", ".join(COLUMNS)})
VALUES ({", ".join(f"@{name}" for name in COLUMNS)})"""
QUERIES = f"""
-- name: CopyWide :copyfrom
{INSERT};
-- name: AddWide :batchexec
{INSERT};
-- name: AddedWide :batchone
{INSERT} RETURNING c0;
"""


async def test_rows_of_300_columns(tmp_path: Path, database: str) -> None:
    package = build(tmp_path, SCHEMA, QUERIES)
    values = [{name: row + at for at, name in enumerate(COLUMNS)} for row in range(3)]
    async with connected(database, "transaction") as conn:
        await conn.execute(SCHEMA)
        rows = [package.CopyWideParams(**each) for each in values]
        assert await package.copy_wide(conn, rows) == 3
        await package.add_wide(conn, [package.AddWideParams(**each) for each in values])
        sets = [package.AddedWideParams(**each) for each in values]
        assert await package.added_wide(conn, sets) == [0, 1, 2]
        stored = await conn.fetch("SELECT * FROM wide ORDER BY c0")
    assert [dict(row) for row in stored[::3]] == values


@pytest.mark.long
def test_pyright_knows_the_types_of_their_values(tmp_path: Path) -> None:
    build(tmp_path, SCHEMA, QUERIES)
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["generalDiagnostics"]
    assert not found, found
