"""What `sqlwright init` puts into a folder: a configuration, a schema, and one working query."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlwright.config.model import Config
from sqlwright.config.writing import SCHEMA_FILE, commented_toml, native_toml, schema_text
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
    yield from _schema_of_options(folder)
    if not (folder / "schema").exists():
        yield GeneratedFile(folder / "schema" / "authors.sql", SCHEMA)
        if not (folder / "queries").exists():
            yield GeneratedFile(folder / "queries" / "authors.sql", QUERIES)


def from_sqlc(folder: Path, config: Config) -> Iterator[GeneratedFile]:
    """The native form of a sqlc configuration."""
    yield from _missing(folder / "sqlwright.toml", native_toml(config.packages))


def _schema_of_options(folder: Path) -> Iterator[GeneratedFile]:
    """The file that the first line of the configuration names, unless a configuration that is there
    does not."""
    path = folder / "sqlwright.toml"
    if not path.exists() or SCHEMA_FILE in path.read_text(encoding="utf-8", errors="replace"):
        yield from _missing(folder / SCHEMA_FILE, schema_text())


def _missing(path: Path, text: str) -> Iterator[GeneratedFile]:
    if not path.exists():
        yield GeneratedFile(path, text)
