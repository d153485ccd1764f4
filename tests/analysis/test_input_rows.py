"""What is proved of the rows that `-- @rows` makes of arrays, and what is refused."""

from __future__ import annotations

import pytest
from judging import catalog_of
from sqlwright.analysis.facts import InputRows, QueryFacts
from sqlwright.analysis.query import infer_query
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile
from sqlwright.sql.reader import read_queries

SCHEMA = """
CREATE TABLE books (id int PRIMARY KEY, title text NOT NULL, price numeric, done bool NOT NULL);
CREATE TABLE notes (book_id int REFERENCES books ON DELETE CASCADE, note text);
CREATE TABLE tree (id int PRIMARY KEY, parent int REFERENCES tree);
CREATE TABLE late (id int PRIMARY KEY DEFERRABLE, n int);
CREATE TABLE audited (id int PRIMARY KEY, n int);
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER audit BEFORE INSERT ON audited FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TABLE parts (id int, n int, PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE TABLE counted (id int PRIMARY KEY, n int);
CREATE FUNCTION next_id() RETURNS int LANGUAGE sql AS 'SELECT count(*)::int FROM counted';
CREATE FUNCTION twice(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 2 * n';
ALTER TABLE counted ALTER n SET DEFAULT next_id();
CREATE TABLE policed (id int PRIMARY KEY, n int);
ALTER TABLE policed ENABLE ROW LEVEL SECURITY;
CREATE VIEW titles AS SELECT id, title FROM books;
"""
U = "unnest(@a::int[], @b::int[])"


def inferred(
    sql: str, command: str = "many", word: str = "@rows"
) -> tuple[QueryFacts | None, list[Diagnostic]]:
    catalog = catalog_of(SCHEMA)
    source = SourceFile("queries.sql", f"-- name: Q :{command}\n-- {word}\n{sql};")
    [statement], reported = read_queries(source)
    facts, found = infer_query(catalog, statement)
    return facts, [*reported, *found]


def rows(sql: str, command: str = "many") -> InputRows:
    facts, problems = inferred(sql, command)
    assert facts is not None, problems
    assert facts.input_rows is not None
    return facts.input_rows


IN_PARTS = {
    "a select": f"SELECT u.a FROM {U} AS u (a, b)",
    "a join": f"SELECT u.a, t.title FROM {U} AS u (a, b) JOIN books t ON t.id = u.a",
    "a lateral subquery": f"SELECT x.n FROM {U} AS u (a, b), LATERAL (SELECT u.a + 1 AS n) x",
    "a subquery": f"SELECT s.a FROM (SELECT u.a FROM {U} AS u (a, b) WHERE u.b > 1) s",
    "a CTE": f"WITH u AS (SELECT * FROM {U} AS x (a, b)) SELECT u.a FROM u WHERE u.b > 1",
    "the kept side": f"SELECT u.a FROM {U} AS u (a, b) LEFT JOIN books t ON t.id = u.a",
    "an insert": f"INSERT INTO notes (book_id) SELECT u.a FROM {U} AS u (a, b) RETURNING note",
    "an insert of another table's": (
        f"INSERT INTO notes SELECT t.id, t.title FROM {U} AS u (a, b) JOIN books t ON t.id = u.a "
        "RETURNING note"
    ),
    "a select list": "INSERT INTO parts SELECT unnest(@a::int[]), unnest(@b::int[]) RETURNING id",
    "an upsert": (
        f"INSERT INTO parts SELECT * FROM {U} ON CONFLICT (id) DO UPDATE SET n = excluded.n "
        "RETURNING id"
    ),
    "an update": f"UPDATE books SET price = u.b FROM {U} AS u (a, b) WHERE id = u.a RETURNING id",
    "a delete": f"DELETE FROM books USING {U} AS u (a, b) WHERE id = u.a RETURNING id",
    "an immutable function": (
        f"INSERT INTO parts SELECT a, twice(b) FROM {U} AS u (a, b) RETURNING id"
    ),
}
TOGETHER = {
    "DISTINCT": f"SELECT DISTINCT u.a FROM {U} AS u (a, b)",
    "LIMIT": f"SELECT u.a FROM {U} AS u (a, b) LIMIT 3",
    "ORDER BY": f"SELECT u.a FROM {U} AS u (a, b) ORDER BY u.a",
    "a group": f"SELECT u.a, count(*) FROM {U} AS u (a, b) GROUP BY u.a",
    "a window": f"SELECT sum(u.a) OVER () FROM {U} AS u (a, b)",
    "a set operation": f"SELECT u.a FROM {U} AS u (a, b) UNION SELECT 1",
    "a limit inside": f"SELECT s.a FROM (SELECT u.a FROM {U} AS u (a, b) LIMIT 1) s",
    "read twice": f"WITH u AS (SELECT * FROM {U} AS x (a, b)) SELECT 1 FROM u, u AS v",
    "the other side": f"SELECT t.id FROM books t LEFT JOIN {U} AS u (a, b) ON t.id = u.a",
    "a full join": f"SELECT t.id FROM books t FULL JOIN {U} AS u (a, b) ON t.id = u.a",
    "a subquery in WHERE": "SELECT id FROM books WHERE id IN (SELECT unnest(@a::int[]))",
    "its number": f"SELECT u.n FROM {U} WITH ORDINALITY AS u (a, b, n)",
    "its number in a condition": f"SELECT u.a FROM {U} WITH ORDINALITY AS u (a, b, n) WHERE n > 1",
    "the written table": (
        f"INSERT INTO parts SELECT u.a, u.b FROM {U} AS u (a, b) "
        "WHERE NOT EXISTS (SELECT FROM parts p WHERE p.n = u.b) RETURNING id"
    ),
    "a chosen column": (
        f"UPDATE books SET done = true FROM {U} AS u (a, b) "
        "WHERE id = u.a AND NOT done RETURNING id"
    ),
    "a reference to itself": f"INSERT INTO tree SELECT * FROM {U} RETURNING id",
    "a deferrable key": f"INSERT INTO late SELECT * FROM {U} RETURNING id",
    "a trigger": f"INSERT INTO audited SELECT * FROM {U} RETURNING id",
    "a view": f"DELETE FROM titles USING {U} AS u (a, b) WHERE id = u.a RETURNING id",
    "a cascade to what is read": (
        f"DELETE FROM books USING {U} AS u (a, b), notes n "
        "WHERE id = u.a AND n.book_id = u.b RETURNING id"
    ),
    "a default that looks": f"INSERT INTO counted (id) SELECT a FROM {U} AS u (a, b) RETURNING id",
    "a function that looks": (
        f"INSERT INTO parts SELECT a, next_id() FROM {U} AS u (a, b) RETURNING id"
    ),
    "a policy": f"INSERT INTO policed SELECT * FROM {U} RETURNING id",
    "a merge": (
        f"MERGE INTO parts USING {U} AS u (a, b) ON id = u.a WHEN NOT MATCHED THEN "
        "INSERT VALUES (u.a, u.b) RETURNING id"
    ),
}


@pytest.mark.parametrize("claim", IN_PARTS)
def test_can_be_sent_in_parts(claim: str) -> None:
    assert rows(IN_PARTS[claim]).row_wise


@pytest.mark.parametrize("claim", TOGETHER)
def test_has_to_be_sent_together(claim: str) -> None:
    assert not rows(TOGETHER[claim]).row_wise


IDLE = {
    **{name: IN_PARTS[name] for name in ("a join", "an upsert", "a delete", "a CTE")},
    **{name: TOGETHER[name] for name in ("LIMIT", "a group", "a window", "a merge", "read twice")},
    "a write in WITH": (
        f"WITH w AS (UPDATE books SET price = u.b FROM {U} AS u (a, b) WHERE id = u.a RETURNING id)"
        " INSERT INTO notes (book_id) SELECT id FROM w RETURNING note"
    ),
}
BUSY = {
    "an aggregate": f"SELECT sum(u.a) FROM {U} AS u (a, b)",
    "an empty grouping set": f"SELECT u.a FROM {U} AS u (a, b) GROUP BY ROLLUP (u.a)",
    "NOT IN": "DELETE FROM books WHERE id NOT IN (SELECT unnest(@a::int[])) RETURNING id",
    "another write": (
        f"WITH w AS (DELETE FROM notes RETURNING book_id) SELECT u.a FROM {U} AS u (a, b)"
    ),
    "not matched by source": (
        f"MERGE INTO parts USING {U} AS u (a, b) ON id = u.a "
        "WHEN NOT MATCHED BY SOURCE THEN DELETE RETURNING id"
    ),
    **{name: TOGETHER[name] for name in ("a set operation", "the other side", "a full join")},
}


@pytest.mark.parametrize("claim", IDLE)
def test_nothing_comes_of_nothing(claim: str) -> None:
    assert rows(IDLE[claim]).idle_without


@pytest.mark.parametrize("claim", BUSY)
def test_something_may_come_of_nothing(claim: str) -> None:
    assert not rows(BUSY[claim]).idle_without


N = f"{U} WITH ORDINALITY AS u (a, b, n)"
MERGED = f"MERGE INTO parts USING {N} ON id = u.a WHEN MATCHED THEN UPDATE SET n = u.b"
ALIGNED = {
    "each row": (f"SELECT u.a, u.n FROM {N}", (1, True)),
    "a filter": (f"SELECT u.n FROM {N} WHERE u.a > 1", (0, False)),
    "a key": (f"SELECT u.n, t.title FROM {N} LEFT JOIN books t ON t.id = u.a", (0, True)),
    "an inner join to a key": (f"SELECT u.n FROM {N} JOIN books t ON t.id = u.a", (0, False)),
    "no key": (f"SELECT u.n FROM {N} LEFT JOIN books t ON t.price = u.a", (None, False)),
    "a cross join": (f"SELECT u.n FROM {N}, books", (None, False)),
    "a group of the number": (f"SELECT u.n, count(*) FROM {N}, books GROUP BY u.n", (0, False)),
    "through a CTE": (f"WITH v AS (SELECT n FROM {N}) SELECT v.n FROM v", (0, True)),
    "an ordered list": (f"SELECT u.n FROM {N} ORDER BY u.a", (0, True)),
    "a limit": (f"SELECT u.n FROM {N} LIMIT 2", (None, False)),
    "an update": (f"UPDATE books SET price = 1 FROM {N} WHERE id = u.a RETURNING u.n", (0, False)),
    "an update without a key": (
        f"UPDATE books SET price = 1 FROM {N} WHERE price = u.a RETURNING u.n",
        (None, False),
    ),
    "a delete": (f"DELETE FROM books USING {N} WHERE id = u.a RETURNING title, u.n", (1, False)),
    "a merge": (
        f"{MERGED} WHEN NOT MATCHED THEN INSERT VALUES (u.a, u.b) RETURNING u.n",
        (0, True),
    ),
    "half a merge": (f"{MERGED} RETURNING u.n", (0, False)),
    "a merge without a key": (
        f"MERGE INTO parts p USING {N} ON p.n = u.a WHEN MATCHED THEN DELETE RETURNING u.n",
        (None, False),
    ),
    "something made of it": (f"SELECT u.n + 1 FROM {N}", (None, False)),
}


@pytest.mark.parametrize("claim", ALIGNED)
def test_results_are_aligned(claim: str) -> None:
    sql, expected = ALIGNED[claim]
    found = rows(sql)
    assert (found.count_column, found.each_returns) == expected


REFUSED = {
    "no unnest": ("SELECT id FROM books WHERE id = ANY(@a::int[])", "unnests no parameter"),
    "two": ("SELECT 1 FROM unnest(@a::int[]) AS u, unnest(@b::int[]) AS v", "several of them"),
    "two select lists": (
        "SELECT (SELECT min(x) FROM (SELECT unnest(@a::int[]) AS x) s), unnest(@b::int[])",
        "several of them",
    ),
    "a constant array": ("SELECT 1 FROM unnest(@a::int[], ARRAY[1, 2])", "padded with NULL"),
    "a series": (
        "SELECT unnest(@a::int[]), generate_series(1, 3)",
        "padded with NULL",
    ),
    "arrays of arrays": ("SELECT 1 FROM unnest(@a::int[][], @b::int[])", "arrays of arrays"),
}


@pytest.mark.parametrize("claim", REFUSED)
def test_is_refused(claim: str) -> None:
    sql, said = REFUSED[claim]
    facts, [problem] = inferred(sql)
    assert facts is None
    assert problem.code == "invalid-input-rows"
    assert said in problem.message


@pytest.mark.parametrize("command", ["batchexec", "batchmany", "batchone"])
def test_is_not_for_batches(command: str) -> None:
    facts, [problem] = inferred(f"SELECT u.a FROM {U} AS u (a, b)", command)
    assert facts is None
    assert problem.labels[0].span.text == f":{command}"


def test_one_array_in_two_places() -> None:
    """The arrays of the one unnest are those of the other."""
    sql = f"SELECT u.a, cardinality(@a::int[]) FROM {U} AS u (a, b), unnest(@a::int[]) AS v (a)"
    assert rows(sql).numbers == (1, 2)


def test_the_word_takes_no_names() -> None:
    facts, [problem] = inferred(f"SELECT u.a FROM {U} AS u (a, b)", word="@rows u")
    assert facts is None
    assert problem.labels[0].span.text == "u"


def test_a_misspelt_word_is_reported() -> None:
    _, [problem] = inferred(f"SELECT u.a FROM {U} AS u (a, b)", word="@rwos")
    assert (problem.severity, problem.help) == ("warning", "did you mean `@rows`?")


def test_duplicates() -> None:
    upsert = "INSERT INTO parts (id, n) SELECT {} FROM {} ON CONFLICT (id) DO {} RETURNING id"
    updating = "UPDATE SET n = excluded.n"
    warned = upsert.format("u.a, u.b", f"{U} AS u (a, b)", updating)
    assert [each.code for each in inferred(warned)[1]] == ["duplicate-input-rows"]
    kept = upsert.format("DISTINCT ON (u.a) u.a, u.b", f"{U} AS u (a, b)", updating)
    assert inferred(kept)[1] == []
    assert inferred(upsert.format("u.a, u.b", f"{U} AS u (a, b)", "NOTHING"))[1] == []


def test_nothing_changes_without_the_word() -> None:
    facts, _ = inferred(f"SELECT u.a FROM {U} AS u (a, b)", word="about rows")
    assert facts is not None
    assert facts.input_rows is None
    assert facts.columns[0].nullable
