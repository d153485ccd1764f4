"""Every order and page that a function offers is called, and a page goes on where it should."""

from __future__ import annotations

import ast
from pathlib import Path
from random import Random

import pytest
from handmade import INT, called
from project import project
from sqlwright.codegen.options import ModelName, PackageOptions
from sqlwright.dataclass import replace
from sqlwright.verification.calls.calling import Setting, call_package
from sqlwright.verification.calls.planning import package_to_call
from sqlwright.verification.values import ValuePool
from sqlwright.verification.variants import MOST_RUN, to_run

ROWS = "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 5)"
FUNCTION = """
from typing import Literal, NamedTuple
class Position(NamedTuple):
    id: int
    @classmethod
    def of(cls, row: int) -> Position:
        return cls(row)
async def query(
    conn, *, sort: Literal["up", "down"] | None = None, after: Position | None = None
) -> list[int]:
    down = sort == "down"
    where = f"WHERE id COMPARED VALUE" if after is not None else ""
    sql = f"SELECT id FROM t {where} ORDER BY id {'DESC' if down else ''}"
    return [row[0] for row in await conn.fetch(sql)]
"""
RIGHT = {"COMPARED": "{'<' if down else '>'}", "VALUE": "{after.id}"}
WRONG = {
    "a page that goes on in another order": (
        {"COMPARED": ">"},
        "the function gives a page that begins with nothing and not with Position(id=4)",
    ),
    "a page that begins with the row itself": (
        {"COMPARED": "{'<=' if down else '>='}"},
        "the function gives a page that begins with Position(id=1) and not with Position(id=2)",
    ),
    "a place that cannot be sent": (
        {"VALUE": "{after.title}"},
        "the function fails: AttributeError: 'Position' object has no attribute 'title'",
    ),
    "an order that is not known": (
        {"COMPARED": "{ {None: '>', 'up': '>'}[sort] }"},
        "the function fails: KeyError: 'down'",
    ),
}


def written(parts: dict[str, str]) -> str:
    text = FUNCTION
    for name, part in {**RIGHT, **parts}.items():
        text = text.replace(name, part)
    return text


@pytest.mark.parametrize(("parts", "said"), WRONG.values(), ids=WRONG)
async def test_a_wrong_page_is_found(database: str, parts: dict[str, str], said: str) -> None:
    found = await called(
        database, ROWS, written(parts), sort="sort", after="after", place=(INT,), command="many"
    )
    print([fault.message for fault in found.faults])
    assert said in [fault.message for fault in found.faults]


async def test_a_right_page_is_no_fault(database: str) -> None:
    found = await called(database, ROWS, written({}), sort="sort", after="after", place=(INT,))
    assert not found.faults
    assert found.returned["Query"] > 10


async def test_rows_that_change_by_themselves_prove_nothing(database: str) -> None:
    parts = WRONG["a page that goes on in another order"][0]
    found = await called(
        database, ROWS, written(parts), sort="sort", after="after", place=(INT,), steady=False
    )
    assert not found.faults


SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE notes (
    id uuid PRIMARY KEY, at timestamptz NOT NULL, day date, mood mood, cost int,
    title text NOT NULL
);
"""
QUERIES = """
-- name: ListNotes :many
-- @optional mood
-- @sort cost = cost DESC, id
-- @sort day = day NULLS FIRST, title, id
-- @sort mood = mood DESC, id DESC
-- @page
SELECT id, at, day, mood, cost, title FROM notes WHERE mood = @mood ORDER BY at, id LIMIT @most;

-- name: StreamTitles :stream
-- @page
SELECT id FROM notes ORDER BY id LIMIT 100;

-- name: FirstNote :one
-- @sort title = title, id
SELECT id FROM notes ORDER BY day, id LIMIT 1;
"""
NOTED = """

def _noted(function):
    @functools.wraps(function)
    def call(conn, **given):
        place = given.get("after")
        with open({log!r}, "a") as file:
            print((function.__name__, given.get("sort"), place is not None), file=file)
        return function(conn, **given)
    return call


list_notes, stream_titles, first_note = map(_noted, (list_notes, stream_titles, first_note))
"""


@pytest.mark.parametrize(
    ("model", "limit"), [("dataclass", None), ("typeddict", None), ("dataclass", 0)]
)
async def test_a_package_is_called_in_every_order_and_page(
    database: str, tmp_path: Path, model: ModelName, limit: int | None
) -> None:
    log = tmp_path / "log"
    async with project(database, SCHEMA, QUERIES) as made:
        options = PackageOptions(model=model, parameter_limit=limit)
        package, refused = package_to_call(made.catalog, made.queries, options)
        assert package is not None
        assert not refused
        files = tuple(
            replace(file, text=f"{file.text}\nimport functools\n{NOTED.format(log=str(log))}")
            if file.path == "queries.py"
            else file
            for file in package.files
        )
        pool = ValuePool(made.connection, made.catalog)
        rows = [
            "INSERT INTO notes SELECT gen_random_uuid(), now(), '2020-01-01', 'ok', n % 3, 'a' "
            "FROM generate_series(1, 9) n"
        ]
        found = await call_package(
            made.catalog,
            pool,
            replace(package, files=files),
            [rows],
            Setting(database, tmp_path, True),
        )
    assert not found.faults
    calls = {ast.literal_eval(line) for line in log.read_text().splitlines()}
    orders = (None, "cost", "day", "mood")
    assert {call for call in calls if call[0] == "list_notes"} == {
        ("list_notes", order, paged) for order in orders for paged in (False, True)
    }
    assert ("stream_titles", None, True) in calls
    assert {call for call in calls if call[0] == "first_note"} == {
        ("first_note", None, False),
        ("first_note", "title", False),
    }


MANY = """
-- name: Many :many
-- @optional a, b, c, d
{sorts}
-- @page
SELECT id FROM t WHERE id > @a AND id > @b AND id > @c AND id > @d ORDER BY id LIMIT 5;
"""


async def test_texts_in_every_order_and_page_are_run(database: str) -> None:
    names = [f"by_{number}" for number in range(9)]
    sorts = "\n".join(f"-- @sort {name} = id DESC" for name in names)
    schema = "CREATE TABLE t (id int PRIMARY KEY)"
    async with project(database, schema, MANY.format(sorts=sorts)) as made:
        variants = made.queries[0].variants
        assert variants is not None
        assert variants.count > 10 * MOST_RUN
        run = to_run(variants, Random(1))
    assert {(variant.sort, variant.given[-1]) for variant in run} == {
        (name, paged) for name in ("", *names) for paged in (False, True)
    }
    assert len({(variant.given, variant.sort) for variant in run}) == len(run)
