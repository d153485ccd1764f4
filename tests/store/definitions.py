"""What edits put into a project: definitions, queries, comments and options."""

from __future__ import annotations

SCHEMA = {
    "10_types.sql": "CREATE TYPE mood AS ENUM ('calm', 'cross');\nCREATE DOMAIN name AS text;\n",
    "20_tables.sql": """\
CREATE TABLE authors (id bigint PRIMARY KEY, name name NOT NULL, mood mood, born date);
CREATE TABLE books (
    id bigint PRIMARY KEY,
    author bigint NOT NULL REFERENCES authors,
    title text NOT NULL,
    tags text[] NOT NULL DEFAULT '{}',
    read_at timestamptz
);
""",
    "30_views.sql": """\
CREATE VIEW titles AS SELECT b.id, title, name FROM books b JOIN authors a ON a.id = author;
CREATE FUNCTION shout(word text) RETURNS text LANGUAGE sql AS 'SELECT upper(word)';
""",
    "40_more.sql": """CREATE TABLE loans (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    book bigint REFERENCES books ON DELETE SET NULL,
    reader text DEFAULT 'nobody',
    pages int CHECK (pages > 0),
    CONSTRAINT one_reader UNIQUE (book, reader)
);
CREATE TABLE long_loans (until date) INHERITS (loans);
CREATE MATERIALIZED VIEW readers AS SELECT reader, count(*) AS loans FROM loans GROUP BY reader;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE VIEW own_loans AS SELECT id, reader FROM loans WHERE reader IS NOT NULL;
""",
}
DEFINITIONS = (
    "CREATE TABLE later (id int);",
    "CREATE TABLE books_again (note text) INHERITS (books);",
    "CREATE TRIGGER noted BEFORE INSERT OR UPDATE ON books FOR EACH ROW EXECUTE FUNCTION note();",
    "CREATE TRIGGER noted BEFORE INSERT ON loans FOR EACH ROW EXECUTE FUNCTION note();",
    "CREATE RULE kept AS ON UPDATE TO books DO INSTEAD NOTHING;",
    "CREATE RULE kept AS ON INSERT TO loans DO ALSO SELECT 1;",
    "ALTER TABLE authors ADD COLUMN age int;",
    "ALTER TABLE authors ALTER COLUMN mood SET NOT NULL;",
    "ALTER TABLE authors ADD CHECK (born IS NOT NULL);",
    "ALTER TABLE authors ADD UNIQUE (name);",
    "ALTER TABLE loans ALTER COLUMN book SET NOT NULL;",
    "ALTER TABLE loans DROP CONSTRAINT one_reader;",
    "ALTER TABLE books DROP CONSTRAINT books_author_fkey;",
    "ALTER TABLE books DISABLE TRIGGER ALL;",
    "ALTER TABLE books ENABLE ROW LEVEL SECURITY;",
    "ALTER TABLE books RENAME COLUMN title TO called;",
    "ALTER TABLE loans ALTER COLUMN pages TYPE bigint;",
    "ALTER TABLE loans ALTER COLUMN reader DROP DEFAULT;",
    "ALTER TYPE mood ADD VALUE 'quiet';",
    "ALTER DOMAIN public.name SET NOT NULL;",
    "CREATE SCHEMA own; CREATE TABLE own.books (id text, author int, title int, tags text[]);",
    "ALTER DATABASE d SET search_path = own, public;",
    "CREATE FUNCTION upper(word name) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    "CREATE FUNCTION shout(word name) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';",
    "CREATE FUNCTION count(any_one mood) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    "CREATE OR REPLACE FUNCTION shout(word text) RETURNS text LANGUAGE sql AS 'SELECT word';",
    "CREATE OR REPLACE FUNCTION shout(word text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';",
    "CREATE FUNCTION same(a text[], b text[]) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
    "CREATE OPERATOR public.@> (LEFTARG = text[], RIGHTARG = text[], FUNCTION = same);",
    "CREATE FUNCTION as_mood(a text) RETURNS mood LANGUAGE sql AS 'SELECT NULL::mood';\n"
    "CREATE CAST (text AS mood) WITH FUNCTION as_mood(text) AS IMPLICIT;",
    "CREATE OR REPLACE VIEW own_loans AS SELECT id, reader FROM loans;",
    "CREATE EXTENSION citext;",
    "CREATE SCHEMA apart; CREATE EXTENSION pg_trgm WITH SCHEMA apart;",
    "ALTER DATABASE d SET search_path = public, apart;",
    "CREATE DOMAIN number AS bigint CHECK (VALUE > 0);",
    "CREATE UNIQUE INDEX ON loans (book);",
    "DROP TABLE long_loans;",
    "DROP TABLE books CASCADE;",
    "COMMENT ON TABLE books IS 'What there is to read';",
    "CREATE COLLATION vague (provider = icu, locale = 'und', deterministic = false);",
    "BEGIN;",
    "COMMIT;",
    "ROLLBACK;",
    "CREATE TEMP TABLE passing (id int) ON COMMIT DROP;",
    "CREATE TABLE like_books (LIKE books INCLUDING ALL);",
    "ALTER TABLE loans ADD COLUMN extra jsonb;",
    "ALTER TABLE loans DROP COLUMN pages;",
    "ALTER TABLE books DROP COLUMN tags, ADD COLUMN tags text;",
    "ALTER TABLE books RENAME TO volumes;",
    "ALTER TABLE authors ALTER COLUMN name TYPE text;",
    "ALTER TYPE mood RENAME VALUE 'calm' TO 'quiet';",
    "ALTER TYPE mood RENAME TO temper;",
    "DROP VIEW titles;",
    "DROP VIEW titles; CREATE VIEW titles AS SELECT id, title, NULL::text AS name FROM books;",
    "DROP FUNCTION shout(text);",
    "DROP TYPE mood CASCADE;",
    "DROP EXTENSION citext;",
    "DROP SCHEMA IF EXISTS own CASCADE;",
    "ALTER DOMAIN public.name ADD CHECK (VALUE <> '');",
    "SET search_path = own, public;",
    "-- @allow dynamic-definition: it makes none\nSELECT make_tables(3);",
    "SELECT make_tables(3);",
    "DO $$ BEGIN ALTER TABLE authors ADD COLUMN since date NOT NULL; END $$;",
    "DO $$ BEGIN EXECUTE current_setting('app.sql'); END $$;",
    "CREATE FUNCTION made() RETURNS SETOF books LANGUAGE sql AS 'SELECT * FROM books';",
    "CREATE AGGREGATE joined(text) (SFUNC = textcat, STYPE = text);",
    "CREATE TYPE place AS (city text, street text); ALTER TABLE authors ADD COLUMN home place;",
    "CREATE POLICY own ON books USING (author = 1); CREATE SEQUENCE counted;",
    "ALTER TABLE loans ADD CONSTRAINT paged CHECK (pages < 1000); -- @error TooLongError",
    "CREATE TABLE parts (id int, part int) PARTITION BY LIST (part);\n"
    "CREATE TABLE part_1 PARTITION OF parts FOR VALUES IN (1);",
)
QUERIES = {
    "authors.sql": """\
-- name: GetAuthor :one
-- One author.
SELECT * FROM authors WHERE id = @id;

-- name: ListAuthors :many
SELECT id, name, shout(name) AS loud FROM authors WHERE mood = sqlc.narg(mood) ORDER BY id;

-- name: Unborn :many
SELECT id FROM authors WHERE born < 'infinity' AND id > @after LIMIT 10;

-- name: AddAuthor :exec
INSERT INTO authors (id, name, mood) VALUES (@id, @name, @mood);
""",
    "books.sql": """\
-- name: BooksOf :many
SELECT sqlc.embed(books), a.name FROM books JOIN authors a ON a.id = author WHERE a.name = @name;

-- name: Tagged :many
SELECT id, title, tags FROM books WHERE tags @> @tags;

-- name: Title :one
SELECT title FROM titles WHERE id = @id;

-- name: Latest :one
SELECT max(read_at) AS latest, count(*) FROM books;

-- name: Retitle :execrows
UPDATE books SET title = @title WHERE id = @id
""",
    "loans.sql": """-- name: Lend :one
INSERT INTO loans (book, reader, pages) VALUES (@book, @reader, @pages) RETURNING *;

-- name: LoansOf :many
SELECT l.*, b.title, coalesce(l.pages, 0) AS pages_read
FROM loans l LEFT JOIN books b ON b.id = l.book WHERE l.reader = @reader;

-- name: Readers :many
SELECT r.reader, r.loans FROM readers r ORDER BY r.loans;

-- name: OwnLoans :many
SELECT id, reader FROM own_loans;

-- name: LoanOf :one
SELECT id, pages FROM ONLY loans WHERE book = @book AND reader = @reader;

-- name: Forget :one
DELETE FROM ONLY long_loans WHERE until < @day RETURNING id, until;

-- name: Shouted :many
SELECT id FROM loans WHERE reader = upper(@note);
""",
}
REPLACEMENTS = (
    ("id bigint", "id integer"),
    ("id integer", "id bigint"),
    (" NOT NULL", ""),
    ("text", "varchar(20)"),
    ("mood mood", "mood mood NOT NULL"),
    ("'calm'", "'calm', 'quiet'"),
    ("CREATE TABLE books", "CREATE TABLE IF NOT EXISTS books"),
    ("SELECT id", "SELECT"),
    ("id", "idd"),
    ("idd", "id"),
    (";", ";;"),
    (";", ""),
    ("'", "''"),
    ("'", ""),
    ("\n", "\n-- a remark; of 'no' use\n"),
    ("\n", "\n/* one of\nseveral lines */\n"),
    ("\n\n", "\n"),
    (":many", ":one"),
    (":one", ":many"),
    ("@id", "@number"),
    ("-- name: Tagged", "-- name: Title"),
    ("SELECT", "-- @nullable title\nSELECT"),
    ("count(*)", "'infinity'::date AS born"),
    ("(", "(("),
    ("WHERE", "WHERE true AND"),
    ("'infinity'", "'2020-01-01'"),
    ("FROM loans", "FROM later"),
)
OPTIONS = (
    'postgresql = "14"',
    'postgresql = "17"',
    'schema-order = "strict"',
    'unknown-functions = "warn"',
    'model = "namedtuple"',
    'model = "typeddict"',
    'model = "pydantic"',
    "frozen = true",
    'shape = "class"',
    'json = "text"',
    "exact-names = true",
    'plural-models = ["books"]',
    "unused-models = true",
    "parameter-limit = 1",
    "line-length = 60",
    "domain-types = true",
    'required-version = ">=99"',
    "check-literals = true",
    'runtime = "own.runtime"',
    "exceptions = true",
    "unheard-of = 1",
    '[json]\nlibrary = "orjson"\ncolumns = {"loans.extra" = "builtins.dict"}',
    '[renames.fields]\nname = "called"\ntitle = "called"',
    '[renames.models]\nbooks = "Volume"',
    '[renames.functions]\nTitle = "title_of"',
    '[renames.exceptions]\none_reader = "TakenError"',
    '[diagnostics]\nmany-returns-one = "off"\nunused-parameter = "error"',
    '[diagnostics]\nmany-returns-one = "error"',
    '[[overrides]]\ncolumn = "books.title"\npython = "str"',
    '[[overrides]]\ntype = "mood"\npython = "app.Mood"\nfrom-db = "app.Mood"',
    '[[overrides]]\nquery = "Latest.latest"\npython = "datetime.datetime"',
)
MARKS = (
    "-- @allow many-returns-one: there is one",
    "-- @allow unused-parameter: it is said twice",
    "-- @allow duplicate-input-rows",
    "-- @nonnull title",
    "-- @nonnull latest",
    "-- @nullable name",
    "-- @nullable @id",
    "-- @optional name",
    "-- @optional reader, book",
    "-- @partial",
    "-- @sort last = id DESC",
    "-- @page",
    "-- @row Volume",
    "-- @row Loan",
    "-- @params Given",
    "-- @omit mood, tags",
    "-- @rows",
    "-- @json made",
    "-- @fields made = id, title",
    "-- @error TakenError",
    "-- A remark of two words: 'one'.",
    "-- name: Near",
    "--",
)
MORE_QUERIES = (
    "-- name: Made :many\nSELECT a.id, (SELECT json_agg(b) FROM books b WHERE b.author = a.id)\n"
    "AS made FROM authors a;\n",
    "-- name: Nested :many\n-- @fields made = id, title\nSELECT name, ARRAY(\n"
    "    SELECT ROW(b.id, b.title) FROM books b WHERE b.author = a.id) AS made FROM authors a;\n",
    "-- name: LendAll :many\n-- @rows\nINSERT INTO loans (book, reader) SELECT u.book, u.reader\n"
    "FROM unnest(@book::bigint[], @reader::text[]) AS u (book, reader) RETURNING id;\n",
    "-- name: CopyLoans :copyfrom\nINSERT INTO loans (book, reader) VALUES (@book, @reader);\n",
    "-- name: Upserted :one\nINSERT INTO loans (book, reader) VALUES (@book, @reader)\n"
    "ON CONFLICT (book, reader) DO UPDATE SET pages = loans.pages + 1 RETURNING *;\n",
    "-- name: Search :many\n-- @optional title, author\n-- @sort newest = id DESC\n-- @page\n"
    "SELECT * FROM books WHERE title = @title AND author = @author ORDER BY id LIMIT @most;\n",
    "-- name: Patch :one\n-- @partial\nUPDATE authors SET mood = @mood, born = @born WHERE id = @id"
    " RETURNING *;\n",
    "-- name: Streamed :stream\nSELECT * FROM books;\n",
    "-- name: Batched :batchone\nSELECT shout(@word) AS loud;\n",
    "-- name: Joined :many\n-- @row Joined\nSELECT b.title, sqlc.embed(a) FROM books b\n"
    "LEFT JOIN authors a ON a.id = b.author;\n",
    "-- name: JoinedToo :many\n-- @row Joined\nSELECT b.title, sqlc.embed(a) FROM books b\n"
    "JOIN authors a ON a.id = b.author;\n",
    "-- name: Later :many\nSELECT * FROM later;\n",
    "-- name: Alike :many\nSELECT id FROM books WHERE title % @word ORDER BY title <-> @word;\n",
    "-- name: AddBooks :exec\nINSERT INTO books (id, title)\n"
    "SELECT * FROM unnest($1::int[], $2::text[]);\n",
    "-- name: Unknown :one\nSELECT unheard(id)::int AS n FROM books WHERE id = @id;\n",
    "-- name: WithAll :many\nWITH RECURSIVE up AS (SELECT id, author FROM books WHERE id = @id\n"
    "UNION ALL SELECT b.id, b.author FROM books b JOIN up ON up.author = b.id) SELECT * FROM up;\n",
    "-- name: Merged :execrows\nMERGE INTO loans l USING books b ON l.book = b.id\n"
    "WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (book) VALUES (b.id);\n",
)
