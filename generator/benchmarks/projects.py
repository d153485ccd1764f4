"""Projects to generate from, made up in the sizes of real ones: their files and both programs'
configurations."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Project:
    """A folder in which both programs generate; `query` and `table` are files that a change of one
    query or of one table is made in."""

    folder: Path
    query: Path
    table: Path


TABLE = """\
CREATE TYPE state_{n} AS ENUM ('new', 'running', 'done', 'failed');

CREATE TABLE item_{n} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id uuid NOT NULL,
    parent_id bigint REFERENCES item_{before} (id) ON DELETE CASCADE,
    name text NOT NULL,
    slug varchar(80) NOT NULL CHECK (slug <> ''),
    state state_{n} NOT NULL DEFAULT 'new',
    data jsonb,
    tags text[] NOT NULL DEFAULT '{{}}',
    amount numeric(12, 2) CONSTRAINT item_{n}_amount_is_positive CHECK (amount >= 0),
    attempts integer NOT NULL DEFAULT 0,
    note text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz,
    finished_at timestamptz,
    CONSTRAINT item_{n}_slug UNIQUE (tenant_id, slug)
);

COMMENT ON TABLE item_{n} IS 'What is kept of the things of kind {n}, one row each';
CREATE INDEX item_{n}_parent ON item_{n} (parent_id);
CREATE INDEX item_{n}_waiting ON item_{n} (tenant_id, created_at) WHERE finished_at IS NULL;
"""

QUERIES = (
    """\
-- name: GetItem{q} :one
SELECT * FROM item_{n} WHERE id = $1 AND tenant_id = @tenant_id::uuid LIMIT {most};
""",
    """\
-- name: ListItem{q} :many
SELECT i.id, i.name, i.slug, i.state, p.name AS parent_name, p.created_at AS parent_created_at,
    coalesce(i.updated_at, i.created_at) AS touched_at
FROM item_{n} i
LEFT JOIN item_{before} p ON p.id = i.parent_id
WHERE i.tenant_id = @tenant_id::uuid
    AND (sqlc.narg('name')::text IS NULL OR i.name ILIKE sqlc.narg('name')::text)
    AND (sqlc.narg('after')::timestamptz IS NULL OR i.created_at > sqlc.narg('after')::timestamptz)
    AND i.tags && @tags::text[]
ORDER BY i.created_at DESC, i.id
LIMIT {most} + @most::integer OFFSET @skipped::integer;
""",
    """\
-- name: CreateItem{q} :one
INSERT INTO item_{n} (tenant_id, parent_id, name, slug, data, tags, amount)
VALUES (@tenant_id, @parent_id, @name, @slug, @data, @tags, @amount)
ON CONFLICT (tenant_id, slug) DO UPDATE
SET name = EXCLUDED.name, attempts = item_{n}.attempts + {most}, updated_at = now()
RETURNING *;
""",
    """\
-- name: CountItem{q} :many
WITH waiting AS (
    SELECT id, tenant_id, parent_id, amount, created_at
    FROM item_{n}
    WHERE finished_at IS NULL AND tenant_id = @tenant_id::uuid
),
totals AS (
    SELECT parent_id, count(*) AS waiting, sum(amount) AS amount, min(created_at) AS oldest
    FROM waiting
    GROUP BY parent_id
)
SELECT p.id, p.name, p.state, totals.waiting, totals.amount, totals.oldest,
    CASE WHEN totals.waiting > {most} THEN 'many' ELSE 'few' END AS how_many
FROM totals
JOIN item_{before} p ON p.id = totals.parent_id
WHERE p.id = ANY (@ids::bigint[])
    AND EXISTS (SELECT 1 FROM item_{n} o WHERE o.parent_id = p.id AND o.state = 'failed')
ORDER BY totals.waiting DESC;
""",
    """\
-- name: FinishItem{q} :execrows
UPDATE item_{n}
SET state = 'done', finished_at = now(), attempts = attempts + {most},
    note = coalesce(sqlc.narg('note'), note),
    data = jsonb_set(coalesce(data, '{{}}'), '{{result}}', @result::jsonb)
WHERE tenant_id = @tenant_id::uuid AND id = ANY (@ids::bigint[]) AND finished_at IS NULL;
""",
    """\
-- name: RetryItem{q} :many
WITH input AS (
    SELECT unnest(@ids::bigint[]) AS id, unnest(@names::text[]) AS name
),
locked AS (
    SELECT i.id, i.tenant_id, i.parent_id, i.attempts, i.created_at, input.name
    FROM item_{n} i
    JOIN input ON input.id = i.id
    WHERE i.tenant_id = @tenant_id::uuid AND i.state = 'failed' AND i.attempts < {most} + 9
    ORDER BY i.id
    FOR UPDATE OF i SKIP LOCKED
),
parents AS (
    SELECT p.id, p.name, p.amount, row_number() OVER (PARTITION BY p.state ORDER BY p.id) AS place
    FROM item_{before} p
    WHERE p.id IN (SELECT locked.parent_id FROM locked)
),
updated AS (
    UPDATE item_{n} i
    SET state = 'new', attempts = i.attempts + 1, finished_at = NULL,
        name = coalesce(locked.name, i.name), updated_at = now(),
        note = CASE WHEN i.attempts > 3 THEN concat('tried ', i.attempts, ' times') ELSE i.note END
    FROM locked
    WHERE i.id = locked.id
    RETURNING i.id, i.tenant_id, i.parent_id, i.name, i.state, i.attempts, i.updated_at
)
SELECT u.id, u.name, u.state, u.attempts, u.updated_at, parents.name AS parent_name,
    parents.amount, parents.place,
    (SELECT count(*) FROM item_{n} o WHERE o.parent_id = u.parent_id AND o.id <> u.id) AS others
FROM updated u
LEFT JOIN parents ON parents.id = u.parent_id
WHERE u.attempts > 0 OR parents.place IS NULL
UNION ALL
SELECT l.id, i.name, i.state, i.attempts, i.updated_at, NULL::text, NULL::numeric, NULL::bigint,
    0::bigint
FROM locked l
JOIN item_{n} i ON i.id = l.id AND i.tenant_id = l.tenant_id
WHERE NOT EXISTS (SELECT 1 FROM updated WHERE updated.id = l.id);
""",
    """\
-- name: PurgeItem{q} :exec
DELETE FROM item_{n} WHERE finished_at < @before::timestamptz AND attempts > {most};
""",
)


def table(number: int) -> str:
    """The statements that make one table."""
    return TABLE.format(n=number, before=max(0, number - 1))


def query(number: int, tables: int, most: int = 1) -> str:
    """One annotated query over one or two of so many tables."""
    on = number % tables
    return QUERIES[number % len(QUERIES)].format(q=number, n=on, before=max(0, on - 1), most=most)


def one_package(folder: Path, tables: int, queries: int, files: int = 1) -> Project:
    """One package of so many queries in so many files over one schema file."""
    schema = folder / "schema.sql"
    _write(schema, [table(number) for number in range(tables)])
    names = [folder / "queries" / f"q{at}.sql" for at in range(files)]
    for at, name in enumerate(names):
        _write(name, [query(number, tables) for number in range(at, queries, files)])
    _configure(folder, "schema.sql", ["queries"])
    return Project(folder, names[0], schema)


def many_packages(folder: Path, packages: int, tables: int, queries: int) -> Project:
    """Packages that share one schema."""
    schema = folder / "schema.sql"
    _write(schema, [table(number) for number in range(tables)])
    names = [folder / f"q{at}.sql" for at in range(packages)]
    for at, name in enumerate(names):
        _write(name, [query(number, tables) for number in range(at, queries, packages)])
    _configure(folder, "schema.sql", [name.name for name in names])
    return Project(folder, names[0], schema)


def migrations(folder: Path, files: int, tables: int, queries: int) -> Project:
    """One package whose schema is a folder of migrations: tables, then changes to them."""
    (folder / "migrations").mkdir(parents=True)
    for at in range(files):
        number = at % tables
        changes = f"ALTER TABLE item_{number} ADD COLUMN added_{at} text;\n"
        changes += f"CREATE INDEX item_{number}_added_{at} ON item_{number} (added_{at});\n"
        text = table(number) if at < tables else changes
        (folder / "migrations" / f"{at:04}_step.up.sql").write_text(text)
    _write(folder / "queries.sql", [query(number, tables) for number in range(queries)])
    _configure(folder, "migrations", ["queries.sql"])
    return Project(folder, folder / "queries.sql", folder / "migrations" / "0000_step.up.sql")


def worked_example(folder: Path) -> Project:
    """The example of this repository. sqlc refuses some of its queries, after it has looked at all
    of them."""
    for name in ("schema", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    _configure(folder, "schema", ["queries"])
    query, schema = (min((folder / name).iterdir()) for name in ("queries", "schema"))
    return Project(folder, query, schema)


def _write(path: Path, statements: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(statements))


def _configure(folder: Path, schema: str, queries: Sequence[str]) -> None:
    ours, theirs = [f'schema = ["{schema}"]\n'], ['version: "2"\nsql:\n']
    for at, name in enumerate(queries):
        ours.append(f'[[packages]]\nqueries = ["{name}"]\nout = "generated/p{at}"\n')
        theirs.append(
            f"  - engine: postgresql\n    schema: {schema}\n    queries: {name}\n"
            f"    gen: {{json: {{out: json/p{at}, filename: gen.json}}}}\n"
        )
    (folder / "sqlwright.toml").write_text("".join(ours))
    (folder / "sqlc.yaml").write_text("".join(theirs))
