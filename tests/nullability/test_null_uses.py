"""Which parameters may be None, and which may be left out, by what NULL does where they are.

PostgreSQL is asked: it takes NULL for what may be None, and refuses what is said to be refused.
"""

from __future__ import annotations

from datetime import UTC, datetime

import asyncpg
import pytest
from sqlwright.analysis.facts import Parameter, QueryFacts
from sqlwright.analysis.inputs.null_takers import AS_IF_EMPTY
from sqlwright.analysis.query import infer_query
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = """
CREATE DOMAIN given AS text NOT NULL;
CREATE TABLE roles (
    id bigint PRIMARY KEY,
    project_id bigint NOT NULL,
    parent_id bigint REFERENCES roles,
    name text NOT NULL,
    descr text,
    kind text CHECK (kind IS NOT NULL),
    code given DEFAULT 'c',
    data jsonb,
    tags text[],
    since timestamptz,
    until timestamptz
);
CREATE TABLE loans (
    id bigint PRIMARY KEY,
    state text NOT NULL,
    due timestamptz,
    CHECK (state = 'in' OR due IS NOT NULL)
);
CREATE VIEW named AS SELECT id, project_id, name, descr, kind FROM roles;
CREATE FUNCTION found(wanted text, project bigint) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM roles WHERE (wanted IS NULL OR name = wanted) AND project_id = project
$$;
CREATE FUNCTION called(a text, b text, c text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    IF a IS NULL THEN RAISE EXCEPTION 'no a'; END IF;
    RETURN a || coalesce(b, '') || c;
END $$;
CREATE FUNCTION strictly(a text) RETURNS text STRICT LANGUAGE plpgsql AS $$
BEGIN
    RETURN coalesce(a, '');
END $$;
CREATE PROCEDURE noting(a text, b text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 WHERE b IS NOT NULL AND a > '';
END $$;
INSERT INTO roles (id, project_id, name, kind) VALUES (1, 1, 'one', 'k'), (2, 1, 'two', 'k');
INSERT INTO loans VALUES (9, 'in');
"""

# `required`: NULL has no use; `refused`: it is an error; `None`: it must be said; `left out`.
CASES = {
    # Filters.
    "SELECT id FROM roles WHERE parent_id = $1": "required",
    "SELECT id FROM roles WHERE name LIKE '%' || $1 || '%' AND id = ANY($2)": "required, required",
    "SELECT id FROM roles WHERE name IN ($1, $2)": "required, required",
    "SELECT id FROM roles WHERE (parent_id = $1 OR $1 IS NULL)": "left out",
    "SELECT id FROM roles WHERE ($1::bigint[] IS NULL OR id = ANY($1))": "left out",
    "SELECT id FROM roles WHERE NOT ($1::text IS NOT NULL AND name <> $1)": "left out",
    "SELECT id FROM roles WHERE parent_id = $1 OR (parent_id IS NULL AND $1 IS NULL)": "None",
    "SELECT id FROM roles WHERE parent_id IS NOT DISTINCT FROM $1": "None",
    "SELECT id FROM roles WHERE project_id IS NOT DISTINCT FROM $1": "required",
    "SELECT id FROM roles WHERE kind IS DISTINCT FROM $1": "required",
    "SELECT r.id FROM roles q LEFT JOIN roles r ON r.id = q.parent_id "
    "WHERE r.project_id IS NOT DISTINCT FROM $1": "None",
    "SELECT id FROM roles WHERE name = coalesce($1, name)": "left out",
    "SELECT id FROM roles WHERE name = coalesce(lower($1), name)": "left out",
    "SELECT id FROM roles WHERE name = coalesce(descr, $1)": "required",
    "SELECT id FROM roles WHERE coalesce(parent_id = $1, false)": "required",
    "SELECT id FROM roles WHERE $1::boolean IS UNKNOWN OR ($1 AND id = 1)": "left out",
    "SELECT id FROM roles WHERE $1::boolean IS TRUE": "required",
    "SELECT id FROM roles WHERE name = coalesce(nullif($1, ''), name)": "required",
    "SELECT id FROM roles ORDER BY id LIMIT $1": "required",
    "SELECT id FROM roles WHERE tstzrange(since, until) && tstzrange($1, $2)": "None, None",
    "SELECT id FROM roles WHERE data @> jsonb_build_object('a', $1::text)": "required",
    "SELECT id FROM roles WHERE concat_ws(' ', name, $1::text) = name": "None",
    "SELECT id FROM roles WHERE concat(name, $1::text) = name AND name = $2": "required, required",
    "SELECT id FROM roles WHERE to_regclass($1) IS NULL": "required",
    "SELECT id FROM roles WHERE array_position(tags, $1) IS NULL": "required",
    # Through subqueries, but not where an outer join makes the NULL.
    "WITH asked AS (SELECT $1::bigint AS parent) SELECT id FROM roles, asked "
    "WHERE asked.parent IS NULL OR asked.parent = parent_id": "left out",
    "SELECT r.id FROM roles r LEFT JOIN (SELECT $1::bigint AS id) a ON a.id = r.id "
    "WHERE a.id IS NULL": "required",
    # New rows.
    "INSERT INTO roles (id, project_id, name, kind, descr) VALUES (11, $1, $2, $3, $4)": "refused, "
    "refused, refused, left out",
    "INSERT INTO named (id, project_id, name, kind, descr) VALUES (12, 1, $1, 'k', $2)": "refused, "
    "left out",
    "INSERT INTO roles (id, project_id, name, kind, descr) VALUES (13, 1, 'a', 'k', $1::text)": (
        "None"
    ),
    "INSERT INTO roles (id, project_id, name, kind, code) VALUES (14, 1, 'a', 'k', $1)": "refused",
    "INSERT INTO roles (id, project_id, name, kind) VALUES (15, 1, coalesce($1, 'a'), 'k')": (
        "left out"
    ),
    "INSERT INTO roles (id, project_id, name, kind) VALUES (16, 1, lower($1), $2 || 'k')": (
        "refused, refused"
    ),
    "INSERT INTO roles (id, project_id, name, kind, descr) VALUES (17, 1, 'a', 'k', upper($1))": (
        "required"
    ),
    "INSERT INTO roles (id, project_id, name, kind, descr) SELECT 18, 1, $1, 'k', $2": "refused, "
    "left out",
    "WITH new AS (SELECT $1::text AS name, $2::text AS descr) "
    "INSERT INTO roles (id, project_id, name, kind, descr) SELECT 19, 1, name, 'k', descr "
    "FROM new": "refused, None",
    "INSERT INTO roles (id, project_id, name, kind, descr) VALUES (20, 1, 'a', 'k', $1) "
    "ON CONFLICT (id) DO UPDATE SET descr = EXCLUDED.descr": "None",
    "INSERT INTO roles (id, project_id, name, kind, data) "
    "VALUES (21, 1, 'a', 'k', jsonb_build_object('a', $1::text))": "None",
    "INSERT INTO roles (id, project_id, name, kind, data) "
    "VALUES (22, 1, 'a', 'k', JSON_OBJECT('a': $1::text RETURNING jsonb))": "None",
    # Changes.
    "UPDATE roles SET descr = $1 WHERE id = $2": "None, required",
    "UPDATE roles SET name = $1 WHERE id = 1": "refused",
    "UPDATE roles SET (name, descr) = (SELECT $1, $2::text) WHERE id = 1": "refused, None",
    "UPDATE roles SET name = coalesce($1, name), descr = coalesce($2, descr) WHERE id = 1": (
        "left out, left out"
    ),
    "UPDATE roles SET descr = coalesce(descr, $1) WHERE id = 1": "required",
    "UPDATE roles SET descr = CASE WHEN $1 THEN $2 ELSE descr END WHERE id = 1": (
        "required, left out"
    ),
    "UPDATE roles SET descr = CASE WHEN $1 THEN $2 ELSE descr END, "
    "until = coalesce(until, $3), since = CASE WHEN $1 THEN $3 ELSE since END": (
        "required, left out, None"
    ),
    "UPDATE roles SET descr = CASE WHEN id = 1 THEN $1 ELSE descr END": "None",
    "UPDATE roles SET name = CASE WHEN $1 THEN $2 ELSE name END": "required, required",
    "UPDATE roles SET name = CASE WHEN $1::text IS NOT NULL THEN $1 ELSE name END": "left out",
    "UPDATE roles SET descr = $1, name = $1 WHERE id = 1": "refused",
    "UPDATE roles SET descr = nullif($1, '') WHERE id = 1": "required",
    "UPDATE roles SET tags = array_append(tags, $1) WHERE id = 1": "required",
    "UPDATE roles SET parent_id = greatest(parent_id, $1) WHERE id = 1": "required",
    "MERGE INTO roles r USING (VALUES (1::bigint, $1::text, $2::text)) v (id, descr, name) "
    "ON r.id = v.id WHEN MATCHED THEN UPDATE SET descr = v.descr, name = v.name": "None, refused",
    # CHECK constraints, with what else is written.
    "INSERT INTO loans (id, state, due) VALUES (1, 'out', $1)": "refused",
    "INSERT INTO loans (id, state, due) VALUES (1, 'in', $1)": "left out",
    "UPDATE loans SET state = 'out', due = $1": "refused",
    "UPDATE loans SET due = $1": "None",
    # Functions.
    "SELECT found($1, $2)": "left out, required",
    "SELECT id FROM roles WHERE called($1, $2, $3) = name": "required, None, required",
    "SELECT id FROM roles WHERE strictly($1) = name": "required",
    "CALL noting($1, $2)": "required, None",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    problems: list[Diagnostic] = []
    schema = SourceFile("schema.sql", SCHEMA)
    catalog = build_catalog(initial_catalog(), [schema], analyser, problems)
    assert not problems, problems
    return catalog


def facts_of(catalog: Catalog, sql: str) -> QueryFacts:
    (statement,), problems = read_queries(SourceFile("q.sql", f"-- name: Query :exec\n{sql};\n"))
    assert not problems, problems
    facts, found = infer_query(catalog, statement)
    assert facts is not None, found
    return facts


def word(parameter: Parameter) -> str:
    if parameter.nullable:
        return "left out" if parameter.left_out else "None"
    reason = parameter.nullable_reason
    assert reason is not None
    words = ("which is NOT NULL", "lets no NULL in", "by the constraint")
    is_refused = any(each in reason.text for each in words)
    return "refused" if is_refused else "required"


@pytest.mark.parametrize("sql", CASES)
def test_null_as_a_parameter_is_judged_by_its_uses(catalog: Catalog, sql: str) -> None:
    found = ", ".join(word(each) for each in facts_of(catalog, sql).parameters)
    print(f"{found}: {sql}")
    assert found == CASES[sql]


_SAMPLES = {
    "text": "x",
    "int8": 1,
    "bool": True,
    "int8[]": [1],
    "timestamptz": datetime(2024, 1, 1, tzinfo=UTC),
}


async def _run(
    connection: asyncpg.Connection, catalog: Catalog, facts: QueryFacts, nulls: set[int]
) -> None:
    types = [catalog.contract_type(each.type).removeprefix("public.") for each in facts.parameters]
    samples = ["x" if name == "given" else _SAMPLES[name] for name in types]
    values = [None if at in nulls else sample for at, sample in enumerate(samples)]
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.fetch(facts.sql, *values)
    finally:
        await transaction.rollback()


async def test_postgres_takes_and_refuses_null(database: str, catalog: Catalog) -> None:
    connection = await asyncpg.connect(database)
    taken = refused = 0
    try:
        await connection.execute(SCHEMA)
        for sql in CASES:
            facts = facts_of(catalog, sql)
            words = [word(each) for each in facts.parameters]
            await _run(
                connection,
                catalog,
                facts,
                {at for at, each in enumerate(facts.parameters) if each.nullable},
            )
            taken += sum(each.nullable for each in facts.parameters)
            for at, said in enumerate(words):
                if said == "refused":
                    with pytest.raises(
                        (asyncpg.NotNullViolationError, asyncpg.CheckViolationError)
                    ):
                        await _run(connection, catalog, facts, {at})
                    refused += 1
    finally:
        await connection.close()
    print(f"{len(CASES)} statements: NULL taken {taken} times, refused {refused} times")
    assert taken > 25
    assert refused > 10


EMPTY = {
    "concat": "concat('a', {}::text, 'b')",
    "format": "format('%s-%s', 'a', {}::text)",
    "set_config": "set_config('some.thing', {}, true)",
}


async def test_null_is_an_empty_text_to_some_functions(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        for call in EMPTY.values():
            null, empty = (call.format(each) for each in ("NULL", "''"))
            assert await connection.fetchval(f"SELECT {null} = {empty}"), call
        heard: list[object] = []
        await connection.add_listener("news", lambda *news: heard.append(news[-1]))
        await connection.execute("SELECT pg_notify('news', NULL)")
        await connection.execute("SELECT 1")
        assert heard == [""]
    finally:
        await connection.close()
    assert {*EMPTY, "pg_notify"} == set(AS_IF_EMPTY)


@pytest.mark.parametrize(
    ("sql", "words", "said"),
    [
        ("SELECT id FROM roles WHERE parent_id = @p OR @p IS NULL", "@nonnull p", "required"),
        ("SELECT id FROM roles WHERE descr = @d", "@nullable d", "None"),
        ("SELECT descr FROM roles WHERE descr = @descr", "@nullable @descr", "None"),
        ("SELECT id FROM roles WHERE descr = $1", "@nullable $1", "None"),
        ("SELECT id FROM roles WHERE name = sqlc.narg(n)", "@nonnull n", "required"),
    ],
)
def test_the_query_says_otherwise(catalog: Catalog, sql: str, words: str, said: str) -> None:
    (parameter,) = facts_of(catalog, f"-- {words}\n{sql}").parameters
    assert word(parameter) == said
    assert parameter.nullable_reason is not None
    assert parameter.nullable_reason.text.startswith("the query says")


def test_columns_follow_the_word_on_a_parameter(catalog: Catalog) -> None:
    sql = "SELECT @a::text || 'x' AS shown FROM roles"
    assert not facts_of(catalog, sql).columns[0].nullable
    assert facts_of(catalog, f"-- @nullable a\n{sql}").columns[0].nullable
    asked = "SELECT @a::text AS shown FROM roles WHERE @a IS NULL OR name = @a"
    assert facts_of(catalog, asked).columns[0].nullable
    assert not facts_of(catalog, f"-- @nonnull a\n{asked}").columns[0].nullable


def test_a_word_on_a_parameter_is_checked(catalog: Catalog) -> None:
    sql = "-- name: Query :many\n-- @nonnull p\nSELECT id FROM roles WHERE parent_id = @p;\n"
    (statement,), _ = read_queries(SourceFile("q.sql", sql))
    facts, (problem,) = infer_query(catalog, statement)
    assert facts is None
    assert (problem.code, problem.message) == (
        "override-without-effect",
        'parameter "p" is NOT NULL as it is',
    )
