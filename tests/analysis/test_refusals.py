"""Every rule by which queries are refused has a query that it refuses and a near miss that it does
not, and PostgreSQL as the judge of both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from judging import catalog_of
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = """
CREATE TYPE address AS (street text, city text);
CREATE TABLE people (
    id integer PRIMARY KEY,
    name text NOT NULL,
    nick text,
    age integer,
    home address,
    shout text GENERATED ALWAYS AS (upper(name)) STORED
);
CREATE TABLE pets (id integer PRIMARY KEY, owner_id integer);
CREATE TABLE shapes (at point);
CREATE VIEW adults AS SELECT id, name, age, age + 1 AS next_age FROM people WHERE age > 17;
CREATE VIEW counted AS SELECT count(*) AS n FROM people;
CREATE FUNCTION two_ways(date) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION two_ways(inet) RETURNS integer LANGUAGE sql AS 'SELECT 1';
"""
_CASE = re.compile(
    r"^-- (?:refused: (?P<code>\S+) (?P<state>\w{5}) \((?P<section>[^)]+)\)|taken: (?P<near>\S+))\n"
    r"(?P<sql>[^-].*?);$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    """A statement; without a state it is a near miss of the rule."""

    rule: str
    state: str | None
    sql: str


CASES = [
    Case(found["code"] or found["near"], found["state"], found["sql"])
    for found in _CASE.finditer((Path(__file__).parent / "refusals.sql").read_text("utf-8"))
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


def test_every_rule_refuses_one_and_takes_one() -> None:
    refused = [case.rule for case in CASES if case.state is not None]
    taken = [case.rule for case in CASES if case.state is None]
    assert refused == taken
    assert len(set(refused)) == len(refused) > 50


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.state or 'taken'}")
def test_a_rule_refuses_what_it_says(catalog: Catalog, case: Case) -> None:
    command = "exec"
    source = SourceFile("q.sql", f"-- name: Query :{command}\n{case.sql};\n")
    statements, problems = read_queries(source)
    for statement in statements:
        problems = [*problems, *infer_query(catalog, statement)[1]]
    errors = [(each.code, each.sqlstate) for each in problems if each.severity == "error"]
    print(f"{case.sql}: {errors}")
    assert errors == ([] if case.state is None else [(case.rule, case.state)])


async def test_postgres_agrees(database: str) -> None:
    connection = await asyncpg.connect(database)
    wrong = []
    try:
        await connection.execute(SCHEMA)
        for case in CASES:
            transaction = connection.transaction()
            await transaction.start()
            try:
                await connection.prepare(case.sql)
                state = None
            except asyncpg.PostgresError as error:
                state = error.sqlstate
            finally:
                await transaction.rollback()
            if state != case.state:
                wrong.append(f"{case.sql}: stated {case.state}, PostgreSQL says {state}")
    finally:
        await connection.close()
    print(f"{len(CASES)} statements")
    assert not wrong, "\n".join(wrong)
