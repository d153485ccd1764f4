"""Walking all pages of a query gives all of its rows in their order, whatever the keys are, and
what stays where it is comes once while other rows come and go."""

from __future__ import annotations

import itertools
import json
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
CREATE TABLE things (id int PRIMARY KEY, a int, b int NOT NULL, c text COLLATE "C");
CREATE TABLE parts (thing_id int NOT NULL REFERENCES things, n int NOT NULL, size int,
    PRIMARY KEY (thing_id, n));
"""
PARTS = """INSERT INTO parts SELECT t, n, CASE WHEN n < 3 THEN t % 4 END
FROM generate_series(1, 20) t, generate_series(1, t % 4) n"""
DIRECTIONS = ("ASC", "DESC", "ASC NULLS FIRST", "DESC NULLS LAST")
ORDERS = [
    *(f"a {one}, id {other}" for one in DIRECTIONS for other in ("ASC", "DESC")),
    *(f"b {one}, id {other}" for one in ("ASC", "DESC") for other in ("ASC", "DESC")),
    *(f"a {one}, c {other}, id" for one in DIRECTIONS for other in DIRECTIONS),
    *(f"b {one}, a {other}, id DESC" for one in ("ASC", "DESC") for other in DIRECTIONS),
    "b, c DESC, a NULLS FIRST, id",
    "id",
    "id DESC",
    "a % 2 DESC, -b, id",
    "coalesce(a, b), a, id",
]
SHOWN = "id, a, b, c, a % 2 AS half, -b AS minus, coalesce(a, b) AS either"


def walks() -> Iterator[str]:
    for number, order in enumerate(ORDERS):
        query = f"SELECT {SHOWN} FROM things ORDER BY {order}"
        yield f"-- name: Page{number} :many\n-- @page\n{query} LIMIT @most;"
        yield f"-- name: All{number} :many\n{query};"


OTHERS = """
-- name: Everything :many
-- @page
-- @optional least, (low, high)
-- @sort by_c = c DESC, t.id, p.n
-- @sort by_size = size NULLS FIRST, t.id DESC, n
SELECT t.id, t.c, p.n, p.size
FROM things t LEFT JOIN parts p ON p.thing_id = t.id
WHERE t.b >= @least AND (t.c IS NULL OR t.id > 0) AND t.b BETWEEN @low AND @high
ORDER BY t.id, n LIMIT @most;

-- name: Either :many
-- @page
SELECT id FROM things WHERE a = 1 OR b = 1 ORDER BY id LIMIT @most;

-- name: Groups :stream
-- @page
-- @optional least
SELECT a, count(*) AS n, max(c) AS last FROM things GROUP BY a HAVING count(*) >= @least
ORDER BY n DESC, a LIMIT @most;

-- name: Distinct2 :many
-- @page (c, b)
SELECT DISTINCT b, c FROM things ORDER BY c, b LIMIT @most;

-- name: Latest :one
-- @page
SELECT id FROM things ORDER BY id DESC LIMIT 1;

-- name: Embedded :many
-- @page
SELECT sqlc.embed(t), n FROM things t JOIN parts ON thing_id = t.id
ORDER BY t.b DESC, n, t.id LIMIT @most;

-- name: Lacking :many
-- @row ThingWithPart
-- @page
-- @sort by_size = p.size NULLS FIRST, t.id DESC, p.n
SELECT sqlc.embed(t), sqlc.embed(p) FROM things t LEFT JOIN parts p ON p.thing_id = t.id
ORDER BY p.n DESC, t.id LIMIT @most;

-- name: Having :many
-- @row ThingWithPart
-- @page
SELECT sqlc.embed(p), sqlc.embed(t) FROM things t JOIN parts p ON p.thing_id = t.id
ORDER BY p.size, t.id, p.n LIMIT @most;
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    queries = "\n".join(walks()) + OTHERS
    return build(tmp_path_factory.mktemp("pages"), SCHEMA, queries)


@pytest.fixture(scope="module")
def server(database: str) -> Iterator[Server]:
    made = Server(database, SCHEMA)
    yield made
    made.close()


Thing = tuple[int, int | None, int, str | None]
small = st.integers(-1, 2)
things = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.none() | small,
        small,
        st.none() | st.sampled_from(["", "a", "B", "é"]),
    ),
    max_size=14,
    unique_by=lambda thing: thing[0],
)


def store(server: Server, rows: list[Thing]) -> None:
    server.run(server.connection.execute("DELETE FROM parts; DELETE FROM things"))
    server.run(server.connection.executemany("INSERT INTO things VALUES ($1, $2, $3, $4)", rows))


def walked(server: Server, function: Any, position: Any, most: int, **arguments: Any) -> list[Any]:
    """The rows of all pages."""
    rows: list[Any] = []
    after = None
    while page := server.call(function, most=most, after=after, **arguments):
        assert len(page) <= most
        rows += page
        after = position.of(page[-1])
    return rows


@settings(max_examples=20, deadline=None)
@given(rows=things, most=st.integers(1, 4))
def test_all_pages_are_the_whole_result(
    package: ModuleType, server: Server, rows: list[Thing], most: int
) -> None:
    store(server, rows)
    for number in range(len(ORDERS)):
        position = getattr(package, f"Page{number}Position")
        found = walked(server, getattr(package, f"page{number}"), position, most)
        whole = server.call(getattr(package, f"all{number}"))
        assert [vars_of(row) for row in found] == [vars_of(row) for row in whole]


def vars_of(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in row.__slots__)


@settings(max_examples=50, deadline=None)
@given(
    rows=things,
    order=st.integers(0, len(ORDERS) - 1),
    at=st.tuples(
        st.integers(-1, 41), st.none() | small, small, st.none() | st.text("aBé", max_size=2)
    ),
)
def test_a_position_needs_no_row(
    package: ModuleType, server: Server, rows: list[Thing], order: int, at: Thing
) -> None:
    """What follows a position is what would follow a row there, if there were one."""
    rows = [row for row in rows if row[0] != at[0]]
    store(server, [*rows, at])
    whole = server.call(getattr(package, f"all{order}"))
    [marked] = [row for row in whole if row.id == at[0]]
    expected = whole[whole.index(marked) + 1 :]
    server.run(server.connection.execute("DELETE FROM things WHERE id = $1", at[0]))
    position = getattr(package, f"Page{order}Position").of(marked)
    found = server.call(getattr(package, f"page{order}"), most=99, after=position)
    assert list(map(vars_of, found)) == list(map(vars_of, expected))


changes = st.lists(
    st.tuples(st.sampled_from(["insert", "delete"]), st.integers(0, 40), st.none() | small, small),
    max_size=4,
)


@settings(max_examples=50, deadline=None)
@given(
    rows=things,
    order=st.integers(0, len(ORDERS) - 1),
    most=st.integers(1, 3),
    between=st.lists(changes, min_size=1, max_size=6),
)
def test_rows_that_come_and_go(
    package: ModuleType,
    server: Server,
    rows: list[Thing],
    order: int,
    most: int,
    between: list[list[tuple[str, int, int | None, int]]],
) -> None:
    store(server, rows)
    touched: set[int] = set()
    known = {row[0] for row in rows}
    found: list[int] = []
    after = None
    function = getattr(package, f"page{order}")
    position = getattr(package, f"Page{order}Position")
    for made in itertools.chain(between, itertools.repeat([])):
        page = server.call(function, most=most, after=after)
        if not page:
            break
        found += [row.id for row in page]
        after = position.of(page[-1])
        for what, id_, a, b in made:
            # A row that comes again under its old key would have moved, which pages cannot see.
            if what == "delete":
                server.run(server.connection.execute("DELETE FROM things WHERE id = $1", id_))
                touched.add(id_)
            elif id_ not in known:
                known.add(id_)
                touched.add(id_)
                insert = "INSERT INTO things VALUES ($1, $2, $3, 'a')"
                server.run(server.connection.execute(insert, id_, a, b))
    assert len(found) == len(set(found)), "no row comes twice"
    stayed = {row[0] for row in rows} - touched
    assert stayed <= set(found), "what stays comes"


def test_with_options_and_orders(package: ModuleType, server: Server) -> None:
    store(server, [(n, n % 3, n % 5, "aBc"[n % 3] if n % 4 else None) for n in range(1, 31)])
    server.run(server.connection.execute(PARTS))
    total = 0
    for sort in (None, "by_c", "by_size"):
        for arguments in ({}, {"least": 2}, {"low": 1, "high": 3}):
            found = walked(
                server, package.everything, package.EverythingPosition, 7, sort=sort, **arguments
            )
            whole = server.call(package.everything, most=999, sort=sort, **arguments)
            assert found == whole
            total += len(whole)
    print(f"{total} rows")
    assert total > 100
    either = walked(server, package.either, package.EitherPosition, 2)
    assert either == server.call(package.either, most=99)
    assert 10 < len(either) < 30


def test_groups_distinct_rows_and_embedded_ones(package: ModuleType, server: Server) -> None:
    store(server, [(n, n % 7 or None, n % 5, "aBc"[n % 3] if n % 4 else None) for n in range(60)])
    insert = (
        "INSERT INTO parts SELECT t, n FROM generate_series(1, 20) t, generate_series(1, t % 4) n"
    )
    server.run(server.connection.execute(insert))
    rows, after = [], None
    while page := server.all(package.groups, most=2, after=after, least=3):
        rows += page
        after = package.GroupsPosition.of(page[-1])
    assert rows == server.all(package.groups, most=99)
    assert len(rows) == 7
    distinct = walked(server, package.distinct2, package.Distinct2Position, 3)
    assert distinct == server.call(package.distinct2, most=99)
    assert len(distinct) == len(set(map(vars_of, distinct))) == 20
    embedded = walked(server, package.embedded, package.EmbeddedPosition, 4)
    assert embedded == server.call(package.embedded, most=99)
    assert len(embedded) == 30
    ids, last = [], None
    while (id_ := server.call(package.latest, after=last)) is not None:
        ids.append(id_)
        last = package.LatestPosition.of(id_)
    assert ids == [*range(59, -1, -1)]


MODELS = ("attrs", "dataclass", "msgspec", "namedtuple", "pydantic", "typeddict")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("shape", ["functions", "class"])
def test_all_kinds_of_rows_and_shapes(
    tmp_path: Path, server: Server, model: str, shape: str
) -> None:
    store(server, [(n, n % 7 or None, n % 5, "aBc"[n % 3] if n % 4 else None) for n in range(25)])
    server.run(server.connection.execute(PARTS))
    limit = 0 if shape == "class" else None
    package = build(tmp_path, SCHEMA, OTHERS, model=model, shape=shape, parameter_limit=limit)

    def page(name: str, most: int, **chosen: Any) -> list[Any]:
        if shape == "class":
            asked = getattr(package, f"{name}Params")(most=most)
            function = getattr(package.Querier(server.connection), name.lower())
            rows: list[Any] = server.run(function(asked, **chosen))
            return rows
        found: list[Any] = server.call(getattr(package.querier, name.lower()), most=most, **chosen)
        return found

    def whole(name: str, **chosen: Any) -> list[Any]:
        rows: list[Any] = []
        after = None
        while found := page(name, 2, after=after, **chosen):
            rows += found
            after = getattr(package, f"{name}Position").of(found[-1])
        assert rows == page(name, 99, **chosen)
        return rows

    assert len(whole("Embedded")) == len(whole("Having")) == 30
    assert len(whole("Lacking")) == len(whole("Lacking", sort="by_size")) == 40
    assert package.EmbeddedPosition._fields == ("id", "b", "n")
    assert package.LackingPosition._fields == ("id", "n", "size")


def test_a_position_is_a_tuple(package: ModuleType, server: Server) -> None:
    """It can be put down as JSON, for example, and made again."""
    store(server, [(n, None, n % 2, None) for n in range(6)])
    [*_, last] = server.call(package.page8, most=2)
    position = package.Page8Position.of(last)
    again = package.Page8Position(*json.loads(json.dumps(position)))
    assert again == position == (last.id, last.b)
    assert server.call(package.page8, most=2, after=again)[0].id == 4
