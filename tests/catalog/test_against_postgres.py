"""The catalog's answers about built-in and extension objects are PostgreSQL's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.facts.extensions import apply_extension, extension_file
from sqlwright.catalog.text_forms import has_immutable_text

MODIFIERS = (-1, 0, 3, 4, 7, 65535, 196608 + 6, (10 << 16) + 2 + 4, (10 << 16) + 2047 + 4)
INTERVAL_FIELDS = (4, 2, 8, 6, 1024, 2048, 4096, 3072, 7168, 6144, 1032, 3080, 7176, 0x7FFF)


@asynccontextmanager
async def connected(uri: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(uri)
    try:
        yield connection
    finally:
        await connection.close()


async def test_type_display(postgres: str) -> None:
    catalog = initial_catalog()
    fixed = [each for each in catalog.builtin.types if each.oid < 10000]
    modifiers = {
        each.oid: [
            *(modifier for modifier in MODIFIERS if not each.takes_modifier or modifier != 0),
        ]
        for each in fixed
    }
    modifiers[1186] = [fields << 16 | digits for fields in INTERVAL_FIELDS for digits in (3, 65535)]
    differences = []
    async with connected(postgres) as connection:
        for each in fixed:
            for modifier in modifiers[each.oid]:
                # format_type() tells a type with modifier -1 from one of which none was asked.
                given = None if modifier == -1 else modifier
                try:
                    theirs = await connection.fetchval(
                        "SELECT format_type($1, $2)", each.oid, given
                    )
                except asyncpg.PostgresError:
                    continue
                ours = catalog.display_type(each.oid, modifier)
                if ours != theirs:
                    differences.append((each.name, modifier, ours, theirs))
    assert not differences, differences[:20]


async def test_default_comparison_operators(postgres: str) -> None:
    """DISTINCT asks for `=` and `<` of a type, ORDER BY for `<`, a hashed set operation for `=`."""
    catalog = initial_catalog()
    differences = []
    async with connected(postgres) as connection:
        for each in catalog.builtin.types:
            if each.kind == "pseudo" or each.schema != "pg_catalog":
                continue
            spelled = f'NULL::pg_catalog."{each.name}"'
            ours = (
                catalog.ordering_operator(each.oid) is not None,
                catalog.equality_operator(each.oid) is not None,
            )
            theirs = (
                await _is_accepted(connection, f"SELECT 1 ORDER BY {spelled}"),
                await _is_accepted(connection, f"SELECT 1 GROUP BY {spelled}"),
            )
            if ours != theirs:
                differences.append((each.name, ours, theirs))
    assert not differences, differences[:20]


async def _is_accepted(connection: asyncpg.Connection, query: str) -> bool:
    try:
        await connection.prepare(query)
    except asyncpg.UndefinedFunctionError:
        return False
    return True


async def test_function_signatures(postgres: str) -> None:
    catalog = initial_catalog()
    query = "SELECT oid, pg_get_function_result(oid), oidvectortypes(proargtypes) FROM pg_proc"
    async with connected(postgres) as connection:
        theirs = {
            row[0]: (row[1] or "", row[2])
            for row in await connection.fetch(query)
            if row[0] < 10000
        }
    ours = {}
    for each in catalog.builtin.functions:
        if each.oid >= 10000:
            continue
        result = catalog.display_type(each.result)
        table = [
            f"{name} {catalog.display_type(oid)}"
            for name, oid, mode in zip(each.names, each.all_arguments, each.modes, strict=False)
            if mode == "table"
        ]
        if table:
            result = f"TABLE({', '.join(table)})"
        elif each.returns_set:
            result = f"SETOF {result}"
        elif each.kind == "procedure":
            result = ""
        arguments = ", ".join(map(catalog.display_type, each.arguments))
        ours[each.oid] = (result, arguments)
    assert len(ours) == len(theirs) > 3000
    differences = [(each, ours[each], theirs[each]) for each in ours if ours[each] != theirs[each]]
    assert not differences, differences[:20]


async def test_extension_objects(database: str) -> None:
    extension = extension_file("vector")
    assert extension is not None
    catalog = apply_extension(initial_catalog(), extension, "public")
    async with connected(database) as connection:
        await connection.execute("CREATE EXTENSION vector")
        functions = await connection.fetch(
            "SELECT proname, oidvectortypes(proargtypes), format_type(prorettype, NULL)"
            "  FROM pg_proc WHERE oid >= 16384"
        )
        operators = await connection.fetch(
            "SELECT oprname, format_type(oprleft, NULL), format_type(oprright, NULL),"
            "       format_type(oprresult, NULL), proname"
            "  FROM pg_operator o JOIN pg_proc p ON p.oid = oprcode WHERE o.oid >= 16384"
        )
        casts = await connection.fetch(
            "SELECT format_type(castsource, NULL), format_type(casttarget, NULL), castcontext::text"
            "  FROM pg_cast WHERE oid >= 16384"
        )
    shown = catalog.display_type
    assert sorted(
        (each.name, ", ".join(map(shown, each.arguments)), shown(each.result))
        for each in catalog.functions()
    ) == sorted(map(tuple, functions))
    assert sorted(
        (
            each.name,
            shown(each.left),
            shown(each.right),
            shown(each.result),
            catalog.function(each.function).name,
        )
        for each in catalog.user_operators
    ) == sorted(map(tuple, operators))
    assert sorted(
        (shown(each.source), shown(each.target), each.context[0])
        for each in catalog.user_casts.values()
    ) == sorted(map(tuple, casts))
    vector = catalog.find_type(("vector",))
    assert vector is not None
    less = catalog.ordering_operator(vector.oid)
    assert less is not None
    assert (less.name, less.left, less.right) == ("<", vector.oid, vector.oid)


async def test_older_versions_lack_what_came_later() -> None:
    came = {
        "any_value": 16,
        "casefold": 18,
        "date_bin": 14,
        "json_array": 0,
        "random_normal": 16,
        "regexp_count": 15,
        "to_bin": 17,
        "uuidv7": 18,
    }
    for name, since in came.items():
        present = [major for major in range(14, 19) if _has_function(initial_catalog(major), name)]
        assert present == [major for major in range(14, 19) if since and major >= since], name


def _has_function(catalog: Catalog, name: str) -> bool:
    return bool(catalog.functions_named((name,)))


async def test_text_forms(postgres: str) -> None:
    """Whether settings have a say in the text of a type's values. A cursor's name is read and
    written by the functions of text, which say nothing of it; no column is one."""
    catalog = initial_catalog()
    differences = []
    async with connected(postgres) as connection:
        rows = await connection.fetch(
            "SELECT t.oid, t.typname, i.provolatile = 'i' AS reads, o.provolatile = 'i' AS writes "
            "FROM pg_type t JOIN pg_proc i ON i.oid = t.typinput "
            "JOIN pg_proc o ON o.oid = t.typoutput "
            "WHERE t.typtype IN ('b', 'r', 'm', 'c') AND t.oid < 10000"
        )
    for oid, name, reads, writes in rows:
        ours = has_immutable_text(catalog, oid, "in"), has_immutable_text(catalog, oid, "out")
        if ours != (reads, writes):
            differences.append(name)
    assert len(rows) > 150
    assert differences == ["refcursor"]
