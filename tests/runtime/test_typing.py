"""Type checkers accept every form of a package, and find misuse of it."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from packages import build
from sqlwright.codegen.options import JsonOptions, Override, TypedJson

pytestmark = pytest.mark.long
SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE place AS (city text, moods mood[], notes jsonb);
CREATE DOMAIN email AS text;
CREATE TABLE authors (
    id int PRIMARY KEY,
    name text NOT NULL,
    mood mood NOT NULL DEFAULT 'happy',
    home place,
    homes place[],
    tags text[] NOT NULL DEFAULT '{}',
    notes jsonb NOT NULL DEFAULT '{}',
    several jsonb[],
    badge jsonb,
    email email,
    address inet,
    born date,
    cost numeric(10, 2) NOT NULL DEFAULT 0
);
CREATE TABLE books (id uuid PRIMARY KEY, author_id int NOT NULL REFERENCES authors, title text);
CREATE TABLE connections (id int, sequence text);
-- Tables whose models are called like something that every package imports.
CREATE TABLE protocols (id int, a text);
CREATE TABLE named_tuples (id int, a text);
CREATE TABLE typed_dicts (id int, protocol text);
CREATE TYPE str_enum AS ENUM ('a');
CREATE TYPE sequence AS ENUM ('a');
CREATE DOMAIN new_type AS text;
CREATE TABLE rows (str_enum str_enum, sequence sequence[], new_type new_type);
"""
QUERIES = """
-- name: AddAuthor :one
INSERT INTO authors (id, name, mood, home, homes, tags, notes, several, badge, email, address)
VALUES (@id, @name, @mood, @home, @homes, @tags, @notes, @several, @badge, @email, @address)
RETURNING *;
-- name: GetAuthor :one
SELECT * FROM authors WHERE id = @id;
-- name: ListAuthors :many
SELECT * FROM authors WHERE mood = ANY(@moods::mood[]) ORDER BY id;
-- name: CountAuthors :one
SELECT count(*) FROM authors;
-- name: Latest :one
SELECT max(born) FROM authors;
-- name: GetNotes :one
SELECT notes FROM authors WHERE id = @id;
-- name: GetBadge :one
SELECT badge FROM authors WHERE id = @id;
-- name: GetSeveral :many
SELECT several FROM authors;
-- name: GetHome :one
SELECT home FROM authors WHERE id = @id;
-- name: Homes :many
SELECT homes FROM authors;
-- name: Moods :many
SELECT mood, array_agg(id) AS ids FROM authors GROUP BY mood;
-- name: Joined :many
SELECT sqlc.embed(a), sqlc.embed(b), a.mood
FROM authors a LEFT JOIN books b ON b.author_id = a.id;
-- name: Rename :exec
UPDATE authors SET name = @name WHERE id = @id;
-- name: RenameAll :execrows
UPDATE authors SET name = @name;
-- name: Remove :execresult
DELETE FROM authors WHERE id = @id;
-- name: CopyAuthors :copyfrom
INSERT INTO authors (id, name, home, notes) VALUES (@id, @name, @home, @notes);
-- name: CopyIds :copyfrom
INSERT INTO connections (id) VALUES (@id);
-- name: SetNames :batchexec
UPDATE authors SET name = @name, mood = @mood WHERE id = @id;
-- name: AddBooks :batchone
INSERT INTO books (id, author_id) VALUES (@id, @author_id) RETURNING id;
-- name: FindBooks :batchone
SELECT * FROM books WHERE id = @id;
-- name: BooksOf :batchmany
SELECT * FROM books WHERE author_id = @author_id;
-- name: StreamAuthors :stream
SELECT * FROM authors;
-- name: StreamMoods :stream
SELECT mood FROM authors;
-- name: Protocols :many
SELECT * FROM protocols;
-- name: Tuples :many
SELECT * FROM named_tuples;
-- name: Dicts :many
SELECT * FROM typed_dicts;
-- name: Rows :many
SELECT *, 1 AS more FROM rows WHERE sequence = @sequence;
-- name: AllRows :many
SELECT * FROM rows;
-- name: Connections :many
SELECT * FROM connections WHERE sequence = @sequence;
-- name: WriteAuthors :many
-- @rows
INSERT INTO authors (id, name, mood, born, email)
SELECT * FROM unnest(@id::int[], @name::text[], @mood::mood[], @born::date[], @email::text[])
RETURNING id;
-- name: Born :many
-- @rows
UPDATE authors SET born = u.born, home = @home
FROM unnest(@id::int[], @born::date[]) WITH ORDINALITY AS u (id, born, n)
WHERE authors.id = u.id RETURNING u.n, authors.mood;
-- name: Made :many
-- @json whole, wholes, ids, pair, keyed, cost
SELECT a.id, to_jsonb(a) AS whole, to_json(a.cost) AS cost, (
    SELECT coalesce(json_agg(b), '[]') FROM books b WHERE b.author_id = a.id
) AS wholes, (
    SELECT json_agg(b.id) FROM books b WHERE b.author_id = a.id
) AS ids, json_build_array(a.id, a.mood, NULL) AS pair, (
    SELECT json_object_agg(b.id, json_build_object('title', b.title, 'by', json_build_object(
        'id', a.id, 'born', a.born, 'email', a.email, 'home', a.home, 'homes', a.homes,
        'several', a.several, 'badge', a.badge, 'class', a.address, 'mood', a.mood
    ))) FROM books b
) AS keyed
FROM authors a;
-- name: MadeNumbers :one
-- @json json_agg
SELECT json_agg(id) FROM authors;
-- name: MadeCost :one
-- @json to_json
SELECT to_json(cost) FROM authors WHERE id = @id;
-- name: MadePair :many
-- @json json_build_array
SELECT json_build_array(id, name) FROM authors;
-- name: MadeObject :stream
-- @json json_build_object
SELECT json_build_object('id', id, 'notes', notes, 'tags', tags) FROM authors;
-- name: Named :many
-- @rows
SELECT u.n, a.name FROM unnest(@id::int[]) WITH ORDINALITY AS u (id, n)
LEFT JOIN authors a ON a.id = u.id;
"""
KINDS = ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict")
SHAPES = ("functions", "class")
JSON = (
    JsonOptions(columns=(TypedJson("authors.badge", "json_contents.Badge"),)),
    JsonOptions("text"),
)
USE = """
from __future__ import annotations

import uuid

from {name} import Book, BornParams, Mood, NamedParams, WriteAuthorsParams, querier
from {name}._bulk import BulkConnection as Connection
{extra}

async def use(conn: Connection) -> None:
    author = await querier.get_author(conn, id=1)
    names: list[str] = [] if author is None else [author{attribute}]
    count: int = await querier.count_authors(conn)
    found = await querier.list_authors(conn, moods=[Mood.SAD])
    moods: list[Mood] = [item{mood} for item in found]
    books: list[Book | None] = await querier.find_books(conn, [uuid.UUID(int=count)])
    async for mood in querier.stream_moods(conn):
        moods.append(mood)
    rows = [WriteAuthorsParams(id=1, name="", mood=Mood.SAD, born=None, email=None)]
    ids: list[int] = await querier.write_authors(conn, iter(rows), chunk=1000)
    for changed in await querier.born(conn, [BornParams(id=1, born=None)], home=None):
        if changed is not None:
            moods.append(changed{mood})
    told: list[str | None] = [
        each{attribute} for each in await querier.named(conn, (NamedParams(id=1),))
    ]
    print(names, books, ids, told)
"""
OF_CLASS = """from {name} import Querier, QuerierProtocol


def queries(conn: Connection) -> QuerierProtocol:
    return Querier(conn)
"""
MISUSE = """
from __future__ import annotations

from {name} import BornParams, Mood, NamedParams, WriteAuthorsParams, querier
from {name}._bulk import BulkConnection as Connection


async def misuse(conn: Connection) -> None:
    await querier.get_author(conn, id="1")  # wrong
    await querier.get_author(conn, 1)  # wrong
    await querier.get_author(conn)  # wrong
    print((await querier.get_author(conn, id=1)).name)  # wrong
    number: str = await querier.count_authors(conn)  # wrong
    await querier.list_authors(conn, moods=["sad"])  # wrong
    found = await querier.list_authors(conn, moods=[])
    moods: list[Mood] = [author.moods for author in found]  # wrong
    WriteAuthorsParams(id=1, name=None, mood=Mood.SAD, born=None, email=None)  # wrong
    WriteAuthorsParams(id=1, mood=Mood.SAD, born=None, email=None)  # wrong
    await querier.write_authors(conn, rows=[NamedParams(id=1)])  # wrong
    await querier.write_authors(conn)  # wrong
    await querier.named(conn, [NamedParams(id=1)], chunk=1)  # wrong
    changed = await querier.born(conn, [BornParams(id=1, born=None)])
    print(changed[0].mood)  # wrong
    made = await querier.made(conn)
    print(made[0].whole.nam)  # wrong
    print([each.keyed["a"].title for each in made])  # wrong
    costs: list[float] = [each.cost for each in made]  # wrong
    notes = {{"a": object()}}
    await querier.add_author(conn, id=1, name="", mood=Mood.SAD, tags=[], notes=notes)  # wrong
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package of every model kind, shape and form of json, and one use of each."""
    folder = tmp_path_factory.mktemp("typing")
    for number, (kind, shape, form) in enumerate(itertools.product(KINDS, SHAPES, JSON)):
        limit = {"parameter_limit": 3} if number % 2 and kind != "dataclass" else {}
        package = build(
            folder,
            SCHEMA,
            QUERIES,
            model=kind,
            shape=shape,
            json=form,
            domain_types=number % 3 == 0,
            overrides=(Override("str", type="inet", from_db="str"),) if number % 5 == 0 else (),
            **limit,
        )
        keyed = kind == "typeddict"
        use = USE.format(
            name=package.__name__,
            attribute='["name"]' if keyed else ".name",
            mood='["mood"]' if keyed else ".mood",
            extra=OF_CLASS.format(name=package.__name__) if shape == "class" else "",
        )
        (folder / f"use_{number}.py").write_text(use)
        if number == 0:
            (folder / "misuse.py").write_text(MISUSE.format(name=package.__name__))
    contents = (Path(__file__).parent / "json_contents.py").read_text()
    (folder / "json_contents.py").write_text(contents)
    return folder


def test_mypy(packages: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "."]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False)
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    wrong = [line for line in errors if not line.startswith("misuse.py:")]
    assert not wrong, "\n".join(wrong)
    assert found_lines(packages, [int(line.split(":")[1]) for line in errors]) == []


def test_pyright(packages: Path) -> None:
    # Every kind, shape and form of json, but not each with each: pyright takes its time.
    numbers = [number for number in range(24) if number % 4 in (0, 3)]
    include = [f"use_{number}.py" for number in numbers] + ["misuse.py", "json_contents.py"]
    include += sorted({imported(packages / f"use_{number}.py") for number in numbers})
    settings = {"typeCheckingMode": "strict", "include": include, "pythonVersion": "3.11"}
    (packages / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False)
    errors = json.loads(done.stdout)["generalDiagnostics"]
    wrong = [item for item in errors if not item["file"].endswith("misuse.py")]
    assert not wrong, "\n".join(f"{item['file']}: {item['message']}" for item in wrong)
    lines = [item["range"]["start"]["line"] + 1 for item in errors]
    assert found_lines(packages, lines) == []


def imported(file: Path) -> str:
    """The package that a file uses."""
    line = next(line for line in file.read_text().splitlines() if line.startswith("from package"))
    return line.split()[1]


def found_lines(packages: Path, lines: list[int]) -> list[int]:
    """The lines of misuse that were not found."""
    text = (packages / "misuse.py").read_text().splitlines()
    wrong = [number for number, line in enumerate(text, 1) if line.endswith("# wrong")]
    return [number for number in wrong if number not in lines]
