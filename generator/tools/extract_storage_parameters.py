"""Extract the storage parameters of tables, views, columns and indexes from the embedded server
into `catalog/data/storage_parameters.tsv`.

python -m generator.tools.extract_storage_parameters [--database-url URI] [--check]

No catalog lists them, so that every word in the server's program is tried as one of each kind of
object, with a value that none takes; what the server says of it tells the type, and what it says of
the values tried then the range. `--check` compares with the file that is there and writes nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import asyncpg

from .extracted_files import extract
from .programs import words_of

STORAGE_PARAMETERS = (
    Path(__file__).resolve().parents[1]
    / "sqlwright"
    / "catalog"
    / "data"
    / "storage_parameters.tsv"
)

_SETUP = """
    CREATE TABLE pg_temp.probed (i int, t text, a int[], p point);
    CREATE VIEW pg_temp.probed_view AS SELECT 1 AS i;
    CREATE INDEX probed_btree ON pg_temp.probed USING btree (i);
    CREATE INDEX probed_hash ON pg_temp.probed USING hash (i);
    CREATE INDEX probed_brin ON pg_temp.probed USING brin (i);
    CREATE INDEX probed_gin ON pg_temp.probed USING gin (a);
    CREATE INDEX probed_gist ON pg_temp.probed USING gist (p);
    CREATE INDEX probed_spgist ON pg_temp.probed USING spgist (p);
    CREATE FUNCTION pg_temp.said(words text[], statement text, value text)
    RETURNS TABLE (word text, message text, detail text) LANGUAGE plpgsql AS $$
    BEGIN
        FOREACH word IN ARRAY words LOOP
            BEGIN
                EXECUTE format(statement, format('%I = %s', word, value));
                message := '';
                detail := '';
            EXCEPTION WHEN OTHERS THEN
                GET STACKED DIAGNOSTICS
                    message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
            END;
            RETURN NEXT;
        END LOOP;
    END $$;
"""
_KINDS = {
    "table": "ALTER TABLE pg_temp.probed SET (%s)",
    "toast": "ALTER TABLE pg_temp.probed SET (toast.%s)",
    "column": "ALTER TABLE pg_temp.probed ALTER t SET (%s)",
    "view": "ALTER VIEW pg_temp.probed_view SET (%s)",
    **{
        method: f"ALTER INDEX pg_temp.probed_{method} SET (%s)"
        for method in ("btree", "hash", "brin", "gin", "gist", "spgist")
    },
}
_TYPE = re.compile(r"invalid value for (boolean|integer|floating point|enum) option")
_RANGE = re.compile(r'Valid values are between "([^"]*)" and "([^"]*)"\.')
_WORDS_OF_VALUES = ("on", "off", "true", "false", "yes", "no", "1", "0")
_TOO_HIGH = {"integer": "2147483647", "floating point": "1e308"}
_TOO_LOW = {"integer": "-2147483648", "floating point": "-1e308"}


async def _said(
    connection: asyncpg.Connection, words: Iterable[str], statement: str, value: str
) -> dict[str, tuple[str, str]]:
    rows = await connection.fetch(
        "SELECT * FROM pg_temp.said($1, $2, $3)", list(words), statement, f"'{value}'"
    )
    return {word: (message, detail) for word, message, detail in rows}


async def _range(connection: asyncpg.Connection, word: str, statement: str, kind: str) -> list[str]:
    """The least and the greatest value, which are said of one that is out of bounds."""
    for value in (_TOO_HIGH[kind], _TOO_LOW[kind]):
        said = await _said(connection, [word], statement, value)
        found = _RANGE.match(said[word][1])
        if found is not None:
            return [*found.groups()]
    return ["", ""]


async def _values(
    connection: asyncpg.Connection, word: str, statement: str, detail: str
) -> list[str]:
    """The values of an enumeration: what is said of them, and which words are taken."""
    taken = set(re.findall(r'"([^"]*)"', detail))
    for value in _WORDS_OF_VALUES:
        if (await _said(connection, [word], statement, value))[word] == ("", ""):
            taken.add(value)
    return [detail, " ".join(sorted(taken))]


async def parameters(
    connection: asyncpg.Connection, words: list[str], kind: str, statement: str
) -> list[list[str]]:
    """The parameters of one kind of object: kind, name, type and values."""
    said = await _said(connection, words, statement, "no such value")
    found = []
    for word, (message, detail) in sorted(said.items()):
        type_ = _TYPE.match(message)
        if type_ is None:
            continue
        rest: list[str] = []
        if type_[1] == "enum":
            rest = await _values(connection, word, statement, detail)
        elif type_[1] != "boolean":
            rest = await _range(connection, word, statement, type_[1])
        found.append([kind, word, type_[1], *rest])
    return found


async def program(connection: asyncpg.Connection) -> bytes:
    """The server's program."""
    (folder,) = await connection.fetchrow("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
    return next(Path(folder).glob("postgres*")).read_bytes()


async def read_storage_parameters(uri: str) -> str:
    """The file's text, a parameter on each line."""
    connection = await asyncpg.connect(uri)
    try:
        await connection.execute(_SETUP)
        words = words_of(await program(connection))
        rows = []
        for kind, statement in _KINDS.items():
            rows += await parameters(connection, words, kind, statement)
        return "".join("\t".join(row) + "\n" for row in rows)
    finally:
        await connection.close()


def main() -> int:
    """Write the file, or compare with it; the exit code says whether it was up to date."""
    return extract("Extract storage parameters.", STORAGE_PARAMETERS, read_storage_parameters)


if __name__ == "__main__":
    sys.exit(main())
