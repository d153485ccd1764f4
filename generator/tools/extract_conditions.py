"""Extract the names of PL/pgSQL's exception conditions from the embedded server into
`sql/plpgsql/conditions.txt`.

python -m generator.tools.extract_conditions [--database-url URI] [--check]

No catalog lists them, so that every word in the language's library is tried as one. `--check`
compares with the file that is there and writes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import asyncpg

from .extracted_files import extract
from .programs import words_of

CONDITIONS = (
    Path(__file__).resolve().parents[1] / "sqlwright" / "sql" / "plpgsql" / "conditions.txt"
)


async def library(connection: asyncpg.Connection) -> bytes:
    """The library of PL/pgSQL."""
    (folder,) = await connection.fetchrow("SELECT setting FROM pg_config WHERE name = 'PKGLIBDIR'")
    return next(Path(folder).glob("plpgsql.*")).read_bytes()


async def sqlstate(connection: asyncpg.Connection, word: str) -> str | None:
    """The SQLSTATE that a condition is raised with, by its name as the message; None if there is no
    such condition."""
    try:
        await connection.execute(f'DO $$ BEGIN RAISE "{word}"; END $$')
    except asyncpg.PostgresError as error:
        found: str | None = error.sqlstate
        return found if error.message == word else None
    return None


async def read_conditions(uri: str) -> str:
    """The file's text: on each line a name and its SQLSTATE."""
    connection = await asyncpg.connect(uri)
    try:
        words = words_of(await library(connection))
        found = [(each, await sqlstate(connection, each)) for each in words]
        return "".join(f"{word} {code}\n" for word, code in found if code is not None)
    finally:
        await connection.close()


def main() -> int:
    """Write the file, or compare with it; the exit code says whether it was up to date."""
    return extract("Extract the names of exception conditions.", CONDITIONS, read_conditions)


if __name__ == "__main__":
    sys.exit(main())
