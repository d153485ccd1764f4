"""Projects made at random: grammar, mutations of what works, hostile names, odd configurations."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

from sqlwright.config.options import OPTIONS

Project = dict[str, bytes]
"""Files by their names."""

TESTS = Path(__file__).parent.parent
SCHEMA = """\
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TYPE pair AS (a int, b text[]);
CREATE TABLE authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL, bio text, born date, mood mood, mail email UNIQUE,
    tags text[] NOT NULL DEFAULT '{}', data jsonb, duo pair, score numeric(6, 2)
);
CREATE TABLE books (
    id int PRIMARY KEY, author_id bigint NOT NULL REFERENCES authors, title text NOT NULL,
    span int4range, at timestamptz DEFAULT now()
);
CREATE VIEW shelf AS SELECT b.title, a.name FROM books b LEFT JOIN authors a ON a.id = b.author_id;
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
"""
QUERIES = """\
-- name: GetAuthor :one
SELECT * FROM authors WHERE id = @id;

-- name: ListTitles :many
SELECT title, count(*) OVER () AS n FROM shelf WHERE name = ANY(@names::text[]) ORDER BY 1;

-- name: AddBook :one
INSERT INTO books (id, author_id, title) VALUES ($1, $2, sqlc.arg(title)) RETURNING id;

-- name: Change :execrows
UPDATE authors SET bio = sqlc.narg('bio'), duo = ROW(1, '{x}')::pair WHERE id = @id;

-- name: Joined :many
SELECT sqlc.embed(a), b.span FROM authors a JOIN books b ON b.author_id = a.id;

-- name: Copy :copyfrom
INSERT INTO books (id, author_id, title) VALUES (@id, @author_id, @title);
"""
CONFIGURATION = """\
schema = ["schema.sql"]
queries = ["queries.sql"]
out = "generated"
"""
SQLC = """\
version: "2"
sql:
  - engine: postgresql
    schema: schema.sql
    queries: queries.sql
    codegen:
      - plugin: py
        out: generated
        options: {package: db, overrides: [{db_type: text, py_type: str}]}
plugins:
  - name: py
    wasm: {url: "https://example.org/py.wasm", sha256: ab}
"""
WORDS = re.split(
    r"\s+",
    """\
SELECT FROM WHERE AND OR NOT NULL IN EXISTS JOIN LEFT FULL LATERAL USING ON GROUP BY HAVING
ORDER LIMIT OFFSET UNION INTERSECT EXCEPT ALL WITH RECURSIVE AS INSERT INTO VALUES UPDATE SET
DELETE RETURNING MERGE CASE WHEN THEN ELSE END CAST ARRAY ROW OVER PARTITION WINDOW FILTER
DISTINCT BETWEEN LIKE SIMILAR TO IS TRUE DEFAULT CREATE TABLE TYPE ENUM DOMAIN FUNCTION VIEW
INDEX ALTER ADD COLUMN DROP CONSTRAINT PRIMARY KEY REFERENCES CHECK UNIQUE interval timestamp
with time zone int text numeric bigint jsonb authors books shelf id name bio mood tags duo span
title twice coalesce unnest count sum generate_series jsonb_build_object array_agg @id $1 $2
$99999999999 sqlc.arg(x) sqlc.narg('y') sqlc.embed(a) sqlc.slice(z) ( ) [ ] , ; . .. :: := => +
- * / % ^ < > = <> != ~ || -> ->> #> @> ? ! & | 1 0 -1 1.5 1e400 .5 0x1F 0b2 1_000
99999999999999999999999 'a' '' E'\\n' E'\\uD800' U&'\\0061' B'1' X'F' $$x$$ $a$ "q" "" "a""b" /*
*/ -- \\n """.strip(),
)
NAMES = [
    "class",
    "None",
    "self",
    "conn",
    "mro",
    "__init__",
    "_",
    "_1",
    "1",
    "a-b",
    "a b",
    "a.b",
    'a"b',
    "a'b",
    "a\\",
    "a\nb",
    "a\tb",
    "\xe9",
    "\ufb01",
    "\xaa",
    "\xbd",
    "m\xb2",
    "\u540d",
    "\uff21",
    "\uff49\uff46",
    "\u202e",
    "\u200b",
    "\U0001f600",
    "A" * 70,
    "a" * 300,
    "{x}",
    "%s",
    "$1",
    '"""',
    "'''",
    "#",
    "\\N{DASH}",
    "\u2028",
    "\x7f",
    "\x1b[0m",
    "ok",
    "models",
    "querier",
    "typing",
    "asyncpg",
    "list",
    "str",
    "int",
    "annotations",
    "field",
    "dataclass",
]


def _files() -> list[str]:
    found = sorted((TESTS / "cases").rglob("*.sql"))
    return [path.read_text(encoding="utf-8", errors="replace") for path in found[::7]]


_CORPUS: list[str] = []


def project(random: Random) -> Project:
    """One project; the same for the same state of `random`."""
    kinds = (_of_schemas, _of_queries, _of_words, _of_names, _of_toml, _of_sqlc)
    (made,) = random.choices(kinds, (3, 5, 5, 3, 2, 2))
    return made(random)


def _of_schemas(random: Random) -> Project:
    return _project(mutated(random, random.choice((SCHEMA, _of_corpus(random)))), QUERIES)


def _of_queries(random: Random) -> Project:
    text = random.choice((QUERIES, f"-- name: Q :many\n{_of_corpus(random)}"))
    return _project(SCHEMA, mutated(random, text))


def _of_words(random: Random) -> Project:
    if random.random() < 0.2:
        return _project(SCHEMA + " ".join(random.choices(WORDS, k=random.randint(1, 40))), QUERIES)
    return _project(SCHEMA, "\n".join(_query(random, number) for number in range(3)))


def _query(random: Random, number: int) -> str:
    begin = random.choice(BEGINNINGS)
    listed = ", ".join(expression(random, 0) for _ in range(random.randint(1, 3)))
    end = random.choice(("", " FROM authors", " FROM authors JOIN books USING (id)", " FROM shelf"))
    where = f" WHERE {expression(random, 1)}" if end and random.random() < 0.5 else ""
    words = "".join(f"{random.choice(HEADERS)}\n" for _ in range(random.choice((0, 0, 1, 2))))
    words = words.replace("X", random.choice(PLAIN)).replace("Y", random.choice(NAMES))
    return f"-- name: Q{number} :{random.choice(COMMANDS)}\n{words}{begin} {listed}{end}{where};"


BEGINNINGS = (
    *("SELECT",) * 6,
    "SELECT DISTINCT",
    "INSERT INTO books (id, author_id, title) SELECT",
    "UPDATE authors SET name =",
    "WITH q AS (SELECT 1 AS x) SELECT",
    "DELETE FROM books RETURNING",
    "EXPLAIN SELECT",
    "",
)
COMMANDS = ("one", "many", "many", "exec", "execrows", "copyfrom", "stream", "batchone", "nope")
HEADERS = """\
-- @nonnull X
-- @nullable X, Y
-- @nonnull X[]
-- @json data = dict(str, object)
-- @json data = Y
-- @json X = list[my.Y]
-- @cache X
-- @omit X, Y.X
-- @optional X, Y
-- @allow comparison-with-null: Y
-- @sort X = Y
-- @page (X, Y)
-- @param Y: text
-- @partial
-- @row Y
-- @rows
-- Y
/* Y */
""".splitlines()
FORMS = """\
({0})
{0} + {1}
{0} = {1}
{0} AND {1}
{0} || {1}
coalesce({0}, {1})
{0}::int
{0}::text[]
ARRAY[{0}, {1}]
CASE WHEN {0} THEN {1} ELSE {2} END
(SELECT {0} FROM authors WHERE {1})
ARRAY(SELECT {0} FROM books)
{0} IN ({1}, {2})
{0} = ANY({1})
{0}[{1}]
({0}).{1}
count({0}) FILTER (WHERE {1})
{0} IS NULL
{0} BETWEEN {1} AND {2}
ROW({0}, {1})
{0}, {1}
sum({0}) OVER (PARTITION BY {1} ORDER BY {2})
NOT {0}
- {0}
EXISTS (SELECT {0})
CAST({0} AS {1})
{0} AS {1}
jsonb_build_object('a', {0})
@p{0}
(VALUES ({0}), ({1}))
(SELECT {0} UNION SELECT {1})
jsonb_agg({0} ORDER BY {1})
string_agg({0}, {1})
greatest({0}, {1})
unnest({0})
extract(year FROM {0})
""".splitlines()
PLAIN = """\
1 2.5 'a' NULL true id name bio born mood tags data duo score title authors.id @id $1 now()
'{}'::text[] current_date 'sad'::mood DEFAULT *
""".split()  # noqa: SIM905


def expression(random: Random, depth: int) -> str:
    """Mostly well-formed, with any word now and then."""
    if depth > 3 or random.random() < 0.35:
        return random.choice(WORDS if random.random() < 0.01 else PLAIN)
    inner = [expression(random, depth + 1) for _ in range(3)]
    form = random.choice(FORMS)
    return form.format(*inner)


def _of_names(random: Random) -> Project:
    table, column, other, label, query, parameter, file = random.choices(NAMES, k=7)
    quoted = [name.replace('"', '""') for name in (table, column, other)]
    schema = (
        f"CREATE TYPE \"{quoted[2]}\" AS ENUM ('{label.replace(chr(39), chr(39) * 2)}');\n"
        f'CREATE TABLE "{quoted[0]}" ("{quoted[1]}" int, "x{quoted[2]}" "{quoted[2]}");\n'
        f"COMMENT ON TABLE \"{quoted[0]}\" IS '{label.replace(chr(39), chr(39) * 2)}';\n"
    )
    if random.random() < 0.6:
        query = "Q"
    if random.random() < 0.6:
        parameter = "p"
    text = (
        f"-- name: {query} :many\n-- {label}\n"
        f'SELECT *, 1 AS "{quoted[2]}" FROM "{quoted[0]}" WHERE "{quoted[1]}" = @{parameter};\n'
    )
    made = _project(schema, text)
    name = "".join(letter for letter in file if letter not in "/\0")[:60]
    made[f"more/{name}.sql"] = (
        f"-- name: Other{random.randint(0, 9)} :one\nSELECT 1 AS x;\n".encode()
    )
    kind = random.choice(("dataclass", "pydantic", "msgspec", "attrs", "namedtuple"))
    extra = random.choice(("", 'shape = "class"', f'model = "{kind}"'))
    made["sqlwright.toml"] = (
        f'schema = "schema.sql"\nqueries = ["queries.sql", "more"]\nout = "generated"\n{extra}\n'
    ).encode()
    return made


def _of_toml(random: Random) -> Project:
    lines = [CONFIGURATION]
    for _ in range(random.choice((1, 1, 2, 4))):
        key = random.choice((*(option.name for option in OPTIONS), "packages", "nope"))
        lines.append(f"{key} = {_value(random, 0)}\n")
    made = _project(SCHEMA, QUERIES)
    text = "".join(random.sample(lines, len(lines)))
    made["sqlwright.toml"] = mutated(random, text) if random.random() < 0.5 else text.encode()
    return made


def _value(random: Random, depth: int) -> str:
    if depth > 3 or random.random() < 0.5:
        return random.choice(
            (
                "1",
                "-1",
                "1.5",
                "true",
                "inf",
                "2020-01-01",
                '""',
                '"\\u0000"',
                "9" * 30,
                '"class"',
                "'''a'''",
                json.dumps(random.choice(NAMES)),
                '"authors.name"',
                '"list[int]"',
                '"a.b.C[d, 1]"',
                '"__import__(1)"',
            )
        )
    if random.random() < 0.5:
        return f"[{', '.join(_value(random, depth + 1) for _ in range(random.randint(0, 3)))}]"
    keys = random.sample(["column", "type", "python", "from-db", "to-db", "query", "a", "b"], 3)
    return "{" + ", ".join(f"{key} = {_value(random, depth + 1)}" for key in keys) + "}"


def _of_sqlc(random: Random) -> Project:
    made = _project(SCHEMA, QUERIES)
    del made["sqlwright.toml"]
    pieces = (
        "&a ",
        "*a",
        "<<: *a",
        "!!float abc",
        "!!int ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        "- ",
        ": ",
        "\n",
        "  ",
        '"\\UFFFFFFFF"',
        "|",
        ">",
        "~",
        "0x_",
        "1:2:3",
        "!!binary x",
        "%",
        "@",
        "\t",
        "---\n",
        "...",
    )
    text = SQLC
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(text))
        text = text[:at] + random.choice(pieces) + text[at + random.choice((0, 0, 1, 5)) :]
    made["sqlc.yaml"] = mutated(random, text) if random.random() < 0.3 else text.encode()
    return made


def mutated(random: Random, text: str) -> bytes:
    """A text with pieces taken out, put in, doubled, swapped, or made of bytes that are no text."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        if not text:
            break
        if random.random() < 0.6:
            text = _token_changed(random, text)
            continue
        first, last = sorted(random.randrange(len(text) + 1) for _ in range(2))
        last = min(last, first + random.choice((1, 5, 40, 400)))
        piece = text[first:last]
        text = (
            text[:first]
            + random.choice(
                (
                    lambda piece: "",
                    lambda piece: piece * 2,
                    lambda piece: piece * random.choice((3, 30)),
                    lambda piece: f" {random.choice(WORDS)} {piece}",
                    lambda piece: random.choice(NAMES),
                    lambda piece: f"({piece})",
                    lambda piece: piece[::-1],
                    lambda piece: random.choice("'\"$;()[]{}\\/*-@:,\0\ufeff\r\n\t\u2028é"),
                    lambda piece: f"{random.choice(WORDS)}" * 3,
                    lambda piece: str(random.choice((0, -1, 2**31, 2**63, 10**40))),
                )
            )(piece)
            + text[last:]
        )
    data = text[:20_000].encode("utf-8", "surrogatepass")
    if random.random() < 0.05:
        at = random.randrange(len(data) + 1)
        data = data[:at] + bytes([random.randrange(256)]) + data[at:]
    return data


_TOKEN = re.compile(r"[A-Za-z_]\w*|\d+|'[^'\n]*'|[^\w\s]")


def _token_changed(random: Random, text: str) -> str:
    """One token out, doubled, or replaced by another of its kind, most often of the same text."""
    tokens = list(_TOKEN.finditer(text))
    if not tokens:
        return text
    old, new = random.choice(tokens), random.choice(tokens)[0]
    alike = [each[0] for each in tokens if each[0][0].isalpha() == old[0][0].isalpha()]
    put = random.choice(("", f"{old[0]} {old[0]}", new, random.choice(alike), random.choice(WORDS)))
    return f"{text[: old.start()]}{put}{text[old.end() :]}"


def _of_corpus(random: Random) -> str:
    if not _CORPUS:
        _CORPUS.extend(_files())
    return random.choice(_CORPUS)[:4000]


def _project(schema: str | bytes, queries: str | bytes) -> Project:
    files = {"schema.sql": schema, "queries.sql": queries, "sqlwright.toml": CONFIGURATION}
    return {
        name: text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        for name, text in files.items()
    }
