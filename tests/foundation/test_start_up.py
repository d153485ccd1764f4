"""What a command does not use it does not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LATE = {"asyncio", "asyncpg", "difflib", "jinja2", "sqlglot", "watchfiles", "yaml"}
"""What takes long, or belongs to the process that runs the program rather than to it."""
OF_COMMANDS = {"importlib.metadata", "locale", "pickle", "sqlwright.pipeline", "tomllib"}
"""What commands need that do something, some of them."""


def imported(program: str) -> set[str]:
    """The modules that a process of its own has loaded after the program."""
    run = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def test_no_expression_is_compiled_that_is_not_used() -> None:
    """Those of modules wait until they are matched with something, but for a few."""
    program = """
import re, sys
compiled = []
plain = re.compile
def compile(*asked, **named):
    if sys._getframe(1).f_globals["__name__"].startswith("sqlwright"):
        compiled.append(asked)
    return plain(*asked, **named)
re.compile = compile
import sqlwright.cli, sqlwright.pipeline, sqlwright.project.inference, sqlwright.making
from sqlwright.sql.lexing import patterns
assert patterns.NUMBER.match("1")
print(len(compiled))
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    print(f"{run.stdout.strip()} compiled")
    assert 1 <= int(run.stdout) <= 20


@pytest.mark.parametrize(
    ("program", "not_needed"),
    [
        ("import sqlwright.cli", LATE | OF_COMMANDS),
        ("import sqlwright", LATE | {"click", "sqlwright.pipeline"}),
        ("import sqlwright.cli, sqlwright.pipeline", LATE),
        ("import sqlwright.project.inference, sqlwright.making", {"jinja2"}),
    ],
)
def test_nothing_is_imported_that_is_not_used(program: str, not_needed: set[str]) -> None:
    found = imported(program)
    ours = sum(name.startswith("sqlwright") for name in found)
    print(f"{program}: {len(found)} modules, {ours} of them sqlwright's")
    assert ours > 0
    assert not found & not_needed


OF_FEW = {
    *(
        "attached",
        "blocks",
        "changes",
        "named",
        "routines.functions",
        "schemas",
        "tables.alter_table",
    ),
    *("routines.handlers", "tables.views", "types"),
}
"""What applies definitions that many schemas are without."""


def test_definitions_that_there_are_not_are_not_imported(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(
        "CREATE TABLE pets (id serial PRIMARY KEY, name text NOT NULL DEFAULT 'Rex');\n"
        "CREATE INDEX ON pets (name);\n"
    )
    (tmp_path / "sqlwright.toml").write_text('schema = "schema.sql"\nqueries = "queries.sql"\n')
    (tmp_path / "queries.sql").write_text("-- name: Pets :many\nSELECT * FROM pets;\n")
    found = imported(
        f"import sqlwright; made = sqlwright.generate({str(tmp_path)!r}); assert made.files"
    )
    ddl = {name for name in found if name.startswith("sqlwright.catalog.ddl.")}
    print(f"{len(ddl)} modules")
    assert "sqlwright.catalog.ddl.tables.tables" in ddl
    rooms = {f"sqlwright.catalog.ddl.{each}" for each in OF_FEW}
    assert not ddl & rooms
