"""`explain` and `verify` as a user meets them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import asyncpg
import pytest
from command import COMMAND, sqlwright

pytestmark = pytest.mark.server
SCHEMA = """\
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE books (
    id bigint PRIMARY KEY,
    author_id bigint REFERENCES authors,
    title text NOT NULL
);
"""
QUERIES = """\
-- name: ListBooks :many
SELECT b.title, a.name
FROM books b
LEFT JOIN authors a ON a.id = b.author_id
WHERE b.title <> @title;
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in (("schema", SCHEMA), ("queries", QUERIES)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "books.sql").write_text(text)
    return tmp_path


def test_a_column_is_explained(project: Path) -> None:
    done = sqlwright(project, "explain", "ListBooks.name")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("name: text NULL\n")
    assert "right side of LEFT JOIN  (queries/books.sql:4:1)" in done.stdout


def test_a_parameter_is_explained(project: Path) -> None:
    done = sqlwright(project, "explain", "ListBooks.$title")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("$1 title: text NOT NULL\n")


@pytest.mark.parametrize(
    ("name", "help_text"),
    [
        ("ListBook", "did you mean `ListBooks`?"),
        ("ListBooks.titel", "did you mean `title`?"),
        ("ListBooks.$tittle", "did you mean `title`?"),
    ],
)
def test_an_unknown_name_is_refused(project: Path, name: str, help_text: str) -> None:
    done = sqlwright(project, "explain", name)
    assert done.returncode == 1
    assert help_text in done.stderr


def test_verify_agrees(project: Path) -> None:
    done = sqlwright(project, "verify", "--verbose")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "name NULL: NULL in " in done.stdout
    assert "1 query prepared, 0 differences, 0 refused" in done.stdout
    assert done.stdout.rstrip().endswith("0 refutations")


def test_verify_without_a_server(project: Path) -> None:
    done = sqlwright(project, "verify", "--database-url", "postgresql://localhost:1/none")
    assert done.returncode == 3
    assert "error[no-server]: cannot connect to the database" in done.stderr


def test_verify_tells_differences(project: Path, postgres: str) -> None:
    """A server whose tables are others refuses the query, and the exit code is 1."""
    done = sqlwright(project, "verify", "--database-url", postgres)
    assert done.returncode == 1
    assert 'ListBooks: PostgreSQL refuses the query: relation "books" does not exist' in done.stdout


def test_verify_refutes_a_wrong_override(project: Path) -> None:
    (project / "queries" / "books.sql").write_text(
        QUERIES.replace("SELECT b.title", "-- @nonnull name\nSELECT b.title")
    )
    done = sqlwright(project, "verify")
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    at = lines.index("ListBooks: refuted: column name is NOT NULL")
    assert lines[at + 1].startswith("  with $1 title = '")
    assert lines[at + 2].startswith("  came the row title = '")
    assert lines[at + 2].endswith(", name = NULL")
    assert lines[at + 3] == "  from these rows:"
    assert lines[at + 4].startswith('    INSERT INTO "public"."books" ("id", "title") VALUES (')
    assert lines[at + 5].startswith("1 query prepared")
    assert done.stdout.rstrip().endswith("1 refutation")


def test_verify_says_what_the_server_lacks(project: Path) -> None:
    with (project / "schema" / "books.sql").open("a") as schema:
        schema.write("CREATE EXTENSION citext;\nCREATE TABLE tags (name citext);\n")
    with (project / "queries" / "books.sql").open("a") as queries:
        queries.write("-- name: ListTags :many\nSELECT name FROM tags;\n")
    done = sqlwright(project, "verify")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "the server does not have the extension citext, so that 1 query was" in done.stdout
    assert 'ListTags: not verified: relation "tags" does not exist' in done.stdout
    assert "1 query prepared, 0 differences" in done.stdout


def test_verify_tells_a_refused_schema(project: Path) -> None:
    with (project / "schema" / "books.sql").open("a") as schema:
        schema.write("CREATE UNIQUE INDEX ON authors (name) WHERE 1 / 0 = 1;\n")
    done = sqlwright(project, "verify")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "schema/books.sql:10: the server refuses the schema: division by zero" in done.stdout


def test_verify_on_a_server_of_ones_own(project: Path, database: str) -> None:
    """Nothing runs there unless --write allows it; then what was inserted is rolled back."""
    asyncio.run(_execute(database, SCHEMA.replace("title text", "title varchar(20)")))
    done = sqlwright(project, "verify", "--database-url", database)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "ListBooks: column 1 is title varchar to PostgreSQL, title text to us" in done.stdout
    assert "no query was run; --write runs them" in done.stdout
    done = sqlwright(project, "verify", "--database-url", database, "--write")
    assert " runs saw " in done.stdout
    assert asyncio.run(_execute(database, "SELECT count(*) FROM books")) == 0


def test_verify_puts_refusals_to_the_server(project: Path) -> None:
    """What is refused in PostgreSQL's name is refused there; what follows is no news."""
    with (project / "schema" / "books.sql").open("a") as schema:
        schema.write(
            "CREATE FUNCTION lost() RETURNS text LANGUAGE sql AS 'SELECT nowhere()';\n"
            "CREATE FUNCTION odd() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN; END';\n"
        )
    with (project / "queries" / "books.sql").open("a") as queries:
        queries.write("-- name: Lost :one\nSELECT lost();\n-- name: Odd :one\nSELECT odd();\n")
    done = sqlwright(project, "verify")
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("schema/books.sql:11: the server refuses the schema: ")
    assert lines[1] == "2 queries prepared, 0 differences, 0 refused, 1 by both"
    assert len(lines) == 3


def test_verify_finds_what_only_we_refuse(project: Path, database: str) -> None:
    """On a server that has more than the schema says, a refusal of ours is not its own."""
    with (project / "queries" / "books.sql").open("a") as queries:
        queries.write("-- name: Version :one\nSELECT not_in_the_schema();\n")
    done = sqlwright(project, "verify", "--database-url", database)
    assert done.returncode == 1
    assert "Version: PostgreSQL accepts what was refused" not in done.stdout
    asyncio.run(
        _execute(
            database,
            "CREATE FUNCTION not_in_the_schema() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        )
    )
    done = sqlwright(project, "verify", "--database-url", database)
    assert done.returncode == 1
    assert (
        "Version: PostgreSQL accepts what was refused: function not_in_the_schema() does not exist"
        in done.stdout
    )


async def _execute(database: str, sql: str) -> object:
    """The value that a query gives, or the tag of another statement."""
    connection = await asyncpg.connect(database)
    try:
        if sql.startswith("SELECT"):
            return await connection.fetchval(sql)
        return await connection.execute(sql)
    finally:
        await connection.close()


def test_verify_leaves_no_server_behind(project: Path) -> None:
    """Asked to end, it stops its server and removes the folder."""
    with tempfile.TemporaryDirectory() as temporary:
        running = subprocess.Popen(
            [*COMMAND, "verify"],
            cwd=project,
            env={**os.environ, "TMPDIR": temporary},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _wait_for_server(Path(temporary))
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) != 0
        assert not list(Path(temporary).glob("sqlwright-*"))


def _wait_for_server(folder: Path) -> None:
    for _ in range(600):
        if list(folder.glob("sqlwright-*/data/postmaster.pid")):
            return
        time.sleep(0.1)
    raise AssertionError("no server came up")
