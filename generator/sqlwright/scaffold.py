"""What `sqlwright init` puts into a folder: a configuration, a schema, and one working query."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlwright.config.model import Config
from sqlwright.config.writing import commented_toml, native_toml
from sqlwright.output import GeneratedFile

SCHEMA = """\
CREATE TABLE authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    bio text
);
"""

QUERIES = """\
-- name: GetAuthor :one
-- One author, or None.
SELECT * FROM authors WHERE id = @id;

-- name: ListAuthors :many
-- Every author whose name starts with a text, in order.
SELECT * FROM authors
WHERE name LIKE @prefix || '%'
ORDER BY name;

-- name: CreateAuthor :one
INSERT INTO authors (name, bio) VALUES (@name, @bio) RETURNING *;
"""


def new_project(folder: Path) -> Iterator[GeneratedFile]:
    """The files of a new project; those whose place is taken are left out. A schema or queries
    folder that exists already, whatever it holds, gets no example."""
    yield from _missing(folder / "sqlwright.toml", commented_toml())
    if not (folder / "schema").exists():
        yield GeneratedFile(folder / "schema" / "authors.sql", SCHEMA)
        if not (folder / "queries").exists():
            yield GeneratedFile(folder / "queries" / "authors.sql", QUERIES)


def from_sqlc(folder: Path, config: Config) -> Iterator[GeneratedFile]:
    """The native form of a sqlc configuration."""
    yield from _missing(folder / "sqlwright.toml", native_toml(config.packages))


def _missing(path: Path, text: str) -> Iterator[GeneratedFile]:
    if not path.exists():
        yield GeneratedFile(path, text)
