"""Extract the names of PostgreSQL's settings from a live server into `catalog/data/settings.txt`.

python -m generator.tools.extract_settings [--database-url URI] [--check]

Without a URI the embedded server is started. The same server gives the same bytes; `--check`
compares with the file that is there and writes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import asyncpg

from .extracted_files import extract

SETTINGS = Path(__file__).resolve().parents[1] / "sqlwright" / "catalog" / "data" / "settings.txt"

_QUERY = "SELECT name FROM pg_settings WHERE name NOT LIKE '%.%'"

_UNLISTED = ("is_superuser", "role", "seed", "session_authorization")
"""Settings that SHOW knows although pg_settings leaves them out."""


async def read_settings(uri: str) -> str:
    """The file's text: each name on a line, spelt as SHOW reports it."""
    connection = await asyncpg.connect(uri)
    try:
        names = {name for (name,) in await connection.fetch(_QUERY)}
        for name in _UNLISTED:
            shown = await connection.prepare(f"SHOW {name}")
            names.add(shown.get_attributes()[0].name)
    finally:
        await connection.close()
    return "".join(f"{name}\n" for name in sorted(names))


def main() -> int:
    """Write the file, or compare with it; the exit code says whether it was up to date."""
    return extract("Extract the names of PostgreSQL's settings.", SETTINGS, read_settings)


if __name__ == "__main__":
    sys.exit(main())
