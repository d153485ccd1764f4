"""Extract PostgreSQL's built-in catalog from a live server into `catalog/data/`.

    python -m generator.tools.extract_catalog [--database-url URI] [--out DIR] [--check]

Without a URI the embedded server is started. The same server gives the same bytes; `--check`
compares with the files that are there and writes nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

import asyncpg
from sqlwright.catalog.extraction import NAMES, SECTIONS, SERVER_NAMES_QUERY, builtin_rows, table

from .servers import embedded_server

CATALOG = Path(__file__).resolve().parents[1] / "sqlwright" / "catalog"

_OIDS_QUERY = """
    SELECT t.oid, upper(t.typname), upper(e.typname)
      FROM pg_type t
      LEFT JOIN pg_type e ON e.typarray = t.oid
     WHERE t.oid < 10000 AND t.typtype <> 'c'
     ORDER BY t.oid
"""


async def read_files(uri: str) -> dict[str, str]:
    """The files of one server, by path below the catalog package."""
    connection = await asyncpg.connect(uri)
    try:
        major = connection.get_server_version().major
        files = {}
        for section in SECTIONS:
            rows = [tuple(row) for row in await connection.fetch(section.query)]
            if section is NAMES:
                rows += [tuple(row) for row in await connection.fetch(SERVER_NAMES_QUERY)]
                rows.sort(key=lambda row: row[:3])
            path = f"data/pg{major}/{section.name}.tsv"
            files[path] = table(section.fields, builtin_rows(section, rows))
        files["oids.py"] = oid_constants(await connection.fetch(_OIDS_QUERY))
        return files
    finally:
        await connection.close()


def oid_constants(types: list[asyncpg.Record]) -> str:
    """A module of constants for the types below OID 10000; an array is named for its element."""
    about = "OIDs of PostgreSQL's built-in types, by name; written by the catalog extraction tool."
    lines = [f'"""{about}"""', ""]
    for oid, name, element in types:
        lines.append(f"{name if element is None else f'{element}_ARRAY'} = {oid}")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database-url", help="a running server instead of the embedded one")
    parser.add_argument("--out", type=Path, default=CATALOG, help="the catalog package to write to")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if it differs")
    options = parser.parse_args()
    if options.database_url:
        files = asyncio.run(read_files(options.database_url))
    else:
        with embedded_server() as uri:
            files = asyncio.run(read_files(uri))
    stale = [
        path
        for path, text in files.items()
        if not (options.out / path).exists() or (options.out / path).read_text() != text
    ]
    for path in stale:
        print(f"{'differs' if options.check else 'wrote'} {path}")
        if not options.check:
            (options.out / path).parent.mkdir(parents=True, exist_ok=True)
            (options.out / path).write_text(files[path])
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
