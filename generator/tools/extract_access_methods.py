"""Extract what PostgreSQL's own index methods can do from a live server into
`catalog/data/access_methods.txt`.

python -m generator.tools.extract_access_methods [--database-url URI] [--check]

Without a URI the embedded server is started. `--check` compares with the file that is there and
writes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import asyncpg

from .extracted_files import extract

ACCESS_METHODS = (
    Path(__file__).resolve().parents[1] / "sqlwright" / "catalog" / "data" / "access_methods.txt"
)

_QUERY = """
    SELECT concat_ws(' ', a.amname,
                     string_agg(p.name, ' ' ORDER BY p.place)
                       FILTER (WHERE pg_indexam_has_property(a.oid, 'can_' || p.name)))
      FROM pg_am a,
           unnest('{order,unique,multi_col,exclude,include}'::text[])
             WITH ORDINALITY AS p(name, place)
     WHERE a.amtype = 'i' AND a.oid < 16384
     GROUP BY a.oid, a.amname
     ORDER BY a.amname
"""


async def read_access_methods(uri: str) -> str:
    """The file's text: on each line a method and its capabilities (manual, table 9.78)."""
    connection = await asyncpg.connect(uri)
    try:
        return "".join(f"{line}\n" for (line,) in await connection.fetch(_QUERY))
    finally:
        await connection.close()


def main() -> int:
    """Write the file, or compare with it; the exit code says whether it was up to date."""
    return extract("Extract what index methods can do.", ACCESS_METHODS, read_access_methods)


if __name__ == "__main__":
    sys.exit(main())
