"""What is inferred of annotated queries beyond types: names, SQL text, embeds, optional values."""

from __future__ import annotations

import pytest
from judging import catalog_of
from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.catalog.catalog import Catalog
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries
from topics import schema_of


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(schema_of("statements"))


def facts_of(catalog: Catalog, sql: str, command: str = "exec") -> QueryFacts:
    text = f"-- name: Query :{command}\n{sql};\n"
    (statement,), problems = read_queries(SourceFile("query.sql", text))
    facts, found = infer_query(catalog, statement)
    assert facts is not None, [item.message for item in (*problems, *found)]
    return facts


NAMES = {
    "SELECT id FROM crew WHERE name = $1 AND pay < $2": ["name", "pay"],
    "SELECT id FROM crew WHERE $1 = name": ["name"],
    "SELECT id FROM crew WHERE pay BETWEEN $1 AND $2": ["pay", "pay_2"],
    "SELECT id FROM crew WHERE id IN ($1, $2)": ["id", "id_2"],
    "SELECT id FROM crew WHERE id = ANY($1)": ["ids"],
    "SELECT id FROM crew WHERE id = ANY($1::int[]) AND name LIKE $2": ["ids", "name"],
    "SELECT id FROM crew LIMIT $1 OFFSET $2": ["limit", "offset"],
    "SELECT lower($1), quote($2, note => $3)": ["lower", "price", "note"],
    "SELECT $1::text AS label, coalesce($2, 'x') AS other": ["label", "other"],
    "SELECT id FROM crew WHERE id IN (SELECT unnest($1::int[]))": ["ids"],
    "SELECT id FROM crew WHERE pay = $2 AND id NOT IN (SELECT unnest($1::int[]) AS x)": [
        "ids",
        "pay",
    ],
    "SELECT id FROM crew WHERE (id, name) IN (SELECT unnest($1::int[]), unnest($2::text[]))": [
        "ids",
        "names",
    ],
    "SELECT unnest($1::int[]) AS item, unnest($2::text[])": ["items", "unnest"],
    "SELECT unnest($1::int[])::text AS item, unnest($2::text[])::int": ["items", "unnest"],
    "INSERT INTO crew (id, name) SELECT unnest($1::int[]), $2": ["ids", "name"],
    "INSERT INTO crew (id, name) SELECT * FROM unnest($1::int[], $2::text[])": ["ids", "names"],
    "INSERT INTO crew (id, name) SELECT u.b, u.a FROM unnest($1::text[], $2::int[]) u (a, b)": [
        "names",
        "ids",
    ],
    "INSERT INTO crew (id) SELECT b FROM ROWS FROM (version(), unnest($1::int[])) t (a, b)": [
        "ids"
    ],
    "SELECT rank FROM unnest($1::int[], $2::text[]) WITH ORDINALITY AS u (rank, label, place)": [
        "ranks",
        "labels",
    ],
    "SELECT code FROM unnest($1::int[]) AS code": ["codes"],
    "SELECT * FROM unnest($1::int[], $2::text[])": ["unnest", "unnest_2"],
    "SELECT id FROM crew WHERE id IN (SELECT unnest(@chosen::int[]))": ["chosen"],
    "SELECT id FROM crew WHERE (id, name) > ($1, $2)": ["id", "name"],
    "SELECT id FROM crew WHERE lower(name) = $1": ["name"],
    "INSERT INTO crew (id, name) VALUES ($2, $1), ($3, $4)": ["name", "id", "id_2", "name_2"],
    "INSERT INTO crew (id, name) SELECT $1, upper($2)": ["id", "upper"],
    "INSERT INTO crew (id, name) SELECT $1, coalesce(nullif($2, ''), 'a')": ["id", "name"],
    "INSERT INTO crew (id, name) SELECT $1::int, 'a' UNION SELECT $2::int, $3::text": [
        "id",
        "id_2",
        "name",
    ],
    "SELECT id FROM crew WHERE char_length($1) = 0 OR name = $1": ["name"],
    "UPDATE crew SET (name, pay) = ($1, $2), boss = coalesce($3, boss)": ["name", "pay", "boss"],
    "UPDATE crew SET (name, pay) = (SELECT $1, $2::real)": ["name", "pay"],
    "UPDATE vessel SET decks[$1] = $2, home.lat = $3": ["param_1", "decks", "home"],
    "SELECT id FROM crew WHERE pay > @least AND name = sqlc.narg('who')": ["least", "who"],
    "SELECT id FROM crew WHERE name = @name AND boss = $1": ["boss", "name"],
    "SELECT id FROM crew WHERE id = $1 AND name = @id": ["id_2", "id"],
}


@pytest.mark.parametrize("sql", NAMES)
def test_parameters_are_named_after_their_use(catalog: Catalog, sql: str) -> None:
    facts = facts_of(catalog, sql)
    named = [parameter.name for parameter in facts.parameters]
    print(f"{sql}: {named}")
    assert named == NAMES[sql]


def test_what_limit_takes_is_not_said_of_a_column_of_that_name(catalog: Catalog) -> None:
    facts = facts_of(
        catalog,
        'SELECT id FROM (SELECT id, 1 AS "limit", 2 AS offset FROM crew) AS x'
        ' WHERE "limit" = $1 AND x.offset < $2 LIMIT $3 OFFSET $4',
    )
    said = [each.type_reason.text for each in facts.parameters if each.type_reason is not None]
    assert said == [
        "integer is wanted where it stands",
        "integer is wanted where it stands",
        "LIMIT takes bigint",
        "OFFSET takes bigint",
    ]


OPTIONAL = {
    "INSERT INTO crew (id, name, pay) VALUES ($1, $2, $3 + 1)": [False, True, False],
    "INSERT INTO vessel (name, flag, speed) VALUES ($1, $2, $3)": [False, False, True],
    "INSERT INTO crew (id, name) SELECT $1, $2": [False, True],
    "UPDATE crew SET name = $1 WHERE name = $2": [True, False],
    "UPDATE crew SET name = coalesce($1, name)": [True],
    "UPDATE crew SET name = coalesce(name, $1)": [False],
    "UPDATE crew SET name = coalesce(sqlc.narg('name'), name)": [True],
    "UPDATE crew SET boss = @boss, id = @boss": [False],
    "UPDATE crew SET (name, pay) = (SELECT $1, $2::real)": [True, True],
    "INSERT INTO crew (id, name) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET pay = $2": [
        True,
        True,
    ],
    "SELECT id FROM crew WHERE name = $1": [False],
}


@pytest.mark.parametrize("sql", OPTIONAL)
def test_a_value_for_a_nullable_column_is_optional(catalog: Catalog, sql: str) -> None:
    facts = facts_of(catalog, sql)
    optional = [parameter.nullable for parameter in facts.parameters]
    print(f"{sql}: {optional}")
    assert optional == OPTIONAL[sql]


TEXTS = {
    "SELECT * FROM crew": "SELECT id, boss, name, pay FROM crew",
    "SELECT c.* FROM crew c": "SELECT c.id, c.boss, c.name, c.pay FROM crew c",
    "SELECT * FROM crew c JOIN crew d USING (id)": "SELECT id, c.boss, c.name, c.pay, d.boss, "
    "d.name, d.pay FROM crew c JOIN crew d USING (id)",
    "TABLE crew": "SELECT id, boss, name, pay FROM crew",
    "SELECT count(*) FROM (SELECT * FROM crew) x": "SELECT count(*) FROM (SELECT * FROM crew) x",
    "WITH x AS (SELECT * FROM crew) SELECT * FROM x": "WITH x AS (SELECT * FROM crew) "
    "SELECT id, boss, name, pay FROM x",
    "SELECT sqlc.embed(c), 1 FROM crew c": "SELECT c.id, c.boss, c.name, c.pay, 1 FROM crew c",
    'SELECT * FROM (SELECT 1 AS "Big", 2 AS "select", 3 AS plain) x': 'SELECT "Big", "select", '
    'plain FROM (SELECT 1 AS "Big", 2 AS "select", 3 AS plain) x',
    "SELECT * FROM (SELECT 1 AS a, 2 AS a) x": "SELECT * FROM (SELECT 1 AS a, 2 AS a) x",
    "DELETE FROM crew RETURNING *": "DELETE FROM crew RETURNING id, boss, name, pay",
    "DELETE FROM crew RETURNING old.*": "DELETE FROM crew RETURNING old.id, old.boss, old.name, "
    "old.pay",
    "SELECT id FROM crew WHERE id IN (sqlc.slice('ids')) AND name = @name": "SELECT id FROM crew "
    "WHERE id = ANY($1::integer[]) AND name = $2",
    "SELECT id -- the key\nFROM crew": "SELECT id -- the key\nFROM crew",
    "SELECT id\n-- a remark\nFROM crew": "SELECT id\nFROM crew",
}


@pytest.mark.parametrize("sql", TEXTS)
def test_markers_and_stars_are_replaced_in_the_text(catalog: Catalog, sql: str) -> None:
    facts = facts_of(catalog, sql)
    print(facts.sql)
    assert facts.sql == TEXTS[sql]


def test_an_embedded_table_on_the_outer_side_may_be_absent(catalog: Catalog) -> None:
    facts = facts_of(
        catalog,
        "SELECT sqlc.embed(v), sqlc.embed(sailing), 1 AS n FROM vessel v "
        "LEFT JOIN sailing ON sailing.vessel_id = v.id",
        "many",
    )
    vessel, sailing = facts.embeds
    assert (vessel.name, vessel.nullable, vessel.key) == ("v", False, None)
    assert (sailing.name, sailing.nullable, sailing.key) == ("sailing", True, 0)
    assert [column.embed for column in facts.columns] == [0] * 9 + [1] * 8 + [None]


@pytest.mark.parametrize(
    ("write", "absent"),
    [
        ("INSERT INTO crew (id) VALUES (1)", [True, False]),
        (
            "INSERT INTO crew (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = excluded.id",
            [True, False],
        ),
        ("UPDATE crew SET pay = 1", [False, False]),
        ("DELETE FROM crew", [False, True]),
    ],
)
def test_embedded_versions_of_a_written_row_may_be_absent(
    catalog: Catalog, write: str, absent: list[bool]
) -> None:
    facts = facts_of(catalog, f"{write} RETURNING sqlc.embed(old), sqlc.embed(new)", "many")
    assert [embed.nullable for embed in facts.embeds] == absent
    assert [embed.key for embed in facts.embeds] == [0 if each else None for each in absent]


def test_columns_say_where_they_come_from(catalog: Catalog) -> None:
    facts = facts_of(
        catalog, "SELECT x.who, count(*) FROM (SELECT name AS who FROM crew) x GROUP BY 1", "many"
    )
    who, count = facts.columns
    assert (catalog.relation(who.relation).name, who.relation_column) == ("crew", "name")
    assert (count.relation, count.relation_column) == (0, None)


@pytest.mark.parametrize(
    ("sql", "column"),
    [
        ("SELECT name FROM crew UNION SELECT name FROM crew WHERE id = 1", "name"),
        ("SELECT name FROM crew UNION ALL SELECT NULL", "name"),
        ("SELECT name FROM crew UNION ALL SELECT 'x'", None),
        ("SELECT 'x' UNION ALL SELECT name FROM crew", None),
        ("SELECT name FROM crew UNION SELECT upper(name) FROM crew", None),
        ("SELECT name FROM crew EXCEPT SELECT 'x'", "name"),
        ("SELECT 'x' EXCEPT SELECT name FROM crew", None),
        ("SELECT 'x' INTERSECT SELECT name FROM crew", "name"),
        ("SELECT name FROM crew INTERSECT SELECT 'x' UNION SELECT name FROM crew", "name"),
        ("SELECT s.name FROM (SELECT name FROM crew UNION SELECT 'x') s", None),
        ("SELECT s.name FROM (SELECT name FROM crew UNION SELECT name FROM crew) s", "name"),
        (
            "WITH RECURSIVE r AS (SELECT name FROM crew UNION SELECT name || 'x' FROM r)"
            " SELECT name FROM r",
            None,
        ),
    ],
)
def test_a_union_shows_a_column_that_all_of_its_rows_come_from(
    catalog: Catalog, sql: str, column: str | None
) -> None:
    [found] = facts_of(catalog, sql, "many").columns
    assert found.relation_column == column


def test_a_domain_is_reported_as_its_base_type(catalog: Catalog) -> None:
    (column,) = facts_of(catalog, "SELECT speed FROM vessel", "many").columns
    assert catalog.display_type(column.type, column.modifier) == "numeric(4,1)"
    assert catalog.display_type(column.declared_type) == "knots"


def test_reasons_name_what_they_rest_on(catalog: Catalog) -> None:
    facts = facts_of(
        catalog, "UPDATE crew SET name = $1 WHERE id = $2::int RETURNING pay * 2", "one"
    )
    name, key = facts.parameters
    (doubled,) = facts.columns
    texts = [item.type_reason.text for item in (name, key, doubled) if item.type_reason]
    print("\n".join(texts))
    assert texts == [
        "it is assigned to column name of crew, which takes text",
        "it is cast to integer",
        "real * double precision gives double precision",
    ]
    assert name.nullable_reason is not None
    assert name.nullable_reason.text == (
        "it is assigned to column name of crew, which may be NULL; "
        "leaving it out is no reasonable call"
    )


def test_a_statement_without_rows_cannot_be_read(catalog: Catalog) -> None:
    source = SourceFile("query.sql", "-- name: Query :many\nTRUNCATE crew_log;\n")
    (statement,), _ = read_queries(source)
    facts, (problem,) = infer_query(catalog, statement)
    assert facts is None
    assert problem.code == "no-result-columns"


def test_a_conflict_target_without_unique_index_is_warned_of(catalog: Catalog) -> None:
    source = SourceFile(
        "query.sql",
        "-- name: Query :exec\nINSERT INTO crew (id) VALUES (1) ON CONFLICT (name) DO NOTHING;\n",
    )
    (statement,), _ = read_queries(source)
    facts, (problem,) = infer_query(catalog, statement)
    assert facts is not None
    assert (problem.severity, problem.sqlstate) == ("warning", "42P10")
