"""Reads a server's system catalogs and writes them as text: tab-separated lines under a header.

OIDs below 10000 are fixed by PostgreSQL and are written as they are. Those that initdb hands out
differ from build to build, so such objects are numbered from 10000 by name instead. An extension's
objects get OIDs only when it is created: its types are written by name (`cube`, and `cube:cube` in
an extension that needs it; `information_schema:yes_or_no` for one built in but not fixed), its
other objects by their line in their section (`+1`, `+2` ...).

The module opens no connection; it is given one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlwright.catalog.facts.object_sections import TYPES
from sqlwright.catalog.facts.section import Field, Reference, Section
from sqlwright.catalog.facts.sections import NAME_CATALOGS, NAMES, SECTIONS, SERVER_NAMES_QUERY
from sqlwright.catalog.identity import FIRST_USER_OID, is_own_oid
from sqlwright.dataclass import dataclass

FIRST_UNFIXED_OID = 10000


Row = tuple[str, ...]
Answer = Sequence[Any]
"""A row as a query gave it: the section's fields, then an OID and an identifying text."""

Tables = dict[str, list[Row]]
"""The written rows of every section, by its name."""


class Connection(Protocol):
    """What is needed of a connection; asyncpg's is one."""

    async def fetch(self, query: str, *args: Any) -> Sequence[Answer]: ...


class ExtractionError(Exception):
    """The server holds something that the files cannot say."""


async def read_answers(connection: Connection) -> dict[str, list[Answer]]:
    """The rows of every section."""
    return {section.name: list(await connection.fetch(section.query)) for section in SECTIONS}


# Text


def _plain(value: object) -> str:
    """A value as text; NULL, and 0 for no such object, are empty."""
    text = value.decode() if isinstance(value, bytes) else "" if value is None else str(value)
    return "" if text == "0" else text


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def table(fields: Sequence[Field], rows: Iterable[Row]) -> str:
    """A section's text: a header, and a line per row without the tabs at its end."""
    lines = ["\t".join(each.name for each in fields)]
    lines.extend(line(row) for row in rows)
    return "\n".join(lines) + "\n"


def line(row: Row) -> str:
    """A row's text."""
    return "\t".join(map(_escaped, row)).rstrip("\t")


Naming = Callable[[Reference, int], str]
"""How an OID is written."""


def _written(section: Section, answer: Answer, home: str, name: Naming) -> Row:
    row = []
    for each, value in zip(section.fields, answer, strict=False):
        text = _plain(value)
        if each.refers is not None and text:
            refers = each.refers
            oids = text.split(",") if each.many else [text]
            text = ",".join(name(refers, int(oid)) for oid in oids)
        elif each.name == "schema" and text == home:
            text = ""
        row.append(text)
    return tuple(row)


def _answer_oid(section: Section, answer: Answer) -> int:
    return int(answer[len(section.fields)])


def _answer_text(section: Section, answer: Answer) -> str:
    return str(answer[len(section.fields) + 1])


# Built-in objects


Numbers = dict[Reference, dict[str, int]]
"""The numbers of built-in objects that have no fixed OID, by kind and identifying text."""


def number_unfixed(answers: Mapping[str, Sequence[Answer]], known: Numbers) -> Numbers:
    """Numbers for built-in objects without a fixed OID: those known, the rest after them."""
    numbers: Numbers = {}
    for section in SECTIONS:
        if section.key is None:
            continue
        of_kind = dict(known.get(section.key, {}))
        texts = sorted(
            _answer_text(section, answer)
            for answer in answers[section.name]
            if FIRST_UNFIXED_OID <= _answer_oid(section, answer) < FIRST_USER_OID
        )
        free = max([FIRST_UNFIXED_OID - 1, *of_kind.values()]) + 1
        for text in texts:
            if text not in of_kind:
                of_kind[text] = free
                free += 1
        numbers[section.key] = of_kind
    return numbers


def builtin_tables(
    answers: Mapping[str, Sequence[Answer]], numbers: Numbers, server_names: Sequence[Answer]
) -> Tables:
    """Every section's rows for the built-in objects, sorted; `pg_catalog` is not named."""
    by_oid: dict[tuple[Reference, int], str] = {}
    for section in SECTIONS:
        if section.key is not None:
            for answer in answers[section.name]:
                number = numbers[section.key].get(_answer_text(section, answer))
                oid = _answer_oid(section, answer)
                if number is not None and oid >= FIRST_UNFIXED_OID:
                    by_oid[section.key, oid] = str(number)

    def name(refers: Reference, oid: int) -> str:
        return by_oid.get((refers, oid), str(oid))

    tables: Tables = {}
    for section in SECTIONS:
        own = [each for each in answers[section.name] if is_own_oid(_answer_oid(section, each))]
        rows = [_written(section, answer, "pg_catalog", name) for answer in own]
        if section is NAMES:
            rows += [_written(section, answer, "pg_catalog", name) for answer in server_names]
        tables[section.name] = sorted(rows, key=lambda row: _sort_key(section, row))
    return tables


def _sort_key(section: Section, row: Row) -> tuple[tuple[int, str], ...]:
    """Numbers by value, before any text."""
    return tuple(
        (int(value), "") if value.isdigit() else (-1 if value == "" else 1 << 40, value)
        for value in (row if section.key is None else row[:1])
    )


async def read_builtins(connection: Connection, known: Numbers) -> tuple[Tables, Numbers]:
    """The built-in objects of a server, and how those without a fixed OID were numbered."""
    answers = await read_answers(connection)
    numbers = number_unfixed(answers, known)
    server_names = await connection.fetch(SERVER_NAMES_QUERY)
    return builtin_tables(answers, numbers, server_names), numbers


# Extensions


@dataclass(frozen=True, slots=True)
class ExtensionTables:
    """An extension as it is written: `schema` is set where it goes to a schema of its own."""

    name: str
    version: str
    schema: str
    requires: tuple[str, ...]
    tables: Tables


_EXTENSION_QUERY = """
    SELECT e.oid, e.extversion, n.nspname,
           (SELECT string_agg(r.extname, ',' ORDER BY r.extname)
              FROM pg_depend d JOIN pg_extension r ON r.oid = d.refobjid
             WHERE d.classid = 'pg_extension'::regclass AND d.objid = e.oid
               AND d.refclassid = 'pg_extension'::regclass)
      FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
     WHERE e.extname = $1
"""

_FIXED_SCHEMA_QUERY = """
    SELECT schema FROM pg_available_extension_versions WHERE name = $1 AND version = $2
"""

_MEMBERS_QUERY = """
    WITH RECURSIVE member(class, object) AS (
        SELECT classid, objid FROM pg_depend
         WHERE refclassid = 'pg_extension'::regclass AND refobjid = $1 AND deptype = 'e'
        UNION
        SELECT d.classid, d.objid
          FROM member m
          JOIN pg_depend d ON d.refclassid = m.class AND d.refobjid = m.object
         WHERE d.deptype IN ('a', 'i')
    )
    SELECT class::regclass::text, object FROM member
"""
"""An extension's objects, and what exists only as a part of one of them."""


async def read_extension(connection: Connection, name: str) -> ExtensionTables:
    """An extension that is installed in this database; sets the connection's search path. Raises
    ExtractionError if it is not there, or if its objects rest on others that are neither built in
    nor types of an extension it requires.
    """
    found = await connection.fetch(_EXTENSION_QUERY, name)
    if not found:
        raise ExtractionError(f'extension "{name}" is not installed in this database')
    oid, version, home, requires = found[0]
    # What identifies a row must not depend on where the extension was put.
    await connection.fetch("SELECT set_config('search_path', quote_ident($1), false)", home)
    fixed = await connection.fetch(_FIXED_SCHEMA_QUERY, name, version)
    required = tuple(requires.split(",")) if requires else ()
    answers = await read_answers(connection)
    members = await _members(connection, oid)
    foreign = {each: await _extension_types(connection, each, answers) for each in required}
    own = {section.name: list(_own(section, answers, members)) for section in SECTIONS}
    foreign["information_schema"] = {
        _answer_oid(TYPES, each): str(each[2])
        for each in answers[TYPES.name]
        if each[1] == "information_schema"
    }
    naming = _extension_naming(own, foreign)
    tables = {
        section.name: [_written(section, answer, home, naming) for answer in own[section.name]]
        for section in SECTIONS
    }
    schema = str(fixed[0][0] or "") if fixed else ""
    return ExtensionTables(name, version, schema, required, tables)


async def _members(connection: Connection, extension: int) -> set[tuple[str, int]]:
    return {
        (str(name), int(oid)) for name, oid in await connection.fetch(_MEMBERS_QUERY, extension)
    }


async def _extension_types(
    connection: Connection, extension: str, answers: Mapping[str, Sequence[Answer]]
) -> dict[int, str]:
    [(oid, *_)] = await connection.fetch(_EXTENSION_QUERY, extension)
    members = await _members(connection, oid)
    return {_answer_oid(TYPES, each): str(each[2]) for each in _own(TYPES, answers, members)}


def _own(
    section: Section, answers: Mapping[str, Sequence[Answer]], members: set[tuple[str, int]]
) -> Iterator[Answer]:
    """The extension's rows of a section, by identifying text."""
    for answer in sorted(answers[section.name], key=lambda each: _answer_text(section, each)):
        catalog = NAME_CATALOGS[answer[0]] if section is NAMES else section.catalog
        if (catalog, _answer_oid(section, answer)) in members:
            yield answer


def _extension_naming(
    own: Mapping[str, Sequence[Answer]], foreign: Mapping[str, Mapping[int, str]]
) -> Naming:
    names: dict[tuple[Reference, int], str] = {}
    for extension, types in foreign.items():
        for oid, name in types.items():
            names["type", oid] = f"{extension}:{name}"
    for section in SECTIONS:
        if section.key is None:
            continue
        for place, answer in enumerate(own[section.name], 1):
            name = str(answer[2]) if section is TYPES else f"+{place}"
            names[section.key, _answer_oid(section, answer)] = name
    type_names = [str(answer[2]) for answer in own[TYPES.name]]
    if len(set(type_names)) < len(type_names) or any(
        "," in each or ":" in each or each.isdigit() for each in type_names
    ):
        raise ExtractionError("the names of the extension's types cannot be told apart in the file")

    def naming(refers: Reference, oid: int) -> str:
        if oid < FIRST_UNFIXED_OID:
            return str(oid)
        found = names.get((refers, oid))
        if found is None:
            raise ExtractionError(f"the extension uses a {refers} (OID {oid}) that is not its own")
        return found

    return naming


def difference_text(newer: Tables, older: Tables) -> str:
    """What an older version's tables lack (`-`) and have besides (`+`), section by section."""
    lines: list[str] = []
    for section in SECTIONS:
        was, now = _of_version(section, older), _of_version(section, newer)
        present, kept = set(was), set(now)
        changes = [(_sort_key(section, row), f"-{line(row)}") for row in now if row not in present]
        changes += [(_sort_key(section, row), f"+{line(row)}") for row in was if row not in kept]
        if changes:
            header = "\t".join(each.name for each in section.fields)
            lines += ["", f"[{section.name}]", header]
            lines += [text for _, text in sorted(changes, key=lambda change: change[0])]
    return "\n".join(lines[1:]) + "\n"


def _of_version(section: Section, tables: Tables) -> list[Row]:
    """The rows that tell of the version; time zones rather tell of the machine."""
    rows = tables[section.name]
    return [row for row in rows if "time zone" not in row[0]] if section is NAMES else rows


def extension_text(extension: ExtensionTables) -> str:
    """An extension's file: what it is, then every section that has rows."""
    lines = [
        f"version\t{extension.version}",
        f"schema\t{extension.schema}".rstrip(),
        f"requires\t{','.join(extension.requires)}".rstrip(),
    ]
    for section in SECTIONS:
        rows = extension.tables[section.name]
        if rows:
            lines += ["", f"[{section.name}]", *table(section.fields, rows).splitlines()]
    return "\n".join(lines) + "\n"
