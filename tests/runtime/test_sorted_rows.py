"""Queries with several orders return what the same query with another ORDER BY returns, and refuse
an order that they do not have before the server is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from calls import Server
from hypothesis import given, settings
from hypothesis import strategies as st
from packages import build

SCHEMA = """
CREATE TABLE books (
    id int PRIMARY KEY, author_id int NOT NULL, title text NOT NULL, shelf text, price numeric
);
"""
ROWS = """
INSERT INTO books
SELECT n, n * 7 % 5, 'title ' || n * 11 % 13, CASE WHEN n % 3 > 0 THEN 's' || n * 5 % 4 END,
    CASE WHEN n % 4 > 0 THEN n * 3 % 6 END
FROM generate_series(1, 60) n;
"""
SEARCH = """SELECT id, title, shelf, price FROM books b
WHERE author_id = @author_id AND shelf = @shelf AND id <> @near
ORDER BY {order}
LIMIT @most"""
ORDERS = {
    None: "id",
    "title": "title, id",
    "shelf": "shelf NULLS FIRST, price DESC, id DESC",
    "near": "abs(id - @near), id",
    "upper": 'upper(b.title) COLLATE "C" DESC, 1',
}


def searches() -> Iterator[str]:
    """The query with its orders, and each order as a query of its own."""
    words = [f"-- @sort {name} = {order}\n" for name, order in ORDERS.items() if name]
    optional = "-- @optional author_id, shelf\n"
    yield f"-- name: Search :many\n{optional}{''.join(words)}{SEARCH.format(order=ORDERS[None])};"
    for name, order in ORDERS.items():
        text = SEARCH.format(order=order)
        for parameter in ("author_id", "shelf"):
            nullable = f"sqlc.narg({parameter})"
            condition = f"{parameter} = @{parameter}"
            text = text.replace(condition, f"({nullable} IS NULL OR {parameter} = {nullable})")
        yield f"-- name: By_{name} :many\n{text};"


OTHERS = """
-- name: DearestOfShelf :many
-- @sort cheapest = shelf, price NULLS LAST, id
SELECT DISTINCT ON (shelf) shelf, id FROM books ORDER BY shelf, price DESC NULLS LAST, id;

-- name: Authors :many
-- @sort many = n DESC, author_id
-- @sort dear = max(price) DESC, author_id
SELECT author_id, count(*) AS n FROM books GROUP BY author_id ORDER BY author_id;

-- name: Names :stream
-- @sort last = 1 DESC
SELECT title FROM books UNION SELECT shelf FROM books WHERE shelf IS NOT NULL ORDER BY title;

-- name: First :one
-- @sort last = id DESC
SELECT id FROM books ORDER BY id LIMIT 1;

-- name: TakesSort :many
-- @sort title = title, id
SELECT id FROM books WHERE title LIKE @sort ORDER BY id;
"""
QUERIES = "\n".join(searches()) + OTHERS


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return build(tmp_path_factory.mktemp("orders"), SCHEMA, QUERIES)


@pytest.fixture(scope="module")
def server(database: str) -> Iterator[Server]:
    made = Server(database, SCHEMA + ROWS)
    yield made
    made.close()


def told(rows: list[Any]) -> list[tuple[Any, ...]]:
    return [(row.id, row.title, row.shelf, row.price) for row in rows]


@settings(max_examples=150, deadline=None)
@given(
    sort=st.sampled_from([*ORDERS]),
    author_id=st.none() | st.integers(0, 5),
    shelf=st.none() | st.sampled_from(["s0", "s1", "s9"]),
    near=st.integers(0, 61),
    most=st.integers(0, 70),
)
def test_rows_in_the_order_of_the_query_with_that_order(
    package: ModuleType, server: Server, sort: str | None, **arguments: Any
) -> None:
    found = server.call(package.search, sort=sort, **arguments)
    expected = server.call(getattr(package, f"by_{sort}".lower()), **arguments)
    assert told(found) == told(expected)


def test_every_order_is_another(package: ModuleType, server: Server) -> None:
    orders = {
        tuple(row.id for row in server.call(package.search, sort=sort, near=20, most=99))
        for sort in ORDERS
    }
    print(f"{len(orders)} orders of {len(next(iter(orders)))} rows")
    assert len(orders) == len(ORDERS)
    assert {frozenset(ids) for ids in orders} == {frozenset(range(1, 61)) - {20}}


def test_other_clauses_and_commands(package: ModuleType, server: Server) -> None:
    dearest = {row.shelf: row.id for row in server.call(package.dearest_of_shelf)}
    sorted_by_price = server.call(package.dearest_of_shelf, sort="cheapest")
    cheapest = {row.shelf: row.id for row in sorted_by_price}
    assert dearest.keys() == cheapest.keys()
    assert dearest != cheapest
    counts = [(-row.n, row.author_id) for row in server.call(package.authors, sort="many")]
    assert counts == sorted(counts)
    assert len(server.call(package.authors, sort="dear")) == 5
    names = server.all(package.names)
    assert len(names) == 17
    assert server.all(package.names, sort="last") == names[::-1]
    assert server.call(package.first) == 1
    assert server.call(package.first, sort="last") == 60


class NoServer:
    """A connection that must not be asked anything."""

    def __getattr__(self, name: str) -> Any:
        def ask(*_: object) -> None:
            raise AssertionError(f"{name} is asked of the server")

        return ask


@pytest.mark.parametrize("sort", ["", "TITLE", "id; DROP TABLE books", 1])
def test_an_order_that_there_is_not(package: ModuleType, server: Server, sort: Any) -> None:
    with pytest.raises(ValueError, match="Search can be sorted by 'title' or 'shelf' or"):
        server.run(package.search(NoServer(), near=1, most=1, sort=sort))
    with pytest.raises(ValueError, match="Names can be sorted by 'last', not"):
        server.run(anext(package.names(NoServer(), sort=sort)))


def test_a_parameter_of_the_same_name_gets_another(package: ModuleType, server: Server) -> None:
    by_id = server.call(package.takes_sort, sort_="title 1%")
    by_title = server.call(package.takes_sort, sort_="title 1%", sort="title")
    assert len(by_id) > 10
    assert by_id == sorted(by_title) != by_title


MODELS = ("attrs", "dataclass", "msgspec", "namedtuple", "pydantic", "typeddict")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("shape", ["functions", "class"])
def test_all_kinds_of_rows_and_shapes(
    tmp_path: Path, server: Server, model: str, shape: str
) -> None:
    limit = 0 if shape == "class" else None
    package = build(tmp_path, SCHEMA, QUERIES, model=model, shape=shape, parameter_limit=limit)
    assert package.FirstSort.__args__ == ("last",)
    if shape == "functions":
        assert server.call(package.querier.first, sort="last") == 60
        return
    querier = package.Querier(server.connection)
    assert server.run(querier.first(sort="last")) == 60
    asked = package.SearchParams(near=0, most=1)
    [row] = server.run(querier.search(asked, sort="title"))
    title = row["title"] if model == "typeddict" else row.title
    assert title == "title 0"
