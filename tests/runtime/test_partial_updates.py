"""A partial update changes what it is given and nothing else, NULL among the values."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages import build, refused

SCHEMA = """
CREATE TABLE authors (
    id int PRIMARY KEY,
    name text NOT NULL,
    "select" text,
    tags text[] NOT NULL DEFAULT '{}',
    changed int NOT NULL DEFAULT 0
);
CREATE FUNCTION count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := OLD.changed + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER counted BEFORE UPDATE OF tags ON authors
FOR EACH ROW EXECUTE FUNCTION count_change();
"""
QUERIES = """
-- name: UpdateAuthor :one
-- @partial name, sel, tags
UPDATE authors AS a SET name = @name, "select" = @sel, tags = a.tags || @tags::text[]
WHERE id = @id RETURNING a.*;
-- name: StaysInFront :one
-- @partial name, sel
UPDATE authors SET changed = 7, name = @name, "select" = @sel WHERE id = @id RETURNING *;
-- name: StaysBehind :one
-- @partial
UPDATE authors SET name = @name, "select" = @sel, -- both
    changed = 7 WHERE id = @id RETURNING *;
-- name: StaysBetween :one
-- @partial name, sel
UPDATE authors SET name = @name, changed = 7, "select" = @sel WHERE id = @id RETURNING *;
-- name: Quoted :one
-- @partial
UPDATE authors SET "select" = @sel WHERE id = @id RETURNING "select";
-- name: SaveAuthor :one
-- @partial new_name, new_sel
INSERT INTO authors (id, name, "select") VALUES (@id, @name, @sel)
ON CONFLICT (id) DO UPDATE SET name = @new_name, "select" = @new_sel RETURNING *;
-- name: Both :many
-- @partial name
-- @optional id
UPDATE authors SET name = @name WHERE id = @id RETURNING name;
"""


class Server:
    """Calls functions on a connection, each on the same two authors."""

    def __init__(self, uri: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.connection: Any = self.run(asyncpg.connect(uri))
        self.run(self.connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        self.run(self.connection.execute(SCHEMA))

    def run(self, awaitable: Any) -> Any:
        return self.loop.run_until_complete(awaitable)

    def call(self, function: Any, **arguments: Any) -> Any:
        made = """TRUNCATE authors;
            INSERT INTO authors VALUES (1, 'Ann', 'x', '{a}'), (2, 'Bo', NULL, '{}')"""
        self.run(self.connection.execute(made))
        return self.run(function(self.connection, **arguments))

    def stored(self, number: int) -> dict[str, Any]:
        return dict(
            self.run(self.connection.fetchrow(f"SELECT * FROM authors WHERE id = {number}"))
        )


@pytest.fixture(scope="module")
def server(database: str) -> Any:
    made = Server(database)
    yield made
    made.run(made.connection.close())
    made.loop.close()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(tmp_path_factory.mktemp("partial"), SCHEMA, QUERIES)


ANN = {"id": 1, "name": "Ann", "select": "x", "tags": ["a"], "changed": 0}
PATCHES = st.fixed_dictionaries(
    {},
    optional={"name": st.sampled_from(["Cy", ""]), "sel": st.sampled_from([None, "x", "y"])},
)


@settings(max_examples=40)
@given(patch=PATCHES, tags=st.none() | st.lists(st.sampled_from(["b", "c"]), max_size=2))
def test_any_patch(package: ModuleType, server: Server, patch: Any, tags: Any) -> None:
    more = {} if tags is None else {"tags": tags}
    row = server.call(package.update_author, id=1, **patch, **more)
    expected = ANN | {"select" if name == "sel" else name: patch[name] for name in patch}
    if tags is not None:  # a trigger for the column counts
        expected |= {"tags": ["a", *tags], "changed": 1}
    assert server.stored(1) == expected
    assert row.name == expected["name"]
    assert server.stored(2)["name"] == "Bo"


@settings(max_examples=40)
@given(patch=PATCHES, name=st.sampled_from(["stays_in_front", "stays_behind", "stays_between"]))
def test_items_that_stay(package: ModuleType, server: Server, patch: Any, name: str) -> None:
    server.call(getattr(package, name), id=1, **patch)
    given_ = {"select" if each == "sel" else each: patch[each] for each in patch}
    assert server.stored(1) == ANN | {"changed": 7} | given_


def test_an_empty_patch_returns_and_locks_the_row(package: ModuleType, server: Server) -> None:
    row = server.call(package.update_author, id=1)
    assert (row.name, row.changed) == ("Ann", 0)
    assert server.stored(1) == ANN
    assert server.call(package.update_author, id=9) is None
    assert server.call(package.quoted, id=1) == "x"

    async def locked() -> Any:
        async with server.connection.transaction():
            await package.update_author(server.connection, id=1)
            return await server.connection.fetchval(
                "SELECT xmax <> 0 OR xmin = pg_current_xact_id()::xid FROM authors WHERE id = 1"
            )

    assert server.run(locked())


def test_on_conflict(package: ModuleType, server: Server) -> None:
    row = server.call(package.save_author, id=1, name="n", sel="s", new_sel=None)
    assert (row.name, server.stored(1)["select"]) == ("Ann", None)
    assert server.call(package.save_author, id=1, name="n", sel="s").name == "Ann"
    assert server.call(package.save_author, id=3, name="n", sel="s").name == "n"


def test_beside_optional_conditions(package: ModuleType, server: Server) -> None:
    assert server.call(package.both, name="Z") == ["Z", "Z"]
    assert server.call(package.both, name="Z", id=2) == ["Z"]
    assert sorted(server.call(package.both)) == ["Ann", "Bo"]


def test_msgspec_brings_its_own_unset(tmp_path: Path, server: Server) -> None:
    import msgspec

    package = build(tmp_path, SCHEMA, QUERIES, model="msgspec")
    assert package.UNSET is msgspec.UNSET
    server.call(package.update_author, id=1, name=msgspec.UNSET, sel=None)
    assert server.stored(1) == ANN | {"select": None}


REFUSED = {
    "used in the condition as well": (
        "-- @partial name\nUPDATE authors SET name = @name WHERE name <> @name",
        "not-optional",
    ),
    "an item for several columns": (
        '-- @partial name\nUPDATE authors SET (name, "select") = (@name, @sel) WHERE id = 1',
        "not-optional",
    ),
    "no parameter of its own": (
        "-- @partial\nUPDATE authors SET changed = changed + 1 WHERE id = @id",
        "invalid-annotation",
    ),
    "no SET": ("-- @partial id\nDELETE FROM authors WHERE id = @id", "invalid-annotation"),
    "said to be optional": (
        "-- @optional name\nUPDATE authors SET name = @name WHERE id = 1",
        "not-optional",
    ),
    "no such parameter": (
        "-- @partial nme\nUPDATE authors SET name = @name WHERE id = 1",
        "unknown-parameter",
    ),
}


@pytest.mark.parametrize("claim", REFUSED)
def test_refusals(tmp_path: Path, claim: str) -> None:
    query, code = REFUSED[claim]
    [problem] = refused(tmp_path, SCHEMA, f"-- name: A :exec\n{query};\n")
    print(problem.message, "-", problem.help)
    assert problem.code == code
