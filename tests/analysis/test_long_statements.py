"""Statements of thousands of parts take time in proportion, and numbers may have any length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from judging import catalog_of, ours
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from topics import schema_of

FEW, MANY = 250, 4000
LONG: dict[str, Callable[[int], str]] = {
    "parameters": lambda n: f"id IN ({', '.join(f'${at}' for at in range(1, n + 1))})",
    "numbers": lambda n: f"id IN ({', '.join(map(str, range(n)))})",
    "conditions": lambda n: " AND ".join(f"id <> {at}" for at in range(n)),
    "signs": lambda n: f"id = {'+-' * 9}1 AND name = '{'x' * n}' /* {'+-' * n} */",
    "quotes": lambda n: f"name = '{chr(39) * 2 * n}'",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(schema_of("statements"))


def facts_of(catalog: Catalog, condition: str) -> QueryFacts:
    text = f"-- name: Query :many\nSELECT id FROM crew WHERE {condition};\n"
    (statement,), _ = read_queries(SourceFile("query.sql", text))
    facts, found = infer_query(catalog, statement)
    assert facts is not None, [item.message for item in found]
    return facts


@pytest.mark.parametrize("kind", LONG)
def test_time_grows_in_proportion(catalog: Catalog, kind: str) -> None:
    def seconds(count: int) -> float:
        best = 99.0
        for _ in range(3):
            start = time.perf_counter()
            facts_of(catalog, LONG[kind](count))
            best = min(best, time.perf_counter() - start)
        return best

    short, long = seconds(FEW), seconds(MANY)
    print(f"{kind}: {FEW} in {short:.4f} s, {MANY} in {long:.4f} s")
    assert long < 5 * (MANY / FEW) * short


def test_many_parameters_have_names_of_their_own(catalog: Catalog) -> None:
    names = [each.name for each in facts_of(catalog, LONG["parameters"](500)).parameters]
    assert names[:3] == ["id", "id_2", "id_3"]
    assert len(set(names)) == len(names) == 500


def test_a_run_of_signs_is_that_many_operators(catalog: Catalog) -> None:
    start = time.perf_counter()
    answer = ours(catalog, f"SELECT 1 {'+-' * 20_000} 2")
    assert answer.sqlstate == "54001"
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("digits", [20, 66, 5000, 40_000])
def test_numbers_of_any_length_are_numeric(catalog: Catalog, digits: int) -> None:
    assert ours(catalog, f"SELECT {'1' * digits}").columns == (("?column?", "numeric"),)
    assert ours(catalog, f"SELECT {'0' * digits}1").columns == (("?column?", "integer"),)
