"""Any sequence of edits: with a store, every answer is that of a run without one."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command import sqlwright, sqlwright_process
from sqlwright import processes
from sqlwright.catalog import passages

SEED = 20
STEPS = 14

SCHEMA = {
    "10_types.sql": "CREATE TYPE mood AS ENUM ('calm', 'cross');\nCREATE DOMAIN name AS text;\n",
    "20_tables.sql": """\
CREATE TABLE authors (id bigint PRIMARY KEY, name name NOT NULL, mood mood, born date);
CREATE TABLE books (
    id bigint PRIMARY KEY,
    author bigint NOT NULL REFERENCES authors,
    title text NOT NULL,
    tags text[] NOT NULL DEFAULT '{}',
    read_at timestamptz
);
""",
    "30_views.sql": """\
CREATE VIEW titles AS SELECT b.id, title, name FROM books b JOIN authors a ON a.id = author;
CREATE FUNCTION shout(word text) RETURNS text LANGUAGE sql AS 'SELECT upper(word)';
""",
    "40_more.sql": """CREATE TABLE loans (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    book bigint REFERENCES books ON DELETE SET NULL,
    reader text DEFAULT 'nobody',
    pages int CHECK (pages > 0),
    CONSTRAINT one_reader UNIQUE (book, reader)
);
CREATE TABLE long_loans (until date) INHERITS (loans);
CREATE MATERIALIZED VIEW readers AS SELECT reader, count(*) AS loans FROM loans GROUP BY reader;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE VIEW own_loans AS SELECT id, reader FROM loans WHERE reader IS NOT NULL;
""",
}
DEFINITIONS = (
    "CREATE TABLE later (id int);",
    "CREATE TABLE books_again (note text) INHERITS (books);",
    "CREATE TRIGGER noted BEFORE INSERT OR UPDATE ON books FOR EACH ROW EXECUTE FUNCTION note();",
    "CREATE TRIGGER noted BEFORE INSERT ON loans FOR EACH ROW EXECUTE FUNCTION note();",
    "CREATE RULE kept AS ON UPDATE TO books DO INSTEAD NOTHING;",
    "CREATE RULE kept AS ON INSERT TO loans DO ALSO SELECT 1;",
    "ALTER TABLE authors ADD COLUMN age int;",
    "ALTER TABLE authors ALTER COLUMN mood SET NOT NULL;",
    "ALTER TABLE authors ADD CHECK (born IS NOT NULL);",
    "ALTER TABLE authors ADD UNIQUE (name);",
    "ALTER TABLE loans ALTER COLUMN book SET NOT NULL;",
    "ALTER TABLE loans DROP CONSTRAINT one_reader;",
    "ALTER TABLE books DROP CONSTRAINT books_author_fkey;",
    "ALTER TABLE books DISABLE TRIGGER ALL;",
    "ALTER TABLE books ENABLE ROW LEVEL SECURITY;",
    "ALTER TABLE books RENAME COLUMN title TO called;",
    "ALTER TABLE loans ALTER COLUMN pages TYPE bigint;",
    "ALTER TABLE loans ALTER COLUMN reader DROP DEFAULT;",
    "ALTER TYPE mood ADD VALUE 'quiet';",
    "ALTER DOMAIN public.name SET NOT NULL;",
    "CREATE SCHEMA own; CREATE TABLE own.books (id text, author int, title int, tags text[]);",
    "ALTER DATABASE d SET search_path = own, public;",
    "CREATE FUNCTION upper(word name) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    "CREATE FUNCTION shout(word name) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';",
    "CREATE FUNCTION count(any_one mood) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    "CREATE OR REPLACE FUNCTION shout(word text) RETURNS text LANGUAGE sql AS 'SELECT word';",
    "CREATE OR REPLACE FUNCTION shout(word text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';",
    "CREATE FUNCTION same(a text[], b text[]) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
    "CREATE OPERATOR public.@> (LEFTARG = text[], RIGHTARG = text[], FUNCTION = same);",
    "CREATE FUNCTION as_mood(a text) RETURNS mood LANGUAGE sql AS 'SELECT NULL::mood';\n"
    "CREATE CAST (text AS mood) WITH FUNCTION as_mood(text) AS IMPLICIT;",
    "CREATE OR REPLACE VIEW own_loans AS SELECT id, reader FROM loans;",
    "CREATE EXTENSION citext;",
    "CREATE DOMAIN number AS bigint CHECK (VALUE > 0);",
    "CREATE UNIQUE INDEX ON loans (book);",
    "DROP TABLE long_loans;",
    "DROP TABLE books CASCADE;",
    "COMMENT ON TABLE books IS 'What there is to read';",
    "CREATE COLLATION vague (provider = icu, locale = 'und', deterministic = false);",
    "BEGIN;",
    "COMMIT;",
    "ROLLBACK;",
    "CREATE TEMP TABLE passing (id int) ON COMMIT DROP;",
    "CREATE TABLE like_books (LIKE books INCLUDING ALL);",
)
QUERIES = {
    "authors.sql": """\
-- name: GetAuthor :one
-- One author.
SELECT * FROM authors WHERE id = @id;

-- name: ListAuthors :many
SELECT id, name, shout(name) AS loud FROM authors WHERE mood = sqlc.narg(mood) ORDER BY id;

-- name: Unborn :many
SELECT id FROM authors WHERE born < 'infinity' AND id > @after LIMIT 10;

-- name: AddAuthor :exec
INSERT INTO authors (id, name, mood) VALUES (@id, @name, @mood);
""",
    "books.sql": """\
-- name: BooksOf :many
SELECT sqlc.embed(books), a.name FROM books JOIN authors a ON a.id = author WHERE a.name = @name;

-- name: Tagged :many
SELECT id, title, tags FROM books WHERE tags @> @tags;

-- name: Title :one
SELECT title FROM titles WHERE id = @id;

-- name: Latest :one
SELECT max(read_at) AS latest, count(*) FROM books;

-- name: Retitle :execrows
UPDATE books SET title = @title WHERE id = @id
""",
    "loans.sql": """-- name: Lend :one
INSERT INTO loans (book, reader, pages) VALUES (@book, @reader, @pages) RETURNING *;

-- name: LoansOf :many
SELECT l.*, b.title, coalesce(l.pages, 0) AS pages_read
FROM loans l LEFT JOIN books b ON b.id = l.book WHERE l.reader = @reader;

-- name: Readers :many
SELECT r.reader, r.loans FROM readers r ORDER BY r.loans;

-- name: OwnLoans :many
SELECT id, reader FROM own_loans;

-- name: LoanOf :one
SELECT id, pages FROM ONLY loans WHERE book = @book AND reader = @reader;

-- name: Forget :one
DELETE FROM ONLY long_loans WHERE until < @day RETURNING id, until;

-- name: Shouted :many
SELECT id FROM loans WHERE reader = upper(@note);
""",
}
REPLACEMENTS = (
    ("id bigint", "id integer"),
    ("id integer", "id bigint"),
    (" NOT NULL", ""),
    ("text", "varchar(20)"),
    ("mood mood", "mood mood NOT NULL"),
    ("'calm'", "'calm', 'quiet'"),
    ("CREATE TABLE books", "CREATE TABLE IF NOT EXISTS books"),
    ("SELECT id", "SELECT"),
    ("id", "idd"),
    ("idd", "id"),
    (";", ";;"),
    (";", ""),
    ("'", "''"),
    ("'", ""),
    ("\n", "\n-- a remark; of 'no' use\n"),
    ("\n", "\n/* one of\nseveral lines */\n"),
    ("\n\n", "\n"),
    (":many", ":one"),
    (":one", ":many"),
    ("@id", "@number"),
    ("-- name: Tagged", "-- name: Title"),
    ("SELECT", "-- @nullable title\nSELECT"),
    ("count(*)", "'infinity'::date AS born"),
    ("(", "(("),
    ("WHERE", "WHERE true AND"),
    ("'infinity'", "'2020-01-01'"),
    ("FROM loans", "FROM later"),
)
OPTIONS = (
    'postgresql = "14"',
    'unknown-functions = "warn"',
    'model = "namedtuple"',
    "unused-models = true",
    '[renames.fields]\nname = "called"',
    '[[overrides]]\ncolumn = "books.title"\npython = "str"',
)

Edit = Callable[[random.Random, Path], None]


def replace_something(chance: random.Random, project: Path) -> None:
    """One of the replacements at one of the places where it can be made."""
    files = sorted(project.glob("*/*.sql"))
    for _ in range(50):
        path = chance.choice(files)
        text = path.read_text()
        old, new = chance.choice(REPLACEMENTS)
        places = text.count(old)
        if places:
            parts = text.split(old)
            at = chance.randrange(places) + 1
            path.write_text(old.join(parts[:at]) + new + old.join(parts[at:]))
            return


def define_something(chance: random.Random, project: Path) -> None:
    """A definition behind one of the schema's lines, which may be within a statement."""
    path = chance.choice(sorted(project.glob("schema/*.sql")))
    lines = path.read_text().splitlines(keepends=True)
    places = [at for at, line in enumerate(lines, 1) if line.endswith(";\n")]
    at = chance.choice((*places, len(lines), len(lines)))
    lines.insert(at, chance.choice(DEFINITIONS) + "\n")
    path.write_text("".join(lines))


def move_a_query(chance: random.Random, project: Path) -> None:
    """A statement from one query file to a place in another."""
    source, target = (chance.choice(sorted(project.glob("queries/*.sql"))) for _ in range(2))
    parts = source.read_text().split("\n\n")
    moved = parts.pop(chance.randrange(len(parts)))
    source.write_text("\n\n".join(parts))
    parts = target.read_text().split("\n\n")
    parts.insert(chance.randrange(len(parts) + 1), moved)
    target.write_text("\n\n".join(parts))


def move_a_definition(chance: random.Random, project: Path) -> None:
    """A statement of the schema to another place in its file, or away."""
    path = chance.choice(sorted(project.glob("schema/*.sql")))
    parts = path.read_text().split(";\n")
    moved = parts.pop(chance.randrange(len(parts)))
    if chance.randrange(2):
        parts.insert(chance.randrange(len(parts) + 1), moved)
    path.write_text(";\n".join(parts))


def rename_a_file(chance: random.Random, project: Path) -> None:
    path = chance.choice(sorted(project.glob("*/*.sql")))
    path.rename(path.with_name(f"{chance.randrange(10, 40)}_{chance.choice('abc')}.sql"))


def configure(chance: random.Random, project: Path) -> None:
    chosen = chance.sample(OPTIONS, chance.randrange(3))
    lines = ['schema = ["schema"]', 'queries = ["queries"]', *sorted(chosen, key=len)]
    tables = [line for line in lines if line.startswith("[")]
    plain = [line for line in lines if not line.startswith("[")]
    (project / "sqlwright.toml").write_text("\n".join((*plain, *tables)) + "\n")


def go_back(chance: random.Random, project: Path) -> None:
    """A file as it was at first."""
    name, texts = chance.choice((("schema", SCHEMA), ("queries", QUERIES)))
    file = chance.choice(sorted(texts))
    (project / name / file).write_text(texts[file])


EDITS: tuple[Edit, ...] = (
    *(5 * (replace_something,)),
    *(4 * (define_something,)),
    *(5 * (go_back,)),
    move_a_query,
    move_a_definition,
    rename_a_file,
    configure,
)


def damage(chance: random.Random, cache: Path) -> None:
    """Some of what is kept goes, or is not what it was."""
    for path in sorted(cache.glob("??/*")):
        what = chance.randrange(12)
        if what == 0:
            path.unlink()
        elif what == 1:
            path.write_bytes(path.read_bytes()[: chance.randrange(200)])
        elif what == 2:
            data = bytearray(path.read_bytes())
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
    if chance.randrange(8) == 0:
        shutil.rmtree(cache, ignore_errors=True)


def new_project(folder: Path) -> Path:
    for name, texts in (("schema", SCHEMA), ("queries", QUERIES)):
        (folder / name).mkdir(parents=True)
        for file, text in texts.items():
            (folder / name / file).write_text(text)
    (folder / "sqlwright.toml").write_text('schema = ["schema"]\nqueries = ["queries"]\n')
    return folder


def generated(project: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(project.glob("generated/*.py"))}


def answers(project: Path, cache: str) -> list[object]:
    """What every command says and writes, from the same files on disk."""
    found: list[object] = []
    shutil.rmtree(project / "generated", ignore_errors=True)
    for command in (
        ("inspect", "--format", "json"),
        ("check", "--diagnostics", "json"),
        ("generate",),
        ("generate", "--keep-going", "--diagnostics", "concise"),
    ):
        done = sqlwright(project, *command, "--jobs", "1", SQLWRIGHT_CACHE=cache)
        found.append((done.returncode, done.stdout, done.stderr, generated(project)))
    return found


@pytest.mark.long
@pytest.mark.parametrize("start", range(6))
def test_every_answer_after_any_edits_is_that_of_a_cold_run(
    tmp_path: Path, seed: int, start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passages, "ENDS", start % 3 + 1)  # there are few statements
    chance = random.Random(seed * 1000 + start)
    project, cache = new_project(tmp_path / "project"), tmp_path / "cache"
    refused = 0
    for step in range(STEPS):
        if step:
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                chance.choice(EDITS)(chance, project)
        if start % 2 and chance.randrange(3) == 0:
            # Draws of its own, since how many it takes depends on what is kept.
            damage(random.Random(chance.randrange(10**9)), cache)
        cold, warm = answers(project, ""), answers(project, str(cache))
        again = answers(project, str(cache)) if chance.randrange(4) == 0 else cold
        assert warm == cold, f"after step {step} in {project}"
        assert again == cold, f"after step {step} in {project}"
        refused += cold[2][0] != 0  # type: ignore[index]
    print(f"{STEPS} states, {refused} of them with errors")
    assert 0 < refused < STEPS


@pytest.mark.long
def test_several_processes_and_other_orders_of_hashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one run keeps is of use to one that goes about it in another way."""
    project = new_project(tmp_path / "project")
    many = [f"-- name: Q{at} :many\nSELECT * FROM books WHERE id > {at};\n" for at in range(150)]
    cache = str(tmp_path / "cache")
    found = set()
    for turn, (jobs, order) in enumerate((("1", "1"), ("2", "2"), ("3", "1"), ("2", "0"))):
        many[turn * 30] = many[turn * 30].replace("id >", "id >=")
        (project / "queries" / "many.sql").write_text("".join(many[turn:]))
        for given in (cache, "", cache):
            done = sqlwright_process(
                project,
                *("inspect", "--format", "json", "--jobs", jobs),
                SQLWRIGHT_CACHE=given,
                PYTHONHASHSEED=order,
            )
            found.add((turn, done.returncode, done.stdout, done.stderr))
    assert len(found) == 4
    print(f"{processes.available_processors()} processors, {os.cpu_count()} in the machine")


@pytest.mark.long
def test_packages_worked_out_by_several_processes(tmp_path: Path) -> None:
    """Each gives what it gives by itself, with what is wrong with some of them; one that follows
    finds what all of them kept."""
    project = new_project(tmp_path / "project")
    packages = 9
    lines = []
    for at in range(packages):
        folder = f"own_{at}"
        shutil.copytree(project / "queries", project / folder)
        column = "titel" if at in (0, 5) else "title"
        more = f"-- name: More{at} :many\nSELECT id, {column} FROM books;\n"
        (project / folder / "more.sql").write_text(more)
        schema = '["schema", "later.sql"]' if at % 4 == 3 else '["schema"]'
        lines += ["[[packages]]", f'schema = {schema}\nqueries = ["{folder}"]\nout = "out_{at}"']
    (project / "later.sql").write_text("ALTER TABLE books ALTER COLUMN title DROP NOT NULL;\n")
    (project / "sqlwright.toml").write_text("\n".join(lines) + "\n")
    found = set()
    for jobs in ("1", "2", "3"):
        for given in ("", str(tmp_path / f"cache {jobs}"), str(tmp_path / f"cache {jobs}")):
            for command in (("generate", "--keep-going"), ("inspect", "--format", "json")):
                done = sqlwright(project, *command, "--jobs", jobs, SQLWRIGHT_CACHE=given)
                made = tuple(
                    (str(path), path.read_text()) for path in sorted(project.glob("out_*/*.py"))
                )
                shown = done.stdout.replace("up to date", "wrote")
                found.add((command[0], done.returncode, shown, done.stderr, made))
                if command[0] == "generate":
                    assert len(made) > 3 * packages
                    for path, _ in made:
                        Path(path).unlink()
                else:
                    assert not made
    assert len(found) == 2, [each[:4] for each in found]
