"""Extract what PostgreSQL's own index methods can do from a live server into
`catalog/data/access_methods.txt`.

python -m generator.tools.extract_access_methods [--database-url URI] [--check]

Without a URI the embedded server is started. `--check` compares with the file that is there and
writes nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

import asyncpg

from .servers import embedded_server

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
    options = argparse.ArgumentParser(description="Extract what index methods can do.")
    options.add_argument("--database-url", help="a running server; by default the embedded one")
    options.add_argument("--check", action="store_true", help="compare only")
    chosen = options.parse_args()
    if chosen.database_url:
        text = asyncio.run(read_access_methods(chosen.database_url))
    else:
        with embedded_server() as uri:
            text = asyncio.run(read_access_methods(uri))
    if chosen.check:
        return 0 if ACCESS_METHODS.read_text(encoding="utf-8") == text else 1
    ACCESS_METHODS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
