"""Find out by calling them which functions and aggregates yield NULL, into `catalog/data/nulls/`.

    python -m generator.tools.probe_nulls [--programs BIN] [--setting NAME=VALUE]... [EXTENSION...]
    python -m generator.tools.probe_nulls --blank
    python -m generator.tools.probe_nulls --infinite

Strictness says that a NULL argument gives NULL, not that others never do. Each function is called
with the samples of `null_samples`; one that is not strict also with NULL at every place. Functions
that are not called (`DANGEROUS`), or of which no call goes through, are left out and so count as
ones that may yield NULL. With extension names, those extensions are probed instead of the built-in
functions. The embedded server has no libxml; one that has it tells more. `--blank` looks for
built-in functions that yield NULL for an empty text only, into `data/nulls/blank.tsv`; `--infinite`
for the fields that those which yield NULL for infinity have of it all the same, such as the year,
into `data/nulls/infinite.tsv`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import asyncpg

from . import null_probe
from .extract_catalog import CATALOG
from .extracted_files import write_files
from .null_functions import DANGEROUS, SITUATIONAL
from .null_probe import (
    Callable,
    Verdict,
    blank_places,
    infinite_fields,
    judge_aggregate,
    judge_function,
)
from .null_samples import SETUP
from .servers import embedded_server, installed_server

_CALLABLE_QUERY = """
    SELECT p.oid, n.nspname AS schema, p.proname AS name, p.prokind::text AS kind,
           p.proisstrict AS strict, p.provolatile = 'i' AS immutable,
           array(SELECT t.typname::text
                   FROM unnest(p.proargtypes) WITH ORDINALITY u(oid, place)
                   JOIN pg_type t ON t.oid = u.oid ORDER BY u.place) AS arguments,
           (SELECT typname FROM pg_type WHERE oid = p.provariadic) AS variadic,
           array(SELECT u.name
                   FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY u(name, mode, place)
                  WHERE u.mode IN ('o', 'b', 't') ORDER BY u.place) AS fields,
           a.aggkind::text AS aggregate, a.aggnumdirectargs AS direct
      FROM pg_proc p
      JOIN pg_namespace n ON n.oid = p.pronamespace
      LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
     WHERE p.prokind IN ('f', 'a', 'w')
       AND NOT (SELECT bool_or(t.typname IN ('internal', 'cstring', 'trigger', 'event_trigger')
                               OR t.typname ~ '_handler$|^pg_ddl')
                  FROM pg_type t WHERE t.oid = p.prorettype OR t.oid = ANY (p.proargtypes))
"""

_BUILTIN = " AND n.nspname = 'pg_catalog' AND p.oid < 10000 ORDER BY p.oid"
_OF_EXTENSION = """
       AND EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                      AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
                      AND e.extname = $1)
     ORDER BY p.proname COLLATE "C", p.oid::regprocedure::text COLLATE "C"
"""

_MOST_TRIES = 60

HEADER = "oid\tsignature\twhen\tplaces\tfields"
BLANK_HEADER = "oid\tsignature\tplaces"
INFINITE_HEADER = "oid\tsignature\tfields"


def _callable(row: asyncpg.Record) -> Callable:
    fields = tuple(row["fields"])
    return Callable(
        oid=row["oid"],
        schema=row["schema"],
        name=row["name"],
        signature=f"{row['name']}({','.join(row['arguments'])})",
        kind=row["kind"],
        strict=row["strict"],
        arguments=tuple(row["arguments"]),
        variadic=row["variadic"] or "",
        # What the fields of a result that depends on the server hold cannot be told from one.
        fields=fields if row["immutable"] and len(fields) > 1 and all(fields) else (),
        aggregate=row["aggregate"] or "",
        direct=row["direct"] or 0,
    )


def _line(function: Callable, verdict: Verdict, *, fixed: bool) -> str:
    return "\t".join(
        (
            str(function.oid) if fixed else "",
            function.signature,
            verdict.when,
            ",".join(map(str, verdict.places)),
            ",".join(map(str, verdict.fields)),
        )
    ).rstrip("\t")


async def _connected(uri: str, database: str) -> asyncpg.Connection:
    """A connection, as soon as the server accepts one: it may just be recovering from a crash."""
    for _ in range(_MOST_TRIES):
        try:
            connection = await asyncpg.connect(uri, database=database)
            await connection.execute(
                "SET client_min_messages = error; SET statement_timeout = '5s'"
            )
        except (asyncpg.CannotConnectNowError, asyncpg.PostgresConnectionError, OSError):
            await asyncio.sleep(0.5)
        else:
            return connection
    raise TimeoutError("the server does not accept connections")


async def _judged(
    connection: asyncpg.Connection, function: Callable
) -> tuple[Verdict | None, bool]:
    """The verdict, if there is one, and whether the server has survived."""
    if DANGEROUS.search(function.name) or SITUATIONAL.search(function.name):
        return None, True
    judge = judge_aggregate if function.kind == "a" else judge_function
    try:
        return await judge(connection, function), True
    except (asyncpg.InterfaceError, asyncpg.PostgresConnectionError):
        return None, False


async def _probe(uri: str, database: str, extension: str) -> str:
    """The file of the built-in functions, or of an extension's."""
    connection = await _connected(uri, database)
    try:
        if extension:
            await connection.execute(f'CREATE EXTENSION "{extension}" CASCADE')
        await connection.execute(SETUP + null_probe.SETUP)
        rows = await connection.fetch(
            _CALLABLE_QUERY + (_OF_EXTENSION if extension else _BUILTIN),
            *([extension] if extension else []),
        )
        lines, unjudged = [HEADER], []
        for function in map(_callable, rows):
            verdict, survived = await _judged(connection, function)
            if not survived:
                connection = await _connected(uri, database)
            if verdict is None:
                unjudged.append(function.signature)
            else:
                lines.append(_line(function, verdict, fixed=not extension))
        print(f"{extension or 'built in'}: {len(lines) - 1} judged, {len(unjudged)} not")
        print("  not judged:", " ".join(unjudged))
        return "\n".join(lines) + "\n"
    finally:
        await connection.close()


async def _probe_all(uri: str, extensions: list[str]) -> dict[str, str]:
    files = {}
    for extension in extensions or [""]:
        await _control(uri, "CREATE DATABASE probing TEMPLATE template0")
        try:
            text = await _probe(uri, "probing", extension)
        finally:
            await _control(uri, "DROP DATABASE probing WITH (FORCE)")
        if text != HEADER + "\n":
            files[f"data/nulls/{extension or 'builtin'}.tsv"] = text
    return files


async def _probe_blank(uri: str) -> dict[str, str]:
    """The file of functions that are known not to yield NULL, but do for an empty text."""
    known = (CATALOG / "data/nulls/builtin.tsv").read_text(encoding="utf-8").splitlines()[1:]
    settled = {line.split("\t")[0] for line in known if line.split("\t")[2] != "maybe"}
    connection = await _connected(uri, "postgres")
    lines = [BLANK_HEADER]
    try:
        await connection.execute(SETUP + null_probe.SETUP)
        for function in map(_callable, await connection.fetch(_CALLABLE_QUERY + _BUILTIN)):
            if str(function.oid) in settled and function.kind == "f":
                places = await blank_places(connection, function)
                if places:
                    shown = ",".join(map(str, places))
                    lines.append(f"{function.oid}\t{function.signature}\t{shown}")
    finally:
        await connection.close()
    print(f"{len(lines) - 1} functions yield NULL for an empty text")
    return {"data/nulls/blank.tsv": "\n".join(lines) + "\n"}


async def _probe_infinite(uri: str) -> dict[str, str]:
    """The file of fields by name that an infinite date, timestamp or interval has."""
    known = (CATALOG / "data/nulls/builtin.tsv").read_text(encoding="utf-8").splitlines()[1:]
    edges = {line.split("\t")[0] for line in known if line.split("\t")[2] == "edge"}
    connection = await _connected(uri, "postgres")
    lines = [INFINITE_HEADER]
    try:
        await connection.execute(SETUP + null_probe.SETUP)
        for function in map(_callable, await connection.fetch(_CALLABLE_QUERY + _BUILTIN)):
            if str(function.oid) in edges and function.arguments[0] == "text":
                found = await infinite_fields(connection, function)
                if found:
                    lines.append(f"{function.oid}\t{function.signature}\t{','.join(found)}")
    finally:
        await connection.close()
    print(f"{len(lines) - 1} functions have fields of infinity")
    return {"data/nulls/infinite.tsv": "\n".join(lines) + "\n"}


async def _control(uri: str, command: str) -> None:
    connection = await _connected(uri, "postgres")
    try:
        await connection.execute(command)
    finally:
        await connection.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Probe when functions yield NULL.")
    parser.add_argument("extensions", nargs="*", metavar="EXTENSION", help="probe these instead")
    parser.add_argument("--programs", type=Path, help="programs of the server to call")
    parser.add_argument("--blank", action="store_true", help="probe with empty texts alone")
    parser.add_argument("--infinite", action="store_true", help="probe fields of infinity alone")
    parser.add_argument("--setting", action="append", default=[], help="name=value for the server")
    options = parser.parse_args()
    server: AbstractContextManager[str] = (
        installed_server(options.programs, options.setting)
        if options.programs
        else embedded_server()
    )
    with server as uri:
        if options.blank:
            files = asyncio.run(_probe_blank(uri))
        elif options.infinite:
            files = asyncio.run(_probe_infinite(uri))
        else:
            files = asyncio.run(_probe_all(uri, options.extensions))
    return write_files(files, CATALOG, check=False)


if __name__ == "__main__":
    sys.exit(main())
