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
from command import COMMAND, sqlwright, sqlwright_process

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


SHELVES = """
-- name: Shelves :many
-- @json shelf
SELECT json_build_object('id', a.id, 'books', (
    SELECT json_build_object('titles', ARRAY[b.title], 'more', json_object_agg(b.id, j))
    FROM books b, jsonb_array_elements('[]') AS j GROUP BY b.id LIMIT 1
), 'pair', json_build_array(a.name, NULL)) AS shelf FROM authors a;
"""


EXPLAINED = """\
  json: object
    id: int8 NOT NULL
    books: object NULL
      titles: text[] NOT NULL
      more: values by key: any json NOT NULL
    pair: list of values NOT NULL
      1: text NOT NULL
      2: null NULL
"""


def test_what_json_is_made_of_is_explained(project: Path) -> None:
    (project / "queries" / "shelves.sql").write_text(SHELVES)
    done = sqlwright(project, "explain", "Shelves.shelf")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(EXPLAINED)


def test_objects_in_json_are_verified(project: Path) -> None:
    (project / "queries" / "shelves.sql").write_text(SHELVES)
    done = sqlwright(project, "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 faults" in done.stdout


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


@pytest.mark.parametrize("whose", ["DATABASE shop", "ROLE clerk", "ROLE ALL"])
def test_verify_has_the_search_path_that_the_schema_gives_to_others(
    project: Path, whose: str
) -> None:
    """The database and the roles that it names are not those that verify works with."""
    (project / "schema" / "books.sql").write_text(
        f"CREATE SCHEMA app; ALTER {whose} SET search_path TO app, public;"
        "CREATE TABLE app.pens (id int PRIMARY KEY);"
    )
    (project / "queries" / "books.sql").write_text("-- name: Pens :many\nSELECT id FROM pens;\n")
    done = sqlwright(project, "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 query prepared, 0 differences" in done.stdout
    assert "0 faults" in done.stdout


SUPABASE = """\
CREATE TABLE notes (id int PRIMARY KEY, owner uuid NOT NULL REFERENCES auth.users);
ALTER TABLE notes ALTER owner SET DEFAULT auth.uid();
CREATE POLICY own ON notes USING ((SELECT auth.uid()) = owner);
CREATE FUNCTION me() RETURNS uuid STABLE LANGUAGE sql AS 'SELECT auth.uid()';
CREATE POLICY files ON storage.objects USING (owner = me());
"""


def test_verify_loads_what_others_have_begun(project: Path) -> None:
    (project / "schema" / "books.sql").write_text(SUPABASE)
    text = "-- name: Notes :many\nSELECT * FROM notes WHERE owner = @owner;\n"
    (project / "queries" / "books.sql").write_text(text)
    done = sqlwright(project, "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 query prepared, 0 differences" in done.stdout


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
    lines = done.stdout.splitlines()
    assert lines[1:3] == [
        'schema/books.sql:10: not loaded: extension "citext" is not available',
        "  from which follow 1 statement (schema/books.sql:11) and 1 query (ListTags)",
    ]
    assert len(lines) == 7, "one cause is told once"
    assert "1 query prepared, 0 differences" in done.stdout


def test_verify_says_that_no_query_needed_what_the_server_lacks(project: Path) -> None:
    with (project / "schema" / "books.sql").open("a") as schema:
        schema.write("CREATE EXTENSION pgcrypto;\n")
    done = sqlwright(project, "verify")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "the server does not have the extension pgcrypto, which no query needed" in done.stdout


def test_verify_tells_a_refused_statement_with_what_follows(project: Path) -> None:
    with (project / "schema" / "books.sql").open("a") as schema:
        schema.write(
            "CREATE FUNCTION half(int) RETURNS int LANGUAGE c AS 'nowhere', 'half';\n"
            "CREATE VIEW halves AS SELECT half(1) AS half;\n"
            "CREATE VIEW quarters AS SELECT half FROM halves;\n"
        )
    with (project / "queries" / "books.sql").open("a") as queries:
        queries.write("-- name: Quarters :many\nSELECT half FROM quarters;\n")
    done = sqlwright(project, "verify")
    assert done.returncode == 3, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[1:3] == [
        'schema/books.sql:10: not loaded: could not access file "nowhere": No such file or '
        "directory",
        "  from which follow 2 statements (schema/books.sql:11, schema/books.sql:12) and 1 query "
        "(Quarters)",
    ]


def test_verify_calls_the_functions(project: Path) -> None:
    """What a function cannot carry is a difference, though PostgreSQL agrees with every type."""
    (project / "sqlwright.toml").write_text(
        '[[overrides]]\ntype = "text"\npython = "my_types.Title"\nfrom-db = "my_types.Title"\n'
    )
    (project / "my_types.py").write_text("class Title(str): ...\n")
    done = sqlwright(project, "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 function called" in done.stdout
    (project / "my_types.py").write_text("class Title(str): ...\ndef made(text): return 5\n")
    config = (project / "sqlwright.toml").read_text()
    (project / "sqlwright.toml").write_text(
        config.replace('from-db = "my_types.Title"', 'from-db = "my_types.made"')
    )
    done = sqlwright(project, "verify")
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("ListBooks: the function returns what it should not: ")
    assert lines[0].endswith("title is 5, not Title")
    assert lines[1].startswith("  called in a transaction as list_books(conn, title=")


KEPT_AS_TEXT = """\
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries: queries
    gen:
      go:
        package: db
        out: db
        overrides:
          - {db_type: uuid, go_type: string}
          - {db_type: inet, go_type: string}
          - {db_type: numeric, go_type: string}
"""


def test_verify_calls_functions_that_have_text_in_place_of_a_type(tmp_path: Path) -> None:
    """Text that the type does not read would say nothing about the function."""
    for name, text in (
        ("schema", "CREATE TABLE hosts (id uuid PRIMARY KEY, ip inet NOT NULL, load numeric);"),
        (
            "queries",
            "-- name: Find :many\nSELECT * FROM hosts WHERE id = ANY(@ids::uuid[]) OR ip = @ip;\n"
            "-- name: Add :exec\nINSERT INTO hosts VALUES (@id, @ip, @load::numeric);\n",
        ),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hosts.sql").write_text(text)
    (tmp_path / "sqlc.yaml").write_text(KEPT_AS_TEXT)
    done = sqlwright(tmp_path, "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "never with a result" not in done.stdout


SERIES = """
-- name: Days :many
SELECT d::timestamptz AS day, count(b.id) AS books
FROM generate_series(@since::timestamptz, @until::timestamptz, '1 hour') AS d
LEFT JOIN books b ON b.title = d::text
GROUP BY d;
"""


def test_verify_calls_functions_that_leave_json_as_text(tmp_path: Path) -> None:
    """A codec of the connection decodes what is read, which is known; what is sent is the same."""
    (tmp_path / "schema.sql").write_text("CREATE TABLE notes (id int PRIMARY KEY, note jsonb);")
    (tmp_path / "queries.sql").write_text(
        "-- name: Notes :many\nSELECT note FROM notes;\n"
        "-- name: Edit :exec\nUPDATE notes SET note = @note WHERE id = @id;\n"
    )
    options = 'schema = "schema.sql"\nqueries = "queries.sql"\njson = "text"\n'
    (tmp_path / "sqlwright.toml").write_text(options)
    done = sqlwright(tmp_path, "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 faults" in done.stdout


def test_verify_takes_no_long_series_for_a_fault(project: Path) -> None:
    (project / "queries" / "series.sql").write_text(SERIES)
    done = sqlwright(project, "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 faults" in done.stdout


async def test_verify_makes_a_database_on_a_server(project: Path, postgres: str) -> None:
    done = sqlwright_process(project, "verify", "--scratch", postgres)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 function called" in done.stdout
    assert done.stdout.rstrip().endswith("0 refutations")
    assert await _scratch_databases(postgres) == []
    done = sqlwright_process(project, "verify", "--scratch", "postgresql://localhost:1/none")
    assert done.returncode == 3
    assert "error[no-server]: cannot connect to the database" in done.stderr


async def test_verify_leaves_a_shared_server_as_it_was(project: Path, postgres: str) -> None:
    """Roles that the schema needs are dropped with the database; statements about the server are
    not run."""
    with (project / "schema" / "books.sql").open("a") as schema:
        schema.write(
            "CREATE ROLE of_the_schema;\nCREATE DATABASE of_the_schema;\n"
            "ALTER TABLE books OWNER TO owner_of_books;\n"
        )
    done = sqlwright_process(project, "verify", "--scratch", postgres)
    assert done.returncode == 0, done.stdout + done.stderr
    connection = await asyncpg.connect(postgres)
    try:
        question = (
            "SELECT rolname FROM pg_roles WHERE rolname IN ('of_the_schema', 'owner_of_books') "
            "UNION SELECT datname FROM pg_database WHERE datname = 'of_the_schema'"
        )
        assert await connection.fetch(question) == []
    finally:
        await connection.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
async def test_verify_drops_its_database_when_it_is_ended(
    project: Path, postgres: str, how: signal.Signals
) -> None:
    running = subprocess.Popen(
        [*COMMAND, "verify", "--scratch", postgres],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(600):
        if await _scratch_databases(postgres):
            break
        await asyncio.sleep(0.05)
    running.send_signal(how)
    assert running.wait(60) != 0
    assert await _scratch_databases(postgres) == []


async def _scratch_databases(uri: str) -> list[str]:
    connection = await asyncpg.connect(uri)
    try:
        rows = await connection.fetch(
            "SELECT datname FROM pg_database WHERE datname ~ '^sqlwright_'"
        )
    finally:
        await connection.close()
    return [row[0] for row in rows]


def test_verify_says_that_a_server_is_old(project: Path, contrib_postgres: str) -> None:
    """Beside the extensions that a server of one's own has, it may lack what is new."""
    with (project / "schema" / "books.sql").open("a") as schema:
        schema.write("CREATE EXTENSION citext;\nCREATE TABLE tags (name citext);\n")
    with (project / "queries" / "books.sql").open("a") as queries:
        queries.write("-- name: ListTags :many\nSELECT name FROM tags;\n")
    done = sqlwright(project, "verify", "--scratch", contrib_postgres)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "and the project is for 18" in done.stdout.splitlines()[0]
    assert "2 queries prepared, 0 differences" in done.stdout


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
            "CREATE FUNCTION odd() RETURNS int LANGUAGE plpgsql AS 'DECLARE c CURSOR (n int) FOR "
            "SELECT n; BEGIN OPEN c (m := 1); RETURN 1; END';\n"
        )
    with (project / "queries" / "books.sql").open("a") as queries:
        queries.write("-- name: Lost :one\nSELECT lost();\n-- name: Odd :one\nSELECT odd();\n")
    done = sqlwright(project, "verify")
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("schema/books.sql:11: the server refuses the schema: ")
    assert lines[1] == "2 queries prepared, 0 differences, 0 refused, 1 by both"
    assert len(lines) == 5


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


LATE = """
-- name: Empty :exec
TRUNCATE elsewhere;
-- name: Hold :exec
LOCK TABLE elsewhere;
-- name: Count :exec
ANALYZE elsewhere;
-- name: Tidy :exec
VACUUM elsewhere;
-- name: Copied :exec
COPY elsewhere TO STDOUT;
"""


def test_verify_runs_what_postgresql_looks_at_only_then(project: Path, database: str) -> None:
    """When it prepares a utility statement, it does not ask whether the tables are there."""
    with (project / "queries" / "books.sql").open("a") as queries:
        queries.write(LATE)
    done = sqlwright(project, "verify")
    assert "PostgreSQL accepts what was refused" not in done.stdout
    assert "1 query prepared, 0 differences, 0 refused, 3 by both" in done.stdout

    asyncio.run(
        _execute(
            database,
            f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}"
            "CREATE TABLE elsewhere AS SELECT 1 AS kept",
        )
    )
    done = sqlwright(project, "verify", "--database-url", database)
    assert "PostgreSQL accepts what was refused" not in done.stdout, "nothing runs there"
    done = sqlwright(project, "verify", "--database-url", database, "--write")
    accepted = [line for line in done.stdout.splitlines() if "accepts what was refused" in line]
    assert [line.partition(":")[0] for line in accepted] == ["Empty", "Hold", "Count"]
    assert asyncio.run(_execute(database, "SELECT kept FROM elsewhere")) == 1


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
