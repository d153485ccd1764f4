"""Small projects with a mistake in them, and what sqlwright says to it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner
from sqlwright.cli import main

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


def report(folder: Path, files: Mapping[str, str], command: str = "generate") -> str:
    """What a command says on standard error in a folder of these files, over `SCHEMA` and `QUERIES`
    where there are no others.
    """
    for name, text in {"schema.sql": SCHEMA, "queries.sql": QUERIES, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    configured = any(name in files for name in CONFIGURATIONS)
    options = [] if configured else ["--schema", "schema.sql", "--queries", "queries.sql"]
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(main, [command, *options]).stderr
    finally:
        os.chdir(before)
