"""The user's word on NULLs: directives in comments, marks in aliases."""

from __future__ import annotations

import asyncpg
import pytest
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from sqlwright.verification.loading import load_schema
from stated import SCHEMA, catalog_of


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


def inferred(catalog: Catalog, sql: str) -> tuple[QueryFacts | None, list[Diagnostic]]:
    statements, problems = read_queries(SourceFile("q.sql", f"-- name: Q :many\n{sql}"))
    assert not problems, problems
    return infer_query(catalog, statements[0])


def nulls(facts: QueryFacts) -> list[tuple[str, bool]]:
    return [(column.name, column.nullable) for column in facts.columns]


@pytest.mark.parametrize(
    ("sql", "columns", "text"),
    [
        (
            "-- @nonnull points\nSELECT id, points FROM tasks",
            [("id", False), ("points", False)],
            "SELECT id, points FROM tasks",
        ),
        (
            "-- @nonnull points, due\n-- @nullable id\nSELECT id, points, due FROM tasks",
            [("id", True), ("points", False), ("due", False)],
            "SELECT id, points, due FROM tasks",
        ),
        (
            '-- @nonnull "?column?"\nSELECT points + 1 FROM tasks',
            [("?column?", False)],
            "SELECT points + 1 FROM tasks",
        ),
        (
            'SELECT points AS "points!", id "id?" FROM tasks ORDER BY "points!"',
            [("points", False), ("id", True)],
            'SELECT points AS "points", id "id" FROM tasks ORDER BY "points"',
        ),
        (
            'SELECT points AS "n!" FROM tasks UNION ALL SELECT stars AS "m!" FROM notes',
            [("n", False)],
            'SELECT points AS "n" FROM tasks UNION ALL SELECT stars AS "m!" FROM notes',
        ),
        (
            'UPDATE tasks SET done = true RETURNING id, points AS "points!"',
            [("id", False), ("points", False)],
            'UPDATE tasks SET done = true RETURNING id, points AS "points"',
        ),
        (
            'SELECT *, points AS "points!" FROM (SELECT points FROM tasks) s',
            [("points", True), ("points", False)],
            'SELECT points, points AS "points" FROM (SELECT points FROM tasks) s',
        ),
        (
            'SELECT s."x!" AS y FROM (SELECT points AS "x!" FROM tasks) s',
            [("y", True)],
            'SELECT s."x!" AS y FROM (SELECT points AS "x!" FROM tasks) s',
        ),
        (
            'SELECT "total!" AS "total!" FROM (SELECT points AS "total!" FROM tasks) s',
            [("total", False)],
            'SELECT "total" AS "total" FROM (SELECT points AS "total" FROM tasks) s',
        ),
    ],
)
async def test_an_override_is_taken(
    database: str, catalog: Catalog, sql: str, columns: list[tuple[str, bool]], text: str
) -> None:
    facts, problems = inferred(catalog, sql)
    assert facts is not None, problems
    assert nulls(facts) == columns
    assert facts.sql == text
    connection = await asyncpg.connect(database, statement_cache_size=0)
    try:
        if await connection.fetchval("SELECT to_regclass('tasks')") is None:
            source = SourceFile(SCHEMA.name, SCHEMA.read_text(encoding="utf-8"))
            assert not await load_schema(connection, [source])
        prepared = await connection.prepare(facts.sql)
        assert [each.name for each in prepared.get_attributes()] == [name for name, _ in columns]
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("sql", "code", "message", "place"),
    [
        (
            "-- @nonnull id\nSELECT id FROM tasks",
            "override-without-effect",
            'column "id" is NOT NULL as it is',
            "id",
        ),
        (
            'SELECT points AS "points?" FROM tasks',
            "override-without-effect",
            'column "points" can be NULL as it is',
            'points AS "points?"',
        ),
        (
            "-- @nonnull pionts\nSELECT points FROM tasks",
            "unknown-override-column",
            'the query has no result column "pionts"',
            "pionts",
        ),
        (
            "-- @nullable\nSELECT points FROM tasks",
            "unknown-override-column",
            "@nullable names no column",
            "-- @nullable",
        ),
    ],
)
def test_an_override_is_checked(
    catalog: Catalog, sql: str, code: str, message: str, place: str
) -> None:
    facts, problems = inferred(catalog, sql)
    assert facts is None
    (problem,) = problems
    assert (problem.code, problem.message, problem.labels[0].span.text) == (code, message, place)


def test_elements_are_overridden(catalog: Catalog) -> None:
    facts, problems = inferred(
        catalog,
        "-- @nullable ids[], given[]\n-- @nonnull tags[]\n"
        "SELECT tags, @given::text[] AS given FROM people WHERE id = ANY(@ids::int[])",
    )
    assert facts is not None, problems
    assert {each.name: each.element_nullable for each in facts.parameters} == {
        "given": True,
        "ids": True,
    }
    assert {each.name: each.element_nullable for each in facts.columns} == {
        "tags": False,
        "given": True,
    }


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("@nullable tags[]", "override-without-effect", 'elements of "tags" can be NULL'),
        ("@nonnull ids[]", "override-without-effect", 'elements of "ids" are NOT NULL'),
        ("@nonnull id[]", "unknown-override-column", 'no parameter or result column "id" that'),
        ("@nonnull idz[]", "unknown-override-column", 'no parameter or result column "idz" that'),
        ("@nonnull ids", "override-without-effect", 'parameter "ids" is NOT NULL as it is'),
        ("@nullable idz", "unknown-override-column", 'no parameter or result column "idz"'),
    ],
)
def test_an_override_of_elements_is_checked(
    catalog: Catalog, words: str, code: str, message: str
) -> None:
    sql = f"-- {words}\nSELECT id, tags FROM people WHERE id = ANY(@ids::int[])"
    facts, (problem,) = inferred(catalog, sql)
    assert facts is None
    assert problem.code == code
    assert message in problem.message


def test_every_mistaken_override_is_told(catalog: Catalog) -> None:
    _, problems = inferred(catalog, "-- @nonnull id, nothing\nSELECT id FROM tasks")
    assert [problem.code for problem in problems] == [
        "override-without-effect",
        "unknown-override-column",
    ]


def test_a_directive_is_no_documentation(catalog: Catalog) -> None:
    facts, _ = inferred(catalog, "-- The points.\n-- @nonnull points\nSELECT points FROM tasks")
    assert facts is not None
    assert facts.comment == (" The points.",)


def test_the_reason_names_the_override(catalog: Catalog) -> None:
    facts, _ = inferred(catalog, 'SELECT points AS "points!" FROM tasks')
    assert facts is not None
    reason = facts.columns[0].nullable_reason
    assert reason is not None
    assert reason.text == "the query says that it is NOT NULL"
    assert [each.text for each in reason.because] == [
        "column tasks.points has no NOT NULL constraint"
    ]


@pytest.mark.parametrize(
    ("command", "sql", "codes"),
    [
        ("one", "SELECT id FROM tasks", ["one-may-return-many"]),
        ("one", "SELECT id FROM tasks WHERE id = $1", []),
        (
            "one",
            "UPDATE tasks SET done = true WHERE points > 1 RETURNING id",
            ["one-may-return-many"],
        ),
        ("one", "SELECT id FROM tasks LIMIT 1", []),
        ("many", "SELECT id FROM tasks", []),
        ("many", "SELECT id FROM tasks WHERE id = $1", ["many-returns-one"]),
        ("many", "SELECT count(*) FROM tasks", ["many-returns-one"]),
        ("exec", "DELETE FROM tasks WHERE done", []),
    ],
)
def test_commands_are_held_against_rows(
    catalog: Catalog, command: str, sql: str, codes: list[str]
) -> None:
    statements, problems = read_queries(SourceFile("q.sql", f"-- name: Q :{command}\n{sql}"))
    assert not problems
    facts, found = infer_query(catalog, statements[0])
    assert facts is not None
    assert [item.code for item in found] == codes


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT id FROM tasks WHERE id = $1", "a unique key is fixed for every table"),
        (
            "SELECT max(id) FROM tasks HAVING count(*) > 1",
            "an aggregate without GROUP BY yields one row, HAVING at most",
        ),
        ("SELECT 1 FROM tasks HAVING true", "an aggregate without GROUP BY yields one row, HAVING"),
    ],
)
def test_the_number_of_rows_has_its_own_reason(catalog: Catalog, sql: str, reason: str) -> None:
    statements, _ = read_queries(SourceFile("q.sql", f"-- name: Q :many\n{sql}"))
    _, found = infer_query(catalog, statements[0])
    assert found[0].notes[0].startswith(reason)
