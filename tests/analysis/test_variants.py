"""What is said of queries with optional conditions: their texts, types, NULLs and rows."""

from __future__ import annotations

import pytest
from inferring import catalog_of, inferred
from sqlwright.catalog.catalog import Catalog

SCHEMA = """
CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL, agent text);
CREATE TABLE books (
    id bigint PRIMARY KEY, author_id int NOT NULL REFERENCES authors, title text, shelf varchar(9)
);
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


def texts(catalog: Catalog, said: str, sql: str) -> list[str]:
    facts, problems = inferred(catalog, said, sql)
    assert facts is not None, problems
    assert facts.variants is not None
    return [variant.sql for variant in facts.variants.all()]


TEXTS = {
    "a condition becomes true, and numbers close up": (
        "@optional a",
        "SELECT 1 FROM books WHERE id = @a AND title = @b",
        [
            "SELECT 1 FROM books WHERE id = $1 AND title = $2",
            "SELECT 1 FROM books WHERE true AND title = $1",
        ],
    ),
    "names in any letters and quotes": (
        '@OPTIONAL A, "b"',
        "SELECT 1 FROM books WHERE id = @a AND title = @b",
        [
            "SELECT 1 FROM books WHERE id = $1 AND title = $2",
            "SELECT 1 FROM books WHERE id = $1 AND true",
            "SELECT 1 FROM books WHERE true AND title = $1",
            "SELECT 1 FROM books WHERE true AND true",
        ],
    ),
    "an unnamed parameter by the name that it gets": (
        "@optional title",
        "SELECT 1 FROM books WHERE title = $1",
        ["SELECT 1 FROM books WHERE title = $1", "SELECT 1 FROM books WHERE true"],
    ),
    "the outermost condition is left out": (
        "@optional a",
        "SELECT 1 FROM authors WHERE NOT EXISTS (SELECT FROM books WHERE title = @a AND id=1)",
        [
            "SELECT 1 FROM authors WHERE NOT EXISTS (SELECT FROM books WHERE title = $1 AND id=1)",
            "SELECT 1 FROM authors WHERE true",
        ],
    ),
    "conditions in parentheses": (
        "@optional a",
        "SELECT 1 FROM books WHERE (id = 1 AND (title = @a)) AND (shelf = 'x')",
        [
            "SELECT 1 FROM books WHERE (id = 1 AND (title = $1)) AND (shelf = 'x')",
            "SELECT 1 FROM books WHERE (id = 1 AND (true)) AND (shelf = 'x')",
        ],
    ),
    "tests for NULL, wherever they stand": (
        "@optional a",
        "SELECT 1 FROM books WHERE ((title = @a) OR (@a::text IS NULL) OR (shelf = @a))",
        [
            "SELECT 1 FROM books WHERE ((title = $1) OR (shelf = $1))",
            "SELECT 1 FROM books WHERE (true)",
        ],
    ),
    "a cast keeps the type that a test gave": (
        "@optional a",
        "SELECT 1 FROM books WHERE (sqlc.narg(a)::int IS NULL OR id = sqlc.narg(a))",
        ["SELECT 1 FROM books WHERE (id = $1::integer)", "SELECT 1 FROM books WHERE (true)"],
    ),
    "a cast keeps the type that a condition gave": (
        "@optional a",
        "SELECT 1 FROM books WHERE author_id + @n = @a AND id = @n",
        [
            "SELECT 1 FROM books WHERE author_id + $1 = $2 AND id = $1::integer",
            "SELECT 1 FROM books WHERE true AND id = $1::integer",
        ],
    ),
    "a subquery in the select list": (
        "@optional a",
        "SELECT (SELECT max(id) FROM books WHERE author_id = i AND id = @a) FROM authors k(i)",
        [
            "SELECT (SELECT max(id) FROM books WHERE author_id = i AND id = $1) FROM authors k(i)",
            "SELECT (SELECT max(id) FROM books WHERE author_id = i AND true) FROM authors k(i)",
        ],
    ),
    "comments stay where they are": (
        "@optional a",
        "SELECT 1 FROM books WHERE id = @a -- @a\n  /* and */ AND title = '@a $1'",
        [
            "SELECT 1 FROM books WHERE id = $1 -- @a\n  /* and */ AND title = '@a $1'",
            "SELECT 1 FROM books WHERE true -- @a\n  /* and */ AND title = '@a $1'",
        ],
    ),
}


@pytest.mark.parametrize("claim", TEXTS)
def test_texts(catalog: Catalog, claim: str) -> None:
    said, sql, expected = TEXTS[claim]
    found = texts(catalog, said, sql)
    print("\n".join(found))
    assert found == expected


REFUSED = {
    "SELECT 1 FROM books WHERE id = 1 OR title = @a": "under OR",
    "SELECT 1 FROM books WHERE NOT (title = @a)": "under NOT",
    "SELECT 1 FROM books WHERE title = @a OR @a IS NOT NULL": "under OR",
    "SELECT @a::text AS a FROM books WHERE title = @a": "in the select list",
    "SELECT b.id FROM books b LEFT JOIN authors a ON a.name = @a": "ON of a LEFT JOIN",
    "SELECT b.id FROM books b FULL JOIN authors a ON a.id = b.id AND a.name = @a": "FULL JOIN",
    "SELECT count(*) FILTER (WHERE title = @a) FROM books": "in FILTER",
    "SELECT id FROM books ORDER BY title = @a": "in ORDER BY",
    "SELECT id FROM books LIMIT @a": "in LIMIT",
    "SELECT n FROM generate_series(1, @a::int) n": "in FROM",
    "UPDATE books SET title = @a RETURNING id": "in SET",
    "INSERT INTO authors (id, name) VALUES (1, @a) RETURNING id": "in VALUES",
    "MERGE INTO books b USING authors a ON b.title = @a WHEN MATCHED THEN DELETE RETURNING b.id": (
        "ON of MERGE"
    ),
}


@pytest.mark.parametrize("sql", REFUSED)
def test_refusals(catalog: Catalog, sql: str) -> None:
    facts, problems = inferred(catalog, "@optional a", sql)
    assert facts is None
    print(problems[0].message)
    assert problems[0].code == "not-optional"
    assert REFUSED[sql] in problems[0].message


ABSENT = {
    "title = @a": "none",
    "title ILIKE '%' || @a || '%'": "none",
    "title = ANY(@a::text[])": "none",
    "title BETWEEN @a AND 'z'": "none",
    "title IN ('x', @a)": "unset",
    "title IS NOT DISTINCT FROM @a": "unset",
    "coalesce(@a, 'x') = title": "unset",
    "(title = @a) IS NOT FALSE": "unset",
    "(@a IS NULL OR title IS NOT DISTINCT FROM @a)": "none",
    "EXISTS (SELECT FROM authors WHERE name = @a)": "none",
    "NOT EXISTS (SELECT FROM authors WHERE name = @a)": "unset",
    "title NOT IN (SELECT name FROM authors WHERE name = @a)": "unset",
}


@pytest.mark.parametrize("condition", ABSENT)
def test_how_absence_is_said(catalog: Catalog, condition: str) -> None:
    facts, problems = inferred(catalog, "@optional a", f"SELECT 1 FROM books WHERE {condition}")
    assert facts is not None, problems
    assert facts.parameters[0].absent == ABSENT[condition]


NULLS = {
    "an optional condition proves nothing": (
        "@optional a",
        "SELECT title FROM books WHERE title = @a",
        True,
    ),
    "one that stays does": (
        "@optional a",
        "SELECT title FROM books WHERE title = @b AND id = @a",
        False,
    ),
    "one that may be there takes a match away": (
        "@optional a",
        "SELECT (SELECT name FROM authors x WHERE x.id = author_id AND x.agent = @a) FROM books",
        True,
    ),
    # Without any condition the subquery finds its row, and with all of them the title is there;
    # with the second alone neither is so. What holds of none and of all need not hold between.
    "what no condition proves and what all prove is not what some do": (
        "@optional a, c",
        "SELECT coalesce((SELECT name FROM authors a WHERE a.id = author_id AND agent = @c), title)"
        " FROM books WHERE title = @a",
        True,
    ),
}


@pytest.mark.parametrize("claim", NULLS)
def test_nulls(catalog: Catalog, claim: str) -> None:
    said, sql, nullable = NULLS[claim]
    facts, problems = inferred(catalog, said, sql)
    assert facts is not None, problems
    assert facts.columns[0].nullable == nullable


ROWS = {
    ("@optional a", "SELECT 1 FROM books WHERE id = @a"): "many",
    ("@optional a", "SELECT 1 FROM books WHERE id = @b AND title = @a"): "at-most-one",
    ("@optional a", "SELECT count(*) FROM books WHERE id = @a"): "exactly-one",
    ("@optional a", "SELECT count(*) FROM books HAVING count(*) > @a"): "at-most-one",
}


@pytest.mark.parametrize(("said", "sql"), ROWS)
def test_rows(catalog: Catalog, said: str, sql: str) -> None:
    facts, problems = inferred(catalog, said, sql)
    assert facts is not None, problems
    assert facts.rows == ROWS[said, sql]


WRONG = {
    "@optional": "takes a list of parameters",
    "@optional a b": "takes a list of parameters",
    "@optional (a, b": "takes a list of parameters",
    "@optional a,": "takes a list of parameters",
    "@optional a, a": "named twice",
    "@optional x": 'no parameter "x"',
}


@pytest.mark.parametrize("said", WRONG)
def test_wrong_arguments(catalog: Catalog, said: str) -> None:
    facts, problems = inferred(catalog, said, "SELECT 1 FROM books WHERE id = @a AND title = @b")
    assert facts is None
    print(problems[0].message, problems[0].help)
    assert problems[0].severity == "error"
    assert WRONG[said] in problems[0].message


def test_a_query_without_words_is_as_it_was(catalog: Catalog) -> None:
    facts, _ = inferred(catalog, "optional a", "SELECT 1 FROM books WHERE id = @a")
    assert facts is not None
    assert facts.variants is None
    assert not facts.parameters[0].nullable
