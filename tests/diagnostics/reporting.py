"""Small projects with a mistake in them, and what sqlwright says to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from command import sqlwright

SCHEMA = """\
CREATE TYPE book_kind AS ENUM ('novel', 'essay', 'poems');

CREATE TABLE authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    bio text
);

CREATE TABLE books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL,
    kind book_kind NOT NULL,
    year int
);
"""
QUERIES = "-- name: One :one\nSELECT 1 AS one;\n"
CONFIGURATIONS = ("sqlwright.toml", "pyproject.toml", "sqlc.yaml", "sqlc.json")


def report(folder: Path, files: Mapping[str, str | bytes], *, only: bool = False) -> str:
    """What `generate` says on standard error in a folder of these files, over `SCHEMA` and
    `QUERIES` where there are no others, unless these are to be the `only` ones.
    """
    folders = any(name.startswith("queries/") for name in files)
    defaults: dict[str, str | bytes] = {"schema.sql": SCHEMA}
    if not folders:
        defaults["queries.sql"] = QUERIES
    for name, text in ({} if only else defaults | {**files}).items() or files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    configured = any(name in files for name in CONFIGURATIONS)
    queries = "queries" if folders else "queries.sql"
    options = [] if configured else ["--schema", "schema.sql", "--queries", queries]
    return sqlwright(folder, "generate", *options).stderr
