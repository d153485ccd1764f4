"""Named parameters: types found at one use serve the others, and the casts that this takes."""

from __future__ import annotations

import asyncpg
import pytest
from judging import catalog_of, theirs
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from topics import schema_of

SCHEMA = schema_of("expressions")

# What is written, what is run, and the types of the parameters.
SETTLED: dict[str, tuple[str, str, list[str]]] = {
    "a use before the one that tells the type": (
        "SELECT id FROM rider WHERE @q IS NULL OR nick = @q",
        "SELECT id FROM rider WHERE $1::text IS NULL OR nick = $1",
        ["text"],
    ),
    "optional filters": (
        "SELECT id FROM rider WHERE (sqlc.narg(a) IS NULL OR code = sqlc.narg(a))"
        " AND (sqlc.narg('b') IS NULL OR size > sqlc.narg('b')) LIMIT @most",
        "SELECT id FROM rider WHERE ($1::text IS NULL OR code = $1)"
        " AND ($2::integer IS NULL OR size > $2) LIMIT $3",
        ["text", "integer", "bigint"],
    ),
    "an argument of any type": (
        "SELECT concat(@q, '%') FROM rider WHERE mood = @q",
        "SELECT concat($1::mood, '%') FROM rider WHERE mood = $1",
        ["mood"],
    ),
    "an operator that is not unique": (
        "SELECT @a - @b AS gap FROM rider WHERE size = @a",
        "SELECT $1::integer - $2 AS gap FROM rider WHERE size = $1",
        ["integer", "integer"],
    ),
    "a function that is not unique": (
        "SELECT extract(year FROM @d) AS y FROM rider WHERE born > @d",
        "SELECT extract(year FROM $1::date) AS y FROM rider WHERE born > $1",
        ["date"],
    ),
    "a function in FROM": (
        "SELECT g FROM generate_series(@low, @high) AS g WHERE @low::int < @high::int",
        "SELECT g FROM generate_series($1::integer, $2::integer) AS g WHERE $1::int < $2::int",
        ["integer", "integer"],
    ),
    "a written cast settles a conflict": (
        "INSERT INTO race (id, rider_id, place) VALUES (@x, @x, @x::int)",
        "INSERT INTO race (id, rider_id, place) VALUES ($1::integer, $1, $1::int)",
        ["integer"],
    ),
    "a subscript after the cast": (
        "SELECT @tags[1] AS first FROM rider WHERE tags = @tags",
        "SELECT ($1::text[])[1] AS first FROM rider WHERE tags = $1",
        ["text[]"],
    ),
    "a column that would be text": (
        "SELECT @a, size FROM rider WHERE size = @a",
        "SELECT $1::integer, size FROM rider WHERE size = $1",
        ["integer"],
    ),
    "no cast where none is needed": (
        "UPDATE rider SET nick = coalesce(sqlc.narg(nick), nick) WHERE id = @id",
        "UPDATE rider SET nick = coalesce($1, nick) WHERE id = $2",
        ["text", "bigint"],
    ),
    "a slice in IN": (
        "SELECT id FROM rider WHERE id IN (sqlc.slice(ids)) AND nick NOT IN (sqlc.slice('nicks'))",
        "SELECT id FROM rider WHERE id = ANY($1::bigint[]) AND nick <> ALL($2::text[])",
        ["bigint[]", "text[]"],
    ),
    "a slice of a domain's values": (
        "SELECT id FROM rider WHERE mail IN (sqlc.slice(mails))",
        "SELECT id FROM rider WHERE mail = ANY($1::text[])",
        ["text[]"],
    ),
    "a slice as an array": (
        "SELECT id FROM rider WHERE id = ANY(sqlc.slice(ids)) AND cardinality(@ids) > 1",
        "SELECT id FROM rider WHERE id = ANY($1) AND cardinality($1) > 1",
        ["bigint[]"],
    ),
}

# What is written, the code and SQLSTATE it is refused with, and the texts pointed at.
REFUSED: dict[str, tuple[str, str, str, list[str]]] = {
    "two types at once": (
        "INSERT INTO race (id, rider_id) VALUES (@x, @x)",
        "parameter-type-conflict",
        "42P08",
        ["@x", "@x"],
    ),
    "no use that tells": ("SELECT count(@q)", "indeterminate-type", "42P18", ["@q"]),
    "not unique, and nothing else tells": (
        "SELECT @a - @b",
        "ambiguous-operator",
        "42725",
        ["-"],
    ),
    "not unique, and the cast does not help": (
        "SELECT * FROM generate_series(@a, @b) AS g WHERE g = @a",
        "ambiguous-function",
        "42725",
        ["generate_series(@a, @b)"],
    ),
    "a slice among other items": (
        "SELECT id FROM rider WHERE id IN (sqlc.slice(ids), 3)",
        "misplaced-slice",
        "42601",
        ["sqlc.slice(ids)"],
    ),
    "a slice that is no array": (
        "SELECT id FROM rider WHERE id = sqlc.slice(ids)",
        "slice-not-array",
        "42804",
        ["sqlc.slice(ids)"],
    ),
    "an unrelated mistake beside an open parameter": (
        "SELECT id FROM rider WHERE @a IS NULL AND nope = 1",
        "unknown-column",
        "42703",
        ["nope", "rider"],
    ),
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


def _infer(catalog: Catalog, written: str) -> tuple[QueryFacts | None, list[Diagnostic]]:
    command = "many" if written.startswith("SELECT") else "exec"
    source = SourceFile("queries.sql", f"-- name: Tried :{command}\n{written};\n")
    (statement,), problems = read_queries(source)
    assert not problems
    return infer_query(catalog, statement)


@pytest.mark.parametrize("claim", SETTLED)
def test_other_uses_settle_the_type(claim: str, catalog: Catalog) -> None:
    written, run, types = SETTLED[claim]
    facts, problems = _infer(catalog, written)
    assert facts is not None, problems
    found = [catalog.display_type(parameter.type) for parameter in facts.parameters]
    print(f"{written}\n-> {facts.sql}\n   {found}")
    assert facts.sql.strip() == run
    assert found == types


async def test_postgres_takes_what_is_run_as_inferred(catalog: Catalog, database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(SCHEMA)
        for written, _, _ in SETTLED.values():
            facts, _ = _infer(catalog, written)
            assert facts is not None
            judge = await theirs(connection, facts.sql)
            print(f"{facts.sql.strip()}\n   {judge}")
            shown = catalog.display_type
            assert judge.parameters == tuple(shown(each.type) for each in facts.parameters)
            assert judge.columns == tuple((each.name, shown(each.type)) for each in facts.columns)
    finally:
        await connection.close()


@pytest.mark.parametrize("claim", REFUSED)
def test_what_no_use_settles_is_refused(claim: str, catalog: Catalog) -> None:
    written, code, sqlstate, pointed_at = REFUSED[claim]
    facts, problems = _infer(catalog, written)
    assert facts is None
    (problem,) = problems
    print(f"{written}\n-> {problem.sqlstate}: {problem.message}")
    assert (problem.code, problem.sqlstate) == (code, sqlstate)
    assert [label.span.text for label in problem.labels] == pointed_at
