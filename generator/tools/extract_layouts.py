"""Extract how values of built-in types are stored into `catalog/data/layouts.tsv`.

python -m generator.tools.extract_layouts [--database-url URI] [--check]

The server, by default the embedded one, is asked for the length, alignment and passing of each type
(pg_type); types of which that follows from what they are made of (arrays, rows, domains) are left
out.
"""

from __future__ import annotations

import sys
from pathlib import Path

import asyncpg

from .extracted_files import extract

LAYOUTS = Path(__file__).resolve().parents[1] / "sqlwright" / "catalog" / "data" / "layouts.tsv"

_QUERY = """
    SELECT oid, typname, typlen, typbyval, typalign::text, typstorage::text FROM pg_type
     WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm')
       AND typsubscript <> 'array_subscript_handler'::regproc ORDER BY oid
"""


async def read_layouts(uri: str) -> str:
    """The file's text: a type on each line."""
    connection = await asyncpg.connect(uri)
    try:
        rows = await connection.fetch(_QUERY)
    finally:
        await connection.close()
    lines = ["oid\tname\tlength\tby value\talignment\tstorage"]
    for oid, name, length, by_value, alignment, storage in rows:
        row = (oid, name, length, "t" if by_value else "f", alignment, storage)
        lines.append("\t".join(map(str, row)))
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the file, or compare with it; the exit code says whether it was up to date."""
    return extract("Extract the layouts of PostgreSQL's types.", LAYOUTS, read_layouts)


if __name__ == "__main__":
    sys.exit(main())
