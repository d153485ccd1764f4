"""Extract PostgreSQL's keywords and their categories from a server: `sql/lexing/keywords.tsv`.

python -m generator.tools.extract_keywords [--database-url URI] [--check]

Without a URI the embedded server is started. The same server gives the same bytes; `--check`
compares with the file that is there and writes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import asyncpg

from .extracted_files import extract

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
    return extract("Extract PostgreSQL's keywords.", KEYWORDS, read_keywords)


if __name__ == "__main__":
    sys.exit(main())
