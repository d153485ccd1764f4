"""The constraints that a statement can violate are those that PostgreSQL says it violates."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest
from cases import CASES, Case
from sqlwright.analysis.facts import Violable
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = Path(__file__).with_name("schema.sql").read_text()


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    problems: list[Diagnostic] = []
    source = SourceFile("schema.sql", SCHEMA)
    built = build_catalog(initial_catalog(), [source], analyser, problems)
    assert problems == []
    return built


def violable(catalog: Catalog, sql: str) -> tuple[Violable, ...]:
    text = f"-- name: Query :exec\n{sql};\n"
    (statement,), problems = read_queries(SourceFile("query.sql", text))
    facts, found = infer_query(catalog, statement)
    assert facts is not None, [item.message for item in (*problems, *found)]
    return facts.violable or ()


def label(catalog: Catalog, item: Violable) -> str:
    """What a server tells: the constraint, but the column of a table's that is NOT NULL."""
    if item.kind != "not null" or item.domain:
        return item.constraint
    table = catalog.relation(item.of)
    (column,) = next(c.columns for c in table.constraints if c.name == item.constraint)
    return f"{table.name}.{column}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name or case.sql)
def test_what_a_statement_can_raise(catalog: Catalog, case: Case) -> None:
    found = violable(catalog, case.sql)
    print(f"{case.sql}: {[label(catalog, each) for each in found]}")
    assert {label(catalog, each) for each in found if not each.deferred} == set(case.raises)
    assert {label(catalog, each) for each in found if each.deferred} == set(case.late)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name or case.sql)
async def test_postgres_raises_what_is_said(database: str, case: Case) -> None:
    check(case, await seen(database, case))


@pytest.mark.parametrize(
    "case", [each for each in CASES if not each.new], ids=lambda case: case.name or case.sql
)
async def test_an_older_postgres_raises_what_is_said(contrib_database: str, case: Case) -> None:
    check(case, await seen(contrib_database, case))


def check(case: Case, raised: dict[str, bool]) -> None:
    """Everything that is stated is seen, each in its time, and nothing else."""
    print(f"{case.sql}: {raised}")
    assert {name for name, late in raised.items() if late} == set(case.late)
    assert {name for name, late in raised.items() if not late} == {*case.raises} - {*case.unseen}


async def seen(uri: str, case: Case) -> dict[str, bool]:
    """What the server raises in the tries of a case, and whether at the end."""
    connection = await asyncpg.connect(uri)
    raised: dict[str, bool] = {}
    try:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await connection.execute(SCHEMA)
        for before, *arguments in case.tries:
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute(str(before) or "SELECT 1")
            late = False
            try:
                await connection.fetch(case.sql, *arguments)
                late = True
                await connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            except asyncpg.IntegrityConstraintViolationError as error:
                raised[told(error)] = late
            with suppress(asyncpg.PostgresError):
                await transaction.rollback()
    finally:
        await connection.close()
    return raised


def told(error: asyncpg.IntegrityConstraintViolationError) -> str:
    """The constraint of an error, under the name that the parent of a partition has for it."""
    if error.constraint_name is None and error.column_name is None:
        return f"{error.data_type_name}_not_null"
    if error.constraint_name is None:
        return f"{error.table_name}.{error.column_name}"
    name: str = error.constraint_name
    return OF_PARTITIONS.get(name, name)


OF_PARTITIONS = {"sales_1_pkey": "sales_pkey", "sales_2_pkey": "sales_pkey"}
