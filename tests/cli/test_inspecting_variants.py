"""What `inspect --format json` has of queries with several texts."""

from __future__ import annotations

import json
from pathlib import Path

from command import sqlwright

SCHEMA = "CREATE TABLE books (id int PRIMARY KEY, title text NOT NULL);\n"
QUERIES = """
-- name: Books :many
-- @optional id
-- @sort title = title, id
SELECT id FROM books WHERE id = @id AND title <> @title ORDER BY id;

-- name: All :many
SELECT id FROM books;
"""


def test_variants_are_listed(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(SCHEMA)
    (tmp_path / "queries.sql").write_text(QUERIES)
    options = ("--schema", "schema.sql", "--queries", "queries.sql", "--format", "json")
    books, all_ = json.loads(sqlwright(tmp_path, "inspect", *options).stdout)["queries"]
    assert "variants" not in all_
    start = "SELECT id FROM books WHERE"
    told = [
        (["id"], None, f"{start} id = $1 AND title <> $2 ORDER BY id", [1, 2]),
        ([], None, f"{start} true AND title <> $1 ORDER BY id", [2]),
        (["id"], "title", f"{start} id = $1 AND title <> $2 ORDER BY title, id", [1, 2]),
        ([], "title", f"{start} true AND title <> $1 ORDER BY title, id", [2]),
    ]
    names = ("optional", "sort", "sql", "parameters")
    assert books["variants"] == [dict(zip(names, each, strict=True)) for each in told]
