"""Statements of thousands of parts are work in proportion, and numbers may have any length."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from judging import catalog_of, ours
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from steps import steps_of
from topics import schema_of

FEW, MANY = 100, 1600
LONG: dict[str, Callable[[int], str]] = {
    "parameters": lambda n: f"id IN ({', '.join(f'${at}' for at in range(1, n + 1))})",
    "numbers": lambda n: f"id IN ({', '.join(map(str, range(n)))})",
    "conditions": lambda n: " AND ".join(f"id <> {at}" for at in range(n)),
}
LISTS: dict[str, Callable[[int], str]] = {
    "ORDER BY": lambda n: (
        f"SELECT id FROM crew ORDER BY {', '.join(f'id + {at}' for at in range(n))}"
    ),
    "ORDER BY CASE": lambda n: (
        "SELECT id FROM crew ORDER BY "
        + ", ".join(f"CASE WHEN @sort = 'by {at}' THEN id END" for at in range(n))
    ),
    "GROUP BY": lambda n: (
        f"SELECT count(*) FROM crew GROUP BY {', '.join(f'id + {at}' for at in range(n))}"
    ),
    "windows": lambda n: (
        "SELECT "
        + ", ".join(f"sum(id) OVER (ORDER BY name ROWS {at} PRECEDING) AS n{at}" for at in range(n))
        + " FROM crew"
    ),
    "CASE": lambda n: (
        f"SELECT CASE {' '.join(f'WHEN id = {at} THEN name' for at in range(n))} END FROM crew"
    ),
}
FROM: dict[str, Callable[[int], str]] = {
    "queries in FROM": lambda n: f"{'(SELECT s.id FROM ' * n}crew s{') s' * n}",
    "queries in joins": lambda n: (
        f"{'(SELECT s.id FROM crew JOIN ' * n}crew s{' ON s.id = crew.id) s' * n}"
    ),
}
LETTERS = 1_000_000
TEXTS = {
    "comment": f"id = {'+-' * 9}1 /* {'+-' * LETTERS} */",
    "text": f"name = '{'x' * LETTERS}'",
    "quotes": f"name = '{chr(39) * 2 * LETTERS}'",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(schema_of("statements"))


def facts_of(catalog: Catalog, condition: str) -> QueryFacts:
    return facts_of_query(catalog, f"SELECT id FROM crew WHERE {condition}")


def facts_of_query(catalog: Catalog, query: str) -> QueryFacts:
    text = f"-- name: Query :many\n{query};\n"
    (statement,), _ = read_queries(SourceFile("query.sql", text))
    facts, found = infer_query(catalog, statement)
    assert facts is not None, [item.message for item in found]
    return facts


@pytest.mark.parametrize("kind", LONG)
def test_work_grows_in_proportion(catalog: Catalog, kind: str) -> None:
    facts_of(catalog, LONG[kind](FEW))  # what is read once is read by now
    few, many = (steps_of(partial(facts_of, catalog, LONG[kind](count))) for count in (FEW, MANY))
    print(f"{kind}: {FEW} in {few} steps, {MANY} in {many}")
    assert many < 2 * (MANY / FEW) * few


@pytest.mark.parametrize("kind", LISTS)
def test_hundreds_of_items_are_not_compared_each_with_each(catalog: Catalog, kind: str) -> None:
    def work(count: int) -> None:
        facts_of_query(catalog, LISTS[kind](count))

    work(60)
    few, many = (steps_of(partial(work, count)) for count in (60, 240))
    print(f"{kind}: 60 in {few} steps, 240 in {many}")
    assert many < 2 * 4 * few


@pytest.mark.parametrize("kind", FROM)
def test_queries_inside_queries_are_looked_at_once(catalog: Catalog, kind: str) -> None:
    """Not once by each of the queries around them."""

    def work(depth: int) -> None:
        facts_of_query(catalog, f"SELECT s.id FROM {FROM[kind](depth)}")

    work(2)
    few, many = (steps_of(partial(work, depth)) for depth in (10, 20))
    print(f"{kind}: 10 in {few} steps, 20 in {many}")
    assert many < 3 * few


def test_joins_make_no_copies_of_the_columns_of_their_sides(catalog: Catalog) -> None:
    def work(count: int) -> None:
        joined = (f" JOIN crew c{at} ON c{at}.id = c{at - 1}.id" for at in range(1, count + 1))
        facts_of_query(catalog, f"SELECT c0.id FROM crew c0{''.join(joined)}")

    work(5)
    few, many = (steps_of(partial(work, count)) for count in (25, 100))
    print(f"25 in {few} steps, 100 in {many}")
    assert many < 2 * 4 * few


def columns_through_recursion(count: int) -> tuple[str, str]:
    names = [f"c{at}" for at in range(count)]
    schema = f"CREATE TABLE t ({', '.join(f'{name} int' for name in names)});"
    shown = ", ".join(names)
    every = ", ".join(f"t.{name}" for name in names)
    return schema, (
        f"WITH RECURSIVE r AS (SELECT {shown} FROM t UNION ALL "
        f"SELECT {every} FROM t JOIN r ON r.c0 = t.c1) SELECT {shown} FROM r"
    )


def columns_with_checks(count: int) -> tuple[str, str]:
    names = [f"c{at}" for at in range(count)]
    schema = f"CREATE TABLE t ({', '.join(f'{name} int CHECK ({name} > 0)' for name in names)});"
    return schema, f"SELECT {', '.join(names)} FROM t WHERE c0 IN (1, 2, 3)"


@pytest.mark.parametrize("wide", [columns_through_recursion, columns_with_checks])
def test_columns_are_judged_in_proportion(wide: Callable[[int], tuple[str, str]]) -> None:
    """Not once for each of the others, with all that stands behind or is said of those."""
    steps = []
    for count in (10, 10, 80):
        schema, query = wide(count)
        catalog = catalog_of(schema)
        (statement,), _ = read_queries(SourceFile("query.sql", f"-- name: Query :many\n{query};\n"))
        steps.append(steps_of(partial(infer_query, catalog, statement)))
    print(f"{wide.__name__}: 10 in {steps[1]} steps, 80 in {steps[2]}")
    assert steps[2] < 2 * 8 * steps[1]


@pytest.mark.parametrize("condition", TEXTS.values(), ids=TEXTS)
def test_long_texts_are_read_once(catalog: Catalog, condition: str) -> None:
    """Reading on from each of the letters would take days."""
    assert [each.name for each in facts_of(catalog, condition).columns] == ["id"]


def test_many_parameters_have_names_of_their_own(catalog: Catalog) -> None:
    names = [each.name for each in facts_of(catalog, LONG["parameters"](500)).parameters]
    assert names[:3] == ["id", "id_2", "id_3"]
    assert len(set(names)) == len(names) == 500


def test_a_run_of_signs_is_that_many_operators(catalog: Catalog) -> None:
    answer = ours(catalog, f"SELECT 1 {'+-' * 20_000} 2")
    assert answer.sqlstate == "54001"


@pytest.mark.parametrize("digits", [20, 66, 5000, 40_000])
def test_numbers_of_any_length_are_numeric(catalog: Catalog, digits: int) -> None:
    assert ours(catalog, f"SELECT {'1' * digits}").columns == (("?column?", "numeric"),)
    assert ours(catalog, f"SELECT {'0' * digits}1").columns == (("?column?", "integer"),)
