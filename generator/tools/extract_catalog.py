"""Extract PostgreSQL's built-in catalog from live servers into `catalog/data/`.

    python -m generator.tools.extract_catalog [--older BIN]... [--collations BIN] [--check]

The newest supported version comes from the embedded server and is written in full; for each older
one, started from the programs in BIN (`/usr/lib/postgresql/15/bin`), what differs is written.
`--collations` names programs on a machine that has every locale: the collations that initdb makes
of them are listed apart. The same servers give the same bytes; `--check` compares with the files
that are there and writes nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import asyncpg
from sqlwright.catalog.facts.sections import IMPORTED_COLLATIONS_QUERY, SECTIONS

from .extracted_files import write_files
from .extraction import (
    Numbers,
    Tables,
    difference_text,
    read_builtins,
    table,
)
from .servers import embedded_server, installed_server

CATALOG = Path(__file__).resolve().parents[1] / "sqlwright" / "catalog"

_OIDS_QUERY = """
    SELECT t.oid, upper(t.typname), upper(e.typname)
      FROM pg_type t
      LEFT JOIN pg_type e ON e.typarray = t.oid
     WHERE t.oid < 10000 AND t.typtype <> 'c'
     ORDER BY t.oid
"""


async def _read(uri: str, known: Numbers) -> tuple[int, Tables, Numbers, str]:
    connection = await asyncpg.connect(uri)
    try:
        major = connection.get_server_version().major
        tables, numbers = await read_builtins(connection, known)
        return major, tables, numbers, oid_constants(await connection.fetch(_OIDS_QUERY))
    finally:
        await connection.close()


def oid_constants(types: list[asyncpg.Record]) -> str:
    """A module of constants for the types below OID 10000; an array is named for its element."""
    about = "OIDs of PostgreSQL's built-in types, by name; written by the catalog extraction tool."
    lines = [f'"""{about}"""', ""]
    for oid, name, element in types:
        lines.append(f"{name if element is None else f'{element}_ARRAY'} = {oid}")
    return "\n".join(lines) + "\n"


def catalog_files(
    newest: AbstractContextManager[str], older: list[AbstractContextManager[str]]
) -> dict[str, str]:
    """The files made from these servers, by path below the catalog package."""
    with newest as uri:
        major, tables, numbers, oids = asyncio.run(_read(uri, {}))
    files = {
        f"data/pg{major}/{section.name}.tsv": table(section.fields, tables[section.name])
        for section in SECTIONS
    }
    files["oids.py"] = oids
    for server in older:
        with server as uri:
            major, older_tables, _, _ = asyncio.run(_read(uri, numbers))
        files[f"data/pg{major}.tsv"] = difference_text(tables, older_tables)
    return files


async def _imported_collations(uri: str) -> str:
    connection = await asyncpg.connect(uri)
    try:
        rows = await connection.fetch(IMPORTED_COLLATIONS_QUERY)
        return "".join(f"{name}\n" for (name,) in rows)
    finally:
        await connection.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Extract PostgreSQL's built-in catalog.")
    parser.add_argument(
        "--older", type=Path, action="append", default=[], help="programs of an older version"
    )
    parser.add_argument("--collations", type=Path, help="programs of a server with every locale")
    parser.add_argument("--out", type=Path, default=CATALOG, help="the catalog package to write to")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if it differs")
    options = parser.parse_args()
    files = catalog_files(embedded_server(), [installed_server(each) for each in options.older])
    if options.collations:
        with installed_server(options.collations) as uri:
            files["data/collations.txt"] = asyncio.run(_imported_collations(uri))
    return write_files(files, options.out, options.check)


if __name__ == "__main__":
    sys.exit(main())
