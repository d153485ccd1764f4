"""Packages with every pair of options: imported, called in both directions, checked for types."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from calling import FakeConnection, call_everything
from pairwise import pairwise
from sqlwright.codegen.options import JsonOptions, PackageOptions
from sqlwright.codegen.plan import plan_package
from sqlwright.config import Config, PackageConfig
from sqlwright.pipeline import infer_packages
from sqlwright.render.python import render_package

ROOT = Path(__file__).parents[2]
OPTIONS = {
    "model": ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict"),
    "json": (
        JsonOptions(),
        JsonOptions(library="orjson"),
        JsonOptions(library="msgspec"),
        JsonOptions(form="text"),
    ),
    "parameter_limit": (None, 0, 2),
    "shape": ("functions", "class"),
    "frozen": (False, True),
    "exact_names": (False, True),
    "unused_models": (False, True),
    "domain_types": (False, True),
    "exceptions": (False, True),
}
CHOICES = list(pairwise(OPTIONS))

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE place AS (city text, moods mood[], built date);
CREATE DOMAIN email AS text;
CREATE DOMAIN cost AS numeric(10, 2) NOT NULL;
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    email email NOT NULL,
    mood mood,
    moods mood[] NOT NULL,
    home place,
    born date,
    fee cost,
    notes jsonb NOT NULL
);
CREATE TABLE books (id uuid PRIMARY KEY, author_id bigint NOT NULL REFERENCES authors, title text);
CREATE TABLE shelves (id int PRIMARY KEY, location point, opened tstzrange);
CREATE TABLE leaflets (id int PRIMARY KEY, parts jsonb[], pages json[] NOT NULL);
"""
QUERIES = """
-- name: AddAuthor :one
INSERT INTO authors (id, email, mood, moods, home, born, fee, notes)
VALUES (@id, @email, @mood, @moods, @home, @born, @fee, @notes) RETURNING *;

-- name: GetAuthor :one
SELECT * FROM authors WHERE id = @id;

-- name: ListEmails :many
SELECT email, mood FROM authors WHERE mood = ANY(@moods::mood[]) ORDER BY id;

-- name: GetFee :one
SELECT fee FROM authors WHERE email = @email;

-- name: ListBooks :many
SELECT b.title, sqlc.embed(a) FROM books b JOIN authors a ON a.id = b.author_id WHERE b.id = @id;

-- name: MadeAuthors :many
-- @json author, books, costs
SELECT a.id, to_jsonb(a) AS author, json_object_agg(a.email, a.fee) AS costs, coalesce(
    (SELECT json_agg(json_build_object('id', b.id, 'by', a.moods, 'born', a.born)) FROM books b),
    '[]'
) AS books
FROM authors a GROUP BY a.id;

-- name: MadeBook :one
-- @json json_build_array
SELECT json_build_array(b.id, b) FROM books b WHERE b.id = @id;

-- name: Retitle :execrows
UPDATE books SET title = @title WHERE id = @id AND author_id = @author_id;

-- name: AddBooks :copyfrom
INSERT INTO books (id, author_id, title) VALUES (@id, @author_id, @title);

-- name: CopyLeaflets :copyfrom
INSERT INTO leaflets (id, parts, pages) VALUES (@id, @parts, @pages);

-- name: StreamShelves :stream
SELECT location, opened FROM shelves WHERE id > @id;

-- name: AddShelves :batchone
INSERT INTO shelves (id, location, opened) VALUES (@id, @location, @opened) RETURNING *;

-- name: WriteAuthors :many
-- @rows
INSERT INTO authors (id, email, mood, moods, fee, notes)
SELECT u.id, u.email, u.mood, m.moods, u.fee, u.notes FROM unnest(
    @id::bigint[], @email::email[], @mood::mood[], @fee::cost[], @notes::jsonb[]
) AS u (id, email, mood, fee, notes), (SELECT @moods::mood[]) AS m (moods)
RETURNING id, mood, notes;

-- name: Open :many
-- @rows
UPDATE shelves SET opened = u.opened
FROM unnest(@id::int[], @opened::tstzrange[]) WITH ORDINALITY AS u (id, opened, n)
WHERE shelves.id = u.id RETURNING location, u.n;
"""


def test_every_two_values_meet() -> None:
    met = {
        frozenset(pair) for choice in CHOICES for pair in combinations(map(str, choice.items()), 2)
    }
    wanted = {
        frozenset((str((one, a)), str((other, b))))
        for one, other in combinations(OPTIONS, 2)
        for a in OPTIONS[one]
        for b in OPTIONS[other]
    }
    print(f"{len(CHOICES)} combinations, {len(wanted)} pairs")
    assert met == wanted


@pytest.mark.long
@pytest.mark.filterwarnings("error")
def test_packages_of_every_pair_of_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "schema.sql").write_text(SCHEMA)
    (tmp_path / "queries.sql").write_text(QUERIES)
    monkeypatch.syspath_prepend(tmp_path)
    called = 0
    sources = (
        ("example", ROOT, ("schema",), ("queries",)),
        ("rich", tmp_path, ("schema.sql",), ("queries.sql",)),
    )
    for name, folder, schema, queries in sources:
        package = PackageConfig(schema=schema, queries=queries, out="unused")
        inferred = infer_packages(Config(folder, (package,)))[0]
        assert not inferred.failed, inferred.diagnostics
        for number, choice in enumerate(CHOICES):
            planned = plan_package(inferred.catalog, inferred.queries, PackageOptions(**choice))
            made = tmp_path / f"matrix_{name}_{number}"
            made.mkdir()
            for file in render_package(planned):
                (made / file.path).write_text(file.text)
            importlib.invalidate_caches()
            connection = FakeConnection(inferred.catalog, inferred.queries)
            print(made.name, choice)
            called += asyncio.run(call_everything(importlib.import_module(made.name), connection))
    print(f"{2 * len(CHOICES)} packages, {called} calls")
    assert called > 5 * len(CHOICES)
    _passes(tmp_path, "mypy", "--strict", *(each.name for each in tmp_path.glob("matrix_*")))
    settings = '{"typeCheckingMode": "strict", "include": ["matrix_*"]}'
    (tmp_path / "pyrightconfig.json").write_text(settings)
    _passes(tmp_path, "pyright", "--pythonpath", sys.executable)


def _passes(folder: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stdout
