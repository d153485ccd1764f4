"""Columns that a comment leaves out of stars: the texts, for which PostgreSQL gives the rows of
what is written, without these columns; and what leaves out something else or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from inferring import catalog_of, inferred
from sqlwright.catalog.catalog import Catalog

SCHEMA = """
CREATE SCHEMA shop;
CREATE TYPE place AS (city text, zip text);
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, secret text, "Note" text, home place);
CREATE TABLE posts (
    id int PRIMARY KEY, user_id int REFERENCES users, title text NOT NULL, secret text
);
CREATE TABLE shop.goods (id int PRIMARY KEY, secret text);
CREATE VIEW names AS SELECT id, email, secret FROM users;
CREATE FUNCTION found() RETURNS TABLE (a int, secret text)
    LANGUAGE sql AS $$ SELECT 1, 's' UNION ALL SELECT 2, 't' $$;
"""
ROWS = """
INSERT INTO users VALUES
    (1, 'c', 's1', 'n', ('x', '1')), (2, 'b', NULL, NULL, NULL), (3, 'a', 's2', 'm', NULL);
INSERT INTO posts VALUES
    (1, 1, 'p', 'z'), (2, 1, 'q', NULL), (3, 3, 'o', 'y'), (4, NULL, 'n', 'x');
INSERT INTO shop.goods VALUES (1, 'g');
"""

TEXTS = {
    "one of all": (
        "@omit secret",
        "SELECT * FROM users ORDER BY id",
        'SELECT id, email, "Note", home FROM users ORDER BY id',
    ),
    "of every star that has it": (
        "@omit secret",
        "SELECT p.*, 1 AS one, u.* FROM users u JOIN posts p ON user_id = u.id ORDER BY p.id",
        'SELECT p.id, p.user_id, p.title, 1 AS one, u.id, u.email, u."Note", u.home'
        " FROM users u JOIN posts p ON user_id = u.id ORDER BY p.id",
    ),
    "of one item of FROM": (
        '@omit u.secret, "Note", p.id',
        "SELECT * FROM users AS u JOIN posts p ON user_id = u.id ORDER BY p.id",
        "SELECT u.id, email, home, user_id, title, p.secret"
        " FROM users AS u JOIN posts p ON user_id = u.id ORDER BY p.id",
    ),
    "in two lines, and in capitals": (
        "@omit SECRET\n-- @omit U.Email, home",
        "SELECT u.* FROM users u ORDER BY 1",
        'SELECT u.id, u."Note" FROM users u ORDER BY 1',
    ),
    "what is listed by itself stays": (
        "@omit email",
        "SELECT *, upper(email) AS email FROM users ORDER BY id",
        'SELECT id, secret, "Note", home, upper(email) AS email FROM users ORDER BY id',
    ),
    "a column of USING": (
        "@omit users.id, secret",
        "SELECT * FROM users JOIN posts USING (id) ORDER BY users.id",
        'SELECT email, "Note", home, user_id, title FROM users JOIN posts USING (id)'
        " ORDER BY users.id",
    ),
    "a table without its star": ("@omit secret", "TABLE shop.goods", "SELECT id FROM shop.goods"),
    "of a view, a subquery, a function and a list of names": (
        "@omit names.secret, s.b, found.secret, v.x",
        "SELECT names.*, s.*, found.*, v.* FROM names, (SELECT 1 AS a, 2 AS b) s, found(),"
        " (VALUES (1, 2)) v (x, y) ORDER BY names.id, found.a",
        "SELECT names.id, names.email, s.a, found.a, v.y FROM names, (SELECT 1 AS a, 2 AS b) s,"
        " found(), (VALUES (1, 2)) v (x, y) ORDER BY names.id, found.a",
    ),
    "the stars of UNION ALL": (
        "@omit secret",
        "SELECT * FROM names UNION ALL SELECT * FROM (SELECT id, title, secret FROM posts) p"
        " ORDER BY email, id",
        "SELECT id, email FROM names UNION ALL SELECT id, title"
        " FROM (SELECT id, title, secret FROM posts) p ORDER BY email, id",
    ),
    "not those of a subquery": (
        "@omit secret",
        "WITH u AS (SELECT * FROM users) SELECT *, (SELECT count(*) FROM (SELECT * FROM u) x) AS n"
        " FROM u WHERE secret > '' ORDER BY secret, id",
        'WITH u AS (SELECT * FROM users) SELECT id, email, "Note", home, (SELECT count(*) FROM'
        " (SELECT * FROM u) x) AS n FROM u WHERE secret > '' ORDER BY secret, id",
    ),
    "what tells rows apart by itself": (
        "@omit secret",
        "SELECT DISTINCT ON (secret, id) * FROM posts ORDER BY secret, id",
        "SELECT DISTINCT ON (secret, id) id, user_id, title FROM posts ORDER BY secret, id",
    ),
    "a number before it": (
        "@omit secret, title",
        "SELECT * FROM posts GROUP BY 1 ORDER BY 2, 1",
        "SELECT id, user_id FROM posts GROUP BY 1 ORDER BY 2, 1",
    ),
    "what is written": (
        "@omit secret, new.email, home",
        "UPDATE users SET email = 'x' WHERE id < 3 RETURNING old.*, new.*",
        "UPDATE users SET email = 'x' WHERE id < 3 RETURNING old.id, old.email, old.\"Note\","
        ' new.id, new."Note"',
    ),
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


@pytest.mark.parametrize("claim", TEXTS)
def test_texts(catalog: Catalog, claim: str) -> None:
    said, sql, expected = TEXTS[claim]
    facts, problems = inferred(catalog, said, sql)
    assert facts is not None, problems
    assert not problems
    assert " ".join(facts.sql.split()) == expected


@pytest.mark.parametrize("claim", TEXTS)
async def test_the_rows_are_those_that_are_written(
    catalog: Catalog, database: str, claim: str
) -> None:
    """The same rows in the same order, each without some columns, and as inferred."""
    said, sql, _ = TEXTS[claim]
    facts, _ = inferred(catalog, said, sql)
    assert facts is not None
    connection = await asyncpg.connect(database)
    try:
        await connection.execute("DROP SCHEMA IF EXISTS shop CASCADE")
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await connection.execute(SCHEMA + ROWS)
        prepared = await connection.prepare(facts.sql)
        names = [each.name for each in prepared.get_attributes()]
        assert names == [column.name for column in facts.columns]
        transaction = connection.transaction()
        await transaction.start()
        whole = await connection.fetch(sql)
        await transaction.rollback()
        found = await connection.fetch(facts.sql)
    finally:
        await connection.close()
    assert len(found) == len(whole) > 0
    assert len(found[0]) < len(whole[0])
    for row, of in zip(found, whole, strict=True):
        assert list(_in_order(row.items(), of.items())) == list(row.items())


def _in_order(wanted: Any, of: Any) -> Iterator[tuple[str, Any]]:
    """Those of the wanted values that are found one after the other."""
    rest = iter(of)
    for each in wanted:
        if each in rest:
            yield each


EMBEDS = {
    "@omit u.secret": [("u", True), ("p", False)],
    "@omit secret": [("u", True), ("p", True)],
    "@omit title": [("u", False), ("p", True)],
}


@pytest.mark.parametrize("said", EMBEDS)
def test_an_embedded_row_without_a_column_is_no_tables(catalog: Catalog, said: str) -> None:
    sql = "SELECT sqlc.embed(u), sqlc.embed(p) FROM users u LEFT JOIN posts p ON p.user_id = u.id"
    facts, problems = inferred(catalog, said, sql)
    assert facts is not None, problems
    assert [(each.name, each.partial) for each in facts.embeds] == EMBEDS[said]
    assert all(each.is_whole != each.partial for each in facts.embeds)
    assert facts.embeds[1].nullable
    assert facts.embeds[1].key == 0


def test_what_may_be_null_is_what_it_was(catalog: Catalog) -> None:
    facts, _ = inferred(catalog, "@omit home, p.title", "SELECT * FROM posts p, users u")
    assert facts is not None
    assert [(each.name, each.nullable) for each in facts.columns] == [
        ("id", False),
        ("user_id", True),
        ("secret", True),
        ("id", False),
        ("email", False),
        ("secret", True),
        ("Note", True),
    ]


FORM = "@omit is of the form `@omit column, table.column`"
REFUSED = {
    ("@omit", "SELECT * FROM posts"): FORM,
    ("@omit secret email", "SELECT * FROM posts"): FORM,
    ("@omit secret,", "SELECT * FROM posts"): FORM,
    ("@omit a.b.c", "SELECT * FROM posts"): FORM,
    ("@omit (secret, id)", "SELECT * FROM posts"): FORM,
    ("@omit secret, SECRET", "SELECT * FROM posts"): "SECRET is named twice",
    ("@omit p.secret\n-- @omit P.secret", "SELECT * FROM posts p"): "P.secret is named twice",
    ("@omit secrets", "SELECT * FROM posts"): 'no star of the result has a column "secrets"',
    ("@omit note", "SELECT * FROM users"): 'no star of the result has a column "note"',
    ("@omit p.secret", "SELECT * FROM posts"): 'no star has a column "secret" of "p"',
    ("@omit posts.secret", "SELECT * FROM posts p"): 'no star has a column "secret" of "posts"',
    ("@omit u.id", "SELECT p.* FROM posts p, users u"): 'no star has a column "id" of "u"',
    ("@omit id", "SELECT id, title FROM posts"): "the result has no star, which could do without",
    ("@omit id", "SELECT count(*) FROM (SELECT * FROM posts) p"): "the result has no star",
    ("@omit id", "INSERT INTO posts SELECT * FROM posts RETURNING 1"): "the result has no star",
    ("@omit id, secret", "SELECT * FROM shop.goods"): "nothing is left of this star",
    ("@omit city", "SELECT (home).* FROM users"): "of the rows in FROM, and not of a value",
    ("@omit b", "SELECT s.* FROM (SELECT 1 AS a, 2 AS a, 3 AS b) s"): "named one by one",
    ("@omit secret", "SELECT DISTINCT * FROM posts"): "DISTINCT compares whole rows",
    ("@omit secret", "SELECT * FROM posts UNION SELECT * FROM posts"): "UNION compares whole rows",
    ("@omit secret", "SELECT * FROM posts EXCEPT ALL SELECT * FROM posts"): "EXCEPT compares",
    ("@omit secret", "SELECT *, 1 AS n FROM posts ORDER BY 5"): "5 is the number of another column",
    ("@omit user_id", "SELECT * FROM posts ORDER BY 1, 3"): "3 is the number of another column",
    ("@omit id", "SELECT * FROM posts GROUP BY 1, 2"): "is the number of another column",
    (
        "@omit id",
        "SELECT p.* FROM (SELECT id, title FROM posts) p GROUP BY ROLLUP (p.id, (2))",
    ): "2 is the number of another column",
    ("@omit user_id", "SELECT DISTINCT ON (2) * FROM posts ORDER BY 2"): "2 is the number of",
    ("@omit id", "SELECT p.* FROM posts p FULL JOIN users u USING (id) ORDER BY id"): (
        "without what is left out, this is another column"
    ),
    ("@omit u.id", "SELECT * FROM posts p, users u ORDER BY id"): 'ORDER BY "id" is ambiguous',
    (
        "@omit p.id, title",
        "SELECT sqlc.embed(p) FROM users u LEFT JOIN posts p ON p.user_id = u.id",
    ): "nothing that is left of p tells whether it is there",
    ("@omit secret\n-- @page", "SELECT * FROM posts ORDER BY secret, id LIMIT 1"): (
        "the rows do not show what they are sorted by"
    ),
    ("@omit secret\n-- @nonnull secret", "SELECT * FROM posts"): "",
}


@pytest.mark.parametrize(("said", "sql"), REFUSED)
def test_refusals(catalog: Catalog, said: str, sql: str) -> None:
    facts, problems = inferred(catalog, said, sql)
    [error] = [item for item in problems if item.severity == "error"]
    print(error.message, error.help)
    assert facts is None
    assert REFUSED[said, sql] in error.message


HELPED = {
    ("@omit secrte", "SELECT * FROM posts"): "did you mean `secret`?",
    ("@omit other", "SELECT * FROM posts"): "they have: id, user_id, title, secret",
    ("@omit p.Note", "SELECT * FROM users"): "did you mean `Note`?",
    ('@omit p."Note"', "SELECT * FROM users"): 'write `"Note"` for that of every star',
}


@pytest.mark.parametrize(("said", "sql"), HELPED)
def test_help(catalog: Catalog, said: str, sql: str) -> None:
    _, [error] = inferred(catalog, said, sql)
    assert error.help == HELPED[said, sql]
