"""Queries with optional conditions return what `x IS NULL OR` in front of each would return, in
every variant, and are prepared without complaint."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from calls import Server
from hypothesis import given, settings
from hypothesis import strategies as st
from packages import build, refused

SCHEMA = """
CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL, agent text);
CREATE TABLE books (
    id int PRIMARY KEY,
    author_id int NOT NULL REFERENCES authors,
    title text NOT NULL,
    shelf varchar(9),
    price numeric,
    big bigint NOT NULL,
    notes jsonb
);
CREATE TABLE tags (book_id int NOT NULL REFERENCES books, tag text NOT NULL);
"""
ROWS = """
INSERT INTO authors SELECT n, 'author ' || n, CASE WHEN n % 2 = 0 THEN 'agent ' || n END
FROM generate_series(1, 5) n;
INSERT INTO books SELECT n, 1 + n % 5, 'title ' || n % 7, CASE WHEN n % 3 > 0 THEN 's' || n % 3 END,
    CASE WHEN n % 4 > 0 THEN n % 6 END, n % 3, jsonb_build_object('n', n % 2)
FROM generate_series(1, 60) n;
INSERT INTO tags SELECT n, 't' || n % 4 FROM generate_series(1, 60) n WHERE n % 5 > 0;
"""
SIX = """
-- name: SixConditions :many
-- @optional author_id, part, tag, shelves
-- @optional (low, high), agent
SELECT b.id, a.name
FROM books b
JOIN authors a ON a.id = b.author_id AND a.agent = @agent
WHERE b.author_id = @author_id
  AND b.title ILIKE '%' || @part || '%'
  AND EXISTS (SELECT FROM tags t WHERE t.book_id = b.id AND t.tag = @tag)
  AND b.shelf IN (sqlc.slice(shelves))
  AND b.price BETWEEN @low AND @high
  AND b.id > @after
ORDER BY b.id;

-- name: WithTests :many
SELECT b.id, a.name
FROM books b
JOIN authors a
  ON a.id = b.author_id AND (sqlc.narg(agent)::text IS NULL OR a.agent = sqlc.narg(agent))
WHERE (sqlc.narg(author_id)::int IS NULL OR b.author_id = sqlc.narg(author_id))
  AND (sqlc.narg(part)::text IS NULL OR b.title ILIKE '%' || sqlc.narg(part) || '%')
  AND (sqlc.narg(tag)::text IS NULL
       OR EXISTS (SELECT FROM tags t WHERE t.book_id = b.id AND t.tag = sqlc.narg(tag)))
  AND (sqlc.narg(shelves)::text[] IS NULL OR b.shelf = ANY(sqlc.narg(shelves)::text[]))
  AND (sqlc.narg(low)::numeric IS NULL
       OR b.price BETWEEN sqlc.narg(low) AND sqlc.narg(high)::numeric)
  AND b.id > @after
ORDER BY b.id;
"""
OTHERS = """
-- name: OnShelf :many
-- @optional shelf
SELECT id FROM books WHERE shelf IS NOT DISTINCT FROM @shelf ORDER BY id;

-- name: OneText :many
-- The form that callers of all filters have, with variants by one comment.
-- @optional author_id, big
SELECT id FROM books
WHERE (sqlc.narg(author_id)::int IS NULL OR author_id = sqlc.narg(author_id))
  AND ((big = sqlc.narg(big)::int) OR (sqlc.narg(big) IS NULL))
ORDER BY id;

-- name: Grouped :many
-- @optional least
SELECT author_id, count(*) FROM books GROUP BY author_id HAVING count(*) >= @least ORDER BY 1;

-- name: Total :many
-- @optional least
SELECT 1 AS one FROM books HAVING count(*) > @least;

-- name: WithNotes :stream
-- @optional notes
SELECT id FROM books WHERE notes @> @notes ORDER BY id;

-- name: Reprice :execrows
-- @optional shelf
UPDATE books SET price = @price WHERE shelf = @shelf AND id < 7;

-- name: Keep :one
-- @optional least
INSERT INTO authors (id, name) VALUES (@id, @name)
ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE length(authors.name) >= @least
RETURNING name;

-- name: Newest :one
-- @optional author_id
SELECT id FROM books WHERE author_id = @author_id ORDER BY id DESC LIMIT 1;
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(tmp_path_factory.mktemp("variants"), SCHEMA, SIX + OTHERS)


@pytest.fixture(scope="module")
def server(database: str) -> Iterator[Server]:
    made = Server(database, SCHEMA + ROWS)
    yield made
    made.close()


CHOICES: dict[str, list[Any]] = {
    "author_id": [1, 3, 99],
    "part": ["3", "TITLE", "%"],
    "tag": ["t1", "none"],
    "shelves": [["s1"], ["s1", "s2"], []],
    "agent": ["agent 2", "agent 4"],
    "low,high": [(1, 3), (5, 0)],
}


def test_every_variant_of_six_parts(package: ModuleType, server: Server) -> None:
    rows = variants = 0
    for chosen in itertools.product((False, True), repeat=len(CHOICES)):
        for values in zip(
            *(itertools.cycle(each) for each in CHOICES.values()), range(3), strict=False
        ):
            arguments: dict[str, Any] = {}
            for names, there, value in zip(CHOICES, chosen, values, strict=False):
                if there:
                    pair = value if isinstance(value, tuple) else (value,)
                    arguments.update(zip(names.split(","), pair, strict=True))
            found = server.call(package.six_conditions, after=4, **arguments)
            absent = dict.fromkeys(("author_id", "part", "tag", "shelves", "agent", "low", "high"))
            expected = server.call(package.with_tests, after=4, **absent | arguments)
            assert [(row.id, row.name) for row in found] == [(row.id, row.name) for row in expected]
            rows += len(found)
        variants += 1
    print(f"{variants} variants, {rows} rows")
    assert variants == 64
    assert rows > 600


@settings(max_examples=150)
@given(data=st.data())
def test_random_arguments(package: ModuleType, server: Server, data: st.DataObject) -> None:
    maybe = {
        "author_id": st.integers(0, 6),
        "part": st.text("titl 0123%_\\", max_size=3).filter(lambda text: not text.endswith("\\")),
        "tag": st.sampled_from(["t0", "t1", "t2", "x"]),
        "shelves": st.lists(st.sampled_from(["s0", "s1", "s2"]), max_size=3),
        "agent": st.sampled_from(["agent 2", "agent 4"]),
    }
    arguments = {
        name: data.draw(values, name) for name, values in maybe.items() if data.draw(st.booleans())
    }
    if data.draw(st.booleans()):
        arguments |= {"low": data.draw(st.integers(0, 6)), "high": data.draw(st.integers(0, 6))}
    after = data.draw(st.integers(0, 60))
    found = server.call(package.six_conditions, after=after, **arguments)
    absent = dict.fromkeys((*maybe, "low", "high"))
    expected = server.call(package.with_tests, after=after, **absent | arguments)
    assert [(row.id, row.name) for row in found] == [(row.id, row.name) for row in expected]


def test_null_is_a_value_where_it_finds_rows(package: ModuleType, server: Server) -> None:
    without = server.call(package.on_shelf)
    null = server.call(package.on_shelf, shelf=None)
    assert len(without) == 60
    assert len(null) == 20
    assert server.call(package.on_shelf, shelf=package.UNSET) == without
    assert repr(package.UNSET) == "UNSET"


def test_a_query_for_sqlc_gains_variants_by_a_comment(package: ModuleType, server: Server) -> None:
    assert len(server.call(package.one_text)) == 60
    assert len(server.call(package.one_text, author_id=1)) == 12
    assert len(server.call(package.one_text, big=1)) == 20
    assert "IS NULL" not in str(package.queries.ONE_TEXT._texts)


def test_other_clauses_and_commands(package: ModuleType, server: Server) -> None:
    assert len(server.call(package.grouped)) == 5
    assert server.call(package.grouped, least=13) == []
    assert server.call(package.total) == [1], "it is grouped without its condition too"
    assert server.call(package.total, least=60) == []
    assert server.call(package.reprice, price=1) == 6
    assert server.call(package.reprice, price=1, shelf="s1") == 2
    assert server.call(package.newest) == 60
    assert server.call(package.newest, author_id=1) == 60
    assert server.call(package.newest, author_id=2) == 56
    assert server.call(package.keep, id=1, name="kept") == "kept"
    assert server.call(package.keep, id=1, name="longer", least=5) is None
    assert len(server.all(package.with_notes)) == 60
    assert len(server.all(package.with_notes, notes={"n": 1})) == 30


def test_what_goes_together_is_given_together(package: ModuleType, server: Server) -> None:
    for arguments in ({"low": 1}, {"high": 1}):
        with pytest.raises(ValueError, match="takes low and high together or not at all"):
            server.call(package.six_conditions, after=0, **arguments)


def test_a_text_is_made_once(package: ModuleType) -> None:
    made = package.queries.SIX_CONDITIONS
    key = (True, False, False, False, False, False, False)
    values = (None, 1, None, None, None, None, None, 0)
    first, second = made.pick(key, values), made.pick(key, values)
    assert first[0] is second[0]
    assert first[1:] == (1, 0)


def test_a_batch_has_one_text(tmp_path: Path) -> None:
    query = "-- name: A :batchexec\n-- @optional a\nDELETE FROM books WHERE id = @a AND big = @b;"
    [problem] = refused(tmp_path, SCHEMA, query)
    print(problem.message)
    assert problem.code == "invalid-annotation"


def test_parameters_in_an_object(tmp_path: Path, server: Server) -> None:
    package = build(tmp_path, SCHEMA, OTHERS, parameter_limit=0)
    assert len(server.call(package.on_shelf, params=package.OnShelfParams())) == 60
    assert len(server.call(package.on_shelf, params=package.OnShelfParams(shelf=None))) == 20
