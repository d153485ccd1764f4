"""Extract extensions from a live server into `catalog/data/extensions/`.

    python -m generator.tools.extract_extensions [--programs BIN] [--check] [NAME...]

The server is the embedded one, or one started from the programs in BIN. Each extension is created
in a database of its own, with what it requires. Without names, every extension the server offers
is taken but those that only add a procedural language or serve one.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import asyncpg

from .extract_catalog import CATALOG
from .extracted_files import write_files
from .extraction import extension_text, read_extension
from .servers import embedded_server, installed_server

_AVAILABLE_QUERY = """
    SELECT name FROM pg_available_extensions
     WHERE name !~ 'pl(python|perl|tcl|pgsql)' ORDER BY name COLLATE "C"
"""


async def extension_files(uri: str, names: list[str]) -> dict[str, str]:
    """The files of these extensions, or of all, by path below the catalog package."""
    control = await asyncpg.connect(uri)
    try:
        wanted = names or [name for (name,) in await control.fetch(_AVAILABLE_QUERY)]
        files = {}
        for name in wanted:
            await control.execute("CREATE DATABASE extraction TEMPLATE template0")
            connection = await asyncpg.connect(uri, database="extraction")
            try:
                await connection.execute(f'CREATE EXTENSION "{name}" CASCADE')
                files[f"data/extensions/{name}.tsv"] = extension_text(
                    await read_extension(connection, name)
                )
            finally:
                await connection.close()
                await control.execute("DROP DATABASE extraction")
        return files
    finally:
        await control.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Extract extensions.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="an extension to extract")
    parser.add_argument("--programs", type=Path, help="programs of a server with the extensions")
    parser.add_argument(
        "--setting", action="append", default=[], help="name=value that the server needs"
    )
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if it differs")
    options = parser.parse_args()
    server: AbstractContextManager[str] = (
        installed_server(options.programs, options.setting)
        if options.programs
        else embedded_server()
    )
    with server as uri:
        files = asyncio.run(extension_files(uri, options.names))
    return write_files(files, CATALOG, options.check)


if __name__ == "__main__":
    sys.exit(main())
