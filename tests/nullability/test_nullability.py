"""What is inferred of NULLs and row counts, against what each query states and PostgreSQL shows.

Every column stated to be nullable is confirmed by a NULL that PostgreSQL produced, every other one
and every row count has stood up to random data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import asyncpg
import pytest
from sqlwright.analysis.facts import Parameter, QueryFacts
from sqlwright.analysis.query import with_columns_of_queries
from sqlwright.catalog.catalog import Catalog
from sqlwright.source import SourceFile
from sqlwright.verification.densities import Density
from sqlwright.verification.loading import load_schema
from sqlwright.verification.refutation import Effort, Seen, refute
from stated import SCHEMA, Case, Stated, cases, catalog_of, statements

SEED, SEEDS = 4, 12
"""The first one, and how many are tried in turn until every NULL stated has been seen."""

DENSITIES = (
    Density(0, 0.0),
    *(
        Density(rows, nulls, empty=0.15)
        for rows in (2, 4, 8, 12)
        for nulls in (0.2, 0.4, 0.6)
        for _ in range(2)
    ),
    Density(12, 0.0),
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return with_columns_of_queries(catalog_of(SCHEMA), (each for _, each in statements()))


@pytest.fixture(scope="module")
def stated(catalog: Catalog) -> list[Case]:
    return cases(catalog)


def test_columns_are_as_stated(stated: list[Case]) -> None:
    wrong = [
        f"{case.file} {case.facts.name}.{column.name}: inferred "
        f"{'NULL' if column.nullable else 'NOT NULL'} ({_why(column.nullable_reason)}), "
        f"stated {item.name} {item.claim} ({item.reason})"
        for case in stated
        if case.columns is not None
        for column, item in zip(case.facts.columns, case.columns, strict=True)
        if column.nullable != item.nullable or column.name != item.name
    ]
    assert not wrong, "\n".join(wrong)


def test_elements_are_as_stated(stated: list[Case]) -> None:
    wrong = [
        f"{case.file} {case.facts.name}.{item.name}: {item.claim}"
        for case in stated
        for item in case.elements
        for column in case.facts.columns
        if column.name == item.name and column.element_nullable != item.nullable
    ]
    assert not wrong, "\n".join(wrong)


def test_parameters_are_as_stated(stated: list[Case]) -> None:
    wrong = [
        f"{case.file} {case.facts.name}: inferred "
        + ", ".join(f"{one.name} {one.nullable}" for one in case.facts.parameters)
        for case in stated
        if case.parameters is not None
        and [(one.name, one.nullable) for one in case.facts.parameters]
        != [(item.name, item.nullable) for item in case.parameters]
    ]
    assert not wrong, "\n".join(wrong)


def test_elements_of_parameters_are_as_stated(stated: list[Case]) -> None:
    judged = [case for case in stated if case.given is not None]
    wrong = [
        f"{case.file} {case.facts.name}: inferred {found}, stated {case.given}"
        for case in judged
        if (found := [(one.name, one.element_nullable) for one in _arrays(case.facts)])
        != [(item.name, item.nullable) for item in case.given or ()]
    ]
    assert not wrong, "\n".join(wrong)
    assert len(judged) > 10


def _arrays(facts: QueryFacts) -> list[Parameter]:
    return [each for each in facts.parameters if each.element_reason is not None]


def test_row_counts_are_as_stated(stated: list[Case]) -> None:
    wrong = [
        f"{case.file} {case.facts.name}: inferred {case.facts.rows}, stated {case.rows}"
        for case in stated
        if case.rows is not None and case.rows != case.facts.rows
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
async def test_postgres_agrees(
    database: str,
    catalog: Catalog,
    stated: list[Case],
    seed: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    connection = await asyncpg.connect(database, statement_cache_size=0)
    seen: dict[str, Seen] = {}
    asked = stated
    try:
        source = SourceFile(SCHEMA.name, SCHEMA.read_text(encoding="utf-8"))
        assert not await load_schema(connection, [source])
        for drawn in range(seed, seed + SEEDS):
            effort = Effort(seed=drawn, densities=DENSITIES, runs=6, seconds=600)
            _add(seen, await refute(connection, catalog, [case.facts for case in asked], effort))
            counts: Counter[str] = Counter()
            wrong = [[*_judge(case, seen[case.facts.name], counts)] for case in stated]
            # Others draw again those alone that are not confirmed.
            asked = [case for case, lines in zip(stated, wrong, strict=True) if lines]
            if not asked:
                break
    finally:
        await connection.close()
    with capsys.disabled():
        print("\n" + _summary(counts))
    assert not asked, "\n".join(line for lines in wrong for line in lines)
    assert counts["queries"] >= 500
    assert counts["columns"] > 850


def _add(total: dict[str, Seen], more: dict[str, Seen]) -> None:
    for name, seen in more.items():
        before = total.setdefault(name, Seen(nulls=[0] * len(seen.nulls)))
        before.rows += seen.rows
        before.nulls = [a + b for a, b in zip(before.nulls, seen.nulls, strict=True)]
        before.witnesses += seen.witnesses
        before.not_run, before.last_failure = seen.not_run, seen.last_failure


def _judge(case: Case, seen: Seen, counts: Counter[str]) -> Iterator[str]:
    """What PostgreSQL contradicts, or does not confirm."""
    name = f"{case.file} {case.facts.name}"
    counts["queries"] += 1
    counts["rows"] += seen.rows
    for witness in seen.witnesses:
        counts["unsound"] += 1
        yield f"{name}: {witness.claim} is refuted by {witness.arguments}"
    if case.columns is None:
        return
    if not seen.rows:
        yield f"{name}: no row was seen ({seen.not_run or seen.last_failure})"
    for at, item in enumerate(case.columns):
        counts["columns"] += 1
        counts[item.claim] += 1
        yield from _confirmed(name, item, seen.nulls[at])


def _confirmed(name: str, item: Stated, nulls: int) -> Iterator[str]:
    if item.claim == "NULL" and not nulls:
        yield f"{name}.{item.name}: never seen NULL, stated to be ({item.reason})"
    if item.claim == "NULL?" and nulls:
        yield f"{name}.{item.name}: seen NULL, stated never to be ({item.reason})"


def _summary(counts: Counter[str]) -> str:
    return (
        f"{counts['queries']} queries, {counts['columns']} columns, {counts['rows']} rows seen: "
        f"{counts['NOT NULL']} NOT NULL, {counts['NULL']} NULL and seen so, "
        f"{counts['unsound']} unsound, {counts['NULL?']} imprecise"
    )


def _why(reason: object) -> str:
    return str(getattr(reason, "text", "no reason"))


def test_every_conclusion_has_its_reason(stated: list[Case]) -> None:
    for case in stated:
        facts = case.facts
        assert facts.rows_reason is not None, facts.name
        for column in facts.columns:
            assert column.type_reason is not None, (facts.name, column)
            assert column.nullable_reason is not None, (facts.name, column)
        for parameter in facts.parameters:
            assert parameter.type_reason is not None, (facts.name, parameter)
            assert parameter.nullable_reason is not None, (facts.name, parameter)
