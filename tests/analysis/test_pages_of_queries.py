"""What is said of queries that are asked for by pages: their conditions, and which have none."""

from __future__ import annotations

import pytest
from inferring import catalog_of, inferred
from sqlwright.catalog.catalog import Catalog

SCHEMA = """
CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL, code text UNIQUE);
CREATE TABLE books (
    id bigint PRIMARY KEY, author_id int NOT NULL REFERENCES authors, title text NOT NULL,
    shelf varchar(9), lent interval NOT NULL, added timestamptz NOT NULL,
    isbn text NOT NULL, UNIQUE (author_id, isbn)
);
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


def after(catalog: Catalog, said: str, sql: str) -> list[tuple[str, tuple[int, ...]]]:
    """The texts behind a position, with everything else given, and their parameters."""
    facts, problems = inferred(catalog, said, sql)
    assert facts is not None, [(each.message, each.help) for each in problems]
    assert facts.variants is not None
    texts = [each for each in facts.variants.all() if all(each.given)]
    return [(each.sql, each.parameters) for each in texts]


CONDITIONS = {
    "one key": ("SELECT id FROM books ORDER BY id", "WHERE id > $1 ORDER BY id"),
    "one key downwards": (
        "SELECT id FROM books ORDER BY id DESC",
        "WHERE id < $1 ORDER BY id DESC",
    ),
    "one direction is a comparison of rows": (
        "SELECT id, title FROM books ORDER BY title, id",
        "WHERE (title, id) > ($2, $1) ORDER BY title, id",
    ),
    "two directions": (
        "SELECT id, title FROM books ORDER BY title DESC, id",
        "WHERE title <= $2 AND (title < $2 OR title = $2 AND (id > $1)) ORDER BY title DESC, id",
    ),
    "NULL comes last": (
        "SELECT id, shelf FROM books ORDER BY shelf, id",
        "WHERE (shelf > $2 OR shelf IS NULL AND $2 IS NOT NULL"
        " OR shelf IS NOT DISTINCT FROM $2 AND (id > $1)) ORDER BY shelf, id",
    ),
    "NULL comes first downwards": (
        "SELECT id, shelf FROM books ORDER BY shelf DESC, id",
        "WHERE (shelf < $2 OR shelf IS NOT NULL AND $2 IS NULL"
        " OR shelf IS NOT DISTINCT FROM $2 AND (id > $1)) ORDER BY shelf DESC, id",
    ),
    "what a condition keeps from NULL is never NULL": (
        "SELECT id, shelf FROM books WHERE shelf > 'a' ORDER BY shelf, id",
        "WHERE shelf > 'a' AND (shelf, id) > ($2, $1) ORDER BY shelf, id",
    ),
    "OR gets parentheses": (
        "SELECT id FROM books WHERE id = 1 OR title = 'x' ORDER BY id",
        "WHERE (id = 1 OR title = 'x' ) AND id > $1 ORDER BY id",
    ),
    "output columns by name and number are what they show": (
        "SELECT -id AS least, lower(title) AS t, id FROM books ORDER BY t, 1, id",
        "WHERE (lower(title), (-id), id) > ($2, $1, $3) ORDER BY t, 1, id",
    ),
    "columns of a star": (
        'SELECT * FROM authors AS "the authors" ORDER BY id',
        'WHERE "the authors".id > $1 ORDER BY id',
    ),
    "a collation is that of the order": (
        'SELECT title COLLATE "C" AS t, id FROM books ORDER BY t, id',
        'WHERE ((title COLLATE "C"), id) > ($1, $2) ORDER BY t, id',
    ),
    "groups": (
        "SELECT author_id, count(*) AS n FROM books GROUP BY author_id ORDER BY n, author_id",
        "GROUP BY author_id HAVING (count(*), author_id) > ($2, $1) ORDER BY n, author_id",
    ),
    "groups with a condition": (
        "SELECT author_id FROM books GROUP BY 1 HAVING count(*) > 1 ORDER BY author_id",
        "GROUP BY 1 HAVING count(*) > 1 AND author_id > $1 ORDER BY author_id",
    ),
    "distinct rows": (
        "SELECT DISTINCT title, author_id FROM books ORDER BY title, author_id",
        "WHERE (title, author_id) > ($1, $2) ORDER BY title, author_id",
    ),
    "a join to one row": (
        "SELECT b.id, a.name FROM books b LEFT JOIN authors a ON a.id = author_id ORDER BY b.id",
        "WHERE b.id > $1 ORDER BY b.id",
    ),
    "keys of both sides": (
        "SELECT b.id, a.id AS a FROM books b, authors a ORDER BY a.id, b.id",
        "WHERE (a.id, b.id) > ($2, $1) ORDER BY a.id, b.id",
    ),
    "a key of several columns": (
        "SELECT author_id, isbn FROM books ORDER BY isbn, author_id",
        "WHERE (isbn, author_id) > ($2, $1) ORDER BY isbn, author_id",
    ),
    "a key whose other column is fixed": (
        "SELECT isbn FROM books WHERE author_id = 3 ORDER BY isbn",
        "WHERE author_id = 3 AND isbn > $1 ORDER BY isbn",
    ),
    "a set operation in a subquery": (
        "SELECT id FROM (SELECT id FROM books UNION SELECT 1) AS u ORDER BY id",
        "WHERE id > $1 ORDER BY id",
    ),
    "a WITH query and subqueries": (
        "WITH w AS (SELECT id FROM books WHERE id > 1 ORDER BY 1) SELECT id FROM books"
        " WHERE id IN (SELECT id FROM w) ORDER BY id",
        "WHERE id IN (SELECT id FROM w) AND id > $1 ORDER BY id",
    ),
}


@pytest.mark.parametrize("claim", CONDITIONS)
def test_conditions(catalog: Catalog, claim: str) -> None:
    sql, expected = CONDITIONS[claim]
    [(text, _)] = after(catalog, "@page", f"{sql} LIMIT 9")
    print(text)
    assert text.endswith(f"{expected} LIMIT 9")


def test_parameters_behind_those_of_the_text(catalog: Catalog) -> None:
    said = '@page\n-- @optional a\n-- @sort "by title" = title, id DESC'
    sql = "SELECT id, title FROM books WHERE author_id = @a ORDER BY id = @b DESC, id LIMIT @n"
    facts, _ = inferred(catalog, said, sql.replace("id = @b DESC, ", ""))
    assert facts is not None
    assert [(each.column, each.parameter.position) for each in facts.position] == [(0, 3), (1, 4)]
    assert after(catalog, said, sql.replace("id = @b DESC, ", "")) == [
        (
            "SELECT id, title FROM books WHERE author_id = $1 AND id > $3 ORDER BY id LIMIT $2",
            (1, 2, 3),
        ),
        (
            "SELECT id, title FROM books WHERE author_id = $1 AND title >= $4 AND (title > $4"
            " OR title = $4 AND (id < $3)) ORDER BY title, id DESC LIMIT $2",
            (1, 2, 3, 4),
        ),
    ]


TOTAL = "several rows may have one place in this order, and a page may end between them"
REFUSED = {
    ("@page", "SELECT id FROM books LIMIT 1"): "has no ORDER BY",
    ("@page", "SELECT id FROM books ORDER BY id"): "has no LIMIT",
    ("@page", "SELECT id FROM books ORDER BY id LIMIT 1 OFFSET 2"): "OFFSET would skip",
    ("@page", "DELETE FROM books RETURNING id"): "queries that select",
    ("@page", "SELECT id FROM books UNION SELECT 1 ORDER BY id LIMIT 1"): "into UNION",
    ("@page", "VALUES (1), (2) ORDER BY 1 LIMIT 1"): "into UNION or VALUES",
    ("@page", "(SELECT id FROM books) ORDER BY id LIMIT 1"): "no FROM of its own",
    ("@page", "TABLE authors ORDER BY id LIMIT 1"): "no FROM of its own",
    ("@page", "SELECT 1 AS n ORDER BY n LIMIT 1"): "no FROM of its own",
    ("@page", "SELECT DISTINCT ON (id) id FROM books ORDER BY id LIMIT 1"): "DISTINCT ON",
    ("@page", "SELECT id, rank() OVER (ORDER BY id) FROM books ORDER BY 1 LIMIT 1"): "a window",
    ("@page", "SELECT id, generate_series(1, 2) AS n FROM books ORDER BY 1, 2 LIMIT 1"): (
        "several rows for one"
    ),
    ("@page", "SELECT id FROM books ORDER BY id USING > LIMIT 1"): "USING sorts",
    ("@page", "SELECT id FROM books ORDER BY id, id DESC LIMIT 1"): "are the same",
    ("@page", "SELECT id FROM books ORDER BY title, id LIMIT 1"): "do not show",
    ("@page", "SELECT id, random() AS r FROM books ORDER BY r, id LIMIT 1"): "another value",
    ("@page", "SELECT id, now() - added AS age FROM books ORDER BY age, id LIMIT 1"): (
        "another value"
    ),
    ("@page", "SELECT id, a FROM authors a ORDER BY a, id LIMIT 1"): "as records",
    ("@page", "SELECT id, lent FROM books ORDER BY lent, id LIMIT 1"): "a timedelta",
    ("@page", "SELECT title FROM books ORDER BY title LIMIT 1"): TOTAL,
    ("@page", "SELECT code FROM authors ORDER BY code LIMIT 1"): TOTAL,
    ("@page", "SELECT isbn FROM books ORDER BY isbn LIMIT 1"): TOTAL,
    ("@page", "SELECT b.id FROM books b, authors a ORDER BY b.id LIMIT 1"): TOTAL,
    ("@page", "SELECT a.id FROM books b JOIN authors a ON a.id = author_id ORDER BY 1 LIMIT 1"): (
        TOTAL
    ),
    ("@page", "SELECT title, count(*) AS n FROM books GROUP BY 1 ORDER BY n LIMIT 1"): TOTAL,
    ("@page", "SELECT DISTINCT title, shelf FROM books ORDER BY title LIMIT 1"): TOTAL,
    ("@page", "SELECT id / 2 AS half FROM books ORDER BY half LIMIT 1"): TOTAL,
    ("@page\n-- @sort t = title", "SELECT id, title FROM books ORDER BY id LIMIT 1"): TOTAL,
    ("@page id", "SELECT id FROM books ORDER BY id LIMIT 1"): "in parentheses, or nothing",
    ("@page (id DESC)", "SELECT id FROM books ORDER BY id LIMIT 1"): "direction is that of",
    ("@page (title)", "SELECT id, title FROM books ORDER BY id LIMIT 1"): "has another key",
    ("@page (id, title)", "SELECT id, title FROM books ORDER BY id LIMIT 1"): "another number",
    ("@page (nothing)", "SELECT id, title FROM books ORDER BY id LIMIT 1"): "does not exist",
    ("@page\n-- @page", "SELECT id, title FROM books ORDER BY id LIMIT 1"): "another @page",
    (
        "@optional x\n-- @page",
        "SELECT id, (SELECT count(*) FROM authors WHERE id = @x) AS n"
        " FROM books ORDER BY n, id LIMIT 1",
    ): "depends on a parameter",
}


@pytest.mark.parametrize(("said", "sql"), REFUSED)
def test_refusals(catalog: Catalog, said: str, sql: str) -> None:
    facts, problems = inferred(catalog, said, sql)
    assert facts is None
    problem = problems[0]
    print(problem.message, problem.help, sep="\n")
    assert REFUSED[said, sql] in problem.message


MISSING = {
    "SELECT title FROM books ORDER BY title": "end it in books.id",
    "SELECT title FROM books b ORDER BY title": "end it in b.id",
    "SELECT b.id FROM books b, authors a ORDER BY b.id": "end it in a.id",
    "SELECT b.title FROM books b, authors a ORDER BY b.title": "end it in b.id, a.id",
    "SELECT title, count(*) AS n FROM books GROUP BY 1 ORDER BY n": "all that is grouped by",
    "SELECT DISTINCT title, shelf FROM books ORDER BY title": "all columns of the select list",
    "SELECT n FROM generate_series(1, 9) AS n ORDER BY n": "columns that are unique together",
}


@pytest.mark.parametrize("sql", MISSING)
def test_the_key_that_is_missing(catalog: Catalog, sql: str) -> None:
    _, [problem] = inferred(catalog, "@page", f"{sql} LIMIT 1")
    assert problem.message == TOTAL
    print(problem.help)
    assert problem.help is not None
    assert MISSING[sql] in problem.help
    place = problem.labels[0].span
    assert sql.endswith(place.text)
