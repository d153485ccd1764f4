"""Extract PostgreSQL's keywords and their categories from a server: `sql/lexing/keywords.tsv`.

python -m generator.tools.extract_keywords [--database-url URI] [--check]

Without a URI the embedded server is started. The same server gives the same bytes; `--check`
compares with the file that is there and writes nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

import asyncpg

from .servers import embedded_server

KEYWORDS = Path(__file__).resolve().parents[1] / "sqlwright" / "sql" / "lexing" / "keywords.tsv"

_QUERY = """
    SELECT word, catcode::text, CASE WHEN barelabel THEN 'bare' ELSE 'as' END
      FROM pg_get_keywords()
     ORDER BY word COLLATE "C"
"""


async def read_keywords(uri: str) -> str:
    """The file's text: word, category, and whether it may name a column without AS."""
    connection = await asyncpg.connect(uri)
    try:
        rows = await connection.fetch(_QUERY)
    finally:
        await connection.close()
    return "".join("\t".join(row) + "\n" for row in rows)


def main() -> int:
    """Write the file, or compare with it; the exit code says whether it was up to date."""
    options = argparse.ArgumentParser(description="Extract PostgreSQL's keywords.")
    options.add_argument("--database-url", help="a running server; by default the embedded one")
    options.add_argument("--check", action="store_true", help="compare only")
    chosen = options.parse_args()
    if chosen.database_url:
        text = asyncio.run(read_keywords(chosen.database_url))
    else:
        with embedded_server() as uri:
            text = asyncio.run(read_keywords(uri))
    if chosen.check:
        return 0 if KEYWORDS.read_text(encoding="utf-8") == text else 1
    KEYWORDS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
