"""What is said of queries with other orders: their texts, and what is no order of theirs."""

from __future__ import annotations

import pytest
from inferring import catalog_of, inferred
from sqlwright.catalog.catalog import Catalog

SCHEMA = """
CREATE TABLE books (
    id bigint PRIMARY KEY, author_id int NOT NULL, title text, price numeric, tags text[]
);
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(SCHEMA)


TEXTS = {
    "the list is replaced, with all that belongs to its items": (
        '@sort a = title COLLATE "C" DESC NULLS LAST, id',
        "SELECT id FROM books ORDER BY price USING >, id DESC LIMIT 3",
        [
            ("SELECT id FROM books ORDER BY price USING >, id DESC LIMIT 3", ()),
            ('SELECT id FROM books ORDER BY title COLLATE "C" DESC NULLS LAST, id LIMIT 3', ()),
        ],
    ),
    "parameters that an order does without are not sent": (
        "@sort near = abs(id - sqlc.arg(near)), id",
        "SELECT id FROM books WHERE id <> @near ORDER BY title = @first, id LIMIT @n",
        [
            ("SELECT id FROM books WHERE id <> $1 ORDER BY title = $2, id LIMIT $3", (1, 2, 3)),
            ("SELECT id FROM books WHERE id <> $1 ORDER BY abs(id - $1), id LIMIT $2", (1, 3)),
        ],
    ),
    "a cast keeps the type that the written order gave": (
        "@sort a = id = @n",
        "SELECT id FROM books ORDER BY author_id + @n, id + @n",
        [
            ("SELECT id FROM books ORDER BY author_id + $1, id + $1", (1,)),
            ("SELECT id FROM books ORDER BY id = $1::integer", (1,)),
        ],
    ),
    "a remark behind the list is no part of it": (
        "@sort a = id -- the oldest first, @b; 'it",
        "SELECT id FROM books ORDER BY title",
        [("SELECT id FROM books ORDER BY title", ()), ("SELECT id FROM books ORDER BY id", ())],
    ),
    "output columns by name and by number": (
        "@sort a = 2 DESC, n",
        "SELECT count(*) AS n, author_id FROM books GROUP BY author_id ORDER BY n",
        [
            ("SELECT count(*) AS n, author_id FROM books GROUP BY author_id ORDER BY n", ()),
            (
                "SELECT count(*) AS n, author_id FROM books GROUP BY author_id ORDER BY 2 DESC, n",
                (),
            ),
        ],
    ),
    "the outer ORDER BY of several": (
        "@sort a = id DESC",
        "(SELECT id FROM books ORDER BY price LIMIT 3) UNION (SELECT 1 ORDER BY 1) ORDER BY id",
        [
            (
                "(SELECT id FROM books ORDER BY price LIMIT 3) UNION (SELECT 1 ORDER BY 1)"
                " ORDER BY id",
                (),
            ),
            (
                "(SELECT id FROM books ORDER BY price LIMIT 3) UNION (SELECT 1 ORDER BY 1)"
                " ORDER BY id DESC",
                (),
            ),
        ],
    ),
    "what the rows show of a parameter": (
        "@sort a = distance, id",
        "SELECT id, abs(id - @point::int) AS distance FROM books ORDER BY id",
        [
            ("SELECT id, abs(id - $1::int) AS distance FROM books ORDER BY id", (1,)),
            ("SELECT id, abs(id - $1::int) AS distance FROM books ORDER BY distance, id", (1,)),
        ],
    ),
    "windows, subqueries and stars": (
        "@sort a = rank() OVER (ORDER BY price), (SELECT count(*) FROM unnest(b.tags))",
        "WITH b AS (SELECT id, price, tags FROM books) SELECT b.id FROM b ORDER BY id",
        [
            (
                "WITH b AS (SELECT id, price, tags FROM books) SELECT b.id FROM b ORDER BY id",
                (),
            ),
            (
                "WITH b AS (SELECT id, price, tags FROM books) SELECT b.id FROM b ORDER BY rank()"
                " OVER (ORDER BY price), (SELECT count(*) FROM unnest(b.tags))",
                (),
            ),
        ],
    ),
}


@pytest.mark.parametrize("claim", TEXTS)
def test_texts(catalog: Catalog, claim: str) -> None:
    said, sql, expected = TEXTS[claim]
    facts, problems = inferred(catalog, said, sql)
    assert facts is not None, problems
    assert facts.variants is not None
    found = [(each.sql, each.parameters) for each in facts.variants.all()]
    print("\n".join(text for text, _ in found))
    assert found == expected


def test_orders_and_options_together(catalog: Catalog) -> None:
    said = '@optional a\n-- @sort b = title\n-- @sort "C, c" = price, id'
    facts, problems = inferred(catalog, said, "SELECT id FROM books WHERE id = @a ORDER BY id")
    assert facts is not None, problems
    assert facts.variants is not None
    found = [(each.given, each.sort, each.sql) for each in facts.variants.all()]
    start = "SELECT id FROM books WHERE"
    assert found == [
        ((True,), "", f"{start} id = $1 ORDER BY id"),
        ((False,), "", f"{start} true ORDER BY id"),
        ((True,), "b", f"{start} id = $1 ORDER BY title"),
        ((False,), "b", f"{start} true ORDER BY title"),
        ((True,), "C, c", f"{start} id = $1 ORDER BY price, id"),
        ((False,), "C, c", f"{start} true ORDER BY price, id"),
    ]


PLAIN = "SELECT id, title FROM books ORDER BY id"
REFUSED = {
    ("@sort", PLAIN): ("invalid-annotation", "@sort"),
    ("@sort title", PLAIN): ("invalid-annotation", "title"),
    ("@sort a =", PLAIN): ("invalid-annotation", "a ="),
    ("@sort a b = title", PLAIN): ("invalid-annotation", "a b = title"),
    ("@sort a = titel", PLAIN): ("unknown-column", "titel"),
    ("@sort a = title, ", PLAIN): ("syntax-error", ""),
    ("@sort a = title LIMIT 1", PLAIN): ("syntax-error", "LIMIT"),
    ("@sort a = 'x", PLAIN): ("syntax-error", "'x"),
    ("@sort a = 3", PLAIN): ("invalid-position", "3"),
    ("@sort a = id = @b", PLAIN): ("unknown-parameter", "@b"),
    ("@sort a = id = $1", PLAIN): ("unknown-parameter", "$1"),
    ("@sort a = sqlc.embed(books)", PLAIN): ("misplaced-embed", "sqlc.embed(books)"),
    ("@sort a = id\n-- @sort a = title", PLAIN): ("invalid-annotation", "a"),
    ("@sort a = id", "SELECT id FROM books"): ("invalid-sort", "@sort"),
    ("@sort a = id", "SELECT id FROM (SELECT id FROM books ORDER BY id) b"): (
        "invalid-sort",
        "@sort",
    ),
    ("@sort a = id", "DELETE FROM books RETURNING id"): ("invalid-sort", "@sort"),
    ("@sort a = id", "INSERT INTO books SELECT * FROM books ORDER BY id RETURNING id"): (
        "invalid-sort",
        "@sort",
    ),
    ("@sort a = price", "SELECT DISTINCT id FROM books ORDER BY id"): (
        "order-by-not-selected",
        "price",
    ),
    ("@sort a = id", "SELECT DISTINCT ON (title) id FROM books ORDER BY title, id"): (
        "distinct-on-order",
        "title",
    ),
    ("@sort a = title", "SELECT author_id FROM books GROUP BY 1 ORDER BY 1"): (
        "ungrouped-column",
        "title",
    ),
    ("@sort a = price", "SELECT id FROM books UNION SELECT 1 ORDER BY id"): (
        "unknown-column",
        "price",
    ),
    ("@sort a = id + 1", "SELECT id FROM books UNION SELECT 1 ORDER BY id"): (
        "invalid-set-operation-order",
        "id + 1",
    ),
    ("@sort a = id + n", "SELECT 1 AS n FROM books ORDER BY id"): ("unknown-column", "n"),
    ("@sort a = to_json(tags)", PLAIN): ("no-ordering-operator", "to_json(tags)"),
    ("@sort a = unnest(tags)", PLAIN): ("invalid-sort", "unnest(tags)"),
    ("@sort a = title", "SELECT id FROM books ORDER BY unnest(tags)"): (
        "invalid-sort",
        "unnest(tags)",
    ),
    ("@sort a = count(*)", "SELECT 1 FROM books ORDER BY 1"): ("invalid-sort", "a"),
    ("@sort a = id", "SELECT 1 FROM books ORDER BY max(id)"): ("invalid-sort", "a"),
    ("@optional x\n-- @sort a = id = @x", "SELECT id FROM books WHERE id = @x ORDER BY 1"): (
        "not-optional",
        "@x",
    ),
}


@pytest.mark.parametrize(("said", "sql"), REFUSED)
def test_refusals_where_they_stand(catalog: Catalog, said: str, sql: str) -> None:
    facts, problems = inferred(catalog, said, sql)
    assert facts is None
    [problem] = problems
    span = problem.labels[0].span
    print(problem.message, problem.help, sep="\n")
    assert (problem.code, span.text) == REFUSED[said, sql]


def test_a_refusal_of_postgresql_names_the_order(catalog: Catalog) -> None:
    sql = "SELECT DISTINCT ON (title) id FROM books ORDER BY title, id"
    _, [problem] = inferred(catalog, "@sort newest = id DESC", sql)
    assert [label.span.text for label in problem.labels] == ["title", "newest"]
