"""Rows without the columns that a comment leaves out, in every model kind."""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import pytest
from connections import connected
from packages import build, refused

SCHEMA = """
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, secret text NOT NULL, note text);
CREATE TABLE posts (id int PRIMARY KEY, user_id int REFERENCES users, title text NOT NULL);
"""
ROWS = """
INSERT INTO users VALUES (1, 'a@', 's', NULL), (2, 'b@', 't', 'n');
INSERT INTO posts VALUES (1, 1, 'p'), (2, NULL, 'q'), (3, 2, 'r');
"""
QUERIES = """
-- name: GetUser :one
-- @omit secret
SELECT * FROM users WHERE id = @id;

-- name: Posts :many
-- @omit u.secret, p.user_id
-- @page
SELECT sqlc.embed(p), sqlc.embed(u), 1 AS one
FROM posts p LEFT JOIN users u ON u.id = p.user_id ORDER BY u.email NULLS FIRST, p.id LIMIT 2;

-- name: Emails :many
-- @omit id, secret, note
SELECT * FROM users ORDER BY id;

-- name: Change :one
-- @row Seen
-- @omit secret, note
UPDATE users SET note = @note WHERE id = @id RETURNING *;

-- name: Whole :many
SELECT sqlc.embed(u) FROM users u;
"""
KINDS = ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict")


def fields(value: Any) -> Any:
    """A row as its fields, and those of the rows in it."""
    if not hasattr(type(value), "__annotations__"):
        return (
            {key: fields(item) for key, item in value.items()} if isinstance(value, dict) else value
        )
    names = [name for name in type(value).__annotations__ if name != "model_config"]
    return {name: fields(getattr(value, name)) for name in names}


@pytest.mark.parametrize("kind", KINDS)
async def test_rows(database: str, tmp_path: Path, kind: str) -> None:
    package = build(tmp_path, SCHEMA, QUERIES, model=kind)
    one = {"id": 1, "email": "a@", "note": None}
    two = {"id": 2, "email": "b@", "note": "n"}
    async with connected(database, "connection") as conn:
        await conn.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA} {ROWS}")
        assert fields(await package.get_user(conn, id=1)) == one
        first = await package.posts(conn)
        rest = await package.posts(conn, after=package.PostsPosition.of(first[-1]))
        assert list(map(fields, first + rest)) == [
            {"p": {"id": 2, "title": "q"}, "u": None, "one": 1},
            {"p": {"id": 1, "title": "p"}, "u": one, "one": 1},
            {"p": {"id": 3, "title": "r"}, "u": two, "one": 1},
        ]
        assert await package.emails(conn) == ["a@", "b@"]
        assert fields(await package.change(conn, id=1, note="x")) == {"id": 1, "email": "a@"}
    hints = typing.get_type_hints(package.PostsU)
    assert {name: hints[name] for name in one} == {"id": int, "email": str, "note": str | None}
    assert typing.get_type_hints(package.User)["secret"] is str


def test_a_shared_class_holds_whole_rows(tmp_path: Path) -> None:
    said = "-- name: Q :many\n-- @row Shared\n-- @omit secret"
    [error] = refused(tmp_path, SCHEMA, f"{said}\nSELECT sqlc.embed(u), 1 AS n FROM users u;")
    assert error.message == (
        "a shared row cannot hold an embedded row that is no table's, whose class is a query's own"
    )
